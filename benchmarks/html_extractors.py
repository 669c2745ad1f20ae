"""Extractors of articles from pages, and the memory that each takes.

Nothing heavy is imported before an extractor is made, so that ``python -m
benchmarks.html_extractors NAME FILE`` prints what this one takes: the peak resident memory, in MB,
of the process that has read all pages of a file with it.
"""

# ruff: noqa: PLC0415 - each extractor is imported where it is made, so that any may be missing

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.optional import installed

Extract = Callable[[str], str]
"""The HTML of a page to the text of its article."""

ABSENT: Final = {
    "rs-trafilatura": "comes as source only, and its build fetches further sources",
    "magic-html": "needs Python 3.12 and later",
}
"""Extractors that could not be installed here, and why."""


def main(name: str, file: str) -> int:
    """Print the peak memory of one extractor on a file of pages, JSON Lines, gzipped."""
    logging.disable(logging.CRITICAL)
    extract = MAKERS[name]()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            attempt(extract, json.loads(line)["html"])
    # Not ru_maxrss: where a process is forked, that begins with its parent's.
    status = Path("/proc/self/status").read_text("utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
    return 0


def available(names: list[str]) -> dict[str, Extract]:
    """Return the extractors that can be imported; name the others on stderr."""
    found = dict(installed({name: MAKERS[name] for name in names}))
    for name, reason in ABSENT.items():
        print(f"{name} skipped: {reason}", file=sys.stderr)
    return found


def attempt(extract: Extract, html: str) -> str | None:
    """Return the text of a page, or None where the extractor fails."""
    try:
        return extract(html)
    except Exception:  # extractors raise anything on broken pages
        return None


def _cleaner(extractor: str) -> Extract:
    from cleaner import Cleaner

    cleaner = Cleaner(extractor=extractor)
    return lambda html: cleaner.clean(html, "html").text


def _article(extractor: str) -> Extract:
    from cleaner.edit import apply
    from cleaner.page.article import find_article
    from cleaner.read.html import read_html

    def extract(html: str) -> str:
        document = read_html(html)
        return apply(document.text, find_article(document, extractor))

    return extract


def _trafilatura(**settings: Any) -> Extract:
    from trafilatura import extract

    return lambda html: extract(html, **settings) or ""


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True))


def _readability() -> Extract:
    from html_text import extract_text
    from readability import Document

    return lambda html: str(extract_text(Document(html).summary()))


def _newspaper() -> Extract:
    from newspaper import fulltext

    return lambda html: fulltext(html) or ""


def _justext() -> Extract:
    from justext import get_stoplist, get_stoplists, justext

    stoplist = frozenset().union(*map(get_stoplist, get_stoplists()))
    return lambda html: "\n".join(
        part.text for part in justext(html, stoplist) if not part.is_boilerplate
    )


def _boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor

    reader = ArticleExtractor(raise_on_failure=False)
    return lambda html: reader.get_content(html) or ""


def _html_text() -> Extract:
    from html_text import extract_text

    return lambda html: str(extract_text(html))


MAKERS: dict[str, Callable[[], Extract]] = {
    "cleaner auto": lambda: _cleaner("auto"),
    "cleaner blocks": lambda: _cleaner("blocks"),
    "article auto": lambda: _article("auto"),
    "article blocks": lambda: _article("blocks"),
    "article trafilatura": lambda: _article("trafilatura"),
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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
