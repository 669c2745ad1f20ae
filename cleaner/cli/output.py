"""What commands print: troubles, progress, tables."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cleaner.corpus.sources import Inventory, Trouble
    from cleaner.corpus.tally import Tally
    from cleaner.corpus.work import Outcome

_OUTCOMES = ("removed", "repaired", "held", "flagged")
PROBLEMS = 3


def printable(text: str) -> str:
    r"""Return ``text`` on one line, fit for any terminal.

    >>> printable("a\nb\udcff")
    'a\\nb\\udcff'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def show_trouble(trouble: Trouble) -> None:
    """Print why something was not cleaned, on one line of stderr."""
    line = f":{trouble.line}" if trouble.line else ""
    click.echo(printable(f"{trouble.path}{line}: {trouble.cause}"), err=True)


def with_progress(outcomes: Iterable[Outcome], size: int, *, quiet: bool) -> Iterator[Outcome]:
    """Pass outcomes on, showing troubles, and the progress in bytes where stderr is a terminal."""
    if quiet or not sys.stderr.isatty():
        for outcome in outcomes:
            for trouble in outcome.troubles:
                show_trouble(trouble)
            yield outcome
        return
    with click.progressbar(length=max(size, 1), label="cleaning", file=sys.stderr) as bar:
        for outcome in outcomes:
            for trouble in outcome.troubles:
                click.echo("\r\033[K", err=True, nl=False)
                show_trouble(trouble)
            bar.update(outcome.size)
            yield outcome


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Yield what says whether the user interrupted, so that what was begun can be ended.

    An interrupt is SIGINT, as of Ctrl-C, or SIGTERM. A second one is raised as usual.
    """
    asked = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def reset() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def ask(_signal: int, _frame: object) -> None:
        asked.set()
        reset()

    for number in before:
        signal.signal(number, ask)
    try:
        yield asked.is_set
    finally:
        reset()


def category_table(tally: Tally) -> str:
    """Lay out what became of the finds, a line for each category."""
    categories = sorted({category for category, _ in tally.outcomes})
    rows = [
        (
            category,
            *(f"{tally.outcomes[category, outcome]:,}" for outcome in _OUTCOMES),
            f"{tally.characters[category]:,}",
        )
        for category in categories
    ]
    return table(("category", *_OUTCOMES, "characters removed"), rows) if rows else ""


def totals(tally: Tally, inventory: Inventory, troubles: int) -> str:
    """Say in one line how many documents there were and what became of them."""
    parts = [f"{count(tally.documents, 'document')}, {tally.changed:,} changed"]
    parts += [f"{tally.empty:,} empty"] if tally.empty else []
    parts += [f"{count(inventory.skipped, 'file')} of other kinds skipped"] * (
        inventory.skipped > 0
    )
    parts += [count(troubles, "problem")] if troubles else []
    return "; ".join(parts)


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "file"), count(2000, "file")
    ('1 file', '2,000 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out columns: the first to the left, the others to the right.

    >>> print(table(("rule", "fired"), [("a-rule", "12")]))
    rule    fired
    a-rule     12
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = []
    for row in (header, *rows):
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
