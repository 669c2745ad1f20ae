"""Lines that no rule names, and that shape, place and neighbours show to be residue."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from math import inf
from typing import TYPE_CHECKING

from cleaner.find.context import Context
from cleaner.find.guards import (
    beside_what_stays,
    guarded,
    labels_over_entries,
    prose_words,
)
from cleaner.find.named import STRAY_LINE
from cleaner.read.dumps import is_broken_up, is_dump
from cleaner.read.language import is_english
from cleaner.types import Decision

if TYPE_CHECKING:
    from cleaner.find.weigh import Weighed

# Words of prose. In a text with less there is no article to set a line off from; in a dump of a
# whole page, much is set off from little, but with no prose at all it may be a poem.
_LEAST_PROSE, _LEAST_IN_DUMP = 60, 25
# In a text that is mostly prose, and not much of it, weighing takes parts of the article for
# surroundings: what no rule knows there is unsure, unless verdicts agree. But in a dump there are
# surroundings.
_LITTLE_PROSE = 300
# Words. Weights know English best: on the shared texts in other languages, most that they take in
# longer lines, outside of dumps, is the article's. Words of East Asia say more; of Korean, so does
# most that is taken in dumps.
_LONG, _LONG_IN_EAST_ASIA = 40, 12
_EAST_ASIA = frozenset({"ja", "ko", "zh"})


def find_stray_lines(context: Context, taken: AbstractSet[int]) -> Iterator[Decision]:
    """Propose the lines that weigh more than the limits of their confidence; hold guarded ones.

    Lines that are ``taken`` are known to be residue.
    """
    if not worth_weighing(context, taken):
        return
    from cleaner.find.weigh import weigh  # noqa: PLC0415 - late: numpy

    weighed = weigh(context.document, context.categories_at, taken)
    if not weighed:
        return
    doubtful = _doubtful_from(context)
    labels = labels_over_entries(context)
    going = {*taken, *(line.segment for line in weighed if line.confidence != "unsure")}
    for line in weighed:
        number = line.segment
        confidence = "unsure" if _is_unknown(context, line, doubtful) else line.confidence
        decision = context.propose(context.span(number), STRAY_LINE, f"{line.reason}.", confidence)
        guard = guarded(context, number, labels) or beside_what_stays(context, number, going)
        yield decision.held(f"may be {guard}") if guard else decision


def _is_unknown(context: Context, line: Weighed, doubtful: float) -> bool:
    """Tell whether no rule knows a line of so many words that its weight proves too little."""
    if line.segment in context.categories_at or (line.agreed and not doubtful):
        return False
    return context.words[line.segment] >= doubtful


def _doubtful_from(context: Context) -> float:
    """Return the number of words from which on a line that no rule knows is unsure."""
    language, words = context.document.language, prose_words(context)
    dumped = is_dump(context.document)
    if words < _LITTLE_PROSE and 2 * words > sum(context.words) and not dumped:
        return 0
    if language == "ko" or (language in _EAST_ASIA and not dumped):
        return _LONG_IN_EAST_ASIA
    return inf if dumped or is_english(language) else _LONG


def worth_weighing(context: Context, taken: AbstractSet[int]) -> bool:
    """Tell whether stray lines may be told from an article here.

    An article of which nothing is taken is probably clean: it is left alone, which saves time too.
    """
    if not taken and not is_broken_up(context.document):
        return False
    words = prose_words(context)
    return words >= _LEAST_PROSE or (words >= _LEAST_IN_DUMP and is_dump(context.document))
