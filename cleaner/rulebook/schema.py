"""The form of a rule file, and its decoding with errors that name file, rule and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import rtoml

from cleaner.errors import RuleError
from cleaner.types import Confidence

Scope = Literal["phrase", "lead", "line", "block", "trailing"]
Position = Literal["anywhere", "head", "tail"]
RuleId = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[a-z0-9]+)+$")]
Count = Annotated[int, msgspec.Meta(ge=1, le=200)]


class RuleSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[rule]]`` of a rule file."""

    id: RuleId
    summary: str
    confidence: Confidence
    match: tuple[str, ...]
    keep: tuple[str, ...]
    scope: Scope = "line"
    position: Position = "anywhere"
    max_words: Count = 25
    phrases: tuple[str, ...] = ()
    bags: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()


class PackSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule file: what it is about, its rules, and ids of other rules that it switches off."""

    about: str
    rule: tuple[RuleSpec, ...] = ()
    disable: tuple[str, ...] = ()


# What each field means, from which rules/README.md is made.
FIELDS: dict[str, str] = {
    "id": "language, then what the residue is: `en-video-needs-javascript`",
    "summary": "one sentence on the residue; `cleaner explain` and the log print it",
    "confidence": "`certain` (taken at every level), `likely` (at standard and thorough) "
    "or `unsure` (at thorough only)",
    "match": "at least three examples that the rule must take",
    "keep": "at least two examples that must survive the whole rulebook; one is journalism "
    "that uses the rule's own words",
    "scope": "what goes: `phrase` (the words), `lead` (the words and what stands before them in "
    "the line, if that is no more than one sentence), `line`, `block` (the line and what belongs "
    "to it, to the next prose), `trailing` (the line and all behind it)",
    "position": "`anywhere`, `head` (at most one prose line before it) or `tail` (at most two "
    "prose lines behind it, and unless there is none, one before it)",
    "max_words": "longer lines are left alone; 25 words unless told",
    "phrases": "wordings in the phrase language; any one is enough",
    "bags": "lists of words and classes: a line that holds one of each, in any order, is taken",
    "unless": "phrases that veto the rule",
}


def decode_pack(path: Path) -> PackSpec:
    """Read a rule file.

    Raises RuleError naming the file and, where there is one, the rule and the field.
    """
    raw = read_toml(path)
    try:
        return msgspec.convert(raw, PackSpec)
    except msgspec.ValidationError as error:
        cause, _, place = str(error).partition(" - at ")
        rule, field = _locate(raw, place.strip("`"))
        raise RuleError(path, cause, rule=rule, field=field) from None


def decode_words(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a ``words.toml``: word classes, each a list of wordings. Raises RuleError."""
    classes: dict[str, tuple[str, ...]] = {}
    for name, members in read_toml(path).items():
        try:
            classes[name] = msgspec.convert(members, tuple[str, ...])
        except msgspec.ValidationError as error:
            raise RuleError(path, str(error).partition(" - at ")[0], field=name) from None
    return classes


def read_toml(path: Path) -> dict[str, object]:
    """Parse a TOML file; raises RuleError naming it."""
    try:
        return rtoml.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise RuleError(path, " ".join(str(error).split())) from None


def _locate(raw: dict[str, object], place: str) -> tuple[str, str]:
    """Turn a decoder's path such as ``$.rule[3].scope`` into rule id and field."""
    found = re.match(r"\$\.rule\[(\d+)\]\.?(.*)", place)
    rules = raw.get("rule")
    if not found or not isinstance(rules, list):
        return "", place.removeprefix("$").strip(".")
    rule = rules[int(found[1])]
    name = rule.get("id", f"rule {int(found[1]) + 1}") if isinstance(rule, dict) else ""
    return str(name), found[2]
