"""Folding for matching: what a reader sees as the same becomes the same.

Every function keeps the length, so that offsets in folded text are offsets in the source.

>>> fold("“Don’t”\\u00a0–\\u00a0go")
'"Don\\'t" - go'
>>> len(lower("İSTANBUL")) == len("İSTANBUL")
True
>>> bare("Don't miss: (THIS)")
'don t miss   this '
"""

from __future__ import annotations

import re

_FOLDS = {
    "'": "‘’‚‛′`´ʼ＇",
    '"': "“”„‟«»″＂",
    " ": "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000",
    "-": "‐‑‒–—―−",
    "|": "│｜¦",
    ":": "：",
    "*": "•·●▪◦‣∙",
    ">": "›→»▶►❯",
    "<": "‹←◀❮",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
# Blanks for all ASCII marks, small letters for capitals.
_BARE = "".join(c.lower() if c.isalnum() else " " for c in map(chr, range(128))).encode() + bytes(
    range(128, 256)
)
# Other characters that no phrase takes for a letter or digit, superscripts and fractions too.
_MARK = re.compile(
    r"[^\x00-\x7f\w]|[\xb2\xb3\xb9\xbc-\xbe\u2000-\u2bff\u3000-\u3020\U0001f000-\U0001faff]"
)
_PAIRS = tuple((variant, plain) for plain, variants in _FOLDS.items() for variant in variants)


def fold(text: str) -> str:
    """Return ``text`` with plain quotes, spaces, dashes and bullets; same length.

    Lone surrogates, which matchers written in other languages refuse, become U+FFFD.
    """
    if text.isascii():
        return text
    for variant, plain in _PAIRS:
        text = text.replace(variant, plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def lower(text: str) -> str:
    """Return ``text`` in lower case; characters whose lower case is longer stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def bare(folded: str) -> str:
    """Return folded text in lower case, with a blank for each mark and line break; same length."""
    if not folded.isascii():
        lines = folded.split("\n")
        folded = "\n".join([x if x.isascii() else _MARK.sub(" ", lower(x)) for x in lines])
    return folded.encode().translate(_BARE).decode()
