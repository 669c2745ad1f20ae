"""The ten text extractors behind one interface: HTML in, text out.

The settings are those whose texts equal the shared ones, found by comparing them page by page.
"""

# ruff: noqa: PLC0415 - each extractor is imported where it is made, so that any may be missing

from __future__ import annotations

from collections.abc import Callable

from benchmarks.common import EXTRACTORS
from benchmarks.optional import installed

Extractor = Callable[[str], str]
"""The HTML of a page to its text, '' where the extractor finds none."""


def available() -> dict[str, Extractor]:
    """Return the extractors that can be imported; name the others on stderr."""
    return dict(installed({name: _MAKERS[name] for name in EXTRACTORS}, "extractor"))


def bs4_dump() -> Extractor:
    """Return what dumps all text of a page, one string a line. Raises ImportError."""
    from bs4 import BeautifulSoup

    def extract(html: str) -> str:
        soup = BeautifulSoup(html, "lxml")
        for element in soup(["script", "style", "noscript", "template"]):
            element.decompose()
        text: str = (soup.body or soup).get_text("\n", strip=True)
        return text

    return extract


def _html2text() -> Extractor:
    from html2text import HTML2Text

    def extract(html: str) -> str:
        reader = HTML2Text(bodywidth=0)
        reader.ignore_links = reader.ignore_images = True
        text: str = reader.handle(html)
        return text

    return extract


def _inscriptis() -> Extractor:
    from inscriptis import get_text

    extract: Extractor = get_text
    return extract


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def _boilerpy3() -> Extractor:
    from boilerpy3.extractors import ArticleExtractor

    reader = ArticleExtractor(raise_on_failure=False)
    return lambda html: reader.get_content(html) or ""


def _justext() -> Extractor:
    from justext import get_stoplist, get_stoplists, justext

    stoplist = frozenset().union(*map(get_stoplist, get_stoplists()))
    lengths_and_shares = (50, 200, 0.1, 0.2, 0.2, 200)

    def extract(html: str) -> str:
        paragraphs = justext(html, stoplist, *lengths_and_shares, no_headings=True)
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def _readability() -> Extractor:
    from inscriptis import get_text
    from readability import Document

    return lambda html: get_text(Document(html).summary())


def _newspaper4k() -> Extractor:
    from newspaper import fulltext

    return lambda html: fulltext(html) or ""


def _traf(*, recall: bool = False) -> Extractor:
    from trafilatura import extract

    return lambda html: extract(html, favor_recall=recall, include_comments=False) or ""


_MAKERS: dict[str, Callable[[], Extractor]] = {
    "bs4": bs4_dump,
    "html2text": _html2text,
    "inscriptis": _inscriptis,
    "resiliparse": _resiliparse,
    "boilerpy3": _boilerpy3,
    "justext": _justext,
    "readability": _readability,
    "newspaper4k": _newspaper4k,
    "traf": _traf,
    "traf_recall": lambda: _traf(recall=True),
}
