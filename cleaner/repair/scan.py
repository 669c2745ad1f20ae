"""One cheap pass over a text that finds the lines worth a close look.

Almost every line of an article is clean. One RE2 pass over the whole text (some 300 MB/s) finds
the places where a repair or flag could begin, and two passes over its words find what no regular
expression can: equal neighbours and repeated groups. Only the lines these name are looked at.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence
from operator import eq
from typing import Any

from cleaner.repair.grammar import BASE_FORMS
from cleaner.repair.repeats import may_repeat
from cleaner.types import Segment

LONGEST_LINE = 8000
"""Longer lines are looked at in pieces of at most this many code points."""

_BLANK = r"[ \x{a0}\x{202f}]"
_CUES = (
    # encoding, entities, tokens
    r"[\x{c2}-\x{f4}\x{192}\x{10c}-\x{111}][\x{80}-\x{bf}\x{152}-\x{192}\x{2c6}\x{2dc}\x{2013}-\x{2122}]",
    r"[\x{80}-\x{9f}]",
    r"& ?(?:#|[a-zA-Z]{2,6}\d{0,2} ?;)",
    r"@[-,./:]@|\w@@ |<unk>|<UNK>|\[UNK\]|⁇|▁\w",
    r"[ (\[“\"‘'—–-]\*\*?[\pL]",
    r"\*\* \S|\] \(http|! \[",
    r"\pL{3}/\pL{3}",
    # quotes
    r"«|“(?:[\s.,;:!?)]|$)|(?:^|[\s(\[])”|”[\pL\d]|[‘’'][“\"”](?:\W|$)|[’']”",
    # spacing
    r"[\pL\d%)\]”’\"'][ \x{a0}\x{202f}][.,;:!?](?:\W|$)",
    r"(?:^|[\s“‘\"—])[(\[] \S|\S [)\]]",
    r"\pL (?:n['’]t|['’](?:s|re|ve|ll|d|m|S))\b|\pL['’] (?:s|re|ve|ll|d|m|t)\b",
    r"[\pL\d] -\pL\pL|\pL - \pL",
    r"[$€£] \d|\d ,\d\d\d|(?:[$€£]\d{1,3}(?:,\d{3})*, \d|\d, \d{3}(?:\D|$))|\d(?:\. | \.)\d",
    r"\d :\d\d|\d ?: \d\d|\b(?:U\. [SKN]|D\. C|E\. U|[ap]\. m|e\. g|i\. e|Ph\. D)\.",
    r"[a-z]{3}[.!?][A-Z]",
    r"\S  +\S",
    r"\pL[\x{a0}\x{2002}-\x{200a}\x{202f}\x{205f}\x{3000}]\pL",
    r"[\x{ad}\x{200b}\x{200e}\x{200f}\x{2060}\x{feff}]|\w[，。；：！？、]",
    r" … [a-z]",
    # repeats
    r",,|[\pL]\.\.(?:[\s]|$)",
    # flags
    r"\b[Aa] [aeio][a-z]|\b[Aa] u[lmnprst]|\b[Aa]n [bcdfghjklmnpqrstvwxyz][a-z]",
    r"\b[Tt]he (?:my|your|his|our|their|its)\b",
    r"[a-z]{2}\. [a-z]",
    r"\b(?:Us|Ai|Uk|Eu|Usa|Nato|Fbi|Cia|Nasa"
    r"|Ceo|Gdp|Dna|Hiv|Cpu|Gpu|Api|Pdf|Seo|Usb|Gps|Hr|Pr|[A-Z]\.[a-z]\.)\b",
    r"\d,\d{1,2}(?:\D|$)|\d,\d{4}|\d,\d{3} (?:b|tr)illion",
    r"\[FILE:|\] ?(?:Image|Photo|Picture|Foto|Bild|Credit|Source)s?:",
    r"[a-z.](?:Image|Photo)s?(?: credit)?:",
    r"\pL{3}[,;][a-z]{3}",
    r"https?:// \w|www\. \w|\.(?:com|org|net)/ [a-z]|https? ://",
    r"(?i:\b(?:did|does|do)(?:n['’]t| not)? (?:[\pL]+ ){0,4}(?:" + "|".join(BASE_FORMS) + r")\b)",
    r"(?i: (?:und|nicht|wird|auf|aus|dem|ein|eine|einen|im|zum|zur|sich|auch|noch|mit|von|bei|für"
    r"|es|sie"
    r"|seit|nach|sind|wurde|ist|les|une|dans|pour|avec|est|sur|qui|del|los|las|una|para|con|por"
    r"|della|che|sono|het|een|och|att|não|uma|jest|się|bir)[ ,])",
)


@functools.cache
def _cues() -> Any:
    import re2  # noqa: PLC0415 - only needed once text is cleaned

    options = re2.Options()
    options.max_mem = 64 << 20
    return re2.compile("(?m)" + "|".join(f"(?:{cue})" for cue in _CUES), options)


def pieces(text: str, kept: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments to look at: prose of bounded length, without code and tables.

    Longer segments are cut at blanks.
    """
    for segment in kept:
        if segment.kind in {"code", "table"}:
            continue
        start = segment.start
        while segment.end - start > LONGEST_LINE:
            cut = text.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE)
            cut = cut + 1 if cut > 0 else start + LONGEST_LINE
            yield Segment(start, cut, segment.kind)
            start = cut
        yield Segment(start, segment.end, segment.kind)


def candidates(text: str, segments: Sequence[Segment]) -> list[int]:
    """Return the indices of the segments that hold a cue, sorted.

    >>> text = "All is well here.\\nThe cross -border ferry.\\nNo, no."
    >>> segments = [Segment(0, 17, "prose"), Segment(18, 42, "prose"), Segment(43, 50, "prose")]
    >>> candidates(text, segments)
    [1]
    """
    starts = [segment.start for segment in segments]
    found: set[int] = set()
    for match in _cues().finditer(encodable(text)):
        found.add(bisect.bisect_right(starts, match.end() - 1) - 1)
        found.add(bisect.bisect_right(starts, match.start()) - 1)
    found.discard(-1)
    words = text.split()
    doubled = any(map(eq, words, words[1:]))
    uneven = text.count("“") != text.count("”")
    for index, segment in enumerate(segments):
        if index in found:
            continue
        line = text[segment.start : segment.end]
        if (
            (doubled and _doubled(line))
            or (uneven and line.count("“") > line.count("”"))
            or (len(line) > 40 and may_repeat(line))
        ):
            found.add(index)
    return sorted(found)


def encodable(text: str) -> str:
    """Return a text of the same length that UTF-8 can encode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def _doubled(line: str) -> bool:
    words = line.split()
    return any(map(eq, words, words[1:]))
