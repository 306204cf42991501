"""Forms as they come: read once, bounded, every value a string."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Form", "Shown", "posted"]

_FIELDS = 2000
_LONGEST = 4_000_000  # bytes of one field: a model file, or a pasted article


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form. A field that comes several times has all its values in ``lists``."""

    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, data: FormData) -> Form:
        """Read the fields; files are left out."""
        lists: dict[str, tuple[str, ...]] = {}
        for name, value in data.multi_items():
            if isinstance(value, str):
                lists[name] = (*lists.get(name, ()), value.replace("\r\n", "\n"))
        return cls({name: found[-1] for name, found in lists.items()}, lists)

    def get(self, name: str, default: str = "") -> str:
        """Return the field's last value without the space around it."""
        return self.values.get(name, default).strip()

    def number(self, name: str) -> int | None:
        """Return the field as a whole number, None where it is none."""
        value = self.get(name)
        return int(value) if value.isdecimal() and len(value) < 12 else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the fields of a form hold when its page is made: what was typed, where the form was refused."""

    typed: Mapping[str, str] | None = None

    def words(self, name: str, stored: object) -> object:
        """Return what the field holds; *stored* where nothing was typed into this form."""
        return stored if self.typed is None else self.typed.get(name, stored)

    def ticked(self, name: str, stored: object) -> bool:
        """Tell whether the box is ticked."""
        return bool(stored) if self.typed is None else name in self.typed


def posted(work: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of *work*: the form is read first, then *work* runs in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=_FIELDS, max_part_size=_LONGEST) as data:
            form = Form.of(data)
        return await run_in_threadpool(work, request, form)

    endpoint.__name__ = work.__name__
    endpoint.__doc__ = work.__doc__
    return endpoint
