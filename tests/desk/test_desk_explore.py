"""Tables, search, documents, actors and issues: each a page with its filters, twins and a way to the words."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from desk_client import KEY, PORT, Client

from parley import workbench
from parley.analysis import TABLES, Column, Row
from parley.brief.display import printable
from parley.desk import Desk, create_app
from parley.desk.columns import labelled, view_of
from parley.desk.tables import row_key
from parley.dossier import Dossier

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ceasefire-call"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_page_with_twins_and_every_cell_leads_to_words(client: Client, desk: Desk, name: str) -> None:
    computed = desk.table(name, wait=None)
    assert computed is not None
    shown = client.get(f"/tables/{name}")
    assert shown.status == 200
    twin = client.get(f"/tables/{name}.json").json
    assert len(twin["rows"]) == len(computed.table.rows)
    rows = list(csv.reader(io.StringIO(client.get(f"/tables/{name}.csv").text)))
    assert len(rows) == len(computed.table.rows) + 1
    for row in computed.table.rows[:3]:
        if len(row.statements) > 1:
            behind = client.get(f"/words/{name}/{row_key(row)}")
            assert behind.status == 200
            first = desk.snapshot().statement(row.statements[0])
            assert first is not None and " ".join(printable(first.content).split()) in behind.words
    for link in sorted(set(re.findall(r'<td[^>]*><a href="([^"]+)"', shown.text)))[:5]:
        assert client.get(link).status == 200


def test_accounts_of_one_contact_stand_in_columns_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "call.parley"
    workbench.read(EXAMPLE, dossier=path, reader="rules", workers=1).close()
    desk = Desk(path, who="Mo", reader="rules")
    try:
        client = Client(create_app(desk, key=KEY, port=PORT)).open()
        computed = desk.table("accounts", wait=None)
        assert computed is not None and len({row.cells["side"] for row in computed.table.rows}) > 1
        shown = client.get("/accounts")
        assert shown.status == 200 and not re.search(r"<a [^>]*></a>", shown.text)
        for row in computed.table.rows:
            assert f'<th scope="col">{row.cells["side"]}</th>' in shown.text
            assert not row.cells["words"] or " ".join(str(row.cells["words"]).split()) in shown.words
        links = re.findall(r'<td><b>[^<]*</b>: <a href="([^"]+)"', shown.text)
        assert links and {client.get(link).status for link in sorted(set(links))[:5]} == {200}
        assert shown.text.count("<tr>") < len(computed.table.rows) + shown.text.count("<thead>")
        assert "No account matches" in client.get("/accounts?words=zzzz").words
    finally:
        desk.close()


def test_filters_of_a_table_hold_for_page_and_twins(client: Client) -> None:
    query = "?is.speaker=norland&sort=-start"
    shown = client.get(f"/tables/statements{query}")
    rows = client.get(f"/tables/statements.json{query}").json["rows"]
    assert rows and all("norland" in row["cells"]["speaker"].casefold() for row in rows)
    starts = [row["cells"]["start"] for row in rows]
    assert starts == sorted(starts, reverse=True)
    assert f"{len(rows)} of " in shown.words
    assert client.get("/tables/statements?words=zzzzzz").words.count("No row") == 1
    assert client.get("/tables/statements?page=999999&sort=nonsense&is.nothing=1").status == 200


def test_people_see_words_first_and_labels_for_ids(client: Client, desk: Desk) -> None:
    shown = client.get("/tables/statements")
    titles = re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]*)</a>', shown.text)
    assert titles[:2] == ["Speaker", "Verbatim words"] and "Statement" not in titles
    assert "Only in JSON and CSV: Statement, Start, End." in shown.words
    first = client.get("/tables/statements.json").json["rows"][0]["cells"]
    assert first["id"] not in shown.words and first["id"] in client.get("/tables/statements.csv").text
    issue = next(key for row in client.get("/tables/statements.json").json["rows"] for key in row["cells"]["issues"])
    label = desk.snapshot().record.issue_labels[issue]
    by_label, by_id = (client.get(f"/tables/statements?is.issues={quote(asked)}") for asked in (label, issue))
    assert label in by_id.words and f">{issue}<" not in by_id.text
    assert re.search(r"\d+ of \d+ rows", by_label.words)[0] == re.search(r"\d+ of \d+ rows", by_id.words)[0]  # type: ignore[index]


def test_columns_that_are_empty_on_a_page_are_left_out_and_named() -> None:
    columns = (Column("class", "Class"), Column("who", "Who"), Column("gap", "Gap"), Column("words", "Words"))
    view = view_of("table", columns, [Row({"class": "Party", "who": "@author", "gap": (), "words": "=@author"})])
    assert [column.key for column in view.columns] == ["who", "words", "class"] and view.empty == ("Gap",)
    assert [labelled(key, "@author", {}) for key in ("who", "words")] == ["the article itself", "@author"]
    assert labelled("words", ("One.", "Two"), {}) == "One. / Two"
    assert view.classes(1, "x" * 40, figure=False) == "split says"


def test_a_table_that_is_not_there_says_so(client: Client) -> None:
    assert client.get("/tables/nothing").status == 404 and "There is no such page." in client.get("/nope").words
    assert client.get("/words/positions/0123456789abcdef").status == 404
    assert client.get("/d/nothing").status == client.get("/s/nothing").status == 404
    assert client.get("/actors/Nobody%20At%20All").status == client.get("/issues/Z9").status == 404


def test_a_decision_reaches_every_table(client: Client, desk: Desk) -> None:
    before = client.get("/tables/statements.json").json["rows"]
    key = before[0]["statements"][0]
    client.post(f"/s/{key}/reject", {"seen": "0", "query": ""})
    after = client.get("/tables/statements.json").json["rows"]
    assert len(after) == len(before) - 1 and key not in {row["statements"][0] for row in after}


def test_tables_are_counted_anew_only_for_decisions_that_change_them(client: Client, desk: Desk) -> None:
    first, second = desk.snapshot().statements[:2]
    before = desk.table("statements", wait=None)
    client.post(f"/s/{first.id}/accept", {"seen": "0", "query": ""})
    client.post(f"/s/{second.id}/flag", {"seen": "0", "query": ""})
    after = desk.table("statements", wait=None)
    assert before is not None and after is not None and after.table is before.table and after.behind == 0
    client.post(f"/s/{second.id}/reject", {"seen": "2", "query": ""})
    fewer = desk.table("statements", wait=None)
    assert fewer is not None and len(fewer.table.rows) == len(before.table.rows) - 1
    client.post("/undo", {"query": ""})
    again = desk.table("statements", wait=None)
    assert again is not None and len(again.table.rows) == len(before.table.rows)


def test_search_finds_words_and_leads_to_them(client: Client) -> None:
    shown = client.get("/search?words=night+shift")
    assert "night shift" in shown.words
    link = re.search(r'<ol class="list"><li><a href="([^"]+)"', shown.text)
    assert link and client.get(link[1].partition("#")[0].replace("&amp;", "&")).status == 200
    assert any(hit["words"].casefold() == "night" for hit in client.get("/search.json?words=night").json)
    assert "Nothing holds" in client.get("/search?words=xyzzyqq").words
    assert client.get("/search?words=%22%27%28OR*").status == 200


def test_a_document_shows_its_statements_by_what_was_decided(client: Client, desk: Desk) -> None:
    statement = desk.snapshot().statements[0]
    client.post(f"/s/{statement.id}/reject", {"seen": "0", "query": ""})
    shown = client.get(f"/d/{statement.document}?at={statement.span.start}")
    assert f'rejected here" href="/s/{statement.id}"' in shown.text or re.search(
        rf'class="m [^"]*rejected[^"]*" href="/s/{statement.id}"', shown.text
    )


def test_merging_two_actors_shows_everywhere_and_can_be_undone(client: Client, desk: Desk) -> None:
    names = [a.name for a in desk.snapshot().record.actors]
    kept, other = next(n for n in names if n == "Ana Oyelaran"), next(n for n in names if n == "Norland")
    told = {"kind": "merge actors", "subject": kept, "field": "other", "value": other, "seen": "0"}
    answer = client.post("/names", told)
    assert answer.status == 303 and answer.headers["location"] == f"/actors/{quote(kept)}"
    assert other in client.get(answer.headers["location"]).words
    assert client.get(f"/actors/{other}").status == 404
    rows = client.get("/tables/statements.json").json["rows"]
    assert other not in {row["cells"]["speaker"] for row in rows}
    again = client.post("/names", {**told, "kind": "add alias", "field": "alias", "value": "Ms O"})
    assert again.status == 409, "somebody decided on names since this page was shown"
    client.post("/undo", {"number": "1", "back": "/log"})
    assert client.get(f"/actors/{other}").status == 200


def test_issues_are_added_and_relabelled_for_this_dossier(client: Client, desk: Desk) -> None:
    told = {"kind": "add issue", "subject": "X1", "label": "Night shift", "proposition": "The night shift ends."}
    told["examples"] = "late work\r\n\r\nno work after midnight"
    assert client.post("/names", told).headers["location"] == "/issues/X1"
    assert desk.dossier.issues[-1].examples == ("late work", "no work after midnight")
    client.post("/names", {"kind": "rename issue", "subject": "X1", "field": "label", "value": "Shifts"})
    assert "Shifts" in client.get("/names").words and "The night shift ends." in client.get("/issues/X1").words
    key = desk.snapshot().statements[0].id
    client.post(f"/s/{key}/edit", {"seen": "0", "query": "", "act": "DEMAND", "issues": "X1"})
    assert "1 statement" in client.get("/issues/X1").words
    assert client.post("/names", {**told, "subject": "X 1"}).status == 422
    assert client.post("/names", {"kind": "undo", "subject": "1"}).status == 422


def test_the_log_lists_and_undoes(client: Client, desk: Desk) -> None:
    key = desk.snapshot().statements[0].id
    client.post(f"/s/{key}/accept", {"seen": "0", "query": ""})
    assert "accept statement" in client.get("/log").words
    answer = client.post("/undo", {"number": "1", "back": "/log"})
    assert answer.status == 303 and answer.headers["location"] == "/log"
    assert "undone" in client.get("/log").words
    assert client.post("/undo", {"number": "1", "back": "/log"}).status == 409
    assert client.post("/undo", {"number": "2", "back": "//evil.test"}).status == 200


def test_the_overview_counts_what_waits(client: Client, desk: Desk) -> None:
    total = len(desk.snapshot().statements)
    assert f"{total} statements wait for you" in client.get("/").words


def test_new_is_what_came_since_this_person_was_last_here(path: Path, tmp_path: Path) -> None:
    keys = tmp_path / "settings" / "desk-keys.json"

    def overview(day: str) -> str:
        desk = Desk(path, who="Mo", keys_file=keys, clock=lambda: f"{day}T00:00:00Z")
        try:
            desk.snapshot()
            return Client(create_app(desk, key=KEY, port=PORT)).open().get("/").words
        finally:
            desk.close()

    assert "New since last time" not in overview("2030-01-01")
    assert "Nothing new since you were last here" in overview("2031-01-01")
    added = tmp_path / "later.txt"
    with Dossier.open(path, clock=lambda: "2031-06-01T00:00:00Z") as dossier:
        for number in range(2):  # two readings: what the first brought is new, too
            added.write_text(f"Norland demanded an end to strike {number}.\n", "utf-8")
            workbench.read(added, dossier=dossier, reader="rules", workers=1)
    assert "2 documents with" in overview("2031-07-01")
    assert "Nothing new since you were last here" in overview("2031-08-01")
