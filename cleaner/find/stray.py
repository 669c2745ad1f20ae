"""Lines that no rule names, and that shape, place and neighbours show to be residue."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.named import STRAY_LINE
from cleaner.find.weigh import weigh
from cleaner.types import Decision


def find_stray_lines(context: Context) -> Iterator[Decision]:
    """Propose the lines that weigh more than the limits of their confidence."""
    for number, confidence, reason in weigh(context.document, context.categories_at):
        yield context.propose(context.span(number), STRAY_LINE, reason, confidence)
