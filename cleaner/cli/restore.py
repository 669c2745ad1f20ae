"""``cleaner restore``: clean files and their log back to the sources."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.output import PROBLEMS, count, show_trouble

_EPILOG = """\b
Text files come back byte for byte: encoding, byte order mark, line breaks. Of pages
(HTML) the visible text comes back. Files that were compressed are compressed anew.
A clean file that was changed since is a problem, and is not restored.

\b
Example:
  cleaner restore clean/ --log clean/removals.jsonl -o back/"""


@click.command(epilog=_EPILOG)
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--log", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--back", required=True, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.pass_context
def command(ctx: click.Context, /, out: Path, log: Path, back: Path, *, quiet: bool) -> None:
    """Give back the sources of the clean files in OUT, below the directory BACK."""
    from cleaner.corpus.restore import restore_corpus  # noqa: PLC0415
    from cleaner.corpus.sources import Trouble  # noqa: PLC0415

    if back.resolve() == out.resolve():
        raise click.UsageError("the sources need a directory other than that of the clean files")
    restored = troubles = 0
    for result in restore_corpus(out, log, back):
        if isinstance(result, Trouble):
            show_trouble(result)
            troubles += 1
        else:
            restored += 1
    if not quiet:
        problems = f", {count(troubles, 'problem')}" if troubles else ""
        click.echo(f"{count(restored, 'file')} restored{problems}", err=True)
    ctx.exit(PROBLEMS if troubles else 0)
