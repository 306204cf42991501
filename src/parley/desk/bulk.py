"""Deciding on many statements at once after a look at what it would touch; and adding one that the reader missed."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.brief import render_html
from parley.desk.article import Piece, passage
from parley.desk.codes import choices, form_codes, new_names
from parley.desk.forms import Form, posted
from parley.desk.pages import desk_of, page, see_other
from parley.desk.queue import Filter, described, matching
from parley.desk.state import Desk
from parley.dossier.review import ACCEPT, ADD, FLAG, MANY, REJECT, UNFLAG
from parley.errors import ParleyError, Superseded
from parley.records import Span

__all__ = ["ROUTES"]

_VERBS = {"accept": ACCEPT, "reject": REJECT, "flag": FLAG, "unflag": UNFLAG}
_PREVIEWED = 50
_CONTEXT = 1500


def preview(request: Request) -> Response:
    """Show what a decision on everything that the filter leaves would touch."""
    desk = desk_of(request)
    return _preview(request, desk, Filter.of(request.query_params))


def decide_many(request: Request, form: Form) -> Response:
    """Store one decision on exactly the statements that were shown, or none where they have changed since."""
    desk, wanted = desk_of(request), _queue(form.get("query"))
    verb = form.get("verb")
    if verb not in _VERBS:
        raise HTTPException(422, "Choose whether to accept, reject or flag them.")
    keys = _keys(desk, wanted)
    if _digest(keys) != form.get("digest"):
        return _preview(request, desk, wanted, "The queue has changed since; look at it again.", 409)
    detail = {"statements": " ".join(keys), "filter": wanted.query() or "all that are not decided"}
    try:
        made = desk.dossier.decide(MANY, _VERBS[verb], detail, who=desk.who, seen=form.number("number"))
    except Superseded as error:
        return _preview(request, desk, wanted, str(error), 409)
    return page(request, "bulk_done.html", {"made": made, "count": len(keys), "query": wanted.query()})


def add_form(request: Request) -> Response:
    """Show the form for a statement that the reader missed, with the words that were selected."""
    query = request.query_params
    span = (query.get("start", ""), query.get("end", ""), query.get("words", ""))
    return _add_form(request, *span, query.get("back", ""), _queue(query.get("queue", "")), {})


def add(request: Request, form: Form) -> Response:
    """Store a statement that a person found, and go back to the card that they came from, or else show it."""
    desk = desk_of(request)
    before, back, queue = desk.snapshot(), form.get("back"), _queue(form.get("query"))
    told = {name: value for name, value in form_codes(form).items() if value or name == "issues"}
    detail = {**told, "document": request.path_params["key"]}
    if form.get("words"):
        detail["words"] = form.get("words")
    try:
        made = desk.dossier.decide(ADD, "", detail, who=desk.who)
    except ParleyError as error:
        again = {**form_codes(form), "issues": form.lists.get("issues", ())}
        span = (form.get("start"), form.get("end"), form.get("words"))
        return _add_form(request, *span, back, queue, again, str(error))
    new = new_names(before, made)
    more = {"added": made.subject, **({"new": new} if new else {})}
    at = back if before.statement(back) else made.subject
    return see_other(request, f"/s/{at}{queue.query(**more)}")


def brief(request: Request) -> Response:
    """Return the brief as a file: every statement that nobody rejected, or only those that people stand behind."""
    desk = desk_of(request)
    only = request.query_params.get("only") == "reviewed"
    record = desk.dossier.record(only_reviewed=only)
    name = (
        f"brief-{'reviewed-' if only else ''}{desk.path.stem}.html".encode("ascii", "replace").decode().replace('"', "")
    )
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(render_html(record).encode(), media_type="text/html; charset=utf-8", headers=headers)


def _preview(request: Request, desk: Desk, wanted: Filter, message: str = "", status: int = 200) -> Response:
    snapshot = desk.snapshot()
    number = len(desk.decisions)
    keys = _keys(desk, wanted)
    reviews = desk.reviews
    shown = [(snapshot.statements[snapshot.places[key]], reviews.mark(key)) for key in keys[:_PREVIEWED]]
    context: dict[str, Any] = {
        "filter": wanted, "queue": described(snapshot, wanted), "snapshot": snapshot, "total": len(keys),
        "statements": shown, "left": max(0, len(keys) - _PREVIEWED), "number": number, "digest": _digest(keys),
        "message": message,
    }  # fmt: skip
    return page(request, "bulk.html", context, status=status)


def _add_form(
    request: Request, start: str, end: str, words: str, back: str, queue: Filter, form: dict[str, Any],
    message: str = "",
) -> Response:  # fmt: skip
    desk = desk_of(request)
    snapshot = desk.snapshot()
    document = snapshot.documents.get(request.path_params["key"])
    if document is None:
        raise HTTPException(404, "There is no such document in this dossier.")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text)):
        raise HTTPException(422, "Select the missed words in the article first, then choose Add missed.")
    span = Span(int(start), int(end))
    window = Span(max(0, span.start - _CONTEXT), min(len(document.text), span.end + _CONTEXT))
    blank = {"speaker": "", "voice": "party", "act": "", "mode": "", "degree": "", "stance": "none", "addressee": ""}
    context: dict[str, Any] = {
        "document": document, "span": span, "content": span.of(document.text), "words": words,
        "passage": passage(document, window, [Piece(span, "now")]), "choices": choices(desk),
        "form": {**blank, "issues": (), **form}, "message": message, "snapshot": snapshot, "queue": queue,
        "back": back if snapshot.statement(back) else "",
    }  # fmt: skip
    return page(request, "add.html", context, status=422 if message else 200)


def _queue(query: str) -> Filter:
    return Filter.of(dict(parse_qsl(query.removeprefix("?"))))


def _keys(desk: Desk, wanted: Filter) -> list[str]:
    reviews = desk.reviews
    return [key for key in matching(desk, wanted) if wanted.takes(reviews.mark(key))]


def _digest(keys: list[str]) -> str:
    return hashlib.sha256(" ".join(sorted(keys)).encode()).hexdigest()


ROUTES = (
    Route("/bulk", preview),
    Route("/bulk", posted(decide_many), methods=["POST"]),
    Route("/d/{key}/add", add_form),
    Route("/d/{key}/add", posted(add), methods=["POST"]),
    Route("/brief.html", brief),
)
