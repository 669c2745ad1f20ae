"""From labelled texts to the evidence of their lines, for `benchmarks.fit_lines`.

The first weights (of words, leads, shapes and rule categories) that go into the evidence of a
line are counted on other sites than its own, so that evidence is as strong as it will be on
pages never seen. For the same reason some rules, others for each site, count as unknown: all were
written with these texts at hand, and find less on others.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlparse

import numpy as np

from benchmarks.common import GROUPS, Record
from cleaner.clean import matches_in
from cleaner.find import FINDERS, Context, segments_taken
from cleaner.find import survey as look
from cleaner.find.evidence import close, glance
from cleaner.find.stray import worth_weighing
from cleaner.find.survey import Lexicon
from cleaner.find.weigh import TONGUES, closed_lists, tongue
from cleaner.options import Options
from cleaner.read.text import read_text
from cleaner.types import Document

GROUP = {"gold": "gold"} | {name: group for group, names in GROUPS.items() for name in names}
FOLDS = 5
# Of 256 rules so many are unknown on a site.
UNKNOWN = 77
SITES = 6
"""A word is weighed when it was seen on this many sites."""
LEAST = 0.5
"""Smaller weights are left out; log odds."""
LONGEST = 60
"""Words of longer lines are not counted."""
MANY = 3
"""On one site a word counts this often at most."""
KINDS = ("", "+", "^")
"""Words of short lines, of long lines, leads: told apart by the first character of a key."""

Hits = Mapping[int, tuple[str, ...]]
Place = tuple[str, str]
"""A site and a tongue."""


@dataclass(frozen=True)
class Text:
    """A labelled text; its site decides the fold."""

    name: str
    extractor: str
    site: str
    document: Document
    labels: tuple[int, ...]
    checked: bool
    """Whether the labels come from a gold text, not from what was found on the page."""

    @property
    def tongue(self) -> str:
        """Return which lexicon the text is read by."""
        return tongue(self.document.language)

    @property
    def group(self) -> str:
        """Return the group of the extractor."""
        return GROUP[self.extractor]

    @property
    def source(self) -> str:
        """Return the collection that the page belongs to."""
        return self.name.partition("/")[0]

    @property
    def fold(self) -> int:
        """Return the fold, 0 to FOLDS - 1, by a hash of the site."""
        return int(hashlib.md5(self.site.encode()).hexdigest(), 16) % FOLDS

    @cached_property
    def context(self) -> Context:
        """Return what finders know of the text, without the rules that are unknown on the site."""
        found = matches_in(self.document, Options())
        return Context(self.document, tuple(m for m in found if self._knows(m.rule.id)))

    def _knows(self, rule: str) -> bool:
        """Tell whether a rule counts as known, by a hash of its id and the site."""
        return hashlib.md5(f"{rule} {self.site}".encode()).digest()[0] >= UNKNOWN

    @property
    def hits(self) -> Hits:
        """Return the categories of the rules that match each line."""
        return self.context.categories_at

    @cached_property
    def taken(self) -> frozenset[int]:
        """Return the lines that rules and findings with a name take."""
        named = [decision for finder in FINDERS for decision in finder(self.context)]
        return segments_taken(named, self.document)


@dataclass(frozen=True)
class Tally:
    """How often words, shapes and categories were seen on one site, in residue (0), content (1)."""

    words: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    shapes: tuple[Counter[str], Counter[str]] = field(
        default_factory=lambda: (Counter(), Counter())
    )
    hits: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))


@dataclass(frozen=True)
class Table:
    """The evidence of all lines of all texts, one row a line."""

    values: np.ndarray[Any, np.dtype[np.float32]]
    labels: np.ndarray[Any, np.dtype[np.int64]]
    words: np.ndarray[Any, np.dtype[np.int64]]
    text: np.ndarray[Any, np.dtype[np.int64]]
    """Index of the text of each line."""
    taken: np.ndarray[Any, np.dtype[np.bool_]]
    """Whether a rule or a finding with a name takes each line."""
    weighed: np.ndarray[Any, np.dtype[np.bool_]]
    """Whether the text of each line is worth weighing, and the line not taken."""
    checked: np.ndarray[Any, np.dtype[np.bool_]]
    """Whether the label of each line comes from a gold text."""


def read_texts(records: Iterable[Record]) -> list[Text]:
    """Return the texts, and each gold text once as a text of content only."""
    texts: list[Text] = []
    seen: set[str] = set()
    for record in records:
        site = domain(record.url) if record.url else record.id.rpartition("/")[2].partition("_")[0]
        document = read_text(record.text, record.language)
        if record.labels and len(document.segments) == len(record.labels):
            checked = bool(record.gold)
            texts.append(Text(record.id, record.extractor, site, document, record.labels, checked))
        if record.id not in seen and record.gold.strip():
            seen.add(record.id)
            document = read_text(record.gold, record.language)
            labels = (1,) * len(document.segments)
            texts.append(Text(record.id, "gold", site, document, labels, checked=True))
    return texts


def domain(url: str) -> str:
    """Return the registered domain, near enough for folds.

    >>> domain("https://www.example.co.uk/a"), domain("https://news.example.org")
    ('example.co.uk', 'example.org')
    """
    parts = urlparse(url).netloc.lower().split(":")[0].split(".")
    second = {"co", "com", "org", "ac", "gov", "net", "edu"}
    deep = len(parts) > 2 and parts[-2] in second and len(parts[-1]) == 2
    return ".".join(parts[-3 if deep else -2 :])


def tally(texts: Iterable[Text]) -> dict[Place, Tally]:
    """Count by site: words in each different line of a page once, shapes and hits in every line."""
    sites: defaultdict[Place, Tally] = defaultdict(Tally)
    seen: set[tuple[str, str, int]] = set()
    for text in texts:
        if text.extractor == "gold":
            continue
        site = sites[text.site, text.tongue]
        form = look.shapes(text.document)
        for number, (shape, label) in enumerate(zip(look.cells(form), text.labels, strict=True)):
            if label < 0:
                continue
            start, end, _ = text.document.segments[number]
            line = text.document.bare[start:end]
            cell = "".join(f"{part:x}" for part in shape)
            site.shapes[label][f"{cell} {text.group}"] += 1
            if (text.name, line, label) not in seen:
                seen.add((text.name, line, label))
                site.hits[label].update(("", *text.hits.get(number, ())))
                if form.words[number] <= LONGEST:
                    site.words[label].update(keys(line))
    return sites


def keys(line: str) -> set[str]:
    """Return the keys under which the words and leads of a bare line are counted.

    >>> sorted(keys("read more"))
    ['^read', '^read more', 'more', 'read']
    """
    found = line.split()
    mark = "" if len(found) <= look.BRIEF else "+"
    return {mark + word for word in found} | {"^" + words for words in look.lead(found)}


def lexicons(sites: Mapping[Place, Tally], use: Collection[str]) -> dict[str, Lexicon]:
    """Turn counts on the sites to use into the lexicon of each tongue."""
    used = {place: tally for place, tally in sites.items() if place[0] in use}
    return {name: lexicon(used, name) for name in TONGUES}


def lexicon(sites: Mapping[Place, Tally], spoken: str) -> Lexicon:
    """Turn counts into log odds of residue, in tenths, clipped to ±3; words of one tongue only."""
    words: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    shapes: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    hits: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    spread: Counter[str] = Counter()
    for (_, own), site in sites.items():
        counted = site.words if own == spoken else (Counter[str](), Counter[str]())
        spread.update(counted[0].keys() | counted[1].keys())
        for label in (0, 1):
            words[label].update({word: min(n, MANY) for word, n in counted[label].items()})
            hits[label].update(site.hits[label])
            for cell, n in site.shapes[label].items():
                shapes[label][cell.partition(" ")[0]] += math.isqrt(100 * n)
    kinds: list[dict[str, float]] = [{} for _ in KINDS]
    totals = [
        [
            1 + sum(n for word, n in words[label].items() if kind_of(word) == kind)
            for label in (0, 1)
        ]
        for kind in range(len(KINDS))
    ]
    for word, many in sorted(spread.items()):
        kind = kind_of(word)
        weight = odds(words[0][word], words[1][word], totals[kind])
        if many >= SITES and abs(weight) >= LEAST:
            kinds[kind][word.lstrip("+^")] = weight
    cells = weigh_all(shapes, [sum(counts.values()) for counts in shapes])
    lines = [1 + counts.pop("", 0) for counts in hits]
    words_of, long_words, leads = kinds
    forms = {(int(key[0], 16), int(key[1]), int(key[2])): by for key, by in cells.items()}
    hit_weights = weigh_all(hits, lines)
    return Lexicon(*closed_lists(), words_of, long_words, leads, forms, hit_weights)


def kind_of(key: str) -> int:
    """Return the kind of a key, an index of KINDS."""
    return max(KINDS.index(key[:1]) if key[:1] in KINDS else 0, 0)


def weigh_all(counts: tuple[Counter[str], Counter[str]], totals: list[int]) -> dict[str, float]:
    """Return the log odds of everything counted."""
    return {
        key: odds(counts[0][key], counts[1][key], totals)
        for key in sorted({*counts[0], *counts[1]})
    }


def odds(residue: float, content: float, totals: list[int]) -> float:
    """Return the smoothed log odds of residue, in tenths, clipped to ±3.

    >>> odds(9, 0, [100, 100]), odds(1, 1, [100, 100])
    (2.3, 0.0)
    """
    value = math.log((residue + 1) / totals[0]) - math.log((content + 1) / totals[1])
    return round(max(-3.0, min(3.0, value)), 1)


def by_fold(texts: Sequence[Text]) -> Callable[[Text], Lexicon]:
    """Return what gives a text the first weights counted on texts of other folds than its own."""
    sites = tally(texts)
    fold = {text.site: text.fold for text in texts}
    tables = [lexicons(sites, {s for s in fold if fold[s] != own}) for own in range(FOLDS)]
    return lambda text: tables[text.fold][text.tongue]


def gather(texts: Sequence[Text], unseen: Callable[[Text], Lexicon]) -> Table:
    """Describe every line with the first weights that ``unseen`` gives for its text."""
    rows: list[np.ndarray[Any, np.dtype[np.float32]]] = []
    labels: list[int] = []
    words: list[int] = []
    for text in texts:
        page = look.survey(text.document, text.hits, unseen(text))
        lines = range(len(page.words))
        found = np.column_stack([glance(page), [close(line, page) for line in lines]])
        rows.append(found.astype(np.float32))
        labels += text.labels
        words += page.words.astype(int).tolist()
    number = np.repeat(np.arange(len(texts)), [len(text.labels) for text in texts])
    taken = np.array([n in text.taken for text in texts for n in range(len(text.labels))])
    worth = np.array([worth_weighing(text.context, text.taken) for text in texts])[number]
    checked = np.array([text.checked for text in texts])[number]
    return Table(
        np.concatenate(rows),
        np.array(labels),
        np.array(words),
        number,
        taken,
        worth & ~taken,
        checked,
    )
