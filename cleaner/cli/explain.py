"""``cleaner explain``: what a rule, finding or repair does, from its own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cleaner.cli.catalogue import Entry
    from cleaner.repair import Repair
    from cleaner.rulebook import Rule

_LEVELS = {
    "certain": "applied at every level",
    "likely": "applied at standard and thorough",
    "unsure": "applied at thorough only",
}
_EPILOG = """\b
Examples:
  cleaner explain en-related-heading
  cleaner explain related"""


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="RULE")
@click.option(
    "--rules", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Further packs."
)
def command(name: str, rules: tuple[Path, ...]) -> None:
    """Say what RULE does and when, with examples.

    RULE is as in the log: a rule, a finding or a repair; of a category the rules are listed.
    """
    from cleaner.cli.catalogue import catalogue, unknown  # noqa: PLC0415
    from cleaner.errors import ConfigError  # noqa: PLC0415

    entries = catalogue(rules)
    wanted = name.split("+")  # repairs that touch are logged as one
    found = [entry for entry in entries if entry.id in wanted]
    of_category = [entry for entry in entries if entry.category == name]
    if found:
        click.echo("\n\n".join("\n".join(_lines(entry)) for entry in found))
    elif of_category:
        click.echo("\n".join(f"{entry.id}: {entry.summary}" for entry in of_category))
    else:
        known = {known for entry in entries for known in (entry.id, entry.category)}
        raise ConfigError(unknown(name, known))


def _lines(entry: Entry) -> Iterator[str]:
    from cleaner.repair import Repair  # noqa: PLC0415
    from cleaner.rulebook import Rule  # noqa: PLC0415

    yield click.style(entry.id, bold=True)
    yield entry.summary
    yield ""
    yield f"category    {entry.category}"
    yield f"language    {entry.language}"
    yield f"confidence  {entry.confidence}: {_LEVELS[entry.confidence]}"
    if isinstance(entry.detail, Rule):
        yield from _rule(entry.detail)
    elif isinstance(entry.detail, Repair):
        yield from _repair(entry.detail)
    else:
        yield "found by    context, not by words"


def _rule(rule: Rule) -> Iterator[str]:
    spec = rule.spec
    yield f"scope       {spec.scope}"
    yield f"position    {spec.position}"
    yield f"max_words   {spec.max_words}"
    yield f"file        {rule.file}"
    yield from _section("Phrases", spec.phrases)
    yield from _section("Bags of words", (" + ".join(bag) for bag in spec.bags))
    yield from _section("Unless", spec.unless)
    yield from _section("Takes", spec.match)
    yield from _section("Leaves", spec.keep)


def _repair(repair: Repair) -> Iterator[str]:
    yield f"action      {repair.action}"
    yield from _section("Artifact", (repair.artifact,))
    if repair.action != "flag":
        yield from _section("Mended", (repair.mend,))
    yield from _section("Leaves", (repair.lookalike,))


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield ""
        yield f"{title}:"
    for item in found:
        yield from (f"  {line}" for line in item.splitlines() or [""])
