"""Write results: whole files only, inside the output directory only, never over an input."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

from cleaner.corpus.sources import cause_of
from cleaner.errors import OutputError


def place(out: Path, name: str) -> Path:
    """Return the path of ``name`` in the directory ``out``, with its parents made.

    Raises OutputError when the name leads outside ``out``: by ``..``, by being absolute, or
    through a link inside ``out``; and when a directory cannot be made.
    """
    parts = PurePosixPath(name).parts
    absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive
    if not parts or absolute or ".." in parts or "\0" in name:
        raise OutputError(f"the name {name!r} leads outside the output directory")
    target = out.joinpath(*parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.parent.resolve() != out.resolve().joinpath(*parts[:-1]) or target.is_symlink():
            raise OutputError("a symbolic link stands in its way in the output directory")
    except (OSError, RuntimeError) as error:
        raise OutputError(f"cannot be written: {cause_of(error)}") from None
    return target


def make_directory(out: Path) -> None:
    """Make the output directory and its parents where missing. Raises OutputError naming it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be made: {cause_of(error)}") from None


def write_file(out: Path, name: str, data: bytes, *, packed: bool = False) -> None:
    """Write one file in the directory ``out``, whole or not at all. Raises OutputError."""
    file = NewFile(place(out, name), packed=packed)
    try:
        file.write(data)
        file.commit()
    finally:
        file.discard()


class NewFile:
    """A file that takes its name, and the place of an older file, once it is complete.

    All methods raise OutputError, whose text begins with ``about``. ``packed`` compresses with
    gzip, with no time in the header. What a run that was killed left behind, the next run for the
    same file replaces. A pipe or a device is written to, not replaced, and a link is followed.
    """

    def __init__(self, target: Path, *, packed: bool = False, about: str = "") -> None:
        self._about = about
        with self._writing():
            is_special = target.exists() and not target.is_file() and not target.is_dir()
            self._target = target if is_special else target.resolve()
            self._part = target if is_special else self._vacant()
            self._plain = self._part.open("wb")
            self._file = (
                gzip.GzipFile("", "wb", fileobj=self._plain, mtime=0) if packed else self._plain
            )

    def write(self, data: bytes) -> None:
        """Append bytes."""
        with self._writing():
            self._file.write(data)

    def commit(self) -> None:
        """Give the file its name."""
        with self._writing():
            self._file.close()
            self._plain.close()
            if self._part != self._target:
                self._part.replace(self._target)

    def discard(self) -> None:
        """Leave nothing behind, unless the file was committed."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._plain.close()
        with suppress(OSError):
            if self._part != self._target:
                self._part.unlink(missing_ok=True)

    def _vacant(self) -> Path:
        """Return where to write until the file is complete; nothing is there."""
        name = hashlib.sha256(os.fsencode(self._target.name)).hexdigest()[:16]
        part = self._target.with_name(f".{name}.part")
        part.unlink(missing_ok=True)
        return part

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:  # RuntimeError: a link loop, in Python 3.11
            raise OutputError(f"{self._about}cannot be written: {cause_of(error)}") from None
