"""The codes of a statement as forms hold them: what they offer, what came back, and what is new or differs in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from parley.brief.display import printable
from parley.codebook import ACTS, DEGREES, ISSUES, MODES
from parley.desk.forms import Form
from parley.desk.pages import NAMES
from parley.desk.state import Desk, Snapshot
from parley.dossier.agreement import CODED
from parley.dossier.preparing import near_names
from parley.dossier.review import FIELDS
from parley.records import Decision, Statement

__all__ = ["choices", "code_form", "compared", "form_codes", "near_actors", "new_actors", "new_names", "spoken"]

_CODES = {label.casefold(): code for code, label in NAMES.items()}


def choices(desk: Desk) -> Mapping[str, Any]:
    """Return what the selects of a form offer."""

    def make(snapshot: Snapshot) -> object:
        labels = snapshot.record.issue_labels
        issues = [{"id": key, "label": label} for key, label in labels.items()] or [
            {"id": key, "label": issue.label} for key, issue in ISSUES.items()
        ]
        return {
            "acts": tuple(ACTS),
            "degrees": DEGREES,
            "modes": tuple(MODES),
            "issues": issues,
            "issue_ids": {issue["id"] for issue in issues},
            "actors": [*NAMES.values(), *sorted(snapshot.actors)[:2000]],
        }

    made = desk.kept("choices", make)
    assert isinstance(made, dict)  # noqa: S101 - what was kept under this key
    return made


def spoken(name: str) -> str:
    """Return the speaker that is meant: the desk's own words for one that is no actor, or the name as typed."""
    return _CODES.get(name.casefold(), name)


def code_form(statement: Statement) -> dict[str, str]:
    """Return a statement's codes as a form holds them."""
    return {
        "speaker": statement.speaker,
        "voice": statement.voice,
        "act": statement.act,
        "mode": statement.mode or "",
        "degree": statement.degree or "",
        "issues": " ".join(statement.issues),
        "stance": statement.stance,
        "addressee": statement.addressee or "",
    }


def form_codes(form: Form) -> dict[str, str]:
    """Return the coded fields of a form. A list of issues that came empty clears them; the first is the main one."""
    told = {name: form.get(name) for name in FIELDS if name in form.values}
    if "act" in told or "issues" in form.lists:
        told["issues"] = " ".join(dict.fromkeys(" ".join(form.lists.get("issues", ())).split()))
    if "speaker" in told:
        told["speaker"] = spoken(told["speaker"])
    return told


def compared(coded: Decision, statement: Statement) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return a person's blind codes beside the machine's, and all of theirs where any would change the statement."""
    told = coded.detail
    if told.get("statement") == "no":
        return [], {}
    rows = []
    for name in CODED:
        own, machine = told.get(name, ""), told.get(f"machine_{name}", "")
        same = sorted(own.split()) == sorted(machine.split()) if name == "issues" else own == machine
        rows.append({"name": name, "own": own or "none", "machine": machine or "none", "same": same})
    only = {"mode": "ASSESS", "degree": "ACCEPT"}
    codes = {
        name: value for name, value in told.items() if name in FIELDS and only.get(name, told["act"]) == told["act"]
    }
    return rows, codes if codes.items() - code_form(statement).items() else {}


def new_names(before: Snapshot, decision: Decision) -> str:
    """Return the speaker and the addressee in a decision by which no actor went *before*, one a line."""
    names = dict.fromkeys(decision.detail.get(field, "") for field in ("speaker", "addressee"))
    return "\n".join(name for name in names if name and name not in before.actors and name not in NAMES)


def new_actors(snapshot: Snapshot, names: str) -> Markup:
    """Say of each of these *names*, one a line, that it is a new actor, and which others are spelt alike."""
    said = []
    for name in (name for name in names.splitlines() if name in snapshot.actors):
        near = " or ".join(f"“{other}”" for other in near_actors(snapshot, name) if other != name)
        hint = f"; did you mean {near}? Undo it, or merge the two on its page." if near else "."
        link = Markup('New actor: <a href="/actors/{}">{}</a>{}')
        said.append(link.format(quote(name), printable(name), printable(hint)))
    return Markup(" ").join(said)


def near_actors(snapshot: Snapshot, name: str) -> Sequence[str]:
    """Return the actors whose names are spelt much like *name*."""
    pool = {form: actor.name for actor in snapshot.actors.values() for form in (*actor.names, actor.name)}
    return near_names(name, pool)
