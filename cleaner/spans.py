"""Spans that do not overlap, and quick questions about them.

>>> cuts = Spans([(10, 20), (2, 5)])
>>> cuts.touch(4, 6), cuts.touch(5, 10)
(True, False)
>>> cuts.cover(12, 20), cuts.cover(4, 6)
(True, False)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """Spans ``(start, end)`` in code points, none of which overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them has a character of a span, or stands around an empty one."""
        near = max(bisect_right(self._spans, (start, end)) - 1, 0)
        last = bisect_right(self._spans, (end, end))
        return any(first < end and start < stop for first, stop in self._spans[near : last + 1])

    def cover(self, start: int, end: int) -> bool:
        """Tell whether one of them holds a whole span."""
        last = bisect_right(self._spans, (start, float("inf"))) - 1
        return last >= 0 and end <= self._spans[last][1]
