"""The page on which a person sets the keys of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.desk.forms import Form, posted
from parley.desk.keys import ACTIONS, Keys, checked, store
from parley.desk.pages import desk_of, page, see_other
from parley.errors import ParleyError

__all__ = ["ROUTES"]


def keys_page(request: Request) -> Response:
    """Show which key does what, to change it."""
    return _keys_page(request, {})


def change(request: Request, form: Form) -> Response:
    """Store the keys of the form, or all as they come."""
    desk = desk_of(request)
    if desk.keys_file is None:
        raise HTTPException(409, "This desk was opened without a place for a person's settings.")
    asked = {} if form.get("reset") else {action: form.values[action] for action in ACTIONS if action in form.values}
    try:
        made = checked(asked)
        store(desk.keys_file, made)
    except ParleyError as error:
        return _keys_page(request, asked, str(error), 422)
    desk.keys = made
    return see_other(request, "/keys")


def _keys_page(request: Request, asked: Mapping[str, str], message: str = "", status: int = 200) -> Response:
    desk = desk_of(request)
    rows = [
        {"action": action, "does": does, "key": asked.get(action, desk.keys.written(action)),
         "comes": Keys().written(action)}
        for action, (_, does) in ACTIONS.items()
    ]  # fmt: skip
    context: dict[str, Any] = {
        "rows": rows, "message": message or desk.keys.complaint, "place": desk.keys_file, "bad": bool(message)
    }  # fmt: skip
    return page(request, "keys.html", context, status=status)


ROUTES = (Route("/keys", keys_page), Route("/keys", posted(change), methods=["POST"]))
