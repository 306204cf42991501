"""The command line: thin commands that parse their options and call one function of the library each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from parley.cli import streams
from parley.cli.accounts import accounts
from parley.cli.coverage import brief, check, export, read, search, show
from parley.cli.diff import diff
from parley.cli.forecasts import forecasts
from parley.cli.names import actors, issues
from parley.cli.sources import sources
from parley.errors import ParleyError
from parley.version import __version__

__all__ = ["main"]


_MODELS = {
    "conflict": "parley.cli.conflict",
    "bargain": "parley.cli.bargain",
    "desk": "parley.cli.desk",
    "merge": "parley.cli.merge",
}
"""Commands that are loaded only when they are called or listed: they bring the solvers, or a server."""


class _Commands(click.Group):
    """Turns errors that a user can mend into one sentence and an exit code; ``--debug`` shows the trace as well."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_MODELS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _MODELS and cmd_name not in self.commands:
            self.add_command(getattr(import_module(_MODELS[cmd_name]), cmd_name))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise ParleyError("Stopped. Whatever was stored or written before stands.") from None

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        debug = "--debug" in arguments
        streams.prepare()
        try:
            return super().main([a for a in arguments if a != "--debug"], *rest, **extra)
        except ParleyError as error:
            if debug:
                raise
            click.echo(f"parley: {error}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            if debug:
                raise
            where = f" ({error.filename})" if error.filename else ""
            click.echo(f"parley: {(error.strerror or str(error)).rstrip('.')}{where}.", err=True)
            sys.exit(1)
        finally:
            failure = streams.flush()
            if failure:
                click.echo(f"parley: {failure}", err=True)
                sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="parley")
def main() -> None:
    """Read coverage of a negotiation into a dossier, and show what the record shows.

    Add --debug to any command to see the full trace of an error.
    """


for _command in (read, brief, show, search, export, check, actors, issues, sources, forecasts, diff, accounts):
    main.add_command(_command)
