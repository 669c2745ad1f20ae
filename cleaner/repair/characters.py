"""Characters without width, no-break blanks, doubled blanks and full-width marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import looks_like_table
from cleaner.repair.model import Context, Edit, Repair, Step

_INVISIBLE = re.compile("(?<=[^\\W_])[\u200b\u2060\ufeff\u00ad\u200e\u200f]+(?=[^\\W_])")
_FULLWIDTH = {"，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?", "、": ","}
_FULLWIDTH_MARK = re.compile(
    r"(?<=[A-Za-zÀ-ɏ0-9%)”’\"'])([，。；：！？、])(\s?)(?![\u3040-\u30ff\u4e00-\u9fff])"
)
_SPACES = re.compile(r"(?<=\S) {2,}(?=[^\s;/#])")
_NBSP = re.compile(r"(?<=[^\W\d_])[\u00a0\u2002-\u200a\u202f\u205f\u3000](?=[^\W\d_])")
_ELLIPSIS = re.compile(r"(?<=[^\W\d_]) …(?= [a-z])")


def invisible(line: str, context: Context) -> Iterator[Edit]:
    """Take characters without width out of words; soft hyphens only in English.

    >>> [(e.start, e.end) for e in invisible("the har\\u200bbour", Context("de"))]
    [(7, 8)]
    >>> list(invisible("Hafen\\u00adstadt", Context("de")))
    []
    """
    if line.isascii():
        return
    for match in _INVISIBLE.finditer(line):
        before, after = line[match.start() - 1], line[match.end()]
        if before < "\u0500" and after < "\u0500" and ("\u00ad" not in match[0] or context.english):
            yield Edit(match.start(), match.end(), "", "spacing-invisible")


def fullwidth(line: str, _context: Context) -> Iterator[Edit]:
    """Print full-width marks in Latin text as the Latin marks.

    >>> [e.replacement for e in fullwidth("Late，but here。", Context("en"))]
    [', ', '.']
    """
    if line.isascii():
        return
    for match in _FULLWIDTH_MARK.finditer(line):
        right = line[match.end() : match.end() + 1]
        blank = " " if right and (right.isalnum() or right in "“‘\"'(*") else ""
        yield Edit(match.start(), match.end(), _FULLWIDTH[match[1]] + blank, "spacing-fullwidth")


def no_break(line: str, context: Context) -> Iterator[Edit]:
    """Print no-break blanks between English words as blanks; those at numbers stay."""
    if context.english and not line.isascii():
        for match in _NBSP.finditer(line):
            yield Edit(match.end() - 1, match.end(), " ", "spacing-no-break")


def double(line: str, context: Context) -> Iterator[Edit]:
    """Print several blanks between words as one, except in columns."""
    if "  " not in line or context.stacked or looks_like_table(line):
        return
    matches = list(_SPACES.finditer(line))
    if sum(match.end() - match.start() > 3 for match in matches) > 1:
        return
    for match in matches:
        yield Edit(match.start() + 1, match.end(), "", "spacing-double")


def ellipsis(line: str, context: Context) -> Iterator[Edit]:
    """Close up a blank before an ellipsis; a matter of style, so only at ``thorough``."""
    if context.english and " …" in line:
        for match in _ELLIPSIS.finditer(line):
            yield Edit(match.start(), match.start() + 1, "", "spacing-ellipsis")


STEPS = (
    Step(invisible, cue=r"[\x{ad}\x{200b}\x{200e}\x{200f}\x{2060}\x{feff}]"),
    Step(fullwidth, cue=r"[，。；：！？、]"),
    Step(no_break, cue=r"\pL[\x{a0}\x{2002}-\x{200a}\x{202f}\x{205f}\x{3000}]\pL"),
    Step(double, cue=r"\S  +\S"),
    Step(ellipsis, cue=r"\pL … [a-z]"),
)

REPAIRS = (
    Repair(
        "spacing-invisible",
        "spacing",
        "certain",
        "repair",
        "any",
        "Characters without width inside a word go; soft hyphens only in English.",
        "The har\u200bbour was clo\xadsed in win\ufeffter.",
        "The harbour was closed in winter.",
        "The family emoji 👨\u200d👩\u200d👧 stays whole.",
        42,
    ),
    Repair(
        "spacing-fullwidth",
        "spacing",
        "certain",
        "repair",
        "any",
        "Full-width marks after Latin letters become the Latin marks.",
        "The ferry was late，and full。Nobody came。",
        "The ferry was late, and full. Nobody came.",
        "他说：“我们不会离开。”然后走了。",
        41,
    ),
    Repair(
        "spacing-no-break",
        "spacing",
        "likely",
        "repair",
        "en",
        "No-break blanks between English words become blanks; beside numbers they stay.",
        "The\xa0ferry was\xa0late by 5\xa0km of fog.",
        "The ferry was late by 5\xa0km of fog.",
        "The ferry was late by 12\xa0minutes.",
        42,
    ),
    Repair(
        "spacing-double",
        "spacing",
        "likely",
        "repair",
        "any",
        "Several blanks between words become one, except in columns.",
        "The ferry  was late and   full.",
        "The ferry was late and full.",
        "| ferry  | late |",
        42,
    ),
    Repair(
        "spacing-ellipsis",
        "spacing",
        "unsure",
        "repair",
        "en",
        "A blank before an ellipsis goes; a matter of style, left alone by default.",
        "The ferry was late … again.",
        "The ferry was late… again.",
        "Late … Again.",
        40,
    ),
)
