"""Spans that do not overlap, and quick questions about them.

>>> cuts = Spans([(10, 20), (2, 5)])
>>> cuts.hold(11, 20), cuts.hold(4, 6), cuts.touch(4, 6), cuts.touch(5, 10)
(True, False, True, False)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """Spans ``(start, end)`` in code points, none of which overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def hold(self, start: int, end: int) -> bool:
        """Tell whether one of them holds the whole of a span."""
        return any(first <= start and end <= last for first, last in self._near(start, end))

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them has a character of a span, or stands around an empty one."""
        return any(first < end and start < last for first, last in self._near(start, end))

    def _near(self, start: int, end: int) -> list[tuple[int, int]]:
        first = max(bisect_right(self._spans, (start, end)) - 1, 0)
        last = bisect_right(self._spans, (end, end))
        return self._spans[first : last + 1]
