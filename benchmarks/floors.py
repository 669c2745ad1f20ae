"""Scores that must not sink: pinned in ``floors.json``, checked by the tests and ``--check``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import ConfigError
from cleaner.types import Level

FLOORS = Path(__file__).with_name("floors.json")

_STEPS = {
    "residue_removed": (0.01, True),
    "content_lost": (0.001, False),
    "f1_gain": (0.001, True),
    "words_removed": (0.001, False),
    "untouched": (0.01, True),
    "idempotent": (0.01, True),
    "survived": (0.01, True),
    "found": (0.01, True),
}
"""For each score the step it is rounded to when pinned, and whether more is better."""


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pinned scores, and the run that reaches them: level, language and pages sampled.

    ``scores`` are named ``tight.residue_removed``, ``gold.wcxb-dev.untouched`` and so on.
    """

    level: Level
    language: str | None
    sample: int | None
    scores: dict[str, float]


def read_floors(path: Path = FLOORS) -> Floors:
    """Read pinned scores. Raises ConfigError for a file that is missing or malformed."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def pinned(
    report: Mapping[str, Any], sample: int | None, language: str | None
) -> dict[str, object]:
    """Return the scores of a run as floors, each rounded one step to the lenient side.

    >>> report = {"level": "standard", "methods": {}, "probes": {"roundtrip": {"found": 0.716}}}
    >>> pinned(report, 12, "en")["scores"]
    {'roundtrip.found': 0.71}
    """
    return {
        "level": report["level"],
        "language": language,
        "sample": sample,
        "scores": {name: _lenient(name, value) for name, value in _scores(report).items()},
    }


def shortfalls(report: Mapping[str, Any], floors: Floors) -> list[str]:
    """Name each pinned score that a run does not reach, or does not have."""
    reached = _scores(report)
    found = [f"{name}: not measured" for name in floors.scores if name not in reached]
    for name, floor in floors.scores.items():
        if name in reached and not _reaches(name, reached[name], floor):
            bound = "at least" if _steps(name)[1] else "at most"
            found.append(f"{name}: {reached[name]:.5f}, must be {bound} {floor:g}")
    return found


def _scores(report: Mapping[str, Any]) -> dict[str, float]:
    """Flatten the scores of a report that can be pinned."""
    scores: dict[str, float] = {}
    for group, part in report["methods"].get("cleaner", {}).items():
        if group in ("full", "loose", "tight"):
            scores[f"{group}.residue_removed"] = part["residue_removed"]
            scores[f"{group}.content_lost"] = part["content_lost"]
            scores[f"{group}.f1_gain"] = part["f1_after"] - part["f1_before"]
    for source, part in report["probes"].get("gold", {}).items():
        for name in ("words_removed", "untouched", "idempotent"):
            scores[f"gold.{source}.{name}"] = part[name]
    for probe, name in (("lookalike", "survived"), ("roundtrip", "found")):
        if probe in report["probes"]:
            scores[f"{probe}.{name}"] = report["probes"][probe][name]
    return scores


def _steps(name: str) -> tuple[float, bool]:
    return _STEPS[name.rpartition(".")[2]]


def _lenient(name: str, value: float) -> float:
    step, more_is_better = _steps(name)
    steps = math.floor(value / step) if more_is_better else math.ceil(value / step)
    return round(steps * step, 6)


def _reaches(name: str, value: float, floor: float) -> bool:
    return value >= floor if _steps(name)[1] else value <= floor
