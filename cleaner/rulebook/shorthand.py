"""Shorthand for what patterns have in common: one character each, until a pattern is compiled.

Thousands of patterns are kept and some hundreds compiled; spelled out they take twice the memory.
The characters are controls that no plain text holds (``cleaner.rulebook.marks``).

>>> spelled_out(f"at{MARKS}home") == f"at{MARK}+home"
True
"""

from __future__ import annotations

from typing import Final

from cleaner.rulebook.builtin import BUILT_IN
from cleaner.rulebook.marks import LETTER, MARK

# Between words; behind a mark or before one; for a hyphen that need not be written.
MARKS: Final = "\x80"
OPEN: Final = "\x81"
HYPHEN: Final = "\x82"
# Between the words of a fixed wording; small, as classes have many.
BLANK: Final = "\x83"
# Six words, two of which may have an apostrophe, and the blanks behind them, or else before them.
GAP: Final = "\x84"
LAST_GAP: Final = "\x86"
# The classes that are built in, by name.
NAMED: Final = {name: chr(0x90 + number) for number, name in enumerate(BUILT_IN)}

_SPELLED: Final = {
    MARKS: f"{MARK}+",
    OPEN: f"{MARK}*?",
    HYPHEN: f"{MARK}?",
    BLANK: r"[ -/:-@\x7f]{1,3}",
    GAP: f"(?:{LETTER}+(?:{MARK}+|$)){{0,8}}",
    LAST_GAP: f"(?:{MARK}+{LETTER}+){{0,8}}",
} | {NAMED[name]: f"(?:{pattern})" for name, pattern in BUILT_IN.items()}
_TABLE: Final = str.maketrans(_SPELLED)


def spelled_out(pattern: str) -> str:
    """Return the RE2 pattern that shorthand stands for."""
    return pattern.translate(_TABLE)
