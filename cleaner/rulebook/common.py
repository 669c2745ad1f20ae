"""How common a word is: rules are looked up by their rarest words."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def rules_directory() -> Path:
    """Return where the built-in rules lie: in the wheel, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


@cache
def rarity(word: str) -> int:
    """Return the rank of a word of a line among common words, from 0; of others their number.

    Of a word with an apostrophe the longest part counts; single letters count as most common.

    >>> rarity("the") < rarity("before") < rarity("newsletter")
    True
    """
    part = max(word.split("'"), key=len)
    ranks = _ranks()
    return ranks.get(part, len(ranks)) if len(part) > 1 else 0


@cache
def _ranks() -> dict[str, int]:
    lines = (rules_directory() / "en" / "common.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return {word: rank for rank, word in enumerate(words)}
