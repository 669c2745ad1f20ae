"""Run a corpus through a cleaner, in one process or several, and write what comes out.

Results come in the order of the sources whatever the number of processes, so the log and the
clean files are the same bytes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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

# Bytes of input under which starting further processes costs more than they save: each takes
# about a second to read the rules, and a second is good for some megabytes.
SMALL = 2 << 20
# Tasks handed out ahead of the results, for each process.
AHEAD = 4

_worker: Worker | None = None  # of this process, when it is one of the pool


def number_of_workers(asked: int, inventory: Inventory) -> int:
    """Return ``asked``, or for 0 the number of usable cores; one for a small corpus."""
    if asked:
        return asked
    return 1 if inventory.size < SMALL else _usable_cores()


def run(
    inventory: Inventory, worker: Worker, workers: int, stop: Callable[[], bool] = lambda: False
) -> Iterator[Outcome]:
    """Yield the outcomes of a corpus, troubles of the inventory first.

    Once ``stop`` says so no further task is begun; those begun are brought to their end, and their
    outcomes are an unbroken run from the first.
    Raises CleanerError when a worker process dies.
    """
    yield Outcome(troubles=inventory.troubles)
    shared = share_out(inventory.sources, worker.max_bytes)
    tasks = takewhile(lambda _: not stop(), shared)
    if workers == 1:
        yield from map(worker, tasks)
    else:
        yield from _run_in_processes(tasks, worker, workers, stop)


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
    outcomes turn into one Trouble; so does one whose outcomes break off.
    """
    with JsonLinesFiles(out) as files:
        for outcome in outcomes:
            done = files.take(outcome)
            log.write(log_lines(done))
            yield done
        for trouble in files.unfinished():
            broken_off = Outcome(troubles=(trouble,))
            log.write(log_lines(broken_off))
            yield broken_off


def log_lines(outcome: Outcome) -> bytes:
    """Return the log of an outcome: its problems, then its documents and their decisions."""
    problems = (Problem(document=t.document, line=t.line, cause=t.cause) for t in outcome.troubles)
    return b"".join(map(encode, problems)) + outcome.log


class JsonLinesFiles:
    """The clean JSON Lines files, which come in parts; one is open at a time."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._file: NewFile | None = None
        self._source: Source | None = None  # of the open file
        self._given_up: Path | None = None  # source of a file that cannot be written

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._drop()

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
            self._drop()
            return Outcome(troubles=(Trouble(source.path, source.document, str(error)),))
        return outcome

    def unfinished(self) -> Iterator[Trouble]:
        """Yield the trouble of a file that is not complete when all outcomes were taken."""
        if self._file is not None and self._source is not None:
            cause = "interrupted; its clean file was not written"
            yield Trouble(self._source.path, self._source.document, cause)

    def _drop(self) -> None:
        if self._file is not None:
            self._file.discard()
            self._file = None

    def _write(self, source: Source, outcome: Outcome) -> None:
        if self._file is None:
            self._file = NewFile(place(self._out, source.name), packed=source.gzip)
            self._source = source
        self._file.write(outcome.data)
        if outcome.task is not None and outcome.task.last:
            self._file.commit()
            self._file = None


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # systems that cannot bind a process to cores


def _run_in_processes(
    tasks: Iterable[Task], worker: Worker, workers: int, stop: Callable[[], bool]
) -> Iterator[Outcome]:
    # Late: a small corpus needs neither.
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    pending: deque[Future[Outcome]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (worker,))
    try:
        for task in tasks:
            with _interrupts_held():
                pending.append(pool.submit(_work, task))
            if len(pending) > workers * AHEAD:
                yield pending.popleft().result()
        while pending:
            while stop() and pending and pending[-1].cancel():
                pending.pop()  # tasks begin in order, so that those which have not are the last
            if pending:
                yield pending.popleft().result()
    except BrokenProcessPool:
        raise CleanerError("a worker process died; is there memory for --workers?") from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts back; a process that is started meanwhile never gets any.

    The terminal interrupts all processes, and those of the pool are the parent's to end.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(worker: Worker) -> None:
    """Make a process of the pool ready. It does not outlive the parent, however that ends."""
    from multiprocessing import parent_process  # noqa: PLC0415 - late, as the pool itself
    from multiprocessing.connection import wait  # noqa: PLC0415

    global _worker  # noqa: PLW0603 - the pool offers no other place
    _worker = worker
    parent = parent_process()
    if parent is None:
        return

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _work(task: Task) -> Outcome:
    assert _worker is not None
    return _worker(task)
