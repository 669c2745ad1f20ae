"""The public facade: kinds, options, sharing a Cleaner."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cleaner import Cleaner, ConfigError, clean
from cleaner.gold.score import normal_form
from tests.support import SEEDS

ARTICLES = [path.read_bytes() for path in sorted((SEEDS / "raw").glob("*.txt"))[:12]]
PAGE = "<!doctype html><nav><a href=/>Home</a></nav><p>" + "The river rose, and it fell. " * 9


KETTLE = pytest.mark.xfail(strict=True, reason="pitches and headlines that no rule knows, unsure")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(path.name, marks=[KETTLE] if path.stem == "kettle-review-bom" else [])
        for path in sorted((SEEDS / "raw").glob("*.txt"))
    ],
)
def test_an_invented_article_comes_out_as_it_is_wanted(name: str) -> None:
    text = clean((SEEDS / "raw" / name).read_bytes()).text
    assert normal_form(text) == normal_form((SEEDS / "gold" / name).read_text("utf-8"))


def test_a_cleaner_is_cheap_to_send_and_does_the_same_elsewhere() -> None:
    cleaner = Cleaner(keep=["byline"])
    sent = pickle.dumps(cleaner)
    assert len(sent) < 500
    assert pickle.loads(sent).clean(ARTICLES[0]) == cleaner.clean(ARTICLES[0])


def test_threads_may_share_a_cleaner() -> None:
    cleaner = Cleaner()
    one_by_one = [cleaner.clean(article) for article in ARTICLES]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(cleaner.clean, ARTICLES)) == one_by_one


def test_a_page_is_told_from_text() -> None:
    assert clean(PAGE).kind == "html"
    assert clean(PAGE).text.startswith("The river rose")
    assert clean(PAGE, kind="text").text.startswith("<!doctype")
    assert clean("The river rose.").kind == "text"


def test_no_repair_leaves_the_wording_alone() -> None:
    source = "A cross -border treaty , he said."
    assert clean(source, language="en").text == "A cross-border treaty, he said."
    assert clean(source, language="en", repair=False).text == source
    assert clean(source, language="en", keep=["spacing"]).text == source


@pytest.mark.parametrize(
    "options", [{"level": "bold"}, {"extractor": "magic"}, {"language": "german"}]
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"is (none of|no code of two letters)"):
        clean("text", **options)


def test_both_kinds_of_norwegian_are_norwegian() -> None:
    assert clean("Fergen kom i går.", language="nb-NO").language == "no"
    assert clean("<html lang=nn><p>Ferja kom i går.", kind="html").language == "no"
