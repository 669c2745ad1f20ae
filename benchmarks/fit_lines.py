"""Fit the weights by which `cleaner.find.weigh` finds residue lines, and show what they reach.

    CLEANER_DATA=... python -m benchmarks.fit_lines [--models stumps,pairs,trees] [--write]

Prints, for each group of extractors, the percentage of residue words removed at several
percentages of content words lost, on sites that the weights were not fitted on: for additive
stumps and for pairs of evidence (what a readable table can hold), and for trees. ``--transfer``
fits on one collection and tries on the other. ``--write`` puts first weights, trees and limits
into ``rules/any/lines.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import lightgbm
import numpy as np

from benchmarks.common import Selection, data_directory, read_records, text_files
from benchmarks.line_tables import Table, Text, by_fold, gather, lexicon, read_texts, tally
from cleaner.errors import CleanerError
from cleaner.find.evidence import GLANCE, NAMES, VOCABULARY
from cleaner.find.survey import Lexicon
from cleaner.find.weigh import FILE, kind_of

Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

LOSSES = {"full": (1.0, 1.5, 2.5), "loose": (0.3, 0.8, 1.0), "tight": (0.1, 0.3, 0.4, 1.0)}
SHARES = {"full": 1.0, "loose": 1.0, "tight": 1.0, "gold": 0.5}
"""Weight of each group in the fit."""
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
MODELS: dict[str, tuple[int, dict[str, Any]]] = {
    "stumps": (600, {"num_leaves": 2, "learning_rate": 0.15, "min_data_in_leaf": 100}),
    "pairs": (600, {"num_leaves": 3, "learning_rate": 0.12, "min_data_in_leaf": 100}),
    "trees": (
        100,
        {"num_leaves": 31, "learning_rate": 0.16, "min_data_in_leaf": 200, "extra_trees": True},
    ),
}
SCREEN = {
    "num_leaves": 64,
    "learning_rate": 1.0,
    "min_data_in_leaf": 200,
    "feature_fraction": 1.0,
    "bagging_fraction": 1.0,
}
SCREEN_FINDS = 0.5
"""The screen is fitted to find residue that scores more; log odds."""
SCREEN_WEIGHT = 8.0
"""Weight of a word of that residue beside a line of anything else."""
SCREEN_KEEPS = 0.94
"""Share of that residue, by words, that passes the screen in texts that are no dumps."""
EARLY, EARLY_KEEPS = 30, 0.975
"""A line is given up after so many trees when so much of what is found has scored more by then."""
CLEARED = -99.0
"""Score of a line that the screen cleared."""
ABOUT = (
    "Made by benchmarks/fit_lines.py. Weights are log odds of residue; limits and trees are in "
    "hundredths of them. A tree is [evidence, limit, at most, above, mean]; evidence of the "
    "screen is that of a glance."
)
BUDGETS = {
    "dump": {"certain": 0.3, "likely": 1.5, "unsure": 3.0},
    "article": {"certain": 0.03, "likely": 0.15, "unsure": 0.5},
    "stained": {"certain": 0.15, "likely": 0.9, "unsure": 1.6},
    "doubtful": {"certain": 0.1, "likely": 0.5, "unsure": 2.0},
}
"""Percentage of content words that may be lost, by kind of document and confidence."""


def importance(table: Table, texts: Sequence[Text]) -> Floats:
    """Weigh lines for the fit: by words to the power .7, the groups of extractors by SHARES."""
    weight: Floats = np.minimum(table.words, 80) ** 0.7
    group = np.array([text.group for text in texts])[table.text]
    for name, share in SHARES.items():
        lines = (group == name) & (table.labels >= 0)
        weight[lines] *= share * 1e5 / max(1.0, weight[lines].sum())
    return weight


def fit(table: Table, weight: Floats, lines: Flags, model: str) -> lightgbm.Booster:
    """Fit a model of MODELS to some lines: EARLY trees that do without vocabulary, then others."""
    rounds, options = MODELS[model]
    lines = lines & (table.labels >= 0)
    labels = table.labels[lines] == 0
    values = table.values[lines]
    late = values.copy()
    values[:, -len(VOCABULARY) :] = 0
    booster = None
    for some, count in ((values, EARLY), (late, rounds - EARLY)):
        data = lightgbm.Dataset(some, labels, weight=weight[lines])
        booster = lightgbm.train(COMMON | options, data, count, init_model=booster)
    assert booster
    return booster


def cross_validate(table: Table, weight: Floats, folds: Sequence[int], model: str) -> Floats:
    """Score every line by a model that was fitted on the other folds."""
    fold = np.array(folds)[table.text]
    scores = np.zeros(len(fold))
    for number in sorted(set(folds)):
        booster = fit(table, weight, fold != number, model)
        scores[fold == number] = booster.predict(table.values[fold == number], raw_score=True)
    return scores


def reached(scores: Floats, table: Table, lines: Flags, losses: Iterable[float]) -> list[float]:
    """Return the percentage of residue words removed where content loses each percentage."""
    lines = lines & (table.labels >= 0)
    order = np.argsort(-scores[lines], kind="stable")
    labels, words = table.labels[lines][order], table.words[lines][order]
    lost = 100 * np.cumsum(words * (labels == 1)) / max(1, words[labels == 1].sum())
    taken = 100 * np.cumsum(words * (labels == 0)) / max(1, words[labels == 0].sum())
    places = [int(np.searchsorted(lost, loss, side="right")) - 1 for loss in losses]
    return [float(taken[place]) if place >= 0 else 0.0 for place in places]


def report(name: str, scores: Floats, table: Table, texts: Sequence[Text]) -> None:
    """Print what a model reached, by group and by collection: removed@lost, in percent."""
    group = np.array([text.group for text in texts])[table.text]
    source = np.array([text.source for text in texts])[table.text]
    for part in ("all", *sorted(set(source.tolist()))):
        cells = []
        for key, losses in LOSSES.items():
            lines = (group == key) & ((source == part) | (part == "all"))
            values = reached(scores, table, lines, losses)
            cells += [
                " ".join([key, *(f"{v:.1f}@{x}" for v, x in zip(values, losses, strict=True))])
            ]
        print(f"{name:8}{part:10}" + " | ".join(cells), flush=True)


def limits(scores: Floats, table: Table, kinds: Sequence[str]) -> dict[str, dict[str, int]]:
    """Choose the limit of each confidence, in hundredths, that keeps to the BUDGETS."""
    kind = np.array(kinds)[table.text]
    chosen: dict[str, dict[str, int]] = {}
    for name, budgets in BUDGETS.items():
        content = (kind == name) & (table.labels == 1)
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
        kind_of(table.words[a:b].tolist(), dict(enumerate((100 * scores[a:b]).tolist())))
        for a, b in pairwise(ends)
    ]


def report_levels(
    scores: Floats, table: Table, texts: Sequence[Text], kinds: Sequence[str]
) -> None:
    """Print what the limits do: residue removed / content lost by group, gold left whole."""
    chosen = limits(scores, table, kinds)
    group = np.array([text.group for text in texts])[table.text]
    for confidence in BUDGETS["dump"]:
        never = {confidence: 10**6}
        by_text = [chosen.get(kind, never)[confidence] / 100 for kind in kinds]
        limit = np.array(by_text)[table.text]
        taken = scores >= limit
        cells = []
        for key in SHARES:
            shares = [
                100 * table.words[taken & lines].sum() / max(1, table.words[lines].sum())
                for lines in ((group == key) & (table.labels == label) for label in (0, 1))
            ]
            cells.append(f"{key} {shares[0]:.1f} / {shares[1]:.2f}")
        touched = {int(number) for number in table.text[taken & (group == "gold")]}
        whole = [i not in touched for i, text in enumerate(texts) if text.extractor == "gold"]
        print(f"{confidence:10}" + " | ".join(cells) + f" | gold whole {100 * np.mean(whole):.1f}")


def fit_screen(table: Table, scores: Floats) -> list[Any] | int:
    """Fit one tree over a glance at lines that lets SCREEN_KEEPS of what is found pass.

    It is fitted to texts that are no dumps, and to lines that no rule hits: those always pass.
    """
    columns = [NAMES.index(name) for name in GLANCE]
    short = table.values[:, NAMES.index("document short lines")]
    lines = (table.labels >= 0) & (short <= 0.4)
    found = lines & (table.labels == 0) & (scores > SCREEN_FINDS)
    unhit = lines & (table.values[:, NAMES.index("rule hits")] == 0)
    weight = np.where(found, SCREEN_WEIGHT * np.minimum(table.words, 80), 1.0)[unhit]
    data = lightgbm.Dataset(table.values[unhit][:, columns], found[unhit], weight=weight)
    booster = lightgbm.train(COMMON | SCREEN, data, 1)
    given: Floats = np.asarray(booster.predict(table.values[found][:, columns], raw_score=True))
    order = np.argsort(-given)
    passed = np.cumsum(table.words[found][order])
    limit = given[order][np.searchsorted(passed, SCREEN_KEEPS * passed[-1])]
    return as_choice(booster.dump_model()["tree_info"][0]["tree_structure"], float(limit) - 1e-9)


def as_choice(node: dict[str, Any], limit: float) -> list[Any] | int:
    """Turn a tree into one that answers 1 from a limit on, else 0; equal branches are one."""
    if "leaf_value" in node:
        return int(node["leaf_value"] >= limit)
    below = [as_choice(node[side], limit) for side in ("left_child", "right_child")]
    if below[0] == below[1]:
        return below[0]
    return [node["split_feature"], float(f"{node['threshold']:.4g}"), *below, 0]


def answers(screen: list[Any] | int, table: Table) -> Flags:
    """Tell for each line whether it passes the screen."""
    rows = table.values[:, [NAMES.index(name) for name in GLANCE]].astype(float)

    def walk(node: list[Any] | int, lines: Numbers) -> None:
        if isinstance(node, int):
            passed[lines] = bool(node)
            return
        left = rows[lines, node[0]] <= node[1]
        walk(node[2], lines[left])
        walk(node[3], lines[~left])

    passed: Flags = np.zeros(len(rows), bool)
    walk(screen, np.arange(len(rows)))
    return passed | (table.values[:, NAMES.index("rule hits")] > 0)


def early_limit(booster: lightgbm.Booster, table: Table, limit: float) -> int:
    """Return what EARLY trees must give, in hundredths, for EARLY_KEEPS of what is found."""
    final: Floats = np.asarray(booster.predict(table.values, raw_score=True))
    part: Floats = np.asarray(booster.predict(table.values, raw_score=True, num_iteration=EARLY))
    found = (final >= limit) & (table.labels == 0)
    order = np.argsort(-part[found])
    passed = np.cumsum(table.words[found][order])
    return round(100 * float(part[found][order][np.searchsorted(passed, EARLY_KEEPS * passed[-1])]))


def to_tree(node: dict[str, Any]) -> list[Any] | int:
    """Turn a node of LightGBM's dump into the nested list that `cleaner.find.weigh` reads."""
    if "leaf_value" in node:
        leaf: float = node["leaf_value"]
        return round(100 * leaf)
    limit = float(f"{node['threshold']:.4g}")
    below = [to_tree(node["left_child"]), to_tree(node["right_child"])]
    return [node["split_feature"], limit, *below, round(100 * node["internal_value"])]


def write(booster: lightgbm.Booster, first: Lexicon, fields: dict[str, Any]) -> None:
    """Write the data file: one tree a line."""
    trees = [to_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    tables = ("hits", "words", "long_words", "leads")
    fields = {
        "about": ABOUT,
        "evidence": NAMES,
        "glance": GLANCE,
        **fields,
        "shapes": {"".join(f"{part:x}" for part in key): by for key, by in first.shapes.items()},
        **{name: getattr(first, name) for name in tables},
    }
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items()]
    rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    text = "{\n" + ",\n".join(lines) + f',\n"trees": [\n{rows}\n]\n}}\n'
    FILE.write_text(text, encoding="utf-8")


def write_all(table: Table, texts: Sequence[Text], scores: Floats, model: str) -> None:
    """Fit on everything, and choose screen and limits by cross-validated scores."""
    weight = importance(table, texts)
    booster = fit(table, weight, np.ones(len(table.labels), bool), model)
    screen = fit_screen(table, scores)
    passed = answers(screen, table)
    print(
        f"screen passes {100 * np.mean(passed[np.isin(table.text, tight(texts))]):.1f} % of tight"
    )
    scores = np.where(passed, scores, CLEARED)
    kinds = kinds_of(scores, table, texts)
    chosen = limits(scores, table, kinds)
    report_levels(scores, table, texts, kinds)
    least = min(limit["unsure"] for limit in chosen.values()) / 100
    early = [EARLY, early_limit(booster, table, least)]
    fields = {"limits": chosen, "screen": screen, "early": early}
    write(booster, lexicon(tally(texts), {text.site for text in texts}), fields)


def tight(texts: Sequence[Text]) -> list[int]:
    """Return the indices of the texts of tight extractors."""
    return [index for index, text in enumerate(texts) if text.group == "tight"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--models", default="trees", help="of " + ",".join(MODELS))
    parser.add_argument("--transfer", action="store_true", help="fit on one collection, try others")
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    try:
        texts = read_texts(read_records(text_files(data_directory()), Selection()))
    except CleanerError as error:
        print(f"fit_lines: {error}", file=sys.stderr)
        return 2
    table = gather(texts, by_fold(texts))
    weight = importance(table, texts)
    print(f"{len(texts)} texts, {len(table.labels)} lines, {time.monotonic() - begun:.0f} s")
    for model in options.models.split(","):
        scores = cross_validate(table, weight, [text.fold for text in texts], model)
        report(model, scores, table, texts)
    if options.transfer:
        transfer(texts, model)
    if options.write:
        write_all(table, texts, scores, model)
    print(f"{time.monotonic() - begun:.0f} s")
    return 0


def transfer(texts: Sequence[Text], model: str) -> None:
    """Fit on each collection alone and print what that reaches on the others."""
    for source in sorted({text.source for text in texts}):
        unseen = by_fold([text for text in texts if text.source == source])
        table = gather(texts, unseen)
        other = np.array([text.source != source for text in texts])[table.text]
        booster = fit(table, importance(table, texts), ~other, model)
        scores = np.where(other, booster.predict(table.values, raw_score=True), -99.0)
        print(f"fitted on {source} only:")
        report(model, scores, table, texts)


if __name__ == "__main__":
    sys.exit(main())
