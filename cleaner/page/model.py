"""A page as parallel columns: its blocks of text, and the elements around them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import Final, NamedTuple, overload

RULE_BITS: Final = 48  # bits below are cues; those from here on, parts of selectors
# Columns of the rows of blocks and of elements, and the places of two of the latter.
BLOCK_WIDTH: Final = 7
ELEMENT_WIDTH: Final = 6
LAST: Final = 3
ALL: Final = 5
_PATH: Final = 8  # names in the path of a block


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


class Read(NamedTuple):
    """What was read of a page: ``blocks`` and ``elements`` are rows of integers, end to end."""

    lines: list[str]
    blocks: list[int]
    tags: list[str]
    elements: list[int]
    marks: dict[int, int]
    head: list[tuple[str, str]]


class Page(Sequence[BlockEvidence]):
    """A page as parallel columns: one entry a block, one entry an element with blocks in it.

    Blocks: ``starts`` and ``ends`` in code points of ``text``; ``owners``, the element each stands
    in; ``link_chars`` and ``bold_chars`` in code points; ``links``; ``cues``, a set of bits, of the
    inline elements that begin it; ``images``, 1 where an image came just before.
    Elements: ``tags``; ``parents`` (the root is its own); ``depths``, 0 for the root; ``first`` and
    ``last``, the half-open range of blocks inside; ``own`` cues and ``all`` cues, those of the
    ancestors included.
    ``marks`` has the bits from RULE_BITS on, of the few elements that have any.
    ``head`` holds name and attributes of the elements that tell about the page; ``title`` is what
    it says is its title.

    As a sequence it holds the evidence of one block after the other.
    """

    def __init__(self, source: str, read: Read) -> None:
        self.source = source
        self.title = ""
        self.parts = read.lines
        self.text = "\n".join(read.lines)
        self.head = read.head
        self.tags = read.tags
        self.marks = read.marks
        sizes, self.owners, self.link_chars, self.bold_chars, self.links, self.cues, self.images = (
            _columns(read.blocks, BLOCK_WIDTH)
        )
        self.starts = array("q", accumulate(sizes, _next_start, initial=0))[:-1]
        self.ends = array("q", map(add, self.starts, sizes))
        self.parents, self.depths, self.first, self.last, self.own, self.all = _columns(
            read.elements, ELEMENT_WIDTH
        )

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
        return self.parts


def _columns(rows: list[int], width: int) -> Iterator[array[int]]:
    table = array("q", rows)
    return (table[column::width] for column in range(width))


def _next_start(start: int, size: int) -> int:
    return start + size + 1
