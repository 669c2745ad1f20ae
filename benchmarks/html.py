"""Measure how well and how fast articles are found on pages, beside other extractors.

Every extractor gets the same pages in the same run, page by page in turn, so that a busy machine
slows all alike. Accuracy is each set's own: ``wcxb`` word F1, macro-averaged over pages, with the
4-gram F1 of the article extraction benchmark beside it; ``fundus`` word F1, also by language;
``trafeval`` F1 over snippets that belong in and out. Speed is pages a second of processor time on
one core. Peak memory is measured in a fresh process for each extractor.

The finder's tables are fitted on the shared pages, so its scores here flatter it; what it reaches
on sites that it has not seen is printed by ``benchmarks.fit_blocks``.

Run ``python -m benchmarks.html [--sample N] [--only NAME,...] [--memory] [--json FILE]
[--plot FILE]`` with ``CLEANER_DATA`` set; extractors that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.common import data_directory
from benchmarks.datasets import Page, read_pages
from benchmarks.html_pages import (
    SETS,
    Score,
    four_gram_f1,
    group_by,
    pages,
    score_texts,
)
from cleaner.gold.table import fixed_table

Extract = Callable[[str], str]
_FEW: Final = 5
"""Pages that each extractor sees before the clock runs: imports and tables load late."""
_WORDS: Final = 200
"""Words that trafilatura must find on a page for an empty answer to count as a failure."""


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
    logging.disable(logging.CRITICAL)
    chosen = options.only.split(",") if options.only else list(_MAKERS)
    extractors = installed(chosen)
    results = measure(extractors, options.sets.split(","), options.sample)
    if options.memory:
        for result in results:
            result.peak_mb = peak_memory(result.name, options.sample)
    print(table(results))
    print(language_table(results))
    if options.json:
        options.json.write_text(json.dumps([_record(r) for r in results], indent=1) + "\n", "utf-8")
    if options.plot:
        plot(results, options.plot)
    return 0


def installed(names: Sequence[str]) -> dict[str, Extract]:
    """Return the extractors that can be imported; name the others on stderr."""
    found: dict[str, Extract] = {}
    for name in names:
        try:
            found[name] = _MAKERS[name]()
        except ImportError as error:
            print(f"{name} skipped: {error}", file=sys.stderr)
    return found


def measure(
    extractors: dict[str, Extract], sets: Sequence[str], sample: int | None
) -> list[Result]:
    """Run every extractor on every page of the sets."""
    results = {name: Result(name) for name in extractors}
    for name in sets:
        found = list(pages(name, sample))
        for extract in extractors.values():
            for page in found[:_FEW]:
                _try(extract, page.html)
        texts: dict[str, list[tuple[Page, str]]] = {name: [] for name in extractors}
        for page in found:
            for label, extract in extractors.items():
                start = time.process_time()
                text = _try(extract, page.html)
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


def peak_memory(name: str, sample: int | None) -> float:
    """Return the peak resident memory, in MB, of a fresh process that reads the fundus pages."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_peak, (name, sample))


def _peak(name: str, sample: int | None) -> float:
    logging.disable(logging.CRITICAL)
    extract = _MAKERS[name]()
    for page in islice(read_pages(data_directory() / "pages" / SETS["fundus"]), sample):
        _try(extract, page.html)
    # Not ru_maxrss: a process that was forked starts with its parent's.
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _try(extract: Extract, html: str) -> str | None:
    try:
        return extract(html)
    except Exception:  # extractors raise anything on broken pages
        return None


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
    """Draw word F1 on the WCXB pages against pages a second, on a logarithmic axis."""
    import matplotlib as mpl  # noqa: PLC0415 - optional

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(8, 5))
    for place, result in enumerate(sorted(results, key=lambda r: r.scores["wcxb"].f1)):
        own = result.name.startswith("cleaner")
        point = (result.speed, result.scores["wcxb"].f1)
        axes.scatter(*point, s=60, c="tab:red" if own else "tab:gray")
        axes.annotate(
            result.name,
            point,
            textcoords="offset points",
            xytext=(-7, 4) if place % 2 else (7, 4),  # neighbours in height on either side
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


def _cleaner(extractor: str) -> Extract:
    from cleaner.edit import apply  # noqa: PLC0415 - as the others: loaded when chosen
    from cleaner.page.article import find_article  # noqa: PLC0415
    from cleaner.read.html import read_html  # noqa: PLC0415

    def extract(html: str) -> str:
        document = read_html(html)
        return apply(document.text, find_article(document, extractor))

    return extract


def _trafilatura(**settings: Any) -> Extract:
    from trafilatura import extract  # noqa: PLC0415

    return lambda html: extract(html, **settings) or ""


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return lambda html: str(extract_plain_text(html, main_content=True))


def _readability() -> Extract:
    from html_text import extract_text  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    return lambda html: str(extract_text(Document(html).summary()))


def _newspaper() -> Extract:
    from newspaper import fulltext  # noqa: PLC0415

    return lambda html: fulltext(html) or ""


def _justext() -> Extract:
    from justext import get_stoplist, get_stoplists, justext  # noqa: PLC0415

    stoplist = frozenset().union(*map(get_stoplist, get_stoplists()))
    return lambda html: "\n".join(
        part.text for part in justext(html, stoplist) if not part.is_boilerplate
    )


def _boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor  # noqa: PLC0415

    reader = ArticleExtractor(raise_on_failure=False)
    return lambda html: reader.get_content(html) or ""


def _html_text() -> Extract:
    from html_text import extract_text  # noqa: PLC0415

    return lambda html: str(extract_text(html))


_MAKERS: dict[str, Callable[[], Extract]] = {
    "cleaner auto": lambda: _cleaner("auto"),
    "cleaner blocks": lambda: _cleaner("blocks"),
    "cleaner trafilatura": lambda: _cleaner("trafilatura"),
    "trafilatura": _trafilatura,
    "trafilatura fast": lambda: _trafilatura(fast=True),
    "trafilatura precision": lambda: _trafilatura(favor_precision=True),
    "trafilatura no comments": lambda: _trafilatura(include_comments=False),
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "jusText": _justext,
    "boilerpy3": _boilerpy,
    "html-text": _html_text,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="pages of each set")
    parser.add_argument("--sets", default=",".join(SETS), help="names of sets, with commas")
    parser.add_argument("--only", help="names of extractors, with commas")
    parser.add_argument("--memory", action="store_true", help="measure peak memory too")
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    parser.add_argument("--plot", type=Path, help="image to write accuracy against speed to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
