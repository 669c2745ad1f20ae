"""Find where rules match, in time linear in the text.

Where a line holds a word of each kind that a phrase needs, RE2 looks at that line. The words of
short lines are looked up one by one; an Aho-Corasick pass finds the rarer ones in longer lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from cleaner.read.fold import fold, lower
from cleaner.rulebook.phrase import DIGIT, DIGITS, Phrase, is_telling, strength, words_of
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Document, Segment

# Code points; a word and the blank behind it are longer only in technical lists.
_WORD_LENGTH = 8
# Code points; words within a line are looked for in paragraphs up to this length.
_LONGEST_PARAGRAPH = 5_000
# Code points; the words of such lines are looked up one by one, common words and digits too.
_SHORT_LINE = 90
# Bytes that the matcher of one pattern may use before it slows down.
_PATTERN_MEMORY = 64 << 20
_DIGITS = frozenset("0123456789")
_DIGIT_PAIR = re.compile(r"\d[./-]\d")


class Match(NamedTuple):
    """A rule that matches in a segment; the span is in code points of the source."""

    segment: int
    start: int
    end: int
    rule: Rule


class Index:
    """All rules, ready to be looked up in texts. Never changes once built; threads may share it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._lines = _Lookup([rule for rule in rules if not rule.is_inline])
        self._words = _Lookup([rule for rule in rules if rule.is_inline])

    def scan(self, document: Document) -> list[Match]:
        """Return all matches, sorted by segment and then by rule id."""
        folded = fold(document.text)
        matches = (
            *_line_matches(self._lines.candidates(folded, document.segments)),
            *_word_matches(self._words.candidates(folded, document.segments)),
        )
        return sorted(set(matches), key=lambda match: (match.segment, match.rule.id, match.start))


class _Candidate(NamedTuple):
    """A line that holds all the words that a bag, or else one of the phrases, of a rule needs."""

    number: int
    start: int
    line: str
    rule: Rule
    bag: Bag | None


class _Wanted(NamedTuple):
    """What a line must hold, and how long it may be, for a rule to be tried on it."""

    longest: int
    needs: tuple[frozenset[str], ...]
    rule: Rule
    bag: Bag | None


class _Lookup:
    """Finds lines that may hold what rules look for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        wanted = [_Wanted(_longest(r), p.needs, r, None) for r in rules for p in r.phrases]
        wanted += [_Wanted(_longest(r), bag.needs, r, bag) for r in rules for bag in r.bags]
        # In long lines only telling words are looked for.
        telling = [w._replace(needs=tuple(filter(_tells, w.needs))) for w in wanted]
        self._in_short = _by_word(wanted)
        self._in_long = _by_word([w for w in telling if w.needs and w.longest > _SHORT_LINE])
        self._vocabulary = _words_needed(wanted)
        self._longest = max((w.longest for w in wanted), default=0)
        self._telling = sorted(_words_needed(telling))
        self._automaton = ahocorasick_rs.AhoCorasick(self._telling)

    def candidates(self, folded: str, segments: Sequence[Segment]) -> Iterator[_Candidate]:
        """Yield what is worth a look; a line and rule at most once."""
        lines = [
            (number, start, folded[start:end])
            for number, (start, end, _) in enumerate(segments)
            if end - start <= self._longest
        ]
        for line in lines:
            if len(line[2]) <= _SHORT_LINE:
                yield from _met(line, self._words_in(line[2]), self._in_short)
        long = [line for line in lines if len(line[2]) > _SHORT_LINE]
        for place, found in self._telling_words_in([line for _, _, line in long]).items():
            yield from _met(long[place], found, self._in_long)

    def _words_in(self, line: str) -> set[str]:
        """Return the needed words of a short line."""
        found = self._vocabulary.intersection(words_of(lower(line)))
        if _DIGITS.isdisjoint(line):
            return set(found)
        return {*found, DIGIT, DIGITS} if _DIGIT_PAIR.search(line) else {*found, DIGIT}

    def _telling_words_in(self, lines: Sequence[str]) -> dict[int, set[str]]:
        """Return the needed telling words of long lines, by the place of the line."""
        text = lower("\n".join(lines)) + "\n"
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        found: defaultdict[int, set[str]] = defaultdict(set)
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not (text[end].isalnum() or (start and text[start - 1].isalnum())):
                found[bisect_right(starts, start) - 1].add(self._telling[word])
        return found


def _met(
    line: tuple[int, int, str], found: set[str], by_word: Mapping[str, Sequence[_Wanted]]
) -> Iterator[_Candidate]:
    """Yield the rules to try on a line that holds the words ``found``."""
    length = len(line[2])
    tries: dict[tuple[str, Bag | None], Rule] = {}
    for word in found:
        for longest, needs, rule, bag in by_word.get(word, ()):
            if length <= longest and (rule.id, bag) not in tries:
                for need in needs:
                    if found.isdisjoint(need):
                        break
                else:
                    tries[rule.id, bag] = rule
    for (_, bag), rule in tries.items():
        yield _Candidate(*line, rule, bag)


def _by_word(wanted: Sequence[_Wanted]) -> dict[str, list[_Wanted]]:
    """Arrange what is wanted by the words of its strongest need."""
    arranged: defaultdict[str, list[_Wanted]] = defaultdict(list)
    for one in wanted:
        for word in max(one.needs, key=strength):
            arranged[word].append(one)
    return dict(arranged)


def _words_needed(wanted: Sequence[_Wanted]) -> frozenset[str]:
    return frozenset(word for one in wanted for need in one.needs for word in need)


def _tells(need: frozenset[str]) -> bool:
    return all(map(is_telling, need))


def _longest(rule: Rule) -> int:
    """Return the length, in code points, of the longest line worth trying a rule on."""
    return _LONGEST_PARAGRAPH if rule.is_inline else rule.max_words * _WORD_LENGTH


def _line_matches(candidates: Iterator[_Candidate]) -> Iterator[Match]:
    for number, start, line, rule, bag in candidates:
        if _takes(rule, bag, line) and len(words_of(line)) <= rule.max_words:
            yield Match(number, start, start + len(line), rule)


def _word_matches(candidates: Iterator[_Candidate]) -> Iterator[Match]:
    for number, start, line, rule, _ in candidates:
        if _takes(rule, None, line):
            for phrase in rule.phrases:
                for found in _compiled(phrase.regex).finditer(line):
                    if len(words_of(found[1])) <= rule.max_words:
                        first = 0 if rule.scope == "lead" else found.start(1)
                        yield Match(number, start + first, start + found.end(1), rule)


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
