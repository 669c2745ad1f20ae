"""Weigh what lines show, and name those that are probably residue.

The weights are data (``rules/any/lines.json``, made by ``benchmarks/fit_lines.py``): decision
trees whose scores add up to log odds of residue. A tree is nested,
``(evidence, limit, at most, above, mean)``; a leaf, and ``mean``, is a number of hundredths.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import rtoml

from cleaner.find.evidence import GLANCE, NAMES, describe, glance, vocabulary, whole
from cleaner.find.survey import Lexicon, Survey, survey
from cleaner.types import Confidence, Document

RULES = Path(__file__).parents[1] / "rules"
if not RULES.is_dir():
    RULES = Path(__file__).parents[2] / "rules"
FILE = RULES / "any" / "lines.json"
# Share of words.
PLAIN = 0.01
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "unsure")


class Weighed(NamedTuple):
    """A line that is probably residue, by the index of its segment, with the strongest evidence."""

    segment: int
    confidence: Confidence
    reason: str


class Weights(NamedTuple):
    """The data file; scores and limits are hundredths of log odds.

    ``screen`` is a tree over a glance at a line: 0 clears it. A line that the first ``early[0]``
    trees, which ask for no vocabulary, give less than ``early[1]`` is cleared. ``limits`` are by
    kind of document.
    """

    lexicon: Lexicon
    screen: Any
    early: tuple[int, int]
    trees: list[Any]
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
            name, limit, below, above, _ = node
            node = below if row[name] <= limit else above
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
    words, long_words, leads, shapes, hits = kinds
    cells = {(int(key[0], 16), int(key[1]), int(key[2])): by for key, by in shapes.items()}
    first = Lexicon(*closed_lists(), words, long_words, leads, cells, hits)
    trees = [as_tree(tree) for tree in table["trees"]]
    early = tuple(table["early"])
    return Weights(first, as_tree(table["screen"]), early, trees, table["limits"])


def as_tree(node: Any) -> Any:
    """Return a tree in tuples, which are quicker to walk than the lists of the data file."""
    if not isinstance(node, list):
        return node
    return (node[0], float(node[1]), as_tree(node[2]), as_tree(node[3]), node[4])


@cache
def closed_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Read the words that bind sentences, that speak to the reader, that speak of the writer."""
    table = rtoml.load(RULES / "any" / "lines.toml")
    return frozenset(table["function"]), frozenset(table["reader"]), frozenset(table["writer"])


def first_look(lines: Iterable[int], page: Survey, weights: Weights) -> dict[int, list[float]]:
    """Return the evidence, all but vocabulary, of the lines that the first trees do not clear."""
    shared = whole(page)
    trees = weights.trees[: weights.early[0]]
    found = {}
    for i in lines:
        values = describe(i, page, shared)
        if add(values, trees) >= weights.early[1]:
            found[i] = values
    return found


def score(index: int, page: Survey, values: list[float], weights: Weights) -> int:
    """Add the evidence of vocabulary, and return what all trees say: hundredths of log odds."""
    values += vocabulary(index, page)
    return add(values, weights.trees)


def add(values: Sequence[float], trees: Sequence[Any]) -> int:
    """Add up the leaves that evidence leads to.

    >>> tree = (0, 4.5, 120, (1, 0.5, -80, -10, -50), 15)
    >>> add([3, 1], [tree]), add([9, 0], [tree])
    (120, -80)
    """
    total = 0
    for tree in trees:
        node = tree
        while node.__class__ is tuple:
            name, limit, below, above, _ = node
            node = below if values[name] <= limit else above
        total += node
    return total


def moves(values: Sequence[float], trees: Sequence[Any]) -> list[tuple[int, int]]:
    """Return how far each piece of evidence moved the score, most first.

    >>> tree = (0, 4.5, 120, (1, 0.5, -80, -10, -50), 15)
    >>> moves([9, 0], [tree])
    [(0, -65), (1, -30)]
    """
    moved: dict[int, int] = {}
    for tree in trees:
        node = tree
        while node.__class__ is tuple:
            name, limit, below, above, mean = node
            node = below if values[name] <= limit else above
            after = node[4] if node.__class__ is tuple else node
            moved[name] = moved.get(name, 0) + after - mean
    return sorted(moved.items(), key=lambda move: -abs(move[1]))


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
    """Name the verdicts on the line alone and in its place, and what moved the score most.

    The first trees say most of it; how far evidence moved the score is read from those.
    """
    weights = load()
    pushed = [(i, by) for i, by in moves(values, weights.trees[: weights.early[0]]) if by > 0][:3]
    parts = ", ".join(f"{NAMES[i]} {values[i]:.3g} (+{by / 100:.1f})" for i, by in pushed)
    verdict = "residue" if alone > 1 else "open" if alone > -1 else "content"
    return f"alone {verdict} ({alone:+.1f}), in its place residue ({total / 100:+.1f}): {parts}"
