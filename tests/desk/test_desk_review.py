"""Reviewing at the desk: each decision is stored at once, the next card follows, undo brings back what was."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from desk_client import KEY, PORT, Answer, Client

from parley.desk import Desk, create_app
from parley.desk.queue import BLIND_EVERY
from parley.dossier import Dossier


def press(client: Client, shown: Answer, verb: str, **more: str) -> Answer:
    """What a key does: posts the shown card's form."""
    data = {"seen": shown.hidden("seen"), "query": shown.hidden("query"), **more}
    return client.post(f"/s/{shown.card}/{verb}", data, fragment=True)


def test_the_sample_has_enough_to_review(client: Client, desk: Desk) -> None:
    assert len(desk.snapshot().statements) >= 30


def test_a_card_shows_codes_words_and_the_article_around_them(client: Client, desk: Desk) -> None:
    shown = client.get("/review")
    statement = desk.snapshot().statement(shown.card)
    assert shown.status == 200 and statement is not None
    assert statement.content in shown.words
    assert 'class="now' in shown.text and "data-o=" in shown.text
    assert "suggested" in shown.words


def test_accepting_stores_at_once_and_goes_on(client: Client, path: Path) -> None:
    first = client.get("/review")
    second = press(client, first, "accept")
    assert second.status == 200 and second.card != first.card
    assert second.headers["hx-push-url"].startswith(f"/s/{second.card}")
    assert "<html" not in second.text
    with Dossier.open(path) as again:
        assert again.reviews.mark(first.card).status == "accepted"
        assert again.decisions[-1].who == "Mo"


def test_without_scripts_a_button_leads_to_the_next_card(client: Client) -> None:
    first = client.get("/review")
    answer = client.post(f"/s/{first.card}/reject", {"seen": first.hidden("seen"), "query": ""})
    assert answer.status == 303 and answer.headers["location"].startswith("/s/")
    assert first.card not in answer.headers["location"]


def test_skipped_cards_come_back_last(client: Client, desk: Desk) -> None:
    shown = client.get("/review?document=" + desk.snapshot().record.documents[0].id)
    first, seen = shown.card, []
    while len(seen) < 50:
        shown = press(client, shown, "skip" if not seen else "accept")
        if 'class="empty"' in shown.text:
            break
        seen.append(shown.card)
    assert seen.index(first) == len(seen) - 1 and len(seen) == len(set(seen))


def test_undo_goes_back_to_the_card_and_survives_a_restart(path: Path) -> None:
    desk = Desk(path, who="Mo")
    desk.snapshot()
    client = Client(create_app(desk, key=KEY, port=PORT)).open()
    first = client.get("/review")
    press(client, first, "reject")
    desk.close()
    desk = Desk(path, who="Mo")
    desk.snapshot()
    client = Client(create_app(desk, key=KEY, port=PORT)).open()
    back = client.post("/undo", {"query": ""}, fragment=True)
    assert back.card == first.card
    assert desk.mark(first.card).status == "suggested"
    assert client.post("/undo", {"query": ""}, fragment=True).status == 409
    desk.close()


def test_an_edit_changes_what_is_told_and_nothing_else(client: Client, desk: Desk) -> None:
    shown = client.get("/review")
    before = desk.snapshot().statement(shown.card)
    form = client.get(f"/s/{shown.card}?edit=1")
    assert before is not None and 'name="act"' in form.text
    fields = {
        "speaker": before.speaker, "voice": before.voice, "act": "DEFER", "mode": "", "degree": "",
        "stance": before.stance, "addressee": "", "issues": "A1", "start": str(before.span.start),
        "end": str(before.span.end), "words": "",
    }  # fmt: skip
    press(client, shown, "edit", **fields)
    after = desk.snapshot().statement(shown.card)
    assert after is not None and (after.act, after.issues, after.content) == ("DEFER", ("A1",), before.content)
    assert desk.mark(shown.card).status == "edited"
    assert desk.dossier.decisions[-1].detail.keys() <= {"act", "issues", "addressee", "mode", "degree"}
    again = client.get(f"/s/{shown.card}")
    assert 'class="card edited"' in again.text


def test_an_edit_of_the_span_takes_only_words_that_stand_there(client: Client, desk: Desk) -> None:
    shown = client.get("/review")
    before = desk.snapshot().statement(shown.card)
    assert before is not None
    start = before.span.start
    told = {"start": str(start), "end": str(start + 5), "words": "never said so"}
    refused = press(client, shown, "edit", **told)
    assert refused.status == 422 and "select the words again" in refused.words
    words = desk.snapshot().documents[before.document].text[start : start + 5]
    press(client, shown, "edit", **{**told, "words": words})
    after = desk.snapshot().statement(shown.card)
    assert after is not None and after.content == words


def test_the_second_of_two_tabs_is_told_and_nothing_is_lost(client: Client, desk: Desk) -> None:
    one = client.get("/review")
    two = client.get("/review")
    press(client, one, "accept")
    told = press(client, two, "reject")
    assert told.status == 409 and "decided on it first" in told.words and told.card == one.card
    assert desk.mark(one.card).status == "accepted"


def test_a_card_holds_its_citation(client: Client, desk: Desk) -> None:
    statement = next(s for s in desk.snapshot().statements if "load another ship" in s.content)
    cited = re.search(r'data-copy="([^"]*)"', client.get(f"/s/{statement.id}").text)
    assert cited is not None
    words = unescape(cited[1])
    assert words.startswith(f"{statement.speaker}: “We will not load another ship until the night shift is gone")
    assert "4 March 2031" in words and statement.id in words


def test_filters_live_in_the_address_and_hold_while_deciding(client: Client, desk: Desk) -> None:
    statements = desk.snapshot().statements
    act = statements[0].act
    wanted = {s.id for s in statements if s.act == act}
    shown = client.get(f"/review?act={act}&order=source")
    for _ in range(min(3, len(wanted) - 1)):
        assert shown.card in wanted
        shown = press(client, shown, "accept")
        assert f"act={act}" in shown.hidden("query")
    assert client.get("/review?show=accepted").card in wanted
    assert client.get("/review?act=NONSENSE").status == 200
    assert "No statement matches" in client.get("/review?words=zzzz").words


def test_orders_put_first_what_they_promise(client: Client, desk: Desk) -> None:
    by_weight = client.get("/review?order=consequence")
    assert desk.snapshot().statement(by_weight.card).act in ("ACCEPT", "REJECT", "THREATEN")  # type: ignore[union-attr]
    one, two = client.get("/review?order=random&seed=1"), client.get("/review?order=random&seed=1")
    assert one.card == two.card
    assert len({client.get(f"/review?order=random&seed={n}").card for n in range(8)}) > 1
    assert client.get("/review?order=dispute").status == client.get("/review?order=doubt").status == 200


def test_every_twentieth_card_hides_the_codes_until_they_are_given(client: Client, desk: Desk) -> None:
    shown = client.get("/review?order=source")
    for _ in range(BLIND_EVERY - 1):
        assert "/blind" not in shown.text
        shown = press(client, shown, "accept")
    key = shown.card
    statement = desk.snapshot().statement(key)
    assert statement is not None and f"/s/{key}/blind" in shown.text
    assert f"/s/{key}/accept" not in shown.text and statement.rule not in shown.text
    assert 'name="speaker" value=""' in shown.text
    told = {"speaker": "Norland", "act": "DEFER", "stance": "none", "statement": "yes"}
    shown = press(client, shown, "blind", **told)
    assert shown.card == key and "differs" in shown.words and f"/s/{key}/accept" in shown.text
    press(client, shown, "accept")
    overview = client.get("/")
    assert "1 blind card" in overview.words
    brief = client.get("/brief.html").words
    assert "Of 1 card" in brief or "On 1 card that Mo coded before the machine's codes were shown" in brief


def test_a_flag_stays_with_the_card_and_filters_by_it(client: Client) -> None:
    shown = client.get("/review")
    flagged = press(client, shown, "flag")
    assert flagged.card == shown.card and "flagged" in flagged.words
    assert client.get("/review?flagged=1").card == shown.card
    press(client, flagged, "unflag")
    assert (
        "No statement" in client.get("/review?flagged=1").words
        or "Nothing is waiting" in client.get("/review?flagged=1").words
    )


def test_the_brief_counts_only_what_its_heading_says(client: Client, desk: Desk) -> None:
    first = client.get("/review?order=source")
    accepted = first.card
    second = press(client, first, "accept")
    rejected = desk.snapshot().statement(second.card)
    press(client, second, "reject")
    total = len(desk.snapshot().statements)
    whole, only = client.get("/brief.html"), client.get("/brief.html?only=reviewed")
    assert f"1 of {total - 1} statements reviewed by Mo" in whole.words
    assert "every statement reviewed by Mo" in only.words and "1 statement" in only.words
    assert rejected is not None and rejected.id not in {s.id for s in desk.dossier.statements}
    assert accepted in {s.id for s in desk.dossier.record(only_reviewed=True).statements}


def test_bulk_shows_first_decides_exactly_that_and_is_undone_at_once(client: Client, desk: Desk) -> None:
    act = desk.snapshot().statements[0].act
    keys = [s.id for s in desk.snapshot().statements if s.act == act]
    shown = client.get(f"/bulk?act={act}")
    assert f"Accept all {len(keys)}" in shown.words
    data = {name: shown.hidden(name) for name in ("query", "digest", "number")}
    done = client.post("/bulk", {**data, "verb": "accept"})
    assert done.status == 200 and {desk.mark(key).status for key in keys} == {"accepted"}
    stale = client.post("/bulk", {**data, "verb": "reject"})
    assert stale.status == 409 and {desk.mark(key).status for key in keys} == {"accepted"}
    client.post("/undo", {"number": str(desk.dossier.decided[0]), "back": "/log"})
    assert {desk.mark(key).status for key in keys} == {"suggested"}


def test_a_missed_statement_is_added_from_the_words_selected(client: Client, desk: Desk) -> None:
    document = next(d for d in desk.snapshot().record.documents if d.name == "harbour-daily")
    words = "Harbour talks resume"
    start = document.text.index(words)
    query = f"start={start}&end={start + len(words)}&words=Harbour+talks+resume"
    form = client.get(f"/d/{document.id}/add?{query}")
    assert form.status == 200 and words in form.words
    told = {
        "start": str(start), "end": str(start + len(words)), "words": words, "speaker": "@author", "voice": "reporter",
        "act": "REPORT", "stance": "none", "mode": "", "degree": "", "addressee": "",
    }  # fmt: skip
    bad = client.post(f"/d/{document.id}/add", {**told, "act": ""})
    assert bad.status == 422 and "needs" in bad.words
    made = client.post(f"/d/{document.id}/add", told)
    assert made.status == 303
    shown = client.get(made.headers["location"])
    assert "added by hand" in shown.words and words in shown.words
    assert client.get(f"/d/{document.id}/add").status == 422


def test_reading_may_be_all_that_is_allowed(path: Path) -> None:
    path.chmod(0o444)
    desk = Desk(path, who="Mo")
    desk.snapshot()
    try:
        client = Client(create_app(desk, key=KEY, port=PORT)).open()
        if not desk.dossier.read_only:  # whoever runs this may write everywhere
            return
        shown = client.get("/review")
        assert "may only be read" in shown.words
    finally:
        desk.close()
