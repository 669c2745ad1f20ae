"""Numbers for every block of a page: what the finder weighs.

One array a piece of evidence, one entry a block. They are computed for all blocks at once; an
element's blocks are a range, so that sums over it are differences of running sums.

Names: ``share 2`` is about the second element around the block's own (``share 0``); ``words +1``
about the next block; ``link density ±3`` about the block and three on either side; ``in X`` says
that a cue stands on an element around the block that holds less than half of the page's prose,
``is X`` on its own element, ``page in X`` anywhere around it; ``says X`` counts the cue's pieces
of text; the branch is the outermost element around the block with less than half of the prose.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, Final

import numpy as np

from cleaner.page.cues import CueBook, load_cues
from cleaner.page.model import Page

Array = np.ndarray[Any, np.dtype[Any]]

LEVELS: Final = 5  # elements looked at, from the block's own outwards
# A block of this many words, not mostly links, is prose if it ends as a sentence does ...
PROSE_WORDS: Final = 8
# ... or has more than these.
LONG_WORDS: Final = 20
OUTER_SHARE: Final = 0.5  # of the page's prose: an element with more holds the article
_MOST_SAID: Final = 4

_SHAPES: Final = ("p", "li", "div", "dd")
_ROW: Final = 16  # classes of characters; a power of two
_COMMA, _STOP, _COLON, _DIVIDER, _QUOTE, _SIGN, _DIGIT, _UPPER, _BLANK, _HAN = range(1, 11)
_MARKS: Final = {
    ",;": _COMMA, ".!?…。！？؟।": _STOP, ":": _COLON, "|/>»›·•–—": _DIVIDER,
    "\"“”«„'’": _QUOTE, "©®@#": _SIGN,
}  # fmt: skip


@cache
def _char_classes() -> Array:
    """Return the class of each of the first 0x10000 code points; 0 for letters and the rest."""
    table = np.zeros(0x10000, np.uint8)
    for code in range(0x3000):
        char = chr(code)
        if char.isdigit():
            table[code] = _DIGIT
        elif char.isupper():
            table[code] = _UPPER
        elif char.isspace():
            table[code] = _BLANK
    table[0x3040:0xA000] = _HAN  # kana and Han: about two to a word
    for chars, kind in _MARKS.items():
        for char in chars:
            table[ord(char)] = kind
    return table


def _classes(text: str) -> Array:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _char_classes()[np.minimum(codes, 0xFFFF)]


_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_LEVEL: Final = 9
_NUMBER: Final = {tag: number for number, tag in enumerate((*_HEADINGS, *_SHAPES, "td", "th"))}


def _shift(values: Array, by: int) -> Array:
    """Return values moved so that each row sees its neighbour ``by`` rows on; 0 at the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[:-by] = values[by:] if by < len(values) else 0
    elif -by < len(values):
        out[-by:] = values[:by]
    return out


def _running(values: Array) -> Array:
    return np.concatenate(([0], np.cumsum(values)))


def _tag_numbers(tags: list[str]) -> Array:
    """Return a number for each name: those of ``_NUMBER``, and others for other names."""
    others = dict.fromkeys(tags).keys() - _NUMBER.keys()
    numbers = _NUMBER | {tag: number for number, tag in enumerate(sorted(others), len(_NUMBER))}
    return np.array([numbers[tag] for tag in tags])


class Evidence:
    """The evidence of one page: ``columns`` by name, and the sums they are made of."""

    def __init__(self, page: Page, book: CueBook | None = None) -> None:
        self.page = page
        self.columns: dict[str, Array] = {}
        self.book = book or load_cues()
        self.lines = page.lines()
        self.rows = np.arange(len(self.lines))
        self.starts, self.ends = np.array(page.starts), np.array(page.ends)
        self.owners, self.parents = np.array(page.owners), np.array(page.parents)
        self.first, self.last = np.array(page.first), np.array(page.last)
        self.own_cues = np.array(page.own)
        self._text()
        self._tags()
        self._cues()
        self._containers()
        self._sequence()
        self._repeats()
        self._title(page.title)
        self._spoken()

    def _text(self) -> None:
        page, columns = self.page, self.columns
        size = self.ends - self.starts
        kinds = _classes(page.text + "\n")
        cells = np.repeat(self.rows * _ROW, size + 1)
        cells += kinds
        count = np.bincount(cells, minlength=len(size) * _ROW).reshape(-1, _ROW).T
        words = count[_BLANK] + count[_HAN] // 2
        last, first = kinds[self.ends - 1], kinds[self.starts]
        self.words = words
        self.link = np.array(page.link_chars) / size
        ends = (last == _STOP) | (last == _QUOTE)
        is_prose = (words >= PROSE_WORDS) & (self.link < 0.5) & (ends | (words > LONG_WORDS))
        self.prose = words * is_prose
        columns["words"] = words
        columns["word length"] = size / words
        columns["link density"] = self.link
        columns["links"] = np.array(page.links)
        columns["bold"] = np.array(page.bold_chars) / size
        columns["image before"] = np.array(page.images)
        columns["ends sentence"] = ends
        columns["begins upper"] = first == _UPPER
        columns["commas"] = count[_COMMA]
        columns["stops"] = count[_STOP]
        columns["dividers"] = count[_DIVIDER]
        columns["quotes"] = count[_QUOTE]
        columns["signs"] = count[_SIGN]
        columns["digits"] = count[_DIGIT] / size
        columns["capitals"] = count[_UPPER] / words

    def _tags(self) -> None:
        columns, tags = self.columns, _tag_numbers(self.page.tags)
        own = tags[self.owners]
        for tag in _SHAPES:
            columns[f"<{tag}>"] = own == _NUMBER[tag]
        self.heading = own < len(_HEADINGS)
        columns["heading level"] = np.where(self.heading, own + 1, _NO_LEVEL)
        columns["cell"] = (own == _NUMBER["td"]) | (own == _NUMBER["th"])
        columns["above <li>"] = tags[self.parents[self.owners]] == _NUMBER["li"]
        self.tags = tags

    def _cues(self) -> None:
        """Cues of the block itself, of what is around it, and of what holds most of the page."""
        page, columns = self.page, self.columns
        running = _running(self.prose)
        self.inside = running[self.last] - running[self.first]
        self.total = max(int(running[-1]), 1)
        self.share = self.inside / self.total
        inner, hops, depth, branch = self._ways()
        mine = np.array(page.cues)
        self.around = inner[self.owners] | mine
        own = self.own_cues[self.owners] | mine
        every = np.array(page.all)[self.owners]
        bits = (
            np.stack((self.around, own, every))[:, None] >> np.arange(len(self.book.cues))[:, None]
        )
        for prefix, found in zip(("in", "is", "page in"), bits & 1, strict=True):
            for cue, column in zip(self.book.cues, found, strict=True):
                columns[f"{prefix} {cue.id.removeprefix('dom-')}"] = column
        columns["hops"] = hops[self.owners]
        columns["depth"] = depth[self.owners]
        self.branch = branch[self.owners]

    def _ways(self) -> tuple[Array, Array, Array, Array]:
        """Return, for each element, what lies on the way out to what holds most of the prose.

        That is the cues on the way, its length, the length of the way to the root, and the
        outermost element on the way.
        """
        parents, rows = self.parents, np.arange(len(self.parents))
        depth = np.array(self.page.depths)
        outer = self.share > OUTER_SHARE
        inner = np.where(outer, 0, self.own_cues)
        up = np.where(outer | outer[parents], rows, parents)
        while True:  # each round doubles the length of the steps up
            inner |= inner[up]
            further = up[up]
            if np.array_equal(further, up):
                break
            up = further
        hops = np.where(outer, 0, depth - depth[parents[up]])
        return inner, hops, depth, up

    def _containers(self) -> None:
        columns = self.columns
        words, links = _running(self.words), _running(self.words * self.link)
        sizes = np.maximum(words[self.last] - words[self.first], 1)
        density = self.inside / sizes
        linked = (links[self.last] - links[self.first]) / sizes
        blocks = self.last - self.first
        element = self.owners
        for level in range(LEVELS):
            columns[f"share {level}"] = self.share[element]
            columns[f"prose density {level}"] = density[element]
            columns[f"link density {level}"] = linked[element]
            columns[f"blocks {level}"] = blocks[element]
            element = self.parents[element]
        branch = self.branch
        columns["branch share"] = self.share[branch]
        columns["branch link density"] = linked[branch]
        columns["branch blocks"] = blocks[branch]
        columns["branch words"] = sizes[branch]
        columns["since branch"] = self.rows - self.first[branch]

    def _sequence(self) -> None:
        columns = self.columns
        size = len(self.words)
        parents = self.parents[self.owners]
        for by in (-3, -1, 1, 3):
            columns[f"words {by:+}"] = _shift(self.words, by)
        for by in (-2, -1, 1, 2, 3):
            columns[f"link density {by:+}"] = _shift(self.link, by)
        for by in (-1, 1):
            columns[f"prose {by:+}"] = _shift(self.prose, by)
            columns[f"sibling {by:+}"] = _shift(parents, by) == parents
        prose, words = _running(self.prose), _running(self.words)
        links = _running(self.words * self.link)
        for reach in (3, 8, 20):
            low, high = self._window(reach, reach)
            inside, near = words[high] - words[low], prose[high] - prose[low]
            columns[f"prose ±{reach}"] = near
            columns[f"prose density ±{reach}"] = near / inside
            columns[f"link density ±{reach}"] = (links[high] - links[low]) / inside
        low, high = self._window(5, 5)
        columns["prose before 5"] = prose[:-1] - prose[low]
        columns["prose after 5"] = prose[high] - prose[1:]
        columns["prose before"] = prose[:-1] / self.total
        columns["prose after"] = (prose[-1] - prose[1:]) / self.total
        rows = self.rows
        columns["place"] = rows / size
        is_prose = self.prose > 0
        before = np.maximum.accumulate(np.where(is_prose, rows, -99))
        columns["since prose"] = rows - before
        after = np.minimum.accumulate(np.where(is_prose, rows, size + 99)[::-1])[::-1]
        columns["until prose"] = after - rows
        columns["page prose"] = np.full(size, self.total)
        columns["page blocks"] = np.full(size, size)

    def _window(self, before: int, after: int) -> tuple[Array, Array]:
        """Return the half-open range of rows near each row."""
        rows = self.rows
        return np.maximum(rows - before, 0), np.minimum(rows + after + 1, len(rows))

    def _repeats(self) -> None:
        """How many blocks of the page are made alike, and what they are like on the whole."""
        columns, own, tags = self.columns, self.own_cues, self.tags
        parent = self.parents[self.owners]
        key = tags[self.owners] * 7919 + tags[parent] * 104729
        key += own[self.owners] * 31 + own[parent] * 17
        _, group = np.unique(key, return_inverse=True)
        count = np.bincount(group)
        columns["alike"] = count[group]
        columns["alike words"] = (np.bincount(group, self.words) / count)[group]
        columns["alike links"] = (np.bincount(group, self.link) / count)[group]
        columns["alike prose"] = (np.bincount(group, self.prose > 0) / count)[group]
        columns["alike share"] = (np.bincount(group, self.prose) / self.total)[group]
        seen = Counter(self.lines)
        columns["same text"] = np.array([seen[line] for line in self.lines])

    def _title(self, title: str) -> None:
        columns = self.columns
        lines, title = self.lines, title.casefold()
        longest = len(title) + 1
        like = np.array([8 < len(line) < longest and line.casefold() in title for line in lines])
        first = like & (self.columns["heading level"] == 1)
        places = np.flatnonzero(first if first.any() else like)
        place = int(places[0]) if len(places) else -1
        columns["is title"] = like
        columns["since title"] = self.rows - place if place >= 0 else 0 * self.rows

    def _spoken(self) -> None:
        """What the text says that is frequent in residue of each kind."""
        text = self.page.text.lower()
        if len(text) != len(self.page.text):
            text = self.page.text  # lower case moved the offsets
        size, kinds = len(self.words), len(self.book.cues)
        found = self.book.finder.find_matches_as_indexes(text)
        piece, start, _ = np.array(found, int).reshape(-1, 3).T
        rows = np.searchsorted(self.starts, start, side="right") - 1
        cells = rows * kinds + np.array(self.book.places)[piece]
        counts = np.bincount(cells, minlength=size * kinds).reshape(size, kinds)
        most = np.minimum(counts.T, _MOST_SAID)
        for cue, said in zip(self.book.cues, most, strict=True):
            if cue.text:
                self.columns[f"says {cue.id.removeprefix('dom-')}"] = said
        total = counts.sum(axis=1)
        running = _running(total)
        self.columns["says"] = total
        self.columns["says density"] = total / self.words
        low, high = self._window(3, 3)
        self.columns["says ±3"] = running[high] - running[low]
