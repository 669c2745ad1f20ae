"""Find page residue: each finder looks at the whole document and proposes decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.find.comments import find_comments
from cleaner.find.context import Context
from cleaner.find.duplicates import find_duplicates
from cleaner.find.headlines import find_headlines
from cleaner.find.phrases import find_phrases
from cleaner.find.sections import find_sections
from cleaner.find.shortcodes import find_shortcodes
from cleaner.find.stray import find_stray_lines
from cleaner.find.widgets import find_widgets
from cleaner.read.text import read_text
from cleaner.rulebook import Index, Match
from cleaner.types import Decision, Document

__all__ = ["FINDERS", "Context", "find", "lines_taken", "segments_taken"]

FINDERS = (
    find_phrases,
    find_sections,
    find_widgets,
    find_comments,
    find_headlines,
    find_duplicates,
    find_shortcodes,
)


def find(document: Document, matches: Sequence[Match]) -> list[Decision]:
    """Return the decisions of all finders; they may overlap, ``settle`` sorts that out.

    ``matches`` are those of the rules in the document. A line that a finding with a name of its own
    takes is not weighed as well.
    """
    context = Context(document, tuple(matches))
    named = [decision for finder in FINDERS for decision in finder(context)]
    return [*named, *find_stray_lines(context, segments_taken(named, document))]


def segments_taken(decisions: Iterable[Decision], document: Document) -> frozenset[int]:
    """Return the numbers of the segments that decisions take whole and are not unsure of."""
    return document.within(
        d.span for d in decisions if d.status == "applied" and d.confidence != "unsure"
    )


def lines_taken(index: Index, text: str) -> set[int]:
    """Return the numbers of the non-blank lines of ``text`` that the index's rules touch."""
    document = read_text(text)
    taken = [d for d in find(document, index.scan(document)) if d.status == "applied"]
    return {
        number
        for number, segment in enumerate(document.segments)
        if any(d.start < segment.end and segment.start < d.end for d in taken)
    }
