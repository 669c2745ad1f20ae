"""Clean the files of one directory and compare each with its gold file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from cleaner.errors import InputError
from cleaner.gold.report import FileScore, Report
from cleaner.gold.words import overlap, word_counts

if TYPE_CHECKING:
    from cleaner.types import CleanResult

SUFFIX = ".txt"


class TextCleaner(Protocol):
    """What scoring asks of a cleaner; ``cleaner.Cleaner`` is one."""

    def clean(self, source: str, /, *, kind: Literal["text"]) -> CleanResult:
        """Return the clean text of ``source``."""
        ...


def score_text(name: str, raw: str, clean: str, gold: str) -> FileScore:
    """Compare one text, before and after cleaning, with its gold text.

    >>> score = score_text("a", "Rain fell. Read more", "Rain fell.", "Rain fell.")
    >>> (score.residue, score.residue_removed, score.content, score.content_lost)
    (2, 2, 2, 0)
    >>> (score.exact_before, score.exact_after)
    (False, True)
    """
    raw_words, clean_words, gold_words = map(word_counts, (raw, clean, gold))
    residue = raw_words - gold_words
    residue_left = (clean_words - gold_words) & residue
    content = raw_words & gold_words
    return FileScore(
        name=name,
        before=overlap(raw_words, gold_words),
        after=overlap(clean_words, gold_words),
        exact_before=normal_form(raw) == normal_form(gold),
        exact_after=normal_form(clean) == normal_form(gold),
        residue=residue.total(),
        residue_removed=residue.total() - residue_left.total(),
        content=content.total(),
        content_lost=(content - clean_words).total(),
    )


def normal_form(text: str) -> str:
    r"""Return ``text`` as exact comparison sees it.

    Blank lines at either end and the final newline do not count, a run of blank lines counts as
    one, and any newline style is ``\n``. Spaces within lines count.

    >>> normal_form("\n\nOne\n\n\n\nTwo\r\n") == normal_form("One\n\nTwo")
    True
    >>> normal_form("One\nTwo") == normal_form("One\n\nTwo")
    False
    """
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            kept.append(line)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept[:-1] if kept and not kept[-1] else kept)


def score_directory(raw: Path, gold: Path, cleaner: TextCleaner) -> Report:
    """Clean each ``.txt`` file below ``raw`` and compare it with its namesake below ``gold``.

    Files match by relative path. Where ``gold`` lies inside ``raw``, or ``raw`` inside ``gold``,
    the inner directory's files belong to it alone. Files are UTF-8, with or without BOM.

    Raises InputError for a directory that is missing or has no ``.txt`` file, for a file that
    has no namesake on the other side, and for a file that cannot be read.
    """
    names = _matching_names(raw, gold)
    return Report(tuple(_score_file(name, raw, gold, cleaner) for name in names))


def _score_file(name: str, raw: Path, gold: Path, cleaner: TextCleaner) -> FileScore:
    source = _read(raw / name)
    wanted = _read(gold / name)
    return score_text(name, source, cleaner.clean(source, kind="text").text, wanted)


def _matching_names(raw: Path, gold: Path) -> list[str]:
    raw_names, gold_names = set(_names(raw, gold)), set(_names(gold, raw))
    for directory, names in ((raw, raw_names), (gold, gold_names)):
        if not names:
            raise InputError(f"{directory}: no {SUFFIX} file to score")
    for missing, directory in ((raw_names - gold_names, gold), (gold_names - raw_names, raw)):
        if missing:
            more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
            side = "gold" if directory is gold else "raw"
            raise InputError(f"{directory / min(missing)}: no such {side} file{more}")
    return sorted(raw_names)


def _names(directory: Path, other: Path) -> Iterator[str]:
    if not directory.is_dir():
        raise InputError(f"{directory}: no such directory")
    base, inner = directory.resolve(), other.resolve()
    nested = inner != base and inner.is_relative_to(base)
    for path in directory.rglob(f"*{SUFFIX}"):
        if path.is_file() and not (nested and path.resolve().is_relative_to(inner)):
            yield path.relative_to(directory).as_posix()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from error
