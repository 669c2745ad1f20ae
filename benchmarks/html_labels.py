"""Which words of a page stand in its gold text: an alignment in order, anchored on rare runs.

>>> share_in_gold(["Home", "The rain came at noon.", "More"], "The rain came at noon.")
[0.0, 1.0, 0.0]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from cleaner.gold import words

# Runs of words that occur once on either side are anchors; between anchors, shorter runs are.
_RUNS: Final = (8, 5, 3, 2, 1)
_LARGE: Final = 400  # words; single words are no anchors in a stretch as long as this
_LONG: Final = 8  # words; a block of these may stand elsewhere in the gold text
_MOST: Final = 0.8


class _Stretch(NamedTuple):
    """A piece of the page and the piece of gold it is compared with, both half-open."""

    page_from: int
    page_to: int
    gold_from: int
    gold_to: int
    level: int


def share_in_gold(lines: Sequence[str], gold: str) -> list[float]:
    """Return for each block the share of its words found in the gold text, 0 to 1."""
    by_line = [words(line) for line in lines]
    page = [word for line in by_line for word in line]
    wanted = words(gold)
    found = _align(page, wanted)
    runs = set(zip(*(wanted[i:] for i in range(4)), strict=False))
    shares, position = [], 0
    for line in by_line:
        share = sum(found[position : position + len(line)]) / max(len(line), 1)
        position += len(line)
        if len(line) >= _LONG and share < 0.5:
            own = list(zip(*(line[i:] for i in range(4)), strict=False))
            if sum(run in runs for run in own) >= _MOST * len(own):
                share = 1.0
        shares.append(share)
    return shares


def _align(page: list[str], gold: list[str]) -> list[bool]:
    """Tell for each word of the page whether it stands in the gold text, in order."""
    found = [False] * len(page)
    waiting = [_Stretch(0, len(page), 0, len(gold), 0)]
    while waiting:
        piece = waiting.pop()
        if piece.page_from >= piece.page_to or piece.gold_from >= piece.gold_to:
            continue
        at, wanted = piece.page_from, piece.gold_from
        deeper = piece.level + 1 < len(_RUNS)
        anchors = _anchors(page, gold, piece)
        for place, match in anchors:
            if place < at or match < wanted:
                continue
            start, first = place, match
            while start > at and first > wanted and page[start - 1] == gold[first - 1]:
                start, first = start - 1, first - 1
            if deeper:
                waiting.append(_Stretch(at, start, wanted, first, piece.level + 1))
            end, last = place, match
            while end < piece.page_to and last < piece.gold_to and page[end] == gold[last]:
                end, last = end + 1, last + 1
            found[start:end] = [True] * (end - start)
            at, wanted = end, last
        large = _RUNS[piece.level] == 2 and piece.page_to - piece.page_from > _LARGE
        if deeper and not (large and not anchors):
            waiting.append(_Stretch(at, piece.page_to, wanted, piece.gold_to, piece.level + 1))
    return found


def _anchors(page: list[str], gold: list[str], piece: _Stretch) -> list[tuple[int, int]]:
    """Return places of runs that occur once on either side, in an order that is common to both."""
    size = _RUNS[piece.level]
    ours = _single_runs(page, piece.page_from, piece.page_to, size)
    theirs = _single_runs(gold, piece.gold_from, piece.gold_to, size)
    pairs = sorted((place, theirs[run]) for run, place in ours.items() if run in theirs)
    return _rising(pairs)


def _single_runs(text: list[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for place in range(start, end - size + 1):
        run = tuple(text[place : place + size])
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs whose second members rise."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        if place == len(tails):
            tails.append(value)
            ends.append(number)
        else:
            tails[place], ends[place] = value, number
        before[number] = ends[place - 1] if place else -1
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
