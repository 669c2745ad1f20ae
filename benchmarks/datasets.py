"""Turn a local clone of a public set of pages into labelled texts, in the shared form.

Known sets, by the layout of their repositories (looked up in 2026, in stored listings):

- ``wcxb``: Murrough-Foley/web-content-extraction-benchmark, ``dev`` and ``test``, article pages;
- ``aeb``: scrapinghub/article-extraction-benchmark, ``ground-truth.json`` and ``html``;
- ``trafeval``: adbar/trafilatura, ``tests/evaldata.json`` with pages in ``tests/cache`` and
  ``tests/eval``; it has no gold text but snippets, so most lines stay unclear;
- ``fundus``: flairNLP/fundus, ``tests/resources/parser/test_data``; a page goes with that version
  of its publisher's expected article which it contains best.

- ``pages``: a JSON Lines file of pages with ``id``, ``html``, ``gold``, ``url``, ``title``,
  ``lang``, ``with`` and ``without``, as in ``$CLEANER_DATA/pages``.

What was tried: the readers of clones on small invented trees of these layouts, never on a full
clone; ``pages`` on those files, where for 20 pages of WCXB all ten extractors gave the words of
the shared texts.

Run ``python -m benchmarks.datasets wcxb CLONE -o wcxb.jsonl.gz``.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.common import Record, read_json_lines
from benchmarks.extractors import Extractor, available
from benchmarks.labels import gold_index, label_by_snippets, label_line
from benchmarks.measure import text_lines
from cleaner.errors import CleanerError, InputError
from cleaner.gold import words
from cleaner.read.language import guess_language

CONTAINED = 0.5
"""Share of an expected article's words that a page must have to be taken for its page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and its gold text or, where there is none, snippets of content and residue."""

    id: str
    html: str
    url: str | None = None
    title: str | None = None
    gold: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    language: str | None = None


class _PageRecord(msgspec.Struct, rename={"wanted": "with", "unwanted": "without"}):
    id: str
    html: str
    lang: str
    gold: str | None = None
    url: str | None = None
    title: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert one clone; return 2 where it cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        pages = islice(READERS[options.set](options.clone), options.sample)
        count = write_records(options.output, records(pages, available()))
    except CleanerError as error:
        print(f"datasets: {error}", file=sys.stderr)
        return 2
    print(f"{count} texts in {options.output}")
    return 0


def records(pages: Iterable[Page], extractors: Mapping[str, Extractor]) -> Iterator[Record]:
    """Yield what each extractor makes of each page, labelled; texts without words are left out.

    An extractor that fails on a page is named on stderr and left out there.
    """
    for page in pages:
        language = page.language or guess_language(page.gold or " ".join(page.wanted))
        for name, extract in extractors.items():
            try:
                text = extract(page.html)
            except Exception as error:  # extractors raise anything on broken pages
                print(f"{page.id}: {name}: {error!r}", file=sys.stderr)
                continue
            if words(text):
                yield Record(
                    id=page.id,
                    extractor=name,
                    language=language,
                    text=text,
                    gold=page.gold,
                    labels=tuple(labels(text, page)),
                    url=page.url,
                    title=page.title,
                )


def labels(text: str, page: Page) -> list[int]:
    """Label each non-blank line of a page's text."""
    if page.gold:
        gold = gold_index(page.gold, page.title)
        return [label_line(line, gold) for line in text_lines(text)]
    return [label_by_snippets(line, page.wanted, page.unwanted) for line in text_lines(text)]


def write_records(path: Path, found: Iterable[Record]) -> int:
    """Write records as JSON Lines, gzipped where the name ends in ``.gz``; return how many."""
    encode = msgspec.json.Encoder().encode
    with gzip.open(path, "wb") if path.suffix == ".gz" else path.open("wb") as file:
        return sum(1 for record in found if file.write(encode(record) + b"\n"))


def read_wcxb(clone: Path) -> Iterator[Page]:
    """Read the article pages of the development and test parts."""
    for part in ("dev", "test"):
        for path in _files(clone, f"{part}/ground-truth/*.json"):
            data = _json(path)
            if data["_internal"]["page_type"]["primary"] != "article":
                continue
            truth = data["ground_truth"]
            yield Page(
                id=f"wcxb-{part}/{path.stem}",
                html=_html(clone / part / "html" / f"{path.stem}.html.gz"),
                url=data["url"],
                title=truth["title"],
                gold=truth["main_content"],
                language="en",
            )


def read_aeb(clone: Path) -> Iterator[Page]:
    """Read the article extraction benchmark; its ids are cut to twelve digits."""
    for name, truth in _json(clone / "ground-truth.json").items():
        yield Page(
            id=f"aeb/{name[:12]}",
            html=_html(clone / "html" / f"{name}.html.gz"),
            url=truth.get("url"),
            gold=truth["articleBody"],
        )


def read_trafeval(clone: Path) -> Iterator[Page]:
    """Read the pages of trafilatura's evaluation that are in the clone."""
    tests = clone / "tests"
    for url, truth in _json(tests / "evaldata.json").items():
        places = [tests / folder / truth["file"] for folder in ("cache", "eval")]
        for path in filter(Path.is_file, places):
            yield Page(
                id=f"trafeval/{truth['file']}",
                html=_html(path),
                url=url,
                wanted=tuple(truth["with"]),
                unwanted=tuple(truth["without"]),
            )
            break


def read_fundus(clone: Path) -> Iterator[Page]:
    """Read the pages of fundus' parser tests for which an expected article is found."""
    root = clone / "tests" / "resources" / "parser" / "test_data"
    for path in _files(root, "*/*.html.gz"):
        name = path.name.removesuffix(".html.gz")
        expected = path.with_name(f"{name.partition('_')[0]}.json")
        if not expected.is_file():
            continue
        html = _html(path)
        article = _contained_article(html, _json(expected).values())
        if article is not None:
            yield Page(
                id=f"fundus/{path.parent.name}/{name}",
                html=html,
                title=article.get("title"),
                gold=_article_text(article["body"]),
            )


def read_pages(path: Path) -> Iterator[Page]:
    """Read a file of pages; those whose ``gold`` is null have snippets."""
    for record in read_json_lines(path, _PageRecord):
        yield Page(
            id=record.id,
            html=record.html,
            url=record.url,
            title=record.title,
            gold=record.gold or "",
            wanted=record.wanted,
            unwanted=record.unwanted,
            language=record.lang,
        )


READERS: dict[str, Callable[[Path], Iterator[Page]]] = {
    "wcxb": read_wcxb,
    "aeb": read_aeb,
    "trafeval": read_trafeval,
    "fundus": read_fundus,
    "pages": read_pages,
}


def _contained_article(
    html: str, articles: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    page = set(words(html))

    def contained(article: Mapping[str, Any]) -> float:
        own = set(words(_article_text(article["body"])))
        return len(own & page) / len(own) if own else 0.0

    best = max((article for article in articles if article.get("body")), key=contained)
    return best if contained(best) >= CONTAINED else None


def _article_text(body: Mapping[str, Any]) -> str:
    sections = body["sections"]
    parts = [*body["summary"]]
    for section in sections:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n\n".join(parts)


def _files(root: Path, pattern: str) -> list[Path]:
    return sorted(root.glob(pattern))


def _json(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{path}: {error}") from error
    return data


def _html(path: Path) -> str:
    from trafilatura.utils import decode_file  # noqa: PLC0415 - 0.6 s to import

    try:
        text: str = decode_file(
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        )
    except OSError as error:
        raise InputError(f"{path}: {error}") from error
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.datasets", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("set", choices=sorted(READERS))
    parser.add_argument("clone", type=Path, help="the cloned repository, or the file of pages")
    parser.add_argument("-o", "--output", type=Path, required=True, help=".jsonl or .jsonl.gz")
    parser.add_argument("--sample", type=int, metavar="N", help="only the first N pages")
    return parser


if __name__ == "__main__":
    sys.exit(main())
