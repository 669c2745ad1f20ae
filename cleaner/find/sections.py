"""Sections of residue: a heading such as “Related Articles” and what belongs to it.

What belongs is told by shape (headlines, dates, labels, teasers cut short); the section ends at
prose. The line right before that prose may be the article's next subheading, and is kept if it
shares a word with it. A label such as “Read also:” that ends in a colon is the heading of the list
behind it, however long its items are, or of one headline.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.guards import is_title
from cleaner.find.headlines import is_headline
from cleaner.find.phrases import stands_well
from cleaner.read.text import PROSE_LENGTH, is_list_item
from cleaner.rulebook import Match
from cleaner.types import Decision

# Lists of recommendations on real pages are seldom longer in mid-article; in the tail all goes.
_MOST_ITEMS = 12
# Words; a subheading is seldom longer.
_SUBHEADING = 10
# Words; on the shared texts, what stands behind a label of more is the article's as often as not.
_LABEL = 5
READ_MORE = "read-more"


def find_sections(context: Context) -> Iterator[Decision]:
    """Propose to remove what stands under the heading of a block or trailing rule."""
    for match in context.matches:
        if _is_heading(context, match) and stands_well(context, match):
            heading = context.lines[match.segment][:40]
            for number in members(context, match):
                yield context.propose(
                    context.span(number),
                    match.rule,
                    f"Stands under “{heading}”.",
                    "unsure" if match.rule.confidence == "unsure" else "likely",
                )


def members(context: Context, match: Match) -> range:
    """Return the numbers of the segments that belong to a section heading."""
    first, last = match.segment + 1, len(context.lines)
    if match.rule.scope == "trailing":
        return range(first, last)
    if match.rule.scope == "line":
        return _announced(context, first)
    end = first
    while end < last and _belongs(context, end):
        end += 1
    if end == last:
        return range(first, end)
    if end > first and _is_subheading(context, end - 1):
        end -= 1
    return range(first, end) if end - first <= _MOST_ITEMS else range(first, first)


def _is_heading(context: Context, match: Match) -> bool:
    """Tell whether a rule says that something stands below, or a label on its own says so."""
    scope, number = match.rule.scope, match.segment
    return scope in ("block", "trailing") or (
        scope == "line"
        and match.rule.category == READ_MORE
        and context.lines[number].endswith(":")
        and context.words[number] <= _LABEL
    )


def _announced(context: Context, first: int) -> range:
    """Return the numbers of the items of the list that starts at a segment, or of one headline."""
    end = first
    while end < len(context.lines) and is_list_item(context.lines[end]):
        end += 1
    if end == first < len(context.lines) and is_headline(context, first):
        end += 1
    return range(first, end) if end - first <= _MOST_ITEMS else range(first, first)


def _belongs(context: Context, number: int) -> bool:
    if any(rule.scope in ("block", "trailing") for rule in context.rules_at.get(number, ())):
        return False
    if context.document.segments[number].kind in ("code", "table") or is_title(context, number):
        return False
    return not context.is_prose(number) or _heads_teaser(context, number)


def _heads_teaser(context: Context, number: int) -> bool:
    """Tell whether a line is a headline, with a stop of its own, over a teaser cut short."""
    follower = number + 1
    return (
        len(context.lines[number]) < PROSE_LENGTH
        and follower < len(context.lines)
        and context.is_teaser(follower)
    )


def _is_subheading(context: Context, number: int) -> bool:
    """Tell whether the last line before the prose goes with that prose."""
    if number in context.rules_at or context.is_teaser(number):
        return False
    if _hangs_on_prose(context, number):
        return True
    line = context.lines[number]
    follows = context.stems(*range(number + 1, min(number + 3, len(context.lines))))
    return line.count(" ") < _SUBHEADING and bool(context.stems(number) & follows)


def _hangs_on_prose(context: Context, number: int) -> bool:
    """Tell whether a blank line sets a line off from what is above it, but none from below."""
    text, segments = context.document.text, context.document.segments
    above, own, below = segments[number - 1 : number + 2]
    return text.count("\n", above.end, own.start) > 1 >= text.count("\n", own.end, below.start)
