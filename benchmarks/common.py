"""What the benchmarks share: where the data is, its records, and lines beside decisions.

The shared form is JSON Lines, plain or gzipped, one object for each text that an extractor made
of a page: ``id`` of the page, ``extractor``, ``lang`` (ISO 639-1), ``url``, ``title``, ``text``,
``gold`` (the wanted text) and ``labels``: one for each non-blank line of ``text`` as
``str.splitlines`` splits it, 1 content, 0 residue, -1 unclear.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from cleaner.errors import ConfigError, InputError
from cleaner.gold.corpus import read_lines
from cleaner.types import Decision

DATA_VARIABLE = "CLEANER_DATA"

GROUPS: dict[str, tuple[str, ...]] = {
    "full": ("bs4", "html2text", "inscriptis"),
    "loose": ("resiliparse", "boilerpy3", "justext"),
    "tight": ("readability", "newspaper4k", "traf", "traf_recall"),
}
"""Extractors by how much of the page they let through: all, much, little."""

EXTRACTORS = tuple(name for names in GROUPS.values() for name in names)

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, rename={"language": "lang"}):
    """One extracted text with its line labels; ``id`` names the page it came from."""

    id: str
    extractor: str
    language: str
    text: str
    gold: str
    labels: tuple[int, ...]
    url: str | None = None
    title: str | None = None

    @property
    def source(self) -> str:
        """The collection that the page belongs to: its id up to the first slash."""
        return self.id.partition("/")[0]


class _Key(msgspec.Struct):
    id: str
    lang: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records to read; ``None`` is no limit.

    ``pages`` is a number of pages, chosen by a hash of their ids: the same pages on every
    machine, and each with all its extractors.
    """

    extractor: str | None = None
    language: str | None = None
    pages: int | None = None


def data_directory() -> Path:
    """Return the directory of the shared data, named by the variable ``CLEANER_DATA``.

    Raises ConfigError where the variable is unset or names no directory.
    """
    name = os.environ.get(DATA_VARIABLE, "")
    if not name or not Path(name).is_dir():
        raise ConfigError(f"{DATA_VARIABLE} must name the directory of the shared data: {name!r}")
    return Path(name)


def text_files(data: Path) -> list[Path]:
    """Return the files of labelled texts below ``data``. Raises InputError where none is."""
    files = sorted((data / "text").glob("*.jsonl*"))
    if not files:
        raise InputError(f"{data / 'text'}: no .jsonl or .jsonl.gz file")
    return files


def read_records(files: Iterable[Path], selection: Selection) -> Iterator[Record]:
    """Read the selected records of JSON Lines files, in order.

    Raises InputError naming file and line where one is not of the shared form.
    """
    files = list(files)
    keep = _sampled_pages(files, selection)
    for path in files:
        for record in read_json_lines(path, Record):
            if (
                selection.extractor in (None, record.extractor)
                and selection.language in (None, record.language)
                and (keep is None or record.id in keep)
            ):
                yield record


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated table with a header line. Raises InputError."""
    try:
        header, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    names = header.split("\t")
    return [dict(zip(names, row.split("\t"), strict=True)) for row in rows]


def line_spans(text: str) -> list[tuple[int, int]]:
    r"""Return the span of each non-blank line, without surrounding blanks, in code points.

    >>> line_spans(" One\n\nTwo ")
    [(1, 4), (6, 9)]
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        if bare := line.strip():
            start = position + line.index(bare)
            spans.append((start, start + len(bare)))
        position += len(line)
    return spans


def removed_lines(
    spans: Sequence[tuple[int, int]], decisions: Iterable[Decision]
) -> tuple[bool, ...]:
    """Tell for each line whether at least half of its characters were removed.

    ``decisions`` are applied removals that do not overlap, sorted, as ``CleanResult.removed``.

    >>> cut = Decision(3, 9, "", "", "remove", "x", "x", "certain", "applied", "")
    >>> removed_lines([(0, 4), (5, 12), (13, 15)], [cut])
    (False, True, False)
    """
    removed = [0] * len(spans)
    line = 0
    for decision in decisions:
        while line < len(spans) and spans[line][1] <= decision.start:
            line += 1
        at = line
        while at < len(spans) and spans[at][0] < decision.end:
            start, end = spans[at]
            removed[at] += min(end, decision.end) - max(start, decision.start)
            at += 1
    return tuple(
        2 * count >= end - start for count, (start, end) in zip(removed, spans, strict=True)
    )


def read_json_lines(path: Path, form: type[T]) -> Iterator[T]:
    """Decode each line of a plain or gzipped file. Raises InputError naming file and line."""
    decoder = msgspec.json.Decoder(form)
    for number, line in enumerate(read_lines(path), 1):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise InputError(f"{path}:{number}: {error}") from error


def _sampled_pages(files: Sequence[Path], selection: Selection) -> set[str] | None:
    if selection.pages is None:
        return None
    ids = {
        key.id
        for path in files
        for key in read_json_lines(path, _Key)
        if selection.language in (None, key.lang)
    }
    return set(sorted(ids, key=_page_order)[: selection.pages])


def _page_order(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()
