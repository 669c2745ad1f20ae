"""What the class, id and role of an element say: the cues of ``rules/dom/*.toml`` as bits.

>>> book = load_cues()
>>> book.names(book.cue("div", ' class="postComments js-x"'))
['dom-comments', 'dom-article']
>>> book.names(book.cue("nav", ""))
['dom-navigation']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from cleaner.errors import RuleError
from cleaner.page.model import RULE_BITS, Page
from cleaner.page.selector import Compound, Selector, attributes_of, parse_selector
from cleaner.rulebook import rules_directory

_MIN_EXAMPLES: Final = 2
_LONGEST: Final = 600  # code points of attributes that are looked at
# The attributes that say what an element is for; the value keeps its first quote. Each choice
# begins with a letter of its own: that is how `re` finds places to start at.
_TELLING: Final = re.compile(
    r"""(?:c(?<![^\s"'/]c)lass|i(?<![^\s"'/]i)(?:d|temprop)|r(?<![^\s"'/]r)ole)="""
    r"""("[^"]*|'[^']*|[^\s]*)"""
)
_CACHED: Final = 1 << 13  # entries
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMES: Final = re.compile(r"[A-Za-z]+")
_UNSEEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden|h(?<!\wh)idden\b(?!=|-)")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of place on a page, told by words in class, id and role, or by element names.

    ``text`` are pieces of text, in lower case, that are frequent in such places.
    ``match`` and ``keep`` are HTML snippets: all text of the former stands in such a place, none
    of the latter does.
    """

    id: str
    category: str
    summary: str
    match: tuple[str, ...]
    keep: tuple[str, ...]
    words: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    text: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``select`` names is always taken out, or always kept, on ``hosts`` (none: anywhere).

    Selectors are compound: ``div.a``, ``#b``, ``[role=note]``, and descendants ``.a .b``.
    """

    id: str
    category: str
    summary: str
    select: tuple[str, ...]
    match: tuple[str, ...]
    keep: tuple[str, ...]
    action: str = "remove"
    hosts: tuple[str, ...] = ()


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of DOM rules."""

    about: str
    cue: tuple[Cue, ...] = ()
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class CueBook:
    """All cues and rules, ready to ask; the bit of a cue is its place in ``cues``."""

    cues: tuple[Cue, ...]
    rules: tuple[Rule, ...]
    _words: dict[str, int] = field(default_factory=dict, init=False)
    _tags: dict[str, int] = field(default_factory=dict, init=False)
    _seen: dict[str, int] = field(default_factory=dict, init=False)  # by single name
    _parts: list[Compound] = field(default_factory=list, init=False)  # in order of their bits

    def __post_init__(self) -> None:
        self._parts.extend(part for rule in self.rules for chain in _chains(rule) for part in chain)
        for place, cue in enumerate(self.cues):
            for names, bits in ((cue.words, self._words), (cue.tags, self._tags)):
                for name in names:
                    bits[name] = bits.get(name, 0) | 1 << place

    def cue(self, tag: str, attributes: str) -> int:
        """Return the bits of an element, from its name and the text of its attributes."""
        bits = self._tags.get(tag, 0)
        if self.rules:
            bits |= self._parts_of(tag, attributes)
        return bits | self._read(attributes) if attributes else bits

    def _parts_of(self, tag: str, raw: str) -> int:
        attributes = attributes_of(raw)
        bits = 0
        for place, part in enumerate(self._parts):
            if part.matches(tag, attributes):
                bits |= 1 << (RULE_BITS + place)
        return bits

    def _read(self, attributes: str) -> int:
        seen, bits = self._seen, 0
        for value in _TELLING.findall(attributes, 0, _LONGEST):
            for name in value.split():
                name = name.rstrip("0123456789-_")  # noqa: PLW2901 - numbers tell nothing
                found = seen.get(name)
                bits |= self._look(name) if found is None else found
        if ("hidden" in attributes or "none" in attributes) and _UNSEEN.search(attributes.lower()):
            bits |= self._words.get("hidden", 0)
        return bits

    @cached_property
    def finder(self) -> Any:
        """An ``AhoCorasick`` for all pieces of ``text``; ``places`` tells the cue of each."""
        from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415 - late

        pieces = [piece for cue in self.cues for piece in cue.text]
        return AhoCorasick(pieces, implementation=Implementation.DFA)

    @cached_property
    def places(self) -> list[int]:
        """The place of the cue of each piece of ``text``."""
        return [place for place, cue in enumerate(self.cues) for _ in cue.text]

    def names(self, bits: int) -> list[str]:
        """Return the ids of the cues in a set of bits."""
        return [cue.id for place, cue in enumerate(self.cues) if bits >> place & 1]

    def _look(self, name: str) -> int:
        small = name.lower()
        words = _NAMES.findall(small)
        if small != name:
            words += map(str.lower, _WORDS.findall(name))
        bits = 0
        for word in words:
            bits |= self._words.get(word, 0)
        if len(self._seen) >= _CACHED:
            self._seen.clear()
        self._seen[name] = bits
        return bits


@lru_cache(1)
def load_cues() -> CueBook:
    """Return the cues and rules that come with the package."""
    return read_packs(sorted(rules_folder().glob("*.toml")))


def verdicts(page: Page, book: CueBook, url: str) -> dict[int, Rule]:
    """Return the blocks of a page that rules take out or keep, by their places.

    Where several select a block, the last one counts. ``url`` is the address of the page.
    """
    found: dict[int, Rule] = {}
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    bit = 0
    for rule in book.rules:
        for chain in _chains(rule):
            bits = range(bit, bit + len(chain))
            bit += len(chain)
            if rule.hosts and not any(host == h or host.endswith(f".{h}") for h in rule.hosts):
                continue
            for element, marks in page.marks.items():
                if marks >> bits[-1] & 1 and _is_inside(page, element, bits[:-1]):
                    blocks = range(page.first[element], page.last[element])
                    found.update(dict.fromkeys(blocks, rule))
    return found


def _chains(rule: Rule) -> list[Selector]:
    return [parse_selector(text) for text in rule.select]


def _is_inside(page: Page, element: int, bits: Sequence[int]) -> bool:
    """Tell whether elements of these marks stand around an element, the last one innermost."""
    waiting = list(bits)
    while waiting and element:
        element = page.parents[element]
        if page.marks.get(element, 0) >> waiting[-1] & 1:
            waiting.pop()
    return not waiting


def cue_book(folders: Iterable[Path]) -> CueBook:
    """Return the cues and rules that come with the package and those in folders of rule packs.

    A folder holds DOM rules in ``dom/*.toml``, like ``rules`` itself. Raises RuleError.
    """
    own = [file for folder in folders for file in sorted((folder / "dom").glob("*.toml"))]
    return read_packs([*sorted(rules_folder().glob("*.toml")), *own]) if own else load_cues()


def rules_folder() -> Path:
    """Return the folder of the DOM rules that come with the package."""
    return rules_directory() / "dom"


def read_packs(files: list[Path]) -> CueBook:
    """Return the cues and rules of some files. Raises RuleError for a mistake in one."""
    packs = [(file, _read(file)) for file in files]
    seen: set[str] = set()
    for file, pack in packs:
        entries: list[Cue | Rule] = [*pack.cue, *pack.rule]
        for entry in entries:
            _check(file, entry)
            if entry.id in seen:
                raise RuleError(file, "this id is taken", rule=entry.id, field="id")
            seen.add(entry.id)
    cues = tuple(cue for _, pack in packs for cue in pack.cue)
    if len(cues) > RULE_BITS:
        raise RuleError(packs[-1][0], f"more than {RULE_BITS} cues in all", field="cue")
    return CueBook(cues, tuple(rule for _, pack in packs for rule in pack.rule))


def _read(file: Path) -> Pack:
    import rtoml  # noqa: PLC0415 - late

    try:
        return msgspec.convert(rtoml.loads(file.read_text("utf-8")), Pack)
    except rtoml.TomlParsingError as error:
        raise RuleError(file, f"not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise RuleError(file, str(error)) from error


def _check(file: Path, entry: Cue | Rule) -> None:
    """Raise RuleError for what the types cannot tell."""
    found = _mistake_in_cue(entry) if isinstance(entry, Cue) else _mistake_in_rule(entry)
    if not entry.id.startswith("dom-"):
        found = "id", "must begin with dom-"
    for name in ("match", "keep"):
        if len(getattr(entry, name)) < _MIN_EXAMPLES:
            found = name, f"needs {_MIN_EXAMPLES} snippets or more"
    if found:
        raise RuleError(file, found[1], rule=entry.id, field=found[0])


def _mistake_in_cue(cue: Cue) -> tuple[str, str] | None:
    """Return the field that is wrong, and why."""
    if not cue.words and not cue.tags:
        return "words", "a cue needs words or tags"
    for word in sorted(cue.words):
        if not (word.isascii() and word.isalpha() and word.islower()):
            return "words", f"{word!r} is not a word of lower-case ASCII letters"
    for piece in cue.text:
        if piece != piece.lower() or not piece:
            return "text", f"{piece!r} is not lower case"
    return None


def _mistake_in_rule(rule: Rule) -> tuple[str, str] | None:
    if rule.action not in ("remove", "keep"):
        return "action", "must be remove or keep"
    for text in rule.select:
        try:
            parse_selector(text)
        except ValueError as error:
            return "select", str(error)
    return None if rule.select else ("select", "selects nothing")
