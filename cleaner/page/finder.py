"""The native article finder: weigh the evidence of every block by a fitted table.

The table (``rules/dom/blocks.json``) holds, for pairs of pieces of evidence, one weight for each
combination of their bins; a block's score is the sum over all pairs, in log-odds of being part of
the article. ``benchmarks/fit_blocks.py`` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from cleaner.errors import RuleError
from cleaner.page.cues import rules_folder

Array = np.ndarray[Any, np.dtype[Any]]

# A page's threshold is this part of the word F1 that its scores promise: dropping what is less
# likely than half of the promised F1 makes the promise largest (Lipton, Elkan and Narayanaswamy
# 2014), and more than half favours precision: cross-validated on the WCXB pages, 0.6 gives P .951
# and R .969, 0.69 gives P .957 and R .958.
_PART: Final = 0.69
_HIGHEST: Final = 0.69
_HEADING: Final = 0.3  # of the threshold: the least likely heading that may stay
_FEW_WORDS: Final = 12
_PORTION: Final = 1024  # blocks


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights for the bins of two pieces of evidence: ``weights[i][j]``, i a bin of the first.

    Cuts are the upper bounds of all bins but the last, which has none.
    """

    first: str
    first_cuts: list[float]
    second: str
    second_cuts: list[float]
    weights: list[list[float]]


class TableFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a fitted table."""

    about: str
    pairs: list[Pair]


class Table(NamedTuple):
    """A fitted table as arrays: all cuts of each piece of evidence, and each pair in their bins."""

    evidence: tuple[str, ...]
    cuts: tuple[Array, ...]
    first: Array  # by pair: column of the first piece of evidence
    second: Array
    widths: Array  # by pair: bins of the second piece
    offsets: Array  # by pair: where its weights begin
    weights: Array

    def bins(self, columns: dict[str, Array]) -> Array:
        """Return the bin of every piece of evidence (rows) for every block (columns)."""
        out = np.empty((len(self.evidence), len(next(iter(columns.values())))), np.int32)
        for row, name, cuts in zip(out, self.evidence, self.cuts, strict=True):
            row[:] = columns[name] > cuts if len(cuts) == 1 else cuts.searchsorted(columns[name])
        return out

    def contributions(self, bins: Array) -> Array:
        """Return what each pair (rows) adds to the score of each block (columns), in log-odds."""
        places = bins.take(self.first, axis=0)
        places *= self.widths
        places += bins.take(self.second, axis=0)
        places += self.offsets
        added: Array = self.weights.take(places)
        return added

    def scores(self, bins: Array) -> Array:
        """Return the log-odds of each block; blocks are taken in portions to save memory."""
        portions = range(0, bins.shape[1], _PORTION)
        sums = [self.contributions(bins[:, at : at + _PORTION]).sum(axis=0) for at in portions]
        return np.concatenate(sums)

    def strongest(self, bins: Array) -> list[str]:
        """Name, for each block, the pair of evidence that speaks most against it."""
        portions = range(0, bins.shape[1], _PORTION)
        worst = [self.contributions(bins[:, at : at + _PORTION]).argmin(axis=0) for at in portions]
        return [self._name(pair) for pair in np.concatenate(worst).tolist()] if worst else []

    def _name(self, pair: int) -> str:
        first, second = self.evidence[self.first[pair]], self.evidence[self.second[pair]]
        return first if first == second else f"{first} with {second}"


@cache
def load_table(name: str) -> Table:
    """Return a fitted table of ``rules/dom``. Raises RuleError for a mistake in it."""
    return read_table(rules_folder() / name)


def read_table(file: Path) -> Table:
    """Read a fitted table. Raises RuleError for a mistake in it."""
    try:
        data = msgspec.json.decode(file.read_bytes(), type=TableFile)
    except (OSError, msgspec.DecodeError) as error:
        raise RuleError(file, str(error)) from error
    for pair in data.pairs:
        shape = {len(row) for row in pair.weights}
        rows, columns = len(pair.first_cuts) + 1, len(pair.second_cuts) + 1
        if len(pair.weights) != rows or shape != {columns}:
            name = f"{pair.first} with {pair.second}"
            raise RuleError(file, f"not {rows} rows of {columns}", rule=name, field="weights")
    return make_table(data.pairs)


def make_table(pairs: Sequence[Pair]) -> Table:
    """Return pairs in the common bins of each piece of evidence."""
    every: dict[str, set[float]] = {}
    for pair in pairs:
        every.setdefault(pair.first, set()).update(pair.first_cuts)
        every.setdefault(pair.second, set()).update(pair.second_cuts)
    evidence = sorted(every)
    cuts = {name: np.array(sorted(every[name])) for name in evidence}
    place = {name: number for number, name in enumerate(evidence)}
    offsets, flat, size = [], [], 0
    for pair in pairs:
        offsets.append(size)
        rows = np.searchsorted(pair.first_cuts, [*cuts[pair.first], np.inf])
        columns = np.searchsorted(pair.second_cuts, [*cuts[pair.second], np.inf])
        flat.append(np.array(pair.weights)[rows][:, columns].ravel())
        size += len(flat[-1])
    return Table(
        evidence=tuple(evidence),
        cuts=tuple(cuts[name] for name in evidence),
        first=np.array([place[pair.first] for pair in pairs]),
        second=np.array([place[pair.second] for pair in pairs]),
        widths=np.array([[len(cuts[pair.second]) + 1] for pair in pairs], np.int32),
        offsets=np.array(offsets, np.int32)[:, None],
        weights=np.concatenate(flat).astype(np.float32),
    )


def chances(scores: Array) -> Array:
    """Return probabilities from log-odds."""
    chance: Array = 1 / (1 + np.exp(-scores))
    return chance


def promise(chance: Array, words: Array) -> tuple[float, float]:
    """Return the word F1 that the best choice of blocks promises, and its threshold.

    >>> import numpy as np
    >>> found = promise(np.array([0.9, 0.9, 0.1]), np.array([50, 50, 40]))
    >>> [round(value, 3) for value in found]
    [0.928, 0.64]
    """
    order = np.argsort(-chance, kind="stable")
    kept = np.cumsum(words[order])
    right = np.cumsum((chance * words)[order])
    best = float((2 * right / (kept + right[-1])).max())
    threshold = min(_HIGHEST, _PART * best)
    return best, threshold if chance.max() >= threshold else best / 2


def choose(chance: Array, threshold: float, words: Array, heading: Array) -> Array:
    """Return which blocks stay: those above the threshold, with the headings that lead to them.

    A heading that is not much less likely stays where the text below it stays, and something of
    the three blocks above. A few words that stand alone among dropped blocks go.
    """
    keep: Array = chance >= threshold
    before, after = _near(keep, -1), _near(keep, 1)
    text_below = _below(keep, heading)
    led = heading & (chance >= _HEADING * threshold) & text_below & before
    alone = (words < _FEW_WORDS) & ~before & ~after
    chosen: Array = (keep | led) & ~alone
    return chosen if chosen.any() else keep


def _near(keep: Array, step: int) -> Array:
    """Tell whether any of the three blocks on one side stays."""
    padded = np.concatenate((np.zeros(3, bool), keep, np.zeros(3, bool)))
    size = len(keep)
    found: Array = np.zeros(size, bool)
    for distance in (1, 2, 3):
        start = 3 + step * distance
        found = found | padded[start : start + size]
    return found


def _below(keep: Array, heading: Array) -> Array:
    """Tell whether the first of the next two blocks that is no heading stays."""
    ends = np.concatenate((keep, [False, False]))
    is_heading = np.concatenate((heading, [False, False]))
    size = len(keep)
    below: Array = np.where(is_heading[1 : size + 1], ends[2:], ends[1 : size + 1])
    return below
