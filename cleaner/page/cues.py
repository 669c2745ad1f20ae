"""What the class, id and role of an element say: the cues of ``rules/dom/*.toml`` as bits.

>>> book = load_cues()
>>> book.names(book.cue("div", ' class="postComments js-x"'))
['dom-comments', 'dom-article']
>>> book.names(book.cue("nav", ""))
['dom-navigation']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from cleaner.errors import RuleError
from cleaner.page.selector import Selector, parse_selector

_MIN_EXAMPLES: Final = 2
_LONGEST: Final = 600  # code points of attributes that are looked at
_TELLING: Final = frozenset({"class", "id", "role", "itemprop", "data-testid", "data-component"})
_ATTRIBUTE: Final = re.compile(r"""([^\s=>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_CACHED: Final = 1 << 15  # entries
_CACHED_CHARS: Final = 100
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMES: Final = re.compile(r"[A-Za-z]+")
_UNSEEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden|\bhidden\b(?!=|-)", re.IGNORECASE)


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of place on a page, told by words in class, id and role, or by element names.

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
    _seen: dict[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for place, cue in enumerate(self.cues):
            for names, bits in ((cue.words, self._words), (cue.tags, self._tags)):
                for name in names:
                    bits[name] = bits.get(name, 0) | 1 << place

    def cue(self, tag: str, attributes: str) -> int:
        """Return the bits of an element, from its name and the text of its attributes."""
        bits = self._tags.get(tag, 0)
        if len(attributes) < 5:  # noqa: PLR2004 - the shortest: id=x
            return bits
        seen = self._seen
        if attributes in seen:
            return bits | seen[attributes]
        return bits | self._read(attributes)

    def _read(self, attributes: str) -> int:
        seen, bits = self._seen, 0
        for value in _telling_values(attributes[:_LONGEST]):
            found = seen.get(value)
            if found is None:
                found = self._look(value)
            bits |= found
        if ("hidden" in attributes or "none" in attributes) and _UNSEEN.search(attributes):
            bits |= self._words.get("hidden", 0)
        if len(attributes) < _CACHED_CHARS:
            seen[attributes] = bits
        return bits

    def names(self, bits: int) -> list[str]:
        """Return the ids of the cues in a set of bits."""
        return [cue.id for place, cue in enumerate(self.cues) if bits >> place & 1]

    def _look(self, value: str) -> int:
        bits = 0
        for name in _NAMES.findall(value):
            bits |= self._words.get(name.lower(), 0)
            for word in _WORDS.findall(name):
                bits |= self._words.get(word.lower(), 0)
        if len(self._seen) >= _CACHED:
            self._seen.clear()
        self._seen[value] = bits
        return bits


def _telling_values(attributes: str) -> list[str]:
    """Return the values of the attributes that say what an element is for.

    >>> _telling_values(' class="a b" href="/x" id=c')
    ['a b', 'c']
    """
    if "'" not in attributes:
        pieces = attributes.split('"')
        if len(pieces) % 2 and "=" not in pieces[-1]:  # every value in double quotes
            return [
                value
                for name, value in zip(pieces[::2], pieces[1::2], strict=False)
                if name.strip(" =\n\t") in _TELLING
            ]
    return [
        "".join(values)
        for name, *values in _ATTRIBUTE.findall(attributes)
        if name.lower() in _TELLING
    ]


@lru_cache(1)
def load_cues() -> CueBook:
    """Return the cues and rules that come with the package."""
    return read_packs(sorted(rules_folder().glob("*.toml")))


def rules_folder() -> Path:
    """Return the folder of the DOM rules: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules" / "dom"
    return inside if inside.is_dir() else package.parent / "rules" / "dom"


def read_packs(files: list[Path]) -> CueBook:
    """Return the cues and rules of some files. Raises RuleError for a mistake in one."""
    packs = [(file, _read(file)) for file in files]
    seen: set[str] = set()
    for file, pack in packs:
        for entry in (*pack.cue, *pack.rule):
            _check(file, entry)
            if entry.id in seen:
                raise RuleError(file, "this id is taken", rule=entry.id, field="id")
            seen.add(entry.id)
    cues = tuple(cue for _, pack in packs for cue in pack.cue)
    return CueBook(cues, tuple(rule for _, pack in packs for rule in pack.rule))


def _read(file: Path) -> Pack:
    import rtoml

    try:
        return msgspec.convert(rtoml.loads(file.read_text("utf-8")), Pack)
    except rtoml.TomlParsingError as error:
        raise RuleError(file, f"not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise RuleError(file, str(error)) from error


def _check(file: Path, entry: Cue | Rule) -> None:
    def wrong(field: str, cause: str) -> RuleError:
        return RuleError(file, cause, rule=entry.id, field=field)

    if not entry.id.startswith("dom-"):
        raise wrong("id", "must begin with dom-")
    for field in ("match", "keep"):
        if len(getattr(entry, field)) < _MIN_EXAMPLES:
            raise wrong(field, f"needs {_MIN_EXAMPLES} snippets or more")
    if isinstance(entry, Cue):
        if not entry.words and not entry.tags:
            raise wrong("words", "a cue needs words or tags")
        for word in entry.words:
            if not (word.isascii() and word.isalpha() and word.islower()):
                raise wrong("words", f"{word!r} is not a word of lower-case ASCII letters")
        return
    if entry.action not in ("remove", "keep"):
        raise wrong("action", "must be remove or keep")
    for text in entry.select:
        try:
            parse_selector(text)
        except ValueError as error:
            raise wrong("select", str(error)) from error
