"""Counting words, in scripts with and without blanks between them."""

from __future__ import annotations

# Behind this character come the scripts that put no blanks between words.
SPACED = "\u2e80"


def count_words(line: str) -> int:
    """Count words; in scripts without spaces two characters count as one.

    >>> count_words("Back to top"), count_words("国際ニュースの一覧を見る")
    (3, 6)
    """
    words = line.count(" ") + 1
    if len(line) > 24 * words or (line[0] > SPACED and len(line) > 5 * words):
        return len(line) // 2
    return words
