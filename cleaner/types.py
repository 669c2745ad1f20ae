"""The values that flow through the cleaner. All are immutable.

Every span is ``[start, end)`` in code points of the *source* text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from cleaner.read.fold import bare, fold, unaccented
from cleaner.read.words import count_words

if TYPE_CHECKING:
    from cleaner.page.model import BlockEvidence

Action = Literal["remove", "repair", "flag"]
Confidence = Literal["certain", "likely", "unsure"]
Status = Literal["applied", "held", "flagged"]
Level = Literal["cautious", "standard", "thorough"]
Kind = Literal["text", "html"]
SegmentKind = Literal["prose", "heading", "list-item", "short", "code", "table"]


class Segment(NamedTuple):
    """One non-blank line of text, or one block of a page.

    ``start`` and ``end`` leave out the line break and surrounding blanks.
    """

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True)
class Document:
    """A source text and its segments, in order; what lies between segments is blank.

    ``dom``, for a page, holds the evidence of its DOM, one entry a segment (``cleaner.page``).
    What all stages ask for is worked out once.
    """

    text: str
    kind: Kind
    language: str
    segments: tuple[Segment, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    dom: Sequence[BlockEvidence] = ()

    @cached_property
    def folded(self) -> str:
        """The text as matchers see it, of the same length (``cleaner.read.fold``)."""
        return fold(self.text)

    @cached_property
    def bare(self) -> str:
        """The words of the folded text, in lower case, marks blanked; of the same length."""
        return bare(self.folded)

    @cached_property
    def unaccented(self) -> Document:
        """The document as rules see it: folded, with plain letters for those with accents."""
        text = unaccented(self.folded)
        if text == self.folded:
            return self
        document = replace(self, text=text, dom=())
        vars(document).update(folded=text)
        return document

    @cached_property
    def lines(self) -> list[str]:
        """The folded text of each segment."""
        text = self.folded
        return [text[start:end] for start, end, _ in self.segments]

    @cached_property
    def words(self) -> list[int]:
        """The number of words of each segment."""
        return [count_words(line) for line in self.lines]

    def within(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Return the numbers of the segments each of which lies whole within one of some spans.

        >>> lines = Segment(0, 4, "short"), Segment(5, 9, "short"), Segment(10, 14, "short")
        >>> sorted(Document("Home Help Mill", "text", "en", lines).within([(3, 9), (10, 12)]))
        [1]
        """
        segments, found = self.segments, set[int]()
        for start, end in spans:
            first, last = bisect_left(segments, (start,)), bisect_left(segments, (end,))
            cut = last > first and segments[last - 1].end > end
            found.update(range(first, last - 1 if cut else last))
        return frozenset(found)

    def without(self, gone: AbstractSet[int]) -> Document:
        """Return the document without the segments of these numbers, and without DOM evidence."""
        left = tuple(s for number, s in enumerate(self.segments) if number not in gone)
        document = replace(self, segments=left, dom=())
        vars(document).update(folded=self.folded, bare=self.bare)
        return document

    def line(self, segment: Segment) -> str:
        """Return the text of a segment."""
        return self.text[segment.start : segment.end]


class Decision(msgspec.Struct, frozen=True):
    """One edit of the source, or one edit that was considered and not made.

    Finders and repairs propose decisions as ``applied``; ``settle`` may turn them to ``held``.
    ``language`` is that of the rule: an ISO 639-1 code, or ``any``.
    """

    start: int
    end: int
    original: str
    replacement: str
    action: Action
    rule: str
    category: str
    confidence: Confidence
    status: Status
    reason: str
    language: str = "any"

    @property
    def span(self) -> tuple[int, int]:
        """``(start, end)`` in code points of the source."""
        return self.start, self.end

    def held(self, why: str) -> Decision:
        """Return the decision as one not made; ``why`` goes behind its reason."""
        return msgspec.structs.replace(self, status="held", reason=f"{self.reason} Held: {why}.")


@dataclass(frozen=True, slots=True)
class CleanResult:
    """Clean text and the account of how it came about.

    ``decisions`` are sorted by span; those ``applied`` do not overlap, and
    ``restore(result.text, result.decisions)`` is the source.
    """

    text: str
    decisions: tuple[Decision, ...]
    language: str
    kind: Kind
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def removed(self) -> tuple[Decision, ...]:
        """Decisions that took text out."""
        return tuple(d for d in self.decisions if d.status == "applied" and d.action == "remove")

    @property
    def repaired(self) -> tuple[Decision, ...]:
        """Decisions that changed text in place."""
        return tuple(d for d in self.decisions if d.status == "applied" and d.action == "repair")

    @property
    def flagged(self) -> tuple[Decision, ...]:
        """Places for a person to look at; the text was left as it was."""
        return tuple(d for d in self.decisions if d.status == "flagged")

    @property
    def held(self) -> tuple[Decision, ...]:
        """Edits that a rule asked for and a level, choice or guard refused."""
        return tuple(d for d in self.decisions if d.status == "held")
