"""Finding the article: what goes, what stays, and the account of it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.edit import apply, restore
from cleaner.errors import ConfigError, RuleError
from cleaner.gold import words
from cleaner.page import article
from cleaner.page.article import EXTRACTORS, find_article
from cleaner.page.cues import cue_book, rules_folder
from cleaner.page.evidence import Evidence
from cleaner.page.finder import load_table, read_table
from cleaner.page.model import Page
from cleaner.read.html import read_html
from cleaner.types import Document
from tests.support import records, shared_data

BODY = [
    "The ferry Halden left the quay at six, an hour late, with forty people and a piano on board.",
    "Its captain, who has crossed the sound for thirty years, said that the tide was to blame.",
    "By noon the wind had turned, and the crew tied the piano down with ropes of two lifeboats.",
    "Nobody was hurt, the harbour office wrote, though the piano will have to be tuned again.",
    "The next crossing is planned for Friday, if the weather allows it and the pump is mended.",
]
PAGE = f"""<!doctype html><html lang="en">
<head><title>Piano on the ferry | Sound Post</title></head><body>
<header><nav><ul><li><a href="/">Home</a>
<li><a href="/p">Ports</a></ul></nav></header>
<main><article><h1>Piano on the ferry</h1><p>{BODY[0]}</p><p>{BODY[1]}</p><h2>Ropes</h2>
<p>{BODY[2]}</p><ul><li>Forty people, one piano, no delay on the way back.</ul>
<p>{BODY[3]}</p><p>{BODY[4]}</p></article>
<div class="comments"><h3>Comments</h3>
<div class="comment"><p>What a story, I was there too.</p></div></div></main>
<aside class="related"><h3>Related</h3><ul><li><a href="/a">Bridge shut for repairs</a>
<li><a href="/b">Old mill to open again</a></ul></aside>
<footer><p>© Sound Post. All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_article_stays_and_the_rest_is_logged(extractor: str) -> None:
    document = read_html(PAGE)
    decisions = find_article(document, extractor)
    text = apply(document.text, decisions)
    for line in BODY:
        assert line in text
    for line in ("Home", "I was there too", "Bridge shut", "All rights reserved"):
        assert line not in text
    assert restore(text, decisions) == document.text


def test_decisions_name_rule_category_and_evidence() -> None:
    document = read_html(PAGE)
    decisions = find_article(document, "blocks")
    found = {decision.rule: decision for decision in decisions}
    assert found["dom-comments"].category == "comments"
    assert "I was there too" in found["dom-comments"].original
    assert found["dom-related"].original.splitlines()[0] == "Related"
    for decision in decisions:
        assert decision.action == "remove"
        assert decision.status == "applied"
        assert decision.reason.startswith("Not part of the article: score 0.")
        assert decision.confidence in ("certain", "likely")
    for first, second in pairwise(decisions):
        assert first.end < second.start


def test_the_next_story_goes() -> None:
    story = "<article><h1>{}</h1><p>{}</p><p>{}</p><p>{}</p></article>".format
    teaser = "<article><h1>Halden</h1><p>She is the oldest ferry on the sound.</p></article>"
    own, other = BODY[:3], [line.replace("e", "é") for line in BODY[:3]]
    page = f"{teaser}{story('Piano', *own)}{story('Mill', *other)}"
    document = read_html(page)
    decisions = find_article(document, "blocks")
    text = apply(document.text, decisions)
    assert all(line in text for line in own)
    assert not any(line in text for line in other)
    assert any("a further article" in decision.reason for decision in decisions)
    untitled = read_html(page.replace("h1>", "h2>"))
    text = apply(untitled.text, find_article(untitled, "blocks"))
    assert all(line in text for line in [*own, *other])


def test_auto_asks_when_unsure_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_html(PAGE)
    asked: list[str] = []

    def answer(page: Page) -> str:
        asked.append(page.source)
        return "\n".join(BODY)

    monkeypatch.setattr(article, "ask_trafilatura", answer)
    monkeypatch.setattr(article, "SURE", 0.0)
    assert not any("trafilatura" in d.reason for d in find_article(document, "auto"))
    assert asked == []
    monkeypatch.setattr(article, "SURE", 1.1)
    decisions = find_article(document, "auto")
    assert asked == [PAGE]
    assert all("trafilatura was asked" in decision.reason for decision in decisions)
    assert all(line in apply(document.text, decisions) for line in BODY)


def test_rules_of_users_have_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "dom").mkdir()
    (tmp_path / "dom" / "mine.toml").write_text(
        """about = "A test."
[[rule]]
id = "dom-post-list"
category = "related"
summary = "A list."
select = ["article ul"]
match = ["<article><ul><li>a</ul></article>", "<article><div><ul><li>a</ul></div></article>"]
keep = ["<ul><li>a</ul>", "<p>a"]
[[rule]]
id = "dom-post-foot"
category = "footer"
summary = "The foot stays."
action = "keep"
select = ["footer"]
match = ["<footer>a</footer>", "<footer><p>a</footer>"]
keep = ["<ul><li>a</ul>", "<p>a"]
""",
        "utf-8",
    )
    book = cue_book([tmp_path])
    document = read_html(PAGE, book=book)
    decisions = find_article(document, "blocks", book)
    text = apply(document.text, decisions)
    assert "All rights reserved" in text
    assert "Forty people, one piano" not in text
    cut = next(decision for decision in decisions if decision.rule == "dom-post-list")
    assert (cut.category, cut.confidence) == ("related", "certain")
    assert "selected by this rule" in cut.reason


def test_text_has_no_article_to_find() -> None:
    assert find_article(Document("a line", "text", "en", ())) == []


def test_unknown_extractor() -> None:
    with pytest.raises(ConfigError, match="'fast' is none of auto, blocks, trafilatura"):
        find_article(read_html(PAGE), "fast")


def test_tables_hold_known_evidence_only() -> None:
    page = read_html(PAGE).dom
    assert isinstance(page, Page)
    known = set(Evidence(page).columns)
    for name in ("blocks.json", "blocks-answer.json"):
        table = load_table(name)
        assert {name for name in table.evidence if not name.startswith("answer")} <= known
        assert (rules_folder() / name).stat().st_size < 300_000


def test_a_mistake_in_a_table_names_the_pair(tmp_path: Path) -> None:
    file = tmp_path / "blocks.json"
    pair = '{"first":"a","first_cuts":[1],"second":"b","second_cuts":[],"weights":[[1]]}'
    file.write_text(f'{{"about":"","pairs":[{pair}]}}', "utf-8")
    with pytest.raises(RuleError, match=r"blocks\.json: a with b: weights: not 2 rows of 1"):
        read_table(file)


PIECES = """<p>|<div class=nav>|</div>|<li>|<h2>|More|<a href=x>|</a>|<td>|<table>|</table>|<aside>|
</aside>|<br>|<form>""".split("|")
HTML = st.lists(st.sampled_from([*BODY, *PIECES]), max_size=40).map("".join)


@settings(deadline=None, max_examples=60)
@given(HTML)
def test_kept_and_logged_are_all_that_is_visible(html: str) -> None:
    document = read_html(html)
    decisions = find_article(document, "blocks")
    text = apply(document.text, decisions)
    assert restore(text, decisions) == document.text
    assert bool(text.strip()) == bool(document.text)
    spans = {(segment.start, segment.end) for segment in document.segments}
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    assert all(d.start in starts and d.end in ends for d in decisions)


@pytest.mark.parametrize("name", ["wcxb-dev-articles", "fundus-even", "trafilatura-eval"])
def test_shared_pages_lose_no_visible_word(name: str) -> None:
    lexbor = pytest.importorskip("selectolax.lexbor")
    skipped = "script style noscript template svg iframe object canvas textarea head".split()
    pages = missing = total = 0
    for record in records(shared_data() / "pages" / f"{name}.jsonl.gz", 60):
        document = read_html(record["html"])
        decisions = find_article(document, "blocks")
        assert restore(apply(document.text, decisions), decisions) == document.text
        tree = lexbor.LexborHTMLParser(record["html"])
        tree.strip_tags(skipped)
        visible = set(words(tree.body.text(separator=" "))) if tree.body else set()
        read = Counter(words(document.text))
        joined = "".join(document.text.lower().split())
        pages += 1
        total += len(visible)
        missing += sum(word not in read and word not in joined for word in visible)
    assert pages == 60
    assert missing <= total * 0.0005  # words inside markup that the standard repairs otherwise
