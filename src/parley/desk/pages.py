"""From contexts to pages: one environment of templates, the words that they share, and whole pages or fragments."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from parley.analysis import TABLES
from parley.analysis.words import CLASSES, QUOTE_NAMES, STANCE_NAMES, act_words, how_far
from parley.brief.display import day, plural, printable
from parley.desk.keys import ACTIONS
from parley.desk.state import Desk
from parley.records import AUTHOR, UNRESOLVED
from parley.version import __version__

__all__ = ["NAMES", "TITLES", "desk_of", "is_fragment", "page", "part", "see_other", "text_of"]

STATUS_WORDS: Mapping[str, str] = {
    "suggested": "suggested",
    "accepted": "accepted",
    "edited": "edited",
    "added": "added by hand",
    "rejected": "rejected",
    "disputed": "disputed",
}
TITLES: Mapping[str, str] = {
    "statements": "Statements",
    "positions": "Positions",
    "proposals": "Proposals",
    "accounts": "Accounts side by side",
    "timeline": "Timeline",
    "experts": "Experts",
    "forecasts": "Forecasts",
    "questions": "Open questions",
    "figures": "Figures",
    "concessions": "Concessions",
    "compliance": "Compliance",
    "leverage": "Clocks and leverage",
    "sources": "Sources and lineage",
    "documents": "Documents",
    "actors": "Actors",
    "issues": "Issues",
    "gaps": "What could not be read",
}
"""What the tables are called where they are linked; a table that is not here goes by its name."""

NAMES: Mapping[str, str] = {AUTHOR: "the article itself", UNRESOLVED: "not resolved"}
"""What stands for a speaker who is no actor."""


def desk_of(request: Request) -> Desk:
    """Return the desk that the request is about."""
    found = request.app.state.desk
    assert isinstance(found, Desk)  # noqa: S101 - create_app puts it there
    return found


def is_fragment(request: Request) -> bool:
    """Tell whether the page asked for a part of itself."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


def page(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] = {}
) -> Response:
    """Return the page that a template makes of the context."""
    desk = desk_of(request)
    body = (
        _environment()
        .get_template(template)
        .render(
            **context,
            path=request.url.path,
            desk_address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            desk=desk,
            dossier_name=desk.path.name,
            fragment=is_fragment(request),
            keys=desk.keys,
            adding=desk.jobs.running("coverage"),
        )
    )
    return HTMLResponse(body, status_code=status, headers=dict(headers))


def part(template: str, **context: Any) -> Markup:
    """Return what a template makes of the context alone: a piece of a page that can be kept."""
    return Markup(_environment().get_template(template).render(context))  # noqa: S704 - the template escapes


def see_other(request: Request, to: str) -> Response:
    """Send the browser to another page after a write; *to* is a path of the desk."""
    if is_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": to})
    return RedirectResponse(to, status_code=303)


def text_of(value: object) -> str:
    """Return a cell's value as one line of words."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        parts = list(map(str, value))
        return (" " if any(part.endswith(".") for part in parts) else ", ").join(parts)
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("parley.desk", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_safe,
        auto_reload=False,
    )
    environment.filters.update(
        plural=plural, day=day, act_words=act_words, how_far=how_far, words=text_of, speaker=_speaker
    )
    environment.filters["drawing"] = lambda svg: Markup(svg)  # noqa: S704 - a Part's drawing is escaped where it is made
    environment.globals.update(
        tables=[(name, TITLES.get(name, name.capitalize())) for name in TABLES],
        classes=CLASSES,
        stances=STANCE_NAMES,
        quotes=QUOTE_NAMES,
        status_words=STATUS_WORDS,
        actions=[(action, does) for action, (_, does) in ACTIONS.items()],
        version=__version__,
    )
    return environment


def _safe(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _speaker(name: str) -> str:
    return NAMES.get(name, name)
