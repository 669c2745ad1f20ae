"""Lines that look like residue and belong to an article all the same."""

from __future__ import annotations

from cleaner.find.context import Context

# Words of prose; in a shorter text there is no article to set a line off from.
_LEAST_PROSE = 60
# Entries; that many dates or times that each head prose make a diary or a live blog.
_DIARY = 3
# Lines that a program prints, as far as articles show them.
_OUTPUT = 4
# Code points; what a date heads is longer than a label.
_ENTRY = 20
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
    if _is_beside_code(context, number):
        return "what a program prints"
    if _is_result(context, number):
        return "a row of results"
    if number in dated and len(dated) >= _DIARY:
        return "the date of an entry, one of several"
    return ""


def _is_result(context: Context, number: int) -> bool:
    """Tell whether a line and a neighbour are words with a number behind, which no rule knows."""
    return any(
        _ends_in_number(context, number) and _ends_in_number(context, beside)
        for beside in (number - 1, number + 1)
        if 0 <= beside < len(context.lines)
    )


def _ends_in_number(context: Context, number: int) -> bool:
    line = context.lines[number]
    return line[-1].isdigit() and line[0].isupper() and number not in context.rules_at


def _is_beside_code(context: Context, number: int) -> bool:
    """Tell whether code stands right behind a line, or shortly before it with no prose between."""
    segments = context.document.segments
    if number + 1 < len(segments) and segments[number + 1].kind == "code":
        return True
    for before in range(number - 1, max(number - 1 - _OUTPUT, -1), -1):
        if segments[before].kind == "code":
            return True
        if context.is_prose(before):
            return False
    return False


def dates_over_prose(context: Context) -> frozenset[int]:
    """Return the lines that are nothing but a date or time and stand right over an entry."""
    return frozenset(
        number
        for number, rules in context.rules_at.items()
        if number + 1 < len(context.lines)
        and number + 1 not in context.rules_at
        and len(context.lines[number + 1]) >= _ENTRY
        and any(rule.category in _DATED for rule in rules)
    )
