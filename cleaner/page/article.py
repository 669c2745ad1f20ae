"""Which blocks of a page are the article, and the removal of all others.

>>> from cleaner.read.html import read_html
>>> page = read_html("<nav><a href=/>Home</a></nav><p>" + "The river rose, and fell. " * 9)
>>> [(d.original, d.rule, d.category) for d in find_article(page, "blocks")]
[('Home', 'dom-navigation', 'navigation')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

import numpy as np

from cleaner.errors import ConfigError
from cleaner.page.cues import CueBook, Rule, load_cues, verdicts
from cleaner.page.evidence import Array, Evidence
from cleaner.page.finder import Table, chances, choose, load_table, promise
from cleaner.page.model import Page
from cleaner.page.second_opinion import answer_columns, ask_trafilatura, can_ask, in_answer
from cleaner.types import Decision, Document

Extractor = Literal["auto", "blocks", "trafilatura"]
EXTRACTORS: Final = ("auto", "blocks", "trafilatura")

# ``auto`` asks trafilatura where the word F1 that the scores promise is lower than this: on 1 % of
# the WCXB pages, none of fundus, 3 % of trafilatura's own. Cross-validated, an answer where the
# promise is lower is worth 0.07 F1 on a page, from there to 0.85 a third of that.
SURE: Final = 0.7
# Code points. Above this ``auto`` does not ask: an answer takes 0.04 s and more there.
MOST_ASKED: Final = 200_000
# Blocks less likely than this part of the threshold are certain not to be the article.
_CERTAIN: Final = 0.3
# Share of a block's words that must be in trafilatura's answer.
_HALF: Final = 0.5
# Words of an article; in one with fewer, what stays may be a teaser over the story itself.
_STORY: Final = 40
TABLES: Final = ("blocks.json", "blocks-answer.json")
OUTSIDE: Final = "dom-outside-article"
# A dropped block is named for the first of these cues that it has; the rest are evidence only.
_NAMING: Final = (
    "dom-comments", "dom-cookie", "dom-caption", "dom-newsletter", "dom-share", "dom-author",
    "dom-related", "dom-advertising", "dom-form", "dom-tags", "dom-navigation", "dom-footer",
    "dom-popup", "dom-sidebar",
)  # fmt: skip


class _Choice(NamedTuple):
    """Which blocks stay, how sure each verdict is, and what was asked."""

    keep: Array
    certain: Array
    why: Callable[[list[int]], list[str]]  # the reason for dropping each of some blocks


def find_article(
    document: Document, extractor: str = "auto", book: CueBook | None = None
) -> list[Decision]:
    """Propose the removal of every block of a page that is not part of its article.

    ``extractor`` is ``blocks`` for the native finder, ``trafilatura`` for that library, ``auto``
    for the former with the latter's answer as further evidence where the former is unsure. Spans
    run from the start of the first block of a run to the end of the last. Documents that are not
    pages give no decisions. Raises ConfigError for an unknown extractor.
    """
    if extractor not in EXTRACTORS:
        raise ConfigError(f"extractor {extractor!r} is none of {', '.join(EXTRACTORS)}")
    page = document.dom
    if not isinstance(page, Page) or not len(page):
        return []
    book = book or load_cues()
    evidence = Evidence(page, book)
    find = _by_trafilatura if extractor == "trafilatura" else _by_blocks
    choice = find(evidence, extractor)
    ruled = verdicts(page, book, document.meta.get("url", ""))
    return list(_decisions(document, evidence, choice, ruled))


def shipped_tables() -> tuple[Table, Table]:
    """Return the tables that weigh blocks, without and with trafilatura's answer."""
    return load_table(TABLES[0]), load_table(TABLES[1])


def _is_worth_asking(page: Page) -> bool:
    return len(page.source) <= MOST_ASKED and can_ask(page)


def _by_trafilatura(evidence: Evidence, extractor: str) -> _Choice:
    """Keep what trafilatura keeps; pages that it cannot read are left to the native finder."""
    if not can_ask(evidence.page):
        return _by_blocks(evidence, extractor)
    shares = np.array(in_answer(evidence.lines, ask_trafilatura(evidence.page, fast=False)))
    return _Choice(
        shares >= _HALF, shares == 0, lambda rows: ["not in trafilatura's answer"] * len(rows)
    )


def _by_blocks(evidence: Evidence, extractor: str) -> _Choice:
    (table, asked), columns, opinion = shipped_tables(), evidence.columns, ""
    bins = table.bins(columns)
    chance = chances(table.scores(bins))
    best, threshold = promise(chance, evidence.words)
    if extractor == "auto" and best < SURE and _is_worth_asking(evidence.page):
        answer = ask_trafilatura(evidence.page)
        table, opinion = asked, "; trafilatura was asked"
        columns = columns | answer_columns(evidence.lines, answer, evidence.words)
        bins = table.bins(columns)
        chance = chances(table.scores(bins))
        _, threshold = promise(chance, evidence.words)
    keep = choose(chance, threshold, evidence.words, evidence.heading)
    further = keep & _in_further_stories(evidence.page, evidence.words * keep)
    keep &= ~further
    certain = chance < _CERTAIN * threshold

    def why(rows: list[int]) -> list[str]:
        return [
            "in a further article, with a title of its own"
            if another
            else f"score {score:.2f}, wanted {threshold:.2f}; most against it: {name}{opinion}"
            for another, score, name in zip(
                further[rows], chance[rows].tolist(), table.strongest(bins[:, rows]), strict=True
            )
        ]

    return _Choice(keep, certain, why)


def _in_further_stories(page: Page, kept: Array) -> Array:
    """Return which blocks stand in an article behind the first, of those with a title each.

    Sites where the reader scrolls on and on set the next story below the one asked for. ``kept``
    are the words of each block that stay.
    """
    further = np.zeros(len(page), bool)
    if page.tags.count("h1") < 2:  # nearly all pages
        return further
    titles = [page.first[element] for element, tag in enumerate(page.tags) if tag == "h1"]
    behind = stories = 0
    for element, tag in enumerate(page.tags):
        if tag != "article" or page.first[element] < behind:  # within another one
            continue
        first, last = page.first[element], page.last[element]
        behind = last
        if bisect_left(titles, last) > bisect_left(titles, first):
            further[first:last] = stories > 0
            stories += stories > 0 or kept[first:last].sum() >= _STORY
    return further


class _Cause(NamedTuple):
    """What a dropped block is logged under."""

    rule: str
    category: str
    by_rule: bool = False


def _causes(book: CueBook) -> list[_Cause]:
    """Return what blocks may be logged under: the naming cues, what has none, and the rules."""
    category = {cue.id: cue.category for cue in book.cues}
    named = [_Cause(name, category[name]) for name in _NAMING if name in category]
    rules = [_Cause(rule.id, rule.category, by_rule=True) for rule in book.rules]
    return [*named, _Cause(OUTSIDE, "outside-article"), *rules]


def _numbers(evidence: Evidence, causes: list[_Cause]) -> Array:
    """Return, for each block, the place of the cause that its cues name."""
    bits = {cue.id: 1 << place for place, cue in enumerate(evidence.book.cues)}
    places = {cause.rule: place for place, cause in enumerate(causes)}
    numbers = np.full(len(evidence.rows), places[OUTSIDE])
    for name in reversed(_NAMING):
        if name in places:
            numbers[evidence.around & bits[name] != 0] = places[name]
    return numbers


def _decisions(
    document: Document, evidence: Evidence, choice: _Choice, ruled: dict[int, Rule]
) -> Iterator[Decision]:
    causes = _causes(evidence.book)
    number, keep = _numbers(evidence, causes), choice.keep
    if ruled:
        places = {cause.rule: place for place, cause in enumerate(causes)}
        for row, rule in ruled.items():
            number[row] = places[rule.id]
            keep[row] = rule.action == "keep"
    firsts, lasts = _runs(~keep, number * 2 + choice.certain)
    size = (evidence.ends - evidence.starts).tolist().__getitem__
    longest = [
        max(range(first, last + 1), key=size) for first, last in zip(firsts, lasts, strict=True)
    ]
    spans = zip(evidence.starts[firsts].tolist(), evidence.ends[lasts].tolist(), strict=True)
    for row, (start, end), reason in zip(firsts, spans, choice.why(longest), strict=True):
        why = causes[number[row]]
        given = "its element is selected by this rule" if why.by_rule else reason
        yield Decision(
            start=start,
            end=end,
            original=document.text[start:end],
            replacement="",
            action="remove",
            rule=why.rule,
            category=why.category,
            confidence="certain" if why.by_rule or choice.certain[row] else "likely",
            status="applied",
            reason=f"Not part of the article: {given}.",
        )


def _runs(chosen: Array, label: Array) -> tuple[list[int], list[int]]:
    """Return the first and last rows of the runs of chosen rows with one label.

    >>> _runs(np.array([True, True, True, False, True]), np.array([5, 5, 6, 6, 6]))
    ([0, 2, 4], [1, 2, 4])
    """
    rows = np.flatnonzero(chosen)
    if not len(rows):
        return [], []
    breaks = np.flatnonzero((np.diff(rows) != 1) | (np.diff(label[rows]) != 0))
    firsts = np.concatenate(([0], breaks + 1))
    lasts = np.concatenate((breaks, [len(rows) - 1]))
    return rows[firsts].tolist(), rows[lasts].tolist()
