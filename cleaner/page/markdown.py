"""Clean text of a page as Markdown: headings, lists, quotes, code and tables by their elements.

>>> from cleaner.read.html import read_html
>>> page = read_html("<h2>Tides</h2><p>Low at noon.<ul><li>Bring boots</ul><nav>Home</nav>")
>>> print(to_markdown(page, []))
## Tides
<BLANKLINE>
Low at noon.
<BLANKLINE>
- Bring boots
<BLANKLINE>
Home
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from cleaner.types import Decision, Document, Segment

_JOINED = ("list-item", "table", "code")


def to_markdown(document: Document, decisions: Iterable[Decision]) -> str:
    """Return what the applied decisions leave of a page, as Markdown.

    Blocks that are left empty are left out. Inline markup is not in the text and does not return.
    """
    applied = sorted((d for d in decisions if d.status == "applied"), key=lambda d: d.span)
    ends = [decision.end for decision in applied]
    parts: list[str] = []
    last = ""
    for number, segment in enumerate(document.segments):
        line = _left(document, segment, applied[bisect_left(ends, segment.start) :]).strip("\n")
        if not line.strip():
            continue
        kind = segment.kind
        tag = document.dom[number].path if document.dom else ""
        joined = kind == last and kind in _JOINED
        if parts:
            parts.append("\n" if joined else "\n\n")
        parts.append(_marked(line, kind, tag, is_first=not joined))
        last = kind
    return "".join(parts)


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


def _marked(line: str, kind: str, path: str, *, is_first: bool) -> str:
    names = path.split("/")
    if kind == "heading":
        level = names[-1][1:]
        return f"{'#' * int(level) if level.isdigit() else '##'} {line}"
    if kind == "code":
        return f"```\n{line}\n```"
    if kind == "table":
        cells = line.split("\t")
        row = f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        return f"{row}\n|{' --- |' * len(cells)}" if is_first else row
    if kind == "list-item":
        depth = max(sum(name in ("ul", "ol") for name in names) - 1, 0)
        return f"{'  ' * depth}- {line}"
    return f"> {line}" if "blockquote" in names else line
