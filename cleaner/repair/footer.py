"""A footer in another language than the document's: residue, taken out only when asked to be bold.

What is left of a page's frame sometimes stands in the language of the site, not of the article.
A last paragraph that is nothing but flagged foreign sentences is such a footer.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.repair.model import Repair
from cleaner.types import Decision, Segment

_LAST = 3  # paragraphs of a document that may be its footer

ENTRY = Repair(
    "language-footer",
    "language",
    "unsure",
    "remove",
    "any",
    "A last paragraph in another language than the document is the page's footer.",
    "The ferry was late and the crew was there.\n\nDeshalb wird das neue Schiff nicht mehr gebaut.",
    "The ferry was late and the crew was there.\n\n",
    "The ferry was late.\n\nDeshalb wird das neue Schiff nicht mehr gebaut.\n\n"
    "The crew was there.\n\nIt was a long day for them.\n\nThen they all went home.",
    46,
)


def foreign_footer(
    text: str, segments: Sequence[Segment], decisions: Sequence[Decision], held: str
) -> list[Decision]:
    """Return the removal of last paragraphs that are foreign from end to end.

    ``held`` says why it is held back; empty where it is not.
    """
    removals = []
    for segment in segments[1:][-_LAST:]:
        spans = [
            d.span
            for d in decisions
            if d.rule == "flags-untranslated" and segment.start <= d.start and d.end <= segment.end
        ]
        foreign = sum(end - start for start, end in spans)
        if spans and foreign >= segment.end - segment.start - len(spans):
            original = text[segment.start : segment.end]
            removals.append(
                Decision(
                    segment.start,
                    segment.end,
                    original,
                    "",
                    "remove",
                    ENTRY.id,
                    ENTRY.category,
                    ENTRY.confidence,
                    "held" if held else "applied",
                    held or ENTRY.summary,
                )
            )
    return removals
