"""The evidence that a line is residue, or content.

Evidence is a row of numbers in the order of `NAMES`: first what shapes, places and neighbours
show, worked out for all lines at once (`GLANCE`), then what takes a close look at one line
(`CLOSE`). How it is weighed is the matter of `weigh`.
"""

from __future__ import annotations

import re

import numpy as np

from cleaner.find.survey import BRIEF, SENTENCE, WORD, Numbers, Survey, lead, word_weights
from cleaner.read.words import pairs

_MARKS = re.compile(r"[|·•»›→©®™@#/\\<>{}\[\]=_~^*+]")
_NUMBERS = re.compile(r"\d+")
# A line without prose on that side is this many lines from it; lines.
_FAR = 99
# Share of the weight of a neighbour that its neighbour has, in the decayed score.
_DECAY = 0.7
# The decayed score sees this many lines; farther ones weigh less than a thousandth.
_KERNEL = (1 - _DECAY) * _DECAY ** np.arange(20)
# The lines around a line whose mean score is evidence, from the first to behind the last.
_ALL = 1 << 40
_WINDOWS = np.array(
    [[-2, 3], [-6, 7], [-10, 0], [1, 11], [-25, 26], [-_ALL, 0], [1, _ALL]],
)
# Lines of more words weigh no more in the best run; words.
_WEIGHTY = 40

SHAPE = ("words", "ending", "opening", "score alone")
PLACE = (
    "place", "prose before", "prose after", "share of prose before", "share of prose after",
    "lines to prose before", "lines to prose after",
)  # fmt: skip
NEIGHBOURS = (
    "words of line before", "words of line after", "ending of line before",
    "ending of line after", "opening of line after", "score of line before",
    "score of line after", "scores before", "scores after", "scores of 5 lines",
    "scores of 13 lines", "scores of 10 before", "scores of 10 after", "scores of 51 lines",
    "scores of all before", "scores of all after", "inside the best run",
    "lines into the best run", "lines to the end of the best run",
)  # fmt: skip
RULES = ("rule hits", "rule weight", "rule weight before", "rule weight after")
DOCUMENT = (
    "document lines", "document words per line", "document short lines", "document prose",
    "document score", "document score by words", "document best run", "document sentences",
    "document rule hits",
)  # fmt: skip
ALONE = (
    "characters per word", "capitalised words", "numbers per word", "commas per word",
    "marks per word", "quotes", "address",
    "words to the reader", "words of the writer", "word weight", "largest word weight",
    "smallest word weight", "first word weight", "first two words weight", "usual word weight",
    "usual function words", "unusual word weight", "unusual function words", "indent", "copies",
    "lines with this first word",
)  # fmt: skip
VOCABULARY = ("words known to prose", "names unknown")
GLANCE = SHAPE + PLACE + NEIGHBOURS + RULES + DOCUMENT
CLOSE = ALONE + VOCABULARY
NAMES = GLANCE + CLOSE


def glance(page: Survey) -> Numbers:
    """Return the evidence named by `GLANCE` for all lines, a row each."""
    run = best_run(page.priors, page.words)
    count = len(page.words)
    columns = [
        page.words, page.endings, page.openings, page.priors,
        *place(page), *neighbours(page, run), *rules(page),
    ]  # fmt: skip
    rows = np.empty((count, len(GLANCE)))
    rows.T[: len(columns)] = columns
    rows[:, len(columns) :] = whole(page, run)
    return rows


def place(page: Survey) -> list[Numbers]:
    """Evidence of where each line stands."""
    count = len(page.words)
    lines = np.arange(count)
    sizes = np.where(page.is_prose, page.words, 0)
    before = np.cumsum(sizes) - sizes
    total = before[-1] + sizes[-1]
    after = total - before - sizes
    last = np.maximum.accumulate(np.where(page.is_prose, lines, -_FAR))
    following = np.where(page.is_prose, lines, count + _FAR)[::-1]
    first = np.minimum.accumulate(following)[::-1]
    return [
        lines / count,
        before,
        after,
        before / (total or 1),
        after / (total or 1),
        np.minimum(lines - _beside(last, -_FAR, -1)[0], _FAR),
        np.minimum(_beside(first, count + _FAR, 1)[0] - lines, _FAR),
    ]


def neighbours(page: Survey, run: tuple[int, int]) -> list[Numbers]:
    """Evidence of the lines around each line, and of the best run of lines."""
    count = len(page.words)
    lines = np.arange(count)
    sums = np.concatenate([[0.0], np.cumsum(page.priors)])
    first = np.maximum(lines + _WINDOWS[:, :1], 0)
    last = np.minimum(lines + _WINDOWS[:, 1:], count)
    return [
        *_beside(page.words, 0, -1, 1),
        *_beside(page.endings, -1, -1, 1),
        *_beside(page.openings, -1, 1),
        *_beside(page.priors, 0, -1, 1),
        _decayed(page.priors),
        _decayed(page.priors[::-1])[::-1],
        *((sums[last] - sums[first]) / np.maximum(last - first, 1)),
        (lines >= run[0]) & (lines < run[1]),
        lines - run[0],
        run[1] - 1 - lines,
    ]


def rules(page: Survey) -> list[Numbers]:
    """Evidence of rules that hit each line and the lines beside it."""
    hits, weights = np.zeros(len(page.words)), np.zeros(len(page.words))
    for index, categories in page.hits.items():
        hits[index] = len(categories)
        weights[index] = page.lexicon.weight_of(categories)
    return [hits, weights, *_beside(weights, 0, -1, 1)]


def whole(page: Survey, run: tuple[int, int]) -> tuple[float, ...]:
    """Evidence of the document: whether it is a dump of a whole page."""
    count, total = len(page.words), page.words.sum()
    return (
        count,
        total / count,
        (page.words <= 4).mean(),
        page.words[page.is_prose].sum() / total,
        page.priors.mean(),
        (page.priors * page.words).sum() / total,
        page.words[run[0] : run[1]].sum() / total,
        (page.endings >= SENTENCE).mean(),
        len(page.hits) / count,
    )


def close(index: int, page: Survey) -> tuple[float, ...]:
    """Return the evidence named by `CLOSE` for one line."""
    start, end, _ = page.document.segments[index]
    line, found = page.document.folded[start:end], page.bare_words(index)
    n, many = float(page.words[index]), len(found) or 1
    weights = word_weights(found, page.lexicon) or [0.0]
    mean = sum(weights) / many
    first, pair = lead(found)
    cased = WORD.findall(line)
    usual_weight, usual_function = page.usual
    return (
        len(line) / n,
        sum(map(str.istitle, cased)) / many,
        len(_NUMBERS.findall(line)) / n,
        line.count(",") / n,
        len(_MARKS.findall(line)) / n,
        line.count('"'),
        "@" in line or "http" in line or "www." in line or ".com" in line,
        len(page.lexicon.reader.intersection(found)) / many,
        len(page.lexicon.writer.intersection(found)) / many,
        mean,
        max(weights),
        min(weights),
        page.lexicon.leads.get(first, 0.0),
        page.lexicon.leads.get(pair, 0.0),
        usual_weight,
        usual_function,
        mean - usual_weight if n > BRIEF else 0.0,
        len(page.lexicon.function.intersection(found)) / many - usual_function,
        min(start - page.document.text.rfind("\n", 0, start) - 1, 20),
        page.copies[line],
        page.leads[line.partition(" ")[0]],
        *vocabulary(index, page, found, cased),
    )


def vocabulary(index: int, page: Survey, found: list[str], cased: list[str]) -> tuple[float, float]:
    """Evidence of what the line shares with the first prose of the document, itself left out."""
    words = set(pairs(" ".join(found))) or {word for word in found if len(word) > 3}
    names = {word.lower() for word in cased[1:] if len(word) > 2 and word[0].isupper()}
    count, own = page.body.get, int(page.is_prose[index])
    return (
        sum(1 for word in words if count(word, 0) > own) / (len(words) or 1),
        sum(1 for name in names if count(name, 0) <= own),
    )


def best_run(priors: Numbers, words: Numbers) -> tuple[int, int]:
    """Find the run of lines ``[start, end)`` that holds most content for least residue.

    >>> best_run(np.array([3, 3, -2, 1, -2, 3]), np.array([2, 2, 30, 2, 30, 2]))
    (2, 5)
    """
    sums = np.concatenate([[0.0], np.cumsum(-priors * np.sqrt(np.minimum(words, _WEIGHTY)))])
    gains = sums - np.minimum.accumulate(sums)
    end = int(gains.argmax())
    return (int(sums[:end].argmin()), end) if end else (0, len(priors))


def _beside(column: Numbers, edge: float, *steps: int) -> list[Numbers]:
    """Return what stands one line behind each line (1) or before it (-1); ``edge`` for nothing.

    >>> [beside.tolist() for beside in _beside(np.array([1, 2, 3]), 0, -1, 1)]
    [[0, 1, 2], [2, 3, 0]]
    """
    count = len(column)
    wide = np.full(count + 2, edge, column.dtype)
    wide[1:-1] = column
    return [wide[1 + step : 1 + step + count] for step in steps]


def _decayed(priors: Numbers) -> Numbers:
    """Return the first scores of the lines before each line; near ones count more."""
    return np.concatenate([[0.0], np.convolve(priors, _KERNEL)[: len(priors) - 1]])
