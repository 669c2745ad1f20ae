"""A first, cheap look at every line: its shape, a first score, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, repeat
from typing import NamedTuple

from cleaner.types import Document

# A line is weighed with the table of short lines up to this many words.
BRIEF = 12
# Lines of more words get their first score from shape alone. Words in them say little of residue,
# and they are most of an article.
WORDY = 24
# A line of prose has at least this many words and closes a sentence.
PROSE = 15
# Share of the weight of a neighbour that its neighbour has, in the decayed score.
DECAY = 0.7

WORD = re.compile(r"[^\W\d_]+")

# How a line ends: 0 letter, 1 digit, 2 comma, 3 unfinished or arrow, 4 colon, 5 bracket,
# 6 closing quote, 7 question or exclamation mark, 8 full stop. From 6 on a sentence is closed.
SENTENCE = 6
_ENDINGS = (
    dict.fromkeys(",;，、", 2)
    | dict.fromkeys("…»›>→", 3)
    | dict.fromkeys(":：", 4)
    | dict.fromkeys(")]}", 5)
    | dict.fromkeys("\"'”’“„」", 6)
    | dict.fromkeys("?!？！", 7)
    | dict.fromkeys(".。।", 8)
)
# Bin of a number of words: 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-24, 25-40, 41-60, more.
_SIZES = (1, 2, 3, 4, 6, 9, 14, 24, 40, 60)
_BINS = [sum(n > size for size in _SIZES) for n in range(62)]


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


@dataclass(frozen=True)
class Survey:
    """Columns with one entry for each line; dearer columns are worked out when asked for."""

    document: Document
    lexicon: Lexicon
    hits: Mapping[int, tuple[str, ...]]
    lines: list[str]
    words: list[int]
    endings: list[int]
    openings: list[int]
    priors: list[float]
    """First score of the line alone, in log odds of residue."""

    @cached_property
    def prose(self) -> list[int]:
        """Indices of the lines of prose."""
        sizes = zip(self.words, self.endings, strict=True)
        return [i for i, (n, end) in enumerate(sizes) if n >= PROSE and end >= SENTENCE]

    @cached_property
    def prose_words(self) -> list[int]:
        """Words of prose before each line, and in all."""
        counts = [0] * len(self.lines)
        for i in self.prose:
            counts[i] = self.words[i]
        return list(accumulate(counts, initial=0))

    @cached_property
    def body(self) -> Counter[str]:
        """How often each word, with the marks that stick to it, occurs in the lines of prose."""
        return Counter(" ".join(map(self.lines.__getitem__, self.prose)).lower().split())

    def in_body(self, word: str) -> int:
        """Count a word in the lines of prose: bare, or before a comma or full stop."""
        get = self.body.get
        return get(word, 0) + get(word + ",", 0) + get(word + ".", 0)

    @cached_property
    def gaps(self) -> list[int]:
        """Line breaks before each line and behind the last, beyond what is usual here."""
        text, segments = self.document.text, self.document.segments
        pairs = pairwise(segments)
        gaps = [min(text.count("\n", a.end, b.start), 4) for a, b in pairs]
        usual = Counter(gaps).most_common(1)[0][0] if gaps else 0
        return [0, *(gap - usual for gap in gaps), 0]

    @cached_property
    def sums(self) -> list[float]:
        """Sum of the first scores before each line, and in all."""
        return list(accumulate(self.priors, initial=0.0))

    @cached_property
    def decayed(self) -> tuple[list[float], list[float]]:
        """First scores of the lines before, and of those after, each line; near ones count more."""
        return _decay(self.priors), _decay(self.priors[::-1])[::-1]

    @cached_property
    def run(self) -> tuple[int, int]:
        """The run of lines ``[start, end)`` that holds most content for least residue."""
        return best_run(self.priors, self.words)

    @cached_property
    def copies(self) -> Counter[str]:
        """How often each line occurs."""
        return Counter(self.lines)

    @cached_property
    def leads(self) -> Counter[str]:
        """In how many lines each word comes first."""
        return Counter(line.partition(" ")[0] for line in self.lines)


def survey(document: Document, hits: Mapping[int, tuple[str, ...]], lexicon: Lexicon) -> Survey:
    """Look once at every line; ``hits`` are the categories of the rules that hit a segment."""
    text = document.text
    lines = [text[start:end] for start, end, _ in document.segments]
    words = list(map(count_words, lines))
    endings = list(map(ending, lines))
    openings = list(map(opening, lines))
    priors = list(map(prior, lines, zip(words, endings, openings, strict=True), repeat(lexicon)))
    for index, categories in hits.items():
        priors[index] += max((lexicon.hits.get(name, 0.0) for name in categories), default=0.0)
    return Survey(document, lexicon, hits, lines, words, endings, openings, priors)


def count_words(line: str) -> int:
    """Count words; in scripts without spaces two characters count as one.

    >>> count_words("Back to top"), count_words("国際ニュースの一覧を見る")
    (3, 6)
    """
    words = line.count(" ") + 1
    if len(line) > 5 * words and (len(line) > 24 * words or line[0] > "\u2e80"):
        return len(line) // 2
    return words


def ending(line: str) -> int:
    """Grade how a line ends, from a bare letter (0) to a full stop (8).

    >>> [ending(line) for line in ("Home", "2019", "They said:", "It did.", "And so...")]
    [0, 1, 4, 8, 3]
    """
    last = line[-1]
    if last.isalpha():
        return 0
    if last == "." and line.endswith("..."):
        return 3
    return _ENDINGS.get(last, 1 if last.isdigit() else 0)


def opening(line: str) -> int:
    """Grade how a line begins: 0 small letter, 1 capital, 2 digit, 3 quote, 4 mark, 5 other letter.

    >>> [opening(line) for line in ("and", "And", "3 ways", "- Beans")]
    [0, 1, 2, 4]
    """
    first = line[0]
    if first.isupper():
        return 1
    if first.isalpha():
        return 0 if first.islower() else 5
    if first.isdigit():
        return 2
    return 3 if first in "\"'“”‘„«「" else 4


def shape(words: int, end: int, start: int) -> tuple[int, int, int]:
    """Return the cell of the table of shapes that a line falls into: its bin of words, its ends."""
    return _BINS[words if words < 61 else 61], end, start


def prior(line: str, form: tuple[int, int, int], lexicon: Lexicon) -> float:
    """Weigh the line alone: its shape and, where it is not long, its words; clipped to ±5."""
    score = lexicon.shapes.get(shape(*form), 0.0)
    if form[0] > WORDY:
        return score
    lower = line.lower()
    if form[0] <= BRIEF:
        found, table = WORD.findall(lower), lexicon.words
    else:
        found, table = lower.split(), lexicon.long_words
    weight = sum([table[word] for word in found if word in table])
    if weight:
        score += 2 * weight / len(found)
    return max(-5.0, min(5.0, score))


def word_weights(found: Sequence[str], lexicon: Lexicon) -> list[float]:
    """Return the weights of those words of a line that have one."""
    table = lexicon.words if len(found) <= BRIEF else lexicon.long_words
    return [table[word] for word in found if word in table]


def lead(found: Sequence[str]) -> tuple[str, str]:
    """Return the first word, and the first two.

    >>> lead(["read", "more", "here"])
    ('read', 'read more')
    """
    return (found[0], " ".join(found[:2])) if found else ("", "")


def best_run(priors: Sequence[float], words: Sequence[int]) -> tuple[int, int]:
    """Find the run of lines ``[start, end)`` that holds most content for least residue.

    >>> best_run([3, 3, -2, 1, -2, 3], [2, 2, 30, 2, 30, 2])
    (2, 5)
    """
    best = total = 0.0
    start = 0
    run = (0, len(priors))
    for index, (score, size) in enumerate(zip(priors, words, strict=True)):
        if total <= 0:
            start, total = index, 0.0
        total -= score * _ROOTS[min(size, 40)]
        if total > best:
            best, run = total, (start, index + 1)
    return run


_ROOTS = [n**0.5 for n in range(41)]


def _decay(priors: Sequence[float]) -> list[float]:
    values, value = [], 0.0
    for prior in priors:
        values.append(value)
        value = DECAY * value + (1 - DECAY) * prior
    return values
