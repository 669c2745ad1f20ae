"""``cleaner score``: clean a directory and compare it with gold files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.clean import make_worker
from cleaner.cli.options import cleaning_options

if TYPE_CHECKING:
    from cleaner.config import Settings

BELOW = 1
_EPILOG = """\b
Inputs (.txt .md .html .htm) and gold files (.txt) match by their path without that
ending. Of a page, the visible text is what was there before. Precision, recall and F1
are of words; exact files are equal to gold but for blank lines at the ends and in runs.

\b
Examples:
  cleaner score seeds/raw seeds/gold --fail-under 0.99
  cleaner score pairs.jsonl --text-field raw --gold-field gold"""


@click.command(epilog=_EPILOG)
@click.argument("raw", type=click.Path(path_type=Path))
@click.argument("gold", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 1),
    metavar="F1",
    help="Exit 1 when the macro word F1 after cleaning is lower; 0 to 1.",
)
@click.option("--text-field", help="Field of a JSON line that holds the text (text).")
@click.option("--gold-field", default="gold", help="Field that holds the gold text (gold).")
@cleaning_options
@click.pass_context
def command(
    ctx: click.Context, /, raw: Path, gold: Path | None, settings: Settings, **rest: Any
) -> None:
    """Clean the directory RAW and compare each file with its namesake in GOLD.

    Alone, RAW is a JSON Lines file whose lines hold both.
    """
    from cleaner.gold.corpus import score_directory, score_lines  # noqa: PLC0415

    if gold is None and raw.is_dir():
        raise click.UsageError("give the directory of the gold files: score RAW GOLD")
    cleaner = make_worker(settings).cleaner
    if gold is None:
        report = score_lines(raw, cleaner, settings.text_field, rest["gold_field"])
    else:
        report = score_directory(raw, gold, cleaner)
    click.echo(json.dumps(report.to_json(), indent=2) if rest["as_json"] else report.table())
    least = rest["fail_under"]
    if least is not None and report.f1 < least:
        click.echo(f"F1 {report.f1:.4f} is under {least:.4f}", err=True)
        ctx.exit(BELOW)
