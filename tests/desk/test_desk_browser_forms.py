"""Forms of the review in a browser: an open form takes no key but its own, nothing typed is lost, focus stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk_browser import SELECT, Server, opened, settled

from parley.dossier import Dossier

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
    store = page.get_attribute("form[data-edits]", "hx-post")
    for address, said in (("/s/nothing/edit", "any more"), (store, "did not answer")):
        page.evaluate("to => document.querySelector('form[data-edits]').setAttribute('hx-post', to)", address)
        if address == store:
            server.stop()
        page.keyboard.press("Control+Enter")
        page.wait_for_function("said => document.getElementById('toast')?.textContent.includes(said)", arg=said)
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
