"""Bytes to text and back again, without losing one byte.

The codec that is chosen always re-encodes the text to the very same bytes:

>>> decode("héllo".encode("utf-8-sig"))
Decoded(text='héllo', encoding='utf-8', bom=True)
>>> encode(*decode("café à la carte".encode("latin-1"))).decode("latin-1")
'café à la carte'
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Decodes every byte, and encodes to the same byte.
_LAST_RESORT = "latin-1"
# Bytes handed to the detector: its verdict rarely changes after that, its time does.
_SAMPLE = 64_000
# Share of control bytes above which a file is no text: 2 % allows for stray NULs in real pages.
_BINARY_SHARE = 0.02
# Bytes above ASCII; from fewer the detector takes à for ŕ, and Western European is the best guess.
_FEWEST_HIGH_BYTES = 40
_HIGH_BYTES = bytes(range(128, 256))
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b")


class Decoded(NamedTuple):
    """Text, the Python codec that made it, and whether a byte order mark stood before it."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by byte order mark, declared encoding, UTF-8 or detection, in that order.

    Raises InputError when the bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _decode_exactly(data[len(mark) :], encoding)
            if text is not None:
                return Decoded(text, encoding, bom=True)
    if is_binary(data):
        raise InputError("binary data, not text")
    for candidate in _candidates(data, declared):
        text = _decode_exactly(data, candidate)
        if text is not None:
            return Decoded(text, codecs.lookup(candidate).name, bom=False)
    raise AssertionError("latin-1 decodes all bytes")


def encode(text: str, encoding: str, bom: bool) -> bytes:
    """Undo ``decode``."""
    mark = next((mark for mark, name in _BOMS if name == encoding), b"") if bom else b""
    return mark + text.encode(encoding)


def storable(text: str) -> str:
    """Return ``text`` with U+FFFD for lone surrogates, which no encoding holds; pairs are joined.

    >>> storable("fo\\ud800am")
    'fo\ufffdam'
    """
    if text.isprintable():  # as no surrogate is
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_binary(data: bytes) -> bool:
    """Tell whether the head of ``data`` holds too many control bytes to be text."""
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > _BINARY_SHARE * len(head) and _unmarked_utf16(head) is None


def newline_style(text: str) -> str:
    """Return ``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``."""
    if "\r" not in text:
        return "lf" if "\n" in text else "none"
    crlf = text.count("\r\n")
    styles = {"crlf": crlf, "lf": text.count("\n") - crlf, "cr": text.count("\r") - crlf}
    used = [name for name, count in styles.items() if count]
    return "mixed" if len(used) > 1 else used[0] if used else "none"


def _unmarked_utf16(head: bytes) -> str | None:
    """Name the codec of UTF-16 without a mark, told by NULs at every second place."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) >= 4 and head[offset::2].count(0) > 0.4 * len(head):
            return name
    return None


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    """Yield the codecs to try; the detector is asked only when UTF-8 has failed."""
    if declared:
        yield declared
    utf16 = _unmarked_utf16(data[:_SAMPLE])
    if utf16:
        yield utf16
    yield "utf-8"
    yield from _detected(data)
    yield from ("cp1252", _LAST_RESORT)


def _detected(data: bytes) -> list[str]:
    """Return the detector's best guess, if there is enough to go by."""
    if len(data) - len(data.translate(None, _HIGH_BYTES)) < _FEWEST_HIGH_BYTES:
        return []
    from charset_normalizer import from_bytes  # noqa: PLC0415 - late: rarely needed

    best = from_bytes(data[:_SAMPLE]).best()
    return [best.encoding] if best else []


def _decode_exactly(data: bytes, encoding: str) -> str | None:
    """Decode when the codec gives back the same bytes, else None."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except (UnicodeError, LookupError):
        return None
