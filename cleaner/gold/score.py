"""Compare one text, before and after cleaning, with its gold text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from cleaner.gold.report import FileScore
from cleaner.gold.words import overlap, word_counts

if TYPE_CHECKING:
    from cleaner.types import CleanResult


class TextCleaner(Protocol):
    """What scoring asks of a cleaner; ``cleaner.Cleaner`` is one."""

    def clean(self, source: str, /, *, kind: Literal["text"]) -> CleanResult:
        """Return the clean text of ``source``."""
        ...


def score_text(name: str, raw: str, clean: str, gold: str) -> FileScore:
    """Compare one text, before and after cleaning, with its gold text.

    >>> score = score_text("a", "Rain fell. Read more", "Rain fell.", "Rain fell.")
    >>> (score.residue, score.residue_removed, score.content, score.content_lost)
    (2, 2, 2, 0)
    >>> (score.exact_before, score.exact_after)
    (False, True)
    """
    raw_words, clean_words, gold_words = map(word_counts, (raw, clean, gold))
    residue = raw_words - gold_words
    residue_left = (clean_words - gold_words) & residue
    content = raw_words & gold_words
    return FileScore(
        name=name,
        before=overlap(raw_words, gold_words),
        after=overlap(clean_words, gold_words),
        exact_before=normal_form(raw) == normal_form(gold),
        exact_after=normal_form(clean) == normal_form(gold),
        residue=residue.total(),
        residue_removed=residue.total() - residue_left.total(),
        content=content.total(),
        content_lost=(content - clean_words).total(),
    )


def normal_form(text: str) -> str:
    r"""Return ``text`` as exact comparison sees it.

    Blank lines at either end and the final newline do not count, a run of blank lines counts as
    one, and any newline style is ``\n``. Spaces within lines count.

    >>> normal_form("\n\nOne\n\n\n\nTwo\r\n") == normal_form("One\n\nTwo")
    True
    >>> normal_form("One\nTwo") == normal_form("One\n\nTwo")
    False
    """
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            kept.append(line)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept[:-1] if kept and not kept[-1] else kept)
