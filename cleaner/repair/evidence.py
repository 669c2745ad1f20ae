"""How much in a document speaks for machine translation, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import re2

from cleaner.types import Decision, Document

_NOTICE = re2.compile(
    r"(?i)\b(?:machine|automatically|auto)[- ]translated\b"
    r"|\btranslated (?:automatically|by (?:AI|machine|Google))\b"
    r"|\bautomatic(?:ally)? translation\b|\bmaschinell übersetzt|\btraduit automatiquement"
    r"|\btraducido automáticamente|\btradotto automaticamente"
)
_WEIGHTS = {
    "translation notice": 5,
    "tokens-moses": 3,
    "tokens-bpe": 3,
    "tokens-star": 3,
    "flags-unknown-token": 3,
    "quotes-nested": 3,
    "quotes-clause": 3,
    "repeats-loop": 3,
    "flags-untranslated": 2,
    "quotes-turned": 2,
    "quotes-guillemets": 2,
    "spacing-contraction": 2,
    "spacing-apostrophe": 2,
    "spacing-hyphen": 2,
    "entities-torn": 2,
    "entities-twice": 1,
    "flags-the-possessive": 1,
    "flags-did-past": 1,
    "grammar-did-past": 1,
    "spacing-comma-stop": 1,
    "spacing-high": 1,
    "repeats-function-word": 1,
}
"""Points for one sign. Marks that only an engine or its tokeniser leaves weigh 3, what people
seldom type 2, what people also type 1; chosen from the origins in the artifact catalogue."""

_MOST = 3  # signs of one kind that count


@dataclass(frozen=True, slots=True)
class TranslationEvidence:
    """``score`` points, and the ``(sign, times seen)`` pairs it rests on.

    From 3 points on one clear sign or several weak ones agree (``likely``); ``strong`` from 6.
    """

    score: int
    grounds: tuple[tuple[str, int], ...]

    def meta(self) -> dict[str, str]:
        """Return score and grounds for the record of the document; nothing where there are none."""
        if not self.score:
            return {}
        grounds = ", ".join(f"{sign} {times}" for sign, times in self.grounds)
        return {"translation_score": str(self.score), "translation_grounds": grounds}

    @property
    def likely(self) -> bool:
        """Whether the text has probably been through a translation engine."""
        return self.score >= 3

    @property
    def strong(self) -> bool:
        """Whether several signs agree that it has."""
        return self.score >= 6


def has_notice(text: str) -> bool:
    """Whether a text says that it was translated by a machine.

    >>> has_notice("This article was machine-translated."), has_notice("She translated it.")
    (True, False)
    """
    return _NOTICE.search(text.encode(errors="replace")) is not None


def translation_evidence(document: Document, decisions: Iterable[Decision]) -> TranslationEvidence:
    """Weigh the repairs and flags of a document, and its translation notice if it has one.

    Repairs count whether they were applied, held or flagged.

    >>> source = Document("This article was machine-translated.", "text", "en", ())
    >>> translation_evidence(source, [])
    TranslationEvidence(score=5, grounds=(('translation notice', 1),))
    """
    counts: dict[str, int] = {}
    if has_notice(document.text):
        counts["translation notice"] = 1
    for decision in decisions:
        if decision.action != "remove":
            for rule in decision.rule.split("+"):
                if rule in _WEIGHTS:
                    counts[rule] = counts.get(rule, 0) + 1
    score = sum(_WEIGHTS[sign] * min(count, _MOST) for sign, count in counts.items())
    return TranslationEvidence(score, tuple(sorted(counts.items())))
