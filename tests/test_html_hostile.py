"""Hostile pages cost time and memory in proportion to their size, or are refused."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, restore
from cleaner.errors import InputError
from cleaner.page import parse as parser
from cleaner.page.article import find_article
from cleaner.page.meta import page_meta
from cleaner.page.parse import parse
from cleaner.read import html as reader
from cleaner.read.html import read_html

MANY = 20_000

SOUPS = {
    "nested": "<div>" * MANY + "text" + "</div>" * MANY,
    "nested-unclosed": "<div class=a>" * MANY + "text",
    "nested-lists": "<ul><li>" * MANY + "text",
    "nested-tables": "<table><tr><td>" * MANY + "text",
    "nested-inline": "<b><a href=x>" * MANY + "text",
    "list-items-below-divs": "<ul><li><section>" + "<div>" * MANY + "<li>text</li>" * MANY,
    "stray-ends": "<div><table><tr><td>" + "<p>" * MANY + "text" + "</div></ul></li>" * MANY,
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(MANY)) + ">text</div>",
    "attributes-with-quoted-ends": "<p " + " ".join(f'a{i}="<b>"' for i in range(MANY)) + ">text",
    "formatting": "<p>" + "".join(f"<b a{i}>" for i in range(MANY)) + "<p>text" * MANY,
    "open-quotes": "text" + '<a href="' * MANY,
    "open-tags": "text" + "<a " * MANY,
    "open-comments": "text" + "<!--" * MANY + "->" * MANY,
    "open-scripts": "text" + "<script>" * MANY,
    "open-skipped": "text" + "<svg><noscript>" * MANY,
    "angles": "text" + "<" * MANY + ">" * MANY,
    "entities": "text" + "&amp" * MANY + "&" * MANY,
    "long-class": "<p class='" + "comment " * MANY + "'>text",
    "nuls": "t\0e\0x\0t" + "\0" * MANY,
    "cells": "<table><tr>" + "<td>text" * MANY,
    "one-line": "text " * MANY,
}


@pytest.mark.parametrize("name", SOUPS)
def test_soup_is_read(name: str) -> None:
    document = read_html(SOUPS[name])
    assert "text" in document.text
    for decision in find_article(document, "auto"):
        assert document.text[decision.start : decision.end] == decision.original


@pytest.mark.parametrize("size", [10, 20])
@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<ul><li>",
        "<table><td>",
        "<b x='",
        "<!--",
        "</div>",
        "<script>",
        "< a =",
        '="',
        "<p>t",
    ],
)
def test_tokens_grow_with_the_page_only(piece: str, size: int) -> None:
    page = parse(piece * size)
    assert len(page.tags) <= piece.count("<") * size + 1
    assert len(page.text) <= len(piece) * size


def test_depth_is_no_limit() -> None:
    page = parse("<div>" * 100_000 + "deep")
    assert page.lines() == ["deep"]
    assert page[0].path.startswith("div/div")


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.write('<p>Hello</p>')</script>",
        "<frameset><frame src='a.html'></frameset>",
    ],
)
def test_pages_without_text_have_no_decisions(html: str) -> None:
    document = read_html(html)
    assert document.text == ""
    assert find_article(document, "auto") == []


def test_crowded_tags_are_not_shown_to_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.page.article.ask_trafilatura", lambda page: 1 / 0)
    document = read_html(SOUPS["attributes-with-quoted-ends"])
    for extractor in ("auto", "trafilatura"):
        assert find_article(document, extractor) == []


def test_wrong_charset_still_gives_text() -> None:
    document = read_html(b"<meta charset=utf-16><p>plain words", hint="koi-8?")
    assert document.text == "plain words"


def test_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MAX_CHARS", 1_000)
    monkeypatch.setattr(parser, "MAX_TAGS", 100)
    monkeypatch.setattr(reader, "MAX_BYTES", 2_000)
    with pytest.raises(InputError, match="2,001 bytes; the budget is 2,000"):
        read_html(b"x" * 2_001)
    with pytest.raises(InputError, match="1,001 characters; the budget is 1,000"):
        read_html("x" * 1_001)
    with pytest.raises(InputError, match="more than 100 elements with text"):
        read_html("<p>t" * 101)
    with pytest.raises(InputError, match="more than 100 elements are open"):
        read_html("<div>" * 101)
    assert read_html("<p>" * 101 + "text").text == "text"


@pytest.mark.parametrize("extractor", ["blocks", "auto", "trafilatura"])
def test_lone_surrogates_become_replacement_characters(extractor: str) -> None:
    script = '<script type="application/ld+json">{"headline": "Oats\ud800"}</script>'
    prose = "The river \ud800rose, and fell. " * 30
    page = f"<title>Oats\udfff</title>{script}<p>{prose}<pre>\ud801"
    result = Cleaner(extractor=extractor).clean(page, "html")
    assert result.text.startswith("The river \ufffdrose")
    said = [restore(result.text, result.decisions), *result.meta.values()]
    assert all(text.encode("utf-8") for text in said)


def test_linked_data_bombs() -> None:
    nested = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    wide = '<script type="application/ld+json">[' + '{"name": []},' * 9_000 + "{}]</script>"
    unclosed = '<script type="application/ld+json">' * 2_000
    endless = "<script type=application/ld+json " * 2_000
    for source in (nested, wide, unclosed, endless):
        assert page_meta(source, []) == {}
