"""What a decision on names, issues or outcomes must hold before it is stored: names that exist, and no clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from parley.dossier.decisions import (
    ACTOR_STEPS,
    ISSUE_KINDS,
    NEEDS,
    Actors,
    IssuesAfter,
    in_force,
    issues_after,
    no_such_decision,
    standing,
    undone_already,
)
from parley.dossier.outcomes import RESOLVE, prepare_outcome
from parley.errors import DossierError, UnknownName
from parley.records import AUTHOR, UNRESOLVED, Actor, Decision, Statement

__all__ = ["near_names", "prepare"]


def prepare(
    kind: str,
    subject: str,
    detail: Mapping[str, str],
    *,
    actors: Sequence[Actor],
    decisions: Sequence[Decision],
    statements: Sequence[Statement] = (),
) -> tuple[str, dict[str, str]]:
    """Return subject and detail as they should be stored: existing names in their canonical form.

    *actors* and *statements* are those before any decision. Raises UnknownName for a name that does not
    exist, DossierError for a decision that says too little or would clash.
    """
    told = {key: value.strip() for key, value in detail.items()}
    subject = subject.strip()
    for key in NEEDS.get(kind, ()):
        if not told.get(key):
            raise DossierError(f"The decision “{kind}” needs “{key}”; give it.")
    if kind == "undo":
        return _prepare_undo(subject, decisions), told
    if kind == RESOLVE:
        return prepare_outcome(subject, told, statements)
    if kind in ACTOR_STEPS:
        return _prepare_actor(kind, subject, told, Actors(actors), decisions)
    if kind in ISSUE_KINDS:
        return _prepare_issue(kind, subject, told, issues_after(decisions))
    return subject, dict(detail)


def _prepare_undo(subject: str, decisions: Sequence[Decision]) -> str:
    numbers = {str(decision.number): decision for decision in decisions}
    if subject not in numbers:
        raise no_such_decision(subject, len(decisions))
    if int(subject) not in {decision.number for decision in standing(decisions)}:
        raise undone_already(subject)
    return subject


def _prepare_actor(
    kind: str, subject: str, told: dict[str, str], state: Actors, decisions: Sequence[Decision]
) -> tuple[str, dict[str, str]]:
    for decision in in_force(decisions):
        if decision.kind in ACTOR_STEPS:
            ACTOR_STEPS[decision.kind](state, decision)
    name = _actor(state, subject)
    if kind == "merge actors":
        told["other"] = _actor(state, told["other"])
        if told["other"] == name:
            raise DossierError(f"“{subject}” and “{told['other']}” are one actor already; name two.")
        return name, told
    if kind == "roll up actor":
        told["under"] = _actor(state, told["under"])
        if told["under"] == name or state.above(told["under"], name):
            raise DossierError(f"“{told['under']}” is “{name}” or already counts for it; name another party.")
        return name, told
    if kind == "split actor":
        return name, _prepare_split(name, told, state)
    new = told["name" if kind == "rename actor" else "alias"]
    if new in (AUTHOR, UNRESOLVED):
        raise DossierError(f"No actor can be called “{new}”; Parley uses it for speakers who are not actors.")
    if new in state.known and new != name:
        raise DossierError(f"“{new}” is an actor of its own; merge the two if they are the same.")
    if new == name:
        raise DossierError(f"“{name}” is called that already; give another name.")
    return name, told


def _prepare_split(name: str, told: dict[str, str], state: Actors) -> dict[str, str]:
    forms = state.known[name].names
    found = [form for form in forms if form.casefold() == told["form"].casefold()]
    if not found:
        known = ", ".join(f"“{form}”" for form in forms) or "none"
        raise DossierError(f"“{told['form']}” is no other name of “{name}”, whose other names are: {known}.")
    new = told.get("name") or found[0]
    if new in (AUTHOR, UNRESOLVED) or (new in state.known and new != found[0]):
        raise DossierError(f"“{new}” is taken already; give the actor that is split off another name.")
    return {**told, "form": found[0], "name": new}


def _actor(state: Actors, name: str) -> str:
    found = state.find(name)
    if found is None:
        pool = {form: actor.name for actor in state.known.values() for form in (*actor.names, actor.name)}
        raise UnknownName(_unknown("actor", name, pool, "parley actors"))
    return found


def _prepare_issue(kind: str, subject: str, told: dict[str, str], after: IssuesAfter) -> tuple[str, dict[str, str]]:
    if kind == "add issue":
        key = subject or told.get("id", "")
        if not key or any(c.isspace() or c in ",;" for c in key):
            raise DossierError(f"{key!r} cannot be the id of an issue; give a short one without spaces, such as X1.")
        if key.casefold() == "none":
            raise DossierError(f"{key} stands for statements without an issue; give another id, such as X1.")
        if there := next((known for known in after.moved if known.casefold() == key.casefold()), None):
            raise DossierError(f"There is an issue {there} already; give another id.")
        return key, {**told, "id": key}
    key = _issue(after, subject)
    if kind == "merge issues":
        told["other"] = _issue(after, told["other"])
        if told["other"] == key:
            raise DossierError(f"{subject} and {told['other']} are one issue already; name two.")
    return key, told


def _issue(after: IssuesAfter, name: str) -> str:
    if name in after.moved:
        return after.moved[name]
    wanted = name.casefold()
    forms = {form.casefold(): i.id for i in after.issues for form in (*i.aliases, i.label, i.id)}
    if wanted in forms:
        return forms[wanted]
    pool = {form: i.id for i in after.issues for form in (*i.aliases, i.label, i.id)}
    raise UnknownName(_unknown("issue", name, pool, "parley issues"))


def _unknown(what: str, name: str, pool: Mapping[str, str], command: str) -> str:
    """Say that there is none of that name, with near names; *pool* maps the forms to the names to suggest."""
    names = near_names(name, pool)
    hint = f"did you mean {' or '.join(f'“{n}”' for n in names)}?" if names else f"`{command}` lists them."
    return f"There is no {what} “{name}” in this dossier; {hint}"


def near_names(name: str, pool: Mapping[str, str]) -> list[str]:
    """Return up to three names that are spelt much like *name*; *pool* maps the forms to the names."""
    wanted = name.casefold()
    folded: dict[str, str] = {}
    for form in sorted(pool):
        folded.setdefault(form.casefold(), pool[form])
    near = get_close_matches(wanted, folded, n=3, cutoff=0.6)
    if len(wanted) >= 3:
        near += [form for form in folded if wanted in form]
    return list(dict.fromkeys(folded[form] for form in near))[:3]
