"""A page of HTML to a Document: its visible text, block by block, with the evidence of its DOM.

>>> document = read_html("<html lang=en><h1>Rain</h1><ul><li>One <b>thing</b><li>Another</ul>")
>>> document.text.splitlines(), document.segments[1].kind
(['Rain', 'One thing', 'Another'], 'list-item')
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from cleaner.errors import InputError
from cleaner.page.cues import CueBook, load_cues
from cleaner.page.meta import page_meta
from cleaner.page.model import Page
from cleaner.page.parse import parse
from cleaner.page.tags import CELLS, HEADINGS
from cleaner.read.decode import decode
from cleaner.read.language import guess_language
from cleaner.read.text import PROSE_LENGTH, as_segment, segment_kind
from cleaner.types import Document, Segment, SegmentKind

MAX_BYTES: Final = 64_000_000
# The HTML standard looks for a declaration in the first 1,024 bytes; real pages put it later.
_HEAD_BYTES: Final = 8_192
_DECLARED: Final = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([\w:.-]{2,40})""", re.IGNORECASE)
# What browsers take these labels for (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS: Final = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "tis-620": "cp874", "iso-8859-11": "cp874",
    "x-gbk": "gb18030", "utf8": "utf-8",
}  # fmt: skip
# Share of bytes that may be wrong in a page that is UTF-8 all the same.
_FEW_WRONG: Final = 0.002
# The language is told from this many blocks, the longest, and this many code points of each.
_LONGEST_BLOCKS: Final = 3
_BLOCK_CHARS: Final = 300
# Code points in blocks of prose; a page with fewer may hold its article for readers without scripts
# (blogs of Google do), others repeat in ``noscript`` what they show.
_LITTLE_PROSE: Final = 600
_NOSCRIPT: Final = re.compile(r"</?noscript\b[^>]*+>", re.IGNORECASE)
_ONE_BYTE: Final = "cleaner.windows-1252"
_HEADING: Final[SegmentKind] = "heading"
_TABLE: Final[SegmentKind] = "table"
_KINDS: Final[dict[str, SegmentKind]] = {
    **dict.fromkeys(HEADINGS, _HEADING),
    **dict.fromkeys(CELLS | {"tr", "tbody", "table"}, _TABLE),
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "pre": "code",
}


def read_html(
    source: str | bytes, hint: str | None = None, book: CueBook | None = None
) -> Document:
    """Return the document of a page: its visible text, one line a block.

    ``source`` is HTML, or bytes of it; ``hint`` is the encoding that was declared outside the page
    (the charset of an HTTP header); ``book`` are the DOM rules, those that come with the package
    by default. ``meta`` has what is known of ``title author date site url
    description encoding``. Raises InputError for binary data, and for a page beyond the budget:
    MAX_BYTES bytes, or the budgets of ``cleaner.page.parse``.
    """
    encoding = ""
    if isinstance(source, bytes):
        source, encoding = decode_html(source, hint)
    page = _read_page(source, book or load_cues())
    meta = page_meta(source, page.head)
    page.title = meta.get("title", "")
    page.source = source
    declared = meta.pop("language", "")
    if encoding:
        meta["encoding"] = encoding
    return Document(
        page.text, "html", _language(page.text, declared), tuple(_segments(page)), meta, page
    )


def _read_page(source: str, book: CueBook) -> Page:
    """Return a page; where it shows next to nothing, as it is without scripts, if that is more."""
    page = parse(source, book.cue)
    if _prose(page) < _LITTLE_PROSE and _NOSCRIPT.search(source):
        without_scripts = parse(_NOSCRIPT.sub("", source), book.cue)
        if _prose(without_scripts) >= _LITTLE_PROSE:
            return without_scripts
    return page


def _prose(page: Page) -> int:
    return sum(len(line) for line in page.lines() if len(line) >= PROSE_LENGTH)


def decode_html(data: bytes, hint: str | None = None) -> tuple[str, str]:
    """Return the text of a page and the encoding it was read in.

    In this order: byte order mark, valid UTF-8, the hint, ``<meta charset>``, UTF-8 with a few
    wrong bytes (each read as Windows-1252), detection. Raises InputError for binary data.

    >>> decode_html(b'<meta charset="iso-8859-1">caf\\xe9')
    ('<meta charset="iso-8859-1">café', 'cp1252')
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"the page has {len(data):,} bytes; the budget is {MAX_BYTES:,}")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text, encoding, _ = decode(data)
        return text, encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    data = data.replace(b"\0", b"") if data.count(0) < len(data) // 20 else data
    found = _DECLARED.search(data[:_HEAD_BYTES])
    for name in (hint, found[1].decode("ascii", "replace") if found else None):
        declared = _decoded(data, name)
        if declared is not None:
            return declared, _LABELS.get(str(name).lower(), str(name).lower())
    wrong = data.decode("utf-8", "replace").count("�")
    if wrong <= _FEW_WRONG * len(data) and data.count(0) == 0:
        return _mixed(data), "utf-8"
    text, encoding, _ = decode(data)
    return text, encoding


def _decoded(data: bytes, name: str | None) -> str | None:
    if not name or name.lower().replace("-", "") == "utf8":
        return None
    try:
        text = data.decode(_LABELS.get(name.lower(), name), "replace")
    except (LookupError, UnicodeError):
        return None
    return text if text.count("�") <= _FEW_WRONG * len(text) else None


def _mixed(data: bytes) -> str:
    """Decode UTF-8 in which single bytes are Windows-1252.

    >>> _mixed("née ".encode() + b"caf\\xe9 n")
    'née café n'
    """
    return data.decode("utf-8", _ONE_BYTE)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_ONE_BYTE, _as_windows)


def _segments(page: Page) -> Iterator[Segment]:
    by_tag = [_KINDS.get(tag) for tag in page.tags]
    kinds = [
        by_tag[owner] or ("prose" if len(line) >= PROSE_LENGTH else segment_kind(line))
        for owner, line in zip(page.owners, page.lines(), strict=True)
    ]
    return map(as_segment, zip(page.starts, page.ends, kinds, strict=True))


def _language(text: str, declared: str) -> str:
    """Return the declared language, unless it is the templates' ``en`` and the text is not."""
    if declared not in ("", "en"):
        return declared
    lines = sorted(text.split("\n"), key=len)[-_LONGEST_BLOCKS:]
    return guess_language("\n".join(line[:_BLOCK_CHARS] for line in lines))
