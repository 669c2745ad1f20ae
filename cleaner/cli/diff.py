"""``cleaner diff``: what cleaning would change in a file, with the rule beside each change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.clean import make_worker
from cleaner.cli.options import document_options, paths_argument
from cleaner.cli.output import PROBLEMS, show_trouble

if TYPE_CHECKING:
    from cleaner.config import Settings

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
    """Show what cleaning would change in files, with line numbers and rules."""
    ctx.exit(_diff(paths, **rest))


def _diff(paths: tuple[Path, ...], settings: Settings, *, context: int, **rest: Any) -> int:
    from cleaner.cli.gutter import Choice, gutter_lines  # noqa: PLC0415
    from cleaner.corpus.document import Cleaned  # noqa: PLC0415
    from cleaner.corpus.sources import take_inventory  # noqa: PLC0415
    from cleaner.corpus.tasks import share_out  # noqa: PLC0415

    inventory = take_inventory(paths, rest["format_"])
    worker = make_worker(settings)
    troubles = list(inventory.troubles)
    choice = Choice(context, held=rest["held"])
    names = inventory.paths()
    for task in share_out(inventory.sources, settings.max_bytes):
        for item in worker.documents(task):
            if not isinstance(item, Cleaned):
                troubles.append(item)
                continue
            lines = list(gutter_lines(item.source, item.result.decisions, choice))
            if lines:
                record = f":{item.record.record}" if item.record.record else ""
                click.secho(f"{names[item.record.file]}{record}", bold=True)
                click.echo("\n".join(lines) + "\n")
    for trouble in troubles:
        show_trouble(trouble)
    return PROBLEMS if troubles else 0
