"""Commands on bargains: draft one from a dossier, solve one, say why a party waits."""

from __future__ import annotations

from pathlib import Path

import click

from parley.bargaining.explain import explain as explained
from parley.bargaining.formats import to_csv, to_json
from parley.bargaining.pages import compared, to_html, to_text
from parley.bargaining.report import make
from parley.bargaining.spatial import forecasts, read_actors
from parley.bargaining.toml import read
from parley.bridge.bargain import draft_text
from parley.cli.coverage import write_atomically
from parley.dossier import Dossier
from parley.errors import ModelError, ParleyError

__all__ = ["bargain"]

_SCENARIO = click.argument("scenario", type=click.Path(readable=False, path_type=Path))


@click.group()
def bargain() -> None:
    """Explore a bargain while the clocks run: who agrees when, on what, who gains from delay."""


@bargain.command()
@click.argument("dossier", type=click.Path(readable=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False, path_type=Path),
    help="Write the draft here (default: to the terminal).",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def draft(dossier: Path, output: Path | None, force: bool) -> None:
    """Propose a bargain file from a dossier, each number with the statements that bear on it."""
    if output and output.exists() and not force:
        raise ModelError(f"{output} is there already; give another name, or --force to write over it.")
    with Dossier.open(dossier) as opened:
        text = draft_text(opened.record())
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text)
        click.echo(
            f"Wrote {output}. It is a draft: read it, correct it, then run parley bargain solve {output}", err=True
        )


@bargain.command()
@_SCENARIO
@click.option("--draws", type=click.IntRange(0, 1_000_000), default=0, help="Draw the uncertain numbers this often.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draws.")
@click.option("--lever", "levers", multiple=True, metavar="NAME", help="Pull this lever (may be given again).")
@click.option("--measure", default="chance of agreement", show_default=True, help="What the tornado is about.")
@click.option(
    "--sobol", type=click.IntRange(0, 65_536), default=0, help="Sobol indices from this power of two (SALib)."
)
@click.option(
    "-o", "--output", type=click.Path(readable=False, path_type=Path), help="Write a page with charts here (HTML)."
)
@click.option("--json", "as_json", metavar="FILE", help="Write everything as JSON here; - for the terminal.")
@click.option("--csv", "as_csv", metavar="FILE", help="Write the numbers as CSV here; - for the terminal.")
def solve(
    scenario: Path,
    draws: int,
    seed: int,
    levers: tuple[str, ...],
    measure: str,
    sobol: int,
    output: Path | None,
    as_json: str | None,
    as_csv: str | None,
) -> None:
    """Solve a bargain file and show when the parties agree, on what, and what would change it."""
    if as_json == "-" and as_csv == "-":
        raise ParleyError("JSON and CSV cannot both go to standard output; give one of them a file.")
    report = make(read(scenario), levers=levers, draws=draws, seed=seed, measure=measure, sobol_draws=sobol)
    if "-" not in {as_json, as_csv}:
        click.echo(to_text(report), nl=False)
    if output:
        write_atomically(output, to_html(report))
        click.echo(f"Wrote {output}", err=True)
    for target, text in ((as_json, to_json), (as_csv, to_csv)):
        if target == "-":
            click.echo(text(report), nl=False)
        elif target:
            write_atomically(Path(target), text(report))
            click.echo(f"Wrote {target}", err=True)


@bargain.command()
@_SCENARIO
def explain(scenario: Path) -> None:
    """Say in words why a party waits, and what would make it sign."""
    for paragraph in explained(read(scenario)):
        click.echo(paragraph + "\n")


@bargain.command()
@click.argument("first", type=click.Path(readable=False, path_type=Path))
@click.argument("second", type=click.Path(readable=False, path_type=Path))
def compare(first: Path, second: Path) -> None:
    """Put two bargain files side by side: every measure that both have."""
    click.echo(compared(read(first), read(second)), nl=False)


@bargain.command()
@click.argument("actors", type=click.Path(readable=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1, 100), default=8, show_default=True, help="Of the challenge model.")
def spatial(actors: Path, rounds: int) -> None:
    """Forecast a position on a scale from a CSV file of actor, capability, position, salience."""
    click.echo(forecasts(read_actors(actors), rounds=rounds), nl=False)
