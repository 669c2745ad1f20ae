"""Threads of readers' comments: what readers wrote stands between lines that rules know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, dropwhile
from operator import mul

from cleaner.find.context import Context
from cleaner.find.named import COMMENT_THREAD
from cleaner.types import Confidence, Decision

# Lines around comments that are there, and invitations to comment, which may stand anywhere.
_COMMENTS, _INVITATIONS = "comments", "comment-form"
# Rules that take them; in a transcript all such lines are of one kind: “Anna says:”.
_KINDS = 2
# Such lines that may be far from each other; a button and a number of comments stand alone too.
_SEVERAL = 3
# Lines around comments that are there, in a thread that is certain. Of what threads take on the
# shared pages one word in a thousand is the article's (`benchmarks.by_rule`).
_MANY = 4
# Words between two of these lines; comments are seldom longer.
_GAP = 600
# Words between the first of them and the next line around a comment, or between the only two; where
# more stand there, a counter or a link of a menu stands over the article.
_FIRST_GAP = 200
# Words of prose before a thread, and the share of them that may stand behind it: comments follow
# an article, no article follows them.
_ARTICLE, _BEHIND = 60, 0.5


def find_comments(context: Context) -> Iterator[Decision]:
    """Propose what stands among the lines around comments, behind the article."""
    marks = _lines_of(context, {_COMMENTS, _INVITATIONS})
    if len(marks) < _KINDS:
        return
    firsts = frozenset(_lines_of(context, {_COMMENTS}))
    prose = list(accumulate(map(mul, context.words, context.prose), initial=0))
    for run in _runs(marks, context.words):
        thread = _from_first(run, firsts, context.words)
        if _is_thread(context, thread) and _is_behind(thread, prose):
            first, last = context.lines[thread[0]][:40], context.lines[thread[-1]][:40]
            sure: Confidence = "certain" if len(firsts.intersection(thread)) >= _MANY else "likely"
            for number in sorted({*range(thread[0], _end(context, thread))}.difference(thread)):
                yield context.propose(
                    context.span(number),
                    COMMENT_THREAD,
                    f"Stands between “{first}” and “{last}”, among {len(thread)} such lines.",
                    sure,
                )


def _lines_of(context: Context, categories: AbstractSet[str]) -> list[int]:
    """Return the lines that rules of some categories take, in order."""
    return [
        number
        for number, rules in sorted(context.rules_at.items())
        if any(rule.category in categories for rule in rules)
    ]


def _runs(marks: Sequence[int], words: Sequence[int]) -> Iterator[list[int]]:
    """Part the marks where too much stands between two of them."""
    before = list(accumulate(words, initial=0))
    run: list[int] = []
    for mark in marks:
        if run and before[mark] - before[run[-1] + 1] > _GAP:
            yield run
            run = []
        run.append(mark)
    yield run


def _from_first(run: Sequence[int], firsts: AbstractSet[int], words: Sequence[int]) -> list[int]:
    """Return the marks of a run from the first comment on; ``firsts`` are lines around comments."""
    thread = list(dropwhile(lambda number: number not in firsts, run))
    if thread[1:2] and thread[1] in firsts and sum(words[thread[0] + 1 : thread[1]]) > _FIRST_GAP:
        return thread[1:]
    return thread


def _end(context: Context, thread: Sequence[int]) -> int:
    """Return the number of the segment behind a thread.

    Where its last line says that somebody writes, a comment follows, to the next line that a rule
    knows.
    """
    last = thread[-1]
    if not context.lines[last].endswith(":"):
        return last
    known = (number for number in sorted(context.rules_at) if number > last)
    end = next(known, len(context.lines))
    return end if sum(context.words[last + 1 : end]) <= _GAP else last


def _is_thread(context: Context, thread: Sequence[int]) -> bool:
    kinds = {rule.id for number in thread for rule in context.rules_at[number]}
    if len(kinds) < _KINDS:
        return False
    return len(thread) >= _SEVERAL or sum(context.words[thread[0] : thread[-1]]) <= _FIRST_GAP


def _is_behind(thread: Sequence[int], prose: Sequence[int]) -> bool:
    """Tell whether the article stands before a thread; ``prose`` are its words before each line."""
    before, behind = prose[thread[0]], prose[-1] - prose[thread[-1]]
    return before >= _ARTICLE and behind <= _BEHIND * before
