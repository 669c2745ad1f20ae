"""The gutter view: source lines with their numbers, what goes, what is mended, and the rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import click

from cleaner.types import Decision

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n?|\n")
# Characters that are shown of a line, and of unchanged text beside a change within one.
_WIDTH = 100
_BESIDE = 40
_COLOURS = {"-": "red", "~": "yellow", "?": "cyan"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show: unchanged lines around a change, and whether finds that changed nothing."""

    context: int = 2
    held: bool = False


@dataclass(slots=True)
class _Line:
    """A line that is not blank: its number, its span without the line break, what touches it."""

    number: int
    start: int
    end: int
    touched: list[Decision] = field(default_factory=list)


def gutter_lines(source: str, decisions: Sequence[Decision], choice: Choice) -> Iterator[str]:
    r"""Yield the lines of the view, with colours; none where there is nothing to show.

    >>> cut = Decision(4, 8, "\ntop", "", "remove", "a-top", "x", "certain", "applied", "")
    >>> [click.unstyle(line) for line in gutter_lines("Rain\ntop\n", [cut], Choice())]
    ['    1   Rain', '    2 - top  [a-top]']
    """
    shown = [d for d in decisions if choice.held or d.status == "applied"]
    lines = _touched_lines(source, shown)
    wanted = _with_context([bool(line.touched) for line in lines], choice.context)
    previous = -1
    for place in wanted:
        if previous >= 0 and place > previous + 1:
            yield click.style("      ⋮", dim=True)
        yield _show(source, lines[place])
        previous = place


def _touched_lines(source: str, decisions: Iterable[Decision]) -> list[_Line]:
    """Return the lines that are not blank, with the decisions that touch more than their ends."""
    breaks = [found.start() for found in _BREAK.finditer(source)]
    lines = [
        _Line(bisect_left(breaks, found.start()) + 1, found.start(), found.end())
        for found in _LINE.finditer(source)
        if not found[0].isspace()
    ]
    starts = [line.start for line in lines]
    for decision in decisions:
        first = max(bisect_right(starts, decision.start) - 1, 0)
        for line in lines[first : bisect_right(starts, decision.end)]:
            if _touches(source, decision, line):
                line.touched.append(decision)
    return lines


def _touches(source: str, decision: Decision, line: _Line) -> bool:
    start, end = max(decision.start, line.start), min(decision.end, line.end)
    if decision.action == "remove":
        return bool(source[start:end].strip()) if start < end else False
    only_breaks = not (decision.original + decision.replacement).strip("\r\n")
    return start <= end and not only_breaks


def _with_context(touched: Sequence[bool], context: int) -> list[int]:
    """Return the places of touched lines and of those within ``context`` lines of one."""
    wanted: set[int] = set()
    for place, is_touched in enumerate(touched):
        if is_touched:
            wanted.update(range(max(place - context, 0), min(place + context + 1, len(touched))))
    return sorted(wanted)


def _show(source: str, line: _Line) -> str:
    text = source[line.start : line.end]
    applied = [d for d in line.touched if d.status == "applied"]
    if not line.touched:
        mark, shown = " ", _clip(text)
    elif not applied:
        mark, shown = "?", _clip(text)
    elif _goes(source, line, applied):
        mark, shown = "-", _clip(text)
    else:
        mark, shown = "~", _inline(source, line, applied)
    if mark in "-?":
        shown = click.style(shown, fg=_COLOURS[mark])
    names = dict.fromkeys(_name(d) for d in line.touched)
    rules = click.style(f"  [{', '.join(names)}]", dim=True) if names else ""
    gutter = click.style(f"{line.number:5} {mark}", fg=_COLOURS.get(mark), dim=mark == " ")
    return f"{gutter} {shown.rstrip()}{rules}"


def _name(decision: Decision) -> str:
    return decision.rule if decision.status == "applied" else f"{decision.rule}: {decision.reason}"


def _goes(source: str, line: _Line, applied: Sequence[Decision]) -> bool:
    """Whether nothing but blanks stays of a line."""
    position = line.start
    left: list[str] = []
    for decision in applied:
        left += source[position : max(decision.start, position)], decision.replacement
        position = max(position, min(decision.end, line.end))
    return not "".join((*left, source[position : line.end])).strip()


def _inline(source: str, line: _Line, applied: Sequence[Decision]) -> str:
    """Show a line with ``[-what goes-]`` and ``{+what comes+}`` in place."""
    parts: list[str] = []
    position = line.start
    for decision in applied:
        start, end = max(decision.start, line.start), min(decision.end, line.end)
        parts.append(_beside(source[position:start], head=position == line.start))
        if start < end:
            parts.append(click.style(f"[-{_clip(source[start:end])}-]", fg="red"))
        if decision.replacement and decision.start >= line.start:
            parts.append(click.style(f"{{+{_clip(decision.replacement)}+}}", fg="green"))
        position = end
    rest = source[position : line.end]
    parts.append(rest if len(rest) <= _BESIDE else f"{rest[:_BESIDE]}…")
    return "".join(parts)


def _beside(text: str, *, head: bool) -> str:
    """Shorten the unchanged text before a change."""
    if len(text) <= _BESIDE * (1 if head else 2):
        return text
    return f"{'' if head else text[:_BESIDE]}…{text[-_BESIDE:]}"


def _clip(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
