"""One cheap pass over a text that finds the lines worth a close look.

Almost every line of an article is clean. One RE2 pass over the whole text (some 300 MB/s) finds
the places where a repair or flag could begin; rows of numbers for its words, and a pass over its
stops, find what no regular expression can: equal neighbours and repeated groups. Only the lines
these name are looked at.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from operator import eq
from typing import Any

from cleaner.repair.model import Step
from cleaner.repair.words import words_of
from cleaner.types import Document, Segment

LONGEST_LINE = 8000
"""Longer lines are looked at in pieces of at most this many code points."""


_MEMORY = 64 << 20  # bytes for RE2's automata; with its default of 8 MB they are rebuilt and crawl


# Letters, and some marks among them: ten ranges of UTF-8 where ``\\pL`` has four hundred, so that
# automata are built in a quarter of the time.
_LETTERS = r"A-Za-z\x{aa}-\x{1fff}\x{2c00}-\x{10ffff}"
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\pL")


class Scanner:
    """Finds the lines that hold a cue, and the steps whose cue a line holds.

    Steps are named by their indices; those of the languages that are ``off`` are left out.
    """

    def __init__(self, steps: Sequence[Step], off: AbstractSet[str]) -> None:
        wanted = [(index, step) for index, step in enumerate(steps) if step.language not in off]
        self._cued = [index for index, step in wanted if step.cue]
        self._cues = tuple(_compact(steps[index].cue) for index in self._cued)
        self._placed = {index: step.places for index, step in wanted if step.places}

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
        """Return the indices of the steps that should look at a line that was edited."""
        steps = self._cued_steps(line)
        return steps.union(self._placed) if _says_twice(line.split()) else steps

    def _cued_steps(self, line: str) -> set[int]:
        return {self._cued[found] for found in self._each.Match(_encoded(line)) or ()}

    def candidates(self, document: Document, segments: Sequence[Segment]) -> dict[int, set[int]]:
        """Return the indices of the segments worth a close look, sorted, and the steps to ask."""
        asked: defaultdict[int, set[int]] = defaultdict(set)
        if not segments:
            return asked
        start, end = segments[0].start, segments[-1].end
        folded = document.folded[start:end]
        words = words_of(folded)
        for index, places in self._placed.items():
            for at in places(folded, words):
                asked[_segment_at(segments, start + at)].add(index)
        cued = {
            _segment_at(segments, start + at) for at in self._cue_places(document.text[start:end])
        }
        for index in cued - {-1}:
            asked[index] |= self._cued_steps(document.line(segments[index]))
        return {index: asked[index] for index in sorted(asked) if index >= 0}

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


def _compact(cue: str) -> str:
    """Return a cue with small classes for letters; it finds at least the same.

    >>> _compact(r"[\\pL\\d]: \\pL") == rf"[{_LETTERS}\\d]: [{_LETTERS}]"
    True
    """
    return _CLASS.sub(
        lambda found: f"[{_LETTERS}]" if found[0] == r"\pL" else found[0].replace(r"\pL", _LETTERS),
        cue,
    )


def _says_twice(words: Sequence[str]) -> bool:
    """Tell whether a word stands twice in a row, or three words in a row stand twice.

    >>> _says_twice("it was was late".split()), _says_twice("of the sea and of the land".split())
    (True, False)
    """
    threes = [*zip(words, words[1:], words[2:], strict=False)]
    return len({*threes}) < len(threes) or any(map(eq, words, words[1:]))


def _segment_at(segments: Sequence[Segment], place: int) -> int:
    """Return the index of the segment that holds a place, or -1."""
    index = bisect_left(segments, (place + 1,)) - 1
    return index if index >= 0 and place < segments[index].end else -1


def pieces(text: str, kept: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments to look at: prose of bounded length, without code and tables.

    Longer segments are cut at blanks.
    """
    for segment in kept:
        start, end, kind = segment
        if kind == "code" or kind == "table":  # noqa: PLR1714 - faster
            continue
        if end - start <= LONGEST_LINE:
            yield segment
            continue
        while end - start > LONGEST_LINE:
            cut = text.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE)
            cut = cut + 1 if cut > 0 else start + LONGEST_LINE
            yield Segment(start, cut, kind)
            start = cut
        yield Segment(start, end, kind)


def _encoded(text: str) -> bytes:
    """Return a text in UTF-8, with a mark of one code point for what UTF-8 cannot encode."""
    return text.encode(errors="replace")
