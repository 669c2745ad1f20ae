"""A first, cheap look at every line: its shape, a first score, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from cleaner.read.words import pairs
from cleaner.types import Document

# A line is weighed with the table of short lines up to this many words.
BRIEF = 12
# Lines of more words get their first score from shape alone. Words in them say little of residue,
# and they are most of an article.
WORDY = 24
# A line of prose has at least this many words and closes a sentence.
PROSE = 15
# Code points; the first prose shows well enough what an article is about.
BODY = 5_000
# First scores stay within; log odds of residue.
MOST = 5.0

WORD = re.compile(r"[^\W\d_]+")

# How a line ends: 0 letter, 1 digit, 2 comma, 3 unfinished or arrow, 4 colon, 5 bracket,
# 6 closing quote, 7 question or exclamation mark, 8 full stop. From 6 on a sentence is closed.
SENTENCE = 6
UNFINISHED = 3
_ENDINGS = (
    dict.fromkeys(",;，、", 2)
    | dict.fromkeys("…<>", UNFINISHED)
    | dict.fromkeys(":", 4)
    | dict.fromkeys(")]}", 5)
    | dict.fromkeys("\"'」", 6)
    | dict.fromkeys("?!？！", 7)
    | dict.fromkeys(".。।", 8)
)
# Bin of a number of words: 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-24, 25-40, 41-60, more.
_SIZES = (1, 2, 3, 4, 6, 9, 14, 24, 40, 60)
_BINS = [sum(n > size for size in _SIZES) for n in range(62)]

# Lines of prose that show what is usual in a document.
_SAMPLE = 3
_NOTHING = repeat(0.0)

Numbers = np.ndarray[Any, Any]
"""An array, or a column with one number or truth value for each line."""


class Shapes(NamedTuple):
    """Columns of what lines look like: numbers of words, how they end, how they begin."""

    words: list[int]
    endings: list[int]
    openings: list[int]


class Lexicon(NamedTuple):
    """Closed lists, and first weights in log odds of residue; read from the data files."""

    function: frozenset[str]  # words that bind sentences
    reader: frozenset[str]  # words that speak to the reader
    writer: frozenset[str]  # words in which a writer speaks of herself
    words: Mapping[str, float]  # in lines of up to BRIEF words
    long_words: Mapping[str, float]
    leads: Mapping[str, float]  # the first word of a line, or the first two
    shapes: Mapping[tuple[int, int, int], float]
    hits: Mapping[str, float]  # categories of rules

    def words_for(self, found: Sequence[str]) -> Mapping[str, float]:
        """Return the weights of words in a line that holds these."""
        return self.words if len(found) <= BRIEF else self.long_words

    def weight_of(self, categories: Iterable[str]) -> float:
        """Return the weight of the rules that hit a line: that of their heaviest category."""
        return max((self.hits.get(name, 0.0) for name in categories), default=0.0)


@dataclass(frozen=True)
class Survey:
    """Columns with one entry for each line; dearer facts are worked out when asked for."""

    document: Document
    lexicon: Lexicon
    hits: Mapping[int, tuple[str, ...]]
    words: Numbers
    endings: Numbers
    openings: Numbers
    priors: Numbers
    """First score of the line alone, in log odds of residue."""

    def bare_words(self, index: int) -> list[str]:
        """The words and numbers of a line, in lower case, without marks."""
        start, end, _ = self.document.segments[index]
        return self.document.bare[start:end].split()

    @cached_property
    def is_prose(self) -> Numbers:
        """Whether each line is long enough and closes a sentence."""
        return (self.words >= PROSE) & (self.endings >= SENTENCE)

    @cached_property
    def prose(self) -> list[int]:
        """Indices of the lines of prose."""
        return list(map(int, np.flatnonzero(self.is_prose)))

    @cached_property
    def body(self) -> Counter[str]:
        """How often each term occurs in the first prose, up to BODY code points of it."""
        text, parts, left = self.document.bare, [], BODY
        for start, end, _ in map(self.document.segments.__getitem__, self.prose):
            parts.append(text[start : min(end, start + left)])
            left -= end - start
            if left <= 0:
                break
        return Counter(terms(" ".join(parts)))

    @cached_property
    def copies(self) -> Counter[str]:
        """How often each line occurs."""
        return Counter(self.document.lines)

    @cached_property
    def leads(self) -> Counter[str]:
        """In how many lines each word comes first."""
        return Counter(line.partition(" ")[0] for line in self.document.lines)

    @cached_property
    def usual(self) -> tuple[float, float]:
        """Mean word weight and share of function words in a sample of the prose."""
        step = max(1, len(self.prose) // _SAMPLE)
        found = [word for i in self.prose[::step][:_SAMPLE] for word in self.bare_words(i)]
        if not found:
            return 0.0, 0.0
        weight = sum(map(self.lexicon.long_words.get, found, _NOTHING))
        function = sum(map(self.lexicon.function.__contains__, found))
        return weight / len(found), function / len(found)


def survey(document: Document, hits: Mapping[int, tuple[str, ...]], lexicon: Lexicon) -> Survey:
    """Look once at every line; ``hits`` are the categories of the rules that hit a segment."""
    form = shapes(document)
    scores = [lexicon.shapes.get(cell, 0.0) for cell in cells(form)]
    text, segments = document.bare, document.segments
    for index, n in enumerate(form.words):
        if n <= WORDY:
            start, end, _ = segments[index]
            scores[index] += word_score(text[start:end].split(), lexicon)
    priors = np.clip(scores, -MOST, MOST)
    for index, categories in hits.items():
        priors[index] += lexicon.weight_of(categories)
    words, endings, openings = (np.array(column, np.float64) for column in form)
    return Survey(document, lexicon, hits, words, endings, openings, priors)


def shapes(document: Document) -> Shapes:
    """Measure the lines of a document."""
    lines = document.lines
    return Shapes(
        document.words,
        [UNFINISHED if line[-3:] == "..." else ending(line[-1]) for line in lines],
        [opening(line[0]) for line in lines],
    )


def cells(form: Shapes) -> Iterator[tuple[int, int, int]]:
    """Return the cell of the table of shapes that each line falls into."""
    most = len(_BINS) - 1
    sizes = [_BINS[n] if n < most else _BINS[most] for n in form.words]
    return zip(sizes, form.endings, form.openings, strict=True)


@cache
def ending(last: str) -> int:
    """Grade how a line ends by its last character, from a letter (0) to a full stop (8).

    >>> [ending(line[-1]) for line in ("Home", "2019", "They said:", "It did.")]
    [0, 1, 4, 8]
    """
    return 0 if last.isalpha() else _ENDINGS.get(last, 1 if last.isdigit() else 0)


@cache
def opening(first: str) -> int:
    """Grade how a line begins: 0 small letter, 1 capital, 2 digit, 3 quote, 4 mark, 5 other letter.

    >>> [opening(line[0]) for line in ("and", "And", "3 ways", "- Beans")]
    [0, 1, 2, 4]
    """
    if first.isupper():
        return 1
    if first.isalpha():
        return 0 if first.islower() else 5
    if first.isdigit():
        return 2
    return 3 if first in "\"'「" else 4


def word_score(found: Sequence[str], lexicon: Lexicon) -> float:
    """Return what the bare words of a line add to the score of its shape."""
    if not found:
        return 0.0
    return 2 * sum(map(lexicon.words_for(found).get, found, _NOTHING)) / len(found)


def word_weights(found: Sequence[str], lexicon: Lexicon) -> list[float]:
    """Return the weights of those bare words of a line that have one."""
    table = lexicon.words_for(found)
    return [table[word] for word in found if word in table]


def terms(text: str) -> list[str]:
    """Return bare words, and pairs of characters that stand for words in East Asian scripts."""
    return [*text.split(), *pairs(text)]


def lead(found: Sequence[str]) -> tuple[str, str]:
    """Return the first word, and the first two.

    >>> lead(["read", "more", "here"])
    ('read', 'read more')
    """
    return (found[0], " ".join(found[:2])) if found else ("", "")
