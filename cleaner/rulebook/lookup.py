"""Tell which lines are worth a close look for which rules.

What a rule looks for is looked up by the word its lines start with; where that may be any, by a
word it needs; where half of all sentences start with it, by both. Common words and digits are
looked up in short lines only: those are parted into words, while in longer lines an Aho-Corasick
automaton finds the telling words. A line has to agree as well in its length, in holding a word of
each need, and, if it is short, in its last word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from cleaner.read.fold import bare
from cleaner.rulebook.phrase import DIGIT, DIGITS, digit_or_word, is_telling, strength
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Segment

# Code points; a word and the blank behind it are longer only in technical lists.
_WORD_LENGTH = 8
_SLACK = 20
# Code points. In lines up to the first length common words and digits are looked up as well; few
# rules take lines longer than the second; none takes anything in lines longer than the last.
_TIERS = (60, 240, 5_000)
# Lines start with these so often that they tell nothing.
_OPENERS = frozenset(
    f"{DIGIT} a an and as at but for from i if in it on our so that the this to we what when with "
    "you your".split()
)
# Words; looking for more in a line costs as much as trying the rule.
_MOST_TESTS = 6
_DIGITS = "0123456789"
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
    checked: tuple[frozenset[str], ...]  # the needs that are tested
    rest: tuple[str, ...]  # words between blanks, one of which is needed as well; empty for none
    needs: tuple[frozenset[str], ...]  # the strongest first
    first: frozenset[str]  # the words it may start with; empty for any
    rule: Rule
    bag: Bag | None
    key: tuple[str, int]


class Lookup:
    """Finds lines that may hold what rules look for. Never changes once built."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        wanted = sorted(
            (one for rule in rules for one in _wanted_by(rule)), key=lambda one: -one.longest
        )
        self._tiers: list[_Short | _Longer] = [_Short(wanted)]
        for shortest in _TIERS[:-1]:
            self._tiers.append(_Longer([one for one in wanted if one.longest > shortest]))

    def candidates(self, folded: str, segments: Sequence[Segment]) -> list[Candidate]:
        """Return what is worth a look, a line and rule at most once, line by line."""
        text = bare(folded)
        found: list[Candidate] = []
        for number, (start, end, _) in enumerate(segments):
            tier = bisect_left(_TIERS, end - start)
            if tier < len(_TIERS) and (wanted := self._tiers[tier].met_by(text[start:end])):
                line = folded[start:end]
                once = {one.key: one for one in wanted}.values()
                found += [Candidate(number, start, line, one.rule, one.bag) for one in once]
        return found


class _Arranged:
    """What is wanted, by the word by which it is looked up; the longest first."""

    def __init__(self, wanted: Iterable[_Wanted]) -> None:
        self._by_first: dict[str, list[_Wanted]] = {}
        self._by_word: dict[str, list[_Wanted]] = {}
        self._by_opener: dict[str, dict[str, list[_Wanted]]] = {}
        for one in wanted:
            self._put(one)

    def _put(self, one: _Wanted) -> None:
        need = one.needs[0]
        for first in one.first:
            if first in _OPENERS and _is_telling(need):
                by_word = self._by_opener.setdefault(first, {})
                for word in need:
                    by_word.setdefault(word, []).append(one)
            else:
                self._by_first.setdefault(first, []).append(one)
        if not one.first:
            for word in [DIGIT] if not need.isdisjoint((DIGIT, DIGITS)) else need:
                self._by_word.setdefault(word, []).append(one)

    def _lists(self, first: str, held: Iterable[str], length: int) -> list[list[_Wanted]]:
        """Return the lists in which a line of that first word and length looks something up."""
        lists = [self._by_word[word] for word in self._by_word.keys() & held]
        if first in self._by_first:
            lists.append(self._by_first[first])
        if by_word := self._by_opener.get(first):
            lists += [by_word[word] for word in by_word.keys() & held]
        return [wanted for wanted in lists if length <= wanted[0][0]]


class _Short(_Arranged):
    """Looks up all words of a line."""

    def met_by(self, line: str) -> Sequence[_Wanted]:
        """Return what may be tried on a bare line."""
        words = line.split()
        if not words:
            return ()
        held = _held(words, line)
        lists = self._lists(digit_or_word(words[0]), held, len(line))
        return _met(lists, words[-1], held, len(line)) if lists else ()


class _Longer(_Arranged):
    """Looks up the telling words of a line, which an automaton finds."""

    def __init__(self, wanted: Iterable[_Wanted]) -> None:
        # The last word is left open: a rule tried for one of its phrases is tried for all, and
        # some cannot be looked up here.
        ready = [
            one._replace(checked=_checked(one.needs), rest=_rest(one.needs), last=frozenset())
            for one in wanted
        ]
        super().__init__(ready)
        words = {*self._by_word}.union(*(need for one in ready for need in one.checked))
        words = words.union(*self._by_opener.values())
        # In the automaton words stand between blanks, as in the lines that it reads.
        self._telling = {f" {word} ": word for word in words if is_telling(word)}
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._telling, implementation=ahocorasick_rs.Implementation.DFA
        )

    def met_by(self, line: str) -> Sequence[_Wanted]:
        """Return what may be tried on a bare line."""
        start = line.split(None, 1)
        if not start:
            return ()
        text = f" {line} "
        found = self._automaton.find_matches_as_strings(text, overlapping=True)
        held = {self._telling[word] for word in found}
        lists = self._lists(digit_or_word(start[0]), held, len(line))
        met = _met(lists, "", held, len(line)) if lists else ()
        return [one for one in met if not one.rest or any(map(text.__contains__, one.rest))]


def _checked(needs: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return the needs that the automaton can tell to be met."""
    return tuple(need for need in needs if _is_telling(need))


def _rest(needs: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Return the words, between blanks, of the smallest need that the automaton cannot tell."""
    common = [n for n in needs if not _is_telling(n) and n.isdisjoint((DIGIT, DIGITS))]
    smallest = min(common, key=len, default=frozenset[str]())
    return tuple(f" {word} " for word in smallest) if len(smallest) <= _MOST_TESTS else ()


def _met(
    lists: Iterable[Sequence[_Wanted]], last_word: str, held: set[str], length: int
) -> list[_Wanted]:
    """Return those that a line meets; the lists start with what may be longest."""
    last, met = last_word and digit_or_word(last_word), list[_Wanted]()
    for wanted in lists:
        for one in wanted:
            longest, lasts, needs = one[:3]
            if length > longest:
                break
            if not lasts or last in lasts:
                for need in needs:
                    if held.isdisjoint(need):
                        break
                else:
                    met.append(one)
    return met


def _wanted_by(rule: Rule) -> Iterator[_Wanted]:
    """Yield what each phrase and bag of a rule wants."""
    for number, pattern in enumerate(rule.patterns):
        strongest = sorted({*pattern.needs}, key=strength, reverse=True)
        needs = tuple(map(_parts, strongest))
        longest, any_word = _longest(rule), frozenset[str]()
        if isinstance(pattern, Bag):
            key = rule.id, number
            yield _Wanted(longest, any_word, needs, (), needs, any_word, rule, pattern, key)
        else:
            longest = min(longest, pattern.most_words * _WORD_LENGTH + _SLACK)
            first = any_word if rule.is_inline else pattern.first
            last = any_word if rule.is_inline else pattern.last
            yield _Wanted(longest, last, needs, (), needs, first, rule, None, (rule.id, -1))


def _longest(rule: Rule) -> int:
    """Return the length, in code points, of the longest line worth trying a rule on."""
    return _TIERS[-1] if rule.is_inline else rule.max_words * _WORD_LENGTH


@cache
def _is_telling(need: frozenset[str]) -> bool:
    return all(map(is_telling, need))


@cache
def _parts(need: frozenset[str]) -> frozenset[str]:
    """Return the longest part of each word: bare lines have blanks for apostrophes.

    >>> sorted(_parts(frozenset({"don't", "letter"})))
    ['don', 'letter']
    """
    return frozenset(w if w.isalnum() else max(bare(w).split(), key=len, default=w) for w in need)


def _held(words: Iterable[str], line: str) -> set[str]:
    """Return the words of a line, and what stands for its digits."""
    held = {*words}
    if any(map(line.__contains__, _DIGITS)):
        held |= {DIGIT, DIGITS} if _DIGIT_PAIR.search(line) else {DIGIT}
    return held
