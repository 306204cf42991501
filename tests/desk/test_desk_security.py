"""Safe by construction: who may ask, what a page may do, and text that means harm."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from desk_client import KEY, ORIGIN, PORT, Client
from desk_samples import HOSTILE

from parley.analysis import TABLES
from parley.desk import Desk, create_app


@pytest.fixture
def stranger(desk: Desk) -> Client:
    return Client(create_app(desk, key=KEY, port=PORT, largest=100_000))


def every_page(desk: Desk) -> list[str]:
    snapshot = desk.snapshot()
    pages = ["/", "/review", "/names", "/models", "/coverage", "/log", "/bulk", "/search?words=night"]
    pages += ["/accounts", "/keys"]
    pages += [f"/tables/{name}" for name in TABLES]
    pages += [f"/d/{d.id}" for d in snapshot.record.documents] + [f"/s/{s.id}" for s in snapshot.statements]
    pages += [f"/s/{snapshot.statements[0].id}?edit=1", "/actors/Ana Oyelaran", "/issues/A1"]
    return pages


@pytest.mark.parametrize(
    "asked", ["/", "/review", "/tables/positions.json", "/static/desk.css", "/?key=wrong", "/?key="]
)
def test_without_the_key_nothing_is_shown(stranger: Client, asked: str) -> None:
    answer = stranger.get(asked)
    assert answer.status == 401 and "key of this session" in answer.text


def test_the_key_goes_into_a_cookie_and_out_of_the_address(stranger: Client) -> None:
    answer = stranger.get(f"/review?key={KEY}&act=REJECT")
    assert (answer.status, answer.headers["location"]) == (303, "/review?act=REJECT")
    assert "HttpOnly" in answer.headers["set-cookie"] and str(PORT) in answer.headers["set-cookie"]
    assert stranger.get("/review").status == 200
    assert stranger.get(f"//evil.test/?key={KEY}").headers["location"].startswith("/evil.test")


@pytest.mark.parametrize("host", ["evil.test", f"evil.test:{PORT}", "127.0.0.1:1", "", f"127.0.0.1.evil.test:{PORT}"])
def test_a_name_that_was_pointed_here_reads_nothing(client: Client, host: str) -> None:
    client.host = host
    assert client.get("/review").status == 403
    assert client.post("/undo").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.test", "sec-fetch-site": "cross-site"},
        {"origin": "http://evil.test", "sec-fetch-site": ""},
        {"origin": "null", "sec-fetch-site": ""},
        {"origin": "", "sec-fetch-site": "cross-site"},
        {"origin": "", "sec-fetch-site": "same-site"},
        {"origin": "", "sec-fetch-site": "none"},
        {"origin": "", "sec-fetch-site": ""},
        {"origin": f"http://127.0.0.1:{PORT + 1}", "sec-fetch-site": ""},
        {"origin": f"http://localhost:{PORT}", "sec-fetch-site": ""},
    ],
)
def test_a_write_from_anywhere_else_changes_nothing(client: Client, desk: Desk, headers: dict[str, str]) -> None:
    key = desk.snapshot().statements[0].id
    answer = client.post(f"/s/{key}/accept", {"seen": "0", "query": ""}, headers=headers)
    assert answer.status == 403 and desk.dossier.decided == (0, 0)


def test_a_write_with_origin_alone_or_fetch_site_alone_is_the_desks_own(client: Client, desk: Desk) -> None:
    first, second = desk.snapshot().statements[:2]
    for key, headers in ((first.id, {"sec-fetch-site": ""}), (second.id, {"origin": ""})):
        told = client.post(f"/s/{key}/accept", {"seen": "0", "query": ""}, headers=headers)
        assert told.status == 303, told.text
    assert ORIGIN.startswith("http://127.0.0.1")


def test_other_methods_and_reads_from_other_sites_are_refused(client: Client) -> None:
    assert client.ask("DELETE", "/review", headers={}).status == 405
    assert client.ask("PUT", "/review", headers={}).status == 405
    assert (
        client.get("/tables/positions.json", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status
        == 403
    )
    assert client.get("/review", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status == 200


def test_every_answer_forbids_what_is_not_the_desks(client: Client, stranger: Client) -> None:
    for answer in (client.get("/review"), client.get("/static/desk.css"), client.get("/nowhere"), stranger.get("/")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_body_that_is_too_large_is_refused_declared_or_not(desk: Desk, stranger: Client) -> None:
    stranger.open()
    big = b"text=" + b"a" * 200_000
    assert stranger.post("/coverage", body=big).status == 413
    assert stranger.post("/coverage", body=big, headers={"content-length": ""}).status == 413
    assert desk.jobs.latest("coverage") is None


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_no_page_holds_a_script_a_style_or_an_address_of_anybody_else(client: Client, desk: Desk) -> None:
    for path in every_page(desk):
        answer = client.get(path.replace(" ", "%20"))
        assert answer.status in (200, 404), (path, answer.status)
        for tag, attributes in Page(answer.text).elements:
            assert not any(name.startswith("on") for name in attributes), (path, tag, attributes)
            assert "style" not in attributes and tag not in ("style", "iframe", "object", "embed", "base", "img"), path
            if tag == "script":
                assert (attributes.get("src") or "").startswith("/static/"), path
            for name in ("href", "src", "action", "hx-get", "hx-post"):
                value = attributes.get(name) or ""
                assert not re.match(r"[a-z]+:|//", value, re.IGNORECASE), (path, value)


def test_hostile_words_are_shown_as_words(client: Client, desk: Desk) -> None:
    document = next(d for d in desk.snapshot().record.documents if d.name == "hostile")
    shown = client.get(f"/d/{document.id}")
    assert "alert(1)" in shown.words and "⟨U+202E⟩" in shown.words and "\u202e" not in shown.text
    assert shown.text.count("</article>") == 1
    assert desk.dossier.decided == (0, 0), "instructions in an article decide nothing"


def test_a_selection_of_any_words_can_be_told_in_the_documents_own_offsets(client: Client, desk: Desk) -> None:
    """The runs of a page, by their offsets, are the document's text: controls count as one, line ends are left out."""
    for document in desk.snapshot().record.documents:
        shown = client.get(f"/d/{document.id}")
        runs = re.findall(
            r'<span( class="control")? data-o="(\d+)"(?: data-one="")?>(.*?)</span>', shown.text, re.DOTALL
        )
        covered = [" "] * len(document.text)
        for control, at, words in runs:
            plain = document.text[int(at)] if control else unescape(words)
            covered[int(at) : int(at) + len(plain)] = plain
        assert "".join(covered).split() == document.text.split()
    assert "\r\n" in HOSTILE


def test_a_line_of_ten_million_characters_is_cut_into_pages(client: Client, desk: Desk) -> None:
    from parley.desk.article import AROUND, card_window, page_window
    from parley.records import Span

    text = "a " * 5_000_000
    assert card_window(text, Span(6_000_000, 6_000_010)).end < 6_000_010 + AROUND + 1000
    window = page_window(text, 6_000_000)
    assert window.start <= 6_000_000 < window.end and window.end - window.start <= 60_000
    assert page_window(text, 99_999_999).end == len(text)


def test_formulas_are_made_harmless_in_csv(client: Client) -> None:
    text = client.get("/tables/statements.csv").text
    assert not re.search(r'(^|,)"?=HYPERLINK', text, re.MULTILINE)


def test_what_is_vendored_is_what_the_list_says() -> None:
    static = files("parley.desk").joinpath("static")
    listed = json.loads(static.joinpath("vendored.json").read_text("utf-8"))
    for name, told in listed.items():
        assert hashlib.sha256(static.joinpath(name).read_bytes()).hexdigest() == told["sha256"]
    assert {p.name for p in static.iterdir() if ".min." in p.name} == set(listed)
