"""The command, interrupted and killed: whole files only, a log of what was written, no orphans."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.corpus.batch import JsonLinesFiles
from cleaner.corpus.work import Outcome
from tests.cli_support import (
    CLEAN,
    MESSY,
    cleaner,
    files_below,
    no_settings_around,
    records,
    write,
)

__all__ = ["no_settings_around"]


def interrupt_at(monkeypatch: pytest.MonkeyPatch, count: int, number: int = signal.SIGINT) -> None:
    """Send this process a signal when so many outcomes have come."""
    take = JsonLinesFiles.take
    seen = 0

    def take_and_interrupt(files: JsonLinesFiles, outcome: Outcome) -> Outcome:
        nonlocal seen
        seen += 1
        if seen == count:
            os.kill(os.getpid(), number)
        return take(files, outcome)

    monkeypatch.setattr(JsonLinesFiles, "take", take_and_interrupt)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_logs_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, number: int
) -> None:
    monkeypatch.setattr("cleaner.corpus.tasks.TASK_FILES", 2)
    for name in range(200):
        write(tmp_path / "in" / f"{name}.txt")
    before = signal.getsignal(number)
    interrupt_at(monkeypatch, 3, number)
    result = cleaner("clean", "in", "-o", "out", "--workers", workers)
    assert result.exit_code == 130
    assert result.stderr.endswith("interrupted\n")
    written = files_below(tmp_path / "out")
    del written["removals.jsonl"]
    assert 0 < len(written) < 200
    assert set(written.values()) == {CLEAN.encode()}
    logged = {r["document"] for r in records(tmp_path / "out" / "removals.jsonl", "document")}
    assert logged == set(written)
    assert signal.getsignal(number) == before

    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert cleaner("clean", "in", "-o", "out", "-q").exit_code == 0
    assert len(files_below(tmp_path / "out")) == 201


@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_json_lines_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("cleaner.corpus.tasks.TASK_BYTES", 1000)
    line = json.dumps({"text": MESSY})
    write(tmp_path / "in" / "a.jsonl", f"{line}\n" * 300)
    interrupt_at(monkeypatch, 4)
    result = cleaner("clean", "in", "-o", "out", "--workers", workers)
    assert result.exit_code == 130
    assert "in/a.jsonl: interrupted; its clean file was not written\n" in result.stderr
    assert set(files_below(tmp_path / "out")) == {"removals.jsonl"}
    [problem] = records(tmp_path / "out" / "removals.jsonl", "problem")
    assert (problem["document"], problem["line"]) == ("a.jsonl", None)


def start(directory: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cleaner", *arguments],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_a_file(directory: Path) -> None:
    for _ in range(6000):
        if any(directory.glob("*.txt")):
            return
        time.sleep(0.01)
    pytest.fail("no clean file came")


def test_interrupt_of_the_terminal_reaches_all_processes(tmp_path: Path) -> None:
    for name in range(2000):
        write(tmp_path / "in" / f"{name}.txt")
    process = start(tmp_path, "clean", "in", "-o", "out", "-q", "--workers", "2")
    wait_for_a_file(tmp_path / "out")
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=120)[1] == "interrupted\n"
    assert process.returncode == 130
    written = set(files_below(tmp_path / "out")) - {"removals.jsonl"}
    logged = {r["document"] for r in records(tmp_path / "out" / "removals.jsonl", "document")}
    assert logged == written


def test_workers_do_not_outlive_a_killed_parent_and_the_next_run_tidies(tmp_path: Path) -> None:
    for name in range(2000):
        write(tmp_path / "in" / f"{name}.txt")
    process = start(tmp_path, "clean", "in", "-o", "out", "-q", "--workers", "2")
    wait_for_a_file(tmp_path / "out")
    process.kill()
    process.communicate(timeout=120)  # returns when no process holds its end of the pipe
    assert not (tmp_path / "out" / "removals.jsonl").exists()
    assert cleaner("clean", "in", "-o", "out", "-q").exit_code == 0
    out = files_below(tmp_path / "out")
    del out["removals.jsonl"]
    assert out == {f"{name}.txt": CLEAN.encode() for name in range(2000)}
