"""The command: check, diff, explain, rules, score, and wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_support import (
    CLEAN,
    MESSY,
    PROSE,
    SECOND,
    cleaner,
    files_below,
    no_settings_around,
    write,
)
from tests.support import ROOT

__all__ = ["no_settings_around"]


def test_summary_by_category(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    write(tmp_path / "in" / "b.png")
    result = cleaner("clean", "in", "-o", "out")
    header, row, totals, log = result.stderr.splitlines()
    assert header.split() == [
        "category",
        *"removed repaired held flagged characters removed".split(),
    ]
    assert row.split()[:5] == ["navigation", "1", "0", "0", "0"]
    assert totals == "1 document, 1 changed; 1 file of other kinds skipped"
    assert log == "log: out/removals.jsonl"
    assert cleaner("clean", "in", "-o", "out", "-q").stderr == ""


def test_check_lists_residue_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    write(tmp_path / "in" / "b.jsonl", f"{{}}\n{json.dumps({'text': MESSY})}\n")
    write(tmp_path / "in" / "c.txt", CLEAN)
    before = files_below(tmp_path)
    result = cleaner("check", "in/a.txt", "in/c.txt")
    assert result.exit_code == 1
    [line] = result.stdout.splitlines()
    assert line.startswith("in/a.txt:3: en-back-to-top ")
    assert line.endswith('"Back to top"')
    assert result.stderr == "1 finding in 2 documents\n"
    of_lines = cleaner("check", "in/b.jsonl")
    assert of_lines.exit_code == 3  # a line without text outweighs findings
    assert of_lines.stdout.startswith("in/b.jsonl:2:3: en-back-to-top ")
    assert cleaner("check", "in/c.txt").exit_code == 0
    assert files_below(tmp_path) == before


def test_check_as_json(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"{MESSY}\nBack to top\n")
    findings = json.loads(cleaner("check", "a.txt", "--output-format", "json").stdout)
    assert [(f["file"], f["line"], f["rule"]) for f in findings] == [
        ("a.txt", 3, "en-back-to-top"),
        ("a.txt", 7, "en-back-to-top"),
    ]
    write(tmp_path / "b.txt", CLEAN)
    assert json.loads(cleaner("check", "b.txt", "--output-format", "json").stdout) == []


def test_check_statistics(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"{MESSY}\nBack to top\n")
    result = cleaner("check", "a.txt", "--statistics")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["rule", "findings"],
        ["en-back-to-top", "2"],
    ]
    as_json = cleaner("check", "a.txt", "--statistics", "--output-format", "json").stdout
    assert json.loads(as_json) == {"en-back-to-top": 2}


def test_keep_select_and_ignore(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    assert cleaner("check", "a.txt", "--keep", "related,navigation").exit_code == 0
    assert cleaner("check", "a.txt", "--ignore", "navigation").exit_code == 0
    ignored = cleaner("check", "a.txt", "--ignore", "en-back-to-top").stdout
    assert ": en-back-to-top " not in ignored
    assert cleaner("check", "a.txt", "--select", "related").exit_code == 0
    assert cleaner("check", "a.txt", "--select", "related", "--select", "navigation").exit_code == 1


@pytest.mark.parametrize("option", ["--keep", "--select", "--ignore"])
def test_unknown_name_is_refused(tmp_path: Path, option: str) -> None:
    write(tmp_path / "a.txt")
    result = cleaner("check", "a.txt", option, "navigatoin")
    assert result.exit_code == 2
    assert 'did you mean "navigation"?' in result.stderr


PACK = """
about = "Lines of one house."

[[rule]]
id = "en-house-line"
summary = "A house line."
confidence = "certain"
phrases = ["^ brought by the weir gazette $"]
match = ["Brought by the Weir Gazette", "Brought by the Weir Times"]
keep = ["The coal was brought by the Weir Gazette to court."]
"""


def test_rules_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path / "pack" / "en" / "house.toml", PACK)
    write(tmp_path / "a.txt", f"{PROSE}\n\nBrought by the Weir Gazette\n")
    assert "en-house-line" in cleaner("check", "a.txt", "--rules", "pack").stdout
    explained = cleaner("explain", "en-house-line", "--rules", "pack").stdout
    assert "A house line." in explained


@pytest.mark.parametrize("workers", [1, 2])
def test_wrong_rule_pack_is_told_once(tmp_path: Path, workers: int) -> None:
    write(tmp_path / "pack" / "en" / "house.toml", PACK.replace('"certain"', '"sure"'))
    for name in "ab":
        write(tmp_path / "in" / f"{name}.txt")
    result = cleaner("clean", "in", "-o", "out", "--rules", "pack", "--workers", workers)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert "house.toml: en-house-line: confidence" in line


def test_diff_shows_what_goes_and_why(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"First line.\n\nSecond line.\n\n{MESSY}")
    result = cleaner("diff", "a.txt", "--context", 1)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "a.txt",
        f"    5   {PROSE}",
        "    7 - Back to top  [en-back-to-top]",
        f"    9   {SECOND}",
        "",
    ]


def test_check_and_diff_of_standard_input() -> None:
    found = cleaner("check", "-", stdin=MESSY)
    assert (found.exit_code, found.stderr) == (1, "1 finding in 1 document\n")
    assert found.stdout.startswith("-:3: en-back-to-top ")
    assert cleaner("check", "-", stdin=CLEAN).exit_code == 0
    binary = cleaner("check", "-", stdin=bytes(range(256)) * 20)
    assert (binary.exit_code, binary.stdout) == (3, "")
    assert binary.stderr.startswith("-: binary data, not text\n")
    lines = f"broken\n{json.dumps({'text': MESSY})}\n"
    of_lines = cleaner("check", "-", "--kind", "jsonl", stdin=lines)
    assert of_lines.exit_code == 3
    assert of_lines.stdout.startswith("-:2:3: en-back-to-top ")
    shown = cleaner("diff", "-", "--context", 0, stdin=MESSY)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.splitlines() == ["-", "    3 - Back to top  [en-back-to-top]", ""]
    shown = cleaner("diff", "-", "--kind", "jsonl", "--context", 0, stdin=lines)
    assert shown.exit_code == 3
    assert shown.stdout.splitlines()[0] == "-:2"
    assert shown.stderr == "-:1: not JSON: { expected\n"


def test_diff_of_a_clean_file_is_empty(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", CLEAN)
    result = cleaner("diff", "a.txt")
    assert (result.exit_code, result.stdout) == (0, "")


def test_explain_rule_and_category() -> None:
    rule = cleaner("explain", "en-back-to-top").stdout
    assert "certain: applied at every level" in rule
    assert "Takes:\n  Back to top" in rule
    assert "en-back-to-top: " in cleaner("explain", "navigation").stdout
    unknown = cleaner("explain", "en-back-to-topp")
    assert unknown.exit_code == 2
    assert 'did you mean "en-back-to-top"?' in unknown.stderr


def test_every_rule_can_be_explained() -> None:
    listed = json.loads(cleaner("rules", "list", "--output-format", "json").stdout)
    assert len({entry["id"] for entry in listed}) == len(listed) > 20
    for entry in listed:
        text = cleaner("explain", entry["id"]).stdout
        assert text.startswith(f"{entry['id']}\n{entry['summary']}\n")


def test_rules_list_of_one_category() -> None:
    listed = json.loads(
        cleaner("rules", "list", "--category", "navigation", "--output-format", "json").stdout
    )
    assert {entry["category"] for entry in listed} == {"navigation"}
    text = cleaner("rules", "list", "--category", "navigation").stdout
    assert len(text.splitlines()) == len(listed)


def test_rules_lint_names_mistakes(tmp_path: Path) -> None:
    write(tmp_path / "pack" / "en" / "house.toml", PACK)
    result = cleaner("rules", "lint", "pack")
    assert result.exit_code == 2
    ours = [line for line in result.stdout.splitlines() if "en-house-line" in line]
    assert any("match: needs at least" in line for line in ours)
    assert any("Weir Times" in line for line in ours)
    assert any("keep: needs at least" in line for line in ours)


def test_rules_stats(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", f"{MESSY}\nBack to top\n")
    write(tmp_path / "in" / "b.txt")
    stats = json.loads(cleaner("rules", "stats", "in", "--output-format", "json").stdout)
    assert stats["documents"] == 2
    assert stats["rules"]["en-back-to-top"] == {
        "applied": 3,
        "held": 0,
        "flagged": 0,
        "documents": 2,
    }
    assert "en-related-heading" in stats["never"]
    assert "en-back-to-top" not in stats["never"]
    text = cleaner("rules", "stats", "in").stdout
    assert "never fired, of 2 documents:" in text


def test_score(tmp_path: Path) -> None:
    write(tmp_path / "raw" / "a.txt")
    write(tmp_path / "gold" / "a.txt", CLEAN)
    assert cleaner("score", "raw", "gold", "--fail-under", 1).exit_code == 0
    report = json.loads(cleaner("score", "raw", "gold", "--json").stdout)
    assert report["exact"] == 1
    write(tmp_path / "gold" / "a.txt", "Quite another text.")
    low = cleaner("score", "raw", "gold", "--fail-under", 0.5)
    assert low.exit_code == 1
    assert "is under 0.5000" in low.stderr
    assert cleaner("score", "raw", "nowhere").exit_code == 3
    assert cleaner("score", "raw").exit_code == 2
    assert cleaner("score", "raw", "gold", "--keep", "navigatoin").exit_code == 2
    write(tmp_path / "a.jsonl", json.dumps({"raw": MESSY, "gold": CLEAN}))
    of_lines = cleaner("score", "a.jsonl", "--text-field", "raw", "--fail-under", 1)
    assert of_lines.exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean"],
        ["clean", "a.txt"],
        ["clean", "-", "-o", "out"],
        ["clean", "a.txt", "-", "-o", "out"],
        ["check", "a.txt", "-"],
        ["diff", "-", "a.txt"],
        ["clean", "a.txt", "-o", "a.txt"],
        ["clean", "a.txt", "-o", "out", "--level", "brave"],
        ["restore", "nowhere", "--log", "a.txt", "-o", "back"],
        ["restore", ".", "--log", "a.txt", "-o", "."],
        ["wash"],
        ["check", "a.txt", "--config", "nowhere.toml"],
        ["check", "a.txt", "--rules", "nowhere"],
        ["check", "a.txt", "--language", "german"],
        ["rules", "list", "--category", "navigatoin"],
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "a.txt")
    assert cleaner(*arguments).exit_code == 2
    assert files_below(tmp_path) == {"a.txt": MESSY.encode()}


def test_log_that_is_a_directory_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "logs").mkdir()
    result = cleaner("clean", "a.txt", "-o", "out", "--log", "logs")
    assert result.exit_code == 3
    assert result.stderr == "Error: logs: is a directory; the log is a file\n"
    assert not list((tmp_path / "out").iterdir())


def run_with(tmp_path: Path, shell: str) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m cleaner"
    return subprocess.run(
        ["bash", "-c", shell.replace("cleaner", command, 1)],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", ["check a.txt", "diff a.txt", "clean -", "rules list"])
def test_output_to_a_full_disk(tmp_path: Path, arguments: str) -> None:
    write(tmp_path / "a.txt")
    done = run_with(tmp_path, f"cleaner {arguments} < a.txt > /dev/full")
    assert done.returncode == 3
    assert done.stderr == "Error: cannot be written: No space left on device\n"


def test_closed_standard_input(tmp_path: Path) -> None:
    for arguments in ("clean -", "check -", "diff -"):
        done = run_with(tmp_path, f"cleaner {arguments} <&-")
        assert done.returncode == 3
        assert done.stderr == "Error: -: standard input is closed\n"


def test_output_that_nobody_reads_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", MESSY * 2000)
    done = run_with(tmp_path, "cleaner diff a.txt | head -n 1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "a.txt\n", "")


def test_missing_input(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    result = cleaner("clean", "nowhere.txt", "a.txt", "-o", "out")
    assert result.exit_code == 3
    assert result.stderr.startswith("nowhere.txt: No such file or directory\n")
    assert (tmp_path / "out" / "a.txt").read_text() == CLEAN


@pytest.mark.parametrize(
    "command", ["clean", "check", "diff", "restore", "explain", "rules", "score"]
)
def test_help_of_every_command(command: str) -> None:
    result = cleaner(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
