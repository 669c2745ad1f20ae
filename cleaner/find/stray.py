"""Lines that no rule names, and that shape, place and neighbours show to be residue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleaner.find.context import Context
from cleaner.find.guards import dates_over_prose, guarded, is_short_of_prose
from cleaner.find.named import STRAY_LINE
from cleaner.find.weigh import Weighed, weigh
from cleaner.settle import hold
from cleaner.types import Decision

# Lines; when so many go, what stays may look different and is weighed again, so that cleaning the
# clean text finds nothing new.
_MANY = 5
_ROUNDS = 3


def find_stray_lines(context: Context) -> Iterator[Decision]:
    """Propose the lines that weigh more than the limits of their confidence; hold guarded ones."""
    if is_short_of_prose(context):
        return
    dated = dates_over_prose(context)
    for number, confidence, reason in _weighed(context):
        decision = context.propose(context.span(number), STRAY_LINE, f"{reason}.", confidence)
        guard = guarded(context, number, dated)
        yield hold(decision, f"may be {guard}") if guard else decision


def _weighed(context: Context) -> list[Weighed]:
    """Weigh the lines, and those that stay again while many go."""
    document, left = context.document, list(range(len(context.lines)))
    found: list[Weighed] = []
    for _ in range(_ROUNDS):
        part = replace(document, segments=tuple(document.segments[n] for n in left), dom=())
        hits = {
            place: context.categories_at[number]
            for place, number in enumerate(left)
            if number in context.categories_at
        }
        new = [one._replace(segment=left[one.segment]) for one in weigh(part, hits)]
        found += new
        gone = {one.segment for one in new if one.confidence != "unsure"}
        left = [number for number in left if number not in gone]
        if len(gone) < _MANY:
            break
    return sorted(found, key=lambda one: one.segment)
