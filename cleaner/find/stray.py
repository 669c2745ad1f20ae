"""Lines that no rule names, and that shape, place and neighbours show to be residue."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.guards import dates_over_prose, guarded, is_short_of_prose
from cleaner.find.named import STRAY_LINE
from cleaner.find.weigh import weigh
from cleaner.settle import hold
from cleaner.types import Decision


def find_stray_lines(context: Context) -> Iterator[Decision]:
    """Propose the lines that weigh more than the limits of their confidence; hold guarded ones."""
    if is_short_of_prose(context):
        return
    dated = dates_over_prose(context)
    for number, confidence, reason in weigh(context.document, context.categories_at):
        decision = context.propose(context.span(number), STRAY_LINE, f"{reason}.", confidence)
        guard = guarded(context, number, dated)
        yield hold(decision, f"may be {guard}") if guard else decision
