"""The timeline tells a thing once: copies, two dates of a sentence, two who act together."""

from __future__ import annotations

from dispute_samples import document, statement

from parley.analysis.timeline import timeline
from parley.records import Document, OriginGroup, Record, Span, Statement, TimeMention

ONE = "The union will ballot on 4 May and strike on 9 May. Port and union signed a truce. The union blames the port."


def times(source: Document, *days: str) -> tuple[TimeMention, ...]:
    places = [(source.text.index(day), day) for day in days if day in source.text]
    return tuple(
        TimeMention(source.id, Span(at, at + len(day)), day, f"2031-05-0{day[0]}", "stated") for at, day in places
    )


def made(*texts: str) -> Record:
    sources = [document(f"d{number}", text, date="2031-05-10") for number, text in enumerate(texts)]
    items: list[Statement] = []
    for source in sources:
        for content, who, act in (
            ("signed a truce", "Port", "DO"),
            ("signed a truce", "Union", "DO"),
            ("blames the port", "Union", "ACCUSE"),
        ):
            if content in source.text:
                items.append(statement(source, content, who, act, issues=("A1",)))
    dates = tuple(one for source in sources for one in times(source, "4 May", "9 May"))
    copies = (OriginGroup("origin", tuple(source.id for source in sources), "copies"),)
    return Record(tuple(sources), tuple(items), times=dates, groups=copies)


def test_a_sentence_with_two_dates_is_one_row() -> None:
    (row,) = [row for row in timeline(made(ONE)).rows if row.cells["kind"] == "mentioned"]
    assert (row.cells["when"], row.cells["time_words"]) == ("2031-05-04", "4 May; 9 May")


def test_two_who_act_in_the_same_words_are_one_row() -> None:
    (row,) = [row for row in timeline(made(ONE)).rows if row.cells["kind"] == "deed"]
    assert (row.cells["who"], row.cells["count"], len(row.statements)) == ("Port and Union", 2, 2)


def test_a_copy_adds_no_row_and_no_source() -> None:
    alone, copied = timeline(made(ONE)).rows, timeline(made(ONE, ONE)).rows
    assert [row.cells["words"] for row in copied] == [row.cells["words"] for row in alone]
    assert {row.cells["groups"] for row in copied} == {1}
    assert all(len(row.documents) == 2 for row in copied)


def test_different_words_stay_two_rows() -> None:
    other = "Port and union signed a truce. The union will ballot on 4 May again."
    rows = timeline(made(ONE, other)).rows
    assert sum(row.cells["kind"] == "mentioned" for row in rows) == 2


def test_undated_words_join_the_dated_ones_that_equal_them() -> None:
    rows = timeline(made("Port and union signed a truce on 4 May.", "Port and union signed a truce.")).rows
    (row,) = rows
    assert (row.cells["when"], row.cells["count"]) == ("2031-05-04", 4)


def test_a_date_in_what_somebody_says_is_named_and_says_nothing_of_when_it_was_said() -> None:
    text = document("x", "On 4 May Lind said that fares fell. Lind said that ships sank on 9 May.", date="2031-06-05")
    items = tuple(
        statement(text, told, "Lind", "REPORT", cue="said", cue_span=Span(at, at + 4))
        for told, at in (("fares fell", 14), ("ships sank on 9 May", 41))
    )
    rows = timeline(Record((text,), items, times=times(text, "4 May", "9 May"))).rows
    assert [(row.cells["kind"], row.cells["act"]) for row in rows] == [("said", "REPORT"), ("mentioned", None)]


def test_an_event_of_an_earlier_year_is_left_out_where_its_people_do_nothing_else() -> None:
    words = "King Olaf signed a truce in 1931. The port signed a truce in 1932. The port blames the union."
    text = document("x", words, date="2031-06-05")
    one = statement(text, "signed a truce in 1931", "King Olaf", "DO", issues=("A1",))
    two = statement(text, "signed a truce in 1932", "Port", "DO", issues=("A1",))
    blame = statement(text, "the union", "Port", "ACCUSE", issues=("A1",))
    years = tuple(
        TimeMention(text.id, Span(at, at + 4), year, year, "stated")
        for year in ("1931", "1932")
        for at in (text.text.index(year),)
    )
    rows = timeline(Record((text,), (one, two, blame), times=years)).rows
    assert [row.cells["who"] for row in rows if row.cells["kind"] == "deed"] == ["Port"]
