"""The whole path of a document: read, find, settle, repair, edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.edit import apply
from cleaner.find import find
from cleaner.layout import close_gaps
from cleaner.options import Options
from cleaner.read.decode import decode, newline_style
from cleaner.read.kind import SourceKind, kind_of
from cleaner.read.language import guess_language, language_code
from cleaner.read.text import read_text
from cleaner.repair import REPAIRS, repair, translation_evidence
from cleaner.rulebook import Index, Match, load_rules
from cleaner.settle import ALLOWED, choose, settle
from cleaner.spans import Spans
from cleaner.types import CleanResult, Decision, Document, Kind, Level

# Removals; when so many are made, what stays has new neighbours and may look different.
_MANY = 3
_ROUNDS = 4
_EVERYWHERE = ("any", "en")

if TYPE_CHECKING:
    from cleaner.page.cues import CueBook


class Cleaner:
    """Cleans documents, all in the same way.

    Built once; safe to share between threads, and cheap to send to another process: only its
    options travel, rules are loaded where they are needed.

    The keywords are the fields of ``Options``. Raises ConfigError for an unknown level, extractor
    or language, and RuleError, on first use, when a rule pack is wrong.
    """

    def __init__(  # noqa: PLR0913 - the public facade
        self,
        *,
        level: Level = "standard",
        keep: Iterable[str] = (),
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        language: str | None = None,
        rules: Iterable[Path | str] = (),
        repair: bool = True,
        extractor: str = "auto",
    ) -> None:
        self.options = Options(
            level=level,
            keep=tuple(keep),
            select=tuple(select),
            ignore=tuple(ignore),
            language=language,
            rules=tuple(Path(directory).absolute() for directory in rules),
            repair=repair,
            extractor=extractor,
        )

    def clean(self, source: str | bytes, kind: SourceKind = "auto") -> CleanResult:
        """Clean one document.

        ``source`` is text or a page of HTML, or bytes of one in any encoding; ``kind`` says which,
        ``auto`` looks. Spans of decisions are those of the text, or of the page's visible text.
        Raises InputError when bytes are not text, or a page is beyond the budget.
        """
        document = self._read(source, kind_of(source) if kind == "auto" else kind)
        decisions = self._decide(document)
        evidence = translation_evidence(document, decisions)
        return CleanResult(
            text=apply(document.text, decisions),
            decisions=tuple(decisions),
            language=document.language,
            kind=document.kind,
            meta={**document.meta, **evidence.meta()},
        )

    def _read(self, source: str | bytes, kind: Kind) -> Document:
        language = language_code(self.options.language or "")
        if kind == "html":
            from cleaner.read.html import read_html  # noqa: PLC0415 - late: texts do without

            page = read_html(source, book=cues_for(self.options))
            return replace(page, language=language) if language else page
        meta: dict[str, str] = {}
        if isinstance(source, bytes):
            source, encoding, bom = decode(source)
            meta = {"encoding": encoding, "bom": "yes" if bom else "no"}
        meta["newline"] = newline_style(source)
        return replace(read_text(source, language or guess_language(source)), meta=meta)

    def _decide(self, document: Document) -> list[Decision]:
        """Return all decisions, sorted: what lies outside the article, then what is in it."""
        outside = self._outside(document) if document.kind == "html" else []
        article = _left(document, outside)
        inside = self._inside(article)
        mends = self._mend(_left(article, inside), inside) if self.options.repair else []
        return close_gaps([*outside, *inside, *mends], document)

    def _inside(self, article: Document) -> list[Decision]:
        """Return the decisions on residue in an article.

        Where many lines go, those that stay are looked at again, until nothing more is found.
        """
        options, keep = self.options, frozenset(self.options.keep)
        matches = matches_in(article, options)
        removed: list[Decision] = []
        held: dict[tuple[tuple[int, int], str], Decision] = {}
        for least in (_MANY, *[1] * _ROUNDS):
            cuts = _cuts(removed)
            found = filter(options.wants, find(article, matches))
            fresh = [decision for decision in found if not cuts.touch(*decision.span)]
            settled = settle(fresh, article, options.level, keep)
            new = [decision for decision in settled if decision.status == "applied"]
            removed += new
            held |= {(d.span, d.rule): d for d in settled if d.status != "applied"}
            if len(new) < least:
                break
            left = _left(article, new)
            matches = _matches_left(matches, article, left)
            article = left
        cuts = _cuts(removed)
        return [*removed, *(d for d in held.values() if not cuts.cover(*d.span))]

    def _outside(self, page: Document) -> list[Decision]:
        """Return the decisions on what lies outside the article of a page."""
        from cleaner.page.article import find_article  # noqa: PLC0415 - late: texts do without

        found = find_article(page, self.options.extractor, cues_for(self.options))
        around = filter(self.options.wants, found)
        return choose(around, self.options.level, frozenset(self.options.keep))

    def _mend(self, left: Document, removals: Sequence[Decision]) -> list[Decision]:
        """Return the repairs and flags in what is left, but for the parts of lines removed."""
        mends = repair(
            left,
            left.segments,
            off=repairs_off(self.options),
            allowed=frozenset(ALLOWED[self.options.level]),
            keep=frozenset(self.options.keep),
        )
        cuts = _cuts(removals)
        return [mend for mend in mends if not cuts.touch(mend.start, mend.end)]


def clean(source: str | bytes, *, kind: SourceKind = "auto", **options: Any) -> CleanResult:
    """Clean one document; the keywords are those of ``Cleaner``.

    >>> clean("The mill reopened on Monday.\\n\\nBack to top\\n").text
    'The mill reopened on Monday.\\n'
    """
    return Cleaner(**options).clean(source, kind)


def _left(document: Document, removals: Iterable[Decision]) -> Document:
    """Return the document without the segments that are removed whole."""
    gone = document.within(d.span for d in removals if d.status == "applied")
    return document.without(gone) if gone else document


def _matches_left(matches: Sequence[Match], before: Document, left: Document) -> list[Match]:
    """Return the matches in the segments that are left, by their new numbers."""
    starts = {segment.start: number for number, segment in enumerate(left.segments)}
    numbers = [starts.get(segment.start) for segment in before.segments]
    return [
        match._replace(segment=number)
        for match in matches
        if (number := numbers[match.segment]) is not None
    ]


def _cuts(removals: Sequence[Decision]) -> Spans:
    return Spans(decision.span for decision in removals if decision.status == "applied")


@lru_cache(maxsize=8)
def repairs_off(options: Options) -> frozenset[str]:
    """Return the ids of the repairs that these options do not run."""
    return frozenset(e.id for e in REPAIRS if not options.runs(e.id, e.category))


@lru_cache(maxsize=8)
def cues_for(options: Options) -> CueBook:
    """Return the rules for pages, with those of the further packs."""
    from cleaner.page.cues import cue_book  # noqa: PLC0415 - late: texts do without

    return cue_book(options.rules)


def matches_in(document: Document, options: Options) -> list[Match]:
    """Return what rules match, sorted by segment, rule id and place.

    Rules of a language look at documents in it. Those in English look at all: the boxes of pages
    often are in English where the article is not.
    """
    found = index_for(options, _EVERYWHERE).scan(document)
    if document.language in ("", *_EVERYWHERE):
        return found
    own = index_for(options, (document.language,)).scan(document)
    return sorted([*found, *own], key=lambda match: (match.segment, match.rule.id, match.start))


@lru_cache(maxsize=64)
def index_for(options: Options, languages: tuple[str, ...]) -> Index:
    """Return the index of the rules of some languages that these options run."""
    rules = [rule for language in languages for rule in load_rules(options.rules, language)]
    return Index([r for r in rules if options.runs(r.id, r.category, r.language)])
