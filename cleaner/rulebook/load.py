"""Find and load rule packs: the built-in ones, then those of the user."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.rulebook.common import rules_directory
from cleaner.rulebook.phrase import Classes, PhraseError, forget_wordings
from cleaner.rulebook.rule import Rule, build_rule
from cleaner.rulebook.schema import RuleSpec, decode_pack, decode_words

WORDS = "words.toml"
# Folders and files of a pack that hold data of other forms, with loaders of their own.
_OTHER_FORMS = ("dom", WORDS, "lines.toml")


@dataclass(frozen=True)
class Rulebook:
    """All rules in force, sorted by id."""

    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that id, if there is one."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


class _Source(NamedTuple):
    """A rule as it is written, where, and the word classes it may name."""

    path: Path
    spec: RuleSpec
    classes: Classes


@lru_cache(maxsize=8)
def load_rulebook(extra: tuple[Path, ...] = ()) -> Rulebook:
    """Load the built-in rules and then the packs in ``extra``, which add, override or disable.

    A rule of the same id in a later pack takes the place of the earlier one.
    Raises RuleError naming file, rule and field of the first mistake.
    """
    packs = (rules_directory(), *extra)
    languages = sorted({path.parent.name for pack in packs for path in rule_files(pack)})
    rules = [rule for language in languages for rule in load_rules(extra, language)]
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.id)))


@lru_cache(maxsize=128)
def load_rules(extra: tuple[Path, ...], language: str) -> tuple[Rule, ...]:
    """Return the rules of one language, of those that ``load_rulebook`` loads, sorted by id.

    Compiling phrases is most of the time that loading takes. Raises RuleError.
    """
    rules: dict[str, _Source] = {}
    words: dict[str, Classes] = {"any": {}, language: {}}
    for directory in (rules_directory(), *extra):
        for folder, known in words.items():
            words[folder] = {**known, **_words(directory / folder / WORDS)}
        rules |= _read(directory, language, {**words["any"], **words[language]})
        for rule_id in _disabled(directory) if directory in extra else ():
            rules.pop(rule_id, None)
    built = tuple(_build(rules[rule_id]) for rule_id in sorted(rules))
    forget_wordings()
    return built


def rule_files(directory: Path, language: str = "*") -> list[Path]:
    """Return the rule files of a pack, of one language or of all, sorted by path.

    Raises RuleError where there is no such pack.
    """
    if not directory.is_dir():
        raise RuleError(directory, "no such rules directory")
    return sorted(
        path
        for path in directory.glob(f"{language}/*.toml")
        if not {path.name, path.parent.name} & set(_OTHER_FORMS)
    )


def _words(path: Path) -> Classes:
    return decode_words(path) if path.is_file() else {}


def _read(directory: Path, language: str, classes: Classes) -> dict[str, _Source]:
    """Return what a pack holds of one language, by id."""
    rules: dict[str, _Source] = {}
    for path in rule_files(directory, language):
        for spec in decode_pack(path).rule:
            if not spec.id.startswith(f"{language}-"):
                raise RuleError(path, f"must start with {language}-", rule=spec.id, field="id")
            if spec.id in rules:
                cause = f"already in {rules[spec.id].path}"
                raise RuleError(path, cause, rule=spec.id, field="id")
            rules[spec.id] = _Source(path, spec, classes)
    return rules


@lru_cache(maxsize=8)
def _disabled(directory: Path) -> tuple[str, ...]:
    """Return the ids that a pack switches off, in any of its files."""
    return tuple(name for path in rule_files(directory) for name in decode_pack(path).disable)


def _build(source: _Source) -> Rule:
    path, spec, classes = source
    try:
        return build_rule(spec, path, classes)
    except PhraseError as error:
        raise RuleError(path, str(error), rule=spec.id, field="phrases") from None
