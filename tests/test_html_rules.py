"""Every DOM cue and rule takes its ``match`` snippets and leaves its ``keep`` snippets."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.page.cues import Cue, CueBook, cue_book, load_cues, read_packs, verdicts
from cleaner.page.model import Page
from cleaner.page.parse import parse

BOOK = load_cues()
GOOD = """
about = "A test."
[[rule]]
id = "dom-host-promo"
category = "advertising"
summary = "The shop's box."
select = ["main .promo", "[data-box=shop]"]
hosts = ["example.org"]
match = ['<main><div class="promo">Buy</div></main>', '<div data-box="shop">Buy</div>']
keep = ['<div class="promo">Buy</div>', '<div>A shop burned down.</div>']
"""


def marks(page: Page, place: int) -> list[bool]:
    """Tell for each block whether the cue at a place stands on it or around it."""
    pairs = zip(page.owners, page.cues, strict=True)
    return [bool((page.all[owner] | cues) >> place & 1) for owner, cues in pairs]


@pytest.mark.parametrize("cue", BOOK.cues, ids=lambda cue: cue.id)
def test_cue(cue: Cue) -> None:
    place = BOOK.cues.index(cue)
    for snippet in cue.match:
        found = marks(parse(snippet, BOOK.cue), place)
        assert found, snippet
        assert all(found), snippet
    for snippet in cue.keep:
        found = marks(parse(snippet, BOOK.cue), place)
        assert found, snippet
        assert not any(found), snippet


def user_book(tmp_path: Path, text: str) -> CueBook:
    (tmp_path / "dom").mkdir()
    (tmp_path / "dom" / "mine.toml").write_text(text, "utf-8")
    return cue_book([tmp_path])


def test_rules_of_users_by_host(tmp_path: Path) -> None:
    book = user_book(tmp_path, GOOD)
    rule = book.rules[0]
    for snippet in rule.match:
        page = parse(snippet, book.cue)
        assert set(verdicts(page, book, "https://www.example.org/a")) == set(range(len(page)))
        assert not verdicts(page, book, "https://example.com/a")
    for snippet in rule.keep:
        assert not verdicts(parse(snippet, book.cue), book, "https://example.org/a")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("dom-host-promo", "host-promo", "host-promo: id: must begin with dom-"),
        ('"main .promo"', '"main > .promo"', "dom-host-promo: select: not a selector: '>'"),
        ("summary", "sumary", "Object contains unknown field `sumary`"),
        (
            'id = "dom',
            'action = "hide"\nid = "dom',
            "dom-host-promo: action: must be remove or keep",
        ),
        ("about =", "about", "not TOML"),
        (
            'hosts = ["example.org"]',
            "hosts = 3",
            "Expected `array`, got `int` - at `$.rule[0].hosts`",
        ),
        (
            ", '<div>A shop burned down.</div>'",
            "",
            "dom-host-promo: keep: needs 2 snippets or more",
        ),
    ],
)
def test_mistakes_name_file_rule_and_field(tmp_path: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(RuleError) as caught:
        user_book(tmp_path, GOOD.replace(old, new, 1))
    assert "mine.toml" in str(caught.value)
    assert place in str(caught.value)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    file = tmp_path / "twice.toml"
    file.write_text(GOOD + GOOD.partition('"A test."')[2], "utf-8")
    with pytest.raises(RuleError, match="this id is taken"):
        read_packs([file])
