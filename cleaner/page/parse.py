"""HTML to blocks of visible text and the elements around them, in one linear pass.

The tree is a stack with constant-time look-ups, so that the time is linear for any source. A
conforming tree builder cannot promise that: Lexbor takes 15 s for 100,000 nested ``<div>`` and 20 s
for a tag with 100,000 attributes (500 and 890 KB), and is no faster on real pages: its nodes,
walked over from Python, cost as much as these tokens. What is given up are the standard's repairs
of misnested inline markup, which do not change the text of a page, nor its blocks.

>>> page = parse("<h1>A title</h1><div>Bare <b>text</b>,<br>then<p>a <a href=x>link</a></div>")
>>> page.lines()
['A title', 'Bare text,', 'then', 'a link']
>>> [page.tags[owner] for owner in page.owners]
['h1', 'div', 'div', 'p']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import unescape
from typing import Final

from cleaner.errors import InputError
from cleaner.page.model import ALL, ELEMENT_WIDTH, LAST, RULE_BITS, Page, Read
from cleaner.page.tags import (
    BOLD,
    CELLS,
    END_FENCE,
    ENDS_PARAGRAPH,
    ENDS_SIBLING,
    FENCES,
    INLINE,
    TABLE_FENCE,
    TABLE_PARTS,
    VOID,
)
from cleaner.page.tokens import tokens
from cleaner.read.decode import storable

MAX_CHARS: Final = 32_000_000
MAX_TAGS: Final = 1_000_000
_CELL: Final = "\0"  # between cells of a row while it is read; the source has none
_CELL_CHARS: Final = 100  # longer cells are layout, and stay blocks of their own

# What the walker does at a tag, by its name with its slash; names it does not know are blocks.
_NOTHING, _START, _END, _INLINE, _LINK, _LINK_END, _BOLD, _BOLD_END = range(8)
_BREAK, _IMAGE, _OPTION, _HEAD = range(8, 12)
_ROLES: Final[tuple[tuple[Iterable[str], int, int], ...]] = (  # names, roles of start and end
    (INLINE, _INLINE, _NOTHING),
    (VOID | {"head", "body", "optgroup"}, _NOTHING, _NOTHING),
    (BOLD, _BOLD, _BOLD_END),
    (("a",), _LINK, _LINK_END),
    (("img", "amp-img", "picture"), _IMAGE, _IMAGE),
    (("option",), _OPTION, _OPTION),
    (("html", "meta", "link", "time"), _HEAD, _NOTHING),
    (ENDS_PARAGRAPH | TABLE_PARTS | {"p", "button", "select"}, _START, _END),
    (("br", "hr"), _BREAK, _BREAK),
)
_ROLE: Final = {"": _NOTHING} | {
    slash + name: role
    for names, start, end in _ROLES
    for name in names
    for slash, role in (("", start), ("/", end))
}


def parse(source: str, cues: Callable[[str, str], int] = lambda tag, attributes: 0) -> Page:
    """Return the blocks and elements of an HTML page or fragment.

    ``cues`` tells the bits of an element from its name and the text of its attributes.
    Time and memory grow linearly. Raises InputError for more than MAX_CHARS code points or
    MAX_TAGS block elements, open at once or with text in them.
    """
    if len(source) > MAX_CHARS:
        raise InputError(f"the page has {len(source):,} characters; the budget is {MAX_CHARS:,}")
    if _CELL in source:
        source = source.replace(_CELL, "")
    return Page(source, _Walk(cues).run(source))


class _Walk:
    """One walk over the tokens of a page; holds the open elements and the block being read.

    ``blocks`` and ``elements`` are tables of integers, row after row, of the columns of a Page.
    An element gets its row when the first block in it ends; many never hold any.
    """

    def __init__(self, cues: Callable[[str, str], int]) -> None:
        self.cue_of = cache(cues)  # the elements of a page are much alike
        self.lines: list[str] = []
        self.blocks: list[int] = []
        self.tags = ["body"]
        self.elements = [0] * ELEMENT_WIDTH
        self.marks: dict[int, int] = {}
        self.head: list[tuple[str, str]] = []
        self.stack = [("body", "")]  # names and attributes of the open elements
        self.made = [0]  # rows of those that have one, the outermost
        self.open: defaultdict[str, list[int]] = defaultdict(list)  # their depths, by name
        self.pieces: list[str] = []
        self.link_from = self.bold_from = -1  # piece where an open link or bold run began
        self.link_chars = self.bold_chars = self.links = self.cues = self.image = 0

    def run(self, source: str) -> Read:
        """Read all tokens."""
        pieces, stack, opened, role_of = self.pieces, self.stack, self.open, _ROLE.get
        for text, name, attributes, _ in tokens(source):
            if text and (pieces or not text.isspace()):
                pieces.append(text)
            role = role_of(name)
            if role is None:
                name, role = _other(name)  # noqa: PLW2901
            if role == _START:
                around = stack[-1][0]
                if (
                    pieces
                    or around == "p"
                    or (name in ENDS_SIBLING and around not in FENCES.get(name, TABLE_FENCE))
                ):
                    self._make_room(name)
                opened[name].append(len(stack))
                stack.append((name, attributes))
                if len(stack) > MAX_TAGS:
                    raise InputError(f"more than {MAX_TAGS:,} elements are open")
            elif role == _END:
                self._end(name[1:])
            elif role == _INLINE and attributes and not pieces:  # it begins the block
                self.cues |= self.cue_of(name, attributes)
            elif role > _INLINE:
                self._special(role, name, attributes)
        self._end_block()
        self._pop(1)
        self.elements[LAST] = len(self.lines)
        return Read(self.lines, self.blocks, self.tags, self.elements, self.marks, self.head)

    def _special(self, role: int, name: str, attributes: str) -> None:
        if role in (_LINK, _LINK_END):
            if self.link_from >= 0:
                self.link_chars += _chars(self.pieces, self.link_from)
            self.link_from = len(self.pieces) if role == _LINK else -1
            self.links += role == _LINK
        elif role == _HEAD:
            self.head.append((name, attributes))
            if name == "time" and not self.pieces:
                self.cues |= self.cue_of(name, attributes)
        elif role == _BREAK:
            self._end_block()
        elif role == _IMAGE:
            self.image = 1
        elif role == _OPTION:
            self.pieces.append(" ")
        else:
            if self.bold_from >= 0:
                self.bold_chars += _chars(self.pieces, self.bold_from)
            self.bold_from = len(self.pieces) if role == _BOLD else -1

    def _end_block(self) -> None:
        """End the block being read, if there is any text in it."""
        pieces = self.pieces
        if not pieces:
            return
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if "&" in raw:
            raw = unescape(raw)
        line = _preformatted(raw) if self.open["pre"] else _line(raw)
        in_link, in_bold = self.link_from >= 0, self.bold_from >= 0
        if line:
            if in_link:
                self.link_chars += _chars(pieces, self.link_from)
            if in_bold:
                self.bold_chars += _chars(pieces, self.bold_from)
            self._add(line, len(line))
        pieces.clear()
        if self.links:
            self.link_from = 0 if in_link else -1
            self.links, self.link_chars = int(in_link), 0
        if self.bold_chars or in_bold:
            self.bold_from = 0 if in_bold else -1
            self.bold_chars = 0
        self.cues = 0

    def _add(self, line: str, size: int) -> None:
        if len(self.made) < len(self.stack):
            self._make_elements()
        links, bold = self.link_chars, self.bold_chars  # counted before entities were read
        self.lines.append(line)
        self.blocks.extend(
            (
                size,
                self.made[-1],
                links if links < size else size,
                bold if bold < size else size,
                self.links,
                self.cues,
                self.image,
            )
        )
        self.image = 0

    def _make_elements(self) -> None:
        """Give the open elements their rows."""
        made, tags, elements, first = self.made, self.tags, self.elements, len(self.lines)
        parent = made[-1]
        around = elements[parent * ELEMENT_WIDTH + ALL]
        for name, attributes in self.stack[len(made) :]:
            cues, row = self.cue_of(name, attributes), len(tags)
            if cues >> RULE_BITS:
                self.marks[row] = cues >> RULE_BITS
                cues &= (1 << RULE_BITS) - 1
            around |= cues
            elements.extend((parent, len(made), first, 0, cues, around))
            tags.append(name)
            made.append(row)
            parent = row
        if len(tags) > MAX_TAGS:
            raise InputError(f"the page has more than {MAX_TAGS:,} elements with text")

    def _make_room(self, name: str) -> None:
        """End what an element that begins ends: the text before it, a paragraph, a sibling."""
        stack = self.stack
        if self.pieces:
            if name in CELLS and stack[-1][0] in CELLS and self._is_short():
                self.pieces.append(_CELL)  # the cell goes on with the line of the one before it
            else:
                self._end_block()
        if stack[-1][0] == "p" and name in ENDS_PARAGRAPH:
            self._pop(len(stack) - 1)
        if name in ENDS_SIBLING:
            depth = self._last(ENDS_SIBLING[name])
            if depth and depth > self._last(FENCES.get(name, TABLE_FENCE)):
                self._pop(depth)

    def _end(self, name: str) -> None:
        """Close the innermost open element of a name, unless a table stands in between."""
        depths = self.open.get(name)
        if not depths:
            if name == "p":  # the standard has an empty paragraph here
                self._end_block()
            return
        if self.pieces:
            if name in CELLS and self._is_short():
                return  # the next cell or the end of the row decides
            self._end_block()
        stack, made, depth = self.stack, self.made, depths[-1]
        if depth == len(stack) - 1:
            depths.pop()
            stack.pop()
            if len(made) > depth:
                self.elements[made.pop() * ELEMENT_WIDTH + LAST] = len(self.lines)
        elif depth >= self._last(TABLE_FENCE if name in TABLE_PARTS else END_FENCE):
            self._pop(depth)

    def _last(self, names: tuple[str, ...]) -> int:
        """Return the depth of the innermost open element of these names, or 0."""
        depth = 0
        for name in names:
            depths = self.open.get(name)
            if depths and depths[-1] > depth:
                depth = depths[-1]
        return depth

    def _is_short(self) -> bool:
        return sum(map(len, self.pieces[-50:])) <= _CELL_CHARS

    def _pop(self, depth: int) -> None:
        """Close open elements down to a depth on the stack."""
        stack, made = self.stack, self.made
        while len(stack) > depth:
            self.open[stack.pop()[0]].pop()
        while len(made) > depth:
            self.elements[made.pop() * ELEMENT_WIDTH + LAST] = len(self.lines)


def _other(name: str) -> tuple[str, int]:
    """Return a name that is not known as it stands, and its role: the unknown are blocks."""
    name = name.lower()
    return name, _ROLE.get(name, _END if name[0] == "/" else _START)


def _chars(pieces: Sequence[str], start: int) -> int:
    """Return the code points of the pieces from ``start`` on, blanks around them left out."""
    chars = 0
    for piece in pieces[start:]:
        chars += len(piece.strip())
    return chars


def _line(raw: str) -> str:
    r"""Return text as a page shows it: white space drawn together, cells parted by tabs.

    Blanks that must not break are blanks like others, as in the text that people copy.

    >>> _line(" fish &\n chips "), _line("1904 \0 Mill")
    ('fish & chips', '1904\tMill')
    """
    line = raw.strip()
    if "  " in line or not line.isprintable():  # no other blank is printable
        line = storable(" ".join(line.split()))
    if _CELL in line:
        return "\t".join(cell.strip() for cell in line.split(_CELL)).strip()
    return line


def _preformatted(raw: str) -> str:
    raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace(_CELL, "\t")
    return storable(raw.strip("\n").rstrip())
