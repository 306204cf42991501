"""The command line: thin commands that parse their options and call one function of the library each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

import parley
from parley.cli.coverage import brief, check, export, read, search, show
from parley.cli.names import actors, issues
from parley.errors import ParleyError

__all__ = ["main"]


class _Commands(click.Group):
    """Turns errors that a user can mend into one sentence and an exit code; ``--debug`` shows the trace as well."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        debug = "--debug" in arguments
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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(parley.__version__, prog_name="parley")
def main() -> None:
    """Read coverage of a negotiation into a dossier, and show what the record shows.

    Add --debug to any command to see the full trace of an error.
    """


for _command in (read, brief, show, search, export, check, actors, issues):
    main.add_command(_command)
