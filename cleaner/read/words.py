"""Counting words, in scripts with and without blanks between them."""

from __future__ import annotations

import re

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


# Runs of Katakana, of Chinese characters, and words of Hangul, which end in one particle or two.
_DENSE = re.compile("[\u30a1-\u30ff\u3400-\u9fff]{2,}|(?<![\uac00-\ud7a3])[\uac00-\ud7a3]{2}")


def pairs(line: str) -> list[str]:
    """Return what stands for words in East Asian scripts: two characters that are not Hiragana.

    Of a word in Hangul, the first two count.

    >>> pairs("古い灯台を公開"), pairs("등대지기가 배를 기다렸다")
    (['灯台', '公開'], ['등대', '배를', '기다'])
    """
    if line.isascii():
        return []
    return [run[at : at + 2] for run in _DENSE.findall(line) for at in range(len(run) - 1)]
