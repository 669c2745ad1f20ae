"""Measure how well and how fast articles are found on pages, beside other extractors.

Every extractor gets the same pages in the same run, page by page in shuffled turns, so that a busy
machine slows all alike. Accuracy is each set's own: ``wcxb`` word F1, macro-averaged over
pages, with the 4-gram F1 of the article extraction benchmark beside it; ``fundus`` word F1, also by
language; ``trafeval`` F1 over snippets that belong in and out. Speed is pages a second of processor
time on one core. Peak memory is that of a fresh process for each extractor which reads the fundus
pages.

``cleaner auto`` and ``cleaner blocks`` are the whole of ``clean``; ``article auto`` and so on stop
where the article is found, which is what the others do. The tables that weigh blocks are fitted on
these pages, so each page is scored by tables that have not seen its site: those that
``python -m benchmarks.fit_blocks --folds DIRECTORY`` wrote (20 minutes; ``--folds`` names the
directory here). Without them the tables of the package are used, and flatter it.

Last comes how much the clean text of a page is like the clean text of its dump by bs4: word F1.

Extractors that are not installed are named and left out; rs-trafilatura and magic-html are always
(``benchmarks.html_extractors`` says why).

Run ``python -m benchmarks.html [--folds DIRECTORY] [--sample N] [--only NAME,...] [--json FILE]
[--plot FILE]`` with ``CLEANER_DATA`` set.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest import mock

from benchmarks.common import data_directory
from benchmarks.datasets import Page
from benchmarks.extractors import bs4_dump
from benchmarks.html_extractors import MAKERS, Extract, attempt, available
from benchmarks.html_pages import (
    FOLDS,
    SETS,
    Score,
    fold_of,
    four_gram_f1,
    group_by,
    pages,
    score_texts,
    word_f1,
)
from cleaner import Cleaner
from cleaner.errors import CleanerError
from cleaner.gold.table import fixed_table
from cleaner.page import article
from cleaner.page.finder import read_table

_FEW: Final = 5
"""Pages that each extractor sees before the clock runs: imports and tables load late."""
_WORDS: Final = 200
"""Words that trafilatura must find on a page for an empty answer to count as a failure."""
_FOLD = [0]
"""The fold of the page that is being read, set by ``turn_to``."""


@dataclass
class Result:
    """What one extractor reached: scores by set, word F1 by language, seconds, pages."""

    name: str
    scores: dict[str, Score] = field(default_factory=dict)
    languages: dict[str, Score] = field(default_factory=dict)
    four_gram: float = 0.0
    seconds: float = 0.0
    pages: int = 0
    empty: int = 0
    failed: int = 0
    peak_mb: float = 0.0

    @property
    def speed(self) -> float:
        """Pages a second of processor time."""
        return self.pages / self.seconds if self.seconds else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; write JSON and the plot where asked."""
    options = _parser().parse_args(arguments)
    try:
        data_directory()
    except CleanerError as error:
        print(f"html: {error}", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    chosen = options.only.split(",") if options.only else list(MAKERS)
    extractors = available(chosen)
    sets = options.sets.split(",")
    with tables_of(options.folds):
        results = measure(extractors, sets, options.sample)
        likeness = {name: agreement(name, options.sample) for name in sets}
    for result in results:
        result.peak_mb = peak_memory(result.name)
    print(f"Tables: {'not fitted on the site' if options.folds else 'of the package'}")
    print(table(results))
    print(language_table(results))
    for name, score in likeness.items():
        print(f"{name}: the page and its dump by bs4 clean to texts with word F1 {score:.4f}")
    if options.json:
        options.json.write_text(json.dumps([_record(r) for r in results], indent=1) + "\n", "utf-8")
    if options.plot:
        plot(results, options.plot)
    return 0


def measure(
    extractors: dict[str, Extract], sets: Sequence[str], sample: int | None
) -> list[Result]:
    """Run every extractor on every page of the sets."""
    results = {name: Result(name) for name in extractors}
    for name in sets:
        found = list(pages(name, sample))
        for extract in extractors.values():
            for page in found[:_FEW]:
                attempt(extract, page.html)
        texts: dict[str, list[tuple[Page, str]]] = {name: [] for name in extractors}
        for place, page in enumerate(found):
            # Who sees a page first, or after a slow one, is a little slower.
            turns = random.Random(place).sample([*extractors.items()], len(extractors))
            for label, extract in turns:
                turn_to(fold_of(page))
                start = time.process_time()
                text = attempt(extract, page.html)
                results[label].seconds += time.process_time() - start
                results[label].pages += 1
                results[label].failed += text is None
                texts[label].append((page, text or ""))
        _score(name, texts, results)
    return list(results.values())


def _score(name: str, texts: dict[str, list[tuple[Page, str]]], results: dict[str, Result]) -> None:
    reference = dict(enumerate(text for _, text in texts.get("trafilatura", [])))
    for label, made in texts.items():
        result = results[label]
        result.scores[name] = score_texts(made)
        result.empty += sum(
            not text.strip() and len(reference.get(place, "").split()) >= _WORDS
            for place, (_, text) in enumerate(made)
        )
        if name == "wcxb":
            gold = [(page, text) for page, text in made if page.gold]
            result.four_gram = sum(four_gram_f1(t, p.gold) for p, t in gold) / max(len(gold), 1)
        if name == "fundus":
            groups = group_by(made, lambda page: page.language or "?")
            result.languages = {key: score_texts(group) for key, group in groups.items()}


def peak_memory(name: str) -> float:
    """Return the peak resident memory, in MB, of a fresh process that reads the fundus pages."""
    file = data_directory() / "pages" / SETS["fundus"]
    command = [sys.executable, "-m", "benchmarks.html_extractors", name, str(file)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def turn_to(fold: int) -> None:
    """Let ``tables_of`` give the tables of a fold from now on."""
    _FOLD[0] = fold


@contextmanager
def tables_of(folder: Path | None) -> Iterator[None]:
    """Let each page be weighed by the tables of its fold; without a folder, by the package's."""
    if folder is None:
        yield
        return
    files = [[folder / f"{fold}-{file}" for file in article.TABLES] for fold in range(FOLDS)]
    tables = [tuple(map(read_table, pair)) for pair in files]
    with mock.patch.object(article, "shipped_tables", side_effect=lambda: tables[_FOLD[0]]):
        yield


def agreement(name: str, sample: int | None) -> float:
    """Return the mean word F1 between clean texts of pages and of their dumps by bs4."""
    cleaner, dump = Cleaner(), bs4_dump()
    scores = []
    for page in pages(name, sample):
        turn_to(fold_of(page))
        text = cleaner.clean(page.html, "html").text
        scores.append(word_f1(cleaner.clean(dump(page.html), "text").text, text))
    return sum(scores) / len(scores)


def table(results: Sequence[Result]) -> str:
    """Return scores and speed, one extractor a row."""
    header = ["extractor"]
    sets = [name for name in SETS if any(name in r.scores for r in results)]
    for name in sets:
        header += [f"{name} P", "R", "F1"]
    header += ["4-gram", "pages/s", "x traf", "empty", "failed", "peak MB"]
    base = next((r.speed for r in results if r.name == "trafilatura"), 0.0)
    rows = []
    for result in results:
        row = [result.name]
        for name in sets:
            score = result.scores[name]
            row += [f"{score.precision:.4f}", f"{score.recall:.4f}", f"{score.f1:.4f}"]
        row += [f"{result.four_gram:.4f}", f"{result.speed:.1f}"]
        row += [f"{result.speed / base:.2f}" if base else "-", str(result.empty)]
        row += [str(result.failed), f"{result.peak_mb:.0f}" if result.peak_mb else "-"]
        rows.append(row)
    return fixed_table(header, rows)


def language_table(results: Sequence[Result]) -> str:
    """Return word F1 on the fundus pages by language, one language a row."""
    languages = sorted({key for result in results for key in result.languages})
    if not languages:
        return ""
    rows = [
        [key, str(max(r.languages[key].pages for r in results))]
        + [f"{r.languages[key].f1:.4f}" for r in results]
        for key in languages
    ]
    return fixed_table(["language", "pages", *(r.name for r in results)], rows)


def plot(results: Sequence[Result], path: Path) -> None:
    """Draw word F1 on the WCXB pages against pages a second, on a logarithmic axis.

    What stops where the article is found is left out: it would hide the whole of ``clean``.
    """
    import matplotlib as mpl  # noqa: PLC0415 - optional

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(8, 5))
    shown = [result for result in results if not result.name.startswith("article")]
    for place, result in enumerate(sorted(shown, key=lambda r: r.scores["wcxb"].f1)):
        own = result.name.startswith("cleaner")
        point = (result.speed, result.scores["wcxb"].f1)
        axes.scatter(*point, s=60, c="tab:red" if own else "tab:gray")
        axes.annotate(
            result.name,
            point,
            textcoords="offset points",
            xytext=(-7, 4) if place % 2 else (7, -8),  # neighbours in height on either side
            ha="right" if place % 2 else "left",
            fontsize=9,
            weight="bold" if own else "normal",
        )
    axes.set_xscale("log")
    axes.set_xlabel("pages a second, one core")
    axes.set_ylabel("word F1, WCXB article pages")
    axes.set_title("Finding the article: accuracy against speed")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.margins(x=0.25, y=0.08)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


def _record(result: Result) -> dict[str, Any]:
    return asdict(result) | {"speed": round(result.speed, 1)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="pages of each set")
    parser.add_argument("--sets", default=",".join(SETS), help="names of sets, with commas")
    parser.add_argument("--only", help="names of extractors, with commas")
    parser.add_argument("--folds", type=Path, help="directory of the tables of folds")
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    parser.add_argument("--plot", type=Path, help="image to write accuracy against speed to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
