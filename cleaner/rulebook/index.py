"""Find where rules match, in time linear in the text.

``lookup`` tells which lines hold the words that a phrase needs; RE2 looks at those lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import re2

from cleaner.read.fold import lower
from cleaner.rulebook.lookup import Aim, Lookup
from cleaner.rulebook.marks import plain_marks
from cleaner.rulebook.needs import words_of
from cleaner.rulebook.rule import Bag, Rule
from cleaner.rulebook.shorthand import spelled_out
from cleaner.types import Document

# A lead of several sentences is prose, not a caption.
_SENTENCE_END = re.compile(r"[.!?]['\")]* +['\"(]?[A-Z]")
# Bytes that the matcher of one pattern may use before it slows down.
_PATTERN_MEMORY = 64 << 20
# Rules whose compiled phrases are kept, at 0.1 MB each: the English ones and some more.
_COMPILED = 256


class Match(NamedTuple):
    """A rule that matches in a segment; the span is in code points of the source."""

    segment: int
    start: int
    end: int
    rule: Rule


class Index:
    """All rules, ready to be looked up in texts. Never changes once built; threads may share it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        aims = [aim for rule in sorted(rules, key=lambda rule: rule.id) for aim in _aims(rule)]
        self._lookup = Lookup(aims)
        self._matchers = [_Matcher(rule, bag) for rule, bag in aims]

    def scan(self, document: Document) -> list[Match]:
        """Return all matches, sorted by segment, rule id and place."""
        matches: list[Match] = []
        if not self._matchers:
            return matches
        document = document.unaccented
        taken = -1, ""
        for number, aim in self._lookup.candidates(document):
            matcher = self._matchers[aim]
            rule = matcher.rule
            if (number, rule.id) != taken and (spans := matcher.spans(document.lines[number])):
                taken = number, rule.id
                start = document.segments[number].start
                matches += [Match(number, start + a, start + b, rule) for a, b in spans]
        return matches


def _aims(rule: Rule) -> Iterator[Aim]:
    """Yield what can show that a rule applies: all its phrases together, and each bag."""
    if rule.phrases:
        yield rule, None
    for bag in rule.bags:
        yield rule, bag


class _Matcher:
    """Looks at lines for one aim; compiles on first use, as few rules match in a small batch."""

    def __init__(self, rule: Rule, bag: Bag | None) -> None:
        self.rule = rule
        self._bag = bag

    @lru_cache(maxsize=_COMPILED)  # noqa: B019 - bounded, and matchers live as long
    def _phrases(self) -> Any:
        return _any_of(phrase.regex for phrase in self.rule.phrases)

    @lru_cache(maxsize=_COMPILED)  # noqa: B019
    def _unless(self) -> Any:
        return _any_of(self.rule.unless)

    @cached_property
    def _patterns(self) -> list[Any]:
        return [re2.compile(spelled_out(phrase.regex), _options()) for phrase in self.rule.phrases]

    @cached_property
    def _entries(self) -> list[list[str]]:
        entries = self._bag.entries if self._bag else ()
        return [[f" {wording} " for wording in entry] for entry in entries]

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Return what the rule takes of a folded line, in order; nothing unless it matches."""
        rule, plain = self.rule, plain_marks(line)
        if not (self._holds_bag(line) if self._bag else self._phrases().Match(plain.encode())):
            return []
        if rule.unless and self._unless().Match(plain):
            return []
        spans = sorted(set(self._spans(plain))) if rule.is_inline else [(0, len(line))]
        return [span for span in spans if _has_at_most(rule.max_words, line, *span)]

    def _holds_bag(self, line: str) -> bool:
        words = f" {' '.join(words_of(lower(line)))} "
        return all(any(wording in words for wording in entry) for entry in self._entries)

    def _spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield what an inline rule takes of a line, with a bracket that opens right before it."""
        for pattern in self._patterns:
            for found in pattern.finditer(line):
                first, last = found.span(1)
                if first and line[first - 1] in "[(":
                    first -= 1
                is_lead = self.rule.scope == "lead" and not _SENTENCE_END.search(line[:first])
                yield 0 if is_lead else first, last


def _has_at_most(words: int, line: str, start: int, end: int) -> bool:
    """Tell whether a part of a line has no more words; words have a code point or more between."""
    return end - start < 2 * words or len(words_of(line[start:end])) <= words


def _any_of(patterns: Iterable[str]) -> Any:
    """Compile patterns, in shorthand, to a set.

    A set only says whether it matches, and is four times as fast as a pattern in Python.
    """
    compiled = re2.Set.SearchSet(_options())
    for pattern in patterns:
        compiled.Add(spelled_out(pattern))
    compiled.Compile()
    return compiled


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _PATTERN_MEMORY
    options.log_errors = False
    return options
