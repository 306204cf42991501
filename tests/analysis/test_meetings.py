"""Contacts: one row for all mentions, and the sides' accounts of one contact."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.dispute_samples import document, statement

from parley.analysis import TABLES
from parley.analysis.accounts import COMPARISONS
from parley.analysis.meetings import meetings
from parley.records import Actor, Document, Record, Span, TimeMention

ACTORS = (
    Actor("Anna Brandt", "person", belongs_to="Ruritania"),
    Actor("Bela Kos", "person", belongs_to="Sylvania"),
    Actor("Cara Diaz", "person", belongs_to="Ruritania"),
    Actor("Chancellery", "office", belongs_to="Ruritania"),
    Actor("Ruritania", "state"),
    Actor("Sylvania", "state"),
)


def day(source: Document, words: str, resolved: str) -> TimeMention:
    start = source.text.index(words)
    return TimeMention(source.id, Span(start, start + len(words)), words, resolved, "relative to its date (given)")


FIRST = document(
    "a",
    "Anna Brandt and Bela Kos held a phone call on Tuesday. The chancellery said Kos agreed to "
    "reopen the river locks.\n"
    "In the call Brandt demanded quiet at the border.\n",
    date="2031-05-08",
)
SECOND = document(
    "b",
    "Brandt's call with Kos changed little. Kos said the locks were never raised.\n"
    "On Wednesday Brandt met Kos in Zenda.\n",
    date="2031-05-09",
)
PREVIEW = document(
    "c", "Brandt will want quiet. On Tuesday Brandt and Kos will speak by phone.\n", date="2031-05-05", genre="preview"
)


def record() -> Record:
    items = (
        statement(
            FIRST, "held a phone call on Tuesday", "Anna Brandt", "CONSULT", addressee="Bela Kos", issues=("H4",)
        ),
        statement(
            FIRST,
            "agreed to reopen the river locks",
            "Bela Kos",
            "ACCEPT",
            issues=("G4",),
            via=("Chancellery",),
            stance="for",
        ),
        statement(FIRST, "quiet at the border", "Anna Brandt", "DEMAND", issues=("A4",), stance="for"),
        statement(SECOND, "the locks were never raised", "Bela Kos", "DENY", issues=("G4",)),
        statement(PREVIEW, "quiet", "Anna Brandt", "DEMAND", issues=("H5",), addressee="Bela Kos"),
    )
    times = (
        day(FIRST, "Tuesday", "2031-05-06"),
        day(SECOND, "Wednesday", "2031-05-07"),
        day(PREVIEW, "Tuesday", "2031-05-06"),
    )
    return Record(documents=(FIRST, SECOND, PREVIEW), statements=items, actors=ACTORS, times=times)


def test_mentions_of_one_call_are_one_contact_and_another_day_is_another() -> None:
    found = [(item.when, item.what, tuple(sorted(item.people))) for item in meetings(record())]
    both = ("Anna Brandt", "Bela Kos")
    assert found == [("2031-05-06", "call", both), ("2031-05-07", "meeting", both)]
    call = meetings(record())[0]
    assert {item.document for item in call.mentions} == {FIRST.id, SECOND.id, PREVIEW.id}


def test_the_timeline_shows_a_contact_once_with_its_participants() -> None:
    rows = [row for row in TABLES["timeline"](record()).rows if row.cells["kind"] == "contact"]
    assert [(row.cells["when"], row.cells["what"]) for row in rows] == [
        ("2031-05-06", "call"),
        ("2031-05-07", "meeting"),
    ]
    assert rows[0].cells["participants"] == ("Anna Brandt", "Bela Kos")
    assert set(rows[0].documents) == {FIRST.id, SECOND.id, PREVIEW.id}


def test_accounts_of_a_call_say_who_said_denied_or_left_out_what() -> None:
    rows = [row.cells for row in TABLES["accounts"](record()).rows if str(row.cells["meeting"]).startswith("call of")]
    by_issue = {(row["issue"], row["side"]): row["account"] for row in rows}
    assert by_issue["G4", "Ruritania"] == "says"
    assert by_issue["G4", "Sylvania"] == "denies"
    assert by_issue["A4", "Sylvania"] == "no statement in the coverage"
    assert {row["comparison"] for row in rows if row["issue"] == "G4"} == {"denied"}


def test_accounts_that_differ_come_first_and_those_that_do_not_are_counted() -> None:
    made = record()
    alike = document("d", "Brandt spoke of fish. Kos spoke of fish too.", date="2031-05-10")
    more = [
        statement(alike, "spoke of fish", who, "REPORT", issues=("G2",), start=at)
        for who, at in (("Anna Brandt", 7), ("Bela Kos", 26))
    ]
    table = TABLES["accounts"](replace(made, documents=(*made.documents, alike), statements=(*made.statements, *more)))
    places = [COMPARISONS.index(str(row.cells["comparison"])) for row in table.rows]
    assert places == sorted(places) and len(set(places)) > 1
    assert "G2" not in {row.cells["issue"] for row in table.rows}
    assert "Left out because no difference is coded between what sides say on an issue: 1 comparisons." in table.notes


def test_what_was_written_before_a_contact_is_no_account_of_it() -> None:
    rows = [row.cells for row in TABLES["accounts"](record()).rows if row.cells["meeting"]]
    assert "H5" not in {row["issue"] for row in rows}


def test_talks_that_may_never_be_are_no_contact() -> None:
    text = document("d", "Brandt offered to open talks with Kos before any vote.\n", date="2031-05-09")
    assert meetings(Record(documents=(text,), actors=ACTORS)) == ()


def test_a_date_without_a_deed_still_stands_in_the_timeline_with_its_sentence() -> None:
    text = document("e", "The locks were closed on 3 March 2031, which few remember.\n", date="2031-05-09")
    at = text.text.index("3 March 2031")
    mention = TimeMention(text.id, Span(at, at + 12), "3 March 2031", "2031-03-03", "stated")
    (row,) = TABLES["timeline"](Record(documents=(text,), times=(mention,))).rows
    assert (row.cells["when"], row.cells["kind"], row.statements) == ("2031-03-03", "mentioned", ())
    assert str(row.cells["words"]).startswith("The locks were closed")


def test_an_article_that_says_that_the_accounts_differ_is_shown_beside_them() -> None:
    text = document(
        "f", "The two versions of the phone call between Brandt and Kos differed on the locks.\n", date="2031-05-08"
    )
    made = record()
    whole = Record(documents=(FIRST, text), statements=made.statements[:3], actors=ACTORS, times=made.times[:1])
    rows = [row for row in TABLES["accounts"](whole).rows if row.cells["comparison"] == "told to differ"]
    assert [row.documents for row in rows] == [(text.id,)]


def test_a_deadline_or_a_day_to_come_dates_no_deed_and_no_call() -> None:
    source = document(
        "d",
        "Brandt moved the levy to Friday, after a call with Kos on Tuesday. "
        "On Tuesday Kos restored a Friday deadline. "
        "Kos put back the deadline for the talks with Brandt to Saturday. "
        "Kos closed the locks which reopen on Sunday.\n",
        date="2031-05-08",
    )
    items = (
        statement(source, "restored a Friday deadline", "Bela Kos", "DO", issues=("G4",)),
        statement(source, "closed the locks which reopen on Sunday", "Bela Kos", "DO", issues=("G4",)),
    )
    named = {"Tuesday": "2031-05-06", "Friday": "2031-05-09", "Saturday": "2031-05-10", "Sunday": "2031-05-11"}
    times = tuple(
        TimeMention(source.id, Span(at, at + len(words)), words, resolved, "relative to its date (given)")
        for words, resolved in named.items()
        for at in range(len(source.text))
        if source.text.startswith(words, at)
    )
    made = Record(documents=(source,), statements=items, actors=ACTORS, times=times)
    assert {one.when for one in meetings(made)} - {None} == {"2031-05-06"}
    deeds = [
        (row.cells["when"], row.cells["words"]) for row in TABLES["timeline"](made).rows if row.cells["kind"] == "deed"
    ]
    assert deeds == [("2031-05-06", items[0].content), (None, items[1].content)]


def test_an_expert_who_speaks_of_a_meeting_took_no_part_in_it() -> None:
    text = document("a", "After the meeting of Brandt and Kos came Dora Ek. Ek saw no change.", date="2031-05-08")
    ek = Actor("Dora Ek", "person")

    def people(voice: str) -> set[str]:
        items = (
            statement(text, "After", "Anna Brandt", "DEMAND", issues=("A1",)),
            statement(text, "saw no change", "Dora Ek", "ASSESS", voice=voice, issues=("A1",)),
        )
        (found,) = meetings(Record(documents=(text,), statements=items, actors=(*ACTORS, ek)))
        return set(found.people)

    assert people("expert") == {"Anna Brandt", "Bela Kos"}
    assert people("party") == {"Anna Brandt", "Bela Kos", "Dora Ek"}


def test_a_denial_is_of_the_main_issue_of_its_words() -> None:
    text = document(
        "a", "Brandt demanded quiet and open locks. Kos denied having shelled the locks.", date="2031-05-08"
    )
    items = (
        statement(text, "quiet and open locks", "Anna Brandt", "DEMAND", issues=("A1", "E1"), stance="for"),
        statement(text, "having shelled the locks", "Bela Kos", "DENY", issues=("A1", "E1")),
    )
    rows = TABLES["accounts"](Record(documents=(text,), statements=items, actors=ACTORS)).rows
    assert {row.cells["issue"] for row in rows if row.cells["comparison"] == "denied"} == {"A1"}
    assert {row.cells["account"] for row in rows if row.cells["issue"] == "E1"} <= {"says"}
