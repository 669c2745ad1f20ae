"""The benchmarks' own arithmetic: lines, labels, scores, probes, peers, readers of public sets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.by_rule import lines_by_rule
from benchmarks.common import (
    Record,
    Selection,
    data_directory,
    line_spans,
    read_records,
    read_table,
    removed_lines,
)
from benchmarks.datasets import READERS, Page, labels, records, write_records
from benchmarks.measure import (
    Outcome,
    cleaner_method,
    family_recall,
    filter_method,
    known_families,
    score_record,
    summarise,
)
from benchmarks.peers import c4_filter, justext_filter, short_line_filter
from benchmarks.probes import gold_probe, line_digest, lookalike_probe, roundtrip_probe
from cleaner.edit import apply
from cleaner.errors import ConfigError, InputError
from cleaner.types import CleanResult, Decision

PROSE = "The mill on the river reopened on Monday, and forty people went back to work there."

RECORD = Record(
    id="set/1",
    extractor="traf",
    language="en",
    text=f"Log in\n\n{PROSE}\nMenu\nA note of two clauses, perhaps\n",
    gold=PROSE,
    labels=(0, 1, 0, -1),
)


def cut(start: int, end: int) -> Decision:
    return Decision(start, end, "", "", "remove", "x", "x", "certain", "applied", "")


class DropLines:
    """Removes each line that is one of a set of lines."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def clean(self, source: str, /, *, kind: Literal["text"]) -> CleanResult:
        cuts = tuple(
            replace(cut(start, end), original=source[start:end])
            for start, end in line_spans(source)
            if source[start:end] in self.lines
        )
        return CleanResult(apply(source, cuts), cuts, "en", kind)


def score(method_removes: tuple[str, ...], record: Record = RECORD) -> Any:
    methods = {"m": cleaner_method(DropLines(*method_removes))}
    families = known_families([{"family": "nav", "line": "Menu"}, {"family": "ui", "line": "Menu"}])
    return score_record(record, methods, families)["m"]


@given(st.text(alphabet="ab \n\r\t\x0b\x85\u2028", max_size=30))
def test_line_spans_are_the_stripped_lines(text: str) -> None:
    found = [text[start:end] for start, end in line_spans(text)]
    assert found == [line.strip() for line in text.splitlines() if line.strip()]


@given(
    st.text(alphabet="ab \n", max_size=30),
    st.lists(st.integers(0, 30), max_size=8, unique=True),
)
def test_a_line_is_removed_when_half_of_its_characters_are(text: str, ends: list[int]) -> None:
    points = sorted(end for end in ends if end <= len(text))
    cuts = [cut(*pair) for pair in zip(points[::2], points[1::2], strict=False)]
    gone = {at for decision in cuts for at in range(decision.start, decision.end)}
    spans = line_spans(text)
    expected = tuple(
        sum(at in gone for at in range(start, end)) * 2 >= end - start for start, end in spans
    )
    assert removed_lines(spans, cuts) == expected


def test_counts_are_of_words_in_labelled_lines() -> None:
    result = score(("Log in", PROSE, "A note of two clauses, perhaps"))
    assert (result.residue, result.residue_removed) == (3, 2)
    assert (result.content, result.content_lost) == (16, 16)
    assert (result.residue_lines, result.residue_lines_removed) == (2, 1)
    assert result.content_lines_removed == 1
    assert set(result.families) == {("nav", False), ("ui", False)}


def test_summary_of_one_perfect_and_one_idle_run() -> None:
    perfect = score(("Log in", "Menu", "A note of two clauses, perhaps"))
    summary = summarise([perfect, score(())])
    assert summary.texts == 2
    assert summary.residue_removed == 0.5
    assert summary.content_lost == 0.0
    assert (summary.line_precision, summary.line_recall) == (1.0, 0.5)
    assert (summary.free_before, summary.free, summary.worse) == (0.0, 0.5, 0.0)
    assert summary.f1_after > summary.f1_before
    assert perfect.f1 == (summary.f1_before, 1.0)


def test_a_text_whose_f1_falls_is_worse() -> None:
    assert summarise([score((PROSE,))]).worse == 1.0


def test_a_page_without_gold_has_no_f1() -> None:
    assert score((), Record("a/1", "traf", "en", "x", "", (1,))).f1 is None


def test_family_recall_counts_lines() -> None:
    recall = family_recall([score(("Menu",)), score(())])
    assert recall == {"nav": (1, 2), "ui": (1, 2)}


def test_lines_go_to_the_rule_that_took_most_of_them() -> None:
    class Cuts:
        def clean(self, source: str, /, *, kind: Literal["text"]) -> CleanResult:
            cuts = (replace(cut(0, 2), rule="a"), replace(cut(2, 9), rule="b"))
            return CleanResult(apply(source, cuts), cuts, "en", kind)

    found = lines_by_rule(Cuts(), [RECORD])
    assert {rule: (taken.residue, taken.content) for rule, taken in found.items()} == {
        "b": (["Log in"], [])
    }


def test_a_filter_leaves_the_lines_it_keeps() -> None:
    outcome = filter_method(short_line_filter(5))(RECORD)
    kept = f"{PROSE}\nA note of two clauses, perhaps"
    assert outcome == Outcome([True, False, True, False], kept)


def test_c4_removes_lines_by_punctuation_and_length() -> None:
    pytest.importorskip("datatrove")
    lines = [PROSE, "Two words.", "The mill on the river reopened"]
    assert c4_filter(punctuation=True)(lines, "en") == [False, True, True]
    assert c4_filter(punctuation=False)(lines, "en") == [False, True, False]


def test_justext_keeps_prose_and_removes_menus() -> None:
    pytest.importorskip("justext")
    lines = ["Home", "Sport", PROSE * 3, PROSE * 3]
    assert justext_filter()(lines, "en") == [True, True, False, False]


def test_gold_probe_counts_words_and_texts() -> None:
    result = gold_probe(DropLines("Menu"), [f"{PROSE}\nMenu", PROSE])
    assert result.texts == 2
    assert result.words_removed == pytest.approx(1 / 33)
    assert (result.untouched, result.unchanged, result.idempotent) == (0.5, 0.5, 1.0)


def test_lookalike_probe_counts_judged_residue_apart() -> None:
    rows = [{"family": "nav", "line": line} for line in ("Menu", "Overview", "By:", "Next")]
    residue = {line_digest("By:"), line_digest("Next")}
    result = lookalike_probe(DropLines("Menu", "By:"), rows, residue)
    assert (result.lines, result.survived, result.removed) == (2, 0.5, (("nav", "Menu"),))
    assert (result.residue, result.residue_removed) == (2, 1)


def test_roundtrip_probe_takes_distinct_forms_of_phrases() -> None:
    rows = [
        {"original": "Read more", "es": "It reads more", "ca": "It reads more", "gl": "Read more"},
        {"original": "Share", "es": "It shares", "ca": "Share", "gl": "Share"},
    ]
    rows = [{**row, "ca-fr-ca": "", "es-fr-es": " "} for row in rows]
    result = roundtrip_probe(DropLines("Read more"), rows)
    assert (result.forms, result.found, result.originals_found) == (2, 0.5, 1.0)
    assert (result.tail_removed, result.missed) == (0.0, (("Read more", "It reads more"),))


def test_records_are_selected_alike_each_time(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl.gz"
    pages = [replace_id(name, extractor) for name in "abcdefgh" for extractor in ("traf", "bs4")]
    assert write_records(path, pages) == 16
    some = list(read_records([path], Selection(pages=3)))
    assert len(some) == 6
    assert some == list(read_records([path], Selection(pages=3)))
    fewer = {record.id for record in read_records([path], Selection(pages=2))}
    assert fewer < {record.id for record in some}
    assert len(list(read_records([path], Selection(extractor="bs4")))) == 8
    assert list(read_records([path], Selection(language="de"))) == []


def replace_id(name: str, extractor: str) -> Record:
    return Record(f"set/{name}", extractor, "en", RECORD.text, PROSE, RECORD.labels)


def test_a_record_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a"}\n')
    with pytest.raises(InputError, match=r"texts\.jsonl:1: .*extractor"):
        list(read_records([path], Selection()))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        list(read_records([tmp_path / "no.jsonl.gz"], Selection()))
    with pytest.raises(InputError, match="No such file"):
        read_table(tmp_path / "no.tsv")


def test_data_is_found_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_DATA", str(tmp_path))
    assert data_directory() == tmp_path
    monkeypatch.setenv("CLEANER_DATA", str(tmp_path / "no"))
    with pytest.raises(ConfigError, match="CLEANER_DATA"):
        data_directory()


def html(text: str) -> bytes:
    return f"<html><body><p>{text}</p></body></html>".encode()


def write(path: Path, data: bytes | Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)


def wcxb(root: Path) -> None:
    for name, kind in (("0001", "article"), ("0002", "forum")):
        truth = {"title": "Mill", "main_content": PROSE}
        internal = {"page_type": {"primary": kind}}
        data = {"url": "https://mill.example", "_internal": internal, "ground_truth": truth}
        write(root / "dev" / "ground-truth" / f"{name}.json", data)
        write(root / "dev" / "html" / f"{name}.html.gz", html(PROSE))


def aeb(root: Path) -> None:
    name = "0123456789abcdef"
    truth = {"articleBody": PROSE, "url": "https://mill.example"}
    write(root / "ground-truth.json", {name: truth})
    write(root / "html" / f"{name}.html.gz", html(PROSE))


def trafeval(root: Path) -> None:
    truth = {"with": ["reopened on Monday"], "without": ["Log in"]}
    found, missing = {"file": "mill.html", **truth}, {"file": "gone.html", **truth}
    write(root / "tests" / "evaldata.json", {"https://mill.example": found, "x": missing})
    write(root / "tests" / "eval" / "mill.html", html(PROSE))


def fundus(root: Path) -> None:
    folder = root / "tests" / "resources" / "parser" / "test_data" / "xx"
    sections = [{"headline": [], "paragraphs": [PROSE]}]
    old = {"summary": [], "sections": [{"headline": ["Zebra"], "paragraphs": ["Quagga oryx."]}]}
    expected = {
        "V1": {"title": "Old", "body": old},
        "V2": {"title": "Mill", "body": {"summary": [], "sections": sections}},
    }
    write(folder / "Mill.json", expected)
    write(folder / "Mill_2025_01_02.html.gz", html(PROSE))
    write(folder / "Mill_2024_01_02.html.gz", html("Another story that nobody expected."))
    write(folder / "Other_2025_01_02.html.gz", html(PROSE))


@pytest.mark.parametrize(
    ("make", "page"),
    [
        (wcxb, "wcxb-dev/0001"),
        (aeb, "aeb/0123456789ab"),
        (trafeval, "trafeval/mill.html"),
        (fundus, "fundus/xx/Mill_2025_01_02"),
    ],
)
def test_a_clone_gives_its_pages(make: Any, page: str, tmp_path: Path) -> None:
    make(tmp_path)
    (found,) = READERS[make.__name__](tmp_path)
    assert found.id == page
    assert PROSE in found.html
    assert found.gold == PROSE or found.wanted == ("reopened on Monday",)


def test_a_clone_of_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ground-truth\.json"):
        list(READERS["aeb"](tmp_path))


def test_pages_become_labelled_records(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(_: str) -> str:
        raise ValueError("no body")

    def pages() -> Iterator[Page]:
        yield Page("set/1", f"Log in\n{PROSE}", gold=PROSE, language="en")

    extractors = {"bs4": lambda text: text, "traf": lambda _: " ", "justext": fails}
    (record,) = records(pages(), extractors)
    assert (record.extractor, record.labels) == ("bs4", (0, 1))
    assert "set/1: justext: ValueError('no body')" in capsys.readouterr().err


def test_the_title_of_a_page_is_content() -> None:
    page = Page("set/1", "", title="Mill reopens", gold=PROSE)
    assert labels("Mill reopens\nMill tours\nreopened\n...", page) == [1, 0, -1, -1]
