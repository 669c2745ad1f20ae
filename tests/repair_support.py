"""What the tests of the repair stage share."""

from __future__ import annotations

from collections.abc import Collection

from cleaner.edit import apply, restore
from cleaner.read.text import read_text
from cleaner.repair import repair
from cleaner.types import Confidence, Decision

ALL_LEVELS: frozenset[Confidence] = frozenset({"certain", "likely", "unsure"})


def repaired(
    text: str,
    language: str = "en",
    *,
    off: Collection[str] = (),
    allowed: frozenset[Confidence] = frozenset({"certain", "likely"}),
) -> tuple[str, list[Decision]]:
    """Return a text after its repair, and the decisions; checks that they can be undone."""
    document = read_text(text, language)
    decisions = repair(document, document.segments, off=frozenset(off), allowed=allowed)
    clean = apply(text, decisions)
    assert restore(clean, decisions) == text
    return clean, decisions


def rules(decisions: list[Decision]) -> set[str]:
    """Return the single rules that decisions name."""
    return {rule for decision in decisions for rule in decision.rule.split("+")}
