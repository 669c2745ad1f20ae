"""Find where rules match: one keyword pass over the text, then a close look at the few candidates.

Time is linear in the text: the pass is an Aho-Corasick automaton, the close look is RE2 on one
segment, and segments longer than a rule allows are never looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from cleaner.read.fold import fold, lower
from cleaner.rulebook.phrase import DIGIT, Phrase, Token, token_string, tokens
from cleaner.rulebook.rule import Rule
from cleaner.types import Document, Segment

# A word and its blank are seldom longer, on average over a line; in code points.
_WORD_LENGTH = 12
# Rules that are looked up by a digit are tried on lines up to this length, in code points.
_DIGIT_LINE = 80
# Phrases within a line are looked for in paragraphs up to this many words.
_LONGEST_PARAGRAPH = 400
_DIGITS = frozenset("0123456789")


class Match(NamedTuple):
    """A rule that matches in a segment; the span is in code points of the source."""

    segment: int
    start: int
    end: int
    rule: Rule


class Index:
    """All rules, ready to be looked up in texts. Immutable once built."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        by_keyword: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for keyword in sorted(rule.keywords):
                by_keyword[keyword].append(rule)
        self._digit_rules = tuple(by_keyword.pop(DIGIT, ()))
        self._by_keyword = tuple(tuple(found) for found in by_keyword.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_keyword)) if by_keyword else None

    def scan(self, document: Document) -> list[Match]:
        """Return all matches, sorted by segment and then by rule id."""
        folded = fold(document.text)
        candidates = self._candidates(lower(folded), document.segments)
        return [
            match
            for number, rules in sorted(candidates.items())
            for match in _verify(number, document.segments[number], folded, rules)
        ]

    def _candidates(self, text: str, segments: Sequence[Segment]) -> dict[int, dict[str, Rule]]:
        found: dict[int, dict[str, Rule]] = {}
        starts = [segment.start for segment in segments]
        for keyword, start, end in self._hits(text):
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
                continue
            number = bisect_right(starts, start) - 1
            length = segments[number].end - segments[number].start
            for rule in self._by_keyword[keyword]:
                if length <= _longest(rule):
                    found.setdefault(number, {})[rule.id] = rule
        for number, segment in enumerate(segments if self._digit_rules else ()):
            short = segment.end - segment.start <= _DIGIT_LINE
            if short and not _DIGITS.isdisjoint(text[segment.start : segment.end]):
                found.setdefault(number, {}).update({r.id: r for r in self._digit_rules})
        return found

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        if self._automaton is None:
            return []
        hits: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(
            text, overlapping=True
        )
        return hits


def _longest(rule: Rule) -> int:
    """Return the length, in code points, of the longest segment worth trying a rule on."""
    words = _LONGEST_PARAGRAPH if rule.scope in ("phrase", "lead") else rule.max_words
    return words * _WORD_LENGTH


def _verify(number: int, segment: Segment, folded: str, rules: dict[str, Rule]) -> Iterator[Match]:
    parts = tokens(folded[segment.start : segment.end])
    string = token_string(parts)
    words = sum(part.text[0].isalnum() for part in parts)
    for _, rule in sorted(rules.items()):
        if any(_search(phrase, string) for phrase in rule.unless):
            continue
        if rule.scope in ("phrase", "lead"):
            for first, last in _spans(rule, string, parts):
                start = segment.start if rule.scope == "lead" else segment.start + first.start
                yield Match(number, start, segment.start + last.end, rule)
        elif words <= rule.max_words and _takes(rule, string):
            yield Match(number, segment.start, segment.end, rule)


def _takes(rule: Rule, string: str) -> bool:
    if any(_search(phrase, string) for phrase in rule.phrases):
        return True
    padded = f" {lower(string)}"
    return any(
        all(any(f" {wording} " in padded for wording in entry) for entry in bag)
        for bag in rule.bags
    )


def _spans(rule: Rule, string: str, parts: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the first and the last token of every occurrence, up to ``max_words`` words each."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part.text) + 1)
    for phrase in rule.phrases:
        for found in compiled(phrase.regex).finditer(string):
            first = bisect_right(starts, found.start(1)) - 1
            last = bisect_right(starts, found.end(1) - 1) - 1
            if last - first < 2 * rule.max_words:
                yield parts[first], parts[last]


def _search(phrase: Phrase, string: str) -> bool:
    return compiled(phrase.regex).search(string) is not None


@cache
def compiled(regex: str) -> Any:
    """Compile a pattern on first use: most rules never match anything in a small batch."""
    return re2.compile(regex)
