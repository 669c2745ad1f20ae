"""Fixed-width tables for terminals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def fixed_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, indent: int = 0) -> str:
    """Lay out rows under a header: the first column to the left, the others to the right.

    >>> print(fixed_table(["file", "words"], [["a.txt", "7"], ["long.txt", "1,200"]]))
    file      words
    a.txt         7
    long.txt  1,200
    """
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join(" " * indent + _line(row, widths) for row in (header, *rows))


def percent(share: float, digits: int = 1) -> str:
    """Write a share (0 to 1) as a percentage.

    >>> percent(0.1234)
    '12.3 %'
    """
    return f"{100 * share:.{digits}f} %"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    blanks = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    first = cells[0] + blanks[0]
    others = [blank + cell for cell, blank in zip(cells[1:], blanks[1:], strict=True)]
    return "  ".join([first, *others]).rstrip()


def _width(cell: str) -> int:
    """Terminal columns: wide characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(char) in "FW" for char in cell)
    return len(cell) + wide - sum(map(bool, map(unicodedata.combining, cell)))
