"""Configuration files: where they are found, what they may say, what the command line overrides."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import ConfigError
from cleaner.cli import main
from cleaner.config import Settings, find_config, load_settings

MESSY = "The mill reopened on Monday after eleven years of repairs.\n\nBack to top\n"


def test_defaults() -> None:
    assert Settings().level == "standard"


def test_nearest_file_upward_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nlevel = "cautious"\n')
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert find_config(deep) == tmp_path / "pyproject.toml"
    assert load_settings(None, deep).level == "cautious"
    (tmp_path / "a" / "cleaner.toml").write_text('level = "thorough"\n')
    assert load_settings(None, deep).level == "thorough"
    assert load_settings(tmp_path / "pyproject.toml", deep).level == "cautious"


def test_every_setting_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "cleaner.toml"
    file.write_text(
        'level = "thorough"\nkeep = ["byline"]\nselect = ["en"]\nignore = ["related"]\n'
        'language = "en"\nrules = ["mine"]\nrepair = false\nworkers = 2\n'
        'text-field = "body"\nid-field = "url"\nmax-bytes = 1000\n'
    )
    assert load_settings(file, tmp_path) == Settings(
        level="thorough",
        keep=("byline",),
        select=("en",),
        ignore=("related",),
        language="en",
        rules=(str(tmp_path / "mine"),),
        repair=False,
        workers=2,
        text_field="body",
        id_field="url",
        max_bytes=1000,
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("levl = 1", ['unknown key "levl"', 'did you mean "level"?']),
        ("text_field = 'a'", ['unknown key "text_field"', 'did you mean "text-field"?']),
        ("level = 'brave'", ['key "level"', "brave"]),
        ("keep = 'byline'", ['key "keep"', "array"]),
        ("keep = ['a', 1]", ['key "keep"', "str"]),
        ("workers = -1", ['key "workers"']),
        ("max-bytes = 0", ['key "max-bytes"']),
        ("level = ]", ["column 9"]),
    ],
)
@pytest.mark.parametrize("name", ["cleaner.toml", "pyproject.toml"])
def test_mistakes_name_file_and_key(tmp_path: Path, name: str, text: str, parts: list[str]) -> None:
    file = tmp_path / name
    head = "[tool.cleaner]\n" if name == "pyproject.toml" else ""
    file.write_text(head + text)
    with pytest.raises(ConfigError) as error:
        load_settings(None, tmp_path)
    for part in (str(file), *parts):
        assert part in str(error.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "mine.toml"
    if content:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        load_settings(file, tmp_path)


def test_command_line_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(MESSY)
    (tmp_path / "cleaner.toml").write_text('ignore = ["navigation"]\n')
    run = CliRunner().invoke
    assert run(main, ["check", "a.txt"]).exit_code == 0
    assert run(main, ["check", "a.txt", "--ignore", "related"]).exit_code == 1
    (tmp_path / "other.toml").write_text("")
    assert run(main, ["check", "a.txt", "--config", "other.toml"]).exit_code == 1
    (tmp_path / "cleaner.toml").write_text("colour = true\n")
    result = run(main, ["check", "a.txt"])
    assert result.exit_code == 2
    assert result.stderr == f'Error: {tmp_path}/cleaner.toml: unknown key "colour"\n'
