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

from functools import cache
from typing import Any, Final

import numpy as np

from cleaner.page.cues import CueBook, load_cues
from cleaner.page.parse import Page
from cleaner.page.tags import CELLS, HEADINGS

Array = np.ndarray[Any, np.dtype[Any]]

LEVELS: Final = 5  # elements looked at, from the block's own outwards
# A block of this many words, not mostly links, is prose if it ends as a sentence does ...
PROSE_WORDS: Final = 8
# ... or has more than these.
LONG_WORDS: Final = 20
OUTER_SHARE: Final = 0.5  # of the page's prose: an element with more holds the article
_MOST_SAID: Final = 4
_SAME_WORDS: Final = 80  # code points that tell whether a block is in the articleBody

_SHAPES: Final = ("p", "li", "div", "dd")
# Classes of characters.
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


def _shift(values: Array, by: int) -> Array:
    """Return values moved so that each row sees its neighbour ``by`` rows on; 0 at the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[:-by] = values[by:] if by < len(values) else 0
    elif -by < len(values):
        out[-by:] = values[:by]
    return out


def _window(running: Array, before: int, after: int) -> Array:
    """Return sums over the rows from ``before`` rows back to ``after`` rows on."""
    size = len(running) - 1
    rows = np.arange(size)
    return running[np.minimum(rows + after + 1, size)] - running[np.maximum(rows - before, 0)]


def _running(values: Array) -> Array:
    return np.concatenate(([0], np.cumsum(values)))


class Evidence:
    """The evidence of one page: ``columns`` by name, and the sums they are made of.

    With ``wanted``, columns about cues that are not in it are left out.
    """

    def __init__(
        self, page: Page, book: CueBook | None = None, wanted: frozenset[str] | None = None
    ) -> None:
        self.wanted = wanted
        self.page = page
        self.columns: dict[str, Array] = {}
        self.book = book or load_cues()
        self.lines = page.lines()
        self.starts = np.array(page.starts)
        self.ends = np.array(page.ends)
        self.owners = np.array(page.owners)
        self.parents = np.array(page.parents)
        self.first = np.array(page.first)
        self.last = np.array(page.last)
        self._text()
        self._tags()
        self._cues()
        self._containers()
        self._sequence()
        self._repeats()
        self._title(page.title, page.body)
        self._spoken()

    def _text(self) -> None:
        page, columns = self.page, self.columns
        kinds = _classes(page.text)
        size = self.ends - self.starts

        def count(kind: int) -> Array:
            running = _running(kinds == kind)
            found: Array = running[self.ends] - running[self.starts]
            return found

        words = count(_BLANK) + 1 + count(_HAN) // 2
        last, first = kinds[self.ends - 1], kinds[self.starts]
        self.words = words
        self.link = np.array(page.link_chars) / size
        ends = np.isin(last, (_STOP, _QUOTE))
        is_prose = (words >= PROSE_WORDS) & (self.link < 0.5) & (ends | (words > LONG_WORDS))
        self.prose = np.where(is_prose, words, 0)
        columns["words"] = words
        columns["word length"] = size / words
        columns["link density"] = self.link
        columns["links"] = np.array(page.links)
        columns["bold"] = np.array(page.bold_chars) / size
        columns["image before"] = np.array(page.images)
        columns["ends sentence"] = ends
        columns["begins upper"] = first == _UPPER
        columns["commas"] = count(_COMMA)
        columns["stops"] = count(_STOP)
        columns["dividers"] = count(_DIVIDER)
        columns["quotes"] = count(_QUOTE)
        columns["signs"] = count(_SIGN)
        columns["digits"] = count(_DIGIT) / size
        columns["capitals"] = count(_UPPER) / words

    def _tags(self) -> None:
        tags, columns = self.page.tags, self.columns
        own = [tags[owner] for owner in self.page.owners]
        for tag in _SHAPES:
            columns[f"<{tag}>"] = np.array([name == tag for name in own])
        level = np.array([int(name[1]) if name in HEADINGS else 9 for name in own])
        columns["heading level"] = level
        self.heading = level < 9
        columns["cell"] = np.array([name in CELLS for name in own])
        parents = self.parents[self.owners].tolist()
        columns["above <li>"] = np.array([tags[parent] == "li" for parent in parents])

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
        self.own_cues = np.array(page.own)
        own = self.own_cues[self.owners] | mine
        every = np.array(page.all)[self.owners]
        for place, cue in enumerate(self.book.cues):
            name = cue.id.removeprefix("dom-")
            for prefix, bits in (("in", self.around), ("is", own), ("page in", every)):
                if self.wanted is None or f"{prefix} {name}" in self.wanted:
                    columns[f"{prefix} {name}"] = bits >> place & 1
        columns["hops"] = hops[self.owners]
        columns["depth"] = depth[self.owners]
        self.branch = branch[self.owners]

    def _ways(self) -> tuple[Array, Array, Array, Array]:
        """Return, for each element, what lies on the way out to what holds most of the prose.

        That is the cues on the way, its length, the length of the way to the root, and the
        outermost element on the way.
        """
        own, parents = self.page.own, self.page.parents
        outer = (self.share > OUTER_SHARE).tolist()
        size = len(outer)
        inner, hops, depth, branch = [0] * size, [0] * size, [0] * size, [0] * size
        for element in range(1, size):
            parent = parents[element]
            depth[element] = depth[parent] + 1
            if outer[element]:
                branch[element] = element
            else:
                inner[element] = inner[parent] | own[element]
                hops[element] = hops[parent] + 1
                branch[element] = element if outer[parent] else branch[parent]
        return np.array(inner), np.array(hops), np.array(depth), np.array(branch)

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
        rows = np.arange(len(self.words))
        columns["branch share"] = self.share[branch]
        columns["branch link density"] = linked[branch]
        columns["branch blocks"] = blocks[branch]
        columns["branch words"] = sizes[branch]
        columns["since branch"] = rows - self.first[branch]

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
            inside, near = _window(words, reach, reach), _window(prose, reach, reach)
            columns[f"prose ±{reach}"] = near
            columns[f"prose density ±{reach}"] = near / inside
            columns[f"link density ±{reach}"] = _window(links, reach, reach) / inside
        columns["prose before 5"] = _window(prose, 5, -1)
        columns["prose after 5"] = _window(prose, -1, 5)
        columns["prose before"] = prose[:-1] / self.total
        columns["prose after"] = (prose[-1] - prose[1:]) / self.total
        rows = np.arange(size)
        columns["place"] = rows / size
        is_prose = self.prose > 0
        before = np.maximum.accumulate(np.where(is_prose, rows, -99))
        columns["since prose"] = rows - before
        after = np.minimum.accumulate(np.where(is_prose, rows, size + 99)[::-1])[::-1]
        columns["until prose"] = after - rows
        columns["page prose"] = np.full(size, self.total)
        columns["page blocks"] = np.full(size, size)

    def _repeats(self) -> None:
        """How many blocks of the page are made alike, and what they are like on the whole."""
        columns = self.columns
        own = self.own_cues
        parent = self.parents[self.owners]
        numbers: dict[str, int] = {}
        tags = np.array([numbers.setdefault(tag, len(numbers)) for tag in self.page.tags])
        key = tags[self.owners] * 7919 + tags[parent] * 104729
        key += own[self.owners] * 31 + own[parent] * 17
        _, group = np.unique(key, return_inverse=True)
        count = np.bincount(group)
        columns["alike"] = count[group]
        columns["alike words"] = (np.bincount(group, self.words) / count)[group]
        columns["alike links"] = (np.bincount(group, self.link) / count)[group]
        columns["alike prose"] = (np.bincount(group, self.prose > 0) / count)[group]
        lines = self.lines
        seen: dict[str, int] = {}
        for line in lines:
            seen[line] = seen.get(line, 0) + 1
        columns["same text"] = np.array([seen[line] for line in lines])

    def _title(self, title: str, body: str) -> None:
        columns = self.columns
        size = len(self.words)
        rows = np.arange(size)
        lines, title = self.lines, title.casefold()
        longest = len(title) + 1
        like = np.array([8 < len(line) < longest and line.casefold() in title for line in lines])
        first = like & (self.columns["heading level"] == 1)
        places = np.flatnonzero(first if first.any() else like)
        place = int(places[0]) if len(places) else -1
        columns["is title"] = like
        columns["since title"] = np.where(place < 0, 0, rows - place)
        body = " ".join(body.casefold().split())
        if body:
            same = [len(line) > 20 and line[:_SAME_WORDS].casefold() in body for line in lines]
            columns["in body"] = np.array(same)
        else:
            columns["in body"] = np.zeros(size, bool)

    def _spoken(self) -> None:
        """What the text says that is frequent in residue of each kind."""
        text = self.page.text.lower()
        if len(text) != len(self.page.text):
            text = self.page.text  # lower case moved the offsets
        found = self.book.finder().find_matches_as_indexes(text)
        size, kinds = len(self.words), len(self.book.cues)
        spoken = self.book.spoken()
        rows = np.searchsorted(self.starts, [start for _, start, _ in found], side="right") - 1
        cells = rows * kinds + np.array([spoken[piece][1] for piece, _, _ in found], int)
        counts = np.bincount(cells.astype(int), minlength=size * kinds).reshape(size, kinds)
        for place, cue in enumerate(self.book.cues):
            name = f"says {cue.id.removeprefix('dom-')}"
            if cue.text and (self.wanted is None or name in self.wanted):
                self.columns[name] = np.minimum(counts[:, place], _MOST_SAID)
        total = counts.sum(axis=1)
        running = _running(total)
        self.columns["says"] = total
        self.columns["says density"] = total / self.words
        self.columns["says ±3"] = _window(running, 3, 3)
