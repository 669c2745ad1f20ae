"""Further texts to learn from, made of the shared pages of which there are no shared texts.

Of pages with gold these are the texts of all extractors: rules were written with other pages, so
that weights learn here how much rules leave. Pages without gold give their dumps, labelled by the
article that is found on the page. What the DOM shows of an article is worth more than what its dump
shows, so that it can teach the weighing of lines: in the languages that the texts with gold hardly
have, too. One label in twenty is wrong: the finder's word F1 is 0.94.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from benchmarks.common import Record
from benchmarks.datasets import Page, labels, records
from benchmarks.extractors import available, bs4_dump
from benchmarks.html_pages import SETS, pages
from benchmarks.labels import UNCLEAR, label_by_snippets
from benchmarks.measure import text_lines
from cleaner.edit import apply
from cleaner.page.article import find_article
from cleaner.read.html import read_html

LEAST = 60
"""Words of an article; of shorter ones hardly anything stands out in a dump."""


def page_records() -> Iterator[Record]:
    """Yield the dump by bs4 of each shared page without gold; ``gold`` stays empty."""
    dump = bs4_dump()
    for page in (page for name in SETS for page in pages(name) if not page.gold):
        document = read_html(page.html)
        article = apply(document.text, find_article(document))
        if len(article.split()) >= LEAST:
            text = dump(page.html)
            yield Record(
                id=page.id,
                extractor="bs4",
                language=document.language,
                text=text,
                gold="",
                labels=tuple(_labels(text, page, article)),
                url=page.url,
            )


def rest_records(known: AbstractSet[str]) -> Iterator[Record]:
    """Yield what all extractors make of the shared pages with gold that are not ``known`` by id."""
    rest = (page for name in SETS for page in pages(name) if page.gold and page.id not in known)
    return records(rest, available())


def _labels(text: str, page: Page, article: str) -> Iterator[int]:
    """Label lines by what was found, but by the snippets of the page where these know better."""
    for line, label in zip(
        text_lines(text), labels(text, replace(page, gold=article)), strict=True
    ):
        known = label_by_snippets(line, page.wanted, page.unwanted)
        yield label if known == UNCLEAR else known
