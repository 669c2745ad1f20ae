"""Count what a run did: by category for the summary, by rule for the care of the rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.types import Status

if TYPE_CHECKING:
    from cleaner.corpus.document import Cleaned


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of documents, decisions and code points; tallies add up.

    ``outcomes`` counts decisions by category and by what became of them: ``removed``,
    ``repaired``, ``held`` or ``flagged``; ``characters`` the code points removed by category;
    ``rules`` decisions by rule and status; ``rule_documents`` the documents with each rule.
    """

    documents: int = 0
    changed: int = 0
    empty: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, Status]] = field(default_factory=Counter)
    rule_documents: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.documents + other.documents,
            self.changed + other.changed,
            self.empty + other.empty,
            self.outcomes + other.outcomes,
            self.characters + other.characters,
            self.rules + other.rules,
            self.rule_documents + other.rule_documents,
        )


def tally(documents: Iterable[Cleaned]) -> Tally:
    """Count documents and their decisions."""
    number = changed = empty = 0
    counts = Tally()
    for document in documents:
        decisions = document.result.decisions
        number += 1
        changed += any(d.status == "applied" for d in decisions)
        empty += not document.source
        for d in decisions:
            outcome = "removed" if d.action == "remove" else "repaired"
            outcome = outcome if d.status == "applied" else d.status
            counts.outcomes[d.category, outcome] += 1
            counts.rules[d.rule, d.status] += 1
            if outcome == "removed":
                counts.characters[d.category] += d.end - d.start
        counts.rule_documents.update({d.rule for d in decisions})
    return counts + Tally(number, changed, empty)
