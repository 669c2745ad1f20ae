"""Damage done by the injector is undone, and every repair is asked where it has work."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.corrupt import DAMAGES, Item, items
from cleaner.repair import _STEPS, scanner_for
from cleaner.repair.model import Context, KnownFacts
from cleaner.types import Document, Segment
from tests.repair_support import repaired
from tests.test_repair import NOISE

PARAGRAPHS = [
    "The old ferry, which had carried mail since the war, left the harbour at 10:30 a.m. with "
    "4,200 passengers on board. Nobody in the town expected a record: it was a cold Monday. "
    "“We sold every ticket before noon,” said the captain, who doesn’t like crowds.",
    "What did Miller say to the crew? She told them that the U.S. owner’s long-term plan (a "
    "second harbour) would cost $3.5 million and that it’s not her job to pay. The US-based bank "
    "agreed in January. But its lawyers, who read every page of the well-known contract, did not.",
    "Her answer was short: “The island can’t wait for another winter without a bridge.” The "
    "council raised the budget by 2.5 percent, and the price of a ticket rose to $1,250 a year. "
    "They wrote that “he said, ‘Let’s build it now,’” and the US government paid its share.",
    "The fishermen know the water better than anyone else on the coast; they have watched it for "
    "forty years. Every evening the boats come home to the small harbour, and their crews unload "
    "the catch under bright lamps! The AI system on the bridge counts each box for the market.",
    "When the storm came in March, the self-appointed guard of the lighthouse closed the road, "
    "called his sister at 9:15 p.m. and waited. “I heard the wind,” he said later, “and I knew "
    "what it meant.” It was the first time that the people of the village slept in the school.",
]

MADE = list(items(PARAGRAPHS, seed=5, each=5))


@pytest.mark.parametrize("item", MADE, ids=lambda item: item.id)
def test_damage_is_undone_or_flagged(item: Item) -> None:
    text, decisions = repaired(item.corrupted, "en")
    if item.expect == "repair":
        assert text == item.clean
    else:
        assert text == item.corrupted
        assert any(d.status == "flagged" for d in decisions)


def test_clean_paragraphs_stay() -> None:
    for paragraph in PARAGRAPHS:
        assert repaired(paragraph, "en") == (paragraph, [])


def test_every_class_was_made() -> None:
    made = Counter(item.kind for item in MADE)
    assert set(made) == {*DAMAGES, "combined"}
    assert all(item.corrupted != item.clean for item in MADE)


def test_same_seed_same_items() -> None:
    assert list(items(PARAGRAPHS, seed=5, each=5)) == MADE
    assert list(items(PARAGRAPHS, seed=6, each=5)) != MADE


@settings(max_examples=300, deadline=None)
@given(NOISE | st.sampled_from([item.corrupted for item in MADE]))
@example("“I said:” No “, he said.")
@example("“The ferry is late.“”")
@example("“The ferry is late.“-")
@example("It was ; we waited !Was the ferry late ? It was ; we waited !Was the ferry late ?")
@example("See Crew.Net for a.m. and p.m. times. See Crew.Net for a.m. and p.m. times.")
def test_a_step_finds_nothing_where_it_would_not_be_asked(text: str) -> None:
    line = " ".join(text.split())
    context = Context("en", KnownFacts(language="en", stars=True, translated=True))
    document = Document(line, "text", "en", (Segment(0, len(line), "prose"),))
    asked = scanner_for("en").candidates(document, document.segments).get(0, set())
    for index, step in enumerate(_STEPS):
        if index not in asked:
            assert not list(step.run(line, context)), (step.run.__name__, line)
