"""Find where rules match, in time linear in the text.

``lookup`` tells which lines hold the words that a phrase needs; RE2 looks at those lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import re2

from cleaner.read.fold import lower
from cleaner.rulebook.lookup import Candidate, Lookup
from cleaner.rulebook.phrase import Phrase, words_of
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Document

# A lead of several sentences is prose, not a caption.
_SENTENCE_END = re.compile(r"[.!?]['\")]* +['\"(]?[A-Z]")
# Bytes that the matcher of one pattern may use before it slows down.
_PATTERN_MEMORY = 64 << 20


class Match(NamedTuple):
    """A rule that matches in a segment; the span is in code points of the source."""

    segment: int
    start: int
    end: int
    rule: Rule


class Index:
    """All rules, ready to be looked up in texts. Never changes once built; threads may share it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._lookup = Lookup(rules)
        self._matchers = {rule.id: _Matcher(rule) for rule in rules}

    def scan(self, document: Document) -> list[Match]:
        """Return all matches, sorted by segment, rule id and place."""
        candidates = self._lookup.candidates(document.folded, document.segments)
        matches = {
            (match.segment, match.rule.id, match.start, match.end): match
            for candidate in candidates
            for match in self._matchers[candidate.rule.id].matches(candidate)
        }
        return [matches[place] for place in sorted(matches)]


class _Matcher:
    """Looks at lines for one rule; compiles on first use, as few rules match in a small batch."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    @cached_property
    def _phrases(self) -> Any:
        return _any_of(self._rule.phrases)

    @cached_property
    def _unless(self) -> Any:
        return _any_of(self._rule.unless)

    @cached_property
    def _patterns(self) -> list[Any]:
        return [re2.compile(phrase.regex, _options()) for phrase in self._rule.phrases]

    def matches(self, candidate: Candidate) -> list[Match]:
        """Return where a candidate of the rule does match."""
        number, start, line, rule, bag = candidate
        if not (_holds(bag, line) if bag else self._phrases.Match(line)):
            return []
        if rule.unless and self._unless.Match(line):
            return []
        return [
            Match(number, start + first, start + last, rule)
            for first, last in (self._spans(line) if rule.is_inline else [(0, len(line))])
            if len(words_of(line[first:last])) <= rule.max_words
        ]

    def _spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield what an inline rule takes of a line, with a bracket that opens right before it."""
        for pattern in self._patterns:
            for found in pattern.finditer(line):
                first, last = found.span(1)
                if first and line[first - 1] in "[(":
                    first -= 1
                is_lead = self._rule.scope == "lead" and not _SENTENCE_END.search(line[:first])
                yield 0 if is_lead else first, last


def _holds(bag: Bag, line: str) -> bool:
    padded = f" {' '.join(words_of(lower(line)))} "
    return all(any(f" {wording} " in padded for wording in entry) for entry in bag.entries)


def _any_of(phrases: Sequence[Phrase]) -> Any:
    """Compile phrases to a set.

    A set only says whether it matches, and is four times as fast as a pattern in Python.
    """
    patterns = re2.Set.SearchSet(_options())
    for phrase in phrases:
        patterns.Add(phrase.regex)
    patterns.Compile()
    return patterns


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _PATTERN_MEMORY
    options.log_errors = False
    return options
