"""Fit the weights by which `cleaner.find.weigh` finds residue lines, and show what they reach.

    CLEANER_DATA=... python -m benchmarks.fit_lines [--models stumps,pairs,trees] [--write]

Learns from the labelled texts, from what extractors make of the other pages with gold, and from
dumps of pages without, labelled by the article found on them.
Prints, for each group of extractors, the percentage of residue words removed at several
percentages of content words lost, on sites that the weights were not fitted on: for additive
stumps, for tables of pairs of evidence, and for boosted trees, which no person could read and
which are there to compare. ``--transfer`` fits tables on one collection and tries them on the
others. ``--write`` puts first weights, tables and limits into ``rules/any/lines.json``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from benchmarks.common import Selection, data_directory, read_records, text_files
from benchmarks.line_model import (
    BUDGETS,
    CLEARED,
    MODELS,
    SHARES,
    TAKEN,
    Flags,
    Floats,
    answers,
    cross_validate,
    fit,
    fit_screen,
    grids_of,
    importance,
    kinds_of,
    limits,
    strongest_pairs,
    write,
)
from benchmarks.line_pages import page_records, rest_records
from benchmarks.line_tables import Table, Text, by_fold, gather, lexicons, read_texts, tally
from cleaner.errors import CleanerError
from cleaner.find.weigh import FILE

LOSSES = {"full": (1.0, 1.5, 2.5), "loose": (0.3, 0.8, 1.0), "tight": (0.1, 0.3, 0.4, 1.0)}


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
    parts = sorted(set(source.tolist()))
    for part in ("all", *parts) if len(parts) > 1 else parts:
        cells = []
        for key, losses in LOSSES.items():
            lines = (group == key) & ((source == part) | (part == "all"))
            values = reached(scores, table, lines, losses)
            at = (f"{value:.1f}@{loss}" for value, loss in zip(values, losses, strict=True))
            cells.append(" ".join([key, *at]))
        print(f"{name:8}{part:10}" + " | ".join(cells), flush=True)


def report_levels(
    scores: Floats, table: Table, texts: Sequence[Text], kinds: Sequence[str]
) -> None:
    """Print what the limits do: residue removed / content lost by group, gold left whole."""
    chosen = limits(scores, table, kinds)
    group = np.where(table.checked, np.array([text.group for text in texts])[table.text], "")
    never = dict.fromkeys(BUDGETS["dump"], 10**6)
    for confidence in BUDGETS["dump"]:
        by_text = [chosen.get(kind, never)[confidence] / 100 for kind in kinds]
        taken = scores >= np.array(by_text)[table.text]
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


def transfer(texts: Sequence[Text], pairs: Sequence[tuple[int, ...]]) -> None:
    """Fit tables on each collection alone and print what they reach on the others."""
    for source in sorted({text.source for text in texts}):
        unseen = by_fold([text for text in texts if text.source == source])
        table = gather(texts, unseen)
        other = np.array([text.source != source for text in texts])[table.text]
        booster = fit(table, importance(table, texts), ~other, "pairs", pairs)
        unknown = Table(*(column[other] for column in vars(table).values()))
        scores: Floats = np.asarray(booster.predict(unknown.values, raw_score=True))
        print(f"fitted on {source} only:")
        report("pairs", scores, unknown, texts)


def settle(
    table: Table, texts: Sequence[Text], scores: Floats, pairs: Sequence[tuple[int, ...]]
) -> None:
    """Fit tables on everything, choose screen and limits by cross-validated scores, and write."""
    everything = np.ones(len(table.labels), bool)
    start, grids = grids_of(fit(table, importance(table, texts), everything, "pairs", pairs), table)
    least, screen = fit_screen(table, scores)
    passed = answers(least, screen, table)
    tight = np.array([text.group == "tight" for text in texts])[table.text]
    print(
        f"screen passes {100 * np.mean(passed[tight]):.1f} % of tight; "
        f"{len(screen)} and {len(grids)} tables"
    )
    scores = np.where(table.taken, TAKEN, np.where(passed, scores, CLEARED))
    kinds = kinds_of(scores, table, texts)
    report_levels(scores, table, texts, kinds)
    chosen = {"limits": limits(scores, table, kinds), "least": least, "screen": screen}
    write(start, grids, lexicons(tally(texts), {text.site for text in texts}), chosen)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--models", default="pairs", help="of " + ",".join(MODELS))
    parser.add_argument("--transfer", action="store_true", help="fit on one collection, try others")
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    try:
        records = list(read_records(text_files(data_directory()), Selection()))
        rest = rest_records({record.id for record in records})
        texts = read_texts(chain(records, rest, page_records()))
    except CleanerError as error:
        print(f"fit_lines: {error}", file=sys.stderr)
        return 2
    table = gather(texts, by_fold(texts))
    weight = importance(table, texts)
    print(f"{len(texts)} texts, {len(table.labels)} lines, {time.monotonic() - begun:.0f} s")
    pairs = strongest_pairs(fit(table, weight, np.ones(len(table.labels), bool), "pairs"))
    for model in options.models.split(","):
        allowed = pairs if model == "pairs" else []
        scores = cross_validate(table, weight, [text.fold for text in texts], model, allowed)
        report(model, scores, table, texts)
        if options.write and model == "pairs":
            settle(table, texts, scores, pairs)
    if options.transfer:
        transfer(texts, pairs)
    print(f"{time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
