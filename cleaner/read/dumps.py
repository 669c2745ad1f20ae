"""Telling the text of a whole page, with its menus and footers, from the text of an article."""

from __future__ import annotations

from cleaner.types import Document

# Code points; share of the lines that are shorter where a page was broken up into its labels.
_SHORT, _BROKEN_UP = 25, 0.4
# Lines; the text of a whole page has more.
_PAGE_LINES = 50


def is_broken_up(document: Document) -> bool:
    """Tell whether so many lines are short that this may be the text of a whole page."""
    segments = document.segments
    return sum([end - start < _SHORT for start, end, _ in segments]) > _BROKEN_UP * len(segments)


def is_dump(document: Document) -> bool:
    """Tell whether this is the text of a whole page: broken up, and long enough for one."""
    return len(document.segments) >= _PAGE_LINES and is_broken_up(document)
