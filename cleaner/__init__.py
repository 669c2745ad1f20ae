"""Takes page residue out of articles, mends machine translation, and logs every edit.

>>> result = clean("The mill reopened on Monday.\\n\\nBack to top\\n")
>>> result.text
'The mill reopened on Monday.\\n'
>>> restore(result.text, result.decisions)
'The mill reopened on Monday.\\n\\nBack to top\\n'
"""

from cleaner.clean import Cleaner, clean
from cleaner.edit import restore
from cleaner.errors import (
    CleanerError,
    ConfigError,
    InputError,
    OutputError,
    RestoreError,
    RuleError,
)
from cleaner.types import CleanResult, Decision

__all__ = [
    "CleanResult",
    "Cleaner",
    "CleanerError",
    "ConfigError",
    "Decision",
    "InputError",
    "OutputError",
    "RestoreError",
    "RuleError",
    "clean",
    "restore",
]
