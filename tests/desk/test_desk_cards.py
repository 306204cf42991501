"""Cards and forms of the review: what a person typed keeps its meaning, is kept where refused, and is found by name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from desk_client import KEY, PORT, Answer, Client

from parley.desk import Desk, create_app
from parley.desk.queue import BLIND_EVERY
from parley.dossier import Dossier
from parley.records import Statement


def fields(statement: Statement) -> dict[str, str]:
    """What an untouched form of the statement sends, but for its issues."""
    return {
        "speaker": statement.speaker, "voice": statement.voice, "act": statement.act, "mode": statement.mode or "",
        "degree": statement.degree or "", "stance": statement.stance, "addressee": statement.addressee or "",
        "start": str(statement.span.start), "end": str(statement.span.end), "words": "",
    }  # fmt: skip


def send(client: Client, key: str, verb: str, data: Mapping[str, str], issues: tuple[str, ...], seen: str) -> Answer:
    pairs = [*data.items(), *(("issues", issue) for issue in issues), ("seen", seen), ("query", "")]
    return client.post(f"/s/{key}/{verb}", pairs, fragment=True)


def to_the_blind_card(client: Client, desk: Desk) -> Answer:
    """Decide on as many cards as it takes."""
    shown = client.get("/review?order=source")
    for _ in range(BLIND_EVERY - 1):
        data = {"seen": shown.hidden("seen"), "query": "?order=source"}
        shown = client.post(f"/s/{shown.card}/accept", data, fragment=True)
    return shown


def test_issues_keep_their_order_and_the_main_one_can_be_chosen(client: Client, desk: Desk) -> None:
    statement = desk.snapshot().statements[0]
    send(client, statement.id, "edit", fields(statement), ("H8", "C2", ""), "0")
    now = desk.snapshot().statement(statement.id)
    assert now is not None and now.issues == ("H8", "C2")
    form = client.get(f"/s/{statement.id}?edit=1")
    chosen = [
        part.split('"')[1] for part in form.text.split("<option value=") if part.split(">")[0].endswith("selected")
    ]
    assert [key for key in chosen if key in ("H8", "C2")] == ["H8", "C2"], "as they stand, not as the list has them"
    again = send(client, statement.id, "edit", fields(now), ("H8", "C2", ""), "1")
    assert again.status == 422 and "Nothing is changed yet" in again.words
    send(client, statement.id, "edit", fields(now), ("C2", "H8", "H8"), "1")
    assert desk.snapshot().statement(statement.id).issues == ("C2", "H8")  # type: ignore[union-attr]


def test_a_refused_edit_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    first, second = desk.snapshot().statements[:2]
    send(client, first.id, "accept", {}, (), "0")
    typed = {**fields(first), "speaker": "Harbour Guild", "act": "DEFER"}
    told = send(client, first.id, "edit", typed, ("G1",), "0")
    assert told.status == 409 and "decided on it first" in told.words and "still in the form" in told.words
    assert 'name="speaker" value="Harbour Guild"' in told.text and "<option selected>DEFER" in told.text
    assert '<option value="G1" selected>' in told.text and 'data-edits="kept"' in told.text
    stored = client.post(f"/s/{first.id}/edit", {**typed, "seen": told.hidden("seen"), "query": ""}, fragment=True)
    assert stored.status == 200 and desk.snapshot().statement(first.id).act == "DEFER"  # type: ignore[union-attr]
    wrong = send(client, second.id, "edit", {**fields(second), "act": "NONSENSE", "addressee": "Norland"}, (), "0")
    assert wrong.status == 422 and 'name="addressee" value="Norland"' in wrong.text


def test_a_speaker_that_a_person_typed_is_an_actor_to_rename_and_merge(client: Client, desk: Desk) -> None:
    statement = desk.snapshot().statements[0]
    told = send(client, statement.id, "edit", {**fields(statement), "speaker": "Norlund"}, (), "0")
    assert "New actor: Norlund" in told.words and "Norland" in told.words.partition("did you mean")[2][:40]
    assert "Norlund" in desk.snapshot().actors and "Norlund" in client.get("/names").words
    renamed = {"kind": "rename actor", "subject": "Norlund", "field": "name", "value": "Port Council", "seen": "0"}
    assert client.post("/names", renamed).status == 303
    assert desk.snapshot().statement(statement.id).speaker == "Port Council"  # type: ignore[union-attr]
    assert client.get("/actors/Norlund").status == 404
    assert not desk.dossier.idle_decisions()
    again = client.get(f"/s/{statement.id}")
    same = send(client, statement.id, "edit", {**fields(statement), "speaker": "Norland"}, (), again.hidden("seen"))
    assert same.status == 200 and "New actor" not in same.words
    assert "Port Council" not in desk.snapshot().actors, "nobody is called that any more"


def test_an_actor_typed_by_hand_is_no_second_one_where_coverage_knows_the_name(client: Client, desk: Desk) -> None:
    first, second = desk.snapshot().statements[:2]
    before = len(desk.snapshot().actors)
    known = next(a for a in desk.snapshot().record.actors if a.name == "Norland")
    send(client, first.id, "edit", {**fields(first), "speaker": known.name.upper(), "addressee": known.name}, (), "0")
    assert len(desk.snapshot().actors) == before
    client.post("/names", {"kind": "rename actor", "subject": "Norland", "field": "name", "value": "The North"})
    send(client, second.id, "edit", {**fields(second), "speaker": "the north", "act": "DEFER"}, (), "0")
    assert desk.snapshot().statement(second.id).speaker == "The North"  # type: ignore[union-attr]
    assert len(desk.snapshot().actors) == before


def test_the_article_itself_can_be_named_in_the_desks_own_words(client: Client, desk: Desk) -> None:
    first, second = desk.snapshot().statements[:2]
    options = client.get(f"/s/{first.id}?edit=1").text.partition('<datalist id="actor-names">')[2]
    assert options.startswith('<option value="the article itself"></option><option value="not resolved"></option>')
    send(client, first.id, "edit", {**fields(first), "speaker": "The article itself"}, (), "0")
    assert desk.snapshot().statement(first.id).speaker == "@author"  # type: ignore[union-attr]
    form = client.get(f"/s/{first.id}?edit=1")
    assert 'name="speaker" value="the article itself"' in form.text
    told = {"speaker": "the article itself", "act": "REPORT", "stance": "none"}
    send(client, second.id, "blind", told, (), "0")
    assert desk.decisions[-1].detail["speaker"] == "@author"
    assert first.id in client.get("/review?show=all&speaker=the+article+itself").text


def test_a_blind_card_underlines_neither_speaker_nor_cue(client: Client, desk: Desk) -> None:
    shown = to_the_blind_card(client, desk)
    statement = desk.snapshot().statement(shown.card)
    assert statement is not None and "/blind" in shown.text and 'class="now' in shown.text
    article = shown.text.partition("<article")[2]
    assert "speaker" not in article.partition("</article>")[0] and "cue" not in article.partition("</article>")[0]
    own = send(client, statement.id, "blind", {"speaker": "X", "act": "REPORT", "stance": "none"}, (), "0")
    assert "speaker" in own.text.partition("<article")[2].partition("</article>")[0]


def test_all_that_a_blind_form_asks_for_is_stored_and_can_be_taken_over(client: Client, desk: Desk) -> None:
    shown = to_the_blind_card(client, desk)
    statement = desk.snapshot().statement(shown.card)
    assert statement is not None and '<option value="" selected>not said</option>' in shown.text
    told = {"speaker": "Norland", "act": "ACCEPT", "stance": "for", "voice": "expert", "degree": "in_principle",
            "addressee": "The Port Authority", "mode": ""}  # fmt: skip
    after = send(client, statement.id, "blind", told, ("C2", "B1"), "0")
    stored = desk.decisions[-1].detail
    assert (stored["voice"], stored["degree"], stored["issues"]) == ("expert", "in_principle", "C2 B1")
    data = [(name, after.hidden(name)) for name in ("seen", "query", "speaker", "act", "issues", "stance", "voice",
                                                    "degree", "addressee")]  # fmt: skip
    client.post(f"/s/{statement.id}/edit", data, fragment=True)
    now = desk.snapshot().statement(statement.id)
    assert now is not None and (now.voice, now.degree, now.issues) == ("expert", "in_principle", ("C2", "B1"))


def test_a_blind_coding_that_agrees_is_accepted_with_its_button(client: Client, desk: Desk) -> None:
    statement = desk.snapshot().statement(to_the_blind_card(client, desk).card)
    assert statement is not None
    told = {"speaker": statement.speaker, "act": statement.act, "stance": statement.stance}
    beside = {"degree": "full"} if statement.act != "ACCEPT" else {"mode": "forecast"}
    after = send(client, statement.id, "blind", told | beside, statement.issues, "0")
    assert f'action="/s/{statement.id}/edit"' not in after.text and "You and the machine agree" in after.words


def test_a_refused_blind_card_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    key = to_the_blind_card(client, desk).card
    told = send(client, key, "blind", {"speaker": "Rosa Maas", "act": "", "stance": "for", "voice": ""}, ("H8",), "0")
    assert told.status == 422 and 'name="speaker" value="Rosa Maas"' in told.text
    assert '<option value="H8" selected>' in told.text and f"/s/{key}/blind" in told.text


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/names", {"kind": "merge actors", "field": "other", "subject": "Norland", "value": "Norlund", "at": "names"}),
        ("/actors/Norland", {"kind": "roll up actor", "field": "under", "subject": "Norland", "value": "Norlund"}),
        ("/issues/A1", {"kind": "rename issue", "field": "label", "subject": "A1", "value": ""}),
        (
            "/names",
            {
                "kind": "add issue",
                "subject": "X 1",
                "label": "Lamps",
                "proposition": "Lamps burn at Norlund.",
                "at": "names",
            },
        ),
    ],
)
def test_a_refused_name_comes_back_with_its_form(client: Client, page: str, told: dict[str, str]) -> None:
    again = client.post("/names", told)
    heading = client.get(page).text.partition("<h1>")[2].partition("</h1>")[0]
    assert again.status in (404, 422) and f"<h1>{heading}</h1>" in again.text
    assert 'role="alert"' in again.text and "That did not work" not in again.words
    assert "Norlund" not in told.values() or 'value="Norlund"' in again.text
    assert "label" not in told or ('value="Lamps"' in again.text and 'value="X 1"' in again.text)


def test_a_missed_statement_leads_back_to_the_card_and_its_queue(client: Client, desk: Desk) -> None:
    shown = client.get("/review?order=source&act=REJECT")
    statement = desk.snapshot().statement(shown.card)
    assert statement is not None
    carrier = shown.text.partition(f'href="/d/{statement.document}/add')[2].partition('"')[0].replace("&amp;", "&")
    assert f"back={statement.id}" in carrier and "order%3Dsource" in carrier
    form = client.get(f"/d/{statement.document}/add{carrier}&start=0&end=12&words=")
    assert f'href="/s/{statement.id}?order=source&amp;act=REJECT"' in form.text
    told = {"start": "0", "end": "12", "speaker": "@author", "act": "REPORT", "stance": "none"}
    told |= {"query": form.hidden("query"), "back": form.hidden("back")}
    made = client.post(f"/d/{statement.document}/add", told)
    assert made.headers["location"].startswith(f"/s/{statement.id}?order=source&act=REJECT&added=")
    back = client.get(made.headers["location"])
    assert back.card == statement.id and "Added" in back.words and back.hidden("query") == "?order=source&act=REJECT"


def test_the_queue_knows_the_other_names_of_an_actor_and_offers_near_ones(client: Client, desk: Desk) -> None:
    actor = next(a for a in desk.snapshot().record.actors if a.name == "Ana Oyelaran")
    said = sum(s.speaker == actor.name for s in desk.snapshot().statements)
    client.post("/names", {"kind": "add alias", "subject": actor.name, "field": "alias", "value": "Ms O"})
    for name in ("ana+oyelaran", "ms+o"):
        assert f"{said} waiting of {said}" in client.get(f"/review?speaker={name}").words
    near = client.get("/review?speaker=Ana+Oyelarun")
    assert "No statement matches" in near.words and "did you mean" in near.words
    assert "speaker=Ana+Oyelaran" in near.text
    party = client.get("/review?party=Norlund")
    assert "party=Norland" in party.text


def test_the_queue_says_in_words_what_it_holds(client: Client, desk: Desk) -> None:
    shown = client.get("/review?show=accepted")
    assert "waiting of" not in shown.words and "0 accepted of" in shown.words
    bulk = client.get("/bulk?act=REJECT&issue=A1&order=source")
    assert "?act" not in bulk.words and "act REJECT" in bulk.words
    assert desk.snapshot().record.issue_labels["A1"] in bulk.words


def test_a_hand_made_actor_is_there_after_a_restart(client: Client, desk: Desk) -> None:
    statement = desk.snapshot().statements[0]
    send(client, statement.id, "edit", {**fields(statement), "addressee": "Lamp Board"}, (), "0")
    with Dossier.open(desk.path) as again:
        made = next(a for a in again.actors if a.name == "Lamp Board")
        assert made.kind == "unknown" and made.documents == (statement.document,)
    client.post("/undo", {"query": ""})
    assert "Lamp Board" not in desk.snapshot().actors
    fresh = Client(create_app(desk, key=KEY, port=PORT)).open()
    assert fresh.get("/actors/Lamp%20Board").status == 404


def test_a_blind_card_can_be_called_no_statement_with_an_empty_form(client: Client, desk: Desk) -> None:
    key = to_the_blind_card(client, desk).card
    told = {"speaker": "", "act": "", "voice": "", "mode": "", "degree": "", "addressee": "", "statement": "no"}
    assert send(client, key, "blind", told, (), "0").status == 200
    assert desk.decisions[-1].kind == "code blind" and desk.decisions[-1].detail["statement"] == "no"
