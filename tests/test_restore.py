"""restore(clean, log) == source, for every input."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, InputError, RestoreError, clean, restore
from cleaner.read.decode import decode, encode
from cleaner.types import Decision
from tests.support import SEEDS, records, shared_data

LINES = [
    "Related Articles",
    "Back to top",
    "By John Doe on Dec 19, 2020",
    "To see this video, please enable JavaScript in your browser",
    "The council voted on Monday to reopen the mill that the flood had closed in the spring.",
    "“I said to him:” No, we stay “, said the miller.",
    "cross -border traffic",
    "[FILE: May 2, 2020]Image: Ann Lee / AFP New bridge opens",
    "",
    "   ",
    "- a list item",
    "&amp;#39; &quot;",
    "日本語のテキスト。",
    "שלום עולם",
    "e\u0301\u200d\ufeff",
    "\x00\x1f",
]
NEWLINES = ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\x0b", " \n\t\n"]
ARTICLES = st.lists(
    st.tuples(st.sampled_from(LINES) | st.text(max_size=40), st.sampled_from(NEWLINES)),
    max_size=20,
).map(lambda pairs: "".join(line + newline for line, newline in pairs))
# Any code points, lone surrogates and NULs among them.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200) | ARTICLES


@settings(max_examples=10_000, deadline=None)
@given(ANYTHING, st.sampled_from(["cautious", "standard", "thorough"]))
def test_any_text_comes_back(source: str, level: str) -> None:
    result = clean(source, level=level)
    assert restore(result.text, result.decisions) == source


@settings(max_examples=1_000, deadline=None)
@given(ANYTHING)
def test_decisions_are_sorted_and_those_applied_do_not_overlap(source: str) -> None:
    result = clean(source, level="thorough")
    spans = [d.span for d in result.decisions]
    assert spans == sorted(spans)
    assert all(d.original == source[d.start : d.end] for d in result.decisions)
    applied = [d for d in result.decisions if d.status == "applied"]
    assert all(one.end <= two.start for one, two in pairwise(applied))


@settings(max_examples=1_000, deadline=None)
@given(st.binary(max_size=200) | ANYTHING.map(lambda t: t.encode("utf-16", "surrogatepass")))
def test_any_bytes_come_back(data: bytes) -> None:
    try:
        decoded = decode(data)
    except InputError:
        return
    assert encode(*decoded) == data
    result = clean(data)
    text = restore(result.text, result.decisions)
    assert encode(text, result.meta["encoding"], result.meta["bom"] == "yes") == data


@pytest.mark.parametrize("path", sorted((SEEDS / "raw").glob("*.txt")), ids=lambda p: p.stem)
def test_sample_articles_come_back(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    result = clean(data)
    text = restore(result.text, result.decisions)
    assert encode(text, result.meta["encoding"], result.meta["bom"] == "yes") == data


def test_real_articles_come_back() -> None:
    cleaner = Cleaner(level="thorough")
    for record in records(shared_data() / "text" / "fundus-even.jsonl.gz", 300):
        result = cleaner.clean(record["text"])
        assert restore(result.text, result.decisions) == record["text"], json.dumps(record["id"])


def test_text_that_does_not_fit_the_log_is_refused() -> None:
    mend = Decision(2, 3, "b", "B", "repair", "r", "c", "certain", "applied", "")
    assert restore("xxBxx", [mend]) == "xxbxx"
    with pytest.raises(RestoreError, match="does not fit the log at code point 2"):
        restore("xxCxx", [mend])
