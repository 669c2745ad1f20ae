"""The shared sets of pages, and each set's own measure of an extracted text."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from benchmarks.common import data_directory
from benchmarks.datasets import Page, read_pages
from cleaner.gold import overlap, word_counts, words

SETS: Final = {
    "wcxb": "wcxb-dev-articles.jsonl.gz",
    "fundus": "fundus-even.jsonl.gz",
    "trafeval": "trafilatura-eval.jsonl.gz",
}


FOLDS: Final = 5
"""Parts of the sites; what is measured on one is fitted on the others."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of a set, each 0 to 1.

    Where pages have a gold text these are means over pages of words, lower-cased, as multisets.
    Else a snippet that is found counts as right when it belongs in, as wrong when not, over all
    pages together, as in trafilatura's own evaluation.
    """

    precision: float
    recall: float
    f1: float
    pages: int


def pages(name: str, sample: int | None = None) -> Iterator[Page]:
    """Yield the pages of a set, or a sample spread over it."""
    found = list(read_pages(data_directory() / "pages" / SETS[name]))
    step = max(len(found) // sample, 1) if sample else 1
    yield from islice(found, 0, None, step)


def host(page: Page) -> str:
    """Return the site of a page, without ``www.``; its id where the address is not known."""
    return (urlsplit(page.url or "").hostname or page.id).removeprefix("www.")


def fold_of(page: Page) -> int:
    """Return the part that the site of a page falls in."""
    return zlib.crc32(host(page).encode()) % FOLDS


def score_texts(texts: Sequence[tuple[Page, str]]) -> Score:
    """Score what was made of the pages of one set by the measure of that set."""
    gold = [(page, text) for page, text in texts if page.gold]
    return _by_words(gold) if gold else _by_snippets(texts)


def word_f1(text: str, gold: str) -> float:
    """Return the word F1 of a text, 0 to 1."""
    return overlap(word_counts(text), word_counts(gold)).f1


def group_by(
    texts: Iterable[tuple[Page, str]], key: Callable[[Page], str]
) -> dict[str, list[tuple[Page, str]]]:
    """Return pages and texts by a key of the page, keys sorted."""
    groups: dict[str, list[tuple[Page, str]]] = {}
    for page, text in texts:
        groups.setdefault(key(page), []).append((page, text))
    return dict(sorted(groups.items()))


def four_gram_f1(text: str, gold: str) -> float:
    """Return the F1 of four-word runs, as in the article extraction benchmark, 0 to 1."""
    found, wanted = _runs(text), _runs(gold)
    return overlap(found, wanted).f1


def _runs(text: str) -> Counter[str]:
    found = words(text)
    return Counter(" ".join(found[i : i + 4]) for i in range(max(len(found) - 3, 1)))


def _by_words(texts: Sequence[tuple[Page, str]]) -> Score:
    found = [overlap(word_counts(text), word_counts(page.gold)) for page, text in texts]
    size = len(found)
    return Score(
        sum(one.precision for one in found) / size,
        sum(one.recall for one in found) / size,
        sum(one.f1 for one in found) / size,
        size,
    )


def _by_snippets(texts: Sequence[tuple[Page, str]]) -> Score:
    right = sum(snippet in text for page, text in texts for snippet in page.wanted)
    wrong = sum(snippet in text for page, text in texts for snippet in page.unwanted)
    wanted = sum(len(page.wanted) for page, _ in texts)
    return Score(
        right / max(right + wrong, 1),
        right / max(wanted, 1),
        2 * right / max(wanted + right + wrong, 1),
        len(texts),
    )
