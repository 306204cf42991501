"""Who decides: what every command that records a person's decision asks for."""

from __future__ import annotations

import getpass

import click

from parley.errors import ParleyError

__all__ = ["WHO", "decider"]

WHO = click.option("--who", "--by", "who", default=None, help="Who decides; the login name unless given.")
"""The option by which a person says who decides; ``--by`` says the same."""


def decider(given: str | None) -> str:
    """Return the name *given*, else the login name. Raises ParleyError where the system knows none."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError, ImportError):  # as in a container whose user has no name
        raise ParleyError("This system gives you no login name; say who decides with --who NAME.") from None
