"""Marks as patterns see them: in ASCII alone.

A class of all marks of Unicode makes a compiled pattern ten times as large, and patterns hold such
a class between any two words.

>>> plain_marks("Mill ◆ café"), plain_marks("公開日：2025年")
('Mill \\x7f café', '公開日:2025年')
>>> plain_marks("ⓒ") == plain_marks("©") != plain_marks("®")
True
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = r"[\x00-/:-@\[-`{-\x7f]"
LETTER: Final = r"[^\x00-/:-@\[-`{-\x7f]"

# Latin-1, marks of Greek, Arabic and Hindi, general punctuation to dingbats, marks of East Asia,
# emoji. The signs of ohm, kelvin and angstrom are left out: where case is folded, they are the
# letters ω, k and å.
_MARKS: Final = re.compile(
    "[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf×÷\u037e\u0387\u061c\u066a-\u066d\u0964\u0965\ufeff"
    "\u2000-\u2125\u212c-\u2bff\u3000-\u3004\u3008-\u3020\u30fb"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffd\U0001f000-\U0001faff]"
)
# Marks that rules name, each a control character of its own; one character stands for all others.
_SIGNS: Final = "©®™€£¥°…¿№±×。・「"
_CODES: Final = map(chr, [*range(0x01, 0x09), *range(0x0E, 0x15)])
_OTHER: Final = "\x7f"
_CODED: Final = dict(zip(_SIGNS, _CODES, strict=True))
_ALIKE: Final = {"ⓒ": "©", "『": "「", "《": "「", "、": ",", "【": "[", "】": "]"}
_FULL_WIDTH: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN: Final = _FULL_WIDTH | _CODED | {m: _CODED.get(sign, sign) for m, sign in _ALIKE.items()}


def plain_marks(text: str) -> str:
    """Return ``text``, of the same length, with an ASCII character for each mark that is none."""
    if text.isascii():
        return text
    return _MARKS.sub(lambda mark: _PLAIN.get(mark[0], _OTHER), text)
