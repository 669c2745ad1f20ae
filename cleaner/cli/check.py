"""``cleaner check``: list residue, write nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cleaner.cli.clean import make_worker
from cleaner.cli.inputs import carry_out
from cleaner.cli.options import corpus_options, output_format_option, paths_argument, quiet_option
from cleaner.cli.output import PROBLEMS, count, printable, table, with_progress

if TYPE_CHECKING:
    from cleaner.config import Settings
    from cleaner.corpus.work import Outcome
    from cleaner.log import DecisionRecord

FOUND = 1
# Characters of the source that a finding shows.
_EXCERPT = 60
_EPILOG = """\b
A finding is what `cleaner clean` would remove or repair with the same options;
surplus blank lines alone are none.

\b
Examples:
  cleaner check articles/
  cleaner check articles/ --select related,player --statistics
  cleaner check - < article.txt
  cleaner check dump.jsonl --output-format json | jq .rule"""


class Finding(NamedTuple):
    """One edit that cleaning would make; ``record`` is the line of a JSON Lines file."""

    path: Path
    record: int | None
    decision: DecisionRecord

    def __str__(self) -> str:
        record = f":{self.record}" if self.record else ""
        decision = self.decision
        excerpt = " ".join(decision.original.split())
        if len(excerpt) > _EXCERPT:
            excerpt = f"{excerpt[: _EXCERPT - 1]}…"
        place = f"{self.path}{record}:{decision.line}"
        return printable(f'{place}: {decision.rule} {decision.reason} "{excerpt}"')


@click.command(epilog=_EPILOG)
@paths_argument
@click.option("--statistics", is_flag=True, help="Print the number of findings of each rule.")
@output_format_option
@corpus_options
@quiet_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], **rest: Any) -> None:
    """List the residue in files, as FILE:LINE: RULE REASON; exit 1 if there is any.

    PATHs are files and directories; a single - reads standard input.
    """
    ctx.exit(_check(paths, **rest))


def _check(paths: tuple[Path, ...], settings: Settings, *, statistics: bool, **rest: Any) -> int:
    worker = make_worker(settings)
    inventory, outcomes = carry_out(paths, rest["format_"], worker, settings.workers)
    paths_by_name = inventory.paths()
    rules: Counter[str] = Counter()
    documents = troubles = 0
    show = _Printer(as_json=rest["output_format"] == "json", findings=not statistics)
    for outcome in with_progress(outcomes, inventory.size, quiet=rest["quiet"]):
        documents += outcome.tally.documents
        troubles += len(outcome.troubles)
        for finding in _findings(outcome, paths_by_name):
            rules[finding.decision.rule] += 1
            show.finding(finding)
    show.end(rules)
    if not rest["quiet"]:
        found = count(rules.total(), "finding")
        problems = f", {count(troubles, 'problem')}" if troubles else ""
        click.echo(f"{found} in {count(documents, 'document')}{problems}", err=True)
    return PROBLEMS if troubles else FOUND if rules else 0


class _Printer:
    """Prints findings, or their statistics, as text or as one JSON array or object."""

    def __init__(self, *, as_json: bool, findings: bool) -> None:
        self._as_json = as_json
        self._findings = findings
        self._first = True

    def finding(self, finding: Finding) -> None:
        """Print one finding, unless statistics were asked for."""
        if not self._findings:
            return
        if self._as_json:
            click.echo("[" if self._first else ",")
            click.echo(_as_json(finding), nl=False)
        else:
            click.echo(str(finding))
        self._first = False

    def end(self, rules: Counter[str]) -> None:
        """Print what comes after the findings."""
        if self._findings:
            if self._as_json:
                click.echo("[]" if self._first else "\n]")
        elif self._as_json:
            click.echo(json.dumps(dict(rules.most_common()), indent=2))
        elif rules:
            rows = [(rule, f"{number:,}") for rule, number in rules.most_common()]
            click.echo(table(("rule", "findings"), rows))


def _as_json(finding: Finding) -> str:
    import msgspec  # noqa: PLC0415

    place = {"file": str(finding.path), "record": finding.record}
    return json.dumps({**place, **msgspec.to_builtins(finding.decision)})


def _findings(outcome: Outcome, paths: dict[str, Path]) -> Iterator[Finding]:
    """Yield the edits among the decisions of an outcome."""
    from cleaner.log import DecisionRecord, DocumentRecord, decode  # noqa: PLC0415

    if not outcome.tally.changed:
        return
    place: tuple[Path, int | None] = Path(), None
    for line in outcome.log.splitlines():
        record = decode(line)
        if isinstance(record, DocumentRecord):
            place = paths.get(record.file, Path(record.file)), record.record
        elif isinstance(record, DecisionRecord) and _counts(record):
            yield Finding(*place, record)


def _counts(record: DecisionRecord) -> bool:
    return record.status == "applied" and bool((record.original + record.replacement).strip("\r\n"))
