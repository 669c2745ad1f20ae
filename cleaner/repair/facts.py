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
_FEWEST_STARS, _WORDS_A_STAR = 3, 200
_SHORT_LINE = 60  # code points; the longest line of verse or of a list counted as such


class DocumentFacts:
    """The facts of a document, from its text and its candidate lines.

    >>> facts = DocumentFacts("Cross-border ferries", "en", ["the cross -border *ferry"])
    >>> facts.compounds, facts.stars
    (frozenset({'cross-border'}), False)
    """

    def __init__(self, text: str, language: str, lines: Sequence[str]) -> None:
        self.language = language
        self._text = text
        self._lines = lines

    @cached_property
    def compounds(self) -> frozenset[str]:
        """The compounds of the text, in lower case, two words each."""
        return compounds(self._text)

    @cached_property
    def stars(self) -> bool:
        """Whether words carry Apertium's mark for words it did not know, 5 of 1,000 and more.

        Emphasis, which closes its stars, and footnotes at the start of a line do not count.
        """
        marks = sum(map(_stars_in, self._lines))
        return marks >= _FEWEST_STARS and marks * _WORDS_A_STAR >= self._words and not self.code

    @property
    def _words(self) -> int:
        return self._text.count(" ") + self._text.count("\n") + 1

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


def _stars_in(line: str) -> int:
    """Return how many words inside a line carry Apertium's star."""
    if "*" not in line or STAR_CLOSED.search(line):
        return 0
    stars = sum(match.start() > 0 for match in STAR.finditer(line))
    return 0 if stars and looks_like_code(line) else stars


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
