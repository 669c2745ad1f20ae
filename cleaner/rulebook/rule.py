"""A rule ready for matching, made from its text in a rule file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleaner.read.fold import lower, plain
from cleaner.rulebook.needs import need_of, words_of
from cleaner.rulebook.phrase import (
    Classes,
    Phrase,
    PhraseError,
    class_members,
    compile_phrase,
)
from cleaner.rulebook.schema import Position, RuleSpec, Scope
from cleaner.types import Confidence


class Bag(NamedTuple):
    """Lists of wordings, one of each having to occur, and the words needed for that."""

    entries: tuple[tuple[str, ...], ...]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is residue, and the words that show it; see ``schema.FIELDS`` for the fields.

    ``category`` and ``language`` are the rule file's path; ``unless`` are RE2
    patterns in ``shorthand``.
    """

    id: str
    category: str
    language: str
    file: Path
    summary: str
    confidence: Confidence
    scope: Scope
    position: Position
    max_words: int
    phrases: tuple[Phrase, ...]
    bags: tuple[Bag, ...]
    unless: tuple[str, ...]
    spec: RuleSpec

    @property
    def is_inline(self) -> bool:
        """Whether the rule takes words of a line, not the line as a whole."""
        return self.scope in ("phrase", "lead")

    @property
    def patterns(self) -> tuple[Phrase | Bag, ...]:
        """Phrases and bags: any one that is found is enough."""
        return (*self.phrases, *self.bags)


def build_rule(spec: RuleSpec, file: Path, classes: Classes) -> Rule:
    """Compile a rule's phrases and bags; raises PhraseError on a mistake in one of them."""
    phrases = tuple(compile_phrase(phrase, classes) for phrase in spec.phrases)
    if not phrases and not spec.bags:
        raise PhraseError("a rule needs phrases or bags")
    rule = Rule(
        id=spec.id,
        category=file.stem,
        language=file.parent.name,
        file=file,
        summary=spec.summary,
        confidence=spec.confidence,
        scope=spec.scope,
        position=spec.position,
        max_words=spec.max_words,
        phrases=phrases,
        bags=tuple(_bag(bag, classes) for bag in spec.bags),
        unless=tuple(compile_phrase(phrase, classes).regex for phrase in spec.unless),
        spec=spec,
    )
    if rule.is_inline and rule.bags:
        raise PhraseError(f"scope {rule.scope!r} takes no bags")
    if not all(pattern.needs for pattern in rule.patterns):
        raise PhraseError("a phrase has no fixed word and no digit to look it up by")
    return rule


def _bag(bag: tuple[str, ...], classes: Classes) -> Bag:
    entries = [class_members(e.strip("{}"), classes) if e[:1] == "{" else (e,) for e in bag]
    return Bag(
        tuple(tuple(" ".join(words_of(lower(plain(w)))) for w in entry) for entry in entries),
        tuple(need_of(entry) for entry in entries),
    )
