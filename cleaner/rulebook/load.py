"""Find and load rule packs: the built-in ones, then those of the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.rulebook.common import rules_directory
from cleaner.rulebook.phrase import Classes, PhraseError
from cleaner.rulebook.rule import Rule, build_rule
from cleaner.rulebook.schema import RuleSpec, decode_pack, decode_words

WORDS = "words.toml"
# Folders and files of a pack that hold data of other forms, with loaders of their own.
_OTHER_FORMS = ("dom", WORDS, "lines.toml")


@dataclass(frozen=True)
class Rulebook:
    """All rules in force, sorted by id, and the word classes of each language."""

    rules: tuple[Rule, ...]
    classes: dict[str, Classes]

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
    sources, classes = _read_packs(extra)
    rules = [rule for language in sources for rule in load_rules(extra, language)]
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.id)), classes)


@lru_cache(maxsize=128)
def load_rules(extra: tuple[Path, ...], language: str) -> tuple[Rule, ...]:
    """Return the rules of one language, of those that ``load_rulebook`` loads, sorted by id.

    Compiling phrases is most of the time that loading takes. Raises RuleError.
    """
    sources = _read_packs(extra)[0].get(language, {})
    return tuple(_build(sources[rule_id]) for rule_id in sorted(sources))


@lru_cache(maxsize=8)
def _read_packs(
    extra: tuple[Path, ...],
) -> tuple[dict[str, dict[str, _Source]], dict[str, Classes]]:
    """Return the rules in force by language and id, and the word classes of each language."""
    classes: dict[str, Classes] = {}
    rules: dict[str, _Source] = {}
    for directory in (rules_directory(), *extra):
        if not directory.is_dir():
            raise RuleError(directory, "no such rules directory")
        classes = _with_words(classes, directory)
        pack, disabled = _read_pack(directory, classes)
        rules = {**rules, **pack}
        for rule_id in disabled:
            rules.pop(rule_id, None)
    by_language: dict[str, dict[str, _Source]] = {}
    for rule_id, source in rules.items():
        by_language.setdefault(source.path.parent.name, {})[rule_id] = source
    return by_language, classes


def rule_files(directory: Path) -> list[Path]:
    """Return the rule files of a pack, sorted by path."""
    return sorted(
        path
        for path in directory.glob("*/*.toml")
        if not {path.name, path.parent.name} & set(_OTHER_FORMS)
    )


def language_classes(classes: dict[str, Classes], language: str) -> Classes:
    """Return the word classes that rules of a language may use."""
    return {**classes.get("any", {}), **classes.get(language, {})}


def _with_words(known: dict[str, Classes], directory: Path) -> dict[str, Classes]:
    found = {path.parent.name: decode_words(path) for path in sorted(directory.glob(f"*/{WORDS}"))}
    return {
        language: {**known.get(language, {}), **found.get(language, {})}
        for language in (*known, *(name for name in found if name not in known))
    }


def _read_pack(
    directory: Path, classes: dict[str, Classes]
) -> tuple[dict[str, _Source], Sequence[str]]:
    rules: dict[str, _Source] = {}
    disabled: list[str] = []
    for path in rule_files(directory):
        pack, language = decode_pack(path), path.parent.name
        disabled += pack.disable
        known = language_classes(classes, language)
        for spec in pack.rule:
            if not spec.id.startswith(f"{language}-"):
                raise RuleError(path, f"must start with {language}-", rule=spec.id, field="id")
            if spec.id in rules:
                cause = f"already in {rules[spec.id].path}"
                raise RuleError(path, cause, rule=spec.id, field="id")
            rules[spec.id] = _Source(path, spec, known)
    return rules, disabled


def _build(source: _Source) -> Rule:
    path, spec, classes = source
    try:
        return build_rule(spec, path, classes)
    except PhraseError as error:
        raise RuleError(path, str(error), rule=spec.id, field="phrases") from None
