"""The desk in a browser, by key: what a person does in an hour, found again after a reload and a restart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from parley.dossier import Dossier
from parley.dossier.review import SKIP

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; install it or name it in CHROMIUM")
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"


@dataclass
class Server:
    """A desk that runs as its command."""

    path: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""

    def start(self) -> Server:
        command = [sys.executable, "-m", "parley", "desk", str(self.path), "--no-browser", "--who", "Mo"]
        folders = dict.fromkeys(("XDG_CONFIG_HOME", "HOME", "APPDATA"), str(self.path.parent))
        own = {**os.environ, **folders}  # not the settings of whoever runs the tests
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=own)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1]
        return self

    def stop(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]


@dataclass
class Watched:
    """A page, with what it complained of and whom it asked."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        def heard(message: Any) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        self.page.on("console", heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    made = Server(path).start()
    yield made
    made.stop()


def opened(browser: Any, server: Server, **more: Any) -> Watched:
    context = browser.new_context(**more)
    context.set_default_timeout(30_000)
    watched = Watched(context.new_page())
    watched.page.goto(server.address)
    return watched


def settled(page: Any, before: str) -> str:
    """Wait until another card than *before* is shown, and return its address."""
    page.wait_for_function("before => location.pathname !== before", arg=before)
    return str(page.evaluate("location.pathname"))


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

SELECT = """length => {
  const runs = [...document.querySelectorAll('article.words > p > span[data-o]')];
  const run = runs.find(r => r.textContent.length > length);
  const range = document.createRange();
  range.setStart(run.firstChild, 0);
  range.setEnd(run.firstChild, length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return run.textContent.slice(0, length);
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
