"""Numbers for every block of a page: what the finder weighs.

One row a block, one column a piece of evidence, in the order of NAMES. Columns are computed for
all blocks at once; an element's blocks are a range, so that sums over it are differences of
running sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cleaner.page.tags import CELLS, HEADINGS

if TYPE_CHECKING:
    import numpy as np

    from cleaner.page.parse import Page

    Array = np.ndarray[Any, np.dtype[Any]]

LEVELS: Final = 5  # ancestors looked at, from the block's own element up
PROSE_WORDS: Final = 8
CUES: Final = 24

_SHAPES: Final = ("p", "li", "div", "span", "blockquote", "pre", "dd", "dt", "section", "article")
_MARKS: Final = {",;": 1, ".!?…。！？؟।": 2, ":": 3, "|/>»›·•–—": 4, "\"“”«„'’": 5, "©®@#": 6}
_ENDS: Final = ".!?…。！？؟।\"”»"


def _char_table() -> Array:
    """Return a class for each of the first 0x10000 code points."""
    import numpy as np

    table = np.zeros(0x10000, np.uint8)
    for code in range(0x3000):
        char = chr(code)
        if char.isdigit():
            table[code] = 7
        elif char.isupper():
            table[code] = 8
        elif char.isspace():
            table[code] = 9
    table[0x3040:0xA000] = 10  # kana and Han: about two to a word
    table[0xAC00:0xD7B0] = 0
    for chars, kind in _MARKS.items():
        for char in chars:
            table[ord(char)] = kind
    return table


_tables: dict[str, Any] = {}


def _classes(text: str) -> Array:
    import numpy as np

    if "chars" not in _tables:
        _tables["chars"] = _char_table()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _tables["chars"][np.minimum(codes, 0xFFFF)]


def _shift(values: Array, by: int) -> Array:
    """Return values moved so that each row sees its neighbour ``by`` rows on; 0 at the ends."""
    import numpy as np

    out = np.zeros_like(values)
    if by > 0:
        out[:-by] = values[by:] if by < len(values) else 0
    elif -by < len(values):
        out[-by:] = values[:by]
    return out


def _window(running: Array, before: int, after: int) -> Array:
    """Return sums over the rows from ``before`` rows back to ``after`` rows on."""
    import numpy as np

    size = len(running) - 1
    rows = np.arange(size)
    return running[np.minimum(rows + after + 1, size)] - running[np.maximum(rows - before, 0)]


def _running(values: Array) -> Array:
    import numpy as np

    return np.concatenate(([0], np.cumsum(values)))


class Evidence:
    """The columns of one page, and the sums that the finder reports."""

    def __init__(self, page: Page, title: str = "", body: str = "") -> None:
        import numpy as np

        self.page = page
        self.columns: dict[str, Array] = {}
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
        self._title(title, body)

    def matrix(self) -> Array:
        """Return rows of evidence, as 32-bit floats."""
        import numpy as np

        return np.stack([np.asarray(c, np.float32) for c in self.columns.values()], axis=1)

    def _text(self) -> None:
        import numpy as np

        page, columns = self.page, self.columns
        kinds = _classes(page.text)
        size = self.ends - self.starts
        counts = {}
        for kind in range(1, 11):
            running = _running(kinds == kind)
            counts[kind] = running[self.ends] - running[self.starts]
        words = counts[9] + 1 + counts[10] // 2
        last, first = kinds[self.ends - 1], kinds[self.starts]
        self.words = words
        self.link = np.array(page.link_chars) / size
        ends = np.isin(last, (2, 5))
        self.prose = np.where((words >= PROSE_WORDS) & (self.link < 0.5) & (ends | (words > 20)), words, 0)
        columns["words"] = words
        columns["chars per word"] = size / words
        columns["link share"] = self.link
        columns["links"] = np.array(page.links)
        columns["bold share"] = np.array(page.bold_chars) / size
        columns["image before"] = np.array(page.images)
        columns["ends sentence"] = ends
        columns["ends colon"] = last == 3
        columns["begins upper"] = first == 8
        columns["begins digit"] = first == 7
        columns["begins mark"] = (first > 0) & (first < 7)
        for kind, name in ((1, "commas"), (2, "stops"), (4, "dividers"), (5, "quotes"), (6, "signs")):
            columns[name] = counts[kind]
        columns["digit share"] = counts[7] / size
        columns["upper share"] = counts[8] / words

    def _tags(self) -> None:
        import numpy as np

        page, columns = self.page, self.columns
        tags = np.array(page.tags)
        own, above = tags[self.owners], tags[self.parents[self.owners]]
        for tag in _SHAPES:
            columns[f"<{tag}>"] = own == tag
        self.heading = np.isin(own, list(HEADINGS))
        columns["heading level"] = np.where(self.heading, [ord(t[-1]) - 48 if t in HEADINGS else 9 for t in own.tolist()], 9)
        columns["cell"] = np.isin(own, list(CELLS))
        columns["above <li>"] = above == "li"
        columns["above <p>"] = above == "p"

    def _cues(self) -> None:
        """Cues of the block itself, of what is around it, and of what holds most of the page."""
        import numpy as np

        page, columns = self.page, self.columns
        running = _running(self.prose)
        self.inside = running[self.last] - running[self.first]
        self.total = max(int(running[-1]), 1)
        self.share = self.inside / self.total
        outer = (self.share > 0.5).tolist()
        inner = [0] * len(outer)
        hops = [0] * len(outer)
        branch = [0] * len(outer)
        depth = [0] * len(outer)
        own, parents = page.own, page.parents
        for element in range(1, len(outer)):
            parent = parents[element]
            depth[element] = depth[parent] + 1
            if outer[element]:
                branch[element] = element
            else:
                inner[element] = inner[parent] | own[element]
                hops[element] = hops[parent] + 1
                branch[element] = element if outer[parent] else branch[parent]
        every = np.array(page.all)[self.owners]
        around = np.array(inner)[self.owners] | np.array(page.cues)
        close = np.array(page.own)[self.owners] | np.array(page.cues)
        self.around, self.close = around, close
        for bit in range(CUES):
            columns[f"cue {bit}"] = around >> bit & 1
        for bit in range(CUES):
            columns[f"own cue {bit}"] = close >> bit & 1
        for bit in range(CUES):
            columns[f"far cue {bit}"] = every >> bit & 1
        columns["hops"] = np.array(hops)[self.owners]
        columns["depth"] = np.array(depth)[self.owners]
        self.branch = np.array(branch)[self.owners]

    def _containers(self) -> None:
        import numpy as np

        columns = self.columns
        words, links = _running(self.words), _running(self.words * self.link)
        element = self.owners
        for level in range(LEVELS):
            count = self.last[element] - self.first[element]
            inside = words[self.last[element]] - words[self.first[element]]
            columns[f"share {level}"] = self.share[element]
            columns[f"prose density {level}"] = self.inside[element] / np.maximum(inside, 1)
            columns[f"link density {level}"] = (links[self.last[element]] - links[self.first[element]]) / np.maximum(inside, 1)
            columns[f"blocks {level}"] = count
            element = self.parents[element]
        branch = self.branch
        inside = words[self.last[branch]] - words[self.first[branch]]
        columns["branch share"] = self.share[branch]
        columns["branch blocks"] = self.last[branch] - self.first[branch]
        columns["branch links"] = (links[self.last[branch]] - links[self.first[branch]]) / np.maximum(inside, 1)
        columns["branch words"] = inside
        rows = np.arange(len(self.words))
        columns["from branch start"] = rows - self.first[branch]
        columns["to branch end"] = self.last[branch] - rows

    def _sequence(self) -> None:
        import numpy as np

        columns = self.columns
        size = len(self.words)
        for by in (-3, -2, -1, 1, 2, 3):
            columns[f"words {by:+}"] = _shift(self.words, by)
            columns[f"link share {by:+}"] = _shift(self.link, by)
        for by in (-1, 1):
            columns[f"heading {by:+}"] = _shift(self.heading, by)
            columns[f"prose {by:+}"] = _shift(self.prose, by)
            columns[f"sibling {by:+}"] = _shift(self.owners, by) == self.owners
            columns[f"cousin {by:+}"] = _shift(self.parents[self.owners], by) == self.parents[self.owners]
        prose, words = _running(self.prose), _running(self.words)
        links = _running(self.words * self.link)
        for reach in (3, 8, 20):
            inside = _window(words, reach, reach)
            columns[f"prose ±{reach}"] = _window(prose, reach, reach)
            columns[f"prose density ±{reach}"] = _window(prose, reach, reach) / inside
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
        import numpy as np

        columns = self.columns
        own = np.array(self.page.own)
        parent = self.parents[self.owners]
        _, tags = np.unique(np.array(self.page.tags), return_inverse=True)
        key = tags[self.owners] * 7919 + tags[parent] * 104729 + own[self.owners] * 31 + own[parent] * 17
        _, group = np.unique(key, return_inverse=True)
        count = np.bincount(group)
        columns["alike"] = count[group]
        columns["alike words"] = (np.bincount(group, self.words) / count)[group]
        columns["alike links"] = (np.bincount(group, self.link) / count)[group]
        columns["alike prose"] = (np.bincount(group, self.prose > 0) / count)[group]
        lines = self.page.lines()
        seen: dict[str, int] = {}
        for line in lines:
            seen[line] = seen.get(line, 0) + 1
        columns["same text"] = np.array([seen[line] for line in lines])

    def _title(self, title: str, body: str) -> None:
        import numpy as np

        columns = self.columns
        size = len(self.words)
        rows = np.arange(size)
        lines = [line.casefold() for line in self.page.lines()]
        title = title.casefold()
        like = np.array([len(line) > 8 and line in title for line in lines])
        first = like & (np.array(self.page.tags)[self.owners] == "h1")
        places = np.flatnonzero(first if first.any() else like)
        place = int(places[0]) if len(places) else -1
        columns["is title"] = like
        columns["since title"] = np.where(place < 0, 0, rows - place)
        columns["has title"] = np.full(size, place >= 0)
        body = " ".join(body.casefold().split())
        columns["has body"] = np.full(size, len(body) > 200)
        columns["in body"] = np.array([len(line) > 20 and line[:80] in body for line in lines])


def names() -> list[str]:
    """Return the names of the columns."""
    from cleaner.page.parse import parse

    return list(Evidence(parse("<p>A line.</p>")).columns)
