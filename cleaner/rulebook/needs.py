"""What a line must hold for a phrase or a bag to match: words, the rarer the better."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cleaner.read.fold import lower, plain
from cleaner.rulebook.common import rarity

# What stands among words for any digit, or a word that starts with one; and, in needs only, for
# digits with a mark between them, or the sign of a year behind.
DIGIT, DIGITS = "#", "#/#"
# The only mark that phrases are looked up by.
COPYRIGHT = "©"
# Among the lines of articles, digits stand in as many as the words of this rank.
_DIGIT_RARITY = 30
_SIGN_RARITY = 10_000
_WORD = re.compile(r"[^\W_]+(?:'\w+)*")


def words_of(line: str) -> list[str]:
    """Return the words of a folded line, without marks."""
    return _WORD.findall(line)


def need_of(wordings: Iterable[str]) -> frozenset[str]:
    """Return words of which every wording holds one: the rarest word of each.

    >>> sorted(need_of(["the e-mail", "letters"]))
    ['email', 'letters', 'mail']
    """
    spelled = [form for w in wordings for form in {w, w.replace("-", "")}]
    return frozenset(max(_words(form), key=_rarity, default=DIGIT) for form in spelled)


def digit_or_word(word: str) -> str:
    """Return ``DIGIT`` for a word that starts with a digit, else the word.

    >>> digit_or_word("5th"), digit_or_word("fifth")
    ('#', 'fifth')
    """
    return DIGIT if word[0].isdigit() else word


@lru_cache(maxsize=1_000)
def strength(need: frozenset[str]) -> tuple[int, int]:
    """Rank needs: those of few and uncommon words are met by the fewest lines."""
    return min(map(_rank, need)), -len(need)


def _rank(word: str) -> int:
    if word == COPYRIGHT:
        return _SIGN_RARITY
    return _DIGIT_RARITY if word[0] == DIGIT else rarity(word)


def _rarity(word: str) -> tuple[int, int]:
    return _rank(word), len(word)


def _words(wording: str) -> list[str]:
    return words_of(lower(plain(wording)))
