"""Carry out one task: read, clean, write, and say what happened. Runs in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cleaner.corpus.document import Cleaned, Fields, clean_bytes, clean_json_line
from cleaner.corpus.formats import as_json, as_markdown, markdown_in_line, other_fields
from cleaner.corpus.sinks import write_file
from cleaner.corpus.sources import Format, Source, Trouble, cause_of, read_source
from cleaner.corpus.tally import Tally, tally
from cleaner.corpus.tasks import Files, Lines, Task, pieces
from cleaner.errors import CleanerError, ConfigError, InputError, RuleError
from cleaner.log import OutputFormat

if TYPE_CHECKING:
    from cleaner.clean import Cleaner


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: lines for the log, troubles, counts, bytes read.

    ``task`` and ``data`` are the task and its clean lines where it is part of a JSON Lines file.
    """

    log: bytes = b""
    troubles: tuple[Trouble, ...] = ()
    tally: Tally = field(default_factory=Tally)
    size: int = 0
    task: Lines | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Worker:
    """A cleaner with what it needs to read and write; ``out`` None means nothing is written.

    ``output`` says what the clean files hold.
    """

    cleaner: Cleaner
    fields: Fields
    max_bytes: int
    out: Path | None = None
    output: OutputFormat = "text"

    def __call__(self, task: Task) -> Outcome:
        """Carry out a task; what goes wrong with single documents is in the outcome."""
        if isinstance(task, Trouble):
            return Outcome(troubles=(task,))
        if isinstance(task, Files):
            return _outcome(list(self.documents(task)), sum(s.size for s in task.sources))
        pairs = list(self._lines(task))
        items = [item for _, item in pairs if item is not None]
        data = b"".join(self._written(line, item) for line, item in pairs)
        size = task.source.size * task.last if task.source.gzip else task.size
        return replace(_outcome(items, size), task=task, data=data)

    def documents(self, task: Task) -> Iterator[Cleaned | Trouble]:
        """Clean the documents of a task, one after the other."""
        if isinstance(task, Trouble):
            yield task
        elif isinstance(task, Files):
            for source in task.sources:
                yield _attempt(source, None, partial(self._file, source))
        else:
            yield from (item for _, item in self._lines(task) if item is not None)

    def stream(self, file: IO[bytes], format: Format) -> Iterator[Outcome]:
        """Clean what comes from standard input; the outcomes bring the clean bytes."""
        if format == "jsonl":
            yield from map(self, pieces(_standard_input(format), file, self.max_bytes))
            return
        for item in self.stream_documents(file, format):
            written = b"" if isinstance(item, Trouble) else item.data
            yield replace(_outcome([item], 0), data=written)

    def stream_documents(self, file: IO[bytes], format: Format) -> Iterator[Cleaned | Trouble]:
        """Clean the documents that come from standard input, one after the other."""
        source = _standard_input(format)
        if format == "jsonl":
            for piece in pieces(source, file, self.max_bytes):
                yield from self.documents(piece)
            return
        try:
            data = file.read(self.max_bytes + 1)
        except OSError as error:
            yield Trouble(source.path, source.document, cause_of(error))
            return
        yield _attempt(source, None, partial(self._document, source, data))

    def _file(self, source: Source) -> Cleaned:
        cleaned = self._document(source, read_source(source, self.max_bytes))
        if self.out is not None:
            write_file(self.out, source.name, cleaned.data, packed=source.gzip)
        return cleaned

    def _document(self, source: Source, data: bytes) -> Cleaned:
        self._check_size(data)
        kind = "auto" if source.format == "jsonl" else source.format
        cleaned = clean_bytes(self.cleaner, data, source.document, kind, source.name)
        if self.output == "json":
            return as_json(cleaned)
        if self.output == "markdown" and cleaned.result.kind == "html":
            return as_markdown(cleaned, data)
        return cleaned

    def _lines(self, task: Lines) -> Iterator[tuple[bytes, Cleaned | Trouble | None]]:
        """Yield each line with what became of its document; None for a blank line."""
        source = task.source
        try:
            data = task.data if task.data is not None else _read_piece(task)
        except OSError as error:
            yield b"", Trouble(source.path, source.document, cause_of(error), task.first)
            return
        for number, line in enumerate(_split(data), task.first):
            clean = partial(self._line, source.name, number, line)
            yield line, None if line.isspace() else _attempt(source, number, clean)

    def _line(self, file: str, number: int, line: bytes) -> Cleaned:
        self._check_size(line)
        cleaned = clean_json_line(self.cleaner, line, self.fields, (file, number))
        if self.output == "json":
            return as_json(cleaned, other_fields(line, self.fields))
        if self.output == "markdown" and cleaned.result.kind == "html":
            return markdown_in_line(cleaned, line)
        return cleaned

    def _written(self, line: bytes, item: Cleaned | Trouble | None) -> bytes:
        """Return what is written for a line; one without a document is copied among lines alike."""
        if isinstance(item, Cleaned):
            return item.data
        return b"" if self.output == "json" else line

    def _check_size(self, data: bytes) -> None:
        if len(data) > self.max_bytes:
            raise InputError(f"too large: more than {self.max_bytes:,} bytes")


def _standard_input(format: Format) -> Source:
    return Source(Path("-"), "-", "-", format, gzip=False, size=0)


def _attempt(source: Source, line: int | None, clean: Callable[[], Cleaned]) -> Cleaned | Trouble:
    """Clean one document; whatever goes wrong with it concerns that document alone.

    Raises ConfigError and RuleError, which concern them all.
    """
    try:
        return clean()
    except (ConfigError, RuleError):
        raise
    except CleanerError as error:
        cause = str(error)
    except Exception as error:  # a fault of ours must not cost the user the rest of the corpus
        cause = f"internal error: {type(error).__name__}: {cause_of(error)}"
    return Trouble(source.path, source.document, cause, line)


def _outcome(done: Sequence[Cleaned | Trouble], size: int) -> Outcome:
    documents = [item for item in done if isinstance(item, Cleaned)]
    return Outcome(
        log=b"".join(document.log_lines() for document in documents),
        troubles=tuple(item for item in done if isinstance(item, Trouble)),
        tally=tally(documents),
        size=size,
    )


def _read_piece(task: Lines) -> bytes:
    with task.source.path.open("rb") as file:
        file.seek(task.start)
        return file.read(task.size)


def _split(data: bytes) -> list[bytes]:
    r"""Split at line feeds only, keeping them: a carriage return is a blank in JSON.

    >>> _split(b"1\n\n2\r3")
    [b'1\n', b'\n', b'2\r3']
    """
    *lines, rest = data.split(b"\n")
    return [line + b"\n" for line in lines] + ([rest] if rest else [])
