"""One cheap pass over a text that finds the lines worth a close look.

Almost every line of an article is clean. One RE2 pass over the whole text (some 300 MB/s) finds
the places where a repair or flag could begin, and two passes over its words find what no regular
expression can: equal neighbours and repeated groups. Only the lines these name are looked at.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import Any

from cleaner.repair.model import Step
from cleaner.types import Segment

LONGEST_LINE = 8000
"""Longer lines are looked at in pieces of at most this many code points."""


_MEMORY = 64 << 20  # bytes for RE2's automata; with its default of 8 MB they are rebuilt and crawl


class Scanner:
    """Finds the lines that hold a cue, and the steps whose cue a line holds."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._cued = [index for index, step in enumerate(steps) if step.cue]
        tests: dict[Callable[[str], bool], set[int]] = {}
        for index, step in enumerate(steps):
            if step.test:
                tests.setdefault(step.test, set()).add(index)
        self._tests = tests
        self._cues = tuple(steps[index].cue for index in self._cued)

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

    def steps_for(self, line: str) -> set[int]:
        """Return the indices of the steps that should look at a line."""
        chosen = {self._cued[found] for found in self._each.Match(encodable(line)) or ()}
        for test, indices in self._tests.items():
            if test(line):
                chosen |= indices
        return chosen

    def candidates(self, text: str, segments: Sequence[Segment]) -> list[int]:
        """Return the indices of the segments that hold a cue, sorted."""
        starts = [segment.start for segment in segments]
        found: set[int] = set()
        for match in self._any.finditer(encodable(text)):
            start, end = match.span()
            found.add(bisect.bisect_right(starts, start) - 1)
            found.add(bisect.bisect_right(starts, end - 1) - 1)
        found.discard(-1)
        lines = [text[segment.start : segment.end] for segment in segments]
        for test in self._tests:
            found.update(compress(range(len(lines)), map(test, lines)))
        return sorted(found)


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


def encodable(text: str) -> str:
    """Return a text of the same length that UTF-8 can encode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
