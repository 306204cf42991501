"""Accounts side by side: what each side says of one contact, issue by issue, in a column of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.desk.pages import desk_of, page, text_of
from parley.desk.tables import Wanted, behind, chosen

__all__ = ["ROUTES"]

_MOST = 40  # contacts on one page


@dataclass(slots=True)
class _Contact:
    """One meeting or call: its sides, and by issue what they say."""

    name: str
    sides: list[str] = field(default_factory=list)
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)


def accounts_page(request: Request) -> Response:
    """Show the accounts that the filters leave, those of one contact and issue beside one another."""
    desk = desk_of(request)
    found = desk.table("accounts")
    if found is None:
        return page(request, "counting.html", {"title": "Accounts side by side"})
    wanted = Wanted.of(request, found.table.columns)
    snapshot = desk.snapshot()
    contacts: dict[str, _Contact] = {}
    for row in chosen(found, wanted, snapshot):
        cell = {key: text_of(value) for key, value in row.cells.items()}
        contact = contacts.setdefault(cell["meeting"], _Contact(cell["meeting"]))
        if cell["side"] not in contact.sides:
            contact.sides.append(cell["side"])
        issue = contact.issues.setdefault(
            cell["issue"],
            {"key": cell["issue"], "label": cell["issue_label"], "comparison": _comparison(cell), "by": {}},
        )
        told = {**cell, "link": behind(snapshot, "accounts", row), "rests": bool(row.statements or row.documents)}
        issue["by"].setdefault(cell["side"], []).append(told)
    shown = list(contacts.values())
    context: dict[str, Any] = {
        "contacts": shown[:_MOST], "left": max(0, len(shown) - _MOST), "wanted": wanted, "behind": found.behind,
        "notes": found.table.notes,
    }  # fmt: skip
    return page(request, "accounts.html", context)


def _comparison(cell: dict[str, str]) -> str:
    return "; ".join(words for words in (cell["comparison"], cell.get("also", "")) if words)


ROUTES = (Route("/accounts", accounts_page),)
