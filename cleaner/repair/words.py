"""The words of a text as rows of numbers, in which repeats are found without a loop."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLANKS = 0x3001  # code points from here on are no blanks


class Words(NamedTuple):
    """The words of a text, between blanks and control characters: three arrays of one length.

    Equal words have equal ``keys``; of unequal neighbours one pair in a thousand has. A word
    is ``text[start:end]``, in code points.
    """

    keys: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def repeats(self, size: int) -> NDArray[np.bool_]:
        """Return for each word but the last ``size`` whether it has the key of the word so far on.

        >>> words_of("the ferry ferry left").repeats(1).tolist()
        [False, True, False]
        """
        same: NDArray[np.bool_] = self.keys[size:] == self.keys[:-size]
        return same


def words_of(text: str) -> Words:
    """Return the words of a text.

    >>> words = words_of("the  old ferry")
    >>> [(start, end) for start, end in zip(words.starts, words.ends)] == [(0, 3), (5, 8), (9, 14)]
    True
    """
    import numpy as np  # noqa: PLC0415 - 0.1 s to import

    codes: NDArray[Any]
    inside = np.zeros(len(text) + 2, bool)
    if text.isascii():
        codes = np.frombuffer(text.encode(), np.uint8)
        np.greater(codes, ord(" "), out=inside[1:-1])
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        _printed().take(codes, mode="clip", out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    keys = (ends - starts << 16) + (codes[starts].astype(np.int64) << 8) + codes[ends - 1]
    return Words(keys, starts, ends)


@cache
def _printed() -> NDArray[np.bool_]:
    """Return for each code point up to ``_BLANKS`` whether it is no blank."""
    import numpy as np  # noqa: PLC0415

    return np.array([not chr(code).isspace() for code in range(_BLANKS + 1)])
