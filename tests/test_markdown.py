"""Pages as Markdown: what stays, marked by the elements it stood in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.page.markdown import to_markdown
from cleaner.read.html import read_html
from cleaner.read.text import read_text
from cleaner.types import Decision


def markdown(html: str) -> str:
    return to_markdown(read_html(html), [])


def cut(start: int, original: str, replacement: str = "") -> Decision:
    action = "repair" if replacement else "remove"
    end = start + len(original)
    return Decision(start, end, original, replacement, action, "x", "x", "certain", "applied", "")  # type: ignore[arg-type]


def test_what_was_removed_is_left_out_and_mends_are_made() -> None:
    document = read_html("<nav>Home</nav><h2>Rain</h2><blockquote>Wet.</blockquote><p>End.")
    decisions = [cut(0, "Home\n"), cut(10, "Wet", "Dry")]
    assert to_markdown(document, decisions) == "## Rain\n\n> Dry.\n\nEnd."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1><h3><div><a>B</a></div></h3>", "# A\n\n### B"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul><p>e", "- a\n- b\n   - c\n- d\n\ne"),
        ("<ol><li>a<li>b<ol><li>c</ol></ol>", "1. a\n2. b\n   1. c"),
        ("<ol><li><p>a<p>more<li>b</ol>", "1. a\n\n   more\n\n2. b"),
        ("<ul><li>3. own number<li>• own bullet</ul>", "3. own number\n- own bullet"),
        ("<ul><li><h3>Card</h3><p>text</ul>", "### Card\n\ntext"),
        ("<dl><dt>term<dd>one<dd>two</dl>", "term\n\n- one\n- two"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n- b"),
        ("<blockquote><p>a<p>b</blockquote><p>c", "> a\n>\n> b\n\nc"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
        ("<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"),
        ("<pre>x = 1\n\n  y</pre>", "```\nx = 1\n\n  y\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<p># no heading<p>a &lt;b> c", "\\# no heading\n\na \\<b> c"),
        ("<p>&zwj;<p>a", "a"),
    ],
)
def test_blocks(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<tr><th>a|b<th>c<tr><td>d<td>e", "| a\\|b | c |\n| --- | --- |\n| d | e |"),
        ("<tr><td>a<td>b<tr><td>c<td>d<td>e", "| a | b |  |\n| --- | --- | --- |\n| c | d | e |"),
        ("<tr><td><p>a<p>b<td><p>c<tr><td>d<td>e", "| a<br>b | c |\n| --- | --- |\n| d | e |"),
        ("<tr><td>left<td>right", "left | right"),
        (
            "<tr><td><h2>Tide</h2><p>text<td>aside<tr><td>a<td>b",
            "## Tide\n\ntext\n\naside\n\na | b",
        ),
        (f"<tr><td>{'long ' * 90}<td>b<tr><td>c<td>d", f"{('long ' * 90).strip()}\n\nb\n\nc | d"),
    ],
)
def test_tables_of_data_and_of_layout(html: str, expected: str) -> None:
    assert markdown(f"<table>{html}</table>") == expected


def test_bare_text_is_left_as_it_is() -> None:
    document = read_text("# One\n\nTwo <b>\n\nTop\n", "en")
    assert to_markdown(document, [cut(15, "\n\nTop")]) == "# One\n\nTwo <b>\n"


TAGS = ["<ul>", "<ol>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<h2>"]
TAGS += ["</h2>", "<p>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<dl>", "<dd>", "<dt>"]


@given(st.lists(st.sampled_from(TAGS) | st.from_regex(r"[a-z]{3}", fullmatch=True), max_size=40))
def test_no_word_is_lost_whatever_the_elements(parts: list[str]) -> None:
    document = read_html(" ".join(parts))
    words = re.findall("[a-z]{3}", document.text)
    assert re.findall("[a-z]{3}", to_markdown(document, [])) == words


def test_deep_nesting_is_no_trouble() -> None:
    html = "<blockquote><ul><li>" * 20_000 + "deep"
    assert markdown(html).endswith("deep")
    assert len(markdown(html)) < 100


def test_words_are_those_of_the_clean_text() -> None:
    html = (
        "<html lang=en><body><nav><a href=/>Home</a></nav><article><h1>The mill by the weir</h1>"
        "<p>The mill by the lower weir reopened on Monday after eleven years of repairs.</p>"
        "<p>Its wheel was cut from larch, and it turned at the first attempt, said the miller.</p>"
        "<p>Back to top</p></article></body></html>"
    )
    result = clean(html, kind="html")
    words = re.findall(r"\w+", result.text)
    assert re.findall(r"\w+", to_markdown(read_html(html), result.decisions)) == words
    assert "larch" in words
    assert "Home" not in words
