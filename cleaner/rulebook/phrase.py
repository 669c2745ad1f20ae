"""The phrase language: how a rule says which words it takes.

A phrase is written as words; matching ignores case, accents, quotes, dashes, marks between words.

============== =====================================================================
``word``       that word
``word:``      that word and that mark; marks that are not written are ignored
``{class}``    any member of the word class; ``{name}``, ``{number}``, … are built in
``[a]``        a, or nothing
``(a|b)``      one of these; ``[a|b]`` one of these, or nothing
``...``        up to six words
``^`` ``$``    the start, the end of the line
============== =====================================================================

A phrase is compiled to an RE2 pattern over plain text (``cleaner.read.fold``).

>>> import re2
>>> from cleaner.rulebook.shorthand import spelled_out
>>> phrase = compile_phrase("{watch} [the] video ... (javascript|java script)", {"watch": ["see"]})
>>> line = "To see this: see the video, please switch on Java-Script now"
>>> re2.search(spelled_out(phrase.regex), line)[1]
'see the video, please switch on Java-Script'
>>> [sorted(need) for need in phrase.needs]
[['see'], ['video'], ['java', 'javascript']]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.read.fold import bare, is_bare_word, lower, plain
from cleaner.read.words import count_words
from cleaner.rulebook.builtin import FIRST, LAST, LONGEST, NEEDS
from cleaner.rulebook.common import rarity
from cleaner.rulebook.marks import MARK, plain_marks
from cleaner.rulebook.needs import COPYRIGHT, DIGIT, digit_or_word, need_of, strength, words_of
from cleaner.rulebook.shorthand import BLANK, GAP, HYPHEN, LAST_GAP, MARKS, NAMED, OPEN

Classes = Mapping[str, Sequence[str]]


class Phrase(NamedTuple):
    """A compiled phrase.

    ``regex`` is an RE2 pattern in ``shorthand``, for plain text with plain marks (``marks``), whose
    group 1 is what the phrase takes. ``needs`` are words in lower case (or ``DIGIT``, ``DIGITS``);
    everything the phrase takes holds one of each tuple: sets would take three times the memory.
    A line that it takes starts with a word of ``first`` and ends with one of ``last``, of words as
    ``bare`` parts them; each is empty where any word may do. It has at most ``most_words`` words.
    """

    regex: str
    needs: tuple[tuple[str, ...], ...]
    first: tuple[str, ...]
    last: frozenset[str]
    most_words: int


class PhraseError(ValueError):
    """A phrase cannot be compiled; the text says why."""


_ANY_NUMBER = 10_000
# Wordings; of all that are compiled, few are met again much later, and each takes a kilobyte.
_RECENT = 300
# Word classes, those of one language and some more; the largest take ten kilobytes.
_CLASSES = 80
_SIGN = (frozenset({COPYRIGHT}),)
_PART = re.compile(r"\.\.\.|\{[^}]*\}|[\[\](){}|^$]|[^\s\[\](){}|^$]+")
_END = ""  # behind the last part
_ENDS = frozenset({"|", ")", "]", "$", _END})  # of a sequence
_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")


def compile_phrase(phrase: str, classes: Classes) -> Phrase:
    """Compile a phrase; raises PhraseError on a mistake, naming it."""
    return _Parser(phrase, classes).compile()


def class_members(name: str, classes: Classes) -> Sequence[str]:
    """Return the members of a word class; raises PhraseError if there is none of that name."""
    if name not in classes:
        raise PhraseError(f"unknown word class {{{name}}}")
    return classes[name]


def forget_wordings() -> None:
    """Empty the caches: the wordings of a language are hardly met in another."""
    for cached in (_class_item, _merged, _wording, strength, rarity):
        cached.cache_clear()


class _Item(NamedTuple):
    """A part of a phrase; its pattern ends right behind its last character."""

    regex: str
    optional: bool
    needs: tuple[frozenset[str], ...] = ()
    first: frozenset[str] = frozenset()  # empty when it may start with any word
    last: frozenset[str] = frozenset()
    most_words: int = 0
    starts_with_mark: bool = False
    ends_with_mark: bool = False


class _Parser:
    """Recursive descent over one phrase; phrases are written by hand and nest two or three deep."""

    def __init__(self, phrase: str, classes: Classes) -> None:
        self.phrase, self.classes = phrase, classes
        self.parts: list[str] = [*_PART.findall(lower(plain(phrase))), _END]
        self.place = 0

    def compile(self) -> Phrase:
        start = self._take("^")
        item = self._sequence()
        end = self._take("$")
        if self.parts[self.place] != _END:
            raise PhraseError(f"{self.parts[self.place]!r} is out of place in {self.phrase!r}")
        if item.optional:
            raise PhraseError(f"{self.phrase!r} matches the empty string")
        head = f"^{MARK}*" if start else "" if item.starts_with_mark else f"(?:^|{MARK})"
        tail = f"{MARK}*$" if end else "" if item.ends_with_mark else f"(?:{MARK}|$)"
        return Phrase(
            f"(?i){head}({item.regex}){tail}",
            needs=tuple(map(tuple, item.needs)),
            first=tuple(item.first) if start else (),
            last=item.last if end else frozenset(),
            most_words=item.most_words if start and end else _ANY_NUMBER,
        )

    def _take(self, part: str) -> bool:
        taken = self.parts[self.place] == part
        self.place += taken
        return taken

    def _sequence(self) -> _Item:
        items: list[_Item] = []
        while self.parts[self.place] not in _ENDS:
            if item := self._item():
                items.append(item)
        if len(items) == 1 and not items[0].optional:
            return items[0]
        required = [item for item in items if not item.optional]
        if not required:
            return _Item("", optional=True)
        return _Item(
            _joined(items),
            optional=False,
            needs=tuple(need for item in required for need in item.needs),
            first=_first_of(items),
            last=_last_of(items),
            most_words=sum(item.most_words for item in items),
            starts_with_mark=items[0].starts_with_mark,
            ends_with_mark=items[-1].ends_with_mark,
        )

    def _item(self) -> _Item | None:
        part = self.parts[self.place]
        self.place += 1
        if part == "...":
            return _Item(GAP, optional=True, most_words=8)
        if part in "([":
            return self._group(part)
        if part[0] == "{":
            return self._class(part[1:-1])
        if part in "^}":
            raise PhraseError(f"{part!r} is out of place in {self.phrase!r}")
        return _wording(part)

    def _group(self, opening: str) -> _Item | None:
        """Return the choices; nothing for marks between words that may be there: any may."""
        closing = ")" if opening == "(" else "]"
        choices = [self._sequence()]
        while self._take("|"):
            choices.append(self._sequence())
        if not self._take(closing):
            raise PhraseError(f"{opening!r} is never closed in {self.phrase!r}")
        if any(choice.optional for choice in choices):
            raise PhraseError(f"a choice in {self.phrase!r} can be empty; use [ ] around it")
        if opening == "(":
            return _one_of(choices, optional=False)
        if self.parts[self.place :] not in ([_END], ["$", _END]):
            choices = [choice for choice in choices if choice.most_words]
        return _one_of(choices, optional=True) if choices else None

    def _class(self, name: str) -> _Item:
        if name in NAMED:
            return _Item(
                NAMED[name],
                optional=False,
                needs=NEEDS.get(name, ()),
                first=FIRST.get(name, frozenset()),
                last=LAST.get(name, frozenset()),
                most_words=LONGEST,
                starts_with_mark=name == "handle",
            )
        return _class_item(tuple(class_members(name, self.classes)))


@lru_cache(maxsize=_CLASSES)
def _class_item(members: tuple[str, ...]) -> _Item:
    return _one_of([_wording(lower(plain(member))) for member in members], optional=False)


def _one_of(choices: Sequence[_Item], *, optional: bool) -> _Item:
    """Return the item of several choices, which needs a word of the strongest need of each."""
    known = not optional and all(choice.needs for choice in choices)
    needs = [_strongest(choice.needs) for choice in choices] if known else []
    return _Item(
        "(?:" + "|".join(choice.regex for choice in choices) + ")",
        optional,
        needs=(_merged(*needs),) if known else (),
        first=_union([choice.first for choice in choices]),
        last=_union([choice.last for choice in choices]),
        most_words=max(choice.most_words for choice in choices),
        starts_with_mark=any(choice.starts_with_mark for choice in choices),
        ends_with_mark=any(choice.ends_with_mark for choice in choices),
    )


def _strongest(needs: Sequence[frozenset[str]]) -> frozenset[str]:
    return needs[0] if len(needs) == 1 else max(needs, key=strength)


def _first_of(items: Sequence[_Item]) -> frozenset[str]:
    """Return the words that a sequence may start with: those of all up to the first required."""
    required = next(number for number, item in enumerate(items) if not item.optional)
    return _union([item.first for item in items[: required + 1]])


def _last_of(items: Sequence[_Item]) -> frozenset[str]:
    """Return the words that a sequence may end with: those of all from the last required on."""
    required = max(number for number, item in enumerate(items) if not item.optional)
    return _union([item.last for item in items[required:]])


def _union(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the union, or nothing where one of the sets stands for any word."""
    return _merged(*sets) if all(sets) else frozenset()


@lru_cache(maxsize=_RECENT)
def _merged(*sets: frozenset[str]) -> frozenset[str]:
    """Return the union, the same object for equal sets: rules hold thousands."""
    return frozenset().union(*sets) if len(sets) > 1 else sets[0]


def _joined(items: Sequence[_Item]) -> str:
    """Join items so that what is optional takes its separator along.

    Separators stand behind an item, up to the last one that is required; from there on before it.
    """
    last = max(number for number, item in enumerate(items) if not item.optional)
    parts: list[str] = []
    for number, item in enumerate(items):
        if item.regex == GAP:
            parts.append(GAP if number < last else LAST_GAP)
        elif number < last:
            between = _separator(item.ends_with_mark, _mark_may_follow(items[number + 1 :]))
            parts.append(f"(?:{item.regex}{between})?" if item.optional else item.regex + between)
        elif number == last:
            parts.append(item.regex)
        else:
            between = _separator(items[number - 1].ends_with_mark, item.starts_with_mark)
            parts.append(f"(?:{between}{item.regex})?")
    return "".join(parts)


def _ends(spelled: Sequence[Sequence[str]], end: int) -> frozenset[str]:
    """Return the words at one end of the spellings of a wording."""
    return frozenset(digit_or_word(words[end]) for words in spelled if words)


def _mark_may_follow(items: Sequence[_Item]) -> bool:
    """Tell whether a phrase that goes on with these items can go on with a mark."""
    for item in items:
        if item.starts_with_mark or not item.optional:
            return item.starts_with_mark
    return False


def _separator(after_mark: bool, before_mark: bool) -> str:
    return OPEN if after_mark or before_mark else MARKS


@lru_cache(maxsize=_RECENT)
def _wording(wording: str) -> _Item:
    """Return the item of a fixed wording, plain and in lower case: words, and marks behind a word.

    A hyphen may be written as a blank or not at all: e-mail, email, e mail.
    """
    if is_bare_word(wording):  # most are
        need = frozenset([wording])
        end = frozenset([DIGIT]) if wording[0].isdigit() else need
        return _Item(
            wording,
            optional=False,
            needs=(need,),
            first=end,
            last=end,
            most_words=count_words(wording),
        )
    regex, previous = "", ""
    for token in _TOKEN.findall(wording):
        is_word = token[0].isalnum()
        if regex and is_word and previous != "-":
            regex += BLANK if previous[0].isalnum() else OPEN
        if token == "-" and regex:
            regex += HYPHEN
        else:
            regex += re.escape(token) if is_word else f" ?{re.escape(plain_marks(token))}"
        previous = token
    forms = {wording, wording.replace("-", "")}
    spelled = [[form] if is_bare_word(form) else bare(form).split() for form in forms]
    words = words_of(wording)
    return _Item(
        regex,
        optional=False,
        needs=(need_of([wording]),) if words else _SIGN if wording == COPYRIGHT else (),
        first=_ends(spelled, 0) if wording[:1].isalnum() else frozenset(),
        last=_ends(spelled, -1),
        most_words=max(len(words), count_words(wording)) if words else 0,
        starts_with_mark=not wording[:1].isalnum(),
        ends_with_mark=not wording[-1:].isalnum(),
    )
