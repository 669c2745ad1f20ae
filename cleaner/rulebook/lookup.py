"""Tell which lines are worth a close look for which rules.

A phrase is looked up by the word its lines start with; where that may be any, or one that half of
all sentences start with, by a telling word it needs. Common words and digits are looked up in short
lines only. The words of short lines are looked up one by one; in longer lines an Aho-Corasick pass
finds the telling ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import ahocorasick_rs

from cleaner.read.fold import lower
from cleaner.rulebook.phrase import DIGIT, DIGITS, is_telling, strength, words_of
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Segment

# Code points; a word and the blank behind it are longer only in technical lists.
_WORD_LENGTH = 8
_SLACK = 20
# Code points. In lines up to the first length common words and digits are looked up as well; few
# rules take lines longer than the second; none takes anything in lines longer than the last.
_TIERS = (60, 240, 5_000)
# Sentences start with these so often that they tell nothing.
_OPENERS = frozenset(
    "a an and as at but for from i if in it on our so that the this to we what when with you "
    "your".split()
)
_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+(?:'\w+)*)")
_DIGITS = frozenset("0123456789")
_DIGIT_PAIR = re.compile(r"\d[./-]\d")


class Candidate(NamedTuple):
    """A line that holds all the words that a bag, or else one of the phrases, of a rule needs.

    ``number`` is that of the segment, ``start`` where it starts in the source.
    """

    number: int
    start: int
    line: str
    rule: Rule
    bag: Bag | None


class _Line(NamedTuple):
    number: int
    start: int
    text: str


class _Wanted(NamedTuple):
    """What a line must be like for a rule to be tried on it; ``key`` names rule and bag."""

    longest: int
    first: frozenset[str]  # the words it may start with; empty for any
    needs: tuple[frozenset[str], ...]  # the strongest first
    rule: Rule
    bag: Bag | None
    key: tuple[str, int]


class Lookup:
    """Finds lines that may hold what rules look for. Never changes once built."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        wanted = [one for rule in rules for one in _wanted_by(rule)]
        self._short = _Arranged(wanted)
        self._longer = [
            _Arranged([one for one in wanted if one.longest > shortest]) for shortest in _TIERS[:-1]
        ]

    def candidates(self, folded: str, segments: Sequence[Segment]) -> Iterator[Candidate]:
        """Yield what is worth a look, a line and rule at most once, in no particular order."""
        tiers: tuple[list[_Line], ...] = tuple([] for _ in _TIERS)
        for number, (start, end, _) in enumerate(segments):
            if end - start <= _TIERS[-1]:
                tier = bisect_left(_TIERS, end - start)
                tiers[tier].append(_Line(number, start, folded[start:end]))
        for line in tiers[0]:
            yield from self._short.met_by_short(line)
        for arranged, lines in zip(self._longer, tiers[1:], strict=True):
            for line, found in zip(lines, arranged.telling_words_in(lines), strict=True):
                yield from arranged.met_by(line, found)


class _Arranged:
    """What is wanted, by the word by which it is looked up."""

    def __init__(self, wanted: Sequence[_Wanted]) -> None:
        self._by_first: dict[str, list[_Wanted]] = {}
        self._by_word: dict[str, list[_Wanted]] = {}
        self._by_digit: list[_Wanted] = []
        for one in sorted(wanted, key=lambda one: -one.longest):
            need, first = one.needs[0], one.first
            if first and not (first & _OPENERS and all(map(is_telling, need))):
                for word in first:
                    self._by_first.setdefault(word, []).append(one)
            elif DIGIT in need or DIGITS in need:
                self._by_digit.append(one)
            else:
                for word in need:
                    self._by_word.setdefault(word, []).append(one)
        self._telling = sorted(filter(is_telling, self._by_word))
        self._automaton = ahocorasick_rs.AhoCorasick(self._telling)

    def met_by_short(self, line: _Line) -> Iterator[Candidate]:
        """Yield the rules to try on a short line, of which all words are looked up."""
        words = words_of(lower(line.text))
        lists = [self._by_first.get(words[0], ())] if words else []
        lists += [self._by_word[word] for word in self._by_word.keys() & words]
        if not _DIGITS.isdisjoint(line.text):
            lists.append(self._by_digit)
        return _met(line, words[0] if words else "", lists)

    def met_by(self, line: _Line, found: set[str]) -> Iterator[Candidate]:
        """Yield the rules to try on a line that holds the telling words ``found``."""
        match = _FIRST_WORD.match(line.text)
        first = match[1].lower() if match else ""
        lists = [self._by_first.get(first, ()), *(self._by_word[word] for word in found)]
        return _met(line, first, lists)

    def telling_words_in(self, lines: Sequence[_Line]) -> list[set[str]]:
        """Return the telling words by which something is looked up, line by line."""
        found: list[set[str]] = [set() for _ in lines]
        if not self._telling or not lines:
            return found
        text = lower("\n".join([line.text for line in lines])) + "\n"
        starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not (text[end].isalnum() or (start and text[start - 1].isalnum())):
                found[bisect_right(starts, start) - 1].add(self._telling[word])
        return found


def _met(line: _Line, first: str, lists: Iterable[Sequence[_Wanted]]) -> Iterator[Candidate]:
    """Yield the rules whose needs a line meets; the lists start with what may be longest."""
    text, length = line.text, len(line.text)
    fitting: list[_Wanted] = []
    for wanted in lists:
        for one in wanted:
            if length > one[0]:
                break
            if not one[1] or first in one[1]:
                fitting.append(one)
    if fitting:
        words = _words_and_digits(text)
        met = {one.key: one for one in fitting if not any(map(words.isdisjoint, one.needs))}
        for one in met.values():
            yield Candidate(*line, one.rule, one.bag)


def _wanted_by(rule: Rule) -> Iterator[_Wanted]:
    """Yield what each phrase and bag of a rule wants."""
    for number, pattern in enumerate(rule.patterns):
        needs = tuple(sorted(pattern.needs, key=strength, reverse=True))
        longest = _longest(rule)
        if isinstance(pattern, Bag):
            yield _Wanted(longest, frozenset(), needs, rule, pattern, (rule.id, number))
        else:
            first = frozenset[str]() if rule.is_inline else pattern.first
            longest = min(longest, pattern.most_words * _WORD_LENGTH + _SLACK)
            yield _Wanted(longest, first, needs, rule, None, (rule.id, -1))


def _longest(rule: Rule) -> int:
    """Return the length, in code points, of the longest line worth trying a rule on."""
    return _TIERS[-1] if rule.is_inline else rule.max_words * _WORD_LENGTH


def _words_and_digits(text: str) -> set[str]:
    words = {*words_of(lower(text))}
    if not _DIGITS.isdisjoint(text):
        words |= {DIGIT, DIGITS} if _DIGIT_PAIR.search(text) else {DIGIT}
    return words
