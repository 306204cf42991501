"""The command that makes one dossier of two people's copies."""

from __future__ import annotations

from pathlib import Path

import click

from parley import workbench

__all__ = ["merge"]

_FIELDS = {
    "statement": "what is a statement",
    "speaker": "speaker",
    "act": "act",
    "issues": "issues",
    "stance": "stance",
}


@click.command()
@click.argument("first", type=click.Path(readable=False, path_type=Path))
@click.argument("second", type=click.Path(readable=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(readable=False, path_type=Path), required=True, help="The new dossier to write."
)
def merge(first: Path, second: Path, output: Path) -> None:
    """Make one dossier of two people's copies: documents, readings and decisions of both.

    Decisions are put in the order of time. Statements that the two decided differently are marked disputed, for a third
    decision; how far they agree is told and kept.
    """
    made = workbench.merge(first, second, output)
    click.echo(
        f"{output}: {made.documents:,} documents, {made.statements:,} statements, {made.decisions:,} decisions, "
        f"{made.shared:,} of them in both."
    )
    for item in made.agreements:
        kappa = f", kappa {item.kappa:.2f}" if item.kappa is not None else ""
        click.echo(f"Agreement on {_FIELDS[item.field]}: {item.same} of {item.both}{kappa}.")
    if made.disputed:
        click.echo(f"Decided differently, and waiting for a third decision: {len(made.disputed)}.")
        for each in made.disputed:
            click.echo(f"  {each.statement}: {each.first}; {each.second}")
        click.echo(f"Decide at the desk: parley desk {output}, queue “disputed”.", err=True)
