"""``cleaner clean``: files and directories to clean files and a log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.inputs import is_standard_input, standard_input
from cleaner.cli.options import corpus_options, paths_argument, quiet_option
from cleaner.cli.output import (
    PROBLEMS,
    category_table,
    show_trouble,
    stop_on_interrupt,
    totals,
    with_progress,
)
from cleaner.errors import OutputError

if TYPE_CHECKING:
    from cleaner.config import Settings
    from cleaner.corpus.sinks import NewFile
    from cleaner.corpus.sources import Format
    from cleaner.corpus.work import Worker
    from cleaner.log import OutputFormat

LOG_NAME = "removals.jsonl"
_EPILOG = """\b
A directory is mirrored below OUT; among several PATHs it goes to a directory of its
own name. Text comes out as UTF-8, a page PAGE.html as PAGE.html.txt, JSON Lines as JSON
Lines with nothing but the text changed. A line that cannot be read is copied as it is.
With --format markdown clean files are FILE.md, and pages in JSON Lines become Markdown.
With --format json they are FILE.json; of JSON Lines each line becomes a record, and
lines that cannot be read are left out.
In a directory .txt .md .html .htm .jsonl (.gz too) and JSON Lines in .json are
read; other files are counted and left out. A file that is named is always read.

\b
Examples:
  cleaner clean articles/ -o clean/
  cleaner clean a.txt b.txt -o clean/ --level cautious --keep byline,caption
  cleaner clean dump.jsonl.gz -o clean/ --text-field body --id-field url
  cleaner clean pages/ -o clean/ --format markdown
  cleaner clean - < messy.txt > clean.txt --log edits.jsonl"""


@click.command(epilog=_EPILOG)
@paths_argument
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Directory for clean files.")
@click.option(
    "--log", type=click.Path(path_type=Path), help=f"Where the log goes (OUT/{LOG_NAME})."
)
@click.option(
    "--format",
    type=click.Choice(["text", "markdown", "json"]),
    help="What clean files hold: text (default); markdown, of pages with headings, lists, quotes "
    "and tables marked; json, a record a document with text, metadata and decisions.",
)
@corpus_options
@quiet_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], out: Path | None, **rest: Any) -> None:
    """Clean files and directories, and log every edit.

    PATHs are files and directories; a single - reads standard input and writes standard output.
    """
    if is_standard_input(paths):
        if out is not None:
            raise click.UsageError("- writes to standard output; it takes no --out")
        ctx.exit(_filter(rest["settings"], rest["format_"], rest["log"]))
    if out is None:
        raise click.UsageError("give the directory for the clean files: -o OUT")
    _check_out(paths, out)
    ctx.exit(_clean(paths, out, **rest))


def _clean(
    paths: tuple[Path, ...], out: Path, settings: Settings, *, quiet: bool, **rest: Any
) -> int:
    """Clean files and directories; return the exit code."""
    # Late: --help does without.
    from cleaner.corpus import batch  # noqa: PLC0415
    from cleaner.corpus.sinks import make_directory  # noqa: PLC0415
    from cleaner.corpus.sources import take_inventory  # noqa: PLC0415
    from cleaner.corpus.tally import Tally  # noqa: PLC0415

    log_path = rest["log"] or out / LOG_NAME
    found = take_inventory(paths, rest["format_"], (out, log_path), settings.format)
    inventory = batch.protect_inputs(found, out, log_path)
    worker = make_worker(settings, out, settings.format)
    make_directory(out)
    tally, troubles = Tally(), 0
    log = open_log(log_path)
    try:
        workers = batch.number_of_workers(settings.workers, inventory)
        with stop_on_interrupt() as stopped:
            outcomes = batch.run(inventory, worker, workers, stopped)
            written = batch.write(outcomes, out, log)
            for outcome in with_progress(written, inventory.size, quiet=quiet):
                tally += outcome.tally
                troubles += len(outcome.troubles)
    finally:  # whatever happens, the log accounts for the files that were written
        log.commit()
    if not quiet:
        summary = (category_table(tally), totals(tally, inventory, troubles), f"log: {log_path}")
        click.echo("\n".join(part for part in summary if part), err=True)
    if stopped():
        raise KeyboardInterrupt
    return PROBLEMS if troubles else 0


def make_worker(
    settings: Settings, out: Path | None = None, output: OutputFormat = "text"
) -> Worker:
    """Return what carries out the tasks of a corpus with these settings.

    Raises ConfigError for a rule, category or language that is not known, and RuleError for a
    pack that is wrong: once, before any document is read.
    """
    from cleaner.cli.catalogue import catalogue, check_names  # noqa: PLC0415
    from cleaner.corpus.document import Fields  # noqa: PLC0415
    from cleaner.corpus.work import Worker  # noqa: PLC0415
    from cleaner.rulebook import load_rulebook  # noqa: PLC0415

    if settings.rules:
        load_rulebook(tuple(Path(pack) for pack in settings.rules))
    if settings.keep or settings.select or settings.ignore:
        entries = catalogue(settings.rules)
        for option in ("keep", "select", "ignore"):
            check_names(option, getattr(settings, option), entries)
    fields = Fields(settings.text_field, settings.id_field)
    return Worker(settings.cleaner(), fields, settings.max_bytes, out, output)


def _filter(settings: Settings, format_: Format, log_path: Path | None) -> int:
    """Clean standard input to standard output; return the exit code."""
    from cleaner.corpus.batch import log_lines  # noqa: PLC0415

    troubles = 0
    worker = make_worker(settings, output=settings.format)
    source = standard_input()
    log = open_log(log_path) if log_path else None
    try:
        for outcome in worker.stream(source, format_):
            sys.stdout.buffer.write(outcome.data)
            if log:
                log.write(log_lines(outcome))
            for trouble in outcome.troubles:
                show_trouble(trouble)
            troubles += len(outcome.troubles)
        sys.stdout.buffer.flush()
    finally:  # whatever happens, the log accounts for what was written
        if log:
            log.commit()
    return PROBLEMS if troubles else 0


def open_log(path: Path) -> NewFile:
    """Open a new log, with its directory.

    Raises OutputError naming it, as its methods do.
    """
    from cleaner.corpus.sinks import NewFile, make_directory  # noqa: PLC0415

    if path.is_dir():
        raise OutputError(f"{path}: is a directory; the log is a file")
    make_directory(path.parent)
    return NewFile(path, about=f"{path}: ")


def _check_out(paths: tuple[Path, ...], out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise click.UsageError(f"{out} is not a directory")
    for path in paths:
        if path.is_dir() and path.resolve() == out.resolve():
            raise click.UsageError(f"{out} is an input; the clean files need another directory")
