"""Quotation marks that an engine turned round, spaced, mixed or left as guillemets.

Only English lines are looked at: German „…“ closes with the mark English opens with, Swedish and
Finnish ”…” opens with the one English closes with, and guillemets are right in a dozen languages.

A mark alone says little; its sides say more. A mark with a blank on the left and a letter on the
right opens, the reverse closes, whatever was printed. It is turned only when the line agrees: a
printed “ closes only while a quotation is open, a printed ” opens only while none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cleaner.repair.gates import looks_like_code
from cleaner.repair.model import Context, Edit, Repair, Step

Shape = Literal["opens", "closes", "spaced", "glued"]

_BEFORE_OPENING = " \u00a0\t([{—–-‘“/"
_AFTER_CLOSING = " \u00a0\t.,;:!?)]}—–-’”/…"
_GUILLEMET_PAIR = re.compile(r"«[ \u00a0\u202f]?([^«»]{1,600}?)[ \u00a0\u202f]?»")
_CLAUSE = re.compile(r"[:,]\Z")
_MIXED_END = re.compile(r"(?<=[\w.,!?…])(?:'”|[’']\")(?![\w'])|(?<=[\w.,!?…])’“(?=[\s.,;:!?)]|\Z)")


class _Mark(NamedTuple):
    at: int
    char: str
    shape: Shape


def guillemets(line: str, context: Context) -> Iterator[Edit]:
    """Print the guillemets of an English line as English quotation marks.

    >>> english = Context("en")
    >>> [e.replacement for e in guillemets("They call it « the long wait » here.", english)]
    ['“', '”']
    >>> list(guillemets("Shift with x << 2 and y >> 1.", english))
    []
    """
    if not context.english or "«" not in line:
        return
    for match in _GUILLEMET_PAIR.finditer(line):
        inner = line[: match.start()].count("“") > line[: match.start()].count("”")
        opening, closing = ("‘", "’") if inner else ("“", "”")
        yield Edit(match.start(), match.start(1), opening, "quotes-guillemets")
        yield Edit(match.end(1), match.end(), closing, "quotes-guillemets")


def mixed_end(line: str, context: Context) -> Iterator[Edit]:
    """Close a nested quotation with the marks it was opened with.

    >>> english = Context("en")
    >>> line = "“He asked, ‘Is it here?'” she said."
    >>> [(e.start, e.replacement) for e in mixed_end(line, english)]
    [(23, '’”')]
    >>> list(mixed_end("He is 6' 2\\" tall, and the board is 5’\\" wide.", english))
    []
    """
    if not context.english or "‘" not in line:
        return
    for match in _MIXED_END.finditer(line):
        before = line[: match.start()]
        if before.rfind("‘") > max(before.rfind("“"), -1) >= 0 and not _single_closed(before):
            yield Edit(match.start(), match.end(), "’”", "quotes-mixed-end")


def _single_closed(before: str) -> bool:
    """Whether the last ‘ was already closed by a ’ that is no apostrophe."""
    rest = before[before.rfind("‘") :]
    return any(
        not rest[at + 1 : at + 2].isalnum() and rest[at - 1 : at] != "s"
        for at in (m.start() for m in re.finditer("’", rest))
    )


def turned(line: str, context: Context) -> Iterator[Edit]:
    """Turn the marks that stand the wrong way round, and the blanks that came with them.

    >>> english = Context("en")
    >>> def mend(line):
    ...     for edit in reversed(list(turned(line, english))):
    ...         line = line[: edit.start] + edit.replacement + line[edit.end :]
    ...     return line
    >>> mend("“We stay,“ she said.")
    '“We stay,” she said.'
    >>> mend("He calls it a ”detour” of sorts.")
    'He calls it a “detour” of sorts.'
    >>> mend("“I told them:” We stay where we are “, she said.")
    '“I told them: ‘We stay where we are’”, she said.'
    >>> mend("“I told them:” We stay “, and they laughed,” she said.")
    '“I told them: ‘We stay’, and they laughed,” she said.'
    >>> mend("She said:” We stay where we are “.")
    'She said: “We stay where we are”.'
    >>> mend("It is a ” slow road “, they say.")
    'It is a “ slow road”, they say.'
    >>> mend("“This paragraph is quoted on")
    '“This paragraph is quoted on'
    """
    if not context.english or "„" in line or "«" in line:
        return
    marks = [_Mark(at, line[at], _shape(line, at)) for at in _positions(line)]
    is_open = False
    inherited = context.quote_open
    skip = -1
    for index, mark in enumerate(marks):
        if index <= skip:
            continue
        following = marks[index + 1] if index + 1 < len(marks) else None
        if mark.char == "”" and _after_clause(line, mark) and following is not None:
            end = _end_of_clause_quote(line, following)
            if end:
                after = marks[index + 2] if index + 2 < len(marks) else None
                goes_on = after is not None and after.char == "”" and after.shape == "closes"
                yield from _clause_quote(line, mark, following, (is_open, is_open and goes_on))
                is_open, skip = is_open and goes_on, index + 1
                continue
        edit = _turn(line, mark, is_open or inherited, following)
        if edit:
            yield edit
            is_open = "“" in edit.replacement
            inherited = False
        elif mark.char == "“":
            is_open = True
        else:
            is_open = inherited = False


def spaced(line: str, context: Context) -> Iterator[Edit]:
    """Take the blanks out from inside a pair of quotation marks.

    >>> english = Context("en")
    >>> [(e.start, e.end) for e in spaced("It is a “ slow road ” they say.", english)]
    [(9, 10), (19, 20)]
    >>> list(spaced("The “fast” and the ”slow” road.", english))
    []
    """
    if not context.english:
        return
    opened: _Mark | None = None
    for at in _positions(line):
        mark = _Mark(at, line[at], _shape(line, at))
        if mark.char == "“":
            opened = mark
        elif opened is not None:
            yield from _trimmed(line, opened.at, at)
            opened = None


def spaced_straight(line: str, context: Context) -> Iterator[Edit]:
    """Take the blanks out from inside a pair of straight quotation marks.

    >>> english = Context("en")
    >>> [e.start for e in spaced_straight('It is a " slow road " they say.', english)]
    [9, 19]
    >>> list(spaced_straight('A 9 " board and a 4 " nail; the "fast" and the "slow" road', english))
    []
    """
    marks = [match.start() for match in re.finditer('"', line)]
    if not context.english or len(marks) % 2 or looks_like_code(line):
        return
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        inside = line[start + 1 : end]
        inch = line[max(0, start - 2) : start].strip().isdigit()
        if len(inside) > 2 and inside[0] == inside[-1] == " " and not inch:
            yield Edit(start + 1, start + 2, "", "quotes-spaced")
            yield Edit(end - 1, end, "", "quotes-spaced")


def _trimmed(line: str, start: int, end: int) -> Iterator[Edit]:
    inside = line[start + 1 : end]
    body = inside.strip(" \u00a0\u202f")
    if not body or body == inside:
        return
    left = len(inside) - len(inside.lstrip(" \u00a0\u202f"))
    right = len(inside) - len(inside.rstrip(" \u00a0\u202f"))
    if left:
        yield Edit(start + 1, start + 1 + left, "", "quotes-spaced")
    if right and (left or not body.endswith(("’", "'"))):  # some set a blank in ‘Go.’ ”
        yield Edit(end - right, end, "", "quotes-spaced")


def _positions(line: str) -> list[int]:
    return [match.start() for match in re.finditer("[“”]", line)]


def _shape(line: str, at: int) -> Shape:
    left, right = line[at - 1 : at], line[at + 1 : at + 2]
    blank_left = not left or left in _BEFORE_OPENING
    blank_right = not right or right in _AFTER_CLOSING
    if blank_left and blank_right:
        return "spaced"
    if blank_left:
        return "opens"
    return "closes" if blank_right else "glued"


def _after_clause(line: str, mark: _Mark) -> bool:
    """Whether a ” stands between ``clause:`` and the text that the clause announces."""
    before, after = line[mark.at - 1 : mark.at], line[mark.at + 1 : mark.at + 3]
    return before == ":" and len(after) == 2 and after[0] == " " and _starts_text(after[1])


def _starts_text(char: str) -> bool:
    return char.isalnum() or char in "‘$€£¡¿(…#@"


def _end_of_clause_quote(line: str, mark: _Mark) -> bool:
    if mark.char == "”":
        return mark.shape in {"closes", "spaced"}
    return mark.shape in {"spaced", "closes"} and (
        mark.shape == "closes" or line[mark.at - 1 : mark.at] == " "
    )


def _clause_quote(line: str, mark: _Mark, end: _Mark, nested: tuple[bool, bool]) -> Iterator[Edit]:
    """Yield the marks of a quotation after a colon.

    ``nested`` says whether it stands inside another one, and whether that one goes on after it.
    """
    is_open, goes_on = nested
    rule = "quotes-nested" if is_open else "quotes-clause"
    opening, closing = (" ‘", "’”") if is_open else (" “", "”")
    yield Edit(mark.at, mark.at + 2, opening, rule)
    start = end.at - 1 if line[end.at - 1 : end.at] == " " else end.at
    yield Edit(start, end.at + 1, "’" if goes_on else closing, rule)


def _turn(line: str, mark: _Mark, is_open: bool, following: _Mark | None) -> Edit | None:
    """Return the edit that turns ``mark``, or None where it stands as it should."""
    at = mark.at
    if mark.char == "”":
        opens = mark.shape == "opens" and _opens_something(line, at, following)
        if not is_open and (opens or _opens_spaced(line, mark, following)):
            return Edit(at, at + 1, "“", "quotes-turned")
        return None
    if not is_open:
        return None
    if mark.shape == "closes":
        return Edit(at, at + 1, "”", "quotes-turned")
    if mark.shape == "spaced" and line[at - 1 : at] == " " and _after_spaced_end(line, at):
        return Edit(at - 1, at + 1, "”", "quotes-turned")
    return None


def _opens_something(line: str, at: int, following: _Mark | None) -> bool:
    return _starts_text(line[at + 1 : at + 2]) and (
        following is None or following.char == "”" or following.shape in {"opens", "closes"}
    )


def _opens_spaced(line: str, mark: _Mark, following: _Mark | None) -> bool:
    """Whether a ” between two blanks opens what the next mark, blank on its left, closes."""
    return (
        mark.shape == "spaced"
        and line[mark.at + 1 : mark.at + 2] == " "
        and not line[max(0, mark.at - 2) : mark.at].rstrip()[-1:].isdigit()
        and following is not None
        and following.shape == "spaced"
        and line[following.at - 1] == " "
    )


def _after_spaced_end(line: str, at: int) -> bool:
    """Whether what stands right of a blank-surrounded “ lets it close."""
    right = line[at + 1 : at + 2]
    return right != " " or line[at + 2 : at + 3] != " "


STEPS = (
    Step(guillemets, cue="«"),
    Step(mixed_end, cue=r"['’]”|’[\"“]"),
    Step(turned, cue=r"“(?:[\s.,;:!?)\]}—–’”/…-]|$)|(?:^|[\s(\[{—–‘“/-])”|”[\pL\d‘$€£]|:”"),
    Step(spaced_straight, cue=r"(?:^|\s)\" [^\"\n]+ \""),
    Step(spaced, cue=r"“[ \x{a0}\x{202f}]|[ \x{a0}\x{202f}]”"),
)

REPAIRS = (
    Repair(
        "quotes-guillemets",
        "quotes",
        "certain",
        "repair",
        "en",
        "Guillemets in an English line become English quotation marks.",
        "They call it « the long wait » and shrug.",
        "They call it “the long wait” and shrug.",
        "It shifts the number with x << 2, and that is all it does.",
        11,
    ),
    Repair(
        "quotes-mixed-end",
        "quotes",
        "certain",
        "repair",
        "en",
        "A nested quotation closes with the kind of marks it opened with.",
        "“They asked me, ‘Is the bridge open?'” she said.",
        "“They asked me, ‘Is the bridge open?’” she said.",
        'He is 6\' 2" tall, and the board measures 9" by 4".',
        12,
    ),
    Repair(
        "quotes-turned",
        "quotes",
        "certain",
        "repair",
        "en",
        "A quotation mark printed the wrong way round is turned where pairing and blanks agree.",
        "“The bridge stays closed,“ said the mayor of the town.",
        "“The bridge stays closed,” said the mayor of the town.",
        "The testers are from 5’5” to 5’11” in height.",
        6,
    ),
    Repair(
        "quotes-nested",
        "quotes",
        "certain",
        "repair",
        "en",
        "Guillemets flattened inside a quotation become a nested quotation.",
        "“I told the board:” We keep the ferry “, said the mayor of the town.",
        "“I told the board: ‘We keep the ferry’”, said the mayor of the town.",
        "“I told the board: ‘We keep the ferry,’” said the mayor of the town.",
        9,
    ),
    Repair(
        "quotes-clause",
        "quotes",
        "certain",
        "repair",
        "en",
        "A quotation after a colon opens after the blank, not before it.",
        "The mayor of the town said:” We keep the ferry “.",
        "The mayor of the town said: “We keep the ferry”.",
        "She wrote “keep the ferry:” in the margin of the page.",
        8,
    ),
    Repair(
        "quotes-spaced",
        "quotes",
        "certain",
        "repair",
        "en",
        "Blanks just inside a pair of quotation marks go.",
        "The town calls it a “ summer ferry ” in its papers.",
        "The town calls it a “summer ferry” in its papers.",
        "“Did the mayor say ‘now’?” she asked; “he said, ‘Go.’ ”",
        10,
    ),
)
