"""Every entry of REPAIRS does what its example says, and leaves its look-alike alone."""

from __future__ import annotations

import pytest

from cleaner.repair import REPAIRS, Repair
from tests.repair_support import ALL_LEVELS, repaired, rules

each = pytest.mark.parametrize("entry", REPAIRS, ids=lambda entry: entry.id)


@each
def test_artifact_is_mended(entry: Repair) -> None:
    text, decisions = repaired(entry.artifact, allowed=ALL_LEVELS)
    assert text == entry.mend
    assert entry.id in rules(decisions)
    if entry.action == "flag":
        assert "flagged" in {d.status for d in decisions if d.rule == entry.id}


@each
def test_lookalike_is_left(entry: Repair) -> None:
    text, decisions = repaired(entry.lookalike, allowed=ALL_LEVELS)
    assert text == entry.lookalike
    assert entry.id not in rules(decisions)


@each
def test_repair_can_be_switched_off(entry: Repair) -> None:
    for off in (entry.id, entry.category):
        _, decisions = repaired(entry.artifact, off=[off], allowed=ALL_LEVELS)
        assert entry.id not in rules(decisions)


@each
def test_mended_text_needs_no_mending(entry: Repair) -> None:
    if entry.action != "flag":
        text, _ = repaired(entry.mend, allowed=ALL_LEVELS)
        assert text == entry.mend


@pytest.mark.parametrize(
    "entry", [e for e in REPAIRS if e.action != "flag"], ids=lambda entry: entry.id
)
def test_repair_below_the_level_is_held(entry: Repair) -> None:
    allowed = ALL_LEVELS - {entry.confidence}
    _, decisions = repaired(entry.artifact, allowed=allowed)
    held = [d for d in decisions if d.status == "held" and d.rule == entry.id]
    assert held
    assert all(d.confidence == entry.confidence and d.reason for d in held)


def test_ids_are_unique_and_name_their_family() -> None:
    ids = [entry.id for entry in REPAIRS]
    assert len(set(ids)) == len(ids)
    assert all(entry.id.startswith(entry.category) for entry in REPAIRS)
