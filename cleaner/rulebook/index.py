"""Find where rules match, in time linear in the text.

``lookup`` tells which lines hold the words that a phrase needs; RE2 looks at those lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import re2

from cleaner.read.fold import fold, lower
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

    def scan(self, document: Document) -> list[Match]:
        """Return all matches, sorted by segment, rule id and place."""
        candidates = self._lookup.candidates(fold(document.text), document.segments)
        matches = {match for candidate in candidates for match in _matches(candidate)}
        return sorted(matches, key=lambda match: (match.segment, match.rule.id, match.start))


def _matches(candidate: Candidate) -> Iterator[Match]:
    number, start, line, rule, bag = candidate
    if not _takes(rule, bag, line):
        return
    for first, last in _spans(rule, line) if rule.is_inline else [(0, len(line))]:
        if len(words_of(line[first:last])) <= rule.max_words:
            yield Match(number, start + first, start + last, rule)


def _spans(rule: Rule, line: str) -> Iterator[tuple[int, int]]:
    """Yield what an inline rule takes of a line, with a bracket that opens right before it."""
    for phrase in rule.phrases:
        for found in _compiled(phrase.regex).finditer(line):
            first, last = found.span(1)
            if first and line[first - 1] in "[(":
                first -= 1
            is_caption = rule.scope == "lead" and not _SENTENCE_END.search(line[:first])
            yield 0 if is_caption else first, last


def _takes(rule: Rule, bag: Bag | None, line: str) -> bool:
    """Tell whether a line holds the bag or else a phrase of a rule, and nothing that vetoes it."""
    found = _holds(bag, line) if bag else _any_of(rule.phrases).Match(line)
    return bool(found) and not _any_of(rule.unless).Match(line)


def _holds(bag: Bag, line: str) -> bool:
    padded = f" {' '.join(words_of(lower(line)))} "
    return all(any(f" {wording} " in padded for wording in entry) for entry in bag.entries)


@cache
def _any_of(phrases: tuple[Phrase, ...]) -> Any:
    """Compile phrases on first use: in a small batch most rules never match anything.

    A set only says whether it matches, and is four times as fast as a pattern in Python.
    """
    patterns = re2.Set.SearchSet(_options())
    for phrase in phrases:
        patterns.Add(phrase.regex)
    patterns.Compile()
    return patterns


@cache
def _compiled(regex: str) -> Any:
    return re2.compile(regex, _options())


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _PATTERN_MEMORY
    options.log_errors = False
    return options
