"""Pages to look around in: the overview, search, each document, actor and issue, and the log of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from parley.codebook import ISSUES
from parley.desk.article import PAGE, document_passage, page_window
from parley.desk.coverage import likely_days
from parley.desk.pages import desk_of, page
from parley.desk.review import recent
from parley.desk.state import Desk, Snapshot
from parley.dossier.agreement import blind_agreement
from parley.dossier.review import STATUSES, Mark
from parley.records import AUTHOR, UNRESOLVED, Actor, Statement

__all__ = ["NOT_REFUSED", "ROUTES", "listed", "show_actor", "show_issue"]

PER_PAGE = 50
_HITS = 60
NOT_REFUSED: Mapping[str, str] = MappingProxyType({"kind": ""})
"""What the forms on names are told where nothing was refused."""


def overview(request: Request) -> Response:
    """Show what is new since this person was last here, what waits, and what the dossier holds."""
    desk = desk_of(request)
    if not desk.ready(0.3):
        return page(request, "opening.html", {})
    desk.looked()
    snapshot, record = desk.snapshot(), desk.snapshot().record
    counts = desk.counts()
    runs = record.runs
    since = desk.since or (runs[-2].at if len(runs) > 1 else "")
    came = frozenset(desk.dossier.added_since(since)) if since else frozenset()
    fresh = [d for d in record.documents if d.id in came]
    people, agreed = blind_agreement(desk.decisions)
    context: dict[str, Any] = {
        "record": record, "counts": [(status, counts[status]) for status in STATUSES if counts[status]],
        "waiting": counts["suggested"] + counts["disputed"], "disputed": counts["disputed"], "run": runs[-1] if runs
        else None, "fresh": fresh[:PER_PAGE], "fresh_total": len(fresh), "since": since, "visited": bool(desk.since),
        "fresh_statements": sum(len(snapshot.by_document.get(d.id, ())) for d in fresh),
        "recent": recent(desk, 5), "people": people, "agreed": agreed,
        "sources": len(record.groups), "total": len(snapshot.statements),
    }  # fmt: skip
    return page(request, "overview.html", context)


def search_page(request: Request) -> Response:
    """Find words in articles and statements."""
    desk = desk_of(request)
    words = request.query_params.get("words", "").strip()[:500]
    hits = desk.searching.search(words, limit=_HITS) if words else ()
    if request.url.path.endswith(".json"):
        return JSONResponse([
            {"kind": h.kind, "document": h.document, "name": h.name, "statement": h.statement, "start": h.span.start,
             "end": h.span.end, "words": h.words, "snippet": h.snippet, "more": h.more, "partial": h.partial}
            for h in hits
        ])  # fmt: skip
    shown = []
    for hit in hits:
        before, found, after = hit.snippet.partition(" ".join(hit.words.split()))
        link = f"/s/{hit.statement}" if hit.statement else f"/d/{hit.document}?" + urlencode(
            {"at": hit.span.start, "to": hit.span.end}) + "#here"  # fmt: skip
        shown.append({"hit": hit, "before": before, "found": found, "after": after, "link": link})
    return page(request, "search.html", {"words": words, "hits": shown, "most": _HITS})


def document_page(request: Request) -> Response:
    """Show an article with its statements marked and its furniture greyed."""
    desk = desk_of(request)
    snapshot = desk.snapshot()
    document = snapshot.documents.get(request.path_params["key"])
    if document is None:
        raise HTTPException(404, "There is no such document in this dossier.")
    at, to = _number(request, "at"), _number(request, "to")
    window = page_window(document.text, at or 0)
    index, record = snapshot.index, snapshot.record
    group = snapshot.groups.get(document.id)
    said, reviews = snapshot.by_document.get(document.id, ()), desk.reviews
    context: dict[str, Any] = {
        "document": document, "window": window, "snapshot": snapshot, "days": likely_days(), "size": len(document.text),
        "facts": [(name, getattr(document, name)) for name in ("outlet", "author", "date", "language", "genre")],
        "passage": document_passage(snapshot, document, reviews, window, at=at, to=to),
        "group": group, "copies": [snapshot.documents[d] for d in group.documents if d != document.id] if group else [],
        "derivations": [d for d in record.derivations if d.document == document.id],
        "statements": len(said), "waiting": sum(not reviews.mark(s.id).decided for s in said),
        "before": max(0, window.start - PAGE) if window.start else None,
        "after": window.end if window.end < len(document.text) else None,
        "altered": document.id in index.altered_documents,
        "unread": [words for key, words in record.unread if key == document.id],
    }  # fmt: skip
    return page(request, "document.html", context)


def actor_page(request: Request) -> Response:
    """Show an actor: names, whom it speaks for, and what it says."""
    return show_actor(request, request.path_params["name"])


def show_actor(request: Request, name: str, refused: Mapping[str, str] = NOT_REFUSED, status: int = 200) -> Response:
    """Return an actor's page; *refused* is a change of its name that was not stored, with the sentence why."""
    desk = desk_of(request)
    snapshot = desk.snapshot()
    said, to = _of(desk, "speaker", name), _of(desk, "addressee", name)
    actor = snapshot.actors.get(name)
    if actor is None and not said and not to:
        raise HTTPException(404, f"There is no actor “{name}” in this dossier; it may go by another name now.")
    known = actor or Actor(name, "unknown")
    below = sorted(a.name for a in snapshot.actors.values() if a.belongs_to == name)
    plain = name in (AUTHOR, UNRESOLVED)
    context: dict[str, Any] = {
        "actor": known, "side": snapshot.index.side(name), "below": below, "plain": plain, "snapshot": snapshot,
        "to": len(to), "seen": desk.names_number, **listed(request, desk, said), "names": sorted(snapshot.actors),
        "refused": refused,
    }  # fmt: skip
    return page(request, "actor.html", context, status=status)


def issue_page(request: Request) -> Response:
    """Show an issue of the codebook or of the dossier's own: what it means, and what is said on it."""
    return show_issue(request, request.path_params["key"])


def show_issue(request: Request, key: str, refused: Mapping[str, str] = NOT_REFUSED, status: int = 200) -> Response:
    """Return an issue's page; *refused* is a change of it that was not stored, with the sentence why."""
    desk = desk_of(request)
    snapshot = desk.snapshot()
    issue = next((i for i in desk.dossier.issues if i.id == key), None)
    if issue is None:
        raise HTTPException(404, f"There is no issue “{key}” in this dossier.")
    said = _of(desk, "issues", key)
    context: dict[str, Any] = {
        "issue": issue, "coded": ISSUES.get(key), "snapshot": snapshot, "seen": desk.names_number,
        "others": [i for i in desk.dossier.issues if i.id != key], **listed(request, desk, said),
        "refused": refused,
    }  # fmt: skip
    return page(request, "issue.html", context, status=status)


def log_page(request: Request) -> Response:
    """Show every decision, the latest first, each with its undo."""
    desk = desk_of(request)
    every = desk.decisions
    last = max(1, -(-len(every) // PER_PAGE))
    number = min(max(1, _number(request, "page") or 1), last)
    most = len(every) - (number - 1) * PER_PAGE
    return page(request, "log.html", {"items": _log(desk, most), "number": number, "last": last, "total": len(every)})


def listed(request: Request, desk: Desk, said: Sequence[Statement]) -> dict[str, Any]:
    """Return one page of these statements, with their marks."""
    number = max(1, _number(request, "page") or 1)
    last = max(1, -(-len(said) // PER_PAGE))
    number = min(number, last)
    reviews = desk.reviews
    shown: list[tuple[Statement, Mark]] = [
        (item, reviews.mark(item.id)) for item in said[(number - 1) * PER_PAGE : number * PER_PAGE]
    ]
    return {"statements": shown, "total": len(said), "number": number, "last": last}


def _of(desk: Desk, field: str, name: str) -> Sequence[Statement]:
    """Return the statements with this speaker, this addressee or this issue, by date."""

    def make(snapshot: Snapshot) -> object:
        found: dict[str, list[Statement]] = {}
        for item in sorted(snapshot.statements, key=lambda s: (snapshot.index.date(s.document), snapshot.places[s.id])):
            value = getattr(item, field)
            for key in dict.fromkeys(value) if isinstance(value, tuple) else (value,):
                found.setdefault(key or "", []).append(item)
        return found

    made = desk.kept(("statements by", field), make)
    assert isinstance(made, dict)  # noqa: S101 - what was kept under this key
    return tuple(made.get(name, ())) if name else ()


def _log(desk: Desk, most: int) -> list[dict[str, Any]]:
    snapshot, reviews = desk.snapshot(), desk.reviews
    out = []
    for item in reversed(desk.decisions[max(0, most - PER_PAGE) : most]):
        root = reviews.root(item)
        found = snapshot.statement(root.subject)
        told = "; ".join(
            f"{key} {len(value.split()):,}" if key == "statements" else f"{key} {value or 'none'}"
            for key, value in item.detail.items() if key != "words"
        )  # fmt: skip
        out.append({"decision": item, "statement": found, "told": told, "stands": reviews.standing(item.number)})
    return out


def _number(request: Request, name: str) -> int | None:
    value = request.query_params.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 12 else None


ROUTES = (
    Route("/", overview),
    Route("/search", search_page),
    Route("/search.json", search_page),
    Route("/d/{key}", document_page),
    Route("/actors/{name:path}", actor_page),
    Route("/issues/{key:path}", issue_page),
    Route("/log", log_page),
)
