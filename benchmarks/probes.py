"""Questions put to a cleaner beside the labelled texts: clean articles, look-alikes, translations.

The articles used here are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import Record, line_spans, removed_lines
from cleaner.gold import words
from cleaner.gold.score import TextCleaner
from cleaner.gold.words import share

PARAGRAPHS = (
    "The harbour council voted on Monday to rebuild the old ferry pier, ending a dispute that had "
    "divided the island's two villages for more than a decade. Seven members were in favour, four "
    "against, and the chair, who had promised to stay neutral, did not vote.",
    "Work on the pier is due to begin in March, once the herring boats have moved to the northern "
    "basin. The council expects the first ferry to dock there before the end of the following "
    "summer, although its engineer warned that storms could delay the pouring of concrete.",
    "Residents who packed the school hall for the vote were less patient. Several said that they "
    "had waited long enough, and one fisherman reminded the meeting that his father had asked for "
    "the same repairs when he was a boy.",
    "The cost remains the sore point. The engineer put it at eleven million crowns, half of which "
    "the province has offered to pay, and the rest would come from a levy on passengers that is "
    "to end after twelve years.",
    "Opponents said that the levy would fall hardest on families who cross to the mainland for "
    "school and for work. They had asked for a bridge instead, a plan which the province turned "
    "down twice because the channel is too deep.",
    "Both sides will meet again in two weeks to settle the timetable. Until then, the temporary "
    "landing stage stays in use, and the last boat of the evening will continue to leave an hour "
    "earlier than it used to.",
)
"""An invented article of six paragraphs."""

TAIL = ("Votes for the new pier: seven", "Votes against the pier: four")
"""Two short lines that belong to the article and stand around a phrase in its tail."""

JUDGED = Path(__file__).with_name("lookalike-residue.txt")

ROUTES = ("es", "ca", "gl", "ca-fr-ca", "es-fr-es")


@dataclass(frozen=True, slots=True)
class GoldResult:
    """What cleaning did to articles that are clean already; shares, 0 to 1.

    ``words_removed`` is over all words, ``untouched`` the share of articles with no removal,
    ``unchanged`` of those with no edit at all, ``idempotent`` of those where cleaning the
    outcome again changes nothing.
    """

    texts: int
    words_removed: float
    untouched: float
    unchanged: float
    idempotent: float


@dataclass(frozen=True, slots=True)
class LookalikeResult:
    """Which lines of gold articles that look like residue survive within an article.

    ``removed`` are the ``(family, line)`` pairs judged to be content that did not. Lines judged
    to be residue that was left in gold are counted apart, and may go.
    """

    lines: int
    removed: tuple[tuple[str, str], ...]
    residue: int
    residue_removed: int

    @property
    def survived(self) -> float:
        """Share of the content lines that survive, 0 to 1."""
        return 1 - share(len(self.removed), self.lines)


@dataclass(frozen=True, slots=True)
class RoundtripResult:
    """Which residue phrases are found after machine translation there and back.

    ``forms`` are the distinct translated forms of phrases of two words and more; ``found``,
    ``originals_found`` and ``tail_removed`` are shares, 0 to 1, the last that of the tail's own
    lines when no phrase stands among them: what position alone takes. ``missed`` are the
    ``(original, form)`` pairs that were not found.
    """

    forms: int
    found: float
    originals_found: float
    tail_removed: float
    missed: tuple[tuple[str, str], ...]


def gold_probe(cleaner: TextCleaner, texts: Iterable[str]) -> GoldResult:
    """Clean each of at least one clean text, twice."""
    count = all_words = words_removed = untouched = unchanged = idempotent = 0
    for text in texts:
        first = cleaner.clean(text, kind="text")
        again = first if first.text == text else cleaner.clean(first.text, kind="text")
        count += 1
        all_words += len(words(text))
        words_removed += sum(len(words(cut.original)) for cut in first.removed)
        untouched += not first.removed
        unchanged += first.text == text
        idempotent += again.text == first.text
    return GoldResult(
        texts=count,
        words_removed=share(words_removed, all_words),
        untouched=share(untouched, count),
        unchanged=share(unchanged, count),
        idempotent=share(idempotent, count),
    )


def gold_texts(records: Iterable[Record]) -> dict[str, list[str]]:
    """Return the gold texts of the records' pages, each once, by their collection."""
    pages = {record.id: record for record in records if record.gold}
    texts: dict[str, list[str]] = {}
    for record in pages.values():
        texts.setdefault(record.source, []).append(record.gold)
    return texts


def lookalike_probe(
    cleaner: TextCleaner, rows: Sequence[Mapping[str, str]], residue: Container[str]
) -> LookalikeResult:
    """Place each line (``family``, ``line``) by itself in mid-article and clean that article.

    ``residue`` has the digests of the lines judged to be residue: see ``line_digest``.
    """
    half = len(PARAGRAPHS) // 2
    gone = [
        row
        for row in rows
        if _removed(cleaner, [*PARAGRAPHS[:half], row["line"], *PARAGRAPHS[half:]], half)
    ]
    judged = sum(line_digest(row["line"]) in residue for row in rows)
    removed = tuple(
        (row["family"], row["line"]) for row in gone if line_digest(row["line"]) not in residue
    )
    return LookalikeResult(len(rows) - judged, removed, judged, len(gone) - len(removed))


def judged_residue() -> frozenset[str]:
    """Return the digests of those lines of ``lookalike-content.tsv`` that are residue after all.

    They were judged by eye from their beginnings (84 characters and more), without sight of what
    any rule does to them; prose is content, and so is most of what is in doubt.
    """
    return frozenset(JUDGED.read_text(encoding="ascii").split())


def line_digest(line: str) -> str:
    """Return what a line is known by in ``lookalike-residue.txt``: 16 digits of its SHA-256."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def roundtrip_probe(cleaner: TextCleaner, rows: Sequence[Mapping[str, str]]) -> RoundtripResult:
    """Place each translated form between two short lines at an article's end.

    ``rows`` have the columns ``original`` and one for each route of translation. A form is found
    when at least half of its characters are removed.
    """
    originals = [row["original"] for row in rows if len(words(row["original"])) > 1]
    forms = sorted(
        {
            (row["original"], row[route])
            for row in rows
            for route in ROUTES
            if len(words(row["original"])) > 1 and row[route].strip()
        }
    )
    missed = tuple(pair for pair in forms if not _found_in_tail(cleaner, pair[1]))
    originals_found = sum(_found_in_tail(cleaner, phrase) for phrase in originals)
    bare = [*PARAGRAPHS, *TAIL]
    tail_removed = sum(_removed(cleaner, bare, len(PARAGRAPHS) + at) for at in range(len(TAIL)))
    return RoundtripResult(
        forms=len(forms),
        found=1 - share(len(missed), len(forms)),
        originals_found=share(originals_found, len(originals)),
        tail_removed=share(tail_removed, len(TAIL)),
        missed=missed,
    )


def _found_in_tail(cleaner: TextCleaner, phrase: str) -> bool:
    return _removed(cleaner, [*PARAGRAPHS, TAIL[0], phrase, TAIL[1]], len(PARAGRAPHS) + 1)


def _removed(cleaner: TextCleaner, paragraphs: Sequence[str], at: int) -> bool:
    """Tell whether the paragraph at an index goes when all are cleaned as one article."""
    text = "\n\n".join(paragraphs)
    return removed_lines(line_spans(text), cleaner.clean(text, kind="text").removed)[at]
