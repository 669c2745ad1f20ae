"""Scores that must not sink: those pinned in benchmarks/floors.json, on a small fixed sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.accuracy import measure
from benchmarks.common import DATA_VARIABLE, Selection, data_directory, text_files
from benchmarks.floors import Floors, pinned, read_floors, shortfalls
from cleaner.errors import ConfigError


def report(**scores: float) -> dict[str, Any]:
    part = {"residue_removed": 0.5, "content_lost": 0.01, "f1_before": 0.8, "f1_after": 0.9}
    gold = {"words_removed": 0.0, "untouched": 0.95, "idempotent": 1.0}
    return {
        "level": "standard",
        "methods": {"cleaner": {"tight": {**part, **scores}, "traf": part}, "c4": {"tight": part}},
        "probes": {"gold": {"wcxb-dev": gold}, "roundtrip": {"found": 0.7}},
    }


def as_floors(data: dict[str, object], tmp_path: Path) -> Floors:
    path = tmp_path / "floors.json"
    path.write_bytes(msgspec.json.encode(data))
    return read_floors(path)


def test_no_score_sinks_below_its_floor() -> None:
    try:
        data = data_directory()
    except ConfigError:
        pytest.skip(f"{DATA_VARIABLE} names no directory of shared data")
    floors = read_floors()
    selection = Selection(language=floors.language, pages=floors.sample)
    reached, _ = measure(text_files(data), selection, floors.level, data=data)
    assert shortfalls(reached, floors) == []


def test_the_floors_pin_every_score_at_the_default_level() -> None:
    floors = read_floors()
    assert floors.level == "standard"
    for group in ("full", "loose", "tight"):
        for name in ("residue_removed", "content_lost", "f1_gain"):
            assert f"{group}.{name}" in floors.scores
    for name in ("gold.wcxb-dev.untouched", "lookalike.survived", "roundtrip.found"):
        assert name in floors.scores


def test_a_run_reaches_the_floors_it_pins(tmp_path: Path) -> None:
    floors = as_floors(pinned(report(), 12, "en"), tmp_path)
    assert (floors.level, floors.sample, floors.language) == ("standard", 12, "en")
    assert shortfalls(report(), floors) == []


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ({"residue_removed": 0.48}, "tight.residue_removed: 0.48000, must be at least 0.5"),
        ({"content_lost": 0.012}, "tight.content_lost: 0.01200, must be at most 0.01"),
        ({"f1_after": 0.85}, "tight.f1_gain: 0.05000, must be at least 0.099"),
    ],
)
def test_a_drop_is_named(scores: dict[str, float], message: str, tmp_path: Path) -> None:
    floors = as_floors(pinned(report(), 12, "en"), tmp_path)
    assert shortfalls(report(**scores), floors) == [message]


def test_a_score_that_is_no_longer_measured_is_named(tmp_path: Path) -> None:
    floors = as_floors(pinned(report(), 12, "en"), tmp_path)
    less = report()
    del less["probes"]["roundtrip"]
    assert shortfalls(less, floors) == ["roundtrip.found: not measured"]


@pytest.mark.parametrize("text", [None, "{", '{"level": "standard"}'])
def test_a_bad_floors_file_is_refused(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigError, match=r"floors\.json"):
        read_floors(path)
