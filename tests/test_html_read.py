"""Reading pages: blocks, encodings, what a page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.page.model import Page
from cleaner.page.parse import parse
from cleaner.read.html import read_html


def lines(html: str) -> list[str]:
    return parse(html).lines()


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One <b>bold</b> and <i>sl</i>anted word.</p>", ["One bold and slanted word."]),
        ("<div>Bare<br>broken<div>inner</div>tail</div>", ["Bare", "broken", "inner", "tail"]),
        ("<ul><li>One<li>Two<ul><li>Three</ul><li>Four</ul>", ["One", "Two", "Three", "Four"]),
        ("<p>One<p>Two<div>Three</p>", ["One", "Two", "Three"]),
        ("<table><tr><td>Mill<td>1904<tr><td>Weir<td>1911</table>", ["Mill\t1904", "Weir\t1911"]),
        ("<table><tr><td><p>Side</p></td><td><p>Main</p></td></tr></table>", ["Side", "Main"]),
        ("<dl><dt>Tide<dd>Water that moves<dt>Weir<dd>A low dam</dl>",
         ["Tide", "Water that moves", "Weir", "A low dam"]),
        ("<pre>a\n  b\n\nc</pre><p>d", ["a\n  b\n\nc", "d"]),
        ("<script>if (a < b) document.write('<p>no</p>')</script><p>yes", ["yes"]),
        ("<style>p > b { }</style><noscript><p>no</p></noscript><p>yes", ["yes"]),
        ("<title>no</title><svg><title>no</title><text>no</text></svg>yes", ["yes"]),
        ("<!-- <p>no</p> --><!--> yes <!-- no", ["yes"]),
        ("1 < 2 &amp; 3 &gt; 2&nbsp;&copy; <3", ["1 < 2 & 3 > 2 © <3"]),
        ("<a title='a > b' href=x>link</a> <IMG SRC=x ALT='no'> text", ["link text"]),
        ("<a href='x'\">odd</a> <b class=\"y\">quote</b>", ["odd quote"]),
        ("<select><option>Mon<option>Tue</select>", ["Mon Tue"]),
        ("<my-card><my-title>Rain</my-title>Sun</my-card>", ["Rain", "Sun"]),
        ("<body><p>cut off <a hre", ["cut off"]),
        ("</div></p></td>text</li>", ["text"]),
        ("<td>a</div>b</td>", ["ab"]),
        ("nul\0byte", ["nulbyte"]),
        ("<frameset><frame src=a></frameset><noframes>no</noframes>", []),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_blocks(html: str, wanted: list[str]) -> None:
    assert lines(html) == wanted


def test_evidence_of_a_block() -> None:
    document = read_html('<div class="side"><ul><li>Go <a href="/">home now</a></ul></div>')
    evidence = document.dom[0]
    assert evidence.tag == "li"
    assert evidence.path == "body/div/ul/li"
    assert evidence.link_density == pytest.approx(8 / 11)
    assert len(document.dom) == len(document.segments) == 1


def test_kinds_and_spans() -> None:
    html = "<h1>Rain</h1><p>It rained on all of the hills.<ul><li>Boots</ul><pre>x = 1</pre>"
    html += "<table><tr><td>a<td>b</table><span>Menu</span>"
    document = read_html(html)
    assert [segment.kind for segment in document.segments] == [
        "heading", "prose", "list-item", "code", "table", "short",
    ]  # fmt: skip
    assert [document.line(segment) for segment in document.segments] == document.text.split("\n")


@pytest.mark.parametrize(
    ("data", "hint", "encoding"),
    [
        ("<p>café – “naïve”".encode(), None, "utf-8"),
        ("<p>café – “naïve”".encode("utf-16"), None, "utf-16-le"),
        ("<meta charset=iso-8859-1><p>café – “naïve”".encode("cp1252"), None, "cp1252"),
        ("<meta charset=utf-8><p>café – “naïve”".encode("cp1252"), "windows-1252", "windows-1252"),
        ("<meta charset=latin-1><p>café – “naïve”".encode(), None, "utf-8"),
        ("<meta charset=no-such><p>café – “naïve”, ".encode() * 500 + b"\x93", None, "utf-8"),
    ],
)
def test_encodings(data: bytes, hint: str | None, encoding: str) -> None:
    document = read_html(data, hint)
    assert document.text.startswith("café – “naïve”")
    assert document.meta["encoding"] == encoding


def test_mixed_encodings() -> None:
    data = "<p>Die Brücke öffnet früh. ".encode() * 100 + "<p>Grüße".encode("cp1252")
    assert read_html(data).text.endswith("Grüße")


def test_binary_data_are_refused() -> None:
    with pytest.raises(InputError):
        read_html(bytes(range(256)) * 40)


def test_meta() -> None:
    html = """<html lang="de-AT"><head><title>Regen | Mühlenpost</title>
    <meta property="og:site_name" content="Mühlenpost">
    <link rel="canonical" href="https://m.example/r">
    <script type="application/ld+json">{"@graph": [{"headline": "Regen",
    "datePublished": "2020-05-03",
    "author": [{"name": "Ada Bach"}, {"name": "Jan Ufer"}]}]}</script>
    <script type="application/ld+json">{"broken": </script></head><body><p>Es regnet.</p>"""
    document = read_html(html)
    assert document.language == "de"
    assert dict(document.meta) == {
        "title": "Regen", "author": "Ada Bach, Jan Ufer", "date": "2020-05-03",
        "site": "Mühlenpost", "url": "https://m.example/r",
    }  # fmt: skip


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<td>", "</table>", "<table>", "<li class=a>", "<a href='",
     "<", "<br/>", "<!--", "-->",
     "<script>", "</script>", "&amp;", '"', "=", ">", "word ", "\n", "<b x=\"",
     "<svg/>", "<pre>", "</pre>", "\0", "é", "\ud800"]
)  # fmt: skip


@given(st.lists(TAGS, max_size=60).map("".join))
def test_any_soup_is_read_to_ordered_blocks(html: str) -> None:
    document = read_html(html)
    page = document.dom
    assert isinstance(page, Page)
    position = 0
    for segment in document.segments:
        assert document.text[position : segment.start].strip() == ""
        assert document.line(segment).strip()
        position = segment.end
    assert position == len(document.text)
    for first, last in zip(page.first, page.last, strict=True):
        assert 0 <= first <= last <= len(page)


def test_a_page_that_shows_nothing_with_scripts_is_read_without() -> None:
    story = "<p>" + "The ferry was late again, and the crew waited for the tide to turn. " * 10
    notice = "<noscript>Please enable scripts.</noscript>"
    hidden = f"<h1>Ferry</h1><div><NoScript>{story}</noscript></div>{notice}"
    lines = read_html(hidden).text.splitlines()
    assert [line[:10] for line in lines] == ["Ferry", "The ferry ", "Please ena"]
    assert read_html(story + hidden).text.count("The ferry was late") == 10
    assert read_html(f"<p>Ferry</p>{notice}").text == "Ferry"
