"""Segments and words that a rule's wording shows to be residue."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from cleaner.find.context import Context
from cleaner.rulebook import Match
from cleaner.types import Decision

# Prose lines that may follow what still counts as the tail, or precede what counts as the head.
# Before the first prose stands no tail, however short the text.
_TAIL_PROSE = 2
_HEAD_PROSE = 1


def find_phrases(context: Context) -> Iterator[Decision]:
    """Propose every match; hold those that stand where the rule does not apply."""
    for match in context.matches:
        rule = match.rule
        decision = context.propose(_whole_words(context, match), rule, rule.summary)
        if stands_well(context, match):
            yield decision
        else:
            yield replace(
                decision, status="held", reason=f"{rule.summary} Not in the {rule.position}."
            )


def stands_well(context: Context, match: Match) -> bool:
    """Tell whether a match stands where its rule applies."""
    match match.rule.position:
        case "head":
            return context.prose_before[match.segment] <= _HEAD_PROSE
        case "tail":
            most = _TAIL_PROSE if context.prose_before[match.segment] else 0
            return context.prose_after(match.segment) <= most
        case _:
            return True


def _whole_words(context: Context, match: Match) -> tuple[int, int]:
    """Return the span to cut; words cut out of a line take the blank before or after along."""
    segment = context.document.segments[match.segment]
    text = context.document.text
    start, end = match.start, match.end
    if match.rule.scope not in ("phrase", "lead"):
        return start, end
    while end < segment.end and text[end].isspace():
        end += 1
    if end == segment.end:
        while start > segment.start and text[start - 1].isspace():
            start -= 1
    return start, end
