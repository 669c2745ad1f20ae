"""Weigh what lines show, and name those that are probably residue.

The weights are data (``rules/any/lines.json``, made by ``benchmarks/fit_lines.py``): small tables,
each over one or two pieces of evidence, binned. What a line's evidence finds in them adds up to
its log odds of residue, in hundredths. To overrule a table, edit its weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import rtoml

from cleaner.find.evidence import GLANCE, NAMES, close, glance
from cleaner.find.survey import Lexicon, Numbers, survey
from cleaner.read.language import is_english
from cleaner.rulebook import rules_directory
from cleaner.types import Confidence, Document

FILE = rules_directory() / "any" / "lines.json"
# Share of words.
PLAIN = 0.01
# Share of the lines that are short, in a dump of a whole page.
DUMP = 0.4
# Words are weighed apart in English and in all other languages.
TONGUES = ("en", "other")
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "unsure")
# Tables that a reason names.
_NAMED = 3
# Log odds of residue of a line alone, and in its place in hundredths. On the shared texts with
# little prose all lines that show both are residue.
_ALONE, _PLACED = 0.5, 250
# Lines looked up at once.
_BATCH = 250


class Weighed(NamedTuple):
    """A line that is probably residue, by the index of its segment, with the strongest evidence.

    It is ``agreed`` where the line both alone and in its place looks much like residue.
    """

    segment: int
    confidence: Confidence
    reason: str
    agreed: bool = False


class Axis(NamedTuple):
    """One of the two pieces of evidence of each table, and the limits of its bins.

    A bin ends with its limit, which belongs to it; the last bin is open. ``limits`` are those of
    all tables behind each other, ``columns`` the evidence of each limit; those of table ``t`` are
    the limits from ``ends[t]`` to ``ends[t + 1]``.
    """

    names: Numbers
    columns: Numbers
    limits: Numbers
    ends: Numbers

    def bins(self, rows: Numbers) -> Numbers:
        """Return the bin of each row of evidence in each table."""
        passed = np.zeros((len(rows), len(self.limits) + 1), np.int64)
        np.cumsum(rows[:, self.columns] > self.limits, axis=1, out=passed[:, 1:])
        return np.diff(passed[:, self.ends], axis=1)


class Tables(NamedTuple):
    """Weights in hundredths, by the bins of two pieces of evidence (twice the same: of one).

    The cells of table ``t`` start at ``starts[t]`` and have rows of ``widths[t]``. On average over
    lines a table weighs nothing.
    """

    first: Axis
    second: Axis
    starts: Numbers
    widths: Numbers
    weights: Numbers

    def shares(self, rows: Numbers) -> Numbers:
        """Return the weight that each table gives to each row of evidence."""
        cells = self.starts + self.first.bins(rows) * self.widths + self.second.bins(rows)
        shares: Numbers = self.weights[cells]
        return shares


class Weights(NamedTuple):
    """The data file; scores and limits are hundredths of log odds.

    A line that the tables of the ``screen``, over a glance at it, give less than ``least`` is
    cleared. ``limits`` are by kind of document, ``lexicons`` by tongue.
    """

    lexicons: Mapping[str, Lexicon]
    screen: Tables
    least: int
    tables: Tables
    start: int
    limits: Mapping[str, Mapping[str, int]]


def weigh(
    document: Document,
    hits: Mapping[int, tuple[str, ...]],
    taken: AbstractSet[int] = frozenset(),
) -> list[Weighed]:
    """Return the lines that are probably residue, in order.

    ``hits`` names, for the index of a segment, the categories of the rules that hit it; segments
    that are ``taken`` are known to be residue. Suspicion is mostly wrong, and nothing is found,
    where it falls on less than PLAIN of the words, or none is taken and this is no dump of a page.
    """
    if not document.segments:
        return []
    weights = load()
    page = survey(document, hits, weights.lexicons[tongue(document.language)])
    rows = glance(page)
    lines = suspects(rows, hits, taken, weights)
    least = PLAIN * page.words.sum() - page.words[sorted(taken)].sum()
    if not lines or page.words[lines].sum() <= least:
        return []
    rows = np.column_stack([rows[lines], [close(line, page) for line in lines]])
    shares = np.concatenate([weights.tables.shares(batch) for batch in batches(rows)])
    scores = weights.start + shares.sum(axis=1)
    suspected = {*taken, *np.array(lines)[scores > 0].tolist()}
    kind = kind_of(page.words, sorted(suspected))
    limits = weights.limits.get(kind)
    if limits is None or not (taken or kind == "dump"):  # plain, or an article that may be clean
        return []
    loud = np.flatnonzero(scores >= min(limits.values()))
    said = reasons(rows[loud], shares[loud])
    found = []
    for place, evidence in zip(loud.tolist(), said, strict=True):
        line, score = lines[place], int(scores[place])
        confidence = next(name for name in CONFIDENCES if score >= limits[name])
        alone = float(page.priors[line])
        agreed = alone >= _ALONE and score >= _PLACED
        found.append(Weighed(line, confidence, verdicts(alone, score) + evidence, agreed))
    return found


def suspects(
    rows: Numbers, hits: Iterable[int], taken: AbstractSet[int], weights: Weights
) -> list[int]:
    """Return the lines that deserve a close look, in order; ``rows`` are a glance at each."""
    scores = [weights.screen.shares(batch).sum(axis=1) for batch in batches(rows)]
    passed = np.flatnonzero(np.concatenate(scores) >= weights.least)
    return sorted({*passed.tolist(), *hits} - taken)


def batches(rows: Numbers) -> Iterator[Numbers]:
    """Part rows so that the memory it takes to look them up is bounded."""
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


@cache
def load() -> Weights:
    """Read the weights; raises OSError when they are missing, KeyError when evidence is unknown."""
    # Thousands of words share a hundred weights: equal numbers are one object.
    data = json.loads(FILE.read_text(encoding="utf-8"), parse_float=cache(float))
    shapes = {(int(key[0], 16), int(key[1]), int(key[2])): by for key, by in data["shapes"].items()}
    return Weights(
        lexicons={
            name: Lexicon(
                *closed_lists(), **data["lexicons"][name], shapes=shapes, hits=data["hits"]
            )
            for name in TONGUES
        },
        screen=as_tables(data["screen"], GLANCE),
        least=data["least"],
        tables=as_tables(data["tables"], NAMES),
        start=data["start"],
        limits=data["limits"],
    )


def tongue(language: str) -> str:
    """Return which lexicon a document in a language, or in none that is known, is read by."""
    return "en" if is_english(language) else "other"


def as_tables(data: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Tables:
    """Turn tables as they are written into arrays.

    >>> data = [{"of": ["a", "b"], "limits": [[4], [0, 2]], "weights": [[9, 9, 7], [0, -5, -8]]}]
    >>> as_tables(data, ["a", "b"]).shares(np.array([[3, 1], [9, 0], [4, 5]])).tolist()
    [[9], [0], [7]]
    """
    sizes = [sum(map(len, table["weights"])) for table in data]
    return Tables(
        first=_axis(data, 0, names),
        second=_axis(data, -1, names),
        starts=np.array([0, *accumulate(sizes[:-1])]),
        widths=np.array([len(table["limits"][1]) + 1 for table in data]),
        weights=np.array([by for table in data for row in table["weights"] for by in row]),
    )


def _axis(data: Sequence[Mapping[str, Any]], side: int, names: Sequence[str]) -> Axis:
    place = {name: index for index, name in enumerate(names)}
    limits = [table["limits"][side] for table in data]
    names_of = np.array([place[table["of"][side]] for table in data])
    return Axis(
        names_of,
        columns=np.repeat(names_of, list(map(len, limits))),
        limits=np.array([limit for part in limits for limit in part], np.float64),
        ends=np.array([0, *accumulate(map(len, limits))]),
    )


@cache
def closed_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Read the words that bind sentences, that speak to the reader, that speak of the writer."""
    table = rtoml.load(FILE.with_suffix(".toml"))
    return frozenset(table["function"]), frozenset(table["reader"]), frozenset(table["writer"])


def kind_of(words: Numbers, suspected: Sequence[int]) -> str:
    """Tell a dump of a whole page from articles, and these by the share of words under suspicion.

    ``words`` are those of all lines; ``suspected`` lines are more likely residue than not. The more
    is under suspicion, the more of it is rightly so, until it is so much that the article itself
    must be an unusual one; the limits go by that.
    """
    suspect = words[list(suspected)].sum() / words.sum()
    if (words <= 4).mean() > DUMP and suspect > 0.05:
        return "dump"
    for kind, most in (("plain", PLAIN), ("article", 0.03), ("stained", 0.15)):
        if suspect <= most:
            return kind
    return "doubtful"


def verdicts(alone: float, score: int) -> str:
    """Name the verdicts on a line alone, in log odds, and in its place, in hundredths."""
    verdict = "residue" if alone > 1 else "open" if alone > -1 else "content"
    return f"alone {verdict} ({alone:+.1f}), in its place residue ({score / 100:+.1f}): "


def reasons(rows: Numbers, shares: Numbers) -> list[str]:
    """Name, for each row of evidence, the tables that say most for residue."""
    tables = load().tables
    loudest = shares.argsort(axis=1)[:, : -_NAMED - 1 : -1]
    names = [axis.names[loudest] for axis in (tables.first, tables.second)]
    values = [np.take_along_axis(rows, own, axis=1).tolist() for own in names]
    by = np.take_along_axis(shares, loudest, axis=1).tolist()
    first, second = (own.tolist() for own in names)
    said = zip(by, first, values[0], second, values[1], strict=True)
    return [", ".join(map(_show, *columns)).rstrip(" ,") for columns in said]


def _show(weight: int, first: int, value: float, second: int, other: float) -> str:
    """Name the evidence of a table and what it says, where that is residue."""
    if weight <= 0:
        return ""
    beside = "" if first == second else f" with {NAMES[second]} {other:.3g}"
    return f"{NAMES[first]} {value:.3g}{beside} (+{weight / 100:.1f})"
