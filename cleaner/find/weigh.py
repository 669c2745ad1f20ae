"""Weigh what lines show, and name those that are probably residue.

The weights are data (``rules/any/lines.json``, made by ``benchmarks/fit_lines.py``): decision
trees whose scores add up to log odds of residue. A tree is a nested list
``[evidence, limit, at most, above, mean]``; a leaf, and ``mean``, is a number of hundredths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import rtoml

from cleaner.find.evidence import GLANCE, NAMES, describe, glance, whole
from cleaner.find.survey import Lexicon, Survey, survey
from cleaner.types import Confidence, Document

RULES = Path(__file__).parents[1] / "rules"
if not RULES.is_dir():
    RULES = Path(__file__).parents[2] / "rules"
FILE = RULES / "any" / "lines.json"
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "unsure")


class Weighed(NamedTuple):
    """A line that is probably residue, by the index of its segment, with the strongest evidence."""

    segment: int
    confidence: Confidence
    reason: str


class Weights(NamedTuple):
    """The data file; scores and limits are hundredths of log odds.

    ``screen`` is a tree over a glance at a line: 0 clears it. A line that ``early[0]`` trees give
    less than ``early[1]`` is not weighed to the end. ``limits`` are by kind of document.
    """

    lexicon: Lexicon
    screen: Any
    early: tuple[int, int]
    trees: list[Any]
    limits: Mapping[str, Mapping[str, int]]


def weigh(document: Document, hits: Mapping[int, tuple[str, ...]]) -> list[Weighed]:
    """Return the lines that are probably residue, in order.

    ``hits`` names, for the index of a segment, the categories of the rules that hit it.
    """
    if not document.segments:
        return []
    weights = load()
    page = survey(document, hits, weights.lexicon)
    lines = suspects(page, weights.screen)
    if not lines:
        return []
    shared = whole(page)
    evidence = [describe(i, page, shared) for i in lines]
    scores = [score(values, weights) for values in evidence]
    limits = weights.limits[kind_of(page.words, dict(zip(lines, scores, strict=True)))]
    found = []
    for i, values, total in zip(lines, evidence, scores, strict=True):
        for confidence in CONFIDENCES:
            if total >= limits[confidence]:
                found.append(Weighed(i, confidence, reason(page.priors[i], total, values)))
                break
    return found


def suspects(page: Survey, screen: Any) -> list[int]:
    """Return the lines that deserve a close look."""
    found = []
    for index, row in enumerate(glance(page)):
        node = screen
        while node.__class__ is list:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        if node or index in page.hits:
            found.append(index)
    return found


@cache
def load() -> Weights:
    """Read the weights; raises OSError when they are missing."""
    table = json.loads(FILE.read_text(encoding="utf-8"))
    if (tuple(table["evidence"]), tuple(table["glance"])) != (NAMES, GLANCE):
        raise ValueError(f"{FILE}: made for other evidence; run benchmarks/fit_lines.py --write")
    kinds = (table[kind] for kind in ("words", "long_words", "leads", "shapes", "hits"))
    first = Lexicon(*closed_lists(), *kinds)
    return Weights(first, table["screen"], tuple(table["early"]), table["trees"], table["limits"])


@cache
def closed_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Read the words that bind sentences, that speak to the reader, that speak of the writer."""
    table = rtoml.load(RULES / "any" / "lines.toml")
    return frozenset(table["function"]), frozenset(table["reader"]), frozenset(table["writer"])


def score(values: Sequence[float], weights: Weights) -> int:
    """Add up what the trees say: log odds of residue, in hundredths."""
    count, least = weights.early
    total = add(values, weights.trees[:count])
    return total if total < least else total + add(values, weights.trees[count:])


def add(values: Sequence[float], trees: Sequence[Any]) -> int:
    """Add up the leaves that evidence leads to.

    >>> tree = [0, 4.5, 120, [1, 0.5, -80, -10, -50], 15]
    >>> add([3, 1], [tree]), add([9, 0], [tree])
    (120, -80)
    """
    total = 0
    for tree in trees:
        node = tree
        while node.__class__ is list:
            node = node[2] if values[node[0]] <= node[1] else node[3]
        total += node
    return total


def moves(values: Sequence[float], trees: Sequence[Any]) -> list[tuple[int, int]]:
    """Return how far each piece of evidence moved the score, most first.

    >>> tree = [0, 4.5, 120, [1, 0.5, -80, -10, -50], 15]
    >>> moves([9, 0], [tree])
    [(0, -65), (1, -30)]
    """
    moved: dict[int, int] = {}
    for tree in trees:
        node = tree
        while node.__class__ is list:
            below = node[2] if values[node[0]] <= node[1] else node[3]
            mean = below if below.__class__ is int else below[4]
            moved[node[0]] = moved.get(node[0], 0) + mean - node[4]
            node = below
    return sorted(moved.items(), key=lambda move: -abs(move[1]))


def kind_of(words: Sequence[int], scores: Mapping[int, float]) -> str:
    """Tell a dump of a whole page from an article, and a doubtful article from a plain one.

    ``words`` are those of all lines; ``scores``, by line, those of suspects.
    """
    short = sum(1 for n in words if n <= 4) / max(1, len(words))
    suspect = sum(words[i] for i, total in scores.items() if total > 0) / max(1, sum(words))
    if short > 0.4 and suspect > 0.05:
        return "dump"
    return "doubtful" if suspect > 0.15 else "article"


def reason(alone: float, total: int, values: Sequence[float]) -> str:
    """Name the verdicts on the line alone and in its place, and what moved the score most."""
    pushed = [(i, by) for i, by in moves(values, load().trees) if by > 0][:3]
    parts = ", ".join(f"{NAMES[i]} {values[i]:.3g} (+{by / 100:.1f})" for i, by in pushed)
    verdict = "residue" if alone > 1 else "open" if alone > -1 else "content"
    return f"alone {verdict} ({alone:+.1f}), in its place residue ({total / 100:+.1f}): {parts}"
