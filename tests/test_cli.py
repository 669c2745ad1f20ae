"""The command: what it writes and prints, and its exit codes."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner.cli import main
from cleaner.corpus.batch import JsonLinesFiles
from cleaner.corpus.work import Outcome

PROSE = "The mill by the lower weir reopened on Monday after eleven years of repairs."
SECOND = "Its wheel was cut from larch, and it turned at the first attempt."
MESSY = f"{PROSE}\n\nBack to top\n\n{SECOND}\n"
CLEAN = f"{PROSE}\n\n{SECOND}\n"


@pytest.fixture(autouse=True)
def _no_settings_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where no configuration file is found upward."""
    monkeypatch.chdir(tmp_path)


def cleaner(*arguments: object, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write(path: Path, content: str | bytes = MESSY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def records(log: Path, kind: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in log.read_bytes().splitlines()]
    return [line for line in lines if line["type"] == kind]


def files_below(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def test_directory_is_mirrored_and_restored(tmp_path: Path) -> None:
    source = tmp_path / "in"
    write(source / "a.txt")
    write(source / "deep" / "er" / "b.md", MESSY.replace("\n", "\r\n").encode("utf-8-sig"))
    write(source / "latin.txt", f"{PROSE} Le café.\n\nBack to top".encode("latin-1"))
    write(source / "empty.txt", b"")
    write(source / "c.jsonl", f'{{"text":  {json.dumps(MESSY)}, "n": 1.0}}\n\n')
    write(source / "d.txt.gz", gzip.compress(MESSY.encode()))
    result = cleaner("clean", source, "-o", "out")
    assert result.exit_code == 0, result.stderr
    assert not result.stdout
    out = files_below(tmp_path / "out")
    assert set(out) == {*files_below(source), "removals.jsonl"}
    assert out["a.txt"].decode() == CLEAN
    assert out["deep/er/b.md"].decode() == CLEAN.replace("\n", "\r\n")
    assert out["latin.txt"].decode() == f"{PROSE} Le café.\n"
    assert out["empty.txt"] == b""
    assert out["c.jsonl"] == f'{{"text":  {json.dumps(CLEAN)}, "n": 1.0}}\n\n'.encode()
    assert gzip.decompress(out["d.txt.gz"]).decode() == CLEAN

    back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert back.exit_code == 0, back.stderr
    assert "6 files restored" in back.stderr
    restored, originals = files_below(tmp_path / "back"), files_below(source)
    assert gzip.decompress(restored.pop("d.txt.gz")) == MESSY.encode()
    del originals["d.txt.gz"]
    assert restored == originals


def test_hostile_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in"
    write(source / "good.txt")
    write(source / "binary.txt", bytes(range(256)) * 20)
    write(source / "empty.txt", b"")
    write(source / "latin.txt", f"{PROSE} Le café.\n".encode("latin-1"))
    write(source / "locked.txt")
    write(source / "long.txt", "larch and oak, " * 3_400_000)  # about 50 MB in one line
    write(source / "lines.jsonl", f'no json\n{json.dumps({"body": "x"})}\n{{"text": 1}}\n')
    write(source / "cut.txt.gz", gzip.compress(os.urandom(3000))[:-100])
    write(source / "huge.md", "x" * 60_000_001)
    (source / "loop").symlink_to(source)
    (source / "gone.txt").symlink_to("nowhere")
    refuse_to_open(monkeypatch, "locked.txt")

    result = cleaner("clean", source, "-o", "out", "--max-bytes", 60_000_000, "--workers", 1)

    assert result.exit_code == 3
    out = files_below(tmp_path / "out")
    assert set(out) == {
        "empty.txt", "good.txt", "latin.txt", "lines.jsonl", "long.txt", "removals.jsonl"
    }  # fmt: skip
    assert out["good.txt"].decode() == CLEAN
    assert out["lines.jsonl"] == (source / "lines.jsonl").read_bytes()
    causes = {
        "binary.txt": "binary data, not text",
        "cut.txt.gz": "truncated gzip data",
        "gone.txt": "No such file or directory",
        "huge.md": "too large: more than 60,000,000 bytes",
        "lines.jsonl:1": "not JSON: { expected",
        "lines.jsonl:2": 'no field "text"',
        "lines.jsonl:3": 'field "text" is not a string',
        "locked.txt": "Permission denied",
        "loop": "symbolic link loop, not followed",
    }
    logged = {
        f"{r['document']}:{r['line']}" if r["line"] else r["document"]: r["cause"]
        for r in records(tmp_path / "out" / "removals.jsonl", "problem")
    }
    assert logged == causes
    shown = [line for line in result.stderr.splitlines() if line.startswith(str(source))]
    assert sorted(shown) == sorted(f"{source}/{name}: {cause}" for name, cause in causes.items())
    assert "9 problems" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make a file unreadable: permissions do not stop the super-user, who may run the tests."""
    open_any = Path.open

    def open_most(path: Path, *arguments: object, **options: object) -> object:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return open_any(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_most)


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_writes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("cleaner.corpus.tasks.TASK_BYTES", 2000)
    source = tmp_path / "in"
    for number in range(30):
        write(source / f"{number % 3}" / f"{number}.txt", f"{number}. {MESSY}")
    lines = [json.dumps({"text": f"{n} {MESSY}", "id": n}) for n in range(60)]
    write(source / "a.jsonl", "\n".join(["broken", *lines]))
    write(source / "b.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    write(source / "c.txt", bytes(range(256)) * 20)
    one = cleaner("clean", source, "-o", "one", "--workers", 1, "--id-field", "id")
    many = cleaner("clean", source, "-o", "many", "--workers", workers, "--id-field", "id")
    assert one.exit_code == many.exit_code == 3
    assert files_below(tmp_path / "one") == files_below(tmp_path / "many")
    assert len(records(tmp_path / "one" / "removals.jsonl", "document")) == 150


def test_log_holds_no_trace_of_time_and_place(tmp_path: Path) -> None:
    write(tmp_path / "here" / "in" / "a.txt")
    write(tmp_path / "there" / "in" / "a.txt")
    for place in ("here", "there"):
        assert cleaner("clean", f"{place}/in", "-o", f"{place}/out").exit_code == 0
    assert files_below(tmp_path / "here") == files_below(tmp_path / "there")


def test_cleaning_ones_own_output_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", MESSY.rstrip("\n"))
    cleaner("clean", "in", "-o", "one")
    cleaner("clean", "one", "-o", "two", "--log", "log.jsonl")
    assert (tmp_path / "two" / "a.txt").read_bytes() == (tmp_path / "one" / "a.txt").read_bytes()
    assert not records(tmp_path / "log.jsonl", "decision")


def test_output_inside_the_input_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    for _ in range(2):
        result = cleaner("clean", ".", "-o", "out", "--log", "log.jsonl")
        assert result.exit_code == 0, result.stderr
        assert "1 document, 1 changed" in result.stderr
    assert set(files_below(tmp_path)) == {"a.txt", "out/a.txt", "log.jsonl"}


def test_inputs_are_never_overwritten(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "out" / "b.txt")
    before = files_below(tmp_path)
    assert cleaner("clean", ".", "-o", ".").exit_code == 2
    assert cleaner("clean", "a.txt", "-o", ".", "--log", "log").exit_code == 3
    assert cleaner("clean", "out/b.txt", "a.txt", "-o", "out", "--log", "log").exit_code == 3
    after = files_below(tmp_path)
    assert after.pop("out/a.txt").decode() == CLEAN
    del after["log"]
    assert after == before


def test_log_is_not_overwritten_by_a_clean_file(tmp_path: Path) -> None:
    write(tmp_path / "in" / "removals.jsonl", json.dumps({"text": MESSY}))
    result = cleaner("clean", "in", "-o", "out")
    assert result.exit_code == 3
    assert "the log" in result.stderr
    assert [r["document"] for r in records(tmp_path / "out" / "removals.jsonl", "problem")] == [
        "removals.jsonl"
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_output_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    write(tmp_path / "in" / name, MESSY if name == "a.txt" else json.dumps({"text": MESSY}))
    write(tmp_path / "in" / "b.txt")
    (tmp_path / "out" / name).mkdir(parents=True)
    result = cleaner("clean", "in", "-o", "out")
    assert result.exit_code == 3
    assert f"in/{name}: cannot be written" in result.stderr
    assert (tmp_path / "out" / "b.txt").read_text() == CLEAN
    log = tmp_path / "out" / "removals.jsonl"
    assert [r["document"] for r in records(log, "problem")] == [name]
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.endswith(".part")]


def test_links_in_the_output_do_not_lead_outside(tmp_path: Path) -> None:
    write(tmp_path / "in" / "sub" / "a.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    result = cleaner("clean", "in", "-o", "out")
    assert result.exit_code == 3
    assert "symbolic link" in result.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_restore_refuses_names_that_lead_outside(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    cleaner("clean", "in", "-o", "out")
    log = tmp_path / "out" / "removals.jsonl"
    log.write_text(log.read_text().replace('"a.txt"', '"../a.txt"'))
    write(tmp_path / "a.txt", (tmp_path / "out" / "a.txt").read_bytes())
    result = cleaner("restore", "out", "--log", log, "-o", "back")
    assert result.exit_code == 3
    assert "leads outside" in result.stderr
    assert (tmp_path / "a.txt").read_text() == CLEAN


def test_restore_names_files_that_were_changed_or_are_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / "in" / name)
    write(tmp_path / "in" / "d.jsonl", json.dumps({"text": MESSY}) + "\n{}\n")
    cleaner("clean", "in", "-o", "out")
    (tmp_path / "out" / "a.txt").write_text("Rain.\n")
    (tmp_path / "out" / "b.txt").unlink()
    write(tmp_path / "out" / "d.jsonl", json.dumps({"text": "Rain."}) + "\n{}\n")
    result = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "out/a.txt: was changed since it was cleaned",
        "out/b.txt: No such file or directory",
        "out/d.jsonl: line 1: was changed since it was cleaned",
        "1 file restored, 3 problems",
    ]
    assert files_below(tmp_path / "back") == {"c.txt": MESSY.encode()}


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    result = cleaner("clean", "-", "--log", "log.jsonl", stdin=MESSY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, CLEAN, "")
    assert [r["rule"] for r in records(tmp_path / "log.jsonl", "decision")] == ["en-back-to-top"]


def test_json_lines_from_standard_input() -> None:
    lines = f"{json.dumps({'body': MESSY})}\nbroken\n"
    result = cleaner("clean", "-", "--kind", "jsonl", "--text-field", "body", stdin=lines)
    assert result.exit_code == 3
    assert result.stdout == f"{json.dumps({'body': CLEAN})}\nbroken\n"
    assert result.stderr == "-:2: not JSON: { expected\n"


def test_binary_standard_input() -> None:
    result = cleaner("clean", "-", stdin=bytes(range(256)) * 20)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "-: binary data, not text\n"


def test_command_in_a_pipe(tmp_path: Path) -> None:
    """A process of its own, with the bytes that a pipe brings and takes."""
    data = f"{PROSE} Le café.\r\n\r\nBack to top".encode("latin-1")
    done = subprocess.run(
        [sys.executable, "-m", "cleaner.cli", "clean", "-"],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stdout == f"{PROSE} Le café.\r\n".encode()
    assert done.stderr == b""


def test_help_imports_no_command() -> None:
    code = (
        "import sys; from cleaner.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith('cleaner.cli.')])\n"
        "print([m for m in ('ftfy', 'langdetect', 'numpy', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stdout.splitlines()[-2:] == ["[]", "[]"]
    assert "Exit codes:" in done.stdout


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


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean"],
        ["clean", "a.txt"],
        ["clean", "-", "-o", "out"],
        ["clean", "a.txt", "-", "-o", "out"],
        ["clean", "a.txt", "-o", "a.txt"],
        ["clean", "a.txt", "-o", "out", "--level", "brave"],
        ["restore", "nowhere", "--log", "a.txt", "-o", "back"],
        ["restore", ".", "--log", "a.txt", "-o", "."],
        ["wash"],
        ["check", "a.txt", "--config", "nowhere.toml"],
        ["check", "a.txt", "--rules", "nowhere"],
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "a.txt")
    assert cleaner(*arguments).exit_code == 2
    assert files_below(tmp_path) == {"a.txt": MESSY.encode()}


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


def test_names_that_a_terminal_cannot_show(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff\nname.txt")
    write(tmp_path / "in" / name)
    write(tmp_path / "in" / f"x{name}", bytes(range(256)) * 20)
    result = cleaner("clean", "in", "-o", "out")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[0] == r"in/xbad\udcff\nname.txt: binary data, not text"
    back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert back.exit_code == 0
    assert files_below(tmp_path / "back") == {name: MESSY.encode()}


@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_run_logs_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("cleaner.corpus.tasks.TASK_FILES", 2)
    for number in range(200):
        write(tmp_path / "in" / f"{number}.txt")
    seen = 0

    def take(_files: JsonLinesFiles, outcome: Outcome) -> Outcome:
        nonlocal seen
        seen += 1
        if seen == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return outcome

    monkeypatch.setattr(JsonLinesFiles, "take", take)
    result = cleaner("clean", "in", "-o", "out", "--workers", workers)
    assert result.exit_code == 130
    assert result.stderr.endswith("interrupted\n")
    written = set(files_below(tmp_path / "out")) - {"removals.jsonl"}
    assert 0 < len(written) < 200
    logged = {r["document"] for r in records(tmp_path / "out" / "removals.jsonl", "document")}
    assert logged == written
