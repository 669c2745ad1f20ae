"""Options that several commands share, and their way into Settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cleaner.config import Settings

Command = Callable[..., Any]
Option = Callable[[Command], Command]


def _split(
    _ctx: click.Context, _param: click.Parameter, value: Sequence[str]
) -> tuple[str, ...] | None:
    """Return the names in the values of an option; None when it was not given."""
    names = tuple(name.strip() for part in value for name in part.split(",") if name.strip())
    return names if value else None


def _names(option: str, text: str) -> Option:
    return click.option(option, multiple=True, metavar="NAME,...", callback=_split, help=text)


_CLEANING: tuple[Option, ...] = (
    click.option(
        "--level",
        type=click.Choice(["cautious", "standard", "thorough"]),
        help="What to apply: cautious, what is certain; standard (default), also what is "
        "likely; thorough, also what is unsure.",
    ),
    _names("--keep", "Categories or rules whose finds stay in the text (logged as held)."),
    _names("--select", "Run these rules, categories or languages only."),
    _names("--ignore", "Do not run these rules, categories or languages."),
    click.option("--language", metavar="CODE", help="Language of the documents (ISO 639-1)."),
    click.option(
        "--rules",
        multiple=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Further rule packs, which add, override or disable rules.",
    ),
    click.option("--repair/--no-repair", default=None, help="Mend the text that stays (default)."),
    click.option(
        "--extractor",
        type=click.Choice(["auto", "blocks", "trafilatura"]),
        help="How the article of a page is found; auto (default) asks trafilatura when unsure.",
    ),
)
_READING: tuple[Option, ...] = (
    click.option(
        "--kind",
        "format_",
        type=click.Choice(["auto", "text", "html", "jsonl"]),
        default="auto",
        help="What the inputs are; auto goes by name, then by content.",
    ),
    click.option("--text-field", metavar="NAME", help="Field of a JSON line that is the text."),
    click.option("--id-field", metavar="NAME", help="Field that names the document in the log."),
    click.option("--max-bytes", type=click.IntRange(1), help="Largest document (256 MB)."),
)
_WORKERS: Option = click.option(
    "--workers",
    type=click.IntRange(0),
    metavar="N",
    help="Processes; 0 (default): as many as cores, one for a small input.",
)
_CONFIG: Option = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings in TOML instead of those found upward from here.",
)
paths_argument = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress bar, no summary.")
output_format_option = click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="How to print."
)


def cleaning_options(command: Command) -> Command:
    """Add the options that say how to clean; the command gets them as ``settings``."""
    return _with_settings(command, _CLEANING)


def corpus_options(command: Command) -> Command:
    """Add the options that say how to clean and how to read; ``settings`` and ``format_``."""
    return _with_settings(command, (*_CLEANING, *_READING, _WORKERS))


def document_options(command: Command) -> Command:
    """Add the options of commands that read documents in this process only."""
    return _with_settings(command, (*_CLEANING, *_READING))


def _with_settings(command: Command, options: Sequence[Option]) -> Command:
    @wraps(command)
    def with_settings(**given: Any) -> Any:
        names = set(_settings_fields())
        chosen = {name: given.pop(name) for name in list(given) if name in names}
        return command(settings=_settings(given.pop("config"), chosen), **given)

    wrapped: Command = with_settings
    for add in reversed((*options, _CONFIG)):
        wrapped = add(wrapped)
    return wrapped


def _settings_fields() -> tuple[str, ...]:
    from cleaner.config import Settings  # noqa: PLC0415 - late: --help does without

    return Settings.__struct_fields__


def _settings(config: Path | None, chosen: dict[str, Any]) -> Settings:
    """Return the settings of the configuration file with those of the command line over them."""
    import msgspec  # noqa: PLC0415 - late: --help does without

    from cleaner.config import load_settings  # noqa: PLC0415

    if "rules" in chosen:
        chosen["rules"] = tuple(str(path.resolve()) for path in chosen["rules"]) or None
    settings = load_settings(config, Path.cwd())
    given = {name: value for name, value in chosen.items() if value is not None}
    return msgspec.structs.replace(settings, **given)
