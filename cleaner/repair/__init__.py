"""Repairs: undo what machine translation and bad handling did to the text.

Every step looks at one line, in the order encoding, entities, tokens, quotes, spacing, grammar,
repeats, flags, and at what the steps before it made of the line; `compose` turns their edits into
spans of the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from cleaner.repair import (
    characters,
    encoding,
    entities,
    flags,
    grammar,
    hyphens,
    numbers,
    quotes,
    repeats,
    spacing,
    tokens,
    wording,
)
from cleaner.repair.compose import Draft, Patch
from cleaner.repair.evidence import TranslationEvidence, translation_evidence
from cleaner.repair.facts import DocumentFacts, document_language, is_stacked, leaves_quote_open
from cleaner.repair.footer import ENTRY, foreign_footer
from cleaner.repair.model import Context, Edit, Repair, Step
from cleaner.repair.scan import Scanner, pieces
from cleaner.types import Confidence, Decision, Document, Segment

__all__ = ["REPAIRS", "Repair", "TranslationEvidence", "repair", "translation_evidence"]

_STAGES = (
    encoding,
    entities,
    tokens,
    characters,
    quotes,
    numbers,
    hyphens,
    spacing,
    grammar,
    repeats,
    flags,
    wording,
)
_STEPS: tuple[Step, ...] = tuple(step for stage in _STAGES for step in stage.STEPS)

REPAIRS: tuple[Repair, ...] = (
    *(entry for stage in _STAGES for entry in stage.REPAIRS),
    ENTRY,
)
"""Every repair and flag, in the order in which they run."""

_BY_ID = {entry.id: entry for entry in REPAIRS}
_RANK: dict[Confidence, int] = {"certain": 0, "likely": 1, "unsure": 2}
# Languages of documents that some steps look at and others do not.
_TONGUES = frozenset(step.language for step in _STEPS if step.language)
_STANDARD: frozenset[Confidence] = frozenset({"certain", "likely"})


class _Choice(NamedTuple):
    """Ids of the repairs that do not run, and why others do not change the text."""

    off: frozenset[str]
    held: Mapping[str, str]


class _Look(NamedTuple):
    """What is known before a line is looked at, and the indices of the steps to ask first."""

    scanner: Scanner
    context: Context
    choice: _Choice
    asked: set[int]


def repair(
    document: Document,
    kept: Sequence[Segment],
    *,
    off: frozenset[str] = frozenset(),
    allowed: frozenset[Confidence] = _STANDARD,
    keep: frozenset[str] = frozenset(),
) -> list[Decision]:
    """Propose mends and flags inside the ``kept`` segments, sorted by span.

    A footer in another language is the one thing proposed for removal, and ``unsure``.

    ``off`` names repairs or categories that do not run. Those that ``keep`` names, and those whose
    confidence is not ``allowed``, are returned as held; the steps after them see the text without
    them.
    Applied decisions never overlap; two repairs that touch are one decision that names both.
    Line breaks are never touched.
    """
    text = document.text
    segments = list(pieces(text, kept))
    language = document_language(document)
    scanner = scanner_for(language)
    found = scanner.candidates(document, segments)
    if not found:
        return []
    choice = _choice(off, allowed, keep)
    lines = {index: document.line(segments[index]) for index in found}
    facts = DocumentFacts(text, language, [*lines.values()])
    decisions: list[Decision] = []
    for index, line in lines.items():
        context = Context(
            facts=facts,
            stacked=is_stacked(text, segments, index),
            quote_open=index > 0 and leaves_quote_open(document.line(segments[index - 1])),
            line=line,
        )
        decisions += _mended(segments[index].start, _Look(scanner, context, choice, found[index]))
    if ENTRY.id not in choice.off:
        decisions = _with_footer(text, segments, decisions, choice.held.get(ENTRY.id, ""))
    return decisions


def scanner_for(language: str) -> Scanner:
    """Return what finds lines worth a close look in documents of a language, or of none known."""
    return _scanner(_TONGUES - {language} if language else frozenset())


@cache
def _scanner(off: frozenset[str]) -> Scanner:
    return Scanner(_STEPS, off)


@lru_cache(maxsize=8)
def _choice(off: frozenset[str], allowed: frozenset[Confidence], keep: frozenset[str]) -> _Choice:
    held: dict[str, str] = {}
    for entry in REPAIRS:
        if keep & {entry.id, entry.category}:
            held[entry.id] = f"{entry.summary} Held: kept on request."
        elif entry.confidence not in allowed:
            edits = "removals" if entry.action == "remove" else "repairs"
            held[entry.id] = f"{entry.confidence} {edits} are held at this level"
    return _Choice(frozenset(e.id for e in REPAIRS if off & {e.id, e.category}), held)


def _with_footer(
    text: str, segments: Sequence[Segment], decisions: list[Decision], held: str
) -> list[Decision]:
    """Add the removal of a foreign footer; what it removes is not mended."""
    footer = foreign_footer(text, segments, decisions, held)
    if not footer:
        return decisions
    cuts = [] if held else [d.span for d in footer]
    rest = [d for d in decisions if not any(a <= d.start and d.end <= b for a, b in cuts)]
    return sorted([*rest, *footer], key=lambda decision: decision.span)


def _mended(offset: int, look: _Look) -> Iterator[Decision]:
    """Yield the decisions for the line that begins at ``offset``, sorted by span."""
    scanner, context, choice, asked = look
    text = line = context.line
    draft = Draft(line)
    other: list[Decision] = []
    for index, step in enumerate(_STEPS):
        if index not in asked:
            continue
        edits = [edit for edit in step.run(text, context) if edit.rule not in choice.off]
        applied = [edit for edit in edits if _applies(edit, choice)]
        if len(applied) < len(edits):
            rest = [edit for edit in edits if not _applies(edit, choice)]
            whys = [choice.held.get(edit.rule, "") for edit in rest]
            other += map(partial(_other, line, offset), draft.placed(rest), whys)
        if applied:
            draft = draft.edited(applied)
            text = draft.text
            asked = asked | scanner.steps_for(text)
    made = [_decision(patch, line, offset) for patch in draft.patches]
    yield from sorted([*made, *dict.fromkeys(other)], key=lambda decision: decision.span)


def _applies(edit: Edit, choice: _Choice) -> bool:
    return edit.rule not in choice.held and _BY_ID[edit.rule].action == "repair"


def _other(line: str, offset: int, patch: Patch, held: str) -> Decision:
    """Return a flag, or a repair that is held back."""
    entry = _BY_ID[patch.rules[0]]
    original = line[patch.start : patch.end]
    flag = entry.action == "flag"
    return Decision(
        patch.start + offset,
        patch.end + offset,
        original,
        original if flag else patch.replacement,
        entry.action,
        entry.id,
        entry.category,
        entry.confidence,
        "flagged" if flag else "held",
        entry.summary if flag else held,
        entry.language,
    )


def _decision(patch: Patch, line: str, offset: int) -> Decision:
    entries = [_BY_ID[rule] for rule in patch.rules]
    weakest = max(entries, key=lambda entry: _RANK[entry.confidence])
    languages = {entry.language for entry in entries} - {"any"}
    return Decision(
        patch.start + offset,
        patch.end + offset,
        line[patch.start : patch.end],
        patch.replacement,
        "repair",
        "+".join(patch.rules),
        entries[0].category,
        weakest.confidence,
        "applied",
        " ".join(entry.summary for entry in entries),
        languages.pop() if languages else "any",
    )
