"""What commands read: files and directories, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from cleaner.errors import InputError

if TYPE_CHECKING:
    from cleaner.corpus.sources import Format, Inventory
    from cleaner.corpus.work import Outcome, Worker


def is_standard_input(paths: Sequence[Path]) -> bool:
    """Tell whether ``-`` is given. Raises UsageError when it is not alone."""
    if Path("-") in paths and len(paths) > 1:
        raise click.UsageError("- stands alone")
    return Path("-") in paths


def standard_input() -> IO[bytes]:
    """Return the bytes of standard input. Raises InputError when there is none."""
    if sys.stdin is None:
        raise InputError("-: standard input is closed")
    return sys.stdin.buffer


def carry_out(
    paths: Sequence[Path], format_: Format, worker: Worker, workers: int
) -> tuple[Inventory, Iterator[Outcome]]:
    """Return the inputs and, as they come, the outcomes of a worker on them.

    Standard input is no file, and leaves the inventory empty.
    """
    from cleaner.corpus.batch import number_of_workers, run  # noqa: PLC0415 - late, as in commands
    from cleaner.corpus.sources import Inventory, take_inventory  # noqa: PLC0415

    if is_standard_input(paths):
        return Inventory((), (), 0), worker.stream(standard_input(), format_)
    inventory = take_inventory(paths, format_)
    return inventory, run(inventory, worker, number_of_workers(workers, inventory))
