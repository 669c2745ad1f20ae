"""``cleaner diff``: what cleaning would change in a file, with the rule beside each change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.clean import make_worker
from cleaner.cli.inputs import is_standard_input, standard_input
from cleaner.cli.options import document_options, paths_argument
from cleaner.cli.output import PROBLEMS, show_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.config import Settings
    from cleaner.corpus.document import Cleaned
    from cleaner.corpus.sources import Format, Trouble
    from cleaner.corpus.work import Worker

_EPILOG = """\b
  12 - a line that goes         [the rule that takes it]
  13 ~ a line [-that is-]{+which is+} mended
  14 ? a line with a find that was held, or a place to look at

\b
Examples:
  cleaner diff article.txt
  cleaner diff article.txt --level thorough --context 0"""


@click.command(epilog=_EPILOG)
@paths_argument
@click.option(
    "--context",
    type=click.IntRange(0),
    default=2,
    show_default=True,
    help="Unchanged lines, that are not blank, around each change.",
)
@click.option("--held", is_flag=True, help="Show also what was held or only flagged.")
@document_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], **rest: Any) -> None:
    """Show what cleaning would change in files, with line numbers and rules.

    PATHs are files and directories; a single - reads standard input.
    """
    ctx.exit(_diff(paths, **rest))


def _diff(paths: tuple[Path, ...], settings: Settings, *, context: int, **rest: Any) -> int:
    from cleaner.cli.gutter import Choice, gutter_lines  # noqa: PLC0415
    from cleaner.corpus.document import Cleaned  # noqa: PLC0415

    choice = Choice(context, held=rest["held"])
    troubles = []
    for path, item in _documents(paths, rest["format_"], make_worker(settings)):
        if not isinstance(item, Cleaned):
            troubles.append(item)
            continue
        lines = list(gutter_lines(item.source, item.result.decisions, choice))
        if lines:
            record = f":{item.record.record}" if item.record.record else ""
            click.secho(f"{path}{record}", bold=True)
            click.echo("\n".join(lines) + "\n")
    for trouble in troubles:
        show_trouble(trouble)
    return PROBLEMS if troubles else 0


def _documents(
    paths: tuple[Path, ...], format_: Format, worker: Worker
) -> Iterator[tuple[Path, Cleaned | Trouble]]:
    """Yield each document, cleaned, with the file it came from."""
    from cleaner.corpus.sources import Trouble, take_inventory  # noqa: PLC0415
    from cleaner.corpus.tasks import share_out  # noqa: PLC0415

    if is_standard_input(paths):
        documents = worker.stream_documents(standard_input(), format_)
        yield from ((Path("-"), item) for item in documents)
        return
    inventory = take_inventory(paths, format_)
    names = inventory.paths()
    yield from ((trouble.path, trouble) for trouble in inventory.troubles)
    for task in share_out(inventory.sources, worker.max_bytes):
        for item in worker.documents(task):
            yield item.path if isinstance(item, Trouble) else names[item.record.file], item
