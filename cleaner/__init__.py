"""Takes page residue out of articles, mends machine translation, and logs every edit.

>>> from cleaner import clean, restore
>>> result = clean("The mill reopened on Monday.\\n\\nBack to top\\n")
>>> result.text
'The mill reopened on Monday.\\n'
>>> restore(result.text, result.decisions)
'The mill reopened on Monday.\\n\\nBack to top\\n'
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from cleaner.errors import (
    CleanerError,
    ConfigError,
    InputError,
    OutputError,
    RestoreError,
    RuleError,
)

if TYPE_CHECKING:
    from cleaner.clean import Cleaner, clean
    from cleaner.edit import restore
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

# Imported when they are asked for, so that the command's --help does without them.
_HOMES = {
    "CleanResult": "cleaner.types",
    "Cleaner": "cleaner.clean",
    "Decision": "cleaner.types",
    "clean": "cleaner.clean",
    "restore": "cleaner.edit",
}


if not TYPE_CHECKING:  # type checkers are to refuse other names

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Whoever imports the module ``cleaner.clean`` first: ``clean`` here is the function."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "clean" or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
