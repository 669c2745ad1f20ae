"""What each rule takes: residue and content, on labelled texts.

Run ``python -m benchmarks.by_rule --help``. A line that went counts for the rule of that removal
which has most of it. ``--show RULE`` prints the content that a rule took.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.accuracy import selected, selecting_parser
from benchmarks.common import (
    EXTRACTORS,
    GROUPS,
    Record,
    line_spans,
    read_records,
    removed_lines,
)
from benchmarks.measure import CONTENT, RESIDUE
from cleaner import Cleaner
from cleaner.errors import CleanerError
from cleaner.gold import words
from cleaner.gold.score import TextCleaner
from cleaner.gold.table import fixed_table, percent
from cleaner.gold.words import share
from cleaner.types import Decision

CUT_AT = 160
"""Code points of a line that ``--show`` prints."""


@dataclass(slots=True)
class Taken:
    """The lines that one rule took, by label."""

    residue: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _parser().parse_args(arguments)
    try:
        files, selection = selected(options)
        wanted = GROUPS.get(options.group, EXTRACTORS)
        found = (r for r in read_records(files, selection) if r.extractor in wanted)
        taken = lines_by_rule(Cleaner(level=options.level), found)
    except CleanerError as error:
        print(f"by_rule: {error}", file=sys.stderr)
        return 2
    if options.show:
        shown = taken.get(options.show, Taken()).content
        print("\n".join(sorted(line[:CUT_AT] for line in shown)))
    else:
        print(_table(taken))
    return 0


def lines_by_rule(cleaner: TextCleaner, records: Iterable[Record]) -> dict[str, Taken]:
    """Clean each record and gather its labelled lines that went by the rule that took them."""
    taken: defaultdict[str, Taken] = defaultdict(Taken)
    for record in records:
        removed = cleaner.clean(record.text, kind="text").removed
        for line, label, rule in _removed_with_rule(record, removed):
            if label == RESIDUE:
                taken[rule].residue.append(line)
            elif label == CONTENT:
                taken[rule].content.append(line)
    return dict(taken)


def _removed_with_rule(
    record: Record, removed: Sequence[Decision]
) -> Iterator[tuple[str, int, str]]:
    """Yield line, label and rule of each line that went; both sequences are in order."""
    spans = line_spans(record.text)
    first = 0
    for (start, end), label, gone in zip(
        spans, record.labels, removed_lines(spans, removed), strict=True
    ):
        while first < len(removed) and removed[first].end <= start:
            first += 1
        if gone:
            best = max(_touching(removed, first, end), key=lambda cut: _shared(cut, start, end))
            yield record.text[start:end], label, best.rule


def _touching(removed: Sequence[Decision], first: int, end: int) -> Iterator[Decision]:
    for at in range(first, len(removed)):
        if removed[at].start >= end:
            return
        yield removed[at]


def _shared(cut: Decision, start: int, end: int) -> int:
    return min(end, cut.end) - max(start, cut.start)


def _table(taken: Mapping[str, Taken]) -> str:
    rows = []
    for rule, lines in taken.items():
        residue, content = _words(lines.residue), _words(lines.content)
        purity = share(residue, residue + content)
        counts = [len(lines.residue), residue, len(lines.content), content]
        rows.append((content, [rule, *map(str, counts), percent(purity)]))
    header = ["rule", "residue lines", "words", "content lines", "words", "residue share"]
    ordered = sorted(rows, key=lambda row: (-row[0], row[1]))
    return fixed_table(header, [cells for _, cells in ordered])


def _words(lines: Iterable[str]) -> int:
    return sum(len(words(line)) for line in lines)


def _parser() -> argparse.ArgumentParser:
    parser = selecting_parser("by_rule", __doc__)
    parser.add_argument("--group", choices=sorted(GROUPS))
    parser.add_argument(
        "--show", metavar="RULE", help="print the content lines that this rule took"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
