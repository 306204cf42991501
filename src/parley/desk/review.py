"""Reviewing: one statement at a time beside its article, each decision stored at once, the next one shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.brief.display import day, printable, quoted
from parley.codebook import ISSUES
from parley.desk.article import card_passage
from parley.desk.codes import choices, code_form, compared, form_codes, near_actors, new_actors, new_names, spoken
from parley.desk.forms import Form, posted
from parley.desk.pages import desk_of, is_fragment, page, see_other
from parley.desk.queue import ORDERS, SHOWN, Filter, Place, called, described, doubts, is_blind, place
from parley.desk.state import Desk
from parley.dossier.agreement import CODED
from parley.dossier.review import ACCEPT, BLIND, EDIT, FLAG, REJECT, SKIP, UNFLAG
from parley.errors import ParleyError, Superseded
from parley.records import AUTHOR, UNRESOLVED, Decision, Document, Statement

__all__ = ["ROUTES", "recent", "show_card"]

_VERBS = {"accept": ACCEPT, "reject": REJECT, "skip": SKIP, "flag": FLAG, "unflag": UNFLAG}
_GOES_ON = frozenset({"accept", "reject", "skip"})
_DONE = {"accept": "Accepted.", "reject": "Rejected.", "skip": "Skipped.", "flag": "Flagged.", "unflag": "Flag gone."}
_RECENT = 10


def queue_page(request: Request) -> Response:
    """Show the next card of the queue that the address describes."""
    desk = desk_of(request)
    if not desk.ready(0.3):
        return page(request, "opening.html", {})
    return show_card(request, Filter.of(request.query_params))


def statement_page(request: Request) -> Response:
    """Show one statement; the query says of which queue."""
    desk = desk_of(request)
    desk.ready()
    key = request.path_params["key"]
    if desk.snapshot().statement(key) is None:
        raise HTTPException(404, f"There is no statement {key} in this dossier (any more).")
    editing = request.query_params.get("edit") == "1"
    added = desk.snapshot().statement(request.query_params.get("added", ""))
    link = Markup('Added: <a href="/s/{}">“{}”</a>. ')
    message = link.format(added.id, printable(added.content)) if added else Markup("")
    message += new_actors(desk.snapshot(), request.query_params.get("new", ""))
    return show_card(request, Filter.of(request.query_params), at=key, editing=editing, message=message)


def decide(request: Request, form: Form) -> Response:
    """Store a decision that needs no more than its button, and show the next card."""
    desk, key, verb = desk_of(request), request.path_params["key"], request.path_params["verb"]
    wanted = _filter(form)
    if verb not in _VERBS:
        raise HTTPException(404, f"There is no decision “{verb}”.")
    made = _store(desk, _VERBS[verb], key, {}, form)
    if isinstance(made, ParleyError):
        return _refused(request, wanted, key, made)
    if verb in _GOES_ON:
        return _next(request, wanted, key, _DONE[verb])
    return show_card(request, wanted, at=key, announce=_DONE[verb])


def edit(request: Request, form: Form) -> Response:
    """Store changed codes or words, and show the next card. Where they are refused, the form keeps them."""
    desk, key, wanted = desk_of(request), request.path_params["key"], _filter(form)
    before = desk.snapshot()
    statement = before.statement(key)
    if statement is None:
        raise HTTPException(404, f"There is no statement {key} in this dossier (any more).")
    now = code_form(statement) | {"start": str(statement.span.start), "end": str(statement.span.end)}
    typed = form_codes(form)
    told = {name: value for name, value in typed.items() if value != now.get(name, "")}
    if form.get("words") and {"start", "end"} & told.keys():
        told |= {"start": form.get("start"), "end": form.get("end"), "words": form.get("words")}
    if not told:
        return show_card(request, wanted, at=key, editing=True, message="Nothing is changed yet.", status=422)
    made = _store(desk, EDIT, key, told, form)
    if isinstance(made, ParleyError):
        return _refused(request, wanted, key, made, typed={**now, **typed, "words": form.get("words")})
    return _next(request, wanted, key, "Edited.", new_names(before, made))


def blind(request: Request, form: Form) -> Response:
    """Store codes that a person gave before they saw the machine's, then show both."""
    desk, key, wanted = desk_of(request), request.path_params["key"], _filter(form)
    statement = desk.snapshot().statement(key)
    if statement is None:
        raise HTTPException(404, f"There is no statement {key} in this dossier (any more).")
    machine = {f"machine_{name}": value for name, value in code_form(statement).items() if name in CODED}
    own = {name: value for name, value in form_codes(form).items() if name in code_form(statement)}
    made = _store(desk, BLIND, key, {"statement": form.get("statement", "yes"), **own, **machine}, form)
    if isinstance(made, ParleyError):
        return _refused(request, wanted, key, made, typed={name: value for name, value in own.items() if value})
    return show_card(request, wanted, at=key, announce="Stored. Now the machine's codes.")


def undo(request: Request, form: Form) -> Response:
    """Take back a decision, by its number or else this person's last one, and show what it was about."""
    desk, wanted = desk_of(request), _filter(form)
    number = form.number("number") or last_of(desk)
    if number is None:
        return show_card(request, wanted, message="There is nothing of yours to undo.", status=409)
    try:
        decision = desk.decisions[number - 1] if number <= len(desk.decisions) else None
        desk.dossier.decide("undo", str(number), {}, who=desk.who)
    except ParleyError as error:
        if form.get("back"):
            raise HTTPException(409, str(error)) from error
        return show_card(request, wanted, message=str(error), status=409)
    back = form.get("back")
    if back.startswith("/") and not back.startswith("//"):
        return see_other(request, back)
    root = desk.reviews.root(decision) if decision else None
    key = root.subject if root and desk.snapshot().statement(root.subject) else None
    return show_card(request, wanted, at=key, announce=f"Decision {number} is undone.", push=True)


def last_of(desk: Desk) -> int | None:
    """Return the number of this person's last standing decision on statements that is no undo."""
    reviews = desk.reviews
    for decision in reversed(desk.decisions):
        mine = decision.who == desk.who and decision.kind != "undo"
        if mine and reviews.standing(decision.number):
            return decision.number
    return None


def show_card(
    request: Request,
    wanted: Filter,
    *,
    at: str | None = None,
    after: str | None = None,
    editing: bool = False,
    typed: Mapping[str, str] | None = None,
    message: str = "",
    announce: str = "",
    status: int = 200,
    push: bool = False,
) -> Response:
    """Return the page of one card: the statement *at*, or the next one *after* another, or the queue's first.

    *editing* opens it as a form; *typed* is what a person had put into a form that was refused.
    """
    desk = desk_of(request)
    where = place(desk, wanted, at, after=after)
    context = _context(desk, wanted, where, editing=editing, typed=typed)
    context |= {"message": message, "bad": status >= 400, "announce": announce}
    to = f"/s/{where.statement}{wanted.query()}" if where.statement else f"/review{wanted.query()}"
    headers = {"HX-Push-Url": to} if push and is_fragment(request) else {}
    return page(request, "review.html", context, status=status, headers=headers)


def recent(desk: Desk, most: int = _RECENT) -> list[dict[str, Any]]:
    """Return the last decisions, the latest first, with where they lead."""
    snapshot, reviews = desk.snapshot(), desk.reviews
    out = []
    for item in reversed(desk.decisions[-most:]):
        root = reviews.root(item)
        found = snapshot.statement(root.subject)
        what = f"“{found.content[:60]}”" if found else item.subject if item.kind == "undo" else root.subject
        stands = reviews.standing(item.number)
        out.append({
            "number": item.number, "kind": item.kind, "who": item.who, "at": item.at, "what": what, "stands": stands,
            "link": f"/s/{found.id}" if found else "", "told": _told(item),
        })  # fmt: skip
    return out


def _context(
    desk: Desk, wanted: Filter, where: Place, *, editing: bool, typed: Mapping[str, str] | None
) -> dict[str, Any]:
    snapshot = desk.snapshot()
    statement = snapshot.statement(where.statement) if where.statement else None
    context: dict[str, Any] = {
        "filter": wanted, "filter_all": Filter.query(Filter(**{**_given(wanted), "show": "all"})), "place": where,
        "statement": statement, "snapshot": snapshot, "shown": SHOWN, "orders": ORDERS, "choices": choices(desk),
        "editing": editing, "blind": False, "recent": recent(desk), "last": bool(desk.decisions),
        "hidden": Markup(""), "queue": described(snapshot, wanted),
        "near": [] if where.matching else _near(desk, wanted),
    }  # fmt: skip
    if statement is None:
        return context
    mark = desk.mark(statement.id)
    history = [
        {"number": d.number, "kind": d.kind, "who": d.who, "at": d.at, "told": _told(d),
         "stands": desk.reviews.standing(d.number)}
        for d in desk.reviews.history(statement.id)
    ]  # fmt: skip
    flag = ("unflag", "Unflag") if mark.flagged else ("flag", "Flag")
    group = snapshot.groups.get(statement.document)
    blind_card = not editing and is_blind(desk, desk.who, mark)
    passage, window = card_passage(snapshot, statement, bare=blind_card)
    coded = next((d for d in reversed(desk.reviews.history(statement.id)) if d.kind == BLIND), None)
    rows, own = compared(coded, statement) if coded and mark.blind and not mark.decided else ([], {})
    first = statement.issues[0] if statement.issues else ""
    return context | {
        "mark": mark,
        "blind": blind_card,
        "form": _form(snapshot.documents[statement.document], statement, typed, empty=blind_card),
        "typed": typed is not None,
        "document": snapshot.documents[statement.document],
        "citation": _citation(snapshot.documents[statement.document], statement),
        "passage": passage,
        "window": window,
        "doubts": doubts(statement),
        "history": history,
        "compared": rows,
        "own": own,
        "deciding": not desk.dossier.read_only,
        "group": len(group.documents) if group else 1,
        "side": snapshot.index.side(statement.speaker),
        "proposition": ISSUES[first].proposition if first in ISSUES and statement.stance != "none" else "",
        "verbs": (
            ("accept", "Accept", "accept"),
            ("reject", "Reject", "reject"),
            ("skip", "Skip", "skip"),
            (*flag, "flag"),
        ),
        "hidden": Markup('<input type="hidden" name="seen" value="{}"><input type="hidden" name="query" value="{}">')
        .format(mark.number, wanted.query()),
    }  # fmt: skip


def _citation(document: Document, statement: Statement) -> str:
    """Return the words with who said them and where they stand, on one line."""
    who = "" if statement.speaker in (AUTHOR, UNRESOLVED) else f"{statement.speaker}: "
    title = document.title.value if document.title else document.name
    known = [fact.value for fact in (document.author, document.outlet) if fact]
    date = day(document.date.value) if document.date else "no date"
    place = f"characters {statement.span.start}–{statement.span.end}; statement {statement.id}"
    return f"{who}{quoted(statement.content)} {', '.join([*known, title, date])} ({place})."


def _given(wanted: Filter) -> dict[str, str]:
    return {name: getattr(wanted, name) for name in Filter.__slots__}


def _form(document: Document, statement: Statement, typed: Mapping[str, str] | None, *, empty: bool) -> dict[str, Any]:
    """Return what the fields of the card's form hold: the statement's codes or none, and over them what was *typed*."""
    codes = code_form(statement)
    span = {"start": str(statement.span.start), "end": str(statement.span.end), "words": ""}
    made = {**(dict.fromkeys(codes, "") if empty else codes), **span, **(typed or {})}
    start, end = made["start"], made["end"]
    content = document.text[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else ""
    return {**made, "issues": tuple(made["issues"].split()), "content": content or statement.content}


def _near(desk: Desk, wanted: Filter) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the names in the filter that nobody goes by, each with names spelt alike and the queues of these."""
    snapshot, found = desk.snapshot(), []
    for field in ("speaker", "party"):
        name = called(desk, getattr(wanted, field))
        if name and name not in snapshot.actors and spoken(name) == name:
            near = [(other, replace(wanted, **{field: other}).query()) for other in near_actors(snapshot, name)]
            found.append((name, near))
    return found


def _told(decision: Decision) -> str:
    shown = {key: value for key, value in decision.detail.items() if key not in ("statements", "words")}
    many = len(decision.detail.get("statements", "").split())
    parts = [f"{key} {value or 'none'}" for key, value in shown.items()]
    return "; ".join([*([f"{many:,} statements"] if many else []), *parts])


def _filter(form: Form) -> Filter:
    return Filter.of(dict(parse_qsl(form.get("query").removeprefix("?"))))


def _store(desk: Desk, kind: str, key: str, detail: Mapping[str, str], form: Form) -> Decision | ParleyError:
    """Store a decision and return it, or the sentence to show where it is refused."""
    try:
        return desk.dossier.decide(kind, key, detail, who=desk.who, seen=form.number("seen"))
    except ParleyError as error:
        return error


def _refused(
    request: Request, wanted: Filter, key: str, error: ParleyError, *, typed: Mapping[str, str] | None = None
) -> Response:
    """Show the card with why nothing was stored; with *typed*, the form as it was sent."""
    desk = desk_of(request)
    at = key if desk.snapshot().statement(key) else None
    message = f"{error} What you typed is still in the form." if typed else str(error)
    status = 409 if isinstance(error, Superseded) else 422
    editing = typed is not None and not is_blind(desk, desk.who, desk.mark(key))
    return show_card(request, wanted, at=at, message=message, editing=editing, typed=typed, status=status)


def _next(request: Request, wanted: Filter, key: str, announce: str, new: str = "") -> Response:
    """Show the next card; *new* are the names of actors that the decision has made."""
    desk = desk_of(request)
    if not is_fragment(request):
        where = place(desk, wanted, None, after=key)
        to = f"/s/{where.statement}" if where.statement else "/review"
        return see_other(request, f"{to}{wanted.query(**({'new': new} if new else {}))}")
    message = new_actors(desk.snapshot(), new)
    return show_card(request, wanted, after=key, announce=announce, message=message, push=True)


ROUTES = (
    Route("/review", queue_page),
    Route("/s/{key}", statement_page),
    Route("/s/{key}/edit", posted(edit), methods=["POST"]),
    Route("/s/{key}/blind", posted(blind), methods=["POST"]),
    Route("/s/{key}/{verb}", posted(decide), methods=["POST"]),
    Route("/undo", posted(undo), methods=["POST"]),
)
