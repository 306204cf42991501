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

    def start(self, port: int | None = 0) -> Server:
        command = [sys.executable, "-m", "parley", "desk", str(self.path), "--no-browser", "--who", "Mo"]
        command += ["--port", str(port)]
        own = {**os.environ, "XDG_CONFIG_HOME": str(self.path.parent)}  # not the keys of whoever runs the tests
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


SPEAKER = "form[data-edits] input[name=speaker]"


def test_an_open_form_takes_no_key_but_its_own_and_is_not_lost_unasked(
    browser: Any, server: Server, path: Path
) -> None:
    watched = opened(browser, server)
    page, asked = watched.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"{server.base}/review?order=source")
    page.keyboard.press("a")
    page.wait_for_url("**/s/**")
    page.keyboard.press("e")
    page.wait_for_url("**edit=1**")
    page.focus("form[data-edits] input[type=radio]:checked")
    for key in ("j", "Backspace", "x", "a"):
        page.keyboard.press(key)
    page.focus("article.words")
    page.keyboard.press("j")
    assert page.locator("form[data-edits]").count() == 1
    page.fill(SPEAKER, "Harbour Guild")
    page.keyboard.press("Escape")
    page.click(".moves a")
    assert page.input_value(SPEAKER) == "Harbour Guild" and asked == ["confirm", "confirm"]
    page.click("footer button")
    page.keyboard.press("Escape")
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert asked[2:] == ["beforeunload"] and page.input_value(SPEAKER) == "Harbour Guild"
    with Dossier.open(path) as dossier:
        assert [d.kind for d in dossier.decisions] == ["accept statement"]
    server.stop()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#toast")
    assert "did not answer" in page.inner_text("#toast")
    server.start(port=urlsplit(page.url).port)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => (document.getElementById('toast') || {}).textContent?.includes('started anew')")
    assert page.input_value(SPEAKER) == "Harbour Guild"
    page.context.new_page().goto(server.address)
    before = page.evaluate("location.pathname")
    page.focus(SPEAKER)
    page.keyboard.press("Control+Enter")
    settled(page, before)
    assert "New actor: Harbour Guild" in page.inner_text(".notice")
    page.keyboard.press("e")
    page.wait_for_selector("form[data-edits]")
    page.keyboard.press("Escape")
    page.wait_for_selector("form[data-edits]", state="detached")
    assert len(asked) == 3, "an untouched form is left without a word"


def test_focus_stays_where_the_work_is_and_menus_close(browser: Any, server: Server, path: Path) -> None:
    watched = opened(browser, server, viewport={"width": 1400, "height": 500})
    page = watched.page
    page.goto(f"{server.base}/review?order=source")
    page.focus("button.accept")
    for _ in range(2):
        before = page.evaluate("location.pathname")
        page.keyboard.press("Enter")
        settled(page, before)
        assert page.evaluate("document.activeElement.className") == "accept"
    before = page.evaluate("location.pathname")
    page.focus("article.words")
    page.keyboard.press("Space")
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("a")
    assert page.locator(".menu[open]").count() == 1 and page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0
    page.keyboard.press("Enter")
    page.focus(".find input")
    assert page.locator(".menu[open]").count() == 0
    page.wait_for_timeout(200)
    assert page.evaluate("location.pathname") == before
    with Dossier.open(path) as dossier:
        assert [d.kind for d in dossier.decisions] == ["accept statement"] * 2
    page.keyboard.press("Escape")
    page.focus("body")
    words = page.evaluate(SELECT, 12)
    page.keyboard.press("m")
    page.wait_for_url("**/add?**")
    page.fill("input[name=speaker]", "the article itself")
    page.select_option("select[name=act]", "REPORT")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**added=**")
    assert words.strip() in page.inner_text(".notice") and before == page.evaluate("location.pathname")
    assert "order=source" in page.url and watched.complaints == []


@pytest.mark.usefixtures("models")
def test_ctrl_enter_stores_the_form_that_one_types_in(browser: Any, server: Server, path: Path) -> None:
    page = opened(browser, server).page
    page.goto(f"{server.base}/models/conflict")
    page.evaluate(OPEN_ALL)
    page.fill("input[name=title]", "The lamps")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('The lamps')")
    assert "The lamps" in path.with_name(f"{path.stem}.conflict.toml").read_text("utf-8")


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
