"""Stray headlines: of other stories at the head, and titles of players that could not be shown."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.find.context import Context, words
from cleaner.find.named import AT_HEAD, BESIDE_PLAYER
from cleaner.types import Decision

# Words; shorter lines may be labels or subheadings, longer ones sentences.
_SHORTEST, _LONGEST = 5, 20
# Content words of a headline, none of which is in the article. Real subheadings share no word
# with the article too, but they are shorter (design page: 0 of 2 against 0 of 9).
_FOREIGN = 5
# Content words; in a shorter article a missing word proves nothing.
_BODY = 40
PLAYER = "player"


def find_headlines(context: Context) -> Iterator[Decision]:
    """Propose stray headlines at the head and beside player notices."""
    if context.lines and _is_foreign(context, 0):
        yield context.propose(context.span(0), AT_HEAD, AT_HEAD.summary)
    for number, rules in context.rules_at.items():
        beside = number - 1
        is_player = any(rule.category == PLAYER for rule in rules)
        if is_player and beside > 0 and is_headline(context, beside):
            yield context.propose(context.span(beside), BESIDE_PLAYER, BESIDE_PLAYER.summary)


def is_headline(context: Context, number: int) -> bool:
    """Tell whether a line has the shape of a headline: no stop, five to twenty words."""
    if context.document.segments[number].kind not in ("short", "prose"):
        return False
    line = context.lines[number]
    size = len(words(line))
    return _SHORTEST <= size <= _LONGEST and line[-1] not in '.:;,"'


def _is_foreign(context: Context, number: int) -> bool:
    own = context.stems(number)
    return (
        is_headline(context, number)
        and len(own) >= _FOREIGN
        and len(context.body_stems) >= _BODY
        and not own & context.body_stems
    )
