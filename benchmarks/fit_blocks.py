"""Fit the tables that find the article among a page's blocks: ``rules/dom/blocks*.json``.

Reads the pages in ``$CLEANER_DATA/pages``, labels their blocks by aligning them with the gold text
(or by the snippets that belong in and out), cross-validates by site, and prints for each set of
pages what the readable table of pairs reaches, and boosted trees beside it. Then it fits the pairs
on all pages and writes the tables: one on the evidence of the DOM alone, one with trafilatura's
answer as further evidence.

With ``--folds DIRECTORY`` it also writes, for each part of the sites, the tables that have not seen
them, which ``benchmarks.html`` scores pages by.

Run ``python -m benchmarks.fit_blocks [--trees] [--write] [--folds DIRECTORY] [--sample N]``; needs
lightgbm.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from benchmarks.common import data_directory
from benchmarks.datasets import Page as SharedPage
from benchmarks.html_labels import share_in_gold
from benchmarks.html_pages import FOLDS, SETS, fold_of, pages, score_texts
from cleaner.errors import CleanerError
from cleaner.gold import words
from cleaner.page.article import TABLES
from cleaner.page.cues import rules_folder
from cleaner.page.evidence import Evidence
from cleaner.page.finder import Pair, TableFile, chances, choose, make_table, promise
from cleaner.page.model import Page
from cleaner.page.second_opinion import answer_columns, ask_trafilatura
from cleaner.read.html import read_html

PAIRS: Final = {
    "objective": "cross_entropy", "num_leaves": 4, "max_depth": 2, "learning_rate": 0.1,
    "min_data_in_leaf": 40, "min_sum_hessian_in_leaf": 5, "lambda_l2": 5, "max_bin": 63,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "seed": 1,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
PAIR_ROUNDS: Final = 700
MOST_PAIRS: Final = 300
TREES: Final = PAIRS | {"num_leaves": 31, "max_depth": -1, "learning_rate": 0.08}
TREE_ROUNDS: Final = 300
# A block weighs its share of the page's article in words; this many words are added to its own,
# so that headings count, and no block weighs more than this share.
EXTRA_WORDS: Final = 1.5
HIGHEST_SHARE: Final = 0.3
SNIPPETS: Final = 1.5  # what the snippets of a page weigh together
DIGITS: Final = 3  # of weights in the file
ABOUT: Final = (
    "Weights of pairs of evidence for a block of a page being part of the article, in log-odds; "
    "fitted by benchmarks/fit_blocks.py."
)

Array = Any


@dataclass(frozen=True)
class Case:
    """A page with what is known of its blocks.

    ``evidence`` has a row a block; ``target`` is the share of each block that belongs to the
    article and ``weight`` what an error costs; ``fold`` is the part that its site falls in.
    """

    page: SharedPage
    name: str
    lines: list[str]
    words: Array
    heading: Array
    evidence: Array
    target: Array
    weight: Array
    fold: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print cross-validated scores and, when asked, write the tables."""
    options = _parser().parse_args(arguments)
    try:
        data_directory()
    except CleanerError as error:
        print(f"fit_blocks: {error}", file=sys.stderr)
        return 2
    columns, cases = read_cases(options.sample)
    alone = [place for place, name in enumerate(columns) if not name.startswith("answer")]
    for file, chosen in zip(TABLES, (alone, list(range(len(columns)))), strict=True):
        folds = fit_folds(cases, chosen, columns)
        _report(f"pairs, {file}", cases, weigh(folds, cases, columns))
        if options.trees:
            _report(f"trees, {file}", cases, cross_validate_trees(cases, chosen))
        if options.folds:
            for fold, pairs in enumerate(folds):
                write_table(options.folds / f"{fold}-{file}", pairs)
        if options.write:
            write_table(rules_folder() / file, fit_table(cases, chosen, columns))
    return 0


def read_cases(sample: int | None) -> tuple[list[str], list[Case]]:
    """Return the names of the evidence, and the pages of all sets with any text in them."""
    columns: list[str] = []
    cases = []
    for name in SETS:
        for page in pages(name, sample):
            document = read_html(page.html)
            if not document.segments:
                print(f"{page.id}: no text", file=sys.stderr)
                continue
            assert isinstance(document.dom, Page)
            evidence = Evidence(document.dom)
            lines = evidence.lines
            answer = ask_trafilatura(document.dom)
            table = evidence.columns | answer_columns(lines, answer, evidence.words)
            columns = list(table)
            target, weight = _labels(page, lines)
            matrix = np.stack([np.asarray(c, np.float32) for c in table.values()], axis=1)
            known = evidence.words, evidence.heading
            cases.append(Case(page, name, lines, *known, matrix, target, weight, fold_of(page)))
    return columns, cases


def fit(cases: Sequence[Case], columns: list[int], settings: dict[str, Any], rounds: int) -> Any:
    """Return a boosted model of some columns of the evidence."""
    import lightgbm  # noqa: PLC0415 - not installed everywhere

    rows = np.concatenate([case.evidence[:, columns] for case in cases])
    target = np.concatenate([case.target for case in cases])
    weight = np.concatenate([case.weight for case in cases])
    known = weight > 0
    data = lightgbm.Dataset(rows[known], target[known], weight=weight[known] * 1000)
    return lightgbm.train(settings, data, rounds)


def fit_table(cases: Sequence[Case], columns: list[int], names: list[str]) -> list[Pair]:
    """Return the table of some columns of the evidence: only the strongest pairs of it meet."""
    chosen = [names[column] for column in columns]
    allowed = strong_pairs(fit(cases, columns, PAIRS, PAIR_ROUNDS // 2), chosen)
    model = fit(cases, columns, PAIRS | {"interaction_constraints": allowed}, PAIR_ROUNDS)
    return pairs_of(model, chosen)


def fit_folds(cases: Sequence[Case], columns: list[int], names: list[str]) -> list[list[Pair]]:
    """Return for each fold a table that has not seen its sites."""
    return [
        fit_table([case for case in cases if case.fold != fold], columns, names)
        for fold in range(FOLDS)
    ]


def weigh(folds: Sequence[list[Pair]], cases: Sequence[Case], names: list[str]) -> list[Array]:
    """Return for each page the chances of its blocks by the table of its fold."""
    tables = [make_table(pairs) for pairs in folds]
    found = []
    for case in cases:
        table, columns = tables[case.fold], dict(zip(names, case.evidence.T, strict=True))
        found.append(chances(table.scores(table.bins(columns))))
    return found


def cross_validate_trees(cases: Sequence[Case], columns: list[int]) -> list[Array]:
    """Return for each page the chances of its blocks by boosted trees of the other folds."""
    models = [
        fit([case for case in cases if case.fold != fold], columns, TREES, TREE_ROUNDS)
        for fold in range(FOLDS)
    ]
    return [
        chances(models[case.fold].predict(case.evidence[:, columns], raw_score=True))
        for case in cases
    ]


def pairs_of(model: Any, names: list[str]) -> list[Pair]:
    """Return the sum of boosted trees of depth two as one table for each pair of evidence.

    Each half of a tree asks about one more piece of evidence than the root: it is a table of
    these two, zero on the other side of the root.
    """
    steps: dict[tuple[str, str], list[_Step]] = {}
    for step in _steps(model, names):
        first, second = sorted((step.root, step.child))
        steps.setdefault((first, second), []).append(step)
    return [_table(first, second, found) for (first, second), found in sorted(steps.items())]


@dataclass(frozen=True)
class _Step:
    """``low`` up to a cut of the child's evidence, ``high`` above, on one side of the root's."""

    root: str
    root_cut: float
    above: bool
    child: str
    child_cut: float
    low: float
    high: float
    gain: float = 0.0


def _steps(model: Any, names: list[str]) -> Iterator[_Step]:
    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        if "split_feature" not in root:
            value = root["leaf_value"]
            yield _Step(names[0], 0.0, False, names[0], 0.0, value, value)
            yield _Step(names[0], 0.0, True, names[0], 0.0, value, value)
            continue
        name, cut = names[root["split_feature"]], root["threshold"]
        for above, branch in ((False, root["left_child"]), (True, root["right_child"])):
            if "split_feature" in branch:
                yield _Step(
                    name,
                    cut,
                    above,
                    names[branch["split_feature"]],
                    branch["threshold"],
                    branch["left_child"]["leaf_value"],
                    branch["right_child"]["leaf_value"],
                    branch["split_gain"],
                )
            else:
                yield _Step(name, cut, above, name, cut, branch["leaf_value"], branch["leaf_value"])


def _table(first: str, second: str, steps: Sequence[_Step]) -> Pair:
    cuts: dict[str, set[float]] = {first: set(), second: set()}
    for step in steps:
        cuts[step.root].add(step.root_cut)
        cuts[step.child].add(step.child_cut)
    tops = {name: np.array([*sorted(found), np.inf]) for name, found in cuts.items()}
    alone = first == second
    weights = np.zeros((len(tops[first]), 1 if alone else len(tops[second])))
    for step in steps:
        side = (tops[step.root] > step.root_cut) == step.above
        value = np.where(tops[step.child] <= step.child_cut, step.low, step.high)
        if alone:
            weights[:, 0] += side * value
        elif step.root == first:
            weights += np.outer(side, value)
        else:
            weights += np.outer(value, side)
    columns = [] if alone else tops[second][:-1].tolist()
    return Pair(first, tops[first][:-1].tolist(), second, columns, weights.round(DIGITS).tolist())


def strong_pairs(model: Any, names: list[str]) -> list[list[int]]:
    """Return the pairs of evidence that gained most, as column numbers."""
    gains: dict[tuple[str, str], float] = {}
    for step in _steps(model, names):
        first, second = sorted((step.root, step.child))
        gains[first, second] = gains.get((first, second), 0.0) + step.gain
    best = sorted(gains, key=lambda pair: -gains[pair])[:MOST_PAIRS]
    return [sorted({names.index(first), names.index(second)}) for first, second in best]


def write_table(file: Path, pairs: Sequence[Pair]) -> None:
    """Write a table of pairs, one a line, those that decide most first."""
    ranked = sorted(pairs, key=lambda pair: -float(np.ptp(pair.weights)))
    lines = [msgspec.json.encode(pair).decode() for pair in ranked]
    body = ",\n".join(lines)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'{{"about": "{ABOUT}", "pairs": [\n{body}\n]}}\n', "utf-8")
    msgspec.json.decode(file.read_bytes(), type=TableFile)
    print(f"{file}: {len(pairs)} pairs, {file.stat().st_size:,} bytes")


def _labels(page: SharedPage, lines: list[str]) -> tuple[Array, Array]:
    """Return what part of each block belongs to the article, and what an error costs."""
    if page.gold:
        target = np.array(share_in_gold(lines, page.gold))
        size = np.array([len(words(line)) for line in lines])
        article = max(float(size[target >= 0.5].sum()), 50.0)
        weight = np.minimum((size + EXTRA_WORDS) / article, HIGHEST_SHARE)
        return target, np.where(size > 0, weight, 0.0005)
    target, weight = np.zeros(len(lines)), np.zeros(len(lines))
    each = SNIPPETS / max(len(page.wanted) + len(page.unwanted), 1)
    for snippets, value in ((page.unwanted, 0.0), (page.wanted, 1.0)):
        for place, line in enumerate(lines):
            if any(snippet in line for snippet in snippets):
                target[place], weight[place] = value, each
    return target, weight


def _report(label: str, cases: Sequence[Case], found: Sequence[Array]) -> None:
    texts: dict[str, list[tuple[SharedPage, str]]] = {}
    for case, chance in zip(cases, found, strict=True):
        _, threshold = promise(chance, case.words)
        keep = choose(chance, threshold, case.words, case.heading)
        kept = [line for line, stays in zip(case.lines, keep, strict=True) if stays]
        texts.setdefault(case.name, []).append((case.page, "\n".join(kept)))
    for name, made in texts.items():
        score = score_texts(made)
        print(f"{label:34} {name:9} P {score.precision:.4f} R {score.recall:.4f} F {score.f1:.4f}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trees", action="store_true", help="fit boosted trees beside the pairs")
    parser.add_argument("--write", action="store_true", help="write the tables to rules/dom")
    parser.add_argument("--folds", type=Path, help="directory to write the tables of folds to")
    parser.add_argument("--sample", type=int, help="pages of each set")
    return parser


if __name__ == "__main__":
    sys.exit(main())
