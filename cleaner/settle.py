"""Settle what becomes of proposed decisions: choices, level, overlaps, guards, layout."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from cleaner.find.named import FINDINGS
from cleaner.read.dumps import is_dump
from cleaner.spans import Spans
from cleaner.types import Confidence, Decision, Document, Level

ALLOWED: dict[Level, tuple[Confidence, ...]] = {
    "cautious": ("certain",),
    "standard": ("certain", "likely"),
    "thorough": ("certain", "likely", "unsure"),
}
_RANK: dict[Confidence, int] = {"certain": 0, "likely": 1, "unsure": 2}

# Share of the prose that removals which are not certain may take before all of them are held.
# An article of which rules want more than this is not one that the rules understand.
PROSE_BUDGET = 0.3
# In a short document one line is a large share; code points. In a dump of a whole page notices and
# teasers are: on the shared dumps no more of the article is lost.
_LITTLE_PROSE, _LITTLE_BUDGET = 600, 0.5
_DUMP_BUDGET = 0.6
# What the wording of rules names may take more: on the shared texts no such line is content where
# together with what is guessed from context it would take too much. Guesses are held first.
_WORDED_BUDGET = 0.5
_GUESSES = frozenset(finding.id for finding in FINDINGS)


def settle(
    proposals: Iterable[Decision], document: Document, level: Level, keep: frozenset[str]
) -> list[Decision]:
    """Return the removals sorted by span, each applied or held; those applied do not overlap.

    ``keep`` names categories and rule ids whose finds stay in the text.
    """
    chosen = choose(proposals, level, keep)
    held = [decision for decision in chosen if decision.status == "held"]
    applied = without_overlaps([decision for decision in chosen if decision.status == "applied"])
    applied = _within_budget(applied, document)
    covered = {decision.span for decision in applied if decision.status == "applied"}
    held = [decision for decision in held if decision.span not in covered]
    return sorted([*applied, *dict.fromkeys(held)], key=lambda d: (d.start, d.end, d.rule))


def choose(proposals: Iterable[Decision], level: Level, keep: frozenset[str]) -> list[Decision]:
    """Hold the decisions whose category or rule is to be kept, and those the level forbids.

    What is kept for one rule is kept, whatever other rules say of it.
    """
    proposals = list(proposals)
    wanted = [d for d in proposals if d.status == "applied" and keep & {d.category, d.rule}]
    kept = Spans(d.span for d in without_overlaps(wanted)) if wanted else None
    return [_by_choice(decision, level, kept) for decision in proposals]


def without_overlaps(decisions: Sequence[Decision]) -> list[Decision]:
    """Keep the surest, then the longest of decisions that overlap; it names the others."""
    ranked = sorted(
        decisions, key=lambda d: (_RANK[d.confidence], d.start - d.end, d.start, d.rule)
    )
    spans: list[tuple[int, int]] = []
    winners: dict[tuple[int, int], Decision] = {}
    also: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for decision in ranked:
        span = decision.span
        place = bisect_left(spans, span)
        for other in spans[max(place - 1, 0) : place + 1]:
            if other[0] < decision.end and decision.start < other[1]:
                also[other].append(decision.rule)
                break
        else:
            spans.insert(place, span)
            winners[span] = decision
    return [_naming(winners[span], also.get(span, ())) for span in spans]


def _by_choice(decision: Decision, level: Level, kept: Spans | None) -> Decision:
    if decision.status != "applied":
        return decision
    if kept and kept.touch(*decision.span):
        return decision.held("kept on request")
    if decision.confidence not in ALLOWED[level]:
        return decision.held(f"{decision.confidence}: not at level {level}")
    return decision


def _naming(decision: Decision, also: Iterable[str]) -> Decision:
    others = sorted(set(also) - {decision.rule})
    if not others:
        return decision
    return replace(decision, reason=f"{decision.reason} Also: {', '.join(others)}.")


def _within_budget(applied: list[Decision], document: Document) -> list[Decision]:
    """Hold the removals that are not certain when together they would take too much prose."""
    doubtful = [decision for decision in applied if decision.confidence != "certain"]
    if not doubtful:
        return applied
    sizes = _prose_taken(doubtful, document)
    prose = sum(s.end - s.start for s in document.segments if s.kind == "prose")
    budget = _budget(document, prose)
    if sum(sizes.values()) <= budget * prose:
        return applied
    worded = sum(sizes[d.span] for d in doubtful if d.rule not in _GUESSES)
    all_held = worded > max(budget, _WORDED_BUDGET) * prose
    why = f"the doubtful removals would take more than {budget:.0%} of the prose"
    return [
        d.held(why) if sizes.get(d.span) and (all_held or d.rule in _GUESSES) else d
        for d in applied
    ]


def _prose_taken(decisions: Sequence[Decision], document: Document) -> dict[tuple[int, int], int]:
    """Return how many code points of prose each decision takes, by its span."""
    prose = [s for s in document.segments if s.kind == "prose"]
    ends = [s.end for s in prose]

    def taken(decision: Decision) -> int:
        first = bisect_left(ends, decision.start + 1)
        last = bisect_left(ends, decision.end)
        return sum(
            min(s.end, decision.end) - max(s.start, decision.start)
            for s in prose[first : last + 1]
            if s.start < decision.end
        )

    return {decision.span: taken(decision) for decision in decisions}


def _budget(document: Document, prose: int) -> float:
    """Return the share of so many code points of prose that may be taken in doubt."""
    if is_dump(document):
        return _DUMP_BUDGET
    return PROSE_BUDGET if prose >= _LITTLE_PROSE else _LITTLE_BUDGET
