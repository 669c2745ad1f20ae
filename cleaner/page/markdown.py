"""Clean text of a page as Markdown: headings, lists, quotes, code and tables by their elements.

>>> from cleaner.read.html import read_html
>>> page = read_html("<h2>Tides</h2><p>Low at noon.<ol><li>Bring boots<li>Go</ol><nav>Home</nav>")
>>> print(to_markdown(page, []))
## Tides
<BLANKLINE>
Low at noon.
<BLANKLINE>
1. Bring boots
2. Go
<BLANKLINE>
Home
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaner.edit import apply
from cleaner.page.model import Page
from cleaner.page.tags import CELLS, HEADINGS
from cleaner.types import Decision, Document, Segment

_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_ITEMS = frozenset({"li", "dd"})
_DEEPEST = 6  # levels of lists and quotes that are shown
# Code points; a table with a longer cell is there for layout.
_CELL_CHARS = 400
# What Markdown would take for a heading, a fence or a tag though the page shows it as text.
_MISTAKABLE = re.compile(r"^(?=#{1,6} |```|~~~)|(?=<[a-zA-Z/!?])")
_OWN_NUMBER = re.compile(r"\d{1,4}[.)] ")
_OWN_BULLET = re.compile(r"[•·▪◦‣*–-] ")


class _Place(NamedTuple):
    """Where an element stands: numbers of the innermost elements around it, 0 for none."""

    level: int = 0  # of the heading
    quote: int = 0
    quotes: int = 0  # how many, one in the other
    item: int = 0
    list: int = 0
    lists: int = 0  # how many, one in the other
    top: int = 0  # the outermost list
    table: int = 0
    row: int = 0
    cell: int = 0
    code: int = 0


class _Block(NamedTuple):
    """A block of Markdown; ``tight`` blocks of one list follow each other without a blank line."""

    text: str
    place: _Place
    tight: bool = False


def to_markdown(document: Document, decisions: Iterable[Decision]) -> str:
    """Return what the applied decisions leave of a page, as Markdown; bare text is left as it is.

    Blocks that are left empty are left out. Inline markup is not in the text and does not return.
    """
    page = document.dom
    if not isinstance(page, Page):
        return apply(document.text, decisions)
    parts: list[str] = []
    last: _Block | None = None
    for block in _blocks(page, _lines_left(document, page, decisions)):
        if last:
            parts.append(_between(last, block))
        mark = "> " * block.place.quotes
        parts.append("\n".join(f"{mark}{line}".rstrip() for line in block.text.split("\n")))
        last = block
    return "".join(parts)


def _lines_left(
    document: Document, page: Page, decisions: Iterable[Decision]
) -> Iterator[tuple[str, _Place]]:
    """Yield what is left of each block, and where it stands."""
    places = _places(page)
    applied = sorted((d for d in decisions if d.status == "applied"), key=lambda d: d.span)
    ends = [decision.end for decision in applied]
    for segment, owner in zip(document.segments, page.owners, strict=True):
        line = _left(document, segment, applied[bisect_left(ends, segment.start) :]).strip("\n")
        if any(map(str.isprintable, line.strip())):
            yield line, places[owner]


def _left(document: Document, segment: Segment, applied: list[Decision]) -> str:
    """Return what decisions leave of one segment; those that end before it are not given."""
    parts, position = [], segment.start
    for decision in applied:
        if decision.start >= segment.end:
            break
        parts.append(document.text[position : max(decision.start, position)])
        if decision.start >= segment.start:
            parts.append(decision.replacement)
        position = min(max(decision.end, position), segment.end)
    return "".join([*parts, document.text[position : segment.end]])


def _places(page: Page) -> list[_Place]:
    """Return the place of every element; a parent comes before its children."""
    places = [_Place()]
    for element in range(1, len(page.tags)):
        around = places[page.parents[element]]
        places.append(_inside(around, page.tags[element], element))
    return places


def _inside(around: _Place, tag: str, element: int) -> _Place:
    if tag in HEADINGS:
        around = around._replace(level=int(tag[1]))
    elif tag in _ITEMS:
        around = around._replace(item=element)
    elif tag == "dt":
        around = around._replace(item=0)
    elif tag in _LISTS:
        lists, top = min(around.lists + 1, _DEEPEST), around.top or element
        around = around._replace(list=element if tag == "ol" else 0, lists=lists, top=top)
    elif tag == "blockquote":
        around = _Place(quote=element, quotes=min(around.quotes + 1, _DEEPEST))
    elif tag == "table":
        around = _Place(around.level, around.quote, around.quotes, table=element)
    elif tag == "tr":
        around = around._replace(row=element)
    elif tag in CELLS:
        around = around._replace(cell=element)
    elif tag == "pre":
        around = around._replace(code=element)
    return around


def _blocks(page: Page, lines: Iterable[tuple[str, _Place]]) -> Iterator[_Block]:
    """Yield the blocks of Markdown that the lines of a page make."""
    found = list(lines)
    layout = {place.item for _, place in found if place.level}
    items = _Items(layout)
    for (table, code), run in groupby(found, key=lambda line: (line[1].table, line[1].code)):
        group = list(run)
        if code:
            yield _fenced([line for line, _ in group], group[0][1])
            continue
        rows = _rows(group) if table else None
        if rows:
            yield _Block(_table(rows), group[0][1])
            continue
        for line, place in group:
            yield items.block(line, place)


class _Items:
    """Marks the items of lists; those in ``layout`` are no items but parts of the page."""

    def __init__(self, layout: set[int]) -> None:
        self._layout = layout
        self._item = 0
        self._indent = 0
        self._numbers: dict[int, int] = {}  # of the last item, by list

    def block(self, line: str, place: _Place) -> _Block:
        """Return the block that one line makes."""
        text = _MISTAKABLE.sub(r"\\", line.replace("\t", " | "))
        if place.level:
            return _Block(f"{'#' * place.level} {text}", place)
        if not place.item or place.item in self._layout:
            return _Block(text, place)
        if place.item == self._item:
            return _Block(" " * self._indent + text, place)
        mark = self._mark(text, place)
        text = text if mark else _OWN_BULLET.sub("- ", text, count=1)
        before = "   " * max(place.lists - 1, 0)
        self._item = place.item
        self._indent = len(before) + len(mark or text.partition(" ")[0] + " ")
        return _Block(f"{before}{mark}{text}", place, tight=True)

    def _mark(self, text: str, place: _Place) -> str:
        """Return the number or bullet of an item; nothing where its text brings one."""
        if _OWN_NUMBER.match(text) or _OWN_BULLET.match(text):
            return ""
        if not place.list:
            return "- "
        number = self._numbers[place.list] = self._numbers.get(place.list, 0) + 1
        return f"{number}. "


def _between(last: _Block, block: _Block) -> str:
    """Return the line break between two blocks, with a blank line unless they are items."""
    same_list = last.place.top == block.place.top != 0 and last.place.quote == block.place.quote
    if block.tight and last.tight and same_list:
        return "\n"
    if block.place.quote and last.place.quote == block.place.quote:
        return f"\n{('> ' * block.place.quotes).rstrip()}\n"
    return "\n\n"


def _fenced(lines: Sequence[str], place: _Place) -> _Block:
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return _Block(f"{fence}\n{text}\n{fence}", place)


def _rows(lines: Sequence[tuple[str, _Place]]) -> list[list[str]] | None:
    """Return the rows of a table of data; None for one that is there for layout."""
    if any(place.level or place.item or not place.row for _, place in lines):
        return None
    rows = [_cells(row) for _, row in groupby(lines, key=lambda line: line[1].row)]
    is_data = len(rows) > 1 and all(len(row) > 1 for row in rows)
    return rows if is_data and all(len(c) <= _CELL_CHARS for row in rows for c in row) else None


def _cells(row: Iterable[tuple[str, _Place]]) -> list[str]:
    """Return the cells of a row, of which blocks may hold several or be parts of one."""
    cells: list[str] = []
    last = 0
    for line, place in row:
        first, *more = (cell.replace("|", "\\|") for cell in line.split("\t"))
        if place.cell == last and not more and cells:
            cells[-1] += f"<br>{first}"
        else:
            cells += first, *more
        last = place.cell
    return cells


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    return "\n".join(lines)
