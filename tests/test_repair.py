"""Repairs in their order, on documents, and beside what they must leave alone."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.clean import clean
from cleaner.read.text import read_text
from cleaner.repair import REPAIRS, repair, translation_evidence
from cleaner.types import Confidence
from tests.repair_support import ALL_LEVELS, repaired, rules
from tests.support import shared_data

FLATTENED = "“I told the board:” No, the ferry is not for sale “, said the mayor of the town."


def test_flattened_guillemets_become_a_nested_quotation() -> None:
    text, decisions = repaired(FLATTENED)
    assert (
        text == "“I told the board: ‘No, the ferry is not for sale’”, said the mayor of the town."
    )
    assert rules(decisions) == {"quotes-nested"}


@pytest.mark.parametrize(
    ("artifact", "mend"),
    [
        ("“The ferry is not for sale,’“ she said.", "“The ferry is not for sale,’” she said."),
        (
            "“I told him, ‘The ferry is not for sale,’“ she said.",
            "“I told him, ‘The ferry is not for sale,’” she said.",
        ),
        (
            "She said, ‘How can we help you keep the ferry?'” and left.",
            "She said, ‘How can we help you keep the ferry?'” and left.",
        ),
        (
            "“She said, ‘How can we help you keep the ferry?'” He left.",
            "“She said, ‘How can we help you keep the ferry?’” He left.",
        ),
        ("What did Miller said to the crew?", "What did Miller say to the crew?"),
        ("They asked what did Miller said to the crew.", None),
        ("the back -to -back ferries of the day", "the back-to-back ferries of the day"),
    ],
)
def test_artifacts_seen_in_translated_news(artifact: str, mend: str | None) -> None:
    assert repaired(artifact)[0] == (mend or artifact)


def test_repairs_that_touch_are_one_decision() -> None:
    text, decisions = repaired(
        "He calls the ferry &ldquo; a slow boat &rdquo; and the crew laughs."
    )
    assert text == "He calls the ferry “a slow boat” and the crew laughs."
    assert {d.rule for d in decisions} == {"entities-named+quotes-spaced"}
    assert {d.original for d in decisions} == {"&ldquo; ", " &rdquo;"}


def test_a_merged_decision_is_as_sure_as_its_weakest_part() -> None:
    _, decisions = repaired("The ferry was late&amp;hellip; and the the &rsquo; s crew left .")
    order = ("certain", "likely", "unsure")
    by_id = {entry.id: entry.confidence for entry in REPAIRS}
    for decision in decisions:
        parts = [by_id[rule] for rule in decision.rule.split("+")]
        assert decision.confidence == max(parts, key=order.index)


def test_later_repairs_see_a_text_without_what_is_off() -> None:
    source = "He calls the ferry &ldquo; a slow boat &rdquo; and the crew laughs."
    text, decisions = repaired(source, off=["entities"])
    assert text == source
    assert not decisions


def test_later_repairs_see_a_text_without_what_is_held() -> None:
    certain: frozenset[Confidence] = frozenset({"certain"})
    text, decisions = repaired("The ferry was late , and the the crew left .", allowed=certain)
    assert text == "The ferry was late , and the crew left ."
    assert {d.rule: d.status for d in decisions} == {
        "spacing-comma-stop": "held",
        "repeats-function-word": "applied",
    }


@pytest.mark.parametrize("name", ["spacing", "spacing-hyphen"])
def test_what_is_kept_on_request_is_held(name: str) -> None:
    source = "The cross -border ferry left the the port; a long - term plan."
    result = clean(source, language="en", keep=[name])
    assert result.text == source.replace("the the", "the")
    (held,) = result.held
    assert (held.original, held.replacement, held.rule) == (" ", "", "spacing-hyphen")
    assert held.reason.endswith("Held: kept on request.")
    assert [d.rule for d in result.flagged] == ["flags-hyphen"]


def test_a_footer_that_is_kept_is_held() -> None:
    entry = next(entry for entry in REPAIRS if entry.action == "remove")
    result = clean(entry.artifact, language="en", level="thorough", keep=[entry.id])
    assert result.text == entry.artifact
    assert [(d.rule, d.action) for d in result.held] == [(entry.id, "remove")]


def test_removed_segments_are_not_mended() -> None:
    source = "The ferry was late , again.\n\nThe the ferry was late , again."
    document = read_text(source, "en")
    decisions = repair(document, document.segments[1:])
    assert decisions
    assert all(d.start > source.index("\n") for d in decisions)


@pytest.mark.parametrize(("begin", "end"), [("[of", "the ]"), ('a " ferry', 'the " port')])
def test_what_begins_on_one_line_hides_nothing_on_the_next(begin: str, end: str) -> None:
    source = f"They saw {begin} boats.\nThe the crew was late.\nThis is {end} of the town."
    assert repaired(source)[0] == source.replace("The the", "The")


def test_stars_that_few_words_of_a_document_carry_stay() -> None:
    marked = "The *ferry left the *harbour at *noon with mail.\n\n"
    assert "*" not in repaired(marked)[0]
    source = marked + "".join(f"The crew was late again on trip number {n}.\n\n" for n in range(80))
    assert repaired(source) == (source, [])


def test_line_breaks_stay() -> None:
    source = "The ferry was the \nthe one\n, and\r\n. It left\u2028 , full ."
    text, _ = repaired(source, allowed=ALL_LEVELS)
    breaks = [char for char in source if char in "\n\r\u2028"]
    assert [char for char in text if char in "\n\r\u2028"] == breaks


@pytest.mark.parametrize(
    "text",
    [
        "“This is the first paragraph of a long statement.\n\n“And this is the next,” she said.",
        "Testers from 5’5” to 5’11” in height took the ferry to the island.",
        "for (i = 0 ; i < n ; i ++) { a [ i ] = f ( i ) ; }",
        "Run the -all flag of the CLI, or ls -la in the folder of the ferry.",
        "The boat of the ferry line\nIn the night of the sea ;\nslow and slow",
        "Size : M\nColour : red\nThe price : 5",
        "Write &amp; for an ampersand in HTML, and the page shows it.",
        "The operators and and or are not the same, he had had to say.",
        "Thanks! :-) (said no one of the crew ;-))",
        "* **Oats:** rolled\n* **Rye:**coarse\n  * **Malt (dark):** `10 g`\n* **Salt**, fine",
    ],
)
def test_lookalikes_stay(text: str) -> None:
    assert repaired(text)[0] == text


def test_translation_evidence_names_its_grounds() -> None:
    source = f"{FLATTENED} The cross -border ferry does n't run."
    document = read_text(source, "en")
    evidence = translation_evidence(document, repair(document, document.segments))
    assert evidence.likely
    assert dict(evidence.grounds) == {
        "quotes-nested": 2,
        "spacing-contraction": 1,
        "spacing-hyphen": 1,
    }
    clean = read_text("The ferry runs, and the crew is glad of it.", "en")
    assert not translation_evidence(clean, repair(clean, clean.segments)).grounds


def test_negatives_stay() -> None:
    path = shared_data() / "repair" / "negatives.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for language in ("", item["lang"][:2]):
            assert repaired(item["corrupted"], language)[0] == item["clean"], item["id"]


KNOWN_FAILURES = [
    pytest.param(
        "“We stay,“ she said. “They ”leave” on Monday.",
        "“We stay,” she said. “They “leave” on Monday.",
        id="a mark turned inside a quotation that is never closed",
    ),
    pytest.param(
        "‘ We keep the ferry ’, said the mayor of the town.",
        "‘We keep the ferry’, said the mayor of the town.",
        id="blanks inside single marks, which apostrophes hide",
    ),
    pytest.param(
        "What did the two captains said about the crew?",
        "What did the two captains say about the crew?",
        id="a subject of several words",
    ),
]


@pytest.mark.xfail(strict=True, reason="the evidence in the line does not decide")
@pytest.mark.parametrize(("artifact", "mend"), KNOWN_FAILURES)
def test_known_failures(artifact: str, mend: str) -> None:
    assert repaired(artifact)[0] == mend


PIECES = [entry.artifact for entry in REPAIRS] + [entry.lookalike for entry in REPAIRS]
MARKS = list("“”‘’'\"«»&;#@*-–—.,:!? \u00a0\u200b\u00ad\n\r[](){}<>|0123$€aAtsnâÂ€™Ã\ud800\x00\x85")
NOISE = st.lists(st.sampled_from(PIECES) | st.sampled_from(MARKS), max_size=30).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=120) | NOISE


@settings(max_examples=500, deadline=None)
@given(ANYTHING, st.sampled_from(["", "en", "de", "fr"]), st.booleans())
def test_any_text_comes_back_and_decisions_do_not_overlap(
    source: str, language: str, bold: bool
) -> None:
    allowed: frozenset[Confidence] = ALL_LEVELS if bold else frozenset({"certain"})
    _, decisions = repaired(source, language, allowed=allowed)
    applied = [d for d in decisions if d.status == "applied"]
    assert all(d.original == source[d.start : d.end] != d.replacement for d in applied)
    assert all(a.end <= b.start and a.span != b.span for a, b in pairwise(applied))
    assert [d.span for d in decisions] == sorted(d.span for d in decisions)
    assert not any(line in d.original for d in applied for line in "\n\r\u2028\u2029\x85")


@pytest.mark.parametrize(
    "unit",
    ["“", "” ", "& #", "@@ ", " -a", "the ", "a. ", "( ", "â", "*", "1, ", "’ s", "a,,", ": ”"],
)
def test_hostile_lines_end(unit: str) -> None:
    """A 40 KB line of one artifact is done in time that a timeout of the test run would notice."""
    source = unit * (40_000 // len(unit))
    repaired(source, "en")
