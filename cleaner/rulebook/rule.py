"""A rule ready for matching, made from its text in a rule file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.rulebook.phrase import (
    Classes,
    Phrase,
    PhraseError,
    class_members,
    compile_phrase,
    keyword_of,
    lower,
    strength,
)
from cleaner.rulebook.schema import Position, RuleSpec, Scope
from cleaner.types import Confidence

Bag = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is residue, and the words that show it; see ``schema.FIELDS`` for the fields.

    ``category`` and ``language`` are the rule file's path; ``bags`` are lists of wordings, one of
    each list having to occur; ``keywords`` are words one of which is in everything the rule takes.
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
    unless: tuple[Phrase, ...]
    keywords: frozenset[str]
    spec: RuleSpec


def build_rule(spec: RuleSpec, file: Path, classes: Classes) -> Rule:
    """Compile a rule's phrases and bags; raises PhraseError on a mistake in one of them."""
    phrases = tuple(compile_phrase(phrase, classes) for phrase in spec.phrases)
    bags = tuple(tuple(_wordings(entry, classes) for entry in bag) for bag in spec.bags)
    if not phrases and not bags:
        raise PhraseError("a rule needs phrases or bags")
    found_by = [phrase.keywords for phrase in phrases] + [_bag_keywords(bag) for bag in bags]
    if not all(found_by):
        raise PhraseError("a phrase has no fixed word and no digit to look it up by")
    return Rule(
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
        bags=bags,
        unless=tuple(compile_phrase(phrase, classes) for phrase in spec.unless),
        keywords=frozenset().union(*found_by),
        spec=spec,
    )


def _wordings(entry: str, classes: Classes) -> tuple[str, ...]:
    if entry.startswith("{"):
        return tuple(lower(word) for word in class_members(entry.strip("{}"), classes))
    return (lower(entry),)


def _bag_keywords(bag: Bag) -> frozenset[str]:
    """Return the keywords of the entry that is looked up with the fewest false alarms."""
    sets = [frozenset(keyword_of(wording) for wording in entry) for entry in bag]
    return max(sets, key=strength, default=frozenset())
