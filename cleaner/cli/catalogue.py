"""All that may stand as a rule in the log: rules of packs, findings by context, repairs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleaner import layout
from cleaner.errors import ConfigError
from cleaner.find.named import FINDINGS, Named
from cleaner.page.article import OUTSIDE
from cleaner.page.cues import cue_book
from cleaner.repair import REPAIRS, Repair
from cleaner.rulebook import Rule, load_rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, finding or repair; ``form`` says which, and ``detail`` is the thing itself."""

    id: str
    category: str
    language: str
    confidence: str
    form: str
    summary: str
    detail: Rule | Repair | Named


def catalogue(packs: Iterable[Path | str] = ()) -> tuple[Entry, ...]:
    """Return every entry, sorted by id; ``packs`` are further rule packs. Raises RuleError."""
    folders = tuple(Path(pack).resolve() for pack in packs)
    rules = load_rulebook(folders).rules
    blanks = Named(layout.RULE, layout.CATEGORY, "certain", layout.SUMMARY)
    book = cue_book(folders)
    around = Named(OUTSIDE, "outside-article", "likely", "A block that is not part of the article.")
    places = [Named(cue.id, cue.category, "likely", cue.summary) for cue in book.cues]
    places += [Named(rule.id, rule.category, "certain", rule.summary) for rule in book.rules]
    entries = [
        *(_entry(found, "page") for found in (*places, around)),
        *(_entry(rule, rule.scope) for rule in rules),
        *(_entry(found, "context") for found in (*FINDINGS, blanks)),
        *(_entry(repair, repair.action) for repair in REPAIRS),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.id))


def check_names(option: str, names: Iterable[str], entries: Iterable[Entry]) -> None:
    """Raise ConfigError for a name that is no rule, category or language of ``entries``."""
    known = {name for entry in entries for name in (entry.id, entry.category, entry.language)}
    for name in names:
        if name not in known:
            raise ConfigError(f"{option}: {unknown(name, known)}")


def unknown(name: str, known: Iterable[str]) -> str:
    """Say that nothing is called ``name``, and what is spelled nearly so.

    >>> unknown("bylines", ["byline", "related"])
    'no rule, category or language "bylines"; did you mean "byline"?'
    """
    near = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'no rule, category or language "{name}"{hint}'


def _entry(detail: Rule | Repair | Named, form: str) -> Entry:
    return Entry(
        detail.id,
        detail.category,
        detail.language,
        detail.confidence,
        form,
        detail.summary,
        detail,
    )
