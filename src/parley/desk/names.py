"""Actors and issues of the dossier: merged, split, renamed, rolled up; every change a decision that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.desk.explore import NOT_REFUSED, show_actor, show_issue
from parley.desk.forms import Form, posted
from parley.desk.pages import desk_of, page, see_other
from parley.dossier.decisions import NEEDS
from parley.errors import ParleyError, Superseded, UnknownName

__all__ = ["ROUTES"]

_FIELDS = {"name", "other", "alias", "form", "under", "label"}
_MOST = 500


def names_page(request: Request) -> Response:
    """List the actors and the issues, to rename, merge and add."""
    return _names(request, NOT_REFUSED, 200)


def _names(request: Request, refused: Mapping[str, str], status: int) -> Response:
    desk = desk_of(request)
    snapshot = desk.snapshot()
    asked = request.query_params.get("words", "").strip().casefold()
    counted: dict[str, int] = {}
    for statement in snapshot.statements:
        counted[statement.speaker] = counted.get(statement.speaker, 0) + 1
    actors = [a for a in snapshot.record.actors if asked in "\n".join((a.name, *a.names, *a.roles)).casefold()]
    actors.sort(key=lambda actor: (-counted.get(actor.name, 0), actor.name))
    context: dict[str, Any] = {
        "actors": [(actor, counted.get(actor.name, 0)) for actor in actors[:_MOST]],
        "left": max(0, len(actors) - _MOST), "asked": request.query_params.get("words", ""),
        "issues": desk.dossier.issues, "seen": desk.names_number, "names": sorted(snapshot.actors),
        "refused": refused,
    }  # fmt: skip
    return page(request, "names.html", context, status=status)


def change(request: Request, form: Form) -> Response:
    """Store a decision on an actor or issue, and go to where it shows."""
    desk, kind, subject = desk_of(request), form.get("kind"), form.get("subject")
    if kind not in NEEDS or kind in ("undo", "resolve forecast"):
        raise HTTPException(422, f"“{kind}” is no decision on a name.")
    detail: dict[str, str] = {}
    field = form.get("field")
    if field in _FIELDS:
        detail[field] = form.get("value")
    if kind == "add issue":
        detail = {key: form.get(key) for key in ("label", "proposition", "examples") if form.get(key)}
    try:
        made = desk.dossier.decide(kind, subject, detail, who=desk.who, seen=form.number("seen"))
    except ParleyError as error:
        return _refused(request, form, error)
    if "issue" in kind:
        return see_other(request, f"/issues/{quote(made.subject)}")
    name = made.detail.get("name", made.subject) if kind in ("rename actor", "split actor") else made.subject
    return see_other(request, f"/actors/{quote(name)}")


def _refused(request: Request, form: Form, error: ParleyError) -> Response:
    """Show the page that the form stood on again, with what was typed and the sentence at its field."""
    status = 409 if isinstance(error, Superseded) else 404 if isinstance(error, UnknownName) else 422
    told, subject = {**form.values, "words": str(error)}, form.get("subject")
    if form.get("at") == "names" or form.get("kind") == "add issue":
        return _names(request, told, status)
    return (show_issue if "issue" in form.get("kind") else show_actor)(request, subject, told, status)


ROUTES = (Route("/names", names_page), Route("/names", posted(change), methods=["POST"]))
