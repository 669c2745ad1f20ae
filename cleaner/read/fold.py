"""Folding for matching: what a reader sees as the same becomes the same.

Every function keeps the length, so that offsets in folded text are offsets in the source.

>>> fold("“Don’t”\\u00a0–\\u00a0go")
'"Don\\'t" - go'
>>> len(lower("İSTANBUL")) == len("İSTANBUL"), lower(fold("İLGİLİ Ёлка"))
(True, 'ilgili елка')
>>> fold("٢٠٢٤، ۱۲ ३") == "2024, 12 3", fold("إقرأ أيضا؟") == fold("اقرأ ايضا?")
(True, True)
>>> plain("À LIRE – Łódź, ΕΠΊΣΗΣ, йод, が, schön på ø")
'A LIRE - Lodz, ΕΠΙΣΗΣ, йод, が, schön på ø'
>>> bare("Don't miss: (THIS)")
'don t miss   this '
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_FOLDS = {
    "'": "‘’‚‛′´ʼ＇׳",
    '"': "“”„‟«»″＂״",
    " ": "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000",
    "-": "‐‑‒–—―−־",
    ",": "،", ";": "؛", "?": "؟", ".": "۔",
    "|": "│｜¦",
    ":": "：",
    "*": "•·●▪◦‣∙",
    ">": "›→▶►❯",
    "<": "‹←◀❮",
    # Letters that pages of one language write in two ways: Turkish, Romanian, Russian, Arabic,
    # Persian.
    "I": "İ", "i": "ı", "Ș": "Ş", "ș": "ş", "Ț": "Ţ", "ț": "ţ", "Е": "Ё", "е": "ё",
    "\u0627": "\u0622\u0623\u0625\u0671", "\u064a": "\u0649\u06cc", "\u0643": "\u06a9",
    "\u0647": "\u0629\u06c0",
} | {
    str(digit): "".join(chr(zero + digit) for zero in (0x660, 0x6F0, 0x966)) for digit in range(10)
}  # fmt: skip
# Blanks for all ASCII marks, small letters for capitals.
_BARE = "".join(c.lower() if c.isalnum() else " " for c in map(chr, range(128))).encode() + bytes(
    range(128, 256)
)
# Other characters that no phrase takes for a letter or digit, superscripts and fractions too.
_MARK = re.compile(
    r"[^\x00-\x7f\w]|[\xb2\xb3\xb9\xbc-\xbe\u2000-\u2bff\u3000-\u3004\u3008-\u3020\U0001f000-\U0001faff]"
)
_PLAIN = {variant: plain for plain, variants in _FOLDS.items() for variant in variants}
_ASCII = bytes(range(128))
# Latin and Greek letters with accents end here; of Cyrillic ones й is a letter of its own.
_GREEK_END, _EXTENDED = "\u03ff", range(0x1E00, 0x2000)
_STRUCK = str.maketrans("łŁđĐς", "lLdDσ")
# Letters of their own in German and the languages of the north, which nobody writes without.
_LETTERS = "äåöüÄÅÖÜ"
# Characters; from there on translating them all is faster than replacing one after the other.
_FEW = 40


def fold(text: str) -> str:
    """Return ``text`` with plain quotes, spaces, dashes and bullets; same length.

    Lone surrogates, which matchers written in other languages refuse, become U+FFFD.
    """
    return _with_each(text, _folded)


def _folded(char: str) -> str:
    return "\ufffd" if "\ud800" <= char <= "\udfff" else _PLAIN.get(char, char)


def lower(text: str) -> str:
    """Return ``text`` in lower case; characters whose lower case is longer stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def bare(folded: str) -> str:
    """Return folded text in lower case, with a blank for each mark and line break; same length."""
    folded = _with_each(folded, lambda char: _MARK.sub(" ", lower(char)))
    return folded.encode().translate(_BARE).decode()


def plain(text: str) -> str:
    """Return folded text with plain letters for Latin and Greek ones with accents; same length.

    Small sites leave accents out, and most of them in capitals.
    """
    return unaccented(fold(text))


def unaccented(folded: str) -> str:
    """Return folded text with plain letters for Latin and Greek ones with accents; same length."""
    return _with_each(folded, _base_letter)


def _base_letter(char: str) -> str:
    if char in _LETTERS or (char > _GREEK_END and ord(char) not in _EXTENDED):
        return char
    return unicodedata.normalize("NFD", char)[0].translate(_STRUCK)


def is_bare_word(text: str) -> bool:
    """Tell whether a text is one word of letters and digits, of which ``bare`` blanks nothing.

    >>> is_bare_word("Fähre"), is_bare_word("m²"), is_bare_word("e-mail")
    (True, False, False)
    """
    return text.isalnum() and _MARK.search(text) is None


def _with_each(text: str, plain: Callable[[str], str]) -> str:
    """Return ``text`` with what ``plain`` makes of each character that is not ASCII."""
    if text.isascii():
        return text
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    made = {char: plain(char) for char in set(others.decode("utf-8", "surrogatepass"))}
    changed = {char: new for char, new in made.items() if new != char}
    if len(changed) > _FEW:
        return text.translate({ord(char): new for char, new in changed.items()})
    for char, new in changed.items():
        text = text.replace(char, new)
    return text
