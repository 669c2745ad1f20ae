"""``cleaner rules``: list the rules, check them, count how often they fire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.clean import make_worker
from cleaner.cli.inputs import carry_out
from cleaner.cli.options import (
    corpus_options,
    output_format_option,
    paths_argument,
    quiet_option,
)
from cleaner.cli.output import PROBLEMS, count, table, with_progress

if TYPE_CHECKING:
    from cleaner.cli.catalogue import Entry
    from cleaner.config import Settings
    from cleaner.corpus.tally import Tally

MISTAKES = 2
_packs = click.option(
    "--rules", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Further packs."
)


@click.group()
def command() -> None:
    """List, lint and count the rules."""


@command.command(name="list")
@click.option("--category", help="Of this category only.")
@click.option("--language", help="Of this language only.")
@_packs
@output_format_option
def list_(
    category: str | None, language: str | None, rules: tuple[Path, ...], output_format: str
) -> None:
    """List rules, findings by context and repairs."""
    from cleaner.cli.catalogue import catalogue, check_names  # noqa: PLC0415

    known = catalogue(rules)
    check_names("category", [category] if category else [], known)
    entries = [
        entry
        for entry in known
        if category in (None, entry.category) and language in (None, entry.language)
    ]
    if output_format == "json":
        click.echo(json.dumps([_fields(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        about = f"{entry.category}, {entry.confidence}, {entry.form}"
        click.echo(f"{click.style(entry.id, bold=True)} ({about}): {entry.summary}")
    click.echo(count(len(entries), "rule"), err=True)


@command.command()
@click.argument("packs", nargs=-1, metavar="[DIR]...", type=click.Path(path_type=Path))
@click.pass_context
def lint(ctx: click.Context, /, packs: tuple[Path, ...]) -> None:
    """Check the built-in rules and the packs in DIRs; exit 2 if there are mistakes."""
    from cleaner import rulebook  # noqa: PLC0415
    from cleaner.find import lines_taken  # noqa: PLC0415

    mistakes = rulebook.lint(lines_taken, tuple(pack.resolve() for pack in packs))
    for mistake in mistakes:
        click.echo(" ".join(str(mistake).split()))
    click.echo(count(len(mistakes), "mistake"), err=True)
    ctx.exit(MISTAKES if mistakes else 0)


@command.command()
@paths_argument
@output_format_option
@corpus_options
@quiet_option
@click.pass_context
def stats(ctx: click.Context, /, paths: tuple[Path, ...], **rest: Any) -> None:
    """Count how often each rule fires on files, and name those that never do."""
    ctx.exit(_stats(paths, **rest))


def _stats(paths: tuple[Path, ...], settings: Settings, **rest: Any) -> int:
    from cleaner.cli.catalogue import catalogue  # noqa: PLC0415
    from cleaner.corpus.tally import Tally  # noqa: PLC0415

    worker = make_worker(settings)
    inventory, outcomes = carry_out(paths, rest["format_"], worker, settings.workers)
    tally, troubles = Tally(), 0
    for outcome in with_progress(outcomes, inventory.size, quiet=rest["quiet"]):
        tally += outcome.tally
        troubles += len(outcome.troubles)
    never = [entry.id for entry in catalogue(settings.rules) if not _fired(tally, entry.id)]
    if rest["output_format"] == "json":
        rules = {rule: _counts(tally, rule) for rule in _by_use(tally)}
        report = {"documents": tally.documents, "rules": rules, "never": never}
        click.echo(json.dumps(report, indent=2))
    else:
        rows = [(rule, *map(str, _counts(tally, rule).values())) for rule in _by_use(tally)]
        click.echo(table(("rule", "applied", "held", "flagged", "documents"), rows))
        click.echo(f"\nnever fired, of {count(tally.documents, 'document')}:")
        click.echo("\n".join(f"  {rule}" for rule in never))
    return PROBLEMS if troubles else 0


def _counts(tally: Tally, rule: str) -> dict[str, int]:
    return {
        "applied": tally.rules[rule, "applied"],
        "held": tally.rules[rule, "held"],
        "flagged": tally.rules[rule, "flagged"],
        "documents": tally.rule_documents[rule],
    }


def _by_use(tally: Tally) -> list[str]:
    """Return the rules that fired, those in most documents first."""
    return sorted(tally.rule_documents, key=lambda rule: (-tally.rule_documents[rule], rule))


def _fired(tally: Tally, rule: str) -> bool:
    return any(rule in logged.split("+") for logged in tally.rule_documents)


def _fields(entry: Entry) -> dict[str, str]:
    names = ("id", "category", "language", "confidence", "form", "summary")
    return {name: getattr(entry, name) for name in names}
