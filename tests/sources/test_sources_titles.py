"""A title is the headline: not the site's name, not the site's name behind it, not what a script left there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parley.records import Document, Fact
from parley.sources.titles import headline

Read = Callable[[str, str], Document]

BODY = (
    "The dock workers' union said on Tuesday that it would not accept the port company's second offer, which it called "
    "narrower than the first. The company answered that its proposal stood until the end of the month."
)


@pytest.mark.parametrize(
    "left",
    ["document.title", "document.title = 'Harbour Daily'", "{{ page.title }}", "undefined", "Untitled Document",
     "Just a moment...", "[object Object]", "404 Not Found", "function showTitle() {"],
)  # fmt: skip
def test_what_a_script_left_is_no_headline(left: str) -> None:
    assert headline(Fact(left, "stated", "a field"), None) is None


@pytest.mark.parametrize("site", ["Harbour Daily", "The Harbour Daily", "www.harbourdaily.com"])
def test_site_s_name_is_no_headline_and_is_taken_off_one(site: str) -> None:
    assert headline(Fact("Harbour Daily", "stated", "a field"), site) is None
    for written in ("Dockers turn offer down - Harbour Daily", "Dockers turn offer down : Harbour Daily"):
        found = headline(Fact(written, "stated", "a field"), site)
        assert found == Fact("Dockers turn offer down", "stated", "a field")


def test_sections_behind_strokes_are_taken_off() -> None:
    found = headline(Fact("Dockers turn offer down | Ports | Harbour Daily", "stated", "a field"), None)
    assert found and found.value == "Dockers turn offer down"


@pytest.mark.parametrize(
    "written",
    ["Dockers turn offer down - for now", "Talks: what the dockers want", "Live | Dockers vote",
     "Home truths at the port", "A document that titles no one", "The function of a port"],
)  # fmt: skip
def test_headline_is_kept_as_it_is(written: str) -> None:
    assert headline(Fact(written, "stated", "a field"), "Harbour Daily") == Fact(written, "stated", "a field")


def test_page_s_heading_is_the_first_that_is_not_the_site(read_one: Read) -> None:
    page = (
        "<html><head><title>document.title</title><meta property='og:site_name' content='Harbour Daily'></head><body>"
        f"<h1>Harbour Daily</h1><article><h1>Dockers turn offer down</h1><p>{BODY}</p><p>{BODY} It was late.</p>"
        "</article></body></html>"
    )
    document = read_one("a.html", page)
    assert document.title and document.title.value == "Dockers turn offer down"


def test_front_matter_s_title_loses_the_site(read_one: Read) -> None:
    fields = 'title: "Dockers turn offer down | Harbour Daily"\nsource: https://harbourdaily.com/a\ndate: 2024-03-04'
    document = read_one("a.txt", f"---\n{fields}\n---\n\n{BODY}\n")
    assert document.title and document.title.value == "Dockers turn offer down"


@pytest.mark.parametrize(
    "first", ['poster="https://example.org/a.jpg"', "{{ headline }} of the day", "Please enable JavaScript"]
)
def test_first_line_of_code_is_no_headline(read_one: Read, first: str) -> None:
    assert read_one("a.txt", f"{first}\n\n{BODY}\n").title is None
