"""Everything the cleaner raises on purpose.

CleanerError
├── InputError       a source cannot be read (file, cause)
├── OutputError      a result cannot be written (file, cause)
├── ConfigError      an option or configuration file is wrong
├── RestoreError     clean text and log do not belong together
└── RuleError        a rule pack is wrong (file, rule, field, cause)
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any


class CleanerError(Exception):
    """Base of all errors raised on purpose; its text is one line."""


class InputError(CleanerError):
    """A source cannot be read."""


class OutputError(CleanerError):
    """A result cannot be written."""


class ConfigError(CleanerError):
    """An option or a configuration file is wrong."""


class RestoreError(CleanerError):
    """Clean text and log do not belong together."""


class RuleError(CleanerError):
    """A rule pack is wrong: names the file, and the rule and field where there is one."""

    def __init__(self, file: Path | str, cause: str, *, rule: str = "", field: str = "") -> None:
        place = ": ".join(part for part in (str(file), rule, field) if part)
        super().__init__(f"{place}: {cause}")
        self.file, self.rule, self.field, self.cause = str(file), rule, field, cause

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes: exceptions cannot be rebuilt from their text alone."""
        return partial(RuleError, rule=self.rule, field=self.field), (self.file, self.cause)
