"""Label the lines of an extracted text by aligning them with the gold text of its page.

A line is content (1) when it is a line of gold or the page's title, or when most of its runs of
three words are in gold; residue (0) when few are; otherwise, and where a line of one or two
words is part of a longer line of gold, unclear (-1).

``python -m benchmarks.labels`` counts how these labels meet those of the shared texts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.common import Record, Selection, data_directory, read_records, text_files
from benchmarks.measure import CONTENT, RESIDUE, text_lines
from cleaner.errors import CleanerError
from cleaner.gold import words
from cleaner.gold.table import fixed_table

UNCLEAR = -1

RUN = 3
"""Words in a run."""

MOST, FEW = 0.7, 0.3
"""Shares of a line's runs: from MOST on it is content, up to FEW it is residue."""

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold text, ready for looking up lines: its whole lines, and its runs of 1 to 3 words."""

    lines: frozenset[Run]
    runs: frozenset[Run]


def gold_index(gold: str, title: str | None = None) -> Gold:
    """Index a gold text; the page's title counts as one of its lines."""
    lines = {tuple(words(line)) for line in (*gold.splitlines(), title or "")}
    all_words = words(gold)
    return Gold(
        lines=frozenset(lines - {()}),
        runs=frozenset(run for size in range(1, RUN + 1) for run in _runs(all_words, size)),
    )


def label_line(line: str, gold: Gold) -> int:
    """Label one line.

    >>> gold = gold_index("Rain fell on the old town.\\n\\nShare of rain")
    >>> [label_line(line, gold) for line in ("rain fell on the town", "Share of rain", "Share")]
    [-1, 1, -1]
    >>> [label_line(line, gold) for line in ("* Rain fell on the old", "Log in", "--")]
    [1, 0, -1]
    """
    found = words(line)
    if not found:
        return UNCLEAR
    if tuple(found) in gold.lines:
        return CONTENT
    runs = list(_runs(found, min(RUN, len(found))))
    known = sum(run in gold.runs for run in runs) / len(runs)
    if len(found) < RUN:
        return UNCLEAR if known else RESIDUE
    return CONTENT if known >= MOST else RESIDUE if known <= FEW else UNCLEAR


def label_by_snippets(line: str, wanted: Iterable[str], unwanted: Iterable[str]) -> int:
    """Label one line where only snippets of content and of residue are known.

    >>> label_by_snippets("Rain fell on  the town.", ["fell on the"], ["Log in"])
    1
    >>> label_by_snippets("Log in or sign up", ["fell on the"], ["Log in"])
    0
    >>> label_by_snippets("Snow", ["fell on the"], ["Log in"])
    -1
    """
    plain = " ".join(line.split())
    for label, snippets in ((CONTENT, wanted), (RESIDUE, unwanted)):
        if any(" ".join(snippet.split()) in plain for snippet in snippets):
            return label
    return UNCLEAR


def _runs(found: Sequence[str], size: int) -> Iterator[Run]:
    return (tuple(found[at : at + size]) for at in range(len(found) - size + 1))


def meetings(records: Iterable[Record]) -> Counter[tuple[int, int]]:
    """Count lines by ``(label in the record, label given here)``."""
    counts: Counter[tuple[int, int]] = Counter()
    for record in records:
        gold = gold_index(record.gold, record.title)
        given = [label_line(line, gold) for line in text_lines(record.text)]
        counts.update(zip(record.labels, given, strict=True))
    return counts


def main() -> int:
    """Print how the labels given here meet those of the shared texts, in lines."""
    try:
        counts = meetings(read_records(text_files(data_directory()), Selection()))
    except CleanerError as error:
        print(f"labels: {error}", file=sys.stderr)
        return 2
    kinds = {CONTENT: "content", RESIDUE: "residue", UNCLEAR: "unclear"}
    rows = [[name, *(str(counts[own, given]) for given in kinds)] for own, name in kinds.items()]
    print(fixed_table(["shared label", *kinds.values()], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
