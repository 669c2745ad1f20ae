"""Tools that a benchmark measures where they are installed; this module imports nothing heavy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


def installed(makers: Mapping[str, Callable[[], T]], kind: str = "") -> Iterator[tuple[str, T]]:
    """Yield the name of each tool and what its maker makes; name on stderr what is missing."""
    for name, make in makers.items():
        try:
            made = make()
        except ImportError as error:
            print(f"{kind} {name} skipped: {error}".lstrip(), file=sys.stderr)
        else:
            yield name, made
