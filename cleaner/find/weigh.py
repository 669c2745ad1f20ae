"""Weigh what lines show, and name those that are probably residue.

The weights are data (``rules/any/lines.json``, made by ``benchmarks/fit_lines.py``): small tables,
each over one or two pieces of evidence, binned. What a line's evidence finds in them adds up to
its log odds of residue, in hundredths. To overrule a table, edit its weights.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import rtoml

from cleaner.find.evidence import GLANCE, NAMES, describe, glance, vocabulary, whole
from cleaner.find.survey import Lexicon, Survey, survey
from cleaner.rulebook import rules_directory
from cleaner.types import Confidence, Document

FILE = rules_directory() / "any" / "lines.json"
# Share of words.
PLAIN = 0.01
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "unsure")


class Weighed(NamedTuple):
    """A line that is probably residue, by the index of its segment, with the strongest evidence."""

    segment: int
    confidence: Confidence
    reason: str


class Table(NamedTuple):
    """Weights in hundredths, by the bins of two pieces of evidence (twice the same: of one).

    A bin ends with its limit, which belongs to it; the last bin is open. On average over lines a
    table weighs nothing.
    """

    first: int
    second: int
    first_limits: list[float]
    second_limits: list[float]
    weights: list[list[int]]


class Weights(NamedTuple):
    """The data file; scores and limits are hundredths of log odds.

    ``screen`` is a tree over a glance at a line: 0 clears it. A line that ``start`` and the tables
    ``early``, which ask for no vocabulary, give less than ``least`` is cleared. ``limits`` are by
    kind of document.
    """

    lexicon: Lexicon
    screen: Any
    start: int
    early: list[Table]
    late: list[Table]
    least: int
    limits: Mapping[str, Mapping[str, int]]


def weigh(document: Document, hits: Mapping[int, tuple[str, ...]]) -> list[Weighed]:
    """Return the lines that are probably residue, in order.

    ``hits`` names, for the index of a segment, the categories of the rules that hit it. Where less
    than PLAIN of the words are under suspicion, suspicion is mostly wrong, and nothing is found.
    """
    if not document.segments:
        return []
    weights = load()
    page = survey(document, hits, weights.lexicon)
    least = PLAIN * sum(page.words)
    lines = suspects(page, weights.screen)
    if _size(lines, page) <= least:
        return []
    evidence = first_look(lines, page, weights)
    if _size(evidence, page) <= least:
        return []
    scores = {i: score(i, page, values, weights) for i, values in evidence.items()}
    if _size((i for i in scores if scores[i] > 0), page) <= least:
        return []
    limits = weights.limits[kind_of(page.words, scores)]
    found = []
    for i, total in scores.items():
        for confidence in CONFIDENCES:
            if total >= limits[confidence]:
                found.append(Weighed(i, confidence, reason(page.priors[i], total, evidence[i])))
                break
    return found


def _size(lines: Iterable[int], page: Survey) -> int:
    return sum(page.words[i] for i in lines)


def suspects(page: Survey, screen: Any) -> list[int]:
    """Return the lines that deserve a close look."""
    found = []
    for index, row in enumerate(glance(page)):
        node = screen
        while node.__class__ is tuple:
            name, limit, below, above = node
            node = below if row[name] <= limit else above
        if node or index in page.hits:
            found.append(index)
    return found


@cache
def load() -> Weights:
    """Read the weights; raises OSError when they are missing, KeyError when evidence is unknown."""
    table = json.loads(FILE.read_text(encoding="utf-8"))
    words, long_words, leads, shapes, hits = (
        table[kind] for kind in ("words", "long_words", "leads", "shapes", "hits")
    )
    cells = {(int(key[0], 16), int(key[1]), int(key[2])): by for key, by in shapes.items()}
    place = {name: index for index, name in enumerate(NAMES)}
    early, late = (
        [
            Table(
                place[t["of"][0]], place[t["of"][-1]], t["limits"][0], t["limits"][1], t["weights"]
            )
            for t in tables
        ]
        for tables in (table["early"], table["late"])
    )
    return Weights(
        lexicon=Lexicon(*closed_lists(), words, long_words, leads, cells, hits),
        screen=as_tree(table["screen"]),
        start=table["start"],
        early=early,
        late=late,
        least=table["least"],
        limits=table["limits"],
    )


def as_tree(node: Any) -> Any:
    """Return a tree ``(evidence, limit, at most, above)`` with the evidence as its place."""
    if not isinstance(node, list):
        return node
    return GLANCE.index(node[0]), float(node[1]), as_tree(node[2]), as_tree(node[3])


@cache
def closed_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Read the words that bind sentences, that speak to the reader, that speak of the writer."""
    table = rtoml.load(FILE.with_suffix(".toml"))
    return frozenset(table["function"]), frozenset(table["reader"]), frozenset(table["writer"])


def first_look(lines: Iterable[int], page: Survey, weights: Weights) -> dict[int, list[float]]:
    """Return the evidence, all but vocabulary, of the lines that the early tables do not clear."""
    shared = whole(page)
    found = {}
    for i in lines:
        values = describe(i, page, shared)
        if weights.start + add(values, weights.early) >= weights.least:
            found[i] = values
    return found


def score(index: int, page: Survey, values: list[float], weights: Weights) -> int:
    """Add the evidence of vocabulary, and return what all tables say: hundredths of log odds."""
    values += vocabulary(index, page)
    return weights.start + add(values, weights.early) + add(values, weights.late)


def add(values: Sequence[float], tables: Iterable[Table]) -> int:
    """Add up the weights of the bins that evidence falls into.

    >>> table = Table(0, 1, [4.5], [0.5, 2.0], [[120, 120, 90], [-10, -50, -80]])
    >>> add([3, 1], [table]), add([9, 0], [table])
    (120, -10)
    """
    return sum(shares(values, tables))


def shares(values: Sequence[float], tables: Iterable[Table]) -> list[int]:
    """Return the weight that each table gives to the evidence."""
    return [
        weights[bisect_left(first_limits, values[first])][
            bisect_left(second_limits, values[second])
        ]
        for first, second, first_limits, second_limits, weights in tables
    ]


def kind_of(words: Sequence[int], scores: Mapping[int, float]) -> str:
    """Tell a dump of a whole page from articles, and these by the share of words under suspicion.

    ``words`` are those of all lines; ``scores``, by line, those of suspects. The more is under
    suspicion, the more of it is rightly so, until it is so much that the article itself must be
    an unusual one; the limits go by that.
    """
    short = sum(1 for n in words if n <= 4) / max(1, len(words))
    suspect = sum(words[i] for i, total in scores.items() if total > 0) / max(1, sum(words))
    if short > 0.4 and suspect > 0.05:
        return "dump"
    for kind, most in (("plain", PLAIN), ("article", 0.03), ("stained", 0.15)):
        if suspect <= most:
            return kind
    return "doubtful"


def reason(alone: float, total: int, values: Sequence[float]) -> str:
    """Name the verdicts on the line alone and in its place, and the tables that say most."""
    tables = load().early
    said = sorted(zip(shares(values, tables), tables, strict=True), reverse=True)[:3]
    parts = ", ".join(f"{_show(table, values)} (+{by / 100:.1f})" for by, table in said if by > 0)
    verdict = "residue" if alone > 1 else "open" if alone > -1 else "content"
    return f"alone {verdict} ({alone:+.1f}), in its place residue ({total / 100:+.1f}): {parts}"


def _show(table: Table, values: Sequence[float]) -> str:
    names = dict.fromkeys((table.first, table.second))
    return " with ".join(f"{NAMES[name]} {values[name]:.3g}" for name in names)
