"""The desk in a browser, by key: what a person does in an hour, found again after a reload and a restart."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from desk_browser import SELECT, Server, opened, settled

from parley.dossier import Dossier
from parley.dossier.review import SKIP

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"


def decide_by_key(page: Any, key: str) -> None:
    """Press a key on the card that is shown; a blind card is coded first, as a person would."""
    before = page.evaluate("location.pathname")
    if page.locator("form[action$='/blind']").count():
        page.fill("form[action$='/blind'] input[name=speaker]", "Norland")
        page.select_option("form[action$='/blind'] select[name=act]", "REPORT")
        page.check("form[action$='/blind'] input[value=none]")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("table.compare")
        page.locator("h2").first.click()
    page.keyboard.press(key)
    settled(page, before)


IN_VIEW = """() => {
  const mark = document.querySelector('.now').getBoundingClientRect();
  return mark.top >= 0 && mark.bottom <= innerHeight;
}"""


def test_an_hour_of_work_by_key(browser: Any, server: Server, path: Path) -> None:
    watched = opened(browser, server)
    page = watched.page
    page.goto(f"{server.base}/review?order=source")
    page.wait_for_selector("article.words .now")
    assert page.evaluate(IN_VIEW), "the words are not in view"
    for number in range(30):
        decide_by_key(page, "x" if number % 5 == 4 else "a")
    for _ in range(3):
        before = page.evaluate("location.pathname")
        page.keyboard.press("Backspace")
        settled(page, before)
    with Dossier.open(path) as dossier:
        marks = [mark.status for mark in dossier.reviews.marks.values()]
        assert marks.count("accepted") + marks.count("rejected") == 27
        assert sum(d.kind == "undo" for d in dossier.decisions) == 3
        assert not [d for d in dossier.decisions if d.kind == SKIP]

    page.goto(f"{server.base}/names")
    kept = page.evaluate("[...document.querySelectorAll('#actor-names option')].map(o => o.value)")
    first, second = kept[0], kept[1]
    page.fill("input[name=subject]", first)
    page.fill("input[name=value]", second)
    page.click("button:has-text('Merge')")
    page.wait_for_url("**/actors/**")

    document = page.evaluate("fetch('/tables/documents.json').then(r => r.json()).then(t => t.rows[0].documents[0])")
    page.goto(f"{server.base}/d/{document}")
    words = page.evaluate(SELECT, 12)
    page.keyboard.press("m")
    page.wait_for_url("**/add?**")
    page.fill("input[name=speaker]", first)
    page.select_option("select[name=act]", "REPORT")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/s/**")
    assert words.strip() in page.inner_text("section.card")

    page.reload()
    assert "added by hand" in page.inner_text("section.card")
    server.stop()
    server.start()
    again = opened(browser, server)
    again.page.goto(f"{server.base}/log")
    log = again.page.inner_text("main")
    assert "add statement" in log and "merge actors" in log and "undo" in log
    assert again.page.goto(f"{server.base}/actors/{second}").status == 404
    expected_only = [text for text in again.complaints if "404" not in text]
    assert watched.complaints == [] and expected_only == []
    assert watched.hosts | again.hosts <= {urlsplit(watched.page.url).netloc, urlsplit(server.base).netloc}


def test_keys_are_off_while_typing_and_edit_takes_selected_words(browser: Any, server: Server, path: Path) -> None:
    watched = opened(browser, server)
    page = watched.page
    page.goto(f"{server.base}/review?order=source")
    page.keyboard.press("/")
    page.keyboard.type("axf")
    page.keyboard.press("Escape")
    with Dossier.open(path) as dossier:
        assert dossier.decided == (0, 0)
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.wait_for_selector("form[data-edits]")
    page.evaluate(
        """() => {
          const run = [...document.querySelectorAll('article.words [data-o]')].find(r => r.textContent.length > 9);
          const range = document.createRange();
          range.setStart(run.firstChild, 0); range.setEnd(run.firstChild, 9);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-words]').value.length > 0")
    before = page.evaluate("location.pathname")
    page.keyboard.press("Control+Enter")
    settled(page, before)
    with Dossier.open(path) as dossier:
        made = dossier.decisions[-1]
        assert made.kind == "edit statement" and int(made.detail["end"]) - int(made.detail["start"]) == 9
    assert watched.complaints == []


PAGES = (
    "/",
    "/review",
    "/tables/positions",
    "/tables/statements",
    "/names",
    "/log",
    "/models",
    "/coverage",
    "/search?words=night",
    "/keys",
    "/accounts",
    "/models/conflict",
    "/models/bargain",
)
MODELS = Path(__file__).resolve().parents[2] / "examples" / "ceasefire-call"


@pytest.fixture
def models(path: Path) -> None:
    for kind in ("conflict", "bargain"):
        shutil.copy(MODELS / f"{kind}.toml", path.with_name(f"{path.stem}.{kind}.toml"))


OPEN_ALL = "for (const item of document.querySelectorAll('main details')) item.open = true"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere settings stand where a test must not write")
def test_a_key_of_ones_own_does_what_its_button_says(browser: Any, server: Server, path: Path) -> None:
    watched = opened(browser, server)
    page = watched.page
    page.goto(f"{server.base}/keys")
    page.fill("input[name=accept]", "y")
    page.fill("input[name=search]", "Space")
    page.fill("input[name=skip]", "/")
    page.click("button:has-text('Store the keys')")
    page.goto(f"{server.base}/review?order=source")
    page.wait_for_selector("article.words .now")
    before = page.evaluate("location.pathname")
    page.keyboard.press("a")
    page.keyboard.press("y")
    settled(page, before)
    before = page.evaluate("location.pathname")
    page.keyboard.press("/")
    settled(page, before)
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.name") == "words"
    with Dossier.open(path) as dossier:
        assert [d.kind for d in dossier.decisions] == ["accept statement", SKIP]
    assert watched.complaints == []


@pytest.mark.usefixtures("models")
def test_ctrl_enter_stores_the_form_that_one_types_in(browser: Any, server: Server, path: Path) -> None:
    page = opened(browser, server).page
    page.goto(f"{server.base}/models/conflict")
    page.evaluate(OPEN_ALL)
    page.fill("input[name=title]", "The lamps")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('The lamps')")
    assert "The lamps" in path.with_name(f"{path.stem}.conflict.toml").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.usefixtures("models")
def test_no_page_has_a_serious_barrier(browser: Any, server: Server, scheme: str) -> None:
    watched = opened(browser, server, color_scheme=scheme)
    page = watched.page
    address = page.evaluate("fetch('/tables/statements.json').then(r => r.json()).then(t => t.rows[0])")
    more = (f"/s/{address['statements'][0]}?edit=1", f"/d/{address['documents'][0]}", "/actors/Norland", "/issues/A1")
    for asked in (*PAGES, *more):
        page.goto(server.base + asked)
        page.evaluate(OPEN_ALL)
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run().then(r => r.violations)")
        grave = [
            (v["id"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert grave == [], (asked, grave)
    assert watched.complaints == []


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.usefixtures("models")
def test_no_page_is_wider_than_the_window(browser: Any, server: Server, width: int) -> None:
    watched = opened(browser, server, viewport={"width": width, "height": 800})
    for asked in PAGES:
        watched.page.goto(server.base + asked)
        watched.page.evaluate(OPEN_ALL)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, asked


def test_a_printed_table_holds_every_cell_and_no_form(browser: Any, server: Server) -> None:
    watched = opened(browser, server, viewport={"width": 1040, "height": 700})
    page = watched.page
    page.emulate_media(media="print")
    for name in ("statements", "positions", "proposals"):
        page.goto(f"{server.base}/tables/{name}")
        page.wait_for_selector("table.records")
        assert not page.locator("form.pages").is_visible(), name
        cells = "[...document.querySelectorAll('.records td')].filter(cell => cell.textContent)"
        ends = page.evaluate(f"{cells}.map(cell => cell.getBoundingClientRect().right)")
        assert ends and max(ends) <= 1040, name
        page.evaluate("document.querySelector('.records .lead').textContent = 'x'.repeat(400)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1040, name


def test_on_a_phone_the_words_and_what_decides_on_them_are_in_view(browser: Any, server: Server) -> None:
    watched = opened(browser, server, viewport={"width": 390, "height": 844})
    page = watched.page
    page.goto(f"{server.base}/review?order=source")
    page.wait_for_selector("article.words .now")
    for _ in range(2):
        for verb in ("accept", "reject", "skip"):
            box = page.locator(f".acts button.{verb}").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844, (verb, box)
        before = page.evaluate("location.pathname")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.click(".acts button.accept")
        settled(page, before)
        assert page.evaluate(IN_VIEW), "the words of the next card are not in view"
    assert watched.complaints == []
