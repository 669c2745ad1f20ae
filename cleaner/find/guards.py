"""Lines that look like residue and belong to an article all the same."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import compress, islice

from cleaner.find.context import Context

# Entries; that many dates or names that each head prose make a diary, a list or a live blog.
_DIARY = 3
# Lines of prose; a date or name behind so much of the article heads a part of it.
_INSIDE = 2
# Code points; what a date or name heads is longer than a label.
_ENTRY = 20
# Words; a shorter line that stays may be a label, which nothing continues.
_PHRASE = 4
# Lines of prose that say what the article is about; lines over them where a title stands, but for
# those that rules know; words of one stem that it has in common with them; their share of its
# content words. On the shared texts three quarters of such lines that weigh like residue are the
# article's. Of first lines most are that have two words in common.
_LEAD, _OVER, _COMMON, _COMMON_SHARE, _COMMON_FIRST = 4, 3, 3, 0.6, 2
# Lines that a program prints, as far as articles show them.
_OUTPUT = 4
_LABELS = frozenset({"byline", "date", "post-list"})
_KINDS = {"code": "a line of code", "table": "a row of a table"}


def prose_words(context: Context) -> int:
    """Count the words of prose."""
    return sum(compress(context.words, context.prose))


def guarded(context: Context, number: int, labels: frozenset[int]) -> str:
    """Say what a line may well be that only looks like residue; empty if nothing speaks for it.

    ``labels`` are the lines that ``labels_over_entries`` found.
    """
    kind = context.document.segments[number].kind
    if kind in _KINDS:
        return _KINDS[kind]
    if _is_beside_code(context, number):
        return "what a program prints"
    if _is_result(context, number) or _is_result(context, number + 1):
        return "a row of results or its heading"
    if number in labels and (len(labels) >= _DIARY or context.prose_before[number] >= _INSIDE):
        return "the date or name over an entry"
    if is_title(context, number):
        return "the title of the article"
    return ""


def beside_what_stays(context: Context, number: int, going: AbstractSet[int]) -> str:
    """Say what ties a line to one right beside it that stays; empty if nothing does.

    On the shared texts half of the words that weigh like residue beside prose, in lines of prose,
    are the article's, and nine tenths of those in the middle of a sentence, which dumps by bs4
    break at links.
    """
    beside = (near for near in (number - 1, number + 1) if 0 <= near < len(context.lines))
    staying = [near for near in beside if near not in going]
    if context.is_prose(number) and any(map(context.is_prose, staying)):
        return "a sentence of the prose beside it"
    if any(_share_a_sentence(context, number, near) for near in staying):
        return "a part of the sentence beside it"
    return ""


def _share_a_sentence(context: Context, number: int, near: int) -> bool:
    """Tell whether a sentence goes on from a line to a phrase beside it, or from that to it."""
    return context.words[near] >= _PHRASE and context.runs_on(min(number, near))


def is_title(context: Context, number: int) -> bool:
    """Tell whether a line over the first prose says what that prose says."""
    common = in_common_with_lead(context, number)
    if number == 0:
        return common >= _COMMON_FIRST
    return common >= _COMMON and common >= _COMMON_SHARE * len(context.stems(number))


def in_common_with_lead(context: Context, number: int) -> int:
    """Count the stems of a line over the first prose that stand in that prose; elsewhere none."""
    if not _is_over_prose(context, number):
        return 0
    return len(context.stems(number) & lead_stems(context))


def _is_over_prose(context: Context, number: int) -> bool:
    """Tell whether the first prose stands behind a line, few lines that no rule knows between."""
    before, unknown = context.prose_before, 0
    if before[number + 1] or not before[-1]:
        return False
    for between in range(number + 1, len(context.lines)):
        if before[between + 1]:
            return True
        unknown += between not in context.rules_at
        if unknown >= _OVER:
            return False
    return False


def lead_stems(context: Context) -> frozenset[str]:
    """Return the stems of the content words of the first lines of prose."""
    return context.stems(*islice(filter(context.is_prose, range(len(context.lines))), _LEAD))


def _is_result(context: Context, number: int) -> bool:
    """Tell whether a line and a neighbour are words with a number behind, which no rule knows."""
    return any(
        _ends_in_number(context, number) and _ends_in_number(context, beside)
        for beside in (number - 1, number + 1)
    )


def _ends_in_number(context: Context, number: int) -> bool:
    if not 0 <= number < len(context.lines):
        return False
    line = context.lines[number]
    return line[-1].isdigit() and line[0].isupper() and number not in context.rules_at


def _is_beside_code(context: Context, number: int) -> bool:
    """Tell whether code stands right behind a line, or shortly before it with no prose between."""
    segments = context.document.segments
    if number + 1 < len(segments) and segments[number + 1].kind == "code":
        return True
    for before in range(number - 1, max(number - 1 - _OUTPUT, -1), -1):
        if segments[before].kind == "code":
            return True
        if context.is_prose(before):
            return False
    return False


def labels_over_entries(context: Context) -> frozenset[int]:
    """Return the lines that are nothing but a date, time or name and stand over an entry."""
    return frozenset(
        number
        for number, rules in context.rules_at.items()
        if number + 1 < len(context.lines)
        and number + 1 not in context.rules_at
        and len(context.lines[number + 1]) >= _ENTRY
        and any(rule.category in _LABELS for rule in rules)
    )
