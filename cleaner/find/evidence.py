"""A close look at one line: every piece of evidence that it is residue, or content.

Evidence is a list of numbers in the order of `NAMES`; how it is weighed is the matter of `weigh`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import repeat

from cleaner.find.survey import BRIEF, SENTENCE, WORD, Survey, lead, word_weights

_MARKS = re.compile(r"[|·•»›→©®™@#/\\<>{}\[\]=_~^*+]")
_NUMBERS = re.compile(r"\d+")
# A line without prose on that side is this many lines from it; lines.
_FAR = 99
# Lines of prose that show what is usual in a document.
_SAMPLE = 3

ALONE = (
    "words", "characters per word", "ending", "opening", "capitalised words", "upper-case words",
    "numbers per word", "commas per word", "sentences inside", "marks per word", "quotes",
    "address", "words to the reader", "words of the writer", "word weight", "largest word weight",
    "smallest word weight", "first word weight", "first two words weight", "score alone",
    "unusual word weight", "unusual function words",
)  # fmt: skip
PLACE = (
    "gap before", "gap after", "indent", "lines before", "lines after", "place", "prose before",
    "prose after", "share of prose before", "share of prose after", "lines to prose before",
    "lines to prose after",
)  # fmt: skip
NEIGHBOURS = (
    "words of line before", "words of line after", "words two before", "words two after",
    "ending of line before", "ending of line after", "opening of line after",
    "score of line before", "score of line after", "scores before", "scores after",
    "scores of 5 lines", "scores of 13 lines", "scores of 10 before", "scores of 10 after",
    "scores of 51 lines", "scores of all before", "scores of all after", "inside the best run",
    "lines into the best run", "lines to the end of the best run",
)  # fmt: skip
REPEATS = ("copies", "lines with this first word")
RULES = ("rule hits", "rule weight", "rule weight before", "rule weight after")
DOCUMENT = (
    "usual word weight", "usual function words", "document lines", "document words per line",
    "document short lines", "document prose", "document score", "document score by words",
    "document best run", "document sentences", "document rule hits",
)  # fmt: skip
# Dear to work out: asked for only where the rest did not settle the matter.
VOCABULARY = ("words known to prose", "names unknown")
NAMES = ALONE + PLACE + NEIGHBOURS + REPEATS + RULES + DOCUMENT + VOCABULARY

GLANCE = (
    "score alone", "scores before", "scores after", "words", "ending", "inside the best run",
    "prose before", "prose after", "lines before", "lines after", "document short lines",
    "document score",
)  # fmt: skip


def glance(page: Survey) -> Iterator[tuple[float, ...]]:
    """Yield for each line the evidence named by `GLANCE`: enough to clear most lines."""
    count = len(page.lines)
    start, end = page.run
    inside = [False] * start + [True] * (end - start) + [False] * (count - end)
    total = page.prose_words[-1]
    return zip(
        page.priors,
        *page.decayed,
        page.words,
        page.endings,
        inside,
        page.prose_words[:-1],
        [total - before for before in page.prose_words[1:]],
        range(count),
        range(count - 1, -1, -1),
        repeat(short_lines(page), count),
        repeat(page.sums[-1] / count, count),
        strict=True,
    )


def describe(index: int, page: Survey, shared: tuple[float, ...]) -> list[float]:
    """Look closely at one line; ``shared`` is the evidence of the whole document.

    The evidence of `vocabulary`, which belongs behind this, is left out.
    """
    return [
        *alone(index, page, shared),
        *place(index, page),
        *neighbours(index, page),
        page.copies[page.lines[index]],
        page.leads[page.lines[index].partition(" ")[0]],
        *rules(index, page),
        *shared,
    ]


def alone(index: int, page: Survey, shared: tuple[float, ...]) -> tuple[float, ...]:
    """Evidence of the line itself."""
    line, n = page.lines[index], page.words[index]
    lower = line.lower()
    found = WORD.findall(lower)
    many = len(found) or 1
    weights = word_weights(found, page.lexicon) or [0.0]
    mean = sum(weights) / many
    first, pair = lead(found)
    cased = WORD.findall(line)
    return (
        n,
        len(line) / n,
        page.endings[index],
        page.openings[index],
        sum(map(str.istitle, cased)) / many,
        sum(map(str.isupper, cased)) / many,
        len(_NUMBERS.findall(line)) / n,
        line.count(",") / n,
        line.count(". ") + line.count("? ") + line.count("! ") + line.count("。"),
        len(_MARKS.findall(line)) / n,
        line.count('"') + line.count("“") + line.count("„") + line.count("«"),
        "@" in line or "http" in lower or "www." in lower or ".com" in lower,
        len(page.lexicon.reader.intersection(found)) / many,
        len(page.lexicon.writer.intersection(found)) / many,
        mean,
        max(weights),
        min(weights),
        page.lexicon.leads.get(first, 0.0),
        page.lexicon.leads.get(pair, 0.0),
        page.priors[index],
        mean - shared[0] if n > BRIEF else 0.0,
        len(page.lexicon.function.intersection(found)) / many - shared[1],
    )


def place(index: int, page: Survey) -> tuple[float, ...]:
    """Evidence of where the line stands."""
    count = len(page.lines)
    start = page.document.segments[index].start
    total = page.prose_words[-1]
    before, after = page.prose_words[index], total - page.prose_words[index + 1]
    nearest = bisect_left(page.prose, index)
    own = nearest < len(page.prose) and page.prose[nearest] == index
    return (
        page.gaps[index],
        page.gaps[index + 1],
        min(start - page.document.text.rfind("\n", 0, start) - 1, 20),
        index,
        count - index - 1,
        index / count,
        before,
        after,
        before / (total or 1),
        after / (total or 1),
        min(index - page.prose[nearest - 1], _FAR) if nearest else _FAR,
        min(page.prose[nearest + own] - index, _FAR) if nearest + own < len(page.prose) else _FAR,
    )


def neighbours(index: int, page: Survey) -> tuple[float, ...]:
    """Evidence of the lines around it, and of the best run of lines."""
    count = len(page.lines)
    before, after = index - 1, index + 1
    start, end = page.run
    return (
        page.words[before] if index else 0,
        page.words[after] if after < count else 0,
        page.words[index - 2] if index > 1 else 0,
        page.words[index + 2] if index + 2 < count else 0,
        page.endings[before] if index else -1,
        page.endings[after] if after < count else -1,
        page.openings[after] if after < count else -1,
        page.priors[before] if index else 0.0,
        page.priors[after] if after < count else 0.0,
        page.decayed[0][index],
        page.decayed[1][index],
        _mean(page, index - 2, index + 3),
        _mean(page, index - 6, index + 7),
        _mean(page, index - 10, index),
        _mean(page, after, index + 11),
        _mean(page, index - 25, index + 26),
        _mean(page, 0, index),
        _mean(page, after, count),
        start <= index < end,
        index - start,
        end - 1 - index,
    )


def _mean(page: Survey, start: int, end: int) -> float:
    start, end = max(start, 0), min(end, len(page.lines))
    return (page.sums[end] - page.sums[start]) / (end - start) if end > start else 0.0


def vocabulary(index: int, page: Survey) -> tuple[float, ...]:
    """Evidence of what the line shares with the prose of the document."""
    line = page.lines[index]
    own = page.prose_words[index + 1] > page.prose_words[index]
    found = WORD.findall(line)
    words = {word.lower() for word in found if len(word) > 3}
    names = {word.lower() for word in found[1:] if len(word) > 2 and word[0].isupper()}
    return (
        sum(1 for word in words if page.in_body(word) > own) / (len(words) or 1),
        sum(1 for name in names if page.in_body(name) <= own),
    )


def rules(index: int, page: Survey) -> tuple[float, ...]:
    """Evidence of rules that hit the line and the lines beside it."""
    if not page.hits:
        return (0.0, 0.0, 0.0, 0.0)
    weight = page.lexicon.hits
    here, before, after = (
        max((weight.get(name, 0.0) for name in page.hits.get(i, ())), default=0.0)
        for i in (index, index - 1, index + 1)
    )
    return (len(page.hits.get(index, ())), here, before, after)


def whole(page: Survey) -> tuple[float, ...]:
    """Evidence of the document: what is usual in it, whether it is a dump of a whole page."""
    count = len(page.lines)
    total = sum(page.words)
    start, end = page.run
    by_words = sum(score * n for score, n in zip(page.priors, page.words, strict=True))
    return (
        *usual(page),
        count,
        total / count,
        short_lines(page),
        page.prose_words[-1] / total,
        page.sums[-1] / count,
        by_words / total,
        sum(page.words[start:end]) / total,
        sum(1 for end in page.endings if end >= SENTENCE) / count,
        len(page.hits) / count,
    )


def short_lines(page: Survey) -> float:
    """Share of the lines that have up to four words."""
    return sum(1 for n in page.words if n <= 4) / len(page.words)


def usual(page: Survey) -> tuple[float, float]:
    """Mean word weight and share of function words in a sample of the prose."""
    step = max(1, len(page.prose) // _SAMPLE)
    sample = page.prose[::step][:_SAMPLE]
    found = WORD.findall(" ".join(page.lines[i] for i in sample).lower())
    if not found:
        return 0.0, 0.0
    table = page.lexicon.long_words
    function = sum(map(page.lexicon.function.__contains__, found))
    return sum(table[word] for word in found if word in table) / len(found), function / len(found)
