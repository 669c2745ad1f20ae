"""Settings of the command: defaults, then a configuration file, then the command line.

A file is either ``cleaner.toml`` or the table ``[tool.cleaner]`` of ``pyproject.toml``; keys are
spelled as the command line spells its options (``text-field``).
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from cleaner.errors import ConfigError
from cleaner.log import OutputFormat
from cleaner.types import Level

if TYPE_CHECKING:
    from cleaner.clean import Cleaner

# Bytes of one document after decompression; a larger one is reported, not read.
MAX_BYTES = 256 * 1024 * 1024

_Positive = Annotated[int, msgspec.Meta(ge=1)]


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"
):
    """Everything that a configuration file may say.

    ``workers`` is a number of processes, 0 for the cleaner's choice; ``max_bytes`` the size of
    the largest document that is read; ``rules`` are rule files or directories of them;
    ``format`` what clean files hold.
    """

    level: Level = "standard"
    keep: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    rules: tuple[str, ...] = ()
    repair: bool = True
    extractor: Literal["auto", "blocks", "trafilatura"] = "auto"
    workers: Annotated[int, msgspec.Meta(ge=0)] = 0
    text_field: str = "text"
    id_field: str | None = None
    max_bytes: _Positive = MAX_BYTES
    format: OutputFormat = "text"

    def cleaner(self) -> Cleaner:
        """Return a Cleaner with these settings."""
        from cleaner.clean import Cleaner  # noqa: PLC0415 - late: it loads the rulebook

        return Cleaner(
            level=self.level,
            keep=self.keep,
            select=self.select,
            ignore=self.ignore,
            language=self.language,
            rules=tuple(Path(path) for path in self.rules),
            repair=self.repair,
            extractor=self.extractor,
        )


def load_settings(file: Path | None, start: Path) -> Settings:
    """Return the settings of ``file``, or of the nearest file found upward from ``start``.

    Raises ConfigError that names the file and the key.
    """
    found = file or find_config(start)
    if found is None:
        return Settings()
    table = _read_toml(found)
    if found.name == "pyproject.toml":
        table = _tool_table(table)
    return _decode(found, table)


def find_config(start: Path) -> Path | None:
    """Return the nearest ``cleaner.toml``, or ``pyproject.toml`` with ``[tool.cleaner]``."""
    for directory in (start, *start.parents):
        own = directory / "cleaner.toml"
        if own.is_file():
            return own
        shared = directory / "pyproject.toml"
        if shared.is_file() and _tool_table(_read_toml(shared)):
            return shared
    return None


def _tool_table(table: dict[str, Any]) -> dict[str, Any]:
    tools = table.get("tool", {})
    found = tools.get("cleaner", {}) if isinstance(tools, dict) else {}
    return found if isinstance(found, dict) else {"cleaner": found}


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror or error}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from None


def _decode(file: Path, table: dict[str, Any]) -> Settings:
    known = Settings.__struct_encode_fields__
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise ConfigError(f'{file}: unknown key "{key}"{hint}')
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        cause, _, place = str(error).partition(" - at ")
        key = re.split(r"[.\[]", place.strip("`").removeprefix("$."), maxsplit=1)[0]
        raise ConfigError(f'{file}: key "{key}": {cause}') from None
    rules = tuple(str((file.parent / path).resolve()) for path in settings.rules)
    return msgspec.structs.replace(settings, rules=rules)
