"""What several tests share: the invented articles, and the shared data where it is to be had."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def shared_data() -> Path:
    """Return the folder of the shared data; skips the test where it is not to be had."""
    folder = os.environ.get("CLEANER_DATA")
    if not folder:
        pytest.skip("CLEANER_DATA is not set")
    return Path(folder)


def records(path: Path, most: int) -> Iterator[dict[str, Any]]:
    """Yield the first records of a JSONL file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(most), lines, strict=False):
            yield json.loads(line)
