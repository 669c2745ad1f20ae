"""The command ``cleaner``: one small file a command, imported only when it is called."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from typing import Any

import click

from cleaner.errors import CleanerError, ConfigError, RuleError

# Processes share the work, so numpy needs no threads; starting them costs 0.04 s of CPU each time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Name of the command: the line that `cleaner --help` prints for it.
_COMMANDS = {
    "clean": "Clean files and directories, and log every edit.",
    "check": "List the residue in files; exit 1 if there is any.",
    "diff": "Show what cleaning would change in a file.",
    "restore": "Give back the sources of clean files from their log.",
    "explain": "Say what a rule or repair does, with examples.",
    "rules": "List, lint and count the rules.",
    "score": "Clean a directory and compare it with gold files.",
}

_EPILOG = """\b
Examples:
  cleaner clean articles/ -o clean/          logs to clean/removals.jsonl
  cleaner check articles/ --statistics
  cleaner diff articles/one.txt
  cleaner restore clean/ --log clean/removals.jsonl -o back/
  curl -s https://example.org/a.txt | cleaner clean -

\b
Exit codes:
  0  done
  1  residue found (check); score below --fail-under (score)
  2  wrong use, configuration or rule
  3  some inputs could not be read or results not written; the rest went through
  130  interrupted

\b
Settings come from the command line, else from cleaner.toml or [tool.cleaner] in
pyproject.toml, found upward from the working directory."""


class WrongUse(click.ClickException):
    """An option, configuration or rule is wrong."""

    exit_code = 2


class NotDone(click.ClickException):
    """A file cannot be read or written, or a worker process died."""

    exit_code = 3


class Commands(click.Group):
    """Imports a command when it is called, so that ``--help`` imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of their use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None when there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"cleaner.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, with errors on one line and exit codes as documented."""
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            wrong_use = isinstance(error, (ConfigError, RuleError))
            message = " ".join(str(error).split())
            raise (WrongUse if wrong_use else NotDone)(message) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has seen enough
                raise
            raise NotDone(f"cannot be written: {error.strerror or error}") from None
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(130)


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="article-cleaner", prog_name="cleaner")
def main() -> None:
    """Take page residue out of articles, mend machine translation, and log every edit."""
