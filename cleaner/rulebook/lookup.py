"""Tell which lines are worth a close look for which rules.

What a rule looks for is looked up by the word its lines start with; where that may be any, by the
rarest words it needs; where many sentences start with it, by both. Aho-Corasick automata find words
in all lines at once, but in longer lines no digits and none of the most common words. A line has to
agree as well in its length, a mark, its last word, and in holding a word of each need of few words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, product
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from cleaner.read.fold import bare, plain
from cleaner.rulebook.common import rarity
from cleaner.rulebook.needs import COPYRIGHT, DIGIT, DIGITS, digit_or_word, strength
from cleaner.rulebook.phrase import Phrase
from cleaner.rulebook.rule import Bag, Rule
from cleaner.types import Document

# Code points; a word and the blank behind it are longer only in technical lists.
_WORD_LENGTH = 8
_SLACK = 20
# Code points. In lines up to the first length all words are looked up; nothing is taken in lines
# longer than the second.
_SHORT, _LONGEST = 64, 5_000
# Lines start with these so often that they tell nothing.
_OPENERS = frozenset(
    f"{DIGIT} a an and as at but for from i if in it on our so that the this to we what when with "
    "you your".split()
)
# Words; looking for more in a line costs as much as trying the phrases of a rule, a microsecond.
_MOST_TESTS = 8
# Code points; longer words are tested by how they start, which takes two thirds of the time.
_STEM = 4
# Rarity; more common words are looked up in short lines only.
_LEAST_RARE = 20
# Rarity; words from there on are looked up together with an opener, or with a digit.
_TELLING, _TELLING_DIGIT = 200, 20
# Needs; the same are met in several phrases of a rule.
_RECENT = 50
_NO_WORDS = frozenset({DIGIT, DIGITS, COPYRIGHT})
# Marks that few lines hold, the rarest first, and what a phrase can do without.
_MARKS = "@°%/>:;"
_OPTIONAL = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]|\{[^{}]*\}")
# No text holds these bytes. An automaton whose words all start with the same one or two looks for
# these first; blanks are everywhere, so that takes twice as long.
_NEVER = (b"\0", b"\1", b"\2")

# A rule, and the bag to try on a line, or nothing for its phrases.
Aim = tuple[Rule, Bag | None]
# What a line must be like for an aim to be tried: its length at most; a mark that it holds, or "";
# the words it may end with, or none for any; parts of a bare line, one of each set of which it
# holds; the number of the aim. A plain tuple, as these are taken apart twice for each line.
_Look = tuple[int, str, frozenset[str], tuple[tuple[str, ...], ...], int]
_Looks = list[_Look]
T = TypeVar("T")


class _Wanted(NamedTuple):
    """A look, and by what it is looked up."""

    look: _Look
    first: frozenset[str]  # the words lines may start with; empty for any
    key: frozenset[str]  # the need that the fewest lines meet


class Lookup:
    """Finds lines that may hold what rules look for. Never changes once built."""

    def __init__(self, aims: Sequence[Aim]) -> None:
        self._aims = len(aims)
        wanted = [one for number, aim in enumerate(aims) for one in _wanted(number, *aim)]
        by_word, by_first = defaultdict[str, _Looks](list), defaultdict[str, _Looks](list)
        by_opener = defaultdict[str, defaultdict[str, _Looks]](lambda: defaultdict(list))
        for look, first, key in sorted(wanted, key=lambda one: -one.look[0]):
            for word in first:
                if word in _OPENERS and _is_telling(key, word):
                    for other in key:
                        by_opener[word][other].append(look)
                else:
                    by_first[word].append(look)
            for word in () if first else key:
                by_word[word].append(look)
        self._signed = by_word.pop(COPYRIGHT, [])
        self._by_first = _shared(by_first)
        self._by_opener = {word: _shared(by_other) for word, by_other in by_opener.items()}
        self._longest_opened = {
            opener: max(looks[0][0] for looks in by_other.values())
            for opener, by_other in self._by_opener.items()
        }
        self._opened = _Words({w: w for by_other in self._by_opener.values() for w in by_other})
        self._in_short = _Words(by_word)
        self._in_longer = _Words(
            {
                word: looks
                for word, looks in by_word.items()
                if looks[0][0] > _SHORT and rarity(word) >= _LEAST_RARE
            }
        )

    def candidates(self, document: Document) -> Iterator[tuple[int, int]]:
        """Yield the number of a segment and of an aim worth a try there, in order and once each."""
        text = f" {document.bare} "
        lines = [text[start : end + 2] for start, end, _ in document.segments]
        likely = self._likely(lines, document)
        for place in sorted(self._fitting(likely, lines, document.lines)):
            yield divmod(place, self._aims)

    def _fitting(
        self, likely: Iterable[tuple[int, _Looks]], lines: Sequence[str], folded: Sequence[str]
    ) -> set[int]:
        """Return what fits of what is likely: line number times number of aims, plus the aim's."""
        found = set[int]()
        for number, looks in likely:
            line, full, ending = lines[number], folded[number], ""
            length = len(full)
            for longest, mark, last, tests, aim in looks:
                if length > longest:
                    break
                if mark in full and (not last or (ending := ending or _ending(line)) in last):
                    for parts in tests:
                        for part in parts:
                            if part in line:
                                break
                        else:
                            break
                    else:
                        found.add(number * self._aims + aim)
        return found

    def _likely(self, lines: Sequence[str], document: Document) -> list[tuple[int, _Looks]]:
        """Return what to try by line number; lines are bare, with a blank at either end."""
        lengths = [len(line) - 2 for line in lines]
        firsts = [
            DIGIT if word[:1].isdigit() else word
            for word in [line.lstrip().partition(" ")[0] for line in lines]
        ]
        likely = [
            (number, looks)
            for number, looks in enumerate(map(self._by_first.get, firsts))
            if looks and lengths[number] <= looks[0][0]
        ]
        longest, by_opener = self._longest_opened.get, self._by_opener
        opened = [n for n, first in enumerate(firsts) if lengths[n] <= longest(first, 0)]
        likely += [
            (number, by_opener[firsts[number]][word])
            for number, word in self._opened.places(lines, opened)
            if word in by_opener[firsts[number]]
        ]
        short = [n for n, length in enumerate(lengths) if length <= _SHORT]
        likely += self._in_short.places(lines, short)
        longer = [n for n, length in enumerate(lengths) if _SHORT < length <= _LONGEST]
        likely += self._in_longer.places(lines, longer)
        if self._signed and COPYRIGHT in document.folded:
            signed = [n for n, line in enumerate(document.lines) if COPYRIGHT in line]
            likely += [(number, self._signed) for number in signed]
        return likely


class _Words(Generic[T]):
    """An automaton that finds words in lines, and what each word stands for."""

    def __init__(self, words: Mapping[str, T]) -> None:
        spelled = [(part, value) for word, value in words.items() for part in _spelled(word)]
        self._values = [value for _, value in spelled]
        # A tenth of the memory of a DFA, and hardly slower.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            [*(_ascii(part) for part, _ in spelled), *_NEVER],
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def places(self, lines: Sequence[str], numbers: Sequence[int]) -> list[tuple[int, T]]:
        """Return the line number and the value of each word found in the lines of ``numbers``."""
        read = [lines[number] for number in numbers]
        ends = list(accumulate(map(len, read)))
        found = self._automaton.find_matches_as_indexes(_ascii("".join(read) + " "), True)
        values = self._values
        return [(numbers[bisect_right(ends, start)], values[index]) for index, start, _ in found]


def _shared(by_word: Mapping[str, _Looks]) -> dict[str, _Looks]:
    """Let words for which there is the same to try share one list: those of a class are many."""
    lists: dict[tuple[int, ...], _Looks] = {}
    return {word: lists.setdefault(tuple(map(id, looks)), looks) for word, looks in by_word.items()}


def _ascii(text: str) -> bytes:
    """Return a byte for each code point."""
    return text.encode("ascii", "replace")


def _ending(line: str) -> str:
    """Return the last word of a bare line."""
    return digit_or_word(line.rstrip().rpartition(" ")[2] or " ")


def _is_telling(key: frozenset[str], opener: str) -> bool:
    """Tell whether few lines that start with an opener hold a word of the key."""
    least = _TELLING_DIGIT if opener == DIGIT else _TELLING
    return key.isdisjoint(_NO_WORDS) and strength(key)[0] >= least


def _wanted(aim: int, rule: Rule, bag: Bag | None) -> Iterator[_Wanted]:
    """Yield what is wanted for a bag, or else for each phrase, of a rule."""
    longest, any_word = rule.max_words * _WORD_LENGTH + _SLACK, frozenset[str]()
    if bag:
        needs, key = _needs(bag.needs)
        look = longest, "", any_word, _tests(need for need in needs if need != key), aim
        yield _Wanted(look, any_word, key)
        return
    for phrase, wording in zip(rule.phrases, rule.spec.phrases, strict=True):
        mark = _rarest_mark(wording)
        if rule.is_inline:
            inline = phrase._replace(first=(), last=any_word)
            yield _wanted_by(inline, aim, _LONGEST, mark)
        else:
            yield _wanted_by(phrase, aim, longest, mark)


def _wanted_by(phrase: Phrase, aim: int, longest: int, mark: str) -> _Wanted:
    """Return what is wanted for a phrase that takes lines up to a length and with a mark."""
    needs, key = _needs(map(frozenset, phrase.needs))
    first, last = frozenset(phrase.first), phrase.last
    tests = _tests(need for need in needs if (not first <= need if first else need != key))
    longest = min(longest, phrase.most_words * _WORD_LENGTH + _SLACK)
    if not first and DIGITS in key:
        longest = min(longest, _SHORT)
    elif not first and 0 < len(last) < len(key) and last.isdisjoint(_NO_WORDS):
        # A last word stands before two blanks: the end of its line, the start of the next.
        key = frozenset(f"{word} " for word in last)
    return _Wanted((longest, mark, last, tests, aim), first, key)


def _needs(needs: Iterable[frozenset[str]]) -> tuple[list[frozenset[str]], frozenset[str]]:
    """Return needs as bare lines meet them, and the one to look up: if possible, not by digits."""
    met = [_parts(need) for need in needs]
    return met, max(met, key=lambda need: (DIGIT not in need, strength(need)))


def _tests(needs: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Return parts of bare lines that show the needs of few words, the fewest first."""
    few = [need for need in needs if len(need) <= _MOST_TESTS and _NO_WORDS.isdisjoint(need)]
    return tuple(_stems(need) for need in sorted(few, key=len))


@lru_cache(maxsize=_RECENT)
def _stems(need: frozenset[str]) -> tuple[str, ...]:
    return tuple(f" {word}" if len(word) >= _STEM else f" {word} " for word in need)


def _spelled(word: str) -> list[str]:
    """Return how a word, or what stands for digits, looks in bare lines."""
    if word == DIGIT:
        return [f" {digit}" for digit in range(10)]
    if word == DIGITS:
        apart = [f"{left} {right}" for left, right in product(range(10), repeat=2)]
        return [*apart, *(f"{digit}年" for digit in range(10))]
    return [f" {word} "]


def _rarest_mark(phrase: str) -> str:
    """Return a mark that every line holds that a phrase takes, or nothing.

    >>> _rarest_mark("^ [by:] {name} (-|*) {handle} : ..."), _rarest_mark("^ (by:|from) {name} $")
    ('@', '')
    """
    needed, before = plain(phrase).replace("{handle}", "@"), ""
    while needed != before and not set(_MARKS).isdisjoint(needed):
        needed, before = _OPTIONAL.sub("", needed), needed
    return next((mark for mark in _MARKS if mark in needed), "")


@lru_cache(maxsize=_RECENT)
def _parts(need: frozenset[str]) -> frozenset[str]:
    """Return the longest part of each word: bare lines have blanks for apostrophes.

    >>> sorted(_parts(frozenset({"don't", "letter"})))
    ['don', 'letter']
    """
    if all(map(str.isalnum, need)):
        return need
    return frozenset(w if w.isalnum() else max(bare(w).split(), key=len, default=w) for w in need)
