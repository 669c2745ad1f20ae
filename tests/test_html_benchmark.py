"""The benchmark of pages: folds, tables that have not seen a site, and what it prints."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import html
from benchmarks.datasets import Page
from benchmarks.html_extractors import ABSENT, attempt, available
from benchmarks.html_pages import FOLDS, SETS, fold_of, pages
from cleaner.page import article
from cleaner.page.cues import rules_folder

BODY = "The ferry left the quay at six, an hour late, with forty people and a piano on board. "


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data directory with one small page in each set."""
    (tmp_path / "pages").mkdir()
    source = f"<nav><a href=/>Home</a></nav><article><h1>Piano</h1><p>{BODY * 4}</p></article>"
    record = {"id": "x/1", "html": source, "url": "https://quay.example/1", "lang": "en"}
    for name, file in SETS.items():
        gold = {"with": [BODY[:30]], "without": ["Home"]} if name == "trafeval" else {}
        line = json.dumps({"title": "", "gold": "" if gold else BODY * 4, **record, **gold})
        with gzip.open(tmp_path / "pages" / file, "wt", encoding="utf-8") as lines:
            lines.write(line + "\n")
    monkeypatch.setenv("CLEANER_DATA", str(tmp_path))
    return tmp_path


def test_pages_of_a_site_share_a_fold(shared: Path) -> None:
    page = next(pages("wcxb"))
    assert isinstance(page, Page)
    assert 0 <= fold_of(page) < FOLDS


def test_each_page_is_weighed_by_the_tables_of_its_fold(shared: Path, tmp_path: Path) -> None:
    for fold in range(FOLDS):
        for name in article.TABLES:
            data = json.loads((rules_folder() / name).read_text("utf-8"))
            data["pairs"] = data["pairs"][: fold + 1]
            (tmp_path / f"{fold}-{name}").write_text(json.dumps(data), "utf-8")
    whole = article.shipped_tables()
    with html.tables_of(tmp_path):
        for fold in range(FOLDS):
            html.turn_to(fold)
            assert [len(table.first) for table in article.shipped_tables()] == [fold + 1] * 2
    assert article.shipped_tables() is not None
    assert [len(table.first) for table in article.shipped_tables()] == [len(t.first) for t in whole]


def test_the_table_names_all_that_was_measured(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("bs4")
    assert html.main(["--only", "cleaner blocks,article blocks,trafilatura"]) == 0
    printed = capsys.readouterr()
    rows = {line.split("  ")[0]: line.split() for line in printed.out.splitlines()}
    assert {"cleaner blocks", "article blocks", "trafilatura"} <= rows.keys()
    assert float(rows["article blocks"][-1]) > 20  # MB
    assert "x traf" in printed.out
    assert printed.out.count("and its dump by bs4") == len(SETS)
    assert all(f"{name} skipped: {why}" in printed.err for name, why in ABSENT.items())


def test_an_extractor_that_fails_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(lambda html: str(1 // 0), "<p>x") is None
    assert available([]) == {}
