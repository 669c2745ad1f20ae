"""Give back the sources of a cleaned corpus from its clean files and its log."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from typing import BinaryIO

from cleaner.corpus import jsonl
from cleaner.corpus.sinks import NewFile, make_directory, place
from cleaner.corpus.sources import GZIP_MAGIC, READ_ERRORS, Trouble, cause_of, clean_name
from cleaner.edit import restore
from cleaner.errors import CleanerError, InputError, RestoreError
from cleaner.log import DocumentRecord, digest, read_log, utf8
from cleaner.read.decode import encode
from cleaner.types import Decision

_CHANGED = "was changed since it was cleaned"
_NOT_GIVEN_BACK = "the log does not give the source back"
_ONE_WAY = "{} cannot be turned back into its source; clean with --format {}"
Logged = tuple[DocumentRecord, tuple[Decision, ...]]


def restore_corpus(out: Path, log: Path, back: Path) -> Iterator[str | Trouble]:
    """Write the source of each clean file of ``log`` below ``back``; yield its name.

    What cannot be restored is yielded as a Trouble. Raises RestoreError, naming the log and the
    line, for a log that cannot be understood, and OutputError when ``back`` cannot be made.
    """
    make_directory(back)
    given: set[str] = set()
    try:
        with log.open("rb") as lines:
            for name, documents in groupby(read_log(lines), key=lambda logged: logged[0].file):
                yield _restore_file(out, name, documents, back, given)
    except RestoreError as error:
        raise RestoreError(f"{log}: {error}") from None


def restore_bytes(clean: bytes, record: DocumentRecord, decisions: Iterable[Decision]) -> bytes:
    """Return the bytes that were cleaned to ``clean``: of a page, its visible text in UTF-8.

    Raises RestoreError when clean file and log do not belong together.
    """
    if record.format == "markdown":
        raise RestoreError(_ONE_WAY.format("the Markdown of a page", "text or json"))
    if record.format == "json":
        clean = _text_of(clean)
    if digest(clean) != record.sha256_clean:
        raise RestoreError(_CHANGED)
    text = clean.decode("utf-8", "surrogatepass")
    if record.final_newline == "added":
        text = text[: -2 if record.newline == "crlf" else -1]
    source = restore(text, decisions)
    if record.kind == "html":
        return utf8(source)
    data = encode(source, record.encoding, record.bom)
    if digest(data) != record.sha256_source:
        raise RestoreError(_NOT_GIVEN_BACK)
    return data


def restore_json_line(line: bytes, record: DocumentRecord, decisions: Iterable[Decision]) -> bytes:
    """Return the JSON line that was cleaned to ``line``; the text of a page stays visible text.

    Raises RestoreError when line and log do not belong together.
    """
    if record.format == "json":
        raise RestoreError(_ONE_WAY.format("a record", "text"))
    if record.format == "markdown":
        raise RestoreError(_ONE_WAY.format("the Markdown of a page", "text"))
    try:
        spelled = line.decode("utf-8")
        member = jsonl.string_member(jsonl.members(spelled), record.text_field or "")
    except (UnicodeDecodeError, InputError):
        raise RestoreError(_CHANGED) from None
    text = str(member.value)
    if digest(utf8(text)) != record.sha256_clean:
        raise RestoreError(_CHANGED)
    source = restore(text, decisions)
    if record.kind == "text" and digest(utf8(source)) != record.sha256_source:
        raise RestoreError(_NOT_GIVEN_BACK)
    style = record.json_text or "utf-8"
    exact = style.startswith('"') and record.kind == "text"
    quoted = style if exact else jsonl.quote(source, style)
    return jsonl.put_string(spelled, member, quoted).encode("utf-8")


def _text_of(clean: bytes) -> bytes:
    """Return the UTF-8 of the text in a JSON record."""
    try:
        return utf8(json.loads(clean)["text"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise RestoreError(_CHANGED) from None


def _source_name(record: DocumentRecord) -> str:
    """Return the name of the file that comes back: of a page, that of its text."""
    if record.record is not None:
        return record.file
    return clean_name(record.document, record.kind, "text")


def _restore_file(
    out: Path, name: str, documents: Iterator[Logged], back: Path, given: set[str]
) -> str | Trouble:
    """Restore one file, of which ``documents`` are the log; ``given`` are the names in use."""
    path = out / name
    first = next(documents)
    documents = chain([first], documents)
    try:
        source_name = _source_name(first[0])
        if source_name in given:
            raise RestoreError(f"another source was restored as {source_name}")
        given.add(source_name)
        target = place(back, source_name)
        with path.open("rb") as file:
            packed = file.read(2) == GZIP_MAGIC
        with gzip.open(path) if packed else path.open("rb") as clean:
            new = NewFile(target, packed=packed)
            try:
                for data in _restored(clean, documents):
                    new.write(data)
                new.commit()
            finally:
                new.discard()
    except CleanerError as error:
        return Trouble(path, name, str(error))
    except READ_ERRORS as error:
        return Trouble(path, name, cause_of(error))
    return name


def _restored(clean: BinaryIO | gzip.GzipFile, documents: Iterator[Logged]) -> Iterator[bytes]:
    """Yield the source of a file in parts: all of it, or line by line."""
    read = 0
    for record, decisions in documents:
        if record.record is None:
            yield restore_bytes(clean.read(), record, decisions)
            return
        yield from islice(clean, record.record - read - 1)
        read = record.record
        try:
            yield restore_json_line(clean.readline(), record, decisions)
        except RestoreError as error:
            raise RestoreError(f"line {read}: {error}") from None
    yield from clean
