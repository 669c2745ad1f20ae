"""Find and load rule packs: the built-in ones, then those of the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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


@lru_cache(maxsize=8)
def load_rulebook(extra: tuple[Path, ...] = ()) -> Rulebook:
    """Load the built-in rules and then the packs in ``extra``, which add, override or disable.

    A rule of the same id in a later pack takes the place of the earlier one.
    Raises RuleError naming file, rule and field of the first mistake.
    """
    classes: dict[str, Classes] = {}
    rules: dict[str, Rule] = {}
    for directory in (rules_directory(), *extra):
        if not directory.is_dir():
            raise RuleError(directory, "no such rules directory")
        classes = _with_words(classes, directory)
        pack, disabled = _load_pack(directory, classes)
        rules = {**rules, **pack}
        for rule_id in disabled:
            rules.pop(rule_id, None)
    return Rulebook(tuple(rules[rule_id] for rule_id in sorted(rules)), classes)


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


def _load_pack(
    directory: Path, classes: dict[str, Classes]
) -> tuple[dict[str, Rule], Sequence[str]]:
    rules: dict[str, Rule] = {}
    disabled: list[str] = []
    for path in rule_files(directory):
        pack = decode_pack(path)
        disabled += pack.disable
        for rule in _build(path, pack.rule, language_classes(classes, path.parent.name)):
            if rule.id in rules:
                raise RuleError(path, f"already in {rules[rule.id].file}", rule=rule.id, field="id")
            rules[rule.id] = rule
    return rules, disabled


def _build(path: Path, specs: Iterable[RuleSpec], classes: Classes) -> Iterator[Rule]:
    for spec in specs:
        if not spec.id.startswith(f"{path.parent.name}-"):
            raise RuleError(path, f"must start with {path.parent.name}-", rule=spec.id, field="id")
        try:
            yield build_rule(spec, path, classes)
        except PhraseError as error:
            raise RuleError(path, str(error), rule=spec.id, field="phrases") from None
