r"""Words as multisets, and how two multisets of words overlap.

A word is a match of ``\w+`` in the lower-cased text, as in the public scores of article
extractors; order does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order.

    >>> words("It's 5 p.m. in Ürümqi")
    ['it', 's', '5', 'p', 'm', 'in', 'ürümqi']
    """
    return _WORD.findall(text.lower())


def word_counts(text: str) -> Counter[str]:
    """Return how often each word stands in ``text``."""
    return Counter(words(text))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Word counts of a text beside its gold text.

    ``common`` words are in both, ``found`` in the text, ``wanted`` in the gold text. Overlaps
    add up, so that a sum of them gives micro averages.

    >>> total = Overlap(common=3, found=4, wanted=3) + Overlap(common=1, found=4, wanted=5)
    >>> (total.precision, total.recall, total.f1)
    (0.5, 0.5, 0.5)
    """

    common: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Overlap) -> Overlap:
        return Overlap(
            self.common + other.common, self.found + other.found, self.wanted + other.wanted
        )

    @property
    def precision(self) -> float:
        """Share of the text's words that are wanted, 0 to 1; 1 for a text without words."""
        return share(self.common, self.found, empty=1.0)

    @property
    def recall(self) -> float:
        """Share of the wanted words that the text has, 0 to 1; 1 where none is wanted."""
        return share(self.common, self.wanted, empty=1.0)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 where both sides are empty."""
        return share(2 * self.common, self.found + self.wanted, empty=1.0)


def overlap(found: Counter[str], wanted: Counter[str]) -> Overlap:
    """Compare the word counts of a text with those of its gold text.

    >>> overlap(word_counts("the cat the dog"), word_counts("The cat."))
    Overlap(common=2, found=4, wanted=2)
    """
    common = sum(min(count, wanted[word]) for word, count in found.items() if word in wanted)
    return Overlap(common, found.total(), wanted.total())


def share(part: float, whole: float, *, empty: float = 0.0) -> float:
    """Return ``part / whole``, and ``empty`` where there is no whole."""
    return part / whole if whole else empty
