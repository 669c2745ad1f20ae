"""Tell which lines are worth a close look for which rules.

What a rule looks for is looked up by the word its lines start with; where that may be any, by the
rarest words it needs; where half of all sentences start with it, by both. Short lines are parted
into words; in longer lines Aho-Corasick automata find words, but no digits and none of the most
common words. A line has to agree as well in its length, its last word, and in holding a word of
each need (in longer lines: of each need of few words).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from cleaner.read.fold import bare
from cleaner.rulebook.common import rarity
from cleaner.rulebook.phrase import COPYRIGHT, DIGIT, DIGITS, digit_or_word, strength
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Segment

# Code points; a word and the blank behind it are longer only in technical lists.
_WORD_LENGTH = 8
_SLACK = 20
# Code points. In lines up to the first length all words are looked up; nothing is taken in lines
# longer than the second.
_SHORT, _LONGEST = 60, 5_000
# Code points; the first or last word of a line stands in as many, with the marks around it.
_WORD = 24
# Lines start with these so often that they tell nothing.
_OPENERS = frozenset(
    f"{DIGIT} a an and as at but for from i if in it on our so that the this to we what when with "
    "you your".split()
)
# Words; looking for more in a longer line costs as much as trying the rule.
_MOST_TESTS = 6
# Rarity; more common words are looked up in short lines only.
_LEAST_RARE = 20
# Rarity; words from there on are looked up together with an opener.
_TELLING = 300
_DIGITS = frozenset({DIGIT, DIGITS})
_NO_WORDS = _DIGITS | {COPYRIGHT}
_DIGIT = re.compile(r"[0-9]")
_COPYRIGHT = re.compile(COPYRIGHT)
_DIGIT_PAIR = re.compile(r"[0-9] [0-9]")


class Candidate(NamedTuple):
    """A line that may hold a bag, or else one of the phrases, of a rule.

    ``number`` is that of the segment, ``start`` where it starts in the source.
    """

    number: int
    start: int
    line: str
    rule: Rule
    bag: Bag | None


class _Wanted(NamedTuple):
    """What a line must be like for a rule to be tried on it; ``key`` names rule and bag."""

    longest: int
    last: frozenset[str]  # the words it may end with; empty for any
    needs: tuple[frozenset[str], ...]
    strongest: frozenset[str]  # of the needs
    first: frozenset[str]  # the words it may start with; empty for any
    rule: Rule
    bag: Bag | None
    key: tuple[str, int]
    tests: tuple[tuple[str, ...], ...] = ()  # needs to test in longer lines, words between blanks


class Lookup:
    """Finds lines that may hold what rules look for. Never changes once built."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        wanted = sorted(
            (one for rule in rules for one in _wanted_by(rule)), key=lambda one: -one.longest
        )
        self._short = _Arranged(wanted)
        self._longer = _Arranged(
            one._replace(tests=_tests(one.needs)) for one in wanted if one.longest > _SHORT
        )
        self._words = [
            (word, wanted[0].longest)
            for word, wanted in self._longer.by_word.items()
            if word not in _NO_WORDS and rarity(word) >= _LEAST_RARE
        ]
        # In automata words stand between blanks, as in the text that it reads.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            [_ascii(f" {word} ") for word, _ in self._words],
            implementation=ahocorasick_rs.Implementation.DFA,
        )
        self._openable = ahocorasick_rs.AhoCorasick(
            [f" {word} " for word in sorted(self._longer.with_opener())],
            implementation=ahocorasick_rs.Implementation.DFA,
        )

    def candidates(self, folded: str, segments: Sequence[Segment]) -> list[Candidate]:
        """Return what is worth a look, a line and rule at most once, line by line."""
        text = bare(folded)
        words_at = self._words_at(text, folded, segments)
        found: list[Candidate] = []
        for number, (start, end, _) in enumerate(segments):
            looked_up = words_at.get(number, ())
            if end - start <= _SHORT:
                wanted = self._in_short(text[start:end], looked_up)
            else:
                first = _first_word(text, start)
                if not looked_up and end - start > self._longer.longest_at.get(first, 0):
                    continue
                wanted = self._in_longer(first, text[start:end], looked_up)
            if wanted:
                line = folded[start:end]
                once = {one.key: one for one in wanted}.values()
                found += [Candidate(number, start, line, one.rule, one.bag) for one in once]
        return found

    def _words_at(self, text: str, folded: str, segments: Sequence[Segment]) -> dict[int, set[str]]:
        """Return the words of a bare text by which something is looked up, by segment.

        A copyright sign, which bare text is without, counts as a word.
        """
        starts = [start for start, _, _ in segments]
        words_at: defaultdict[int, set[str]] = defaultdict(set)
        found = self._automaton.find_matches_as_indexes(_ascii(f" {text} "), overlapping=True)
        places = [(place, *self._words[index]) for index, place, _ in found]
        places += [(sign.start(), COPYRIGHT, _LONGEST) for sign in _COPYRIGHT.finditer(folded)]
        for place, word, longest in places:
            number = bisect_right(starts, place) - 1
            if number >= 0:
                start, end, _ = segments[number]
                if place < end <= start + longest:
                    words_at[number].add(word)
        return words_at

    def _in_short(self, line: str, looked_up: Collection[str]) -> Sequence[_Wanted]:
        """Return what may be tried on a bare line, by all its words."""
        words = line.split()
        if not words:
            return ()
        held = _held(words).union(looked_up)
        first, last = digit_or_word(words[0]), digit_or_word(words[-1])
        likely = self._short.likely(first, held, last, len(line))
        return _met((*likely, *self._short.opened(first, held, len(line))), held)

    def _in_longer(self, first: str, line: str, looked_up: Collection[str]) -> Sequence[_Wanted]:
        """Return what may be tried on a bare line, by its first word and those looked up."""
        length, text = len(line), f" {line} "
        ending = line[-_WORD:].rsplit(None, 1)
        last = digit_or_word(ending[-1]) if ending else ""
        likely = self._longer.likely(first, looked_up, last, length)
        if self._longer.may_open(first, length):
            words = self._openable.find_matches_as_strings(text, overlapping=True)
            likely += self._longer.opened(first, {word[1:-1] for word in words}, length)
        return [one for one in likely if _passes(one.tests, text)]


class _Arranged:
    """What is wanted, by the word by which it is looked up; the longest first."""

    def __init__(self, wanted: Iterable[_Wanted]) -> None:
        self.by_word: dict[str, list[_Wanted]] = {}
        self._by_first: dict[str, list[_Wanted]] = {}
        self._by_opener: dict[str, dict[str, list[_Wanted]]] = {}
        for one in wanted:
            self._put(one)
        self._longest_opened = {
            first: max(wanted[0].longest for wanted in by_word.values())
            for first, by_word in self._by_opener.items()
        }

        self.longest_at = dict(self._longest_opened)
        for first, wanted_first in self._by_first.items():
            longest = wanted_first[0].longest
            self.longest_at[first] = max(longest, self.longest_at.get(first, 0))

    def with_opener(self) -> set[str]:
        """Return the words that are looked up together with an opener."""
        return {word for by_word in self._by_opener.values() for word in by_word}

    def _put(self, one: _Wanted) -> None:
        for first in one.first:
            if first in _OPENERS and strength(one.strongest)[0] >= _TELLING:
                by_word = self._by_opener.setdefault(first, {})
                for word in one.strongest:
                    by_word.setdefault(word, []).append(one)
            else:
                self._by_first.setdefault(first, []).append(one)
        if not one.first:
            for word in one.strongest if one.strongest.isdisjoint(_DIGITS) else [DIGIT]:
                self.by_word.setdefault(word, []).append(one)

    def likely(self, first: str, held: Collection[str], last: str, length: int) -> list[_Wanted]:
        """Return what is looked up by the first word of a line or one that it holds."""
        lists = [self._by_first[first]] if first in self._by_first else []
        if held:
            lists += [self.by_word[word] for word in self.by_word.keys() & held]
        return [
            one
            for wanted in lists
            if length <= wanted[0].longest
            for one in wanted
            if length <= one.longest and (not one.last or last in one.last)
        ]

    def may_open(self, first: str, length: int) -> bool:
        """Tell whether ``opened`` may find anything in lines of that first word and length."""
        return length <= self._longest_opened.get(first, 0)

    def opened(self, opener: str, held: set[str], length: int) -> list[_Wanted]:
        """Return what is looked up by both an opener and another word of a line."""
        by_word = self._by_opener.get(opener, {})
        return [
            one for word in by_word.keys() & held for one in by_word[word] if length <= one.longest
        ]


def _met(wanted: Iterable[_Wanted], held: set[str]) -> list[_Wanted]:
    """Return those of which a line holds a word of each need."""
    met = list[_Wanted]()
    for one in wanted:
        for need in one.needs:
            if held.isdisjoint(need):
                break
        else:
            met.append(one)
    return met


def _first_word(text: str, start: int) -> str:
    """Return the first word of a line of a bare text, or nothing."""
    opening = text[start : start + _WORD].split(None, 1)
    return digit_or_word(opening[0]) if opening else ""


def _tests(needs: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the words, between blanks, of the needs that are tested in longer lines."""
    small = [need for need in needs if len(need) <= _MOST_TESTS and need.isdisjoint(_NO_WORDS)]
    return tuple(tuple(f" {word} " for word in need) for need in small)


def _passes(tests: Iterable[Iterable[str]], line: str) -> bool:
    """Tell whether a line holds one of the words of each test."""
    for words in tests:
        for word in words:
            if word in line:
                break
        else:
            return False
    return True


def _ascii(text: str) -> bytes:
    """Return a byte for each code point."""
    return text.encode("ascii", "replace")


def _wanted_by(rule: Rule) -> Iterator[_Wanted]:
    """Yield what each phrase and bag of a rule wants."""
    for number, pattern in enumerate(rule.patterns):
        strongest = sorted({*pattern.needs}, key=strength, reverse=True)
        needs = tuple(map(_parts, strongest))
        longest, any_word = _longest(rule), frozenset[str]()
        if isinstance(pattern, Bag):
            key = rule.id, number
            yield _Wanted(longest, any_word, needs, needs[0], any_word, rule, pattern, key)
        else:
            longest = min(longest, pattern.most_words * _WORD_LENGTH + _SLACK)
            first = any_word if rule.is_inline else pattern.first
            last = any_word if rule.is_inline else pattern.last
            yield _Wanted(longest, last, needs, needs[0], first, rule, None, (rule.id, -1))


def _longest(rule: Rule) -> int:
    """Return the length, in code points, of the longest line worth trying a rule on."""
    return _LONGEST if rule.is_inline else rule.max_words * _WORD_LENGTH


@cache
def _parts(need: frozenset[str]) -> frozenset[str]:
    """Return the longest part of each word: bare lines have blanks for apostrophes.

    >>> sorted(_parts(frozenset({"don't", "letter"})))
    ['don', 'letter']
    """
    return frozenset(w if w.isalnum() else max(bare(w).split(), key=len, default=w) for w in need)


def _held(words: Sequence[str]) -> set[str]:
    """Return the words of a line, and what stands for its digits."""
    held = {*words}
    if not "".join(words).isalpha():
        line = " ".join(words)
        if _DIGIT.search(line):
            held |= {DIGIT, DIGITS} if _DIGIT_PAIR.search(line) else {DIGIT}
    return held
