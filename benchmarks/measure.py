"""Score what a method did to a labelled text, and sum such scores up.

A line counts as removed when at least half of its characters are. Residue words are the words
of lines labelled 0, gold words those of lines labelled 1; lines labelled -1 do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from statistics import fmean

from benchmarks.common import Record, line_spans, removed_lines
from benchmarks.peers import LineFilter
from cleaner.gold import overlap, word_counts, words
from cleaner.gold.score import TextCleaner
from cleaner.gold.words import share

CONTENT, RESIDUE = 1, 0

Families = Mapping[str, frozenset[str]]
"""The text of a residue line, without surrounding blanks, to the families it is known for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method made of a text: one flag for each non-blank line, and the text left."""

    removed: Sequence[bool]
    text: str


Method = Callable[[Record], Outcome]


@dataclass(frozen=True, slots=True)
class TextScore:
    """What one method did to one text. Counts are words where not named otherwise.

    ``f1`` is word F1 before and after; None where the page has labels but no gold text.
    """

    extractor: str
    residue: int
    residue_removed: int
    content: int
    content_lost: int
    residue_lines: int
    residue_lines_removed: int
    content_lines_removed: int
    f1: tuple[float, float] | None
    families: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Scores over a set of texts; all but ``texts`` are shares or means, 0 to 1.

    Word counts are summed over all texts before dividing; F1 is the mean over texts with gold, 0
    where there is none. ``worse`` is the share of those whose word F1 fell; ``free`` and
    ``free_before`` the share of all without a line of residue, after and before.
    """

    texts: int
    residue_removed: float
    content_lost: float
    line_precision: float
    line_recall: float
    line_f1: float
    f1_before: float
    f1_after: float
    worse: float
    free_before: float
    free: float

    def to_json(self) -> dict[str, float]:
        """Return the figures as plain data."""
        return asdict(self)


def cleaner_method(cleaner: TextCleaner) -> Method:
    """Return a cleaner as a method."""

    def run(record: Record) -> Outcome:
        result = cleaner.clean(record.text, kind="text")
        return Outcome(removed_lines(line_spans(record.text), result.removed), result.text)

    return run


def filter_method(line_filter: LineFilter) -> Method:
    """Return a line filter as a method; the lines it keeps are the text left."""

    def run(record: Record) -> Outcome:
        lines = text_lines(record.text)
        removed = line_filter(lines, record.language)
        return Outcome(removed, "\n".join(compress(lines, (not flag for flag in removed))))

    return run


def text_lines(text: str) -> list[str]:
    """Return the non-blank lines of a text without surrounding blanks."""
    return [text[start:end] for start, end in line_spans(text)]


def score_record(
    record: Record, methods: Mapping[str, Method], families: Families
) -> dict[str, TextScore]:
    """Run each method on one record and score what it did."""
    lines = text_lines(record.text)
    gold = word_counts(record.gold)
    sizes = [len(words(line)) for line in lines]
    before = overlap(word_counts(record.text), gold).f1
    marked = list(zip(lines, sizes, record.labels, strict=True))

    def score(method: Method) -> TextScore:
        outcome = method(record)
        rows = list(zip(marked, outcome.removed, strict=True))
        residue = [(line, size, gone) for (line, size, label), gone in rows if label == RESIDUE]
        content = [(size, gone) for (_, size, label), gone in rows if label == CONTENT]
        return TextScore(
            extractor=record.extractor,
            residue=sum(size for _, size, _ in residue),
            residue_removed=sum(size for _, size, gone in residue if gone),
            content=sum(size for size, _ in content),
            content_lost=sum(size for size, gone in content if gone),
            residue_lines=len(residue),
            residue_lines_removed=sum(gone for _, _, gone in residue),
            content_lines_removed=sum(gone for _, gone in content),
            f1=(before, overlap(word_counts(outcome.text), gold).f1) if gold else None,
            families=tuple(
                (family, gone) for line, _, gone in residue for family in families.get(line, ())
            ),
        )

    return {name: score(method) for name, method in methods.items()}


def summarise(scores: Sequence[TextScore]) -> Summary:
    """Sum up the scores of one method on at least one text."""
    found = sum(score.residue_lines_removed for score in scores)
    precision = share(
        found, found + sum(score.content_lines_removed for score in scores), empty=1.0
    )
    recall = share(found, sum(score.residue_lines for score in scores), empty=1.0)
    f1 = [score.f1 for score in scores if score.f1] or [(0.0, 0.0)]
    return Summary(
        texts=len(scores),
        residue_removed=share(
            sum(score.residue_removed for score in scores),
            sum(score.residue for score in scores),
            empty=1.0,
        ),
        content_lost=share(
            sum(score.content_lost for score in scores), sum(score.content for score in scores)
        ),
        line_precision=precision,
        line_recall=recall,
        line_f1=share(2 * precision * recall, precision + recall),
        f1_before=fmean(before for before, _ in f1),
        f1_after=fmean(after for _, after in f1),
        worse=fmean(after < before for before, after in f1),
        free_before=fmean(not score.residue_lines for score in scores),
        free=fmean(score.residue_lines == score.residue_lines_removed for score in scores),
    )


def family_recall(scores: Iterable[TextScore]) -> dict[str, tuple[int, int]]:
    """Return ``(removed, seen)`` in lines for each family, the most frequent first."""
    seen: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    for score in scores:
        for family, gone in score.families:
            seen[family] += 1
            removed[family] += gone
    return {family: (removed[family], count) for family, count in seen.most_common()}


def known_families(rows: Iterable[Mapping[str, str]]) -> Families:
    """Index the rows of ``residue-lines.tsv`` (``family``, ``line``) by the exact line."""
    index: dict[str, set[str]] = {}
    for row in rows:
        index.setdefault(row["line"].strip(), set()).add(row["family"])
    return {line: frozenset(names) for line, names in index.items()}
