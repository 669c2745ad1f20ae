"""The command: cleaning files and directories, restoring them, standard input."""

from __future__ import annotations

import gzip
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
    cleaner,
    files_below,
    no_settings_around,
    records,
    write,
)

__all__ = ["no_settings_around"]


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
    write(tmp_path / "in" / "c.jsonl", json.dumps({"text": MESSY}))
    (tmp_path / "out" / name).mkdir(parents=True)
    result = cleaner("clean", "in", "-o", "out")
    assert result.exit_code == 3
    assert f"in/{name}: cannot be written" in result.stderr
    assert (tmp_path / "out" / "b.txt").read_text() == CLEAN
    assert json.loads((tmp_path / "out" / "c.jsonl").read_bytes())["text"] == CLEAN
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
        [sys.executable, "-m", "cleaner", "clean", "-"],
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
