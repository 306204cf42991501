"""The desk as an ASGI application: its routes, its errors, and the server that holds it."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from parley.desk import bulk, coverage, explore, models, names, review, settings, sides, tables
from parley.desk.pages import page
from parley.desk.security import Guard, TooLarge, too_large
from parley.desk.state import Desk
from parley.errors import ParleyError, UnknownName

__all__ = ["LARGEST", "create_app"]

LARGEST = 200_000_000
"""Bytes of one request at most: what may be dropped on the desk at once."""


def create_app(desk: Desk, *, key: str, port: int, largest: int = LARGEST) -> ASGIApp:
    """Return the desk's application behind its guard; *key* is the session's, *port* where it will listen."""

    def overfull(request: Request, error: Exception) -> Response:
        return too_large(largest)

    handlers: dict[Any, Any] = {TooLarge: overfull, HTTPException: _http_error, ParleyError: _sentence}
    static = StaticFiles(directory=str(files("parley.desk").joinpath("static")))
    app = Starlette(
        routes=[
            *bulk.ROUTES,
            *coverage.ROUTES,
            *explore.ROUTES,
            *models.ROUTES,
            *review.ROUTES,
            *settings.ROUTES,
            *sides.ROUTES,
            *tables.ROUTES,
            *names.ROUTES,
            Mount("/static", static),
        ],
        exception_handlers=handlers,
    )
    app.state.desk = desk
    return Guard(app, key=key, port=port, largest=largest)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    words = "There is no such page." if error.detail == HTTPStatus.NOT_FOUND.phrase else error.detail
    return page(request, "error.html", {"words": words, "status": error.status_code}, status=error.status_code)


def _sentence(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UnknownName) else 422
    return page(request, "error.html", {"words": str(error), "status": status}, status=status)
