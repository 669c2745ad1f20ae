"""Paragraphs that stand in a document twice: extractors meet them in hidden copies of the page."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.named import COPY_OF_ALL, DUPLICATE
from cleaner.types import Decision

# Code points. On the shared texts of ten extractors, second copies of lines this long are residue
# or counted by no gold in eleven of twelve words; shorter ones are refrains, options, table cells.
SHORTEST = 120


# Code points of a copy of the article in one line, as pages hold it for reading aloud; those of the
# pieces it is tried by, their number, and the share that must stand above: breaks part some.
# On the shared texts all lines that long of which most stands above are such copies, or forms.
_WHOLE, _PIECE, _PIECES, _ABOVE = 1_500, 24, 20, 0.6


def find_duplicates(context: Context) -> Iterator[Decision]:
    """Propose every later copy of a long paragraph, and a copy of all paragraphs in one."""
    whole = _copy_of_all(context)
    if whole >= 0:
        yield context.propose(context.span(whole), COPY_OF_ALL, COPY_OF_ALL.summary)
    if len(set(context.lines)) == len(context.lines):
        return
    first: dict[str, int] = {}
    for number, segment in enumerate(context.document.segments):
        if segment.end - segment.start < SHORTEST or number == whole:
            continue
        line = context.lines[number]
        if line in first:
            reason = f"{DUPLICATE.summary} First copy at code point {first[line]}."
            yield context.propose(context.span(number), DUPLICATE, reason)
        first.setdefault(line, segment.start)


def _copy_of_all(context: Context) -> int:
    """Return the number of the longest line by far where its pieces stand above, or -1."""
    lines = context.lines
    line = max(lines, key=len, default="")
    if len(line) < _WHOLE:
        return -1
    number = lines.index(line)
    above = "\n".join(lines[:number])
    if not 2 * max(map(len, lines[:number]), default=0) < len(line) < 2 * len(above):
        return -1  # one paragraph once more, with other names: terms and conditions have such
    line = " ".join(line.split())  # rows of tables are filled up with blanks
    starts = range(0, len(line) - _PIECE, max(1, len(line) // _PIECES))
    pieces = {line[start : start + _PIECE] for start in starts}
    return number if sum(piece in above for piece in pieces) >= _ABOVE * _PIECES else -1
