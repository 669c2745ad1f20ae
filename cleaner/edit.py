"""Apply decisions to a source, and undo them: the only place where text changes.

>>> from cleaner.types import Decision
>>> cut = Decision(4, 8, "two ", "", "remove", "x", "x", "certain", "applied", "")
>>> apply("one two three", [cut])
'one three'
>>> restore("one three", [cut])
'one two three'
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.errors import RestoreError
from cleaner.types import Decision


def apply(source: str, decisions: Iterable[Decision]) -> str:
    """Return ``source`` with every applied decision carried out, left to right."""
    parts: list[str] = []
    position = 0
    for decision in _applied(decisions):
        parts += source[position : decision.start], decision.replacement
        position = decision.end
    return "".join([*parts, source[position:]])


def restore(text: str, decisions: Iterable[Decision]) -> str:
    """Return the source that ``decisions`` turned into ``text``.

    Raises RestoreError when the text is not what the decisions produced.
    """
    parts: list[str] = []
    position = 0  # in text
    restored = 0  # in source
    for decision in _applied(decisions):
        kept = decision.start - restored
        place = position + kept
        end = place + len(decision.replacement)
        if kept < 0 or end > len(text) or text[place:end] != decision.replacement:
            raise RestoreError(
                f"the text does not fit the log at code point {place} (rule {decision.rule})"
            )
        parts += text[position:place], decision.original
        position, restored = end, decision.end
    return "".join([*parts, text[position:]])


def _applied(decisions: Iterable[Decision]) -> list[Decision]:
    return sorted((d for d in decisions if d.status == "applied"), key=lambda d: d.span)
