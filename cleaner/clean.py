"""The whole path of a document: read, find, settle, repair, edit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from cleaner.edit import apply
from cleaner.errors import ConfigError
from cleaner.find import find
from cleaner.layout import close_gaps
from cleaner.read.decode import decode, newline_style
from cleaner.read.language import guess_language
from cleaner.read.text import read_text
from cleaner.repair import REPAIRS, repair
from cleaner.rulebook import Index, load_rulebook
from cleaner.settle import ALLOWED, settle
from cleaner.types import CleanResult, Decision, Document, Kind, Level

SourceKind = Literal["auto"] | Kind


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean.

    ``keep`` names categories or rules whose finds stay in the text and are logged as held;
    ``select`` and ``ignore`` name rules, categories or languages to run, or not to run, at all;
    ``language`` is the documents' ISO 639-1 code where it is known; ``rules`` are folders of
    further rule packs; ``repair`` turns the mending of what stays on or off.
    """

    level: Level = "standard"
    keep: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    rules: tuple[Path, ...] = ()
    repair: bool = True

    def runs(self, *names: str) -> bool:
        """Tell whether a rule of these names (id, category, language) is to run."""
        chosen = not self.select or any(name in self.select for name in names)
        return chosen and not any(name in self.ignore for name in names)


class Cleaner:
    """Cleans documents, all in the same way.

    Built once; safe to share between threads, and cheap to send to another process: only its
    options travel, rules are loaded where they are needed.

    The keywords are the fields of ``Options``. Raises ConfigError for an unknown level, and
    RuleError, on first use, when a rule pack is wrong.
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
    ) -> None:
        if level not in ALLOWED:
            raise ConfigError(f"level {level!r} is none of {', '.join(ALLOWED)}")
        self.options = Options(
            level=level,
            keep=tuple(keep),
            select=tuple(select),
            ignore=tuple(ignore),
            language=language,
            rules=tuple(Path(directory).absolute() for directory in rules),
            repair=repair,
        )

    def clean(self, source: str | bytes, kind: SourceKind = "auto") -> CleanResult:
        """Clean one document.

        ``source`` is text, or bytes of it in any encoding. Raises InputError when bytes are not
        text. ``kind`` says what the source is; ``auto`` takes it for text.
        """
        meta: dict[str, str] = {}
        if isinstance(source, bytes):
            source, encoding, bom = decode(source)
            meta = {"encoding": encoding, "bom": "yes" if bom else "no"}
        meta["newline"] = newline_style(source)
        language = self.options.language or guess_language(source)
        document = read_text(source, language)
        decisions = self._decide(document)
        return CleanResult(
            text=apply(source, decisions),
            decisions=tuple(decisions),
            language=language,
            kind=document.kind,
            meta=meta,
        )

    def _decide(self, document: Document) -> list[Decision]:
        options = self.options
        found = find(document, index_for(options))
        removals = settle(found, document, options.level, frozenset(options.keep))
        return close_gaps([*removals, *self._mend(document, removals)], document)

    def _mend(self, document: Document, removals: Sequence[Decision]) -> list[Decision]:
        """Return the repairs and flags in what stays."""
        if not self.options.repair:
            return []
        cuts = [d.span for d in removals if d.status == "applied"]
        kept = [s for s in document.segments if not _within(s.start, s.end, cuts)]
        mends = repair(
            document,
            kept,
            off=repairs_off(self.options),
            allowed=frozenset(ALLOWED[self.options.level]),
        )
        return [mend for mend in mends if not _touches(mend.start, mend.end, cuts)]


def clean(source: str | bytes, *, kind: SourceKind = "auto", **options: Any) -> CleanResult:
    """Clean one document; the keywords are those of ``Cleaner``.

    >>> clean("The mill reopened on Monday.\\n\\nBack to top\\n").text
    'The mill reopened on Monday.\\n'
    """
    return Cleaner(**options).clean(source, kind)


def _within(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> bool:
    """Tell whether one of the cuts, which are sorted and do not overlap, holds the whole span."""
    place = bisect_right(cuts, (start, end)) - 1
    return any(first <= start and end <= last for first, last in cuts[max(place, 0) : place + 2])


def _touches(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(cuts, (start, end)) - 1
    return any(first < end and start < last for first, last in cuts[max(place, 0) : place + 2])


@lru_cache(maxsize=8)
def repairs_off(options: Options) -> frozenset[str]:
    """Return the ids of the repairs that these options do not run."""
    return frozenset(
        entry.id
        for entry in REPAIRS
        if not options.runs(entry.id, entry.category)
        or entry.id in options.keep
        or entry.category in options.keep
    )


@lru_cache(maxsize=8)
def index_for(options: Options) -> Index:
    """Return the index of the rules that these options run."""
    rules = load_rulebook(options.rules).rules
    return Index([r for r in rules if options.runs(r.id, r.category, r.language)])
