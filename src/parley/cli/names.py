"""Commands on the names of a dossier: actors and issues. Every change is an appended decision and can be undone."""

from __future__ import annotations

from pathlib import Path

import click

from parley import workbench
from parley.cli.coverage import print_table
from parley.cli.person import WHO, decider

_DOSSIER = click.argument("dossier", type=click.Path(readable=False, path_type=Path))
_LISTED = (
    click.option("--json", "as_json", is_flag=True, help="JSON on standard output."),
    click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output."),
)


def _decide(dossier: Path, kind: str, subject: str, detail: dict[str, str], who: str | None) -> None:
    with workbench.open_dossier(dossier) as made:
        decision = made.decide(kind, subject, detail, who=decider(who))
    given = ", ".join(f"{key} {'; '.join(value.splitlines())}" for key, value in detail.items())
    click.echo(f"Decision {decision.number}: {kind} {subject}{f' ({given})' if given else ''}.")


@click.group()
def actors() -> None:
    """List, rename, merge, split and roll up actors, or add other names for them."""


@actors.command("list")
@_DOSSIER
@_LISTED[0]
@_LISTED[1]
def list_actors(dossier: Path, as_json: bool, as_csv: bool) -> None:
    """List the actors with all their names."""
    print_table("actors", dossier, as_json=as_json, as_csv=as_csv)


@actors.command("rename")
@_DOSSIER
@click.argument("name")
@click.argument("new")
@WHO
def rename_actor(dossier: Path, name: str, new: str, who: str | None) -> None:
    """Call the actor NAME by the name NEW."""
    _decide(dossier, "rename actor", name, {"name": new}, who)


@actors.command("merge")
@_DOSSIER
@click.argument("name")
@click.argument("others", nargs=-1, required=True)
@WHO
def merge_actors(dossier: Path, name: str, others: tuple[str, ...], who: str | None) -> None:
    """Say that NAME and the OTHERS are one actor, called NAME."""
    for other in others:
        _decide(dossier, "merge actors", name, {"other": other}, who)


@actors.command("alias")
@_DOSSIER
@click.argument("name")
@click.argument("aliases", nargs=-1, required=True)
@WHO
def alias_actor(dossier: Path, name: str, aliases: tuple[str, ...], who: str | None) -> None:
    """Add other names by which the actor NAME goes."""
    for alias in aliases:
        _decide(dossier, "add alias", name, {"alias": alias}, who)


@actors.command("split")
@_DOSSIER
@click.argument("name")
@click.argument("form")
@click.option("--as", "new", default=None, help="What to call the actor that is split off; FORM unless given.")
@WHO
def split_actor(dossier: Path, name: str, form: str, new: str | None, who: str | None) -> None:
    """Say that FORM, one of the other names of the actor NAME, is somebody else."""
    _decide(dossier, "split actor", name, {"form": form, **({"name": new} if new else {})}, who)


@actors.command("roll-up")
@_DOSSIER
@click.argument("name")
@click.argument("under")
@WHO
def roll_up_actor(dossier: Path, name: str, under: str, who: str | None) -> None:
    """Count what the actor NAME says for the actor UNDER, in every table of sides."""
    _decide(dossier, "roll up actor", name, {"under": under}, who)


@click.command("undo")
@_DOSSIER
@click.argument("number", type=int)
@WHO
def undo_decision(dossier: Path, number: int, who: str | None) -> None:
    """Undo the decision of that NUMBER; the undoing is a decision too."""
    _decide(dossier, "undo", str(number), {}, who)


@click.group()
def issues() -> None:
    """List, relabel, merge and add issues for this dossier."""


@issues.command("list")
@_DOSSIER
@_LISTED[0]
@_LISTED[1]
def list_issues(dossier: Path, as_json: bool, as_csv: bool) -> None:
    """List the issues with their labels and how often they are coded."""
    print_table("issues", dossier, as_json=as_json, as_csv=as_csv)


for _group in (actors, issues):
    _group.add_command(undo_decision)


@issues.command("rename")
@_DOSSIER
@click.argument("issue")
@click.argument("label")
@WHO
def rename_issue(dossier: Path, issue: str, label: str, who: str | None) -> None:
    """Give the ISSUE (its id) another LABEL in this dossier."""
    _decide(dossier, "rename issue", issue, {"label": label}, who)


@issues.command("merge")
@_DOSSIER
@click.argument("issue")
@click.argument("others", nargs=-1, required=True)
@WHO
def merge_issues(dossier: Path, issue: str, others: tuple[str, ...], who: str | None) -> None:
    """Count the OTHERS (their ids) under ISSUE."""
    for other in others:
        _decide(dossier, "merge issues", issue, {"other": other}, who)


@issues.command("add")
@_DOSSIER
@click.argument("issue")
@click.argument("label")
@click.option("--proposition", required=True, help="The sentence that for and against refer to.")
@click.option("--example", "examples", multiple=True, help="A phrase as the coverage would word it; give a few.")
@WHO
def add_issue(
    dossier: Path, issue: str, label: str, proposition: str, examples: tuple[str, ...], who: str | None
) -> None:
    """Add an ISSUE (a new id) with a LABEL to this dossier; the next `parley read` looks for it.

    Readers find it by its proposition, its label and the examples, with no training.
    """
    detail = {"label": label, "proposition": proposition}
    phrases = [" ".join(example.split()) for example in examples if example.strip()]
    if phrases:
        detail["examples"] = "\n".join(phrases)
    _decide(dossier, "add issue", issue, detail, who)


@issues.command("alias")
@_DOSSIER
@click.argument("issue")
@click.argument("aliases", nargs=-1, required=True)
@WHO
def alias_issue(dossier: Path, issue: str, aliases: tuple[str, ...], who: str | None) -> None:
    """Add other names by which the ISSUE goes in search and lists."""
    for alias in aliases:
        _decide(dossier, "add issue alias", issue, {"alias": alias}, who)
