"""Overlaps, choices, the budget, and the blank lines that are left."""

from __future__ import annotations

import pytest

from cleaner.edit import apply
from cleaner.layout import close_gaps
from cleaner.read.text import read_text
from cleaner.settle import settle, without_overlaps
from cleaner.types import Confidence, Decision


def cut(text: str, part: str, rule: str = "r", confidence: Confidence = "likely") -> Decision:
    start = text.index(part)
    end = start + len(part)
    return Decision(start, end, part, "", "remove", rule, "c", confidence, "applied", "why.")


def test_the_surest_then_the_longest_wins_and_names_the_others() -> None:
    text = "one two three"
    sure, long, short = (
        cut(text, "two", "a", "certain"),
        cut(text, "one two", "b"),
        cut(text, "one", "c"),
    )
    winners = without_overlaps([long, short, sure])
    assert [d.rule for d in winners] == ["c", "a"]
    assert winners[1].reason == "why. Also: b."


def test_doubtful_removals_are_held_when_they_add_up() -> None:
    lines = [
        f"Sentence number {n} tells what the committee found out in that week." for n in range(12)
    ]
    text = "\n".join(lines)
    document = read_text(text)
    few = settle([cut(text, line) for line in lines[:2]], document, "standard", frozenset())
    many = settle([cut(text, line) for line in lines[:7]], document, "standard", frozenset())
    certain = [cut(text, line, confidence="certain") for line in lines[:7]]
    assert {d.status for d in few} == {"applied"}
    assert {d.status for d in many} == {"held"}
    assert {d.status for d in settle(certain, document, "standard", frozenset())} == {"applied"}


def test_guesses_are_held_before_what_rules_name() -> None:
    lines = [f"Sentence number {n} tells what the committee found that week." for n in range(12)]
    text = "\n".join(lines)
    worded = [cut(text, line) for line in lines[:3]]
    guessed = [cut(text, line, "any-stray-line") for line in lines[3:5]]
    settled = settle([*worded, *guessed], read_text(text), "standard", frozenset())
    assert [d.status for d in settled] == ["applied"] * 3 + ["held"] * 2


@pytest.mark.parametrize(
    ("text", "removed", "left"),
    [
        ("A\n\nx\n\nB\n", ["x"], "A\n\nB\n"),
        ("A\nx\nB\n", ["x"], "A\nB\n"),
        ("A\n\nx\nB\n", ["x"], "A\n\nB\n"),
        ("A\nx\n\nB\n", ["x"], "A\n\nB\n"),
        ("x\n\nB\n", ["x"], "B\n"),
        ("A\n\nx\n", ["x"], "A\n"),
        ("A\n\nx", ["x"], "A"),
        ("A\n\nx\n\ny\n\nB", ["x", "y"], "A\n\nB"),
        ("A\r\n\r\nx\r\n\r\n\r\nB\r\n", ["x"], "A\r\n\r\nB\r\n"),
        ("\n\n\nA\n\n\n\nB\n\n\n", [], "A\n\nB\n"),
        ("  A\n\n B  ", [], "  A\n\n B  "),
        ("x\n\ny", ["x", "y"], ""),
        ("\n \n", [], ""),
    ],
)
def test_what_stays_is_set_off_as_it_was(text: str, removed: list[str], left: str) -> None:
    document = read_text(text)
    decisions = close_gaps([cut(text, part) for part in removed], document)
    assert apply(text, decisions) == left


def test_neighbours_removed_for_one_reason_are_one_decision() -> None:
    text = "A\n\nx\n\ny\n\nz\n\nB"
    cuts = [cut(text, "x"), cut(text, "y"), cut(text, "z", "other")]
    assert [d.original for d in close_gaps(cuts, read_text(text))] == ["x\n\ny\n\n", "z\n\n"]
