"""Find the inputs: files and directories become an ordered list of sources.

Directories are walked in the order of their names. A link to a file is read; a link to a
directory is not followed, since what it names is read under its own name, or is a loop, or lies
outside the input.
"""

from __future__ import annotations

import gzip
import json
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from cleaner.errors import InputError
from cleaner.log import OutputFormat

Format = Literal["auto", "text", "html", "jsonl"]

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "auto",  # taken when it holds JSON Lines
    "": "auto",  # `dump.gz`: the name does not say what is inside
}
_SUFFIXES: dict[OutputFormat, tuple[str, ...]] = {
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "json": (".json",),
}
GZIP_MAGIC = b"\x1f\x8b"
# Bytes: a first record longer than this is not recognised as JSON Lines by content alone.
_HEAD = 1 << 20
READ_ERRORS = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Source:
    """One input file; ``document`` is its name among the inputs.

    ``name`` is that of its clean file, relative to the output, with ``/`` between the parts.
    """

    path: Path
    document: str
    name: str
    format: Format
    gzip: bool
    size: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an input was not cleaned or an output not written; ``line`` is of a JSON Lines file.

    ``document`` is the name of the input among the inputs.
    """

    path: Path
    document: str
    cause: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """Sources in the order in which they are cleaned; ``skipped`` counts files of other kinds."""

    sources: tuple[Source, ...]
    troubles: tuple[Trouble, ...]
    skipped: int

    @property
    def size(self) -> int:
        """Bytes of all sources, as they lie on disk."""
        return sum(source.size for source in self.sources)

    def paths(self) -> dict[str, Path]:
        """Return where the source of each clean file lies."""
        return {source.name: source.path for source in self.sources}


def take_inventory(
    paths: Sequence[Path],
    format: Format = "auto",
    avoid: Sequence[Path] = (),
    output: OutputFormat = "text",
) -> Inventory:
    """List the sources that ``paths`` name; what lies at or below ``avoid`` is passed over.

    A single directory gives names relative to itself; among several paths a directory's own name
    comes first. ``format`` other than ``auto`` holds for every file. ``output`` says what the clean
    files are to hold, which shows in their names.
    """
    avoided = frozenset(path.resolve() for path in avoid)
    found: list[Source | Trouble | None] = []
    for path in paths:
        if path.is_dir():
            found += _walk(path, "" if len(paths) == 1 else path.resolve().name, avoided)
        else:
            found.append(_named_file(path))
    sources = [_ask(item, format, output) for item in found if isinstance(item, Source)]
    unique, doubles = _without_doubles(sources)
    troubles = [item for item in found if isinstance(item, Trouble)]
    return Inventory(tuple(unique), (*troubles, *doubles), found.count(None))


def open_source(source: Source) -> IO[bytes]:
    """Open a source for reading its bytes, decompressed. Raises OSError."""
    if source.gzip:
        return gzip.open(source.path, "rb")  # type: ignore[return-value]
    return source.path.open("rb")


def read_source(source: Source, limit: int) -> bytes:
    """Return the bytes of a source, decompressed; of a larger one ``limit`` bytes and one more.

    Raises InputError with the cause when it cannot be read.
    """
    try:
        with open_source(source) as file:
            return file.read(limit + 1)
    except READ_ERRORS as error:
        raise InputError(cause_of(error)) from None


def cause_of(error: Exception) -> str:
    """Return why a file could not be read or written, on one line and without its name."""
    if isinstance(error, EOFError):
        return "truncated gzip data"
    if isinstance(error, (gzip.BadGzipFile, zlib.error)):
        return f"damaged gzip data: {error}"
    if isinstance(error, RuntimeError):  # of Path.resolve, in Python 3.11 and 3.12
        return "symbolic link loop"
    cause = error.strerror if isinstance(error, OSError) else None
    return " ".join((cause or str(error) or type(error).__name__).split())


def _walk(top: Path, name: str, avoided: frozenset[Path]) -> Iterator[Source | Trouble | None]:
    """Yield the files below a directory, depth first by name; None is a file of another kind."""
    inside = top.resolve()
    stack = [(top, name)]
    while stack:
        path, name = stack.pop()
        try:
            if path.resolve() in avoided:
                continue
            if not stat.S_ISDIR(path.stat().st_mode):
                yield _found_file(path, name)
            elif path is not top and path.is_symlink():
                yield _linked_directory(path, name, inside)
            else:
                entries = sorted(path.iterdir(), key=lambda entry: entry.name, reverse=True)
                stack += [(e, f"{name}/{e.name}" if name else e.name) for e in entries]
        except (OSError, RuntimeError) as error:  # Python 3.11 raises RuntimeError for link loops
            yield Trouble(path, name, cause_of(error))


def _linked_directory(path: Path, name: str, inside: Path) -> Trouble | None:
    target = path.resolve()
    if path.parent.resolve().is_relative_to(target):
        return Trouble(path, name, "symbolic link loop, not followed")
    if not target.is_relative_to(inside):
        return Trouble(path, name, "link to a directory outside the input, not followed")
    return None


def _found_file(path: Path, name: str) -> Source | Trouble | None:
    """Return the source that a file of a directory is, None when it is of another kind."""
    format, packed = _format_by_name(name)
    if format is None:
        return None
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return Trouble(path, name, "not a regular file")
    if format == "auto":
        format = _format_by_content(path, packed)
    if format != "jsonl" and _is_json_name(name):
        return None
    return Source(path, name, name, format, packed, status.st_size)


def _named_file(path: Path) -> Source | Trouble:
    """Return the source that a file of the command line is, whatever its name."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Trouble(path, path.name, "not a regular file")
        format, _ = _format_by_name(path.name)
        with path.open("rb") as file:
            packed = file.read(2) == GZIP_MAGIC
    except OSError as error:
        return Trouble(path, path.name, cause_of(error))
    if format is None or format == "auto":
        format = _format_by_content(path, packed)
    if format != "jsonl" and _is_json_name(path.name):
        return Trouble(path, path.name, "JSON, but not JSON Lines")
    return Source(path, path.name, path.name, format, packed, status.st_size)


def _format_by_name(name: str) -> tuple[Format | None, bool]:
    """Return the format that a name tells (None: another kind) and whether it is compressed.

    >>> [_format_by_name(n) for n in ("a.MD", "b.jsonl.gz", "c.tar.gz", "d.gz", "e")]
    [('text', False), ('jsonl', True), (None, True), ('auto', True), (None, False)]
    """
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    packed = suffixes[-1:] == [".gz"]
    suffix = (suffixes[:-1] if packed else suffixes)[-1:]
    if not suffix and not packed:
        return None, False
    return _FORMATS.get(suffix[0] if suffix else ""), packed


def _is_json_name(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(".json")


def _format_by_content(path: Path, packed: bool) -> Format:
    """Tell JSON Lines by a first line that is a JSON object; leave the rest to the reader."""
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            head = file.readline(_HEAD)
        return "jsonl" if isinstance(json.loads(head), dict) else "auto"
    except (*READ_ERRORS, ValueError, RecursionError):
        return "auto"


def clean_name(document: str, format: Format, output: OutputFormat) -> str:
    """Return the name of the clean file of a document.

    >>> [clean_name(n, "text", "text") for n in ("a.txt", "b.md.gz")]
    ['a.txt', 'b.md.gz']
    >>> [clean_name(n, "text", "markdown") for n in ("a.txt", "b.md")]
    ['a.txt.md', 'b.md']
    >>> clean_name("c.html.gz", "html", "json"), clean_name("d.jsonl", "jsonl", "json")
    ('c.html.json.gz', 'd.jsonl')
    """
    suffixes = _SUFFIXES[output]
    plain = document.lower().removesuffix(".gz")
    is_named_so = format != "html" and (output == "text" or plain.endswith(suffixes))
    if format == "jsonl" or is_named_so:
        return document
    return f"{document[: len(plain)]}{suffixes[0]}{document[len(plain) :]}"


def _ask(source: Source, format: Format, output: OutputFormat) -> Source:
    """Return the source with the format that was asked for, and the name of its clean file."""
    format = source.format if format == "auto" else format
    name = clean_name(source.document, format, output)
    return replace(source, name=name, format=format)


def _without_doubles(sources: Sequence[Source]) -> tuple[list[Source], list[Trouble]]:
    """Split off sources whose clean file would have the name of an earlier one's."""
    first: dict[str, Source] = {}
    doubles: list[Trouble] = []
    for source in sources:
        other = first.setdefault(source.name, source)
        if other is not source:
            cause = f"its clean file would have the name of that of {other.path}"
            doubles.append(Trouble(source.path, source.document, cause))
    return list(first.values()), doubles
