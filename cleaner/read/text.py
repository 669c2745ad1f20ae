"""Bare text to a Document: its non-blank lines, each with a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cleaner.read.words import SPACED, count_words
from cleaner.types import Document, Segment, SegmentKind

# Byte order marks before a line count as blanks.
_MARKED = re.compile(r"^[\s\ufeff]+")
_BULLET = re.compile(r"(?:[-*•·●▪◦‣–+]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
_STOPS = (*".!?…。！？।۔؟", '."', '!"', '?"', ".”", "!”", "?”", ".’", ".)")
_CODE_STARTS = (">>> ", "def ", "import ", "#include", "```", "~~~", "<?php", "//")
_STATEMENT = re.compile(
    r"\$ [a-z]|from [\w.]+ import |class \w+[:(]|for [\w, ]+ in [\w.()]+:$|@\w+\("
)
_CODE_ENDS = ("{", "}", ";", "};", "*/", "()")

# What hardly stands outside of code. Each choice starts with a letter of its own, not with a class:
# that is how `re` finds places to start at, and four times as fast.
_CODE_SIGN = re.compile(
    r"""="|='|=\$|\$[({a-z]|"\$|\|\||&&|\(\)|\) ?=>|\] ?=>|</\w+>|-> ?\{|=> ?\{"""
)
# Characters. Among the lines of six extractors' text on 1,071 pages, residue seldom reaches this
# length and content lines that end with a stop seldom stay below it.
PROSE_LENGTH = 90
# ``as_segment((start, end, kind))`` is ``Segment(start, end, kind)``, thrice as fast.
as_segment = partial(tuple.__new__, Segment)
# Words of a sentence; a shorter line that ends with a stop is as often a label.
_SENTENCE = 6


def read_text(text: str, language: str = "") -> Document:
    """Return the document of a bare text; ``language`` is an ISO 639-1 code or empty."""
    return Document(text, "text", language, tuple(map(as_segment, _segments(text))))


def segment_kind(line: str) -> SegmentKind:
    """Tell what kind of line this is from the line alone.

    >>> [segment_kind(x) for x in ("- two eggs", "Related Articles", "x = f(y);", "a\\tb\\tc")]
    ['list-item', 'short', 'code', 'table']
    >>> [segment_kind(x) for x in ("from math import pi", "class Mill:", "from Sarn to the sea")]
    ['code', 'code', 'short']
    >>> segment_kind("$ make demo"), segment_kind("$ 259.06")
    ('code', 'short')
    >>> segment_kind("雨は昼ごろに降り始めた。"), segment_kind("もっと見る")
    ('prose', 'short')
    >>> segment_kind("हमने गाँव में आज रात चार नावें देखीं।"), segment_kind("और पढ़ें")
    ('prose', 'short')
    >>> segment_kind('src="$HOME/papers"'), segment_kind("rsync -a $src || exit 1")
    ('code', 'code')
    """
    if len(line) >= PROSE_LENGTH:
        return "prose"
    if _is_code(line):
        return "code"
    if is_list_item(line):
        return "list-item"
    if line[0] == "#" and line.lstrip("#").startswith(" "):
        return "heading"
    if "\t" in line or line.count(" | ") > 1:
        return "table"
    return "prose" if line.endswith(_STOPS) and _has_words(line) else "short"


def is_list_item(line: str) -> bool:
    """Tell whether a line starts with a bullet or a number, however long it is.

    >>> is_list_item("- two eggs"), is_list_item("2. Boil them."), is_list_item("-5 degrees")
    (True, True, False)
    """
    return line[0] in "-*•·●▪◦‣–+(0123456789" and _BULLET.match(line) is not None


def _has_words(line: str) -> bool:
    """Tell whether a line is as long as a sentence; one long word, or an address, is not."""
    if line[0] > SPACED:
        return count_words(line) >= _SENTENCE
    return line.count(" ") + 1 >= _SENTENCE


def _is_code(line: str) -> bool:
    return (
        line.startswith(_CODE_STARTS)
        or line.endswith(_CODE_ENDS)
        or _STATEMENT.match(line) is not None
        or _CODE_SIGN.search(line) is not None
    )


def _segments(text: str) -> Iterator[tuple[int, int, SegmentKind]]:
    """Yield start, end and kind of each line that is not blank."""
    at = 0
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        if line and line[0] == "\ufeff":
            line = _MARKED.sub("", line)
        if line:
            start = at if whole[0] == line[0] else at + whole.index(line)
            end = start + len(line)
            yield start, end, "prose" if end - start >= PROSE_LENGTH else segment_kind(line)
        at += len(whole)
