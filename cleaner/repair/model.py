"""What a repair is: edits of one line, the entry that documents a rule, and what both may know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from cleaner.repair.gates import language_of
from cleaner.repair.words import Words
from cleaner.types import Action, Confidence


class Edit(NamedTuple):
    """Replace ``line[start:end]`` by ``replacement``; ``rule`` says which repair asks for it."""

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair or flag, documented by an example that the tests replay.

    ``artifact`` becomes ``mend`` (for a flag: is flagged and stays as it is); ``lookalike`` is
    clean text that resembles the artifact and is left alone. ``language`` is an ISO 639-1 code,
    or ``any``. ``catalogue`` is the number of the artifact class in the project's catalogue of 54.
    """

    id: str
    category: str
    confidence: Confidence
    action: Action
    language: str
    summary: str
    artifact: str
    mend: str
    lookalike: str
    catalogue: int


class Facts(Protocol):
    """What the whole document says about its lines; each is found out when first asked for."""

    @property
    def language(self) -> str:
        """ISO 639-1 code of the whole document, or empty."""

    @property
    def compounds(self) -> frozenset[str]:
        """The compounds of the text, in lower case, two words each."""

    @property
    def stars(self) -> bool:
        """Whether words carry Apertium's mark for words it did not know."""

    @property
    def markup(self) -> bool:
        """Whether the text is about HTML or encodings."""

    @property
    def code(self) -> bool:
        """Whether the text holds calls of functions."""

    @property
    def translated(self) -> bool:
        """Whether the text holds marks that only an engine or a tokeniser leaves."""


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Facts that are given, by default none."""

    language: str = ""
    compounds: frozenset[str] = frozenset()
    stars: bool = False
    markup: bool = False
    code: bool = False
    translated: bool = False


@dataclass(frozen=True)
class Context:
    """What a step may know about the line it looks at.

    ``stated`` is the language of the line where it is known, else the ``line`` tells.
    ``stacked`` says that the line is one of several short lines set directly under each other
    (verse, a list, a table); ``quote_open`` that the paragraph before ends inside a quotation.
    """

    stated: str = ""
    facts: Facts = KnownFacts()
    stacked: bool = False
    quote_open: bool = False
    line: str = ""

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code of the line, or empty."""
        return self.stated or language_of(self.line, self.facts.language)

    @property
    def english(self) -> bool:
        """Whether the line is English."""
        return self.language == "en"


Places = Callable[[str, Words], Iterable[int]]


class Step(NamedTuple):
    """``run`` looks at one line and proposes edits that do not overlap, in order.

    It is only asked about lines that hold ``cue``, a pattern in RE2's syntax (linear, without
    look-around) that every text it would edit matches, or, where no pattern can tell, a place
    that ``places`` names when it is given a text of one or many lines and the words of that text.
    A step with a ``language``, an ISO 639-1 code, looks at no documents known to be in another.
    """

    run: Callable[[str, Context], Iterable[Edit]]
    cue: str = ""
    places: Places | None = None
    language: str = ""


def flag(rule: str, language: str, number: int, about: tuple[str, str, str]) -> Repair:
    """Return the entry of a flag; ``about`` is its summary, artifact and look-alike."""
    summary, artifact, lookalike = about
    return Repair(
        rule, "flags", "likely", "flag", language, summary, artifact, artifact, lookalike, number
    )


def marked(pattern: re.Pattern[str], line: str, rule: str) -> Iterator[Edit]:
    """Yield every match of ``pattern`` as a flag."""
    for match in pattern.finditer(line):
        yield Edit(match.start(), match.end(), match[0], rule)
