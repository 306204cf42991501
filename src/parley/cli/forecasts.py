"""Commands on forecasts: list them, and record what came of them."""

from __future__ import annotations

from pathlib import Path

import click

from parley import workbench
from parley.analysis.bands import STANDARDS
from parley.analysis.forecasts import forecasts as ledger
from parley.cli.person import WHO, decider
from parley.cli.printing import print_result
from parley.dossier.outcomes import OUTCOMES, RESOLVE

_DOSSIER = click.argument("dossier", type=click.Path(readable=False, path_type=Path))


@click.group()
def forecasts() -> None:
    """List forecasts, and record what came of them."""


@forecasts.command("list")
@_DOSSIER
@click.option(
    "--standard",
    type=click.Choice(list(STANDARDS)),
    default="icd203",
    show_default=True,
    help="Whose bands stand beside words of likelihood; never both.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def list_forecasts(dossier: Path, standard: str, as_json: bool, as_csv: bool) -> None:
    """List the forecasts with horizon, likelihood, condition and outcome."""
    with workbench.open_dossier(dossier) as made:
        table = ledger(made.record(), standard=standard)
    print_result(table, as_json=as_json, as_csv=as_csv)


@forecasts.command("resolve")
@_DOSSIER
@click.argument("statement")
@click.argument("outcome", type=click.Choice(OUTCOMES))
@WHO
@click.option("--probability", help="The probability that a person assigned to it: 0 to 1, or a percentage.")
@click.option("--because", help="Why, in a sentence; name the source.")
def resolve_forecast(
    dossier: Path, statement: str, outcome: str, who: str | None, probability: str | None, because: str | None
) -> None:
    """Record that the forecast STATEMENT (its id) came true, did not, or is void."""
    detail = {"outcome": outcome, "probability": probability or "", "because": because or ""}
    with workbench.open_dossier(dossier) as made:
        decision = made.decide(RESOLVE, statement, detail, who=decider(who))
    click.echo(f"Decision {decision.number}: {decision.subject} is resolved: {outcome}.")
