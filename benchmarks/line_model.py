"""Fit tables of evidence, the screen and the limits, for `benchmarks.fit_lines`."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import lightgbm
import numpy as np

from benchmarks.line_tables import Table, Text
from cleaner.find.evidence import GLANCE, NAMES
from cleaner.find.survey import Lexicon
from cleaner.find.weigh import DUMP, FILE, kind_of

Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

COMMON = {
    "objective": "binary",
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}
# Thresholds drawn at random (extra_trees) smooth the tables and carry better to other sites.
STEPS = {"min_data_in_leaf": 100, "extra_trees": True}
MODELS: dict[str, tuple[int, dict[str, Any]]] = {
    "stumps": (600, {"num_leaves": 2, "learning_rate": 0.3, **STEPS}),
    "pairs": (900, {"num_leaves": 3, "learning_rate": 0.2, **STEPS}),
    "trees": (100, {"num_leaves": 31, "learning_rate": 0.16, **STEPS}),
}
PAIRS = 150
"""Pairs of evidence that the tables may hold: those that a first, free fit gains most from."""
SHARES = {"full": 1.0, "loose": 1.0, "tight": 1.0, "gold": 0.5}
"""Weight of each group in the fit."""
UNCHECKED = 0.3
"""Weight of a line whose label comes from what was found on the page, beside one from gold."""
SCREEN: tuple[int, dict[str, Any]] = (60, {"num_leaves": 3, "learning_rate": 0.4, **STEPS})
SCREEN_FINDS = 0.5
"""The screen is fitted to find residue that scores more; log odds."""
SCREEN_WEIGHT = 8.0
"""Weight of a word of that residue beside a line of anything else."""
SCREEN_KEEPS = 0.94
"""Share of that residue, by words, that passes the screen in texts that are no dumps."""
CLEARED = -99.0
"""Score of a line that is not weighed."""
TAKEN = 99.0
"""Score of a line that a rule takes."""
BUDGETS = {
    "dump": {"certain": 0.3, "likely": 2.0, "unsure": 3.5},
    "article": {"certain": 0.03, "likely": 0.25, "unsure": 0.8},
    "stained": {"certain": 0.15, "likely": 1.2, "unsure": 3.0},
    "doubtful": {"certain": 0.1, "likely": 2.0, "unsure": 4.0},
}
"""Percentage of content words that may be lost, by kind of document and confidence."""
ABOUT = (
    "Made by benchmarks/fit_lines.py. Weights are log odds of residue, in screen, tables, start, "
    "least and limits hundredths of them. What the screen gives less than least is cleared."
)


@dataclass
class Grid:
    """The trees of a model over the same one or two pieces of evidence, and their sum."""

    of: tuple[int, ...]
    trees: list[dict[str, Any]] = field(default_factory=list)
    edges: tuple[list[float], list[float]] = ([], [])
    weights: Floats = field(default_factory=lambda: np.zeros((1, 1)))

    def of_lines(self, table: Table) -> Floats:
        """Return what the grid says of each line."""
        cells = [
            np.searchsorted(np.array(edges, np.float64), table.values[:, name].astype(np.float64))
            for name, edges in zip((self.of[0], self.of[-1]), self.edges, strict=True)
        ]
        found: Floats = self.weights[cells[0], cells[1]]
        return found


def importance(table: Table, texts: Sequence[Text]) -> Floats:
    """Weigh lines for the fit: by words to the power .7, the groups of extractors by SHARES."""
    weight: Floats = np.minimum(table.words, 80) ** 0.7 * np.where(table.checked, 1.0, UNCHECKED)
    group = np.array([text.group for text in texts])[table.text]
    for name, share in SHARES.items():
        lines = (group == name) & (table.labels >= 0)
        weight[lines] *= share * 1e5 / max(1.0, weight[lines].sum())
    return weight


def fit(
    table: Table, weight: Floats, lines: Flags, model: str, pairs: Sequence[tuple[int, ...]] = ()
) -> lightgbm.Booster:
    """Fit a model of MODELS to some lines; given ``pairs``, only these meet in a tree."""
    rounds, options = MODELS[model]
    lines = lines & (table.labels >= 0)
    if pairs:
        alone = set(range(len(NAMES))) - {name for pair in pairs for name in pair}
        sets = [list(pair) for pair in pairs] + [[name] for name in sorted(alone)]
        options = options | {"interaction_constraints": sets}
    data = lightgbm.Dataset(table.values[lines], table.labels[lines] == 0, weight=weight[lines])
    return lightgbm.train(COMMON | options, data, rounds)


def strongest_pairs(booster: lightgbm.Booster) -> list[tuple[int, ...]]:
    """Return the PAIRS pairs of evidence whose meeting in trees of three leaves gained most."""
    gains: Counter[tuple[int, ...]] = Counter()
    for tree in trees_of(booster):
        names = sorted({node["split_feature"] for node in splits(tree)})
        if len(names) == 2:
            gains[tuple(names)] += min(node["split_gain"] for node in splits(tree))
    return [pair for pair, _ in gains.most_common(PAIRS)]


def cross_validate(
    table: Table, weight: Floats, folds: Sequence[int], model: str, pairs: Sequence[tuple[int, ...]]
) -> Floats:
    """Score every line by a model that was fitted on the other folds."""
    fold = np.array(folds)[table.text]
    scores = np.zeros(len(fold))
    for number in sorted(set(folds)):
        booster = fit(table, weight, fold != number, model, pairs)
        scores[fold == number] = booster.predict(table.values[fold == number], raw_score=True)
    return scores


def trees_of(booster: lightgbm.Booster) -> Iterator[dict[str, Any]]:
    """Yield the root of each tree that has a split."""
    for tree in booster.dump_model()["tree_info"]:
        if "split_feature" in tree["tree_structure"]:
            yield tree["tree_structure"]


def splits(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the splits of a tree."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if "split_feature" in node:
            yield node
            todo += node["left_child"], node["right_child"]


def grids_of(booster: lightgbm.Booster, table: Table) -> tuple[float, list[Grid]]:
    """Sum trees over the same evidence up to grids that weigh nothing on average, widest first.

    Returns the sum of the averages, and the grids.
    """
    grids: dict[tuple[int, ...], Grid] = {}
    for tree in trees_of(booster):
        names = tuple(sorted({node["split_feature"] for node in splits(tree)}))
        grids.setdefault(names, Grid(names)).trees.append(tree)
    start = 0.0
    spread: dict[tuple[int, ...], float] = {}
    for names, grid in grids.items():
        limits: defaultdict[int, set[float]] = defaultdict(set)
        for node in (node for tree in grid.trees for node in splits(tree)):
            limits[node["split_feature"]].add(rounded(node["threshold"]))
        first, second = sorted(limits[names[0]]), sorted(limits[names[-1]])
        grid.edges = (first, second if len(names) == 2 else [])
        points = [[*edges, (edges or [0.0])[-1] + 1.0] for edges in grid.edges]
        grid.weights = np.array(
            [
                [sum(leaf(tree, names, (a, b)) for tree in grid.trees) for b in points[1]]
                for a in points[0]
            ]
        )
        said = grid.of_lines(table)
        grid.weights -= said.mean()
        start += float(said.mean())
        spread[names] = float(said.std())
    return start, [grids[names] for names in sorted(grids, key=lambda n: -spread[n])]


def leaf(tree: dict[str, Any], names: tuple[int, ...], point: tuple[float, float]) -> float:
    """Return the leaf that a point, of one or two pieces of evidence, falls into."""
    node = tree
    while "split_feature" in node:
        value = point[0] if node["split_feature"] == names[0] else point[1]
        node = node["left_child" if value <= rounded(node["threshold"]) else "right_child"]
    found: float = node["leaf_value"]
    return found


def rounded(limit: float) -> float:
    """Return a limit in four digits."""
    return float(f"{limit:.4g}")


def fit_screen(table: Table, scores: Floats) -> tuple[int, list[Grid]]:
    """Fit tables over a glance at lines that let SCREEN_KEEPS of what is found pass.

    They are fitted to texts that are no dumps, and to lines that no rule hits: those always pass.
    Returns the least score that passes, in hundredths, and the tables.
    """
    rounds, options = SCREEN
    values = table.values[:, : len(GLANCE)]
    lines = (table.labels >= 0) & (column(table, "document short lines") <= DUMP) & table.weighed
    found = lines & (table.labels == 0) & (scores > SCREEN_FINDS)
    unhit = lines & (column(table, "rule hits") == 0)
    weight = np.where(found, SCREEN_WEIGHT * np.minimum(table.words, 80), 1.0)[unhit]
    data = lightgbm.Dataset(values[unhit], found[unhit], weight=weight)
    _, grids = grids_of(lightgbm.train(COMMON | options, data, rounds), table)
    given = screened(grids, table)[found & unhit]
    words = table.words[found & unhit]
    order = np.argsort(-given)
    passed = np.cumsum(words[order])
    return int(given[order][np.searchsorted(passed, SCREEN_KEEPS * passed[-1])]), grids


def screened(screen: Sequence[Grid], table: Table) -> Floats:
    """Return what the tables of the screen say of each line, in hundredths."""
    said: Floats = np.sum([np.rint(100 * grid.of_lines(table)) for grid in screen], axis=0)
    return said


def column(table: Table, name: str) -> Floats:
    """Return one piece of evidence of all lines."""
    return table.values[:, NAMES.index(name)].astype(np.float64)


def answers(least: int, screen: Sequence[Grid], table: Table) -> Flags:
    """Tell for each line whether it is weighed."""
    passed: Flags = screened(screen, table) >= least
    return (passed | (column(table, "rule hits") > 0)) & table.weighed


def limits(scores: Floats, table: Table, kinds: Sequence[str]) -> dict[str, dict[str, int]]:
    """Choose the limit of each confidence, in hundredths, that keeps to the BUDGETS."""
    kind = np.array(kinds)[table.text]
    chosen: dict[str, dict[str, int]] = {}
    for name, budgets in BUDGETS.items():
        content = (kind == name) & (table.labels == 1) & ~table.taken & table.checked
        order = np.argsort(-scores[content])
        lost = 100 * np.cumsum(table.words[content][order]) / table.words[content].sum()
        ranked = scores[content][order]
        chosen[name] = {
            confidence: int(100 * ranked[np.searchsorted(lost, budget, side="right")]) + 1
            for confidence, budget in budgets.items()
        }
    return chosen


def kinds_of(scores: Floats, table: Table, texts: Sequence[Text]) -> list[str]:
    """Tell the kind of every text, as `weigh` does."""
    ends = np.searchsorted(table.text, np.arange(len(texts) + 1))
    return [
        kind_of(table.words[a:b], np.flatnonzero(scores[a:b] > 0).tolist())
        for a, b in pairwise(ends)
    ]


def write(
    start: float, grids: Sequence[Grid], first: Mapping[str, Lexicon], chosen: dict[str, Any]
) -> None:
    """Write the data file: one table a line, the widest first."""
    common = next(iter(first.values()))
    shapes = {"".join(f"{part:x}" for part in key): by for key, by in common.shapes.items()}
    tables = {"screen": chosen.pop("screen"), "tables": grids}
    fields: dict[str, Any] = {"about": ABOUT, **chosen, "start": round(100 * start)}
    fields |= {"shapes": shapes, "hits": common.hits}
    fields["lexicons"] = {
        name: {part: getattr(own, part) for part in ("words", "long_words", "leads")}
        for name, own in first.items()
    }
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items()]
    for name, own in tables.items():
        rows = ",\n".join(json.dumps(as_data(grid)) for grid in own)
        lines.append(f'"{name}": [\n{rows}\n]')
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def as_data(grid: Grid) -> dict[str, Any]:
    """Return a grid as it is written, its weights in hundredths."""
    weights = np.rint(100 * grid.weights).astype(int).tolist()
    return {"of": [NAMES[name] for name in grid.of], "limits": grid.edges, "weights": weights}
