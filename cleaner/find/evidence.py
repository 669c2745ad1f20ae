"""What a line shows of being residue: shape, words, place, neighbours, vocabulary, rules that hit.

`survey` looks once at every line, cheaply; `describe` looks closely at one line and returns its
pieces of evidence in the order of `NAMES`. Nothing here knows a weight but the small tables of
the `Lexicon`; how evidence is weighed is the matter of `weigh`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.types import Document

BRIEF = 12  # words; up to here a line is weighed with the table of short lines
LONG = 60  # words; longer lines carry no evidence of words
WORD = re.compile(r"[^\W\d_]+")
SIZES = (1, 2, 3, 4, 6, 9, 14, 24, 40, LONG)

ENDINGS = {",": 2, ";": 2, "…": 3, "»": 3, "›": 3, ">": 3, "→": 3, ":": 4, "：": 4}
ENDINGS |= dict.fromkeys(")]}", 5) | dict.fromkeys("\"'”’“„", 6)
ENDINGS |= dict.fromkeys("?!？！", 7) | dict.fromkeys(".。।", 8)
SENTENCE = 6  # endings from here on close a sentence
MARKS = frozenset("|·•»›→©®™@#/\\<>{}[]=_~^*+")


class Lexicon(NamedTuple):
    """Closed lists and first weights, in log odds of residue; read from the data file."""

    function: frozenset[str]
    reader: frozenset[str]
    writer: frozenset[str]
    words: Mapping[str, float]  # in lines of up to BRIEF words
    long_words: Mapping[str, float]
    leads: Mapping[str, float]  # first word, or first two
    shapes: Mapping[str, float]
    hits: Mapping[str, float]


class Survey(NamedTuple):
    """One entry for each line, from a first cheap look."""

    lines: list[str]
    words: list[int]
    endings: list[int]
    openings: list[int]
    priors: list[float]
    gaps: list[int]
    before: list[int]  # words of prose before the line
    run: tuple[int, int]
    hits: Mapping[int, tuple[str, ...]]


def survey(document: Document, hits: Mapping[int, tuple[str, ...]], lexicon: Lexicon) -> Survey:
    """Look once at every line."""
    lines = [document.text[s.start : s.end] for s in document.segments]
    words = [count_words(line) for line in lines]
    endings = [ending(line) for line in lines]
    openings = [opening(line) for line in lines]
    gaps = [
        min(document.text.count("\n", a.end, b.start), 4)
        for a, b in zip(document.segments, document.segments[1:])
    ]
    usual = max(set(gaps), key=gaps.count) if gaps else 1
    gaps = [gap - usual for gap in gaps]
    priors = [
        prior(line, (n, e, o), lexicon) for line, n, e, o in zip(lines, words, endings, openings)
    ]
    for index, categories in hits.items():
        priors[index] += max((lexicon.hits.get(c, 0.0) for c in categories), default=0.0)
    prose = [n if n > 14 and e >= SENTENCE else 0 for n, e in zip(words, endings)]
    before = list(accumulate(prose, initial=0))
    run = best_run(priors, words)
    return Survey(lines, words, endings, openings, priors, gaps, before, run, hits)


def count_words(line: str) -> int:
    """Count words; in scripts without spaces two characters count as one.

    >>> count_words("Back to top"), count_words("国際ニュースの一覧を見る")
    (3, 6)
    """
    words = line.count(" ") + 1
    if len(line) > 24 * words or (len(line) > 5 * words and line[0] > "\u2e80"):
        return len(line) // 2
    return words


def ending(line: str) -> int:
    """Grade how a line ends: 0 letter, 1 digit, 2 comma … 6 closing quote, 7 ?!, 8 full stop.

    >>> [ending(x) for x in ("Home", "2019", "They said:", "It did.")]
    [0, 1, 4, 8]
    """
    last = line[-1]
    if line.endswith("..."):
        return 3
    return ENDINGS.get(last, 1 if last.isdigit() else 0)


def opening(line: str) -> int:
    """Grade how a line begins: 0 lower case, 1 capital, 2 digit, 3 quote, 4 bullet or mark, 5 other.

    >>> [opening(x) for x in ("and", "And", "3 ways", "- Beans")]
    [0, 1, 2, 4]
    """
    first = line[0]
    if first.isupper():
        return 1
    if first.islower():
        return 0
    if first.isalpha():
        return 5
    if first.isdigit():
        return 2
    return 3 if first in "\"'“”‘„«" else 4


def shape(words: int, end: int, start: int) -> str:
    """Name the cell of the table of shapes that a line falls into."""
    return f"{bisect_left(SIZES, words)}{end}{start}"


def prior(line: str, form: tuple[int, int, int], lexicon: Lexicon) -> float:
    """Weigh the line alone, cheaply: its shape and its words, clipped to ±5."""
    score = lexicon.shapes.get(shape(*form), 0.0)
    if form[0] <= LONG:
        mean, _, _ = word_weights(line, lexicon)
        score += 2 * mean
    return max(-5.0, min(5.0, score))


def word_weights(line: str, lexicon: Lexicon) -> tuple[float, float, float]:
    """Return mean, largest and smallest weight of the words of a line."""
    found = WORD.findall(line.lower())
    if not found:
        return 0.0, 0.0, 0.0
    table = lexicon.words if len(found) <= BRIEF else lexicon.long_words
    weights = [table.get(word, 0.0) for word in found]
    return sum(weights) / len(weights), max(weights), min(weights)


def lead(found: Sequence[str]) -> tuple[str, str]:
    """Return the first word and the first two words."""
    return (found[0], " ".join(found[:2])) if found else ("", "")


def best_run(priors: Sequence[float], words: Sequence[int]) -> tuple[int, int]:
    """Find the run of lines ``[start, end)`` that holds most content for least residue.

    >>> best_run([3, 3, -2, 1, -2, 3], [2, 2, 30, 2, 30, 2])
    (2, 5)
    """
    best = total = 0.0
    start = 0
    run = (0, len(priors))
    for index, (score, size) in enumerate(zip(priors, words)):
        if total <= 0:
            start, total = index, 0.0
        total -= score * min(size, 40) ** 0.5
        if total > best:
            best, run = total, (start, index + 1)
    return run


class Around(NamedTuple):
    """What the whole document shows; worked out once, when a line needs a close look."""

    figures: tuple[float, ...]
    copies: Mapping[str, int]
    leads: Mapping[str, int]  # in how many lines a word comes first
    tails: Mapping[str, int]  # in how many lines a word comes last
    spread: Mapping[str, int]  # in how many lines a word occurs
    body: Mapping[str, int]  # the same for lines of prose
    smooth: list[tuple[float, ...]]
    kin: list[tuple[int, int]]  # lines of like shape before and after, without a break
    near: list[tuple[int, int]]  # lines to the prose before and after


def look_around(page: Survey, lexicon: Lexicon) -> Around:
    """Gather what close looks share."""
    copies: dict[str, int] = {}
    leads: dict[str, int] = {}
    tails: dict[str, int] = {}
    spread: dict[str, int] = {}
    body: dict[str, int] = {}
    for line, n, e in zip(page.lines, page.words, page.endings):
        key = line.lower()
        copies[key] = copies.get(key, 0) + 1
        if copies[key] == 1:
            found = WORD.findall(key)
            if found:
                leads[found[0]] = leads.get(found[0], 0) + 1
                tails[found[-1]] = tails.get(found[-1], 0) + 1
            for word in set(found):
                spread[word] = spread.get(word, 0) + 1
                if n > 14 and e >= SENTENCE:
                    body[word] = body.get(word, 0) + 1
    return Around(
        figures(page, lexicon),
        copies,
        leads,
        tails,
        spread,
        body,
        smooth(page.priors),
        kin(page),
        near(page),
    )


def figures(page: Survey, lexicon: Lexicon) -> tuple[float, ...]:
    """Describe the document as a whole: is it a dump, is there an article at all."""
    count = len(page.lines)
    total = sum(page.words)
    short = sum(1 for n in page.words if n <= 4)
    start, end = page.run
    mean, function = habits(page, lexicon)
    return (
        mean,
        function,
        count,
        total / count,
        short / count,
        page.before[-1] / total,
        sum(page.priors) / count,
        sum(p * n for p, n in zip(page.priors, page.words)) / total,
        sum(page.words[start:end]) / total,
        sum(page.endings[i] >= SENTENCE for i in range(count)) / count,
        len(page.hits) / count,
    )


def habits(page: Survey, lexicon: Lexicon) -> tuple[float, float]:
    """Mean word weight and share of function words in lines of prose: what is usual here."""
    weight = function = many = 0.0
    for line, n, e in zip(page.lines, page.words, page.endings):
        if n > 14 and e >= SENTENCE:
            found = WORD.findall(line.lower())
            many += len(found)
            weight += sum(lexicon.long_words.get(w, 0.0) for w in found)
            function += sum(1 for w in found if w in lexicon.function)
    return (weight / many, function / many) if many else (0.0, 0.0)


def smooth(priors: Sequence[float]) -> list[tuple[float, ...]]:
    """Average the scores of neighbours: decaying and windowed, before and after, not the line itself."""
    count = len(priors)
    sums = list(accumulate(priors, initial=0.0))
    left, right = [0.0] * count, [0.0] * count
    value = 0.0
    for i in range(count):
        left[i] = value
        value = 0.7 * value + 0.3 * priors[i]
    value = 0.0
    for i in range(count - 1, -1, -1):
        right[i] = value
        value = 0.7 * value + 0.3 * priors[i]
    out = []
    for i in range(count):
        windows = []
        for a, b in (
            (i - 2, i + 3),
            (i - 6, i + 7),
            (i - 10, i),
            (i + 1, i + 11),
            (i - 25, i + 26),
        ):
            a, b = max(a, 0), min(b, count)
            windows.append((sums[b] - sums[a]) / (b - a) if b > a else 0.0)
        rest_before = sums[i] / i if i else 0.0
        rest_after = (sums[count] - sums[i + 1]) / (count - i - 1) if i + 1 < count else 0.0
        out.append((left[i], right[i], *windows, rest_before, rest_after))
    return out


def kin(page: Survey) -> list[tuple[int, int]]:
    """Count the lines of like shape that stand before and after each line without a break."""
    forms = [
        (bisect_left((3, 9, 24, LONG), n), e >= SENTENCE, o)
        for n, e, o in zip(page.words, page.endings, page.openings)
    ]
    count = len(forms)
    left, right = [0] * count, [0] * count
    for i in range(1, count):
        left[i] = left[i - 1] + 1 if forms[i] == forms[i - 1] else 0
    for i in range(count - 2, -1, -1):
        right[i] = right[i + 1] + 1 if forms[i] == forms[i + 1] else 0
    return list(zip(left, right))


def near(page: Survey) -> list[tuple[int, int]]:
    """Count the lines to the nearest prose before and after each line (99: there is none)."""
    count = len(page.lines)
    left, right = [99] * count, [99] * count
    last = 99
    for i in range(count):
        left[i] = last
        last = 1 if page.before[i + 1] > page.before[i] else min(last + 1, 99)
    last = 99
    for i in range(count - 1, -1, -1):
        right[i] = last
        last = 1 if page.before[i + 1] > page.before[i] else min(last + 1, 99)
    return list(zip(left, right))


NAMES: tuple[str, ...] = (
    "words",
    "characters per word",
    "ending",
    "opening",
    "capitalised words",
    "upper case",
    "digits",
    "commas per word",
    "sentences inside",
    "marks",
    "marks per word",
    "function words",
    "words to the reader",
    "words of the writer",
    "word weight",
    "largest word weight",
    "smallest word weight",
    "prior",
    "year",
    "clock",
    "quotes",
    "brackets",
    "address",
    "colon inside",
    "first word weight",
    "lead weight",
    "unusual word weight",
    "unusual function words",
    "lines with this lead",
    "lines with this tail",
    "gap before",
    "gap after",
    "indent",
    "lines before",
    "lines after",
    "place",
    "prose before",
    "prose after",
    "share of prose before",
    "share of prose after",
    "lines to prose before",
    "lines to prose after",
    "words of line before",
    "words of line after",
    "words two before",
    "words two after",
    "ending of line before",
    "ending of line after",
    "opening of line before",
    "opening of line after",
    "prior of line before",
    "prior of line after",
    "prior two before",
    "prior two after",
    "decayed before",
    "decayed after",
    "window of 5",
    "window of 13",
    "window of 10 before",
    "window of 10 after",
    "window of 51",
    "all before",
    "all after",
    "like lines before",
    "like lines after",
    "in best run",
    "lines into best run",
    "lines to end of best run",
    "copies",
    "copies of line before",
    "known words",
    "words known to prose",
    "names unknown",
    "share of names unknown",
    "lines per word",
    "words of first lines",
    "words of line before shared",
    "words of line after shared",
    "rule hits",
    "rule weight",
    "rule weight before",
    "rule weight after",
    "usual word weight",
    "usual function words",
    "document lines",
    "document words per line",
    "document short lines",
    "document prose",
    "document prior",
    "document prior by words",
    "document best run",
    "document sentences",
    "document rule hits",
)


def describe_all(page: Survey, document: Document, lexicon: Lexicon) -> list[list[float]]:
    """Look closely at every line."""
    around = look_around(page, lexicon)
    return [describe(i, page, around, document, lexicon) for i in range(len(page.lines))]


def describe(
    index: int, page: Survey, around: Around, document: Document, lexicon: Lexicon
) -> list[float]:
    """Look closely at one line: its evidence, in the order of `NAMES`."""
    return [
        *alone(index, page, around, lexicon),
        *place(index, page, around, document),
        *neighbours(index, page, around),
        *vocabulary(index, page, around),
        *rules(index, page, lexicon),
        *around.figures,
    ]


def alone(index: int, page: Survey, around: Around, lexicon: Lexicon) -> tuple[float, ...]:
    """Evidence of the line itself."""
    line, n = page.lines[index], page.words[index]
    tokens = line.split()
    lower = line.lower()
    found = WORD.findall(lower)
    many = len(found) or 1
    capitals = sum(1 for t in tokens if t[0].isupper())
    upper = sum(1 for c in line if c.isupper())
    marks = sum(1 for c in line if c in MARKS)
    mean, high, low = word_weights(line, lexicon)
    function = sum(1 for w in found if w in lexicon.function)
    first, pair = lead(found)
    return (
        n,
        len(line) / n,
        page.endings[index],
        page.openings[index],
        capitals / n,
        upper / len(line),
        sum(1 for c in line if c.isdigit()) / len(line),
        (line.count(",") + line.count("、")) / n,
        line.count(". ") + line.count("? ") + line.count("! ") + line.count("。"),
        marks,
        marks / n,
        function / many,
        sum(1 for w in found if w in lexicon.reader) / many,
        sum(1 for w in found if w in lexicon.writer) / many,
        mean,
        high,
        low,
        page.priors[index],
        float(bool(re.search(r"\b(?:19|20)\d\d\b", line))),
        float(bool(re.search(r"\b\d{1,2}[:.]\d\d\b", line))),
        sum(1 for c in line if c in '"“”„«»'),
        line.count("(") + line.count("["),
        float("http" in lower or "www." in lower or "@" in lower or ".com" in lower),
        float(":" in line[:-1]),
        lexicon.leads.get(first, 0.0),
        lexicon.leads.get(pair, 0.0),
        mean - around.figures[0] if n > BRIEF else 0.0,
        function / many - around.figures[1],
        around.leads.get(first, 0),
        around.tails.get(found[-1], 0) if found else 0,
    )


def place(index: int, page: Survey, around: Around, document: Document) -> tuple[float, ...]:
    """Evidence of where the line stands."""
    count = len(page.lines)
    start = document.segments[index].start
    total = page.before[-1]
    before, after = page.before[index], total - page.before[index + 1]
    return (
        page.gaps[index - 1] if index else 0,
        page.gaps[index] if index + 1 < count else 0,
        min(start - document.text.rfind("\n", 0, start) - 1, 20),
        index,
        count - index - 1,
        index / count,
        before,
        after,
        before / (total or 1),
        after / (total or 1),
        *around.near[index],
    )


def neighbours(index: int, page: Survey, around: Around) -> tuple[float, ...]:
    """Evidence of the lines about it."""
    count = len(page.lines)
    b, a, bb, aa = index - 1, index + 1, index - 2, index + 2
    start, end = page.run
    return (
        page.words[b] if b >= 0 else 0,
        page.words[a] if a < count else 0,
        page.words[bb] if bb >= 0 else 0,
        page.words[aa] if aa < count else 0,
        page.endings[b] if b >= 0 else -1,
        page.endings[a] if a < count else -1,
        page.openings[b] if b >= 0 else -1,
        page.openings[a] if a < count else -1,
        page.priors[b] if b >= 0 else 0.0,
        page.priors[a] if a < count else 0.0,
        page.priors[bb] if bb >= 0 else 0.0,
        page.priors[aa] if aa < count else 0.0,
        *around.smooth[index],
        *around.kin[index],
        float(start <= index < end),
        index - start,
        end - 1 - index,
    )


def vocabulary(index: int, page: Survey, around: Around) -> tuple[float, ...]:
    """Evidence of what the line shares with the rest of the document."""
    line = page.lines[index]
    key = line.lower()
    words = {w for w in WORD.findall(key) if len(w) > 3}
    many = len(words) or 1
    prose = page.before[index + 1] > page.before[index]
    once = around.copies[key] == 1
    names = {w.lower() for w in WORD.findall(line[1:]) if w[0].isupper() and len(w) > 2}
    unknown = sum(1 for w in names if around.body.get(w, 0) <= prose)
    head = set(WORD.findall(" ".join(page.lines[:3]).lower())) if index > 2 else words
    before = set(WORD.findall(page.lines[index - 1].lower())) if index else words
    after = (
        set(WORD.findall(page.lines[index + 1].lower())) if index + 1 < len(page.lines) else words
    )
    return (
        around.copies[key],
        around.copies[page.lines[index - 1].lower()] if index else 0,
        sum(1 for w in words if around.spread.get(w, 0) > once) / many,
        sum(1 for w in words if around.body.get(w, 0) > prose) / many,
        unknown,
        unknown / (len(names) or 1),
        sum(around.spread.get(w, 0) for w in words) / many,
        len(words & head) / many,
        len(words & before) / many,
        len(words & after) / many,
    )


def rules(index: int, page: Survey, lexicon: Lexicon) -> tuple[float, ...]:
    """Evidence of phrase and section rules on the line and beside it."""
    weights = [
        max((lexicon.hits.get(c, 0.0) for c in page.hits.get(i, ())), default=0.0)
        for i in (index, index - 1, index + 1)
    ]
    return (len(page.hits.get(index, ())), *weights)
