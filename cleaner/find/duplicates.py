"""Paragraphs that stand in a document twice: extractors meet them in hidden copies of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cleaner.find.context import Context
from cleaner.find.guards import in_common_with_lead, is_title
from cleaner.find.named import COPY_OF_ALL, DUPLICATE, SAID_TWICE, SECOND_PASSAGE, SECOND_TITLE
from cleaner.types import Decision

# Code points. On the shared texts of ten extractors, second copies of lines this long are residue
# or counted by no gold in eleven of twelve words; shorter ones are refrains, options, table cells.
SHORTEST = 120
# Code points of a copy of the article in one line, as pages hold it for reading aloud; those of the
# pieces it is tried by, their number, and the share that must stand above: breaks part some.
# On the shared texts all lines that long of which most stands above are such copies.
_WHOLE, _PIECE, _PIECES, _ABOVE = 1_500, 24, 20, 0.6
# Lines and code points of a passage. Of the words that longer ones say again, 98.6 % are residue on
# the shared texts (``python -m benchmarks.by_rule``); shorter ones are terms and rows of tables.
_LINES, _PASSAGE = 3, 600
# Code points of the half of a line that is said twice; shorter ones are refrains and New York.
_HALF = 12
# Words of a title that stands twice; shorter ones are like labels. Stems that it has in common with
# the prose. On the shared texts word F1 rises where such a line goes, in 19 of 20.
_TITLE, _COMMON = 4, 2


def find_duplicates(context: Context) -> Iterator[Decision]:
    """Propose later copies of long paragraphs and of passages, and of all paragraphs in one."""
    whole = _copy_of_all(context)
    if whole >= 0:
        yield context.propose(context.span(whole), COPY_OF_ALL, COPY_OF_ALL.summary)
    lines = context.lines
    for number, line in enumerate(lines):
        if _is_said_twice(line) and not is_title(context, number):
            yield context.propose(context.span(number), SAID_TWICE, SAID_TWICE.summary)
    for number in _titles_above_the_title(context):
        yield context.propose(context.span(number), SECOND_TITLE, SECOND_TITLE.summary)
    if len(set(lines)) == len(lines):
        return
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        first.setdefault(line, number)
    for copy in _copies(lines, first):
        size = sum(len(lines[number]) for number in copy)
        sure = len(copy) >= _LINES and size >= _PASSAGE
        named = SECOND_PASSAGE if sure else DUPLICATE
        for number in copy:
            if sure or len(lines[number]) >= SHORTEST:
                before = context.document.segments[first[lines[number]]].start
                reason = f"{named.summary} First copy at code point {before}."
                yield context.propose(context.span(number), named, reason)


def _is_said_twice(line: str) -> bool:
    """Tell whether the halves of a line are equal.

    >>> _is_said_twice("Sheriff Ada Bach Sheriff Ada Bach"), _is_said_twice("New York New York")
    (True, False)
    """
    half = len(line) // 2
    return half >= _HALF and line[half] == " " and line[:half] == line[half + 1 :]


def _titles_above_the_title(context: Context) -> Iterator[int]:
    """Yield the lines before the first prose whose words the title over it says again."""
    text, places = context.document.bare, defaultdict[str, list[int]](list)
    for number, (start, end, _) in enumerate(context.document.segments):
        if context.prose_before[number + 1]:
            break
        if context.words[number] >= _TITLE:
            places[" ".join(text[start:end].split())].append(number)
    for *above, title in places.values():
        if above and in_common_with_lead(context, title) >= _COMMON:
            yield from above


def _copies(lines: Sequence[str], first: Mapping[str, int]) -> Iterator[range]:
    """Yield the runs of lines that stand before in the same order, as long as can be.

    ``first`` are the numbers at which lines stand first.

    >>> lines = ["a", "b", "c", "x", "b", "c", "a"]
    >>> list(_copies(lines, {"a": 0, "b": 1, "c": 2, "x": 3}))
    [range(4, 6), range(6, 7)]
    """
    start = 0
    while start < len(lines):
        before, end = first[lines[start]], start
        while before < start and end < len(lines) and lines[before] == lines[end]:
            before, end = before + 1, end + 1
        if end > start:
            yield range(start, end)
        start = max(end, start + 1)


def _copy_of_all(context: Context) -> int:
    """Return the number of the longest line by far where its pieces stand above, or -1."""
    lines = context.lines
    line = max(lines, key=len, default="")
    if len(line) < _WHOLE:
        return -1
    number = lines.index(line)
    before = lines[:number]
    above = "\n".join(before)
    if not 2 * max(map(len, before), default=0) < len(line) < 2 * len(above):
        return -1  # one paragraph once more, with other names: terms and conditions have such
    line = " ".join(line.split())  # rows of tables are filled up with blanks
    starts = range(0, len(line) - _PIECE, max(1, len(line) // _PIECES))
    pieces = {line[start : start + _PIECE] for start in starts}
    return number if sum(piece in above for piece in pieces) >= _ABOVE * _PIECES else -1
