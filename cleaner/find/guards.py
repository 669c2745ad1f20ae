"""Lines that look like residue and belong to an article all the same."""

from __future__ import annotations

from cleaner.find.context import Context

# Words of prose; in a shorter text there is no article to set a line off from.
_LEAST_PROSE = 60
# Entries; that many dates or times that each head prose make a diary or a live blog.
_DIARY = 3
_DATED = frozenset({"date", "post-list"})
_KINDS = {"code": "a line of code", "table": "a row of a table"}


def is_short_of_prose(context: Context) -> bool:
    """Tell whether a document has too little prose to tell residue by context."""
    words = 0
    for number in range(len(context.lines)):
        if context.is_prose(number):
            words += context.lines[number].count(" ") + 1
            if words >= _LEAST_PROSE:
                return False
    return True


def guarded(context: Context, number: int, dated: frozenset[int]) -> str:
    """Say what a line may well be that only looks like residue; empty if nothing speaks for it.

    ``dated`` are the lines that ``dates_over_prose`` found.
    """
    kind = context.document.segments[number].kind
    if kind in _KINDS:
        return _KINDS[kind]
    if number in dated and len(dated) >= _DIARY:
        return "the date of an entry, one of several"
    return ""


def dates_over_prose(context: Context) -> frozenset[int]:
    """Return the lines that are nothing but a date or time and stand right over prose."""
    return frozenset(
        number
        for number, rules in context.rules_at.items()
        if number + 1 < len(context.lines)
        and context.is_prose(number + 1)
        and any(rule.category in _DATED for rule in rules)
    )
