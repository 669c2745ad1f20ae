"""What tests of the command share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner.cli import main

PROSE = "The mill by the lower weir reopened on Monday after eleven years of repairs."
SECOND = "Its wheel was cut from larch, and it turned at the first attempt."
MESSY = f"{PROSE}\n\nBack to top\n\n{SECOND}\n"
CLEAN = f"{PROSE}\n\n{SECOND}\n"


@pytest.fixture(autouse=True)
def no_settings_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
