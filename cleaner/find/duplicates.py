"""Paragraphs that stand in a document twice: extractors meet them in hidden copies of the page."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.named import DUPLICATE
from cleaner.types import Decision

# Code points. On the shared texts of ten extractors, second copies of lines this long are residue
# or counted by no gold in eleven of twelve words; shorter ones are refrains, options, table cells.
SHORTEST = 120


def find_duplicates(context: Context) -> Iterator[Decision]:
    """Propose every later copy of a long paragraph."""
    if len(set(context.lines)) == len(context.lines):
        return
    first: dict[str, int] = {}
    for number, segment in enumerate(context.document.segments):
        if segment.end - segment.start < SHORTEST:
            continue
        line = context.lines[number]
        if line in first:
            reason = f"{DUPLICATE.summary} First copy at code point {first[line]}."
            yield context.propose(context.span(number), DUPLICATE, reason)
        first.setdefault(line, segment.start)
