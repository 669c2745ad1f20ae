"""Run a corpus through a cleaner, in one process or several, and write what comes out.

Results come in the order of the sources whatever the number of processes, so the log and the
clean files are the same bytes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Self

from cleaner.corpus.sinks import NewFile, place
from cleaner.corpus.sources import Inventory, Source, Trouble
from cleaner.corpus.tasks import Task, share_out
from cleaner.corpus.work import Outcome, Worker
from cleaner.errors import CleanerError, OutputError
from cleaner.log import Problem, encode

# Bytes of input under which starting further processes costs more than they save.
SMALL = 8 << 20
# Tasks handed out ahead of the results, for each process.
AHEAD = 4

_worker: Worker | None = None  # of this process, when it is one of the pool


def number_of_workers(asked: int, inventory: Inventory) -> int:
    """Return ``asked``, or for 0 the number of usable cores; one for a small corpus."""
    if asked:
        return asked
    return 1 if inventory.size < SMALL else len(os.sched_getaffinity(0))


def run(
    inventory: Inventory, worker: Worker, workers: int, stop: Callable[[], bool] = lambda: False
) -> Iterator[Outcome]:
    """Yield the outcomes of a corpus, troubles of the inventory first.

    Once ``stop`` says so no further task is begun; those begun are brought to their end.
    Raises CleanerError when a worker process dies.
    """
    yield Outcome(troubles=inventory.troubles)
    shared = share_out(inventory.sources, worker.max_bytes)
    tasks = takewhile(lambda _: not stop(), shared)
    yield from map(worker, tasks) if workers == 1 else _run_in_processes(tasks, worker, workers)


def protect_inputs(inventory: Inventory, out: Path, log: Path) -> Inventory:
    """Turn every source whose clean file would replace an input, or the log, into a Trouble."""
    top = out.resolve()
    inputs = {source.path.resolve() for source in inventory.sources}
    inside = {path for path in inputs if path.is_relative_to(top)} | {log.resolve()}
    if not any(top.joinpath(s.name) in inside for s in inventory.sources):
        return inventory
    kept: list[Source] = []
    troubles = list(inventory.troubles)
    for source in inventory.sources:
        target = top / source.name
        if target not in inside:
            kept.append(source)
            continue
        what = "the log" if target == log.resolve() else "an input"
        cause = f"its clean file would take the place of {what}: {target}"
        troubles.append(Trouble(source.path, source.document, cause))
    return replace(inventory, sources=tuple(kept), troubles=tuple(troubles))


def write(outcomes: Iterable[Outcome], out: Path, log: NewFile) -> Iterator[Outcome]:
    """Write the log and the clean JSON Lines files; pass on the outcomes.

    Other clean files were written by the workers. Where a JSON Lines file cannot be written, its
    outcomes turn into one Trouble.
    """
    with JsonLinesFiles(out) as files:
        for outcome in outcomes:
            done = files.take(outcome)
            log.write(log_lines(done))
            yield done


def log_lines(outcome: Outcome) -> bytes:
    """Return the log of an outcome: its problems, then its documents and their decisions."""
    problems = (Problem(document=t.document, line=t.line, cause=t.cause) for t in outcome.troubles)
    return b"".join(map(encode, problems)) + outcome.log


class JsonLinesFiles:
    """The clean JSON Lines files, which come in parts; one is open at a time."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._file: NewFile | None = None
        self._given_up: Path | None = None  # source of a file that cannot be written

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.discard()

    def take(self, outcome: Outcome) -> Outcome:
        """Write the part that an outcome brings, and return what is to be logged of it."""
        if outcome.task is None:
            return outcome
        source = outcome.task.source
        if source.path == self._given_up:
            return Outcome(size=outcome.size)
        try:
            self._write(source, outcome)
        except OutputError as error:
            self._given_up = source.path
            return Outcome(troubles=(Trouble(source.path, source.document, str(error)),))
        return outcome

    def _write(self, source: Source, outcome: Outcome) -> None:
        if self._file is None:
            self._file = NewFile(place(self._out, source.name), packed=source.gzip)
        self._file.write(outcome.data)
        if outcome.task is not None and outcome.task.last:
            self._file.commit()
            self._file = None


def _run_in_processes(tasks: Iterable[Task], worker: Worker, workers: int) -> Iterator[Outcome]:
    # Late: a small corpus needs neither.
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    pending: deque[Future[Outcome]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (worker,))
    try:
        for task in tasks:
            pending.append(pool.submit(_work, task))
            if len(pending) > workers * AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool:
        raise CleanerError("a worker process died; is there memory for --workers?") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _start(worker: Worker) -> None:
    """Make a process of the pool ready; an interrupt is the parent's to handle."""
    import signal  # noqa: PLC0415

    global _worker  # noqa: PLW0603 - the pool offers no other place
    _worker = worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(task: Task) -> Outcome:
    assert _worker is not None
    return _worker(task)
