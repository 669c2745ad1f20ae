"""The phrase language: how a rule says which words it takes.

A phrase is written as words; matching ignores case, quotes, dashes and punctuation between words.

============== =====================================================================
``word``       that word
``word,``      that word and that mark (any of the marks in ``MARKS``)
``{class}``    any member of the word class; ``{name}``, ``{number}``, … are built in
``[a]``        a, or nothing
``(a|b)``      one of these; ``[a|b]`` one of these, or nothing
``...``        up to six words
``^`` ``$``    the start, the end of the segment
============== =====================================================================

A phrase is compiled to one RE2 pattern over the *token string* of a segment (``tokens``): every
word and every mark followed by one blank, so the pattern needs no character classes of Unicode.

>>> import re2
>>> classes = {"watch": ("see",)}
>>> pattern = compile_phrase("{watch} [the] video ... (javascript|java script)", classes)
>>> line = "To see this: see the video, please switch on Java-Script now"
>>> bool(re2.search(pattern.regex, token_string(tokens(line))))
True
>>> sorted(pattern.keywords)
['javascript', 'script']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cleaner.read.fold import fold, lower

Classes = Mapping[str, tuple[str, ...]]


class Token(NamedTuple):
    """A word or a mark of a segment, with its span in the segment."""

    text: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A compiled phrase: an RE2 pattern over token strings, and words one of which must occur."""

    regex: str
    keywords: frozenset[str]


class PhraseError(ValueError):
    """A phrase cannot be compiled; the text says why."""


_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
_MARK = r"(?:[!-/:-@\[-^`{-~] )"
_SKIP = _MARK + "{0,3}?"  # lazy: a mark that the phrase names is left to the phrase
_GAP = r"(?:[^ ]+ ){0,8}"  # six words and a mark or two
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩЀ-Я][^ ]*) (?:\. )?"  # \p{Lu} costs 2 ms to compile
_PARTICLE = "de|la|van|der|den|von|al|bin|del|di|da"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|"
    r"july|august|september|october|november|december) (?:\. )?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)? "
_YEAR = r"(?:19|20)\d\d "
_WEEKDAY = r"(?:(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)? (?:[.,] )?)?"

# The keyword of what holds a digit but no fixed word.
DIGIT = "#"
# Patterns over token strings; each ends behind a blank, as every token does.
BUILT_IN: Mapping[str, str] = {
    "word": r"[^ ]+ ",
    "number": r"\d[^ ]* (?:[.,] \d+ )*(?:(?:k|m|million) )?",
    "name": rf"{_CAPITAL}(?:(?:- |' |(?-i:{_PARTICLE}) )*{_CAPITAL}){{0,4}}",
    "date": (
        rf"{_WEEKDAY}(?:{_MONTH}{_DAY}(?:, )?{_YEAR}|{_DAY}(?:of )?{_MONTH}(?:, )?{_YEAR}|"
        rf"{_MONTH}{_DAY}|{_DAY}{_MONTH}|{_MONTH}{_YEAR}|{_YEAR}- \d\d - \d\d |"
        r"\d\d? / \d\d? / \d{2,4} |\d\d? \. \d\d? \. \d{2,4} )"
    ),
    "time": r"(?:at )?\d{1,2} (?:[:.] \d\d )?(?:[:.] \d\d )?(?:[ap] \. m \. |[ap]m )?"
    r"(?:(?:utc|gmt|et|est|edt|pt|pst|pdt|bst|cet|ist) )?",
    "handle": r"@ [^ ]+ ",
    "email": r"[^ ]+ (?:[.\-+] [^ ]+ ){0,4}@ [^ ]+ (?:[.-] [^ ]+ ){1,4}",
    "url": r"(?:https? : / / |www \. )[^ ]+ (?:[.\-/?=&#%_~] (?:[^ ]+ )?){0,30}",
}
_WITH_DIGIT = frozenset({"number", "date", "time"})
# Words too common to be worth a look: a phrase is not found by them if it has others.
_COMMON = frozenset(
    "a about all also an and are as at be by for from has have here how in is it its just latest "
    "like more most new no not now of on one or other our out over read see so that the their them "
    "then there these they this to up us view was we what when who will with you your".split()
)


def tokens(segment: str) -> list[Token]:
    """Split a segment into words and marks; folded, case kept."""
    folded = fold(segment)
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


def token_string(parts: list[Token]) -> str:
    """Return the string that compiled phrases are matched against."""
    return "".join(
        [f"{p.text if p.text.isalnum() or p.text.isascii() else _plain(p.text)} " for p in parts]
    )


def compile_phrase(phrase: str, classes: Classes) -> Phrase:
    """Compile a phrase; raises PhraseError on a mistake, naming it."""
    return _Parser(phrase, classes).compile()


def class_members(name: str, classes: Classes) -> tuple[str, ...]:
    """Return the members of a word class; raises PhraseError if there is none of that name."""
    if name not in classes:
        raise PhraseError(f"unknown word class {{{name}}}")
    return classes[name]


def keyword_of(words: str) -> str:
    """Return the word by which a fixed wording is looked up: the longest uncommon one."""
    found = [w for w in _TOKEN.findall(lower(fold(words))) if w[0].isalnum()]
    return max(found, key=lambda w: (w not in _COMMON, len(w)), default="")


def strength(keywords: frozenset[str]) -> tuple[int, int]:
    """Rank sets of keywords: uncommon long words find best, then digits, then common words."""
    if not keywords:
        return -1, 0
    if DIGIT in keywords:
        return 1, 0
    return (0 if keywords & _COMMON else 2), min(len(word) for word in keywords)


def _plain(mark: str) -> str:
    return mark if mark[0].isalnum() else "~"


class _Item(NamedTuple):
    regex: str
    optional: bool
    keywords: frozenset[str]


class _Parser:
    """Recursive descent over one phrase; phrases are written by hand and nest two or three deep."""

    def __init__(self, phrase: str, classes: Classes) -> None:
        self.phrase, self.classes = phrase, classes
        self.parts = re.findall(r"\.\.\.|\{[^}]*\}|[\[\](){}|^$]|[^\s\[\](){}|^$]+", fold(phrase))
        self.place = 0

    def compile(self) -> Phrase:
        start = self._take("^")
        item = self._sequence()
        end = self._take("$")
        if self.place < len(self.parts):
            raise PhraseError(f"{self.parts[self.place]!r} is out of place in {self.phrase!r}")
        if item.optional:
            raise PhraseError(f"{self.phrase!r} matches the empty string")
        head = f"^{_SKIP}" if start else "(?:^| )"
        return Phrase(f"(?i){head}({item.regex}){_SKIP + '$' if end else ''}", item.keywords)

    def _take(self, part: str) -> bool:
        if self.place < len(self.parts) and self.parts[self.place] == part:
            self.place += 1
            return True
        return False

    def _sequence(self) -> _Item:
        items: list[_Item] = []
        while self.place < len(self.parts) and self.parts[self.place] not in "|)]$":
            items.append(self._item())
        regex = _SKIP.join(item.regex for item in items) if items else ""
        required = [item.keywords for item in items if not item.optional]
        return _Item(regex, not required, max(required, key=strength, default=frozenset()))

    def _item(self) -> _Item:
        part = self.parts[self.place]
        self.place += 1
        if part == "...":
            return _Item(_GAP, True, frozenset())
        if part in "([":
            return self._group(part)
        if part[0] == "{":
            return self._class(part[1:-1])
        if part in "^}":
            raise PhraseError(f"{part!r} is out of place in {self.phrase!r}")
        return _Item(_words(part), False, _keywords([part]))

    def _group(self, opening: str) -> _Item:
        closing = ")" if opening == "(" else "]"
        choices = [self._sequence()]
        while self._take("|"):
            choices.append(self._sequence())
        if not self._take(closing):
            raise PhraseError(f"{opening!r} is never closed in {self.phrase!r}")
        if any(choice.optional for choice in choices):
            raise PhraseError(f"a choice in {self.phrase!r} can be empty; use [ ] around it")
        regex = "(?:" + "|".join(choice.regex for choice in choices) + ")"
        if opening == "[":
            return _Item(regex + "?", True, frozenset())
        return _Item(regex, False, _union([choice.keywords for choice in choices]))

    def _class(self, name: str) -> _Item:
        if name in BUILT_IN:
            found_by = frozenset({DIGIT}) if name in _WITH_DIGIT else frozenset()
            return _Item(f"(?:{BUILT_IN[name]})", False, found_by)
        members = class_members(name, self.classes)
        regex = "(?:" + "|".join(_words(member) for member in members) + ")"
        return _Item(regex, False, _keywords(members))


def _words(words: str) -> str:
    """Return the pattern of a fixed wording, which may be several tokens."""
    parts = _TOKEN.findall(lower(fold(words)))
    return "".join(re.escape(_plain(p) if not p.isascii() else p) + " " for p in parts)


def _keywords(wordings: list[str] | tuple[str, ...]) -> frozenset[str]:
    return _union([frozenset({keyword_of(words)} - {""}) for words in wordings])


def _union(sets: list[frozenset[str]]) -> frozenset[str]:
    """All keywords, or none if one choice has none: then that item cannot serve the look-up."""
    return frozenset().union(*sets) if all(sets) else frozenset()
