"""What the whole document says about its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from cleaner.repair.evidence import has_notice
from cleaner.repair.gates import language_of, looks_like_code
from cleaner.repair.hyphens import compounds
from cleaner.repair.tokens import STAR, STAR_CLOSED
from cleaner.types import Document, Segment

_MARKUP = "HTML XML markup ampersand mojibake Unicode UTF-8 ISO-8859 charset Latin-1".split()
_ENGINE_MARK = re.compile(
    r"@[-,.]@|\w@@ |\w (?:n['’]t|['’](?:s|re|ve|ll))\b|“[,.]|:” \w|(?:\A|\s)”\w|[a-z][，。]"
    r"|&amp;#39;"
)
_SHORT_LINE = 60  # code points; the longest line of verse or of a list counted as such


class DocumentFacts:
    """The facts of a document, from its text and its candidate lines.

    >>> facts = DocumentFacts("Cross-border ferries", "en", ["the cross -border *ferry"])
    >>> facts.folded, facts.stars
    ('cross-border ferries', False)
    """

    def __init__(self, text: str, language: str, lines: Sequence[str]) -> None:
        self.language = language
        self._text = text
        self._lines = lines

    @cached_property
    def folded(self) -> str:
        """What stands around the hyphens of the text, in lower case: compounds to look up."""
        return compounds(self._text)

    @cached_property
    def stars(self) -> bool:
        """Whether words carry Apertium's mark for words it did not know."""
        return not self.code and _holds_stars(self._lines)

    @cached_property
    def markup(self) -> bool:
        """Whether the text is about HTML or encodings."""
        return any(word in self._text for word in _MARKUP)

    @cached_property
    def code(self) -> bool:
        """Whether the text holds calls of functions."""
        return "()" in self._text or "{\n" in self._text

    @cached_property
    def translated(self) -> bool:
        """Whether the text holds marks that only an engine or a tokeniser leaves."""
        return any(map(_ENGINE_MARK.search, self._lines)) or has_notice(self._text)


def _holds_stars(lines: Sequence[str]) -> bool:
    """Whether Apertium's stars stand at three words and more, and at 5 of 1,000 words.

    Emphasis, which closes its stars, and footnotes at the start of a line do not count.
    """
    marks = 0
    for line in lines:
        if "*" in line and not STAR_CLOSED.search(line):
            inside = sum(match.start() > 0 for match in STAR.finditer(line))
            if inside and not looks_like_code(line):
                marks += inside
    return marks >= 3 and marks * 200 >= sum(line.count(" ") + 1 for line in lines)


def document_language(document: Document) -> str:
    """Return the ISO 639-1 code the document states, or else what its first words say."""
    stated = document.language[:2].lower()
    return stated or language_of(document.text[:2000], "")


def leaves_quote_open(line: str) -> bool:
    """Whether a paragraph ends inside an English quotation.

    >>> leaves_quote_open("“We stay, she said."), leaves_quote_open("“We stay,” she said.")
    (True, False)
    """
    return line.rfind("“") > line.rfind("”")


def is_stacked(text: str, segments: Sequence[Segment], index: int) -> bool:
    """Whether a short line stands directly under or over another short line.

    >>> text = "In the forest of the night ,\\nburning bright"
    >>> is_stacked(text, [Segment(0, 28, "short"), Segment(29, 43, "short")], 0)
    True
    """
    line = segments[index]
    if line.end - line.start > _SHORT_LINE:
        return False
    for other in (index - 1, index + 1):
        if 0 <= other < len(segments):
            near = segments[other]
            between = text[min(line.end, near.end) : max(line.start, near.start)]
            if near.end - near.start <= _SHORT_LINE and between.count("\n") == 1:
                return True
    return False
