"""Scoring against gold files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edit import apply
from cleaner.errors import InputError
from cleaner.gold import overlap, score_directory, score_lines, score_text, word_counts
from cleaner.gold.score import normal_form
from cleaner.read.html import read_html
from cleaner.types import CleanResult, Decision, Kind

TEXTS = st.text(alphabet="ab \n", max_size=40)


class CutFrom:
    """Cuts everything from the first occurrence of a marker on."""

    def __init__(self, marker: str) -> None:
        self.marker = marker

    def clean(self, source: str, /, *, kind: Kind) -> CleanResult:
        start = source.find(self.marker)
        cuts: tuple[Decision, ...] = ()
        if start >= 0:
            cut = source[start:]
            span = start, len(source)
            cuts = (Decision(*span, cut, "", "remove", "x", "x", "certain", "applied", ""),)
        return CleanResult(apply(source, cuts), cuts, "en", kind)


def write(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    files = {
        "a.txt": "Rain fell on the town.\n\nRead more\nSnow expected",
        "sub/b.txt": "The ferry is late.\n",
        "notes.rst": "Not an article.",
    }
    return write(tmp_path / "raw", files)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    files = {"a.txt": "\nRain fell on the town.", "sub/b.txt": "The ferry is very late."}
    return write(tmp_path / "gold", files)


def test_scores_files_of_the_tree_by_relative_path(raw: Path, gold: Path) -> None:
    report = score_directory(raw, gold, CutFrom("Read more"))
    first, second = report.files
    assert (first.name, second.name) == ("a.txt", "sub/b.txt")
    assert (first.residue, first.residue_removed) == (4, 4)
    assert (first.exact_before, first.exact_after) == (False, True)
    assert first.before.precision == pytest.approx(5 / 9)
    assert first.after.f1 == 1.0
    assert (second.residue, second.content, second.content_lost) == (0, 4, 0)
    assert second.after.recall == pytest.approx(4 / 5)
    assert report.exact == 1


def test_macro_is_the_mean_of_files_and_micro_the_ratio_of_sums(raw: Path, gold: Path) -> None:
    report = score_directory(raw, gold, CutFrom("no such marker"))
    assert report.f1 == report.f1_before == pytest.approx((10 / 14 + 8 / 9) / 2)
    assert report.after.f1 == pytest.approx(18 / 23)
    assert report.residue_removed == 0.0


def test_words_of_the_article_that_went_are_lost(raw: Path, gold: Path) -> None:
    report = score_directory(raw, gold, CutFrom("the town"))
    assert report.files[0].content_lost == 2
    assert report.content_lost == pytest.approx(2 / 9)


def test_moving_a_word_from_content_to_residue_is_not_a_removal() -> None:
    score = score_text("x", raw="tide tide menu", clean="tide menu menu", gold="tide tide")
    assert (score.residue, score.residue_removed, score.content_lost) == (1, 0, 1)


def test_table_has_a_line_a_file_and_both_averages(raw: Path, gold: Path) -> None:
    lines = score_directory(raw, gold, CutFrom("Read more")).table().splitlines()
    assert [line.split()[0] for line in lines] == ["file", "a.txt", "sub/b.txt", "macro", "micro"]
    assert lines[1].split()[-5:] == ["100.0", "%", "0.00", "%", "yes"]
    assert lines[3].endswith("1/2")


def test_json_is_plain_data(raw: Path, gold: Path) -> None:
    report = score_directory(raw, gold, CutFrom("Read more"))
    data = json.loads(json.dumps(report.to_json()))
    assert data["macro"]["after"]["f1"] == report.f1
    assert data["micro"]["before"]["precision"] == report.before.precision
    assert data["files"][0]["residue_words_removed"] == 4
    assert data["exact"] == 1


def test_gold_inside_raw_is_not_scored_as_raw(raw: Path, gold: Path) -> None:
    inner = gold.rename(raw / "gold")
    report = score_directory(raw, inner, CutFrom("Read more"))
    assert [file.name for file in report.files] == ["a.txt", "sub/b.txt"]


def test_raw_inside_gold_is_not_scored_as_gold(raw: Path, gold: Path) -> None:
    inner = raw.rename(gold / "raw")
    report = score_directory(inner, gold, CutFrom("Read more"))
    assert [file.name for file in report.files] == ["a.txt", "sub/b.txt"]


def test_texts_and_pages_match_gold_by_stem(tmp_path: Path) -> None:
    page = "<title>Tide</title><p>Café at low tide.<p>Read more"
    raw = write(tmp_path / "raw", {"a.txt": "One", "a.md": "One", "sub/b.html": page})
    (raw / "c.htm").write_bytes(page.encode("latin-1"))
    gold = {"a.txt": "One", "sub/b.txt": "Café at low tide.", "c.txt": "Café at low tide."}

    class ReadsPages(CutFrom):
        def clean(self, source: str, /, *, kind: Kind) -> CleanResult:
            text = read_html(source).text if kind == "html" else source
            return super().clean(text, kind=kind)

    report = score_directory(raw, write(tmp_path / "gold", gold), ReadsPages("\nRead more"))
    assert [file.name for file in report.files] == ["a.md", "a.txt", "c.htm", "sub/b.html"]
    assert [file.residue for file in report.files] == [0, 0, 2, 2]
    assert report.exact == 4


@pytest.mark.parametrize("packed", [False, True])
def test_lines_hold_text_and_gold(tmp_path: Path, packed: bool) -> None:
    rows = [{"raw": "Rain fell. Read more", "gold": "Rain fell. "}, {"raw": "A", "gold": "B"}]
    lines = "\n\n".join(map(json.dumps, rows)).encode()
    path = tmp_path / f"a.jsonl{'.gz' * packed}"
    path.write_bytes(gzip.compress(lines) if packed else lines)
    report = score_lines(path, CutFrom("Read more"), "raw")
    assert [(f.name, f.residue_removed, f.exact_after) for f in report.files] == [
        ("1", 2, True),
        ("3", 0, False),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "a"}', ':1: no field "gold"'),
        ('{"text": "a", "gold": "a"}\n{"gold": "a"}', ':2: no field "text"'),
        ("broken", ":1: not JSON: { expected"),
        ("\n", ": no line to score"),
    ],
)
def test_lines_that_cannot_be_scored(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    with pytest.raises(InputError) as error:
        score_lines(path, CutFrom("|"))
    assert str(error.value) == f"{path}{message}"
    with pytest.raises(InputError, match="No such file"):
        score_lines(tmp_path / "gone.jsonl", CutFrom("|"))


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a.txt": "One"})
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_bytes(b"\xef\xbb\xbfOne\r\n")
    assert score_directory(tmp_path / "raw", gold, CutFrom("|")).exact == 1


@pytest.mark.parametrize(
    ("raw_files", "gold_files", "message"),
    [
        ({"a.txt": "x"}, {"b.txt": "x", "a.txt": "x"}, "gold/b.txt: no such input"),
        ({"a.txt": "x", "b.txt": "x"}, {"a.txt": "x"}, "gold/b.txt: no such gold file"),
        ({"a.txt": "", "b.txt": "", "c.txt": ""}, {"a.txt": ""}, "no such gold file (and 1 more)"),
        ({"a.rst": "x"}, {"a.txt": "x"}, "raw: no .txt .md .html .htm file to score"),
        ({"a.txt": "x", "b.html": "x"}, {"a.txt": "x"}, "gold/b.txt: no such gold file"),
        ({"a.txt": "x"}, {"a.md": "x"}, "gold: no .txt file to score"),
    ],
)
def test_mismatched_directories_are_refused(
    tmp_path: Path, raw_files: dict[str, str], gold_files: dict[str, str], message: str
) -> None:
    raw, gold = write(tmp_path / "raw", raw_files), write(tmp_path / "gold", gold_files)
    with pytest.raises(InputError) as error:
        score_directory(raw, gold, CutFrom("|"))
    assert str(error.value).endswith(message)


def test_a_missing_directory_is_refused(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such directory"):
        score_directory(raw, tmp_path / "nowhere", CutFrom("|"))


def test_a_file_that_is_not_utf_8_is_refused(raw: Path, gold: Path) -> None:
    (raw / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"a\.txt: not UTF-8 \(byte 3\)"):
        score_directory(raw, gold, CutFrom("|"))


@given(raw=TEXTS, clean=TEXTS, gold=TEXTS)
def test_counts_stay_within_their_wholes(raw: str, clean: str, gold: str) -> None:
    score = score_text("x", raw, clean, gold)
    assert 0 <= score.residue_removed <= score.residue
    assert 0 <= score.content_lost <= score.content
    assert score.residue + score.content == score.before.found
    assert 0 <= score.after.common <= min(score.after.found, score.after.wanted)


@given(raw=TEXTS, gold=TEXTS)
def test_leaving_a_text_alone_changes_nothing(raw: str, gold: str) -> None:
    score = score_text("x", raw, raw, gold)
    assert score.before == score.after
    assert (score.residue_removed, score.content_lost) == (0, 0)


@given(text=TEXTS)
def test_gold_itself_scores_one(text: str) -> None:
    score = score_text("x", text, text, text)
    assert score.after.f1 == score.after.precision == score.after.recall == 1.0
    assert score.exact_after


@given(text=TEXTS)
def test_normal_form_is_stable(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


def test_overlap_counts_each_word_as_often_as_both_have_it() -> None:
    result = overlap(word_counts("a a a b"), word_counts("a a c"))
    assert (result.common, result.found, result.wanted) == (2, 4, 3)
