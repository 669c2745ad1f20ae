"""Every example of every rule, one test each: what a rule must take, and what all must leave."""

from __future__ import annotations

from functools import lru_cache

import pytest

from cleaner.find import lines_taken
from cleaner.rulebook import Index, Rule, lint, load_rulebook
from cleaner.rulebook.lint import parse_example

RULEBOOK = load_rulebook()
INDEX = Index(RULEBOOK.rules)


@lru_cache(1)
def alone(rule: Rule) -> Index:
    return Index((rule,))


def examples(field: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULEBOOK.rules
        for number, example in enumerate(getattr(rule.spec, field), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_match_is_taken_by_the_rule_alone(rule: Rule, example: str) -> None:
    text, wanted = parse_example(example, removed=True)
    assert lines_taken(alone(rule), text) == wanted


@pytest.mark.parametrize(("rule", "example"), examples("keep"))
def test_keep_survives_the_whole_rulebook(rule: Rule, example: str) -> None:
    text, wanted = parse_example(example, removed=False)
    assert lines_taken(INDEX, text) == wanted


def test_lint_finds_nothing() -> None:
    assert [str(error) for error in lint(lines_taken)] == []
