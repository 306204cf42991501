"""Models beside the dossier: the conflict and the bargain as text and as a form, solved in a process of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.desk import conflict_forms, model_forms
from parley.desk.forms import Form, Shown, posted
from parley.desk.jobs import Job
from parley.desk.pages import desk_of, page, see_other, text_of
from parley.desk.solving import solve_bargain, solve_conflict
from parley.desk.state import Desk
from parley.desk.worker import apart
from parley.errors import ModelError, ParleyError
from parley.export import whole

__all__ = ["ROUTES", "model_path"]

KINDS: Mapping[str, str] = {"conflict": "Conflict", "bargain": "Bargain"}


def models_page(request: Request) -> Response:
    """Show which models stand beside the dossier."""
    desk = desk_of(request)
    found = [(kind, title, model_path(desk, kind), model_path(desk, kind).exists()) for kind, title in KINDS.items()]
    return page(request, "models.html", {"found": found})


def draft(request: Request, form: Form) -> Response:
    """Write a draft of a model from the dossier, where there is none."""
    desk, kind = desk_of(request), _kind(request)
    place = model_path(desk, kind)
    if place.exists():
        raise HTTPException(409, f"{place.name} is there already; correct it, or move it away first.")
    record = desk.dossier.record()
    if kind == "conflict":
        from parley.bridge.conflict import draft_conflict
        from parley.conflict import dumps

        model, comments = draft_conflict(record)
        text = dumps(model, comments=comments)
    else:
        from parley.bridge.bargain import draft_text

        text = draft_text(record)
    _write(place, text)
    return see_other(request, f"/models/{kind}")


def model_page(request: Request) -> Response:
    """Show a model as a form and as text, with what was solved last."""
    desk, kind = desk_of(request), _kind(request)
    place = model_path(desk, kind)
    text = _read(place) if place.exists() else ""
    return _model_page(request, desk, kind, text)


def save(request: Request, form: Form) -> Response:
    """Store a model's text if it is sound; else show what is wrong with it, and keep what was typed."""
    desk, kind = desk_of(request), _kind(request)
    text, place = form.values.get("text", ""), model_path(desk, kind)
    if form.get("digest") != _digest(_read(place) if place.exists() else ""):
        words = f"Nothing was stored: {place.name} has changed since you opened it. Your text is below, the file isn't."
        return _model_page(request, desk, kind, text, words, 409)
    try:
        model_forms.check(kind, text, place.name)
    except ModelError as error:
        return _model_page(request, desk, kind, text, f"Nothing was stored: {error}", 422)
    _write(place, text)
    return see_other(request, f"/models/{kind}")


def save_form(request: Request, form: Form) -> Response:
    """Store what the form changed of a model; else show what is wrong with it, and keep what was typed."""
    desk, kind = desk_of(request), _kind(request)
    place = model_path(desk, kind)
    text = _read(place)
    if form.get("digest") != _digest(text):
        words = f"{place.name} has changed since you opened it. The form is as you filled it in; store it to go before."
        return _model_page(request, desk, kind, text, f"Nothing was stored: {words}", 409, form)
    change = conflict_forms.conflict_changed if kind == "conflict" else model_forms.bargain_changed
    try:
        made = change(text, form)
        model_forms.check(kind, made, place.name)
    except ParleyError as error:
        words = re.sub(rf"^{re.escape(place.name)}(, line \d+)?: ", "", str(error))  # a line that nobody sees here
        return _model_page(request, desk, kind, text, f"Nothing was stored: {words}", 422, form)
    _write(place, made)
    return see_other(request, f"/models/{kind}")


def solve(request: Request, form: Form) -> Response:
    """Begin to solve a model, with what the sliders say."""
    desk, kind = desk_of(request), _kind(request)
    text = _read(model_path(desk, kind))
    name = model_path(desk, kind).name
    running = desk.jobs.latest(kind)
    if running is not None and running.state == "running":
        running.stopping.set()
        running.ended.wait(5)
    solver: tuple[Any, ...] = (solve_conflict, text, name)
    if kind == "bargain":
        solver = (solve_bargain, text, name, *model_forms.sliders(form))
    desk.jobs.start(kind, name, lambda job: apart(job, *solver), fails=ParleyError, of=_digest(text))
    return _result(request, desk, kind)


def stop(request: Request, form: Form) -> Response:
    """Stop the solver."""
    desk, kind = desk_of(request), _kind(request)
    job = desk.jobs.latest(kind)
    if job is not None:
        job.stopping.set()
        job.ended.wait(5)
    return _result(request, desk, kind)


def result_page(request: Request) -> Response:
    """Show how far the solver is, or what it found."""
    desk, kind = desk_of(request), _kind(request)
    return _result(request, desk, kind)


def model_path(desk: Desk, kind: str) -> Path:
    """Return where a model of that kind stands: beside the dossier, under its name."""
    return desk.path.with_name(f"{desk.path.stem}.{kind}.toml")


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404, f"There is no kind of model called “{kind}”.")
    return kind


def _model_page(
    request: Request, desk: Desk, kind: str, text: str, message: str = "", status: int = 200, typed: Form | None = None
) -> Response:
    """Show *text* as text and as a form, the form as it was *typed* where it was refused."""
    place = model_path(desk, kind)
    there = _read(place) if place.exists() else ""
    fields: Any = None
    if text and (typed or not message):
        try:
            fields = (conflict_forms.conflict_fields if kind == "conflict" else model_forms.bargain_fields)(text)
        except ModelError as error:
            message = message or str(error)
    context: dict[str, Any] = {
        "kind": kind, "title": KINDS[kind], "text": text, "digest": _digest(there),
        "fields": fields, "message": message, "exists": place.exists(), **_job(desk, kind),
        "shown": Shown(typed.values if typed else None), "typed": typed,
    }  # fmt: skip
    return page(request, "model.html", context, status=status)


def _result(request: Request, desk: Desk, kind: str) -> Response:
    return page(request, "model_result.html", {"kind": kind, "title": KINDS[kind], **_job(desk, kind)})


def _job(desk: Desk, kind: str) -> dict[str, Any]:
    job: Job | None = desk.jobs.latest(kind)
    known = desk.snapshot()
    names = {document.name: key for key, document in known.documents.items()}
    place = model_path(desk, kind)
    return {
        "job": job, "elapsed": job.elapsed if job else 0, "snapshot": known, "names": names, "cell": text_of,
        "file": place.name, "earlier": job is not None and job.of != _digest(_read(place) if place.exists() else ""),
    }  # fmt: skip


def _read(place: Path) -> str:
    try:
        return place.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{place.name} cannot be read ({error}); draft it, or save it as UTF-8.") from error


def _write(place: Path, text: str) -> None:
    with whole(place) as stream:
        stream.write(text.encode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ROUTES = (
    Route("/models", models_page),
    Route("/models/{kind}", model_page),
    Route("/models/{kind}/draft", posted(draft), methods=["POST"]),
    Route("/models/{kind}/text", posted(save), methods=["POST"]),
    Route("/models/{kind}/form", posted(save_form), methods=["POST"]),
    Route("/models/{kind}/solve", posted(solve), methods=["POST"]),
    Route("/models/{kind}/stop", posted(stop), methods=["POST"]),
    Route("/models/{kind}/result", result_page),
)
