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
