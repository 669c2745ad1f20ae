"""Share a corpus out: small files in groups, JSON Lines files in runs of whole lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from cleaner.corpus.sources import READ_ERRORS, Source, Trouble, cause_of, open_source

# Bytes of a task: tenths of a second of work, against a millisecond to hand it over.
TASK_BYTES = 1 << 18
TASK_FILES = 64


@dataclass(frozen=True, slots=True)
class Files:
    """Files that each hold one document."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a JSON Lines file.

    ``first`` is the number of the first line, ``start`` and ``size`` say where the bytes are;
    ``data`` holds them where the file is compressed. The file's last task has no bytes.
    """

    source: Source
    first: int
    start: int
    size: int
    data: bytes | None

    @property
    def last(self) -> bool:
        """Whether the file ends here."""
        return not self.size


Task = Files | Lines | Trouble


def share_out(sources: Sequence[Source], max_bytes: int) -> Iterator[Task]:
    """Yield the tasks of a corpus in the order of its sources.

    A JSON Lines file is read to find its lines; what is wrong with it comes as a Trouble among
    its tasks. A line of more than ``max_bytes`` ends the file.
    """
    group: list[Source] = []
    for source in sources:
        if source.format != "jsonl":
            group.append(source)
        full = len(group) == TASK_FILES or sum(s.size for s in group) >= TASK_BYTES
        if group and (full or source.format == "jsonl"):
            yield Files(tuple(group))
            group = []
        if source.format == "jsonl":
            yield from _cut(source, max_bytes)
    if group:
        yield Files(tuple(group))


def pieces(source: Source, file: IO[bytes], max_bytes: int) -> Iterator[Lines | Trouble]:
    """Yield a JSON Lines file in pieces that carry their bytes, the last of them empty."""
    first, start = 1, 0
    try:
        for data in _whole_lines(file, max_bytes):
            if len(data) > max_bytes and not data.endswith(b"\n"):
                cause = f"too large: a line of more than {max_bytes:,} bytes; the rest is not read"
                yield Trouble(source.path, source.document, cause, first)
                break
            yield Lines(source, first, start, len(data), data)
            first, start = first + data.count(b"\n"), start + len(data)
    except READ_ERRORS as error:
        yield Trouble(
            source.path, source.document, f"{cause_of(error)}; the rest is not read", first
        )
    yield Lines(source, first, start, 0, b"")


def _cut(source: Source, max_bytes: int) -> Iterator[Task]:
    """Yield the pieces of a file; of one that is not compressed, workers read the bytes anew."""
    try:
        file = open_source(source)
    except READ_ERRORS as error:
        yield Trouble(source.path, source.document, cause_of(error))
        return
    with file:
        for piece in pieces(source, file, max_bytes):
            if isinstance(piece, Lines) and piece.size and not source.gzip:
                yield replace(piece, data=None)
            else:
                yield piece


def _whole_lines(file: IO[bytes], max_bytes: int) -> Iterator[bytes]:
    """Yield bytes that end with a line; a line over ``max_bytes`` is the last and not complete."""
    pending: list[bytes] = []
    held = 0
    while block := file.read(TASK_BYTES):
        head, newline, tail = block.rpartition(b"\n")
        if newline:
            yield b"".join((*pending, head, newline))
            pending, held = [], 0
        pending.append(tail)
        held += len(tail)
        if held > max_bytes:
            break
    if held:
        yield b"".join(pending)
