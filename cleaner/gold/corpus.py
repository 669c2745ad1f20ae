"""Clean many documents and compare each with its gold text."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cleaner.corpus import jsonl
from cleaner.corpus.sources import READ_ERRORS, cause_of
from cleaner.edit import restore
from cleaner.errors import CleanerError, InputError
from cleaner.gold.report import FileScore, Report
from cleaner.gold.score import score_text
from cleaner.read.kind import kind_of

if TYPE_CHECKING:
    from cleaner.types import CleanResult, Kind

GOLD = (".txt",)
_PAGES = (".html", ".htm")
RAW = (".txt", ".md", *_PAGES)


class AnyCleaner(Protocol):
    """What scoring asks of a cleaner; ``cleaner.Cleaner`` is one."""

    def clean(self, source: str, /, *, kind: Kind) -> CleanResult:
        """Return the clean text of ``source``."""
        ...


def score_directory(raw: Path, gold: Path, cleaner: AnyCleaner) -> Report:
    """Clean each text or page below ``raw`` and compare it with its gold text below ``gold``.

    Inputs end as RAW says, gold texts as GOLD says; they match by relative path without that
    ending. Of a page, the visible text is what was there before cleaning. Where ``gold`` lies
    inside ``raw``, or ``raw`` inside ``gold``, the inner directory's files belong to it alone.
    Texts are UTF-8, with or without BOM; pages may be in any encoding.

    Raises InputError for a directory that is missing or has no such file, for a file that has no
    partner on the other side, and for a file that cannot be read.
    """
    pairs = _pairs(raw, gold)
    return Report(tuple(_score_file(path, name, wanted, cleaner) for name, path, wanted in pairs))


def score_lines(
    file: Path, cleaner: AnyCleaner, text_field: str = "text", gold_field: str = "gold"
) -> Report:
    """Clean the text of each JSON line and compare it with the gold text in another of its fields.

    Texts that look like HTML are pages. Documents are called by their line. Raises InputError,
    naming the file and the line, for what cannot be read and for a line that lacks a field.
    """
    scores = []
    for number, line in enumerate(read_lines(file), 1):
        if line.isspace():
            continue
        try:
            fields = jsonl.members(line.decode("utf-8", "replace"))
            source = str(jsonl.string_member(fields, text_field).value)
            gold = str(jsonl.string_member(fields, gold_field).value)
            scores.append(_score(str(number), source, kind_of(source), gold, cleaner))
        except CleanerError as error:
            raise InputError(f"{file}:{number}: {error}") from None
    if not scores:
        raise InputError(f"{file}: no line to score")
    return Report(tuple(scores))


def _score(name: str, source: str, kind: Kind, gold: str, cleaner: AnyCleaner) -> FileScore:
    result = cleaner.clean(source, kind=kind)
    return score_text(name, restore(result.text, result.decisions), result.text, gold)


def _score_file(path: Path, name: str, gold: Path, cleaner: AnyCleaner) -> FileScore:
    wanted = _text(gold)
    if path.suffix.lower() not in _PAGES:
        return _score(name, _text(path), "text", wanted, cleaner)
    from cleaner.read.html import decode_html  # noqa: PLC0415 - late: texts do without

    data = _bytes(path)
    try:
        return _score(name, decode_html(data)[0], "html", wanted, cleaner)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _pairs(raw: Path, gold: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield name and path of each input with the path of its gold text, in the order of names."""
    inputs = list(_files(raw, gold, RAW))
    golds = dict(_files(gold, raw, GOLD))
    for directory, names, endings in ((raw, inputs, RAW), (gold, golds, GOLD)):
        if not names:
            raise InputError(f"{directory}: no {' '.join(endings)} file to score")
    stems = {stem for stem, _ in inputs}
    lonely = [f"{gold / stem}.txt: no such gold file" for stem in sorted(stems - golds.keys())]
    lonely += [f"{golds[stem]}: no such input" for stem in sorted(golds.keys() - stems)]
    if lonely:
        more = f" (and {len(lonely) - 1} more)" if len(lonely) > 1 else ""
        raise InputError(f"{lonely[0]}{more}")
    for stem, path in inputs:
        yield path.relative_to(raw).as_posix(), path, golds[stem]


def _files(directory: Path, other: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield the files below a directory that end so, with their relative paths without it."""
    if not directory.is_dir():
        raise InputError(f"{directory}: no such directory")
    base, inner = directory.resolve(), other.resolve()
    nested = inner != base and inner.is_relative_to(base)
    for path in sorted(directory.rglob("*")):
        if path.suffix.lower() not in endings or not path.is_file():
            continue
        if not (nested and path.resolve().is_relative_to(inner)):
            yield path.relative_to(directory).with_suffix("").as_posix(), path


def read_lines(file: Path) -> Iterator[bytes]:
    """Yield the lines of a file, plain or ``.gz``; raises InputError where it cannot be read."""
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            yield from lines
    except READ_ERRORS as error:
        raise InputError(f"{file}: {cause_of(error)}") from None


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {cause_of(error)}") from None
