"""One cheap pass over a text that finds the lines worth a close look.

Almost every line of an article is clean. One RE2 pass over the whole text (some 300 MB/s) finds
the places where a repair or flag could begin, and passes over its words and stops find what no
regular expression can: equal neighbours and repeated groups. Only the lines these name are looked
at.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.repair.model import Places, Step
from cleaner.types import Segment

LONGEST_LINE = 8000
"""Longer lines are looked at in pieces of at most this many code points."""


_MEMORY = 64 << 20  # bytes for RE2's automata; with its default of 8 MB they are rebuilt and crawl


class Scanner:
    """Finds the lines that hold a cue, and the steps whose cue a line holds."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._cued = [index for index, step in enumerate(steps) if step.cue]
        self._cues = tuple(steps[index].cue for index in self._cued)
        self._placed: dict[Places, set[int]] = {}
        for index, step in enumerate(steps):
            if step.places:
                self._placed.setdefault(step.places, set()).add(index)

    @functools.cached_property
    def _any(self) -> Any:
        import re2  # noqa: PLC0415 - only needed once text is cleaned

        options = re2.Options()
        options.max_mem = _MEMORY
        return re2.compile("(?m)" + "|".join(f"(?:{cue})" for cue in self._cues), options)

    @functools.cached_property
    def _each(self) -> Any:
        import re2  # noqa: PLC0415

        options = re2.Options()
        options.max_mem = _MEMORY
        cues = re2.Set.SearchSet(options)
        for cue in self._cues:
            cues.Add(cue)
        cues.Compile()
        return cues

    def steps_for(self, line: str, *, cues_only: bool = False) -> set[int]:
        """Return the indices of the steps that should look at a line, or of those with a cue."""
        chosen = {self._cued[found] for found in self._each.Match(_encoded(line)) or ()}
        if cues_only:
            return chosen
        words = line.split()
        for places, indices in self._placed.items():
            if any(True for _ in places(line, words)):
                chosen |= indices
        return chosen

    def candidates(self, text: str, segments: Sequence[Segment]) -> dict[int, set[int]]:
        """Return the indices of the segments worth a close look, sorted, and the steps to ask."""
        starts = [segment.start for segment in segments]
        words = text.split()
        found = {bisect.bisect_right(starts, place) - 1 for place in self._cue_places(text)}
        repeated = {
            bisect.bisect_right(starts, at) - 1
            for places in self._placed
            for at in places(text, words)
        }
        return {
            index: self.steps_for(
                text[segments[index].start : segments[index].end], cues_only=index not in repeated
            )
            for index in sorted((found | repeated) - {-1})
        }

    def _cue_places(self, text: str) -> Iterator[int]:
        """Yield the first and the last code point of every cue in a text."""
        data = _encoded(text)
        position = at = 0  # the same place, in bytes and in code points
        for match in self._any.finditer(data):  # RE2 is twice as fast with bytes
            start, end = match.span()
            at += len(data[position:start].decode())
            yield at
            at += len(data[start:end].decode())
            yield at - 1
            position = end


def pieces(text: str, kept: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments to look at: prose of bounded length, without code and tables.

    Longer segments are cut at blanks.
    """
    for segment in kept:
        if segment.kind == "code" or segment.kind == "table":  # noqa: PLR1714 - faster
            continue
        start = segment.start
        if segment.end - start <= LONGEST_LINE:
            yield segment
            continue
        while segment.end - start > LONGEST_LINE:
            cut = text.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE)
            cut = cut + 1 if cut > 0 else start + LONGEST_LINE
            yield Segment(start, cut, segment.kind)
            start = cut
        yield Segment(start, segment.end, segment.kind)


def _encoded(text: str) -> bytes:
    """Return a text in UTF-8, with a mark of one code point for what UTF-8 cannot encode."""
    return text.encode(errors="replace")
