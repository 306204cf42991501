"""A browser's side of the desk, in this process: asks the ASGI application and keeps its cookie."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlencode

KEY, PORT = "test-key", 8765
ORIGIN = f"http://127.0.0.1:{PORT}"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def words(self) -> str:
        """The page as a reader sees it: without its elements, white space joined."""
        plain = re.sub(r"<(script|style)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", plain)).split())

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def hidden(self, name: str) -> str:
        """The value of the first hidden field of that name."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.text)
        assert found, f"no hidden field {name}"
        return unescape(found[1])

    @property
    def card(self) -> str:
        """The id of the statement whose card is shown."""
        found = re.search(r'action="/s/([0-9a-f]+)/(?:accept|blind|edit)"', self.text)
        assert found, self.words[:400]
        return found[1]


@dataclass
class Client:
    """Asks one application."""

    app: Any
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = f"127.0.0.1:{PORT}"

    def open(self) -> Client:
        answer = self.get(f"/?key={KEY}")
        assert answer.status == 303, answer.text
        return self

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers or {})

    def post(
        self,
        path: str,
        data: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        fragment: bool = False,
    ) -> Answer:
        """Post a form as the desk's own page would; *headers* with None values are left out."""
        told = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **(headers or {})}
        told.setdefault("content-type", "application/x-www-form-urlencoded")
        if fragment:
            told["hx-request"] = "true"
        content = body if body is not None else urlencode(data).encode()
        return self.ask("POST", path, headers=told, body=content)

    def ask(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        return asyncio.run(self._ask(method, path, headers, body))

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        told = {"host": self.host, **headers}
        if self.cookies:
            told.setdefault("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        told.setdefault("content-length", str(len(body)))
        where, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote(where), "raw_path": where.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in told.items() if v], "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", PORT),
        }  # fmt: skip
        pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]
        waiting = [
            {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1}
            for number, piece in enumerate(pieces)
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = next(m for m in sent if m["type"] == "http.response.start")
        got = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        if "set-cookie" in got:
            name, _, value = got["set-cookie"].partition(";")[0].partition("=")
            self.cookies[name] = value
        content = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
        return Answer(start["status"], got, content)
