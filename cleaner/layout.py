"""Blank lines around what was removed, and around the whole text.

Between two lines that stay, one of the blanks that stood around the removed lines stays as well;
blank lines at either end of the text go, and runs of them become one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter, sub
from typing import NamedTuple

from msgspec.structs import replace

from cleaner.spans import Spans
from cleaner.types import Decision, Document

RULE = "any-blank-lines"
CATEGORY = "layout"
SUMMARY = "Blank lines at an end of the text, or more than one in a row."
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_GAP = 3  # code points; with fewer there is at most one blank line
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class _Run(NamedTuple):
    """Removed segments, first to last, with the blanks before and behind that go along."""

    first: int
    last: int
    start: int
    end: int
    leads: bool  # the blanks before each segment go with it, not those behind it


def close_gaps(decisions: Sequence[Decision], document: Document) -> list[Decision]:
    """Widen removals of whole segments over the blanks they leave, and fold the blanks that stay.

    Neighbouring removals by one rule, for one reason and at one confidence become one decision.
    """
    numbered = [(_segments(d, document) if _removes(d) else range(0), d) for d in decisions]
    whole = sorted(filter(_FIRST, numbered), key=lambda pair: pair[1].start)
    others = [decision for numbers, decision in numbered if not numbers]
    runs = list(_runs([number for numbers, _ in whole for number in numbers], document))
    eaten = {number: run for run in runs for number in range(run.first, run.last + 1)}
    wider = [(*_widened(d, numbers, eaten[numbers[0]], document), d) for numbers, d in whole]
    return sorted(
        [*_joined(wider, document.text), *others, *_fold_blanks(document, runs)],
        key=lambda d: (d.start, d.end, d.rule),
    )


def _segments(decision: Decision, document: Document) -> range:
    """Return the numbers of the segments that a decision takes whole, from end to end."""
    first = bisect_left(document.segments, (decision.start,))
    last = bisect_left(document.segments, (decision.end,)) - 1
    if first > last or document.segments[first].start != decision.start:
        return range(0)
    return range(first, last + 1 if document.segments[last].end == decision.end else first)


def _runs(removed: Sequence[int], document: Document) -> Iterator[_Run]:
    """Yield the runs of consecutive removed segments, and settle which blank stays."""
    text, segments = document.text, document.segments
    firsts = [n for m, n in pairwise([-2, *removed]) if n != m + 1]
    lasts = [m for m, n in pairwise([*removed, len(segments) + 2]) if n != m + 1]
    for first, last in zip(firsts, lasts, strict=True):
        before = segments[first - 1].end if first else 0
        behind = segments[last + 1].start if last + 1 < len(segments) else len(text)
        start, end = segments[first].start, segments[last].end
        if first == 0:
            yield _Run(first, last, before, behind, leads=False)
        elif last + 1 == len(segments) or _breaks(text, before, start) < _breaks(text, end, behind):
            yield _Run(first, last, before, end, leads=True)
        else:
            yield _Run(first, last, start, behind, leads=False)


def _widened(decision: Decision, numbers: range, run: _Run, document: Document) -> tuple[int, int]:
    """Return the span of a removal and of the blanks that go along."""
    segments = document.segments
    start, end = decision.start, decision.end
    if run.leads or numbers[0] == run.first:
        start = run.start if numbers[0] == run.first else segments[numbers[0] - 1].end
    if not run.leads or numbers[-1] == run.last:
        end = run.end if numbers[-1] == run.last else segments[numbers[-1] + 1].start
    return start, end


def _joined(wider: Iterable[tuple[int, int, Decision]], text: str) -> list[Decision]:
    """Return the decisions at their wider spans, neighbours of one cause as one."""
    joined: list[tuple[int, int, Decision]] = []
    for start, end, decision in wider:
        if joined:
            first, last, before = joined[-1]
            if last == start and _cause(before) == _cause(decision):
                joined[-1] = first, end, before
                continue
        joined.append((start, end, decision))
    return [replace(d, start=a, end=b, original=text[a:b]) for a, b, d in joined]


def _fold_blanks(document: Document, runs: Sequence[_Run]) -> Iterator[Decision]:
    """Yield the folding of the blanks that no removal takes."""
    text, segments = document.text, document.segments
    starts = [*map(_FIRST, segments), len(text)]
    ends = [0, *map(_SECOND, segments)]
    taken = Spans((run.start, run.end) for run in runs)
    wide = [number for number, size in enumerate(map(sub, starts, ends)) if size >= _GAP]
    for number in sorted({0, len(segments), *wide}):
        start, end = ends[number], starts[number]
        if start == end or taken.cover(start, end):
            continue
        breaks = [start + found.end() for found in _BREAK.finditer(text[start:end])]
        if number == 0:
            yield from _cut(text, start, breaks[-1] if breaks else start)
        elif number == len(segments):
            yield from _cut(text, breaks[0] if breaks else end, end)
        elif len(breaks) > 2:
            yield from _cut(text, breaks[1], breaks[-1])


def _cut(text: str, start: int, end: int) -> Iterator[Decision]:
    if start < end:
        yield Decision(
            start=start,
            end=end,
            original=text[start:end],
            replacement="",
            action="repair",
            rule=RULE,
            category=CATEGORY,
            confidence="certain",
            status="applied",
            reason=SUMMARY,
        )


def _breaks(text: str, start: int, end: int) -> int:
    return len(_BREAK.findall(text[start:end]))


def _removes(decision: Decision) -> bool:
    return decision.status == "applied" and decision.action == "remove"


def _cause(decision: Decision) -> tuple[str, ...]:
    return decision.rule, decision.category, decision.reason, decision.confidence
