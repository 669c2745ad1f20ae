"""HTML to blocks of visible text and the elements around them, in one linear pass.

The tokeniser is one regular expression that always matches from ``<`` on, so that a scan never
starts over, and the tree is a stack with constant-time look-ups. A conforming tree builder cannot
promise that: Lexbor takes 15 s for 100,000 nested ``<div>`` and 20 s for a tag with 100,000
attributes (500 and 890 KB). What is given up are the standard's repairs of misnested inline
markup, which do not change the text of a page, nor its blocks.

>>> page = parse("<h1>A title</h1><div>Bare <b>text</b>,<br>then<p>a <a href=x>link</a></div>")
>>> page.lines()
['A title', 'Bare text,', 'then', 'a link']
>>> [page.tags[owner] for owner in page.owners]
['h1', 'div', 'div', 'p']
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Final, NamedTuple, overload

from cleaner.errors import InputError
from cleaner.page.tags import (
    BOLD,
    CELLS,
    END_FENCE,
    ENDS_PARAGRAPH,
    ENDS_SIBLING,
    FENCES,
    INLINE,
    RAW,
    SKIPPED,
    TABLE_FENCE,
    TABLE_PARTS,
    VOID,
)

MAX_CHARS: Final = 32_000_000
MAX_TAGS: Final = 1_000_000
_LARGE: Final = 400_000  # code points; larger pages are read at less memory and a little slower
RULE_BITS: Final = 48  # bits below are cues; those from here on, parts of selectors
_PATH: Final = 8  # names in the path of a block
_CELL: Final = "\0"  # between cells of a row while it is read; the source has none
_LONG_TAG: Final = 10_000  # code points of attributes
_CROWD: Final = 3_000
_CELL_CHARS: Final = 100  # longer cells are layout, and stay blocks of their own

_ATTRIBUTES: Final = r"""(?>[^>=]+|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+"""
# A quote counts only behind an equals sign, and what is not closed runs to the end of the page,
# as in the HTML standard. Groups: text before the tag, "/", name, attributes; the last group is
# the name of an element that is skipped with all it holds.
_TOKEN: Final = re.compile(
    rf"""([^<]*+(?:<(?![a-z/!?])[^<]*+)*+)(?:
    <(?!(?:{"|".join(RAW + SKIPPED)})[\s/>])(/?)([a-z][^\s/>]*+)({_ATTRIBUTES})(?:>|\Z)
  | <!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))
  | <({"|".join(RAW + SKIPPED)}){_ATTRIBUTES}(?:>|\Z)
        (?:(?<=/>)(?<!<script)|[^<]*+(?:<(?!/\5[\s/>])[^<]*+)*+(?:</{_ATTRIBUTES}(?:>|\Z)|\Z))
  | <[!?/][^>]*+(?:>|\Z)
  | <
  | \Z)""",
    re.IGNORECASE | re.VERBOSE,
)

# What the walker does with an element, by name; names it does not know are blocks.
_INLINE, _LINK, _BOLD, _BREAK, _IMAGE, _NOTHING, _OPTION, _HEAD, _BLOCK = range(9)
_ROLE: Final[dict[str, int]] = (
    dict.fromkeys(INLINE, _INLINE)
    | dict.fromkeys(VOID | {"option", "optgroup"}, _NOTHING)
    | dict.fromkeys(BOLD, _BOLD)
    | {"a": _LINK, "br": _BREAK, "hr": _BREAK, "img": _IMAGE, "amp-img": _IMAGE, "time": _HEAD}
    | {"option": _OPTION, "meta": _HEAD, "link": _HEAD, "html": _HEAD, "picture": _IMAGE}
    | dict.fromkeys(ENDS_PARAGRAPH | TABLE_PARTS | {"p", "button", "select"}, _BLOCK)
    | {"br": _BREAK, "hr": _BREAK, "body": _HEAD, "head": _HEAD}
)


class BlockEvidence(NamedTuple):
    """What the DOM tells of one block.

    ``path`` are the names of its element and up to seven around it, outermost first;
    ``link_density`` the share of its code points in links; ``cues`` the bits that
    ``cleaner.page.cues`` names.
    """

    tag: str
    path: str
    link_density: float
    cues: int


class Page(Sequence[BlockEvidence]):
    """A page as parallel columns: one entry a block, one entry an element.

    Blocks: ``starts`` and ``ends`` in code points of ``text``; ``owners``, the element each stands
    in; ``link_chars`` and ``bold_chars`` in code points; ``links``; ``cues``, a set of bits, of the
    inline elements that begin it; ``images``, 1 where an image came just before.
    Elements: ``tags``; ``parents`` (the root is its own); ``first`` and ``last``, the half-open
    range of blocks inside; ``own`` cues and ``all`` cues, those of the ancestors included.
    ``crowded`` tells whether a tag has thousands of attributes.
    ``marks`` has the bits from RULE_BITS on, of the few elements that have any.
    ``head`` holds name and attributes of the elements that tell about the page; ``title`` and
    ``body`` what it says is its title and its article.

    As a sequence it holds the evidence of one block after the other.
    """

    __slots__ = (
        "all", "body", "bold_chars", "crowded", "cues", "ends", "first", "head", "images", "last",
        "link_chars", "links", "marks", "own", "owners", "parents", "parts", "source", "starts",
        "tags", "text", "title",
    )  # fmt: skip

    def __init__(self) -> None:
        self.text = self.source = self.title = self.body = ""
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.owners: list[int] = []
        self.link_chars: list[int] = []
        self.bold_chars: list[int] = []
        self.links: list[int] = []
        self.cues: list[int] = []
        self.images: list[int] = []
        self.tags: list[str] = ["body"]
        self.parents: list[int] = [0]
        self.first: list[int] = [0]
        self.last: list[int] = [0]
        self.own: list[int] = [0]
        self.all: list[int] = [0]
        self.marks: dict[int, int] = {}
        self.crowded = False
        self.head: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, block: int) -> BlockEvidence: ...
    @overload
    def __getitem__(self, block: slice) -> list[BlockEvidence]: ...
    def __getitem__(self, block: int | slice) -> BlockEvidence | list[BlockEvidence]:
        if isinstance(block, slice):
            return [self._evidence(one) for one in range(*block.indices(len(self)))]
        if not -len(self) <= block < len(self):
            raise IndexError(block)
        return self._evidence(block)

    def _evidence(self, block: int) -> BlockEvidence:
        owner = self.owners[block]
        path, element = [self.tags[owner]], owner
        while element and len(path) < _PATH:
            element = self.parents[element]
            path.append(self.tags[element])
        size = self.ends[block] - self.starts[block]
        return BlockEvidence(
            tag=self.tags[owner],
            path="/".join(reversed(path)),
            link_density=self.link_chars[block] / size,
            cues=self.all[owner] | self.cues[block],
        )

    def lines(self) -> list[str]:
        """Return the text of every block."""
        return [self.text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]


def parse(source: str, cues: Callable[[str, str], int] = lambda tag, attributes: 0) -> Page:
    """Return the blocks and elements of an HTML page or fragment.

    ``cues`` tells the bits of an element from its name and the text of its attributes.
    Time and memory grow linearly. Raises InputError for more than MAX_CHARS code points or
    MAX_TAGS block elements.
    """
    if len(source) > MAX_CHARS:
        raise InputError(f"the page has {len(source):,} characters; the budget is {MAX_CHARS:,}")
    if _CELL in source:
        source = source.replace(_CELL, "")
    return _Walk(cues).run(source)


class _Walk:
    """One walk over the tokens of a page; holds the open elements and the block being read."""

    def __init__(self, cues: Callable[[str, str], int]) -> None:
        self.page = Page()
        self.cue_of = cues
        self.stack = [0]  # open elements
        self.open: defaultdict[str, list[int]] = defaultdict(list)  # their depths, by name
        self.pieces: list[str] = []
        self.position = 0
        self.link_from = self.bold_from = -1  # piece where an open link or bold run began
        self.link_chars = self.bold_chars = self.links = self.cues = self.image = 0

    def run(self, source: str) -> Page:
        pieces, role_of = self.pieces, _ROLE.get
        for text, slash, name, attributes, _ in _tokens(source):
            if text and (pieces or not text.isspace()):
                pieces.append(text)
            if not name:
                continue
            role = role_of(name)
            if role is None:
                name = name.lower()  # noqa: PLW2901
                role = role_of(name, _BLOCK)
            if attributes and len(attributes) > _LONG_TAG:
                self._look_for_crowd(attributes)
            if role == _INLINE:
                if attributes and not slash:
                    self._cue(name, attributes)
            elif role == _BLOCK:
                self._end(name) if slash else self._start(name, attributes)
            else:
                self._special(role, name, slash, attributes)
        self._flush()
        self._pop(0)
        page = self.page
        page.last[0] = len(page.starts)
        page.text = "\n".join(page.parts)
        return page

    def _look_for_crowd(self, attributes: str) -> None:
        if attributes.count("=") + len(attributes.split()) > _CROWD:
            self.page.crowded = True

    def _special(self, role: int, name: str, slash: str, attributes: str) -> None:
        if role == _LINK:
            self._link_ends()
            if not slash:
                self.link_from = len(self.pieces)
                self.links += 1
        elif role == _BOLD:
            self._bold_ends()
            if not slash:
                self.bold_from = len(self.pieces)
        elif role == _BREAK:
            self._flush()
        elif role == _IMAGE:
            self.image = 1
        elif role == _OPTION:
            self.pieces.append(" ")
        elif role == _HEAD and not slash:
            self.page.head.append((name, attributes))
            if name == "time":
                self._cue(name, attributes)

    def _cue(self, name: str, attributes: str) -> None:
        """Note what an inline element says of the block that it begins."""
        if not self.pieces:
            self.cues |= self.cue_of(name, attributes)

    def _link_ends(self) -> None:
        if self.link_from >= 0:
            self.link_chars += sum(len(piece.strip()) for piece in self.pieces[self.link_from :])
            self.link_from = -1

    def _bold_ends(self) -> None:
        if self.bold_from >= 0:
            self.bold_chars += sum(len(piece.strip()) for piece in self.pieces[self.bold_from :])
            self.bold_from = -1

    def _flush(self) -> None:
        """End the block being read, if there is any text in it."""
        pieces = self.pieces
        if not pieces:
            return
        raw = "".join(pieces)
        line = _visible(raw, keep_lines=bool(self.open.get("pre")))
        if line:
            self._add(line)
        in_link, in_bold = self.link_from >= 0, self.bold_from >= 0
        pieces.clear()
        self.link_from = 0 if in_link else -1
        self.bold_from = 0 if in_bold else -1
        self.link_chars = self.bold_chars = self.cues = 0
        self.links = int(in_link)

    def _add(self, line: str) -> None:
        if self.link_from >= 0:
            self.link_chars += sum(len(p.strip()) for p in self.pieces[self.link_from :])
        if self.bold_from >= 0:
            self.bold_chars += sum(len(p.strip()) for p in self.pieces[self.bold_from :])
        page, size = self.page, len(line)
        page.parts.append(line)
        page.starts.append(self.position)
        page.ends.append(self.position + size)
        page.owners.append(self.stack[-1])
        page.link_chars.append(min(self.link_chars, size))
        page.bold_chars.append(min(self.bold_chars, size))
        page.links.append(self.links)
        page.cues.append(self.cues)
        page.images.append(self.image)
        self.position += size + 1
        self.image = 0

    def _start(self, name: str, attributes: str) -> None:
        if self.pieces:
            if name in CELLS and self._joins_row():
                self.pieces.append(_CELL)
            else:
                self._flush()
        page, stack, opened = self.page, self.stack, self.open
        if page.tags[stack[-1]] == "p" and name in ENDS_PARAGRAPH:
            self._pop(len(stack) - 1)
        if name in ENDS_SIBLING:
            depth = self._last(ENDS_SIBLING[name])
            if depth and depth > self._last(FENCES.get(name, TABLE_FENCE)):
                self._pop(depth)
        parent = stack[-1]
        cues = self.cue_of(name, attributes)
        opened[name].append(len(stack))
        stack.append(len(page.tags))
        page.tags.append(name)
        page.parents.append(parent)
        page.first.append(len(page.starts))
        page.last.append(0)
        if cues >> RULE_BITS:
            page.marks[len(page.own)] = cues >> RULE_BITS
            cues &= (1 << RULE_BITS) - 1
        page.own.append(cues)
        page.all.append(cues | page.all[parent])
        if len(page.own) > MAX_TAGS:
            raise InputError(f"the page has more than {MAX_TAGS:,} elements")

    def _end(self, name: str) -> None:
        depths = self.open.get(name)
        if not depths:
            if name == "p":  # the standard has an empty paragraph here
                self._flush()
            return
        if self.pieces:
            if name in CELLS and self._short():
                return  # the next cell or the end of the row decides
            self._flush()
        depth = depths[-1]
        if depth == len(self.stack) - 1:
            depths.pop()
            self.page.last[self.stack.pop()] = len(self.page.starts)
        elif depth >= self._last(TABLE_FENCE if name in TABLE_PARTS else END_FENCE):
            self._pop(depth)

    def _last(self, names: tuple[str, ...]) -> int:
        """Return the depth of the innermost open element of these names, or 0."""
        return max((self.open[name][-1] for name in names if self.open.get(name)), default=0)

    def _short(self) -> bool:
        return sum(map(len, self.pieces[-50:])) <= _CELL_CHARS

    def _joins_row(self) -> bool:
        """Tell whether a cell goes on with the line of the cell before it."""
        return bool(self.pieces) and self.page.tags[self.stack[-1]] in CELLS and self._short()

    def _pop(self, depth: int) -> None:
        """Close open elements down to a depth on the stack; the root stays."""
        stack, page, blocks = self.stack, self.page, len(self.page.starts)
        while len(stack) > max(depth, 1):
            element = stack.pop()
            page.last[element] = blocks
            self.open[page.tags[element]].pop()


def _tokens(source: str) -> Iterable[tuple[str, ...]]:
    """Return text, "/", name, attributes and a name not used, for every tag."""
    if len(source) < _LARGE:
        return _TOKEN.findall(source)  # the faster way, at 300 bytes of memory a tag
    return (match.groups("") for match in _TOKEN.finditer(source))


def _visible(raw: str, *, keep_lines: bool) -> str:
    r"""Return text as a page shows it: entities decoded, white space drawn together.

    Blanks that must not break are blanks like others, as in the text that people copy.

    >>> _visible(" fish &amp;\n chips ", keep_lines=False)
    'fish & chips'
    """
    if "&" in raw:
        raw = unescape(raw)
    if keep_lines:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace(_CELL, "\t")
        return raw.strip("\n").rstrip()
    line = " ".join(raw.split())
    if _CELL in line:
        return "\t".join(cell.strip() for cell in line.split(_CELL)).strip()
    return line
