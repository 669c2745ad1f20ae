"""What finders know of a document: its lines, which of them are prose, which rules match."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cleaner.find.named import Named
from cleaner.read.text import PROSE_LENGTH
from cleaner.read.words import pairs
from cleaner.rulebook import Match, Rule
from cleaner.types import Confidence, Decision, Document

_STOPS = (*".!?:;,。！？।", '."', '!"', '?"', ".'", ".)")
# Marks behind which a sentence goes on, and marks that no sentence begins with.
_OPENS, _CONTINUES = ",(", ",.;:)!?"
# Short lines that end so are headlines as often as sentences.
_CRIES = ("!", "?")
_EMPHASIS = "*_"  # of Markdown
_ELLIPSIS = ("...", "…", "[…]", "[...]", "(...)")
# Words shorter than this carry little of what an article is about; code points.
_CONTENT_WORD = 4
# Words that tell nothing of what an article is about, though they are long enough.
_FUNCTION_STEMS = frozenset(
    word[:5]
    for word in "about after again against also back been before being between could does down "
    "each even every from have here into just like many more most much must only other over "
    "said same says should since some still such than that their them then there these "
    "they this those through under until upon very were what when where which while will "
    "with would your".split()
)
# Two words with the same first letters count as one: arms, armed; Mexico, Mexican.
_STEM = 5


@dataclass(frozen=True)
class Context:
    """A document and the rule matches in it; everything else is worked out when asked for."""

    document: Document
    matches: tuple[Match, ...]

    @cached_property
    def lines(self) -> list[str]:
        """The text of each segment, folded."""
        return self.document.lines

    @property
    def words(self) -> list[int]:
        """The number of words of each segment."""
        return self.document.words

    @cached_property
    def rules_at(self) -> dict[int, tuple[Rule, ...]]:
        """The rules that match each segment as a whole."""
        found: defaultdict[int, list[Rule]] = defaultdict(list)
        for match in self.matches:
            if match.rule.scope not in ("phrase", "lead"):
                found[match.segment].append(match.rule)
        return {number: tuple(rules) for number, rules in found.items()}

    @cached_property
    def categories_at(self) -> dict[int, tuple[str, ...]]:
        """The categories of all rules that match something in each segment, sorted."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for match in self.matches:
            found[match.segment].add(match.rule.category)
        return {number: tuple(sorted(categories)) for number, categories in found.items()}

    @cached_property
    def prose_before(self) -> tuple[int, ...]:
        """For each segment, and the end, how many segments of prose or code stand before it."""
        segments = self.document.segments
        counted = [p or s.kind == "code" for p, s in zip(self.prose, segments, strict=True)]
        return tuple(accumulate(counted, initial=0))

    @cached_property
    def prose(self) -> list[bool]:
        """Whether each segment is running text: a sentence or more, not a teaser cut short."""
        known = self.rules_at
        return [
            kind == "prose"
            and line.rstrip(_EMPHASIS).endswith(_STOPS)
            and not line.endswith(_ELLIPSIS)
            and not (end - start < PROSE_LENGTH and line.endswith(_CRIES))
            and number not in known
            for number, (line, (start, end, kind)) in enumerate(
                zip(self.lines, self.document.segments, strict=True)
            )
        ]

    def is_prose(self, number: int) -> bool:
        """Tell whether a segment is running text."""
        return self.prose[number]

    def is_teaser(self, number: int) -> bool:
        """Tell whether a segment ends in an ellipsis."""
        return self.lines[number].rstrip(_EMPHASIS).endswith(_ELLIPSIS)

    def runs_on(self, number: int) -> bool:
        """Tell whether a sentence goes on from a segment to the next; dumps part it at links."""
        line, following = self.lines[number], self.lines[number + 1]
        return (line[-1].islower() or line[-1] in _OPENS) and (
            following[0].islower() or following[0] in _CONTINUES
        )

    def prose_after(self, number: int) -> int:
        """Count the prose segments behind a segment."""
        return self.prose_before[-1] - self.prose_before[number + 1]

    def stems(self, *numbers: int) -> frozenset[str]:
        """Return the stems of the content words of some segments."""
        text, segments = self.document.bare, self.document.segments
        return frozenset().union(
            *(stems(text[segments[n].start : segments[n].end]) for n in numbers)
        )

    def propose(
        self,
        span: tuple[int, int],
        rule: Rule | Named,
        reason: str,
        confidence: Confidence | None = None,
    ) -> Decision:
        """Propose to remove a span by a rule, at the rule's own confidence unless told."""
        start, end = span
        return Decision(
            start=start,
            end=end,
            original=self.document.text[start:end],
            replacement="",
            action="remove",
            rule=rule.id,
            category=rule.category,
            confidence=confidence or rule.confidence,
            status="applied",
            reason=reason,
            language=rule.language,
        )

    def span(self, number: int) -> tuple[int, int]:
        """Return the span of a segment."""
        segment = self.document.segments[number]
        return segment.start, segment.end


def stems(line: str) -> frozenset[str]:
    """Return the stems of the content words of a bare line.

    In East Asian scripts, pairs of characters stand for words.

    >>> sorted(stems("mexican arms and the army of mexico in 1911"))
    ['arms', 'army', 'mexic']
    >>> sorted(stems("古い灯台を公開"))
    ['公開', '灯台']
    """
    found = pairs(line) or [
        word[:_STEM] for word in line.split() if len(word) >= _CONTENT_WORD and not word.isdecimal()
    ]
    return frozenset(found) - _FUNCTION_STEMS
