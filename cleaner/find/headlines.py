"""Stray headlines, of other stories or of players, and labels over the title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.find.context import Context
from cleaner.find.guards import is_title, lead_stems
from cleaner.find.named import AT_HEAD, BESIDE_PLAYER, IN_RUN, OVER_TITLE
from cleaner.types import Decision

# Words; shorter lines may be labels or subheadings, longer ones sentences.
_SHORTEST, _LONGEST = 5, 20
# Content words of a headline, none of which is in the article. Real subheadings share no word
# with the article too, but they are shorter (design page: 0 of 2 against 0 of 9).
_FOREIGN = 5
# Content words; in a shorter article a missing word proves nothing.
_BODY = 40
PLAYER = "player"
# Languages that write articles and prepositions as parts of words; what two lines share of these
# cannot be told.
_JOINED = frozenset({"ar", "he"})
# Headlines end with none of these.
_STOPS = '.:;,"'
# Lines; that many headlines in a row, of few words of the article, are a list of other stories.
_RUN = range(3, 13)
# Share of the words of such a list that may be the article's as well, and how many different words
# each line brings: items of one kind repeat themselves.
_SHARED, _OWN = 0.15, 3
# Words of a label over a title, and such lines. On the shared texts of extractors 19 in 20 of those
# that say nothing of the article are residue.
_LABEL, _LABELS = 3, 3


def find_headlines(context: Context) -> Iterator[Decision]:
    """Propose stray headlines at the head, in runs and beside player notices."""
    for run in _runs(context):
        if _are_foreign(context, run):
            for number in run:
                reason = f"{IN_RUN.summary} One of {len(run)}."
                yield context.propose(context.span(number), IN_RUN, reason)
    if context.lines and _is_foreign(context, 0):
        yield context.propose(context.span(0), AT_HEAD, AT_HEAD.summary)
    for number in _over_title(context):
        yield context.propose(context.span(number), OVER_TITLE, OVER_TITLE.summary)
    for number, rules in context.rules_at.items():
        beside = number - 1
        is_player = any(rule.category == PLAYER for rule in rules)
        if is_player and beside > 0 and is_headline(context, beside):
            yield context.propose(context.span(beside), BESIDE_PLAYER, BESIDE_PLAYER.summary)


def _runs(context: Context) -> Iterator[list[int]]:
    """Yield the runs of headlines that stand in a row, of lines that no rule knows.

    Lists that an extractor took apart have lines with nothing but a bullet between them.
    """
    known = context.categories_at
    unstopped = [number for number, line in enumerate(context.lines) if line[-1] not in _STOPS]
    for near in _in_a_row(number for number in unstopped if number not in known):
        if len(near) >= _RUN.start:
            items = (n for n in near if _is_bullet(context, n) or is_headline(context, n))
            yield from (run for run in _in_a_row(items) if _headlines(context, run) in _RUN)


def _headlines(context: Context, run: list[int]) -> int:
    return sum(not _is_bullet(context, number) for number in run)


def _is_bullet(context: Context, number: int) -> bool:
    line = context.lines[number]
    return len(line) == 1 and not line.isalnum()


def _in_a_row(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Part ascending numbers where one is left out.

    >>> list(_in_a_row([2, 3, 4, 7]))
    [[2, 3, 4], [7]]
    """
    run: list[int] = []
    for number in numbers:
        if run and number > run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _are_foreign(context: Context, run: list[int]) -> bool:
    """Tell whether the headlines of a run have many words, of which few are the article's.

    What a label or a colon announces is the article's own list.
    """
    before = run[0] - 1
    while before in context.rules_at:
        before -= 1
    if before >= 0 and (not context.is_prose(before) or context.lines[before].endswith(":")):
        return False
    own = context.stems(*run)
    return len(own) >= _OWN * _headlines(context, run) and _are_strange(
        context, own, _SHARED * len(own)
    )


def is_headline(context: Context, number: int) -> bool:
    """Tell whether a line has the shape of a headline: no stop, five to twenty words.

    A line that begins small goes on with the sentence of the line before; a link is a reference.
    """
    start, end, kind = context.document.segments[number]
    line = context.lines[number]
    if kind not in ("short", "prose") or line[-1] in _STOPS or line[0].islower() or "://" in line:
        return False
    return _SHORTEST <= len(context.document.bare[start:end].split()) <= _LONGEST


def _over_title(context: Context) -> Iterator[int]:
    """Yield the labels that stand right over the title, if it is among the first lines."""
    behind = range(1, min(_LABELS + 1, len(context.lines)))
    labelled = (number for number in behind if context.words[number - 1] <= _LABEL)
    title = next((number for number in labelled if is_title(context, number)), 0)
    for number in reversed(range(title)):
        if not _is_label(context, number, title):
            return
        yield number


def _is_label(context: Context, number: int, title: int) -> bool:
    """Tell whether a line has few words, and neither one of the title nor several of the lead."""
    if context.words[number] > _LABEL or context.lines[number][-1] in _STOPS:
        return False
    own = context.stems(number)
    return not own & context.stems(title) and (len(own) < 2 or not own <= lead_stems(context))


def _is_foreign(context: Context, number: int) -> bool:
    if not is_headline(context, number):
        return False
    own = context.stems(number)
    return len(own) >= _FOREIGN and _are_strange(context, own, 0)


def _are_strange(context: Context, own: frozenset[str], most: float) -> bool:
    """Tell whether at most so many of the stems are in the prose, and the prose is long enough.

    Most headlines share words with the first paragraphs; the others are not looked at then.
    """
    if context.document.language in _JOINED:
        return False
    shared, body = set[str](), set[str]()
    for number in range(len(context.lines)):
        if context.is_prose(number):
            found = context.stems(number)
            shared |= own & found
            if len(shared) > most:
                return False
            body |= found
    return len(body) >= _BODY
