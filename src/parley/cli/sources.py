"""Commands on sources: list them, and grade one."""

from __future__ import annotations

from pathlib import Path

import click

from parley import workbench
from parley.analysis.sources import sources as listing
from parley.cli.person import WHO, decider
from parley.cli.printing import print_result
from parley.dossier.grading import CREDIBILITY, RELIABILITY, grade_source

_DOSSIER = click.argument("dossier", type=click.Path(readable=False, path_type=Path))


@click.group()
def sources() -> None:
    """List sources, and grade one on the Admiralty scale: your own judgement, never Parley's."""


@sources.command("list")
@_DOSSIER
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def list_sources(dossier: Path, as_json: bool, as_csv: bool) -> None:
    """List the sources with what is known of them, their lineage and their grades."""
    with workbench.open_dossier(dossier) as made:
        table = listing(made.record())
    print_result(table, as_json=as_json, as_csv=as_csv)


@sources.command("grade")
@_DOSSIER
@click.argument("document")
@click.argument("grade")
@WHO
@click.option("--because", default="", help="Why, in a sentence.")
def grade(dossier: Path, document: str, grade: str, who: str | None, because: str) -> None:
    """Grade DOCUMENT (its name or id): a letter A to F for the source, a number 1 to 6 for what it says.

    The two are judged independently: B2, or B alone. A later grade replaces an earlier one, and both stay on record.
    """
    with workbench.open_dossier(dossier) as made:
        decision = grade_source(made, document, grade, who=decider(who), because=because)
    words = RELIABILITY[decision.detail["reliability"]]
    number = decision.detail.get("credibility")
    words += f"; {CREDIBILITY[number]}" if number else ""
    click.echo(f"Decision {decision.number}: {document} is graded {grade.upper()}: {words}.")
