"""Post lists and menus: dates, by-lines and names of sections in runs, labels between them."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.rulebook import Rule
from cleaner.types import Decision

CATEGORIES = frozenset({"post-list", "navigation"})
# Lines; one date may be the article's own, two in a row are a list.
_RUN = 2
# Words; labels between the lists (“Travel”, “Latest posts”) are shorter.
_LABEL = 3


def find_widgets(context: Context) -> Iterator[Decision]:
    """Propose runs of list lines, with the short labels between them."""
    entries = {
        number: rule
        for number, rules in context.rules_at.items()
        for rule in rules
        if rule.category in CATEGORIES
    }
    if len(entries) < _RUN:
        return
    for run in _runs(context, entries):
        listed = [number for number in run if number in entries]
        if len(listed) >= _RUN and not _heads_prose(context, run[-1]):
            rule = entries[listed[0]]
            for number in run:
                yield context.propose(
                    context.span(number),
                    entries.get(number, rule),
                    f"One of {len(listed)} list lines in a row.",
                    "likely",
                )


def _runs(context: Context, entries: dict[int, Rule]) -> Iterator[list[int]]:
    """Yield runs of entries; labels may stand between two entries."""
    run: list[int] = []
    for number in sorted(entries):
        between = range(run[-1] + 1, number) if run else ()
        if not all(_is_label(context, label) for label in between):
            yield run
            run, between = [], ()
        run += [*between, number]
    yield run


def _is_label(context: Context, number: int) -> bool:
    is_short = context.document.segments[number].kind == "short"
    return is_short and context.words[number] <= _LABEL and not context.lines[number][-1].isdigit()


def _heads_prose(context: Context, last: int) -> bool:
    """Tell whether the run goes straight into prose, as the dates of a diary do."""
    return last + 1 < len(context.lines) and context.is_prose(last + 1)
