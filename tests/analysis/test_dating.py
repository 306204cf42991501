"""Which times in a sentence date something else than what is told."""

from __future__ import annotations

import pytest
from dispute_samples import document, statement

from parley.analysis import TABLES
from parley.analysis.dating import dates_another
from parley.analysis.passages import Passages
from parley.records import Record, Span, TimeMention


def another(words: str, time: str, content: str, act: str = "DO", cue: str | None = None) -> bool:
    text = document("x", words, date="2031-03-05")
    at, place = words.index(time), words.index(cue) if cue else 0
    item = statement(text, content, "Port", act, cue=cue, cue_span=Span(place, place + len(cue)) if cue else None)
    return dates_another(words, item, TimeMention(text.id, Span(at, at + len(time)), time, "2031-03-03", "stated"))


@pytest.mark.parametrize(
    ("words", "time", "content"),
    [
        ("The port freed two sailors seized in May.", "May", "freed two sailors seized in May"),
        ("The port shut the dock that opened on Monday.", "Monday", "shut the dock that opened on Monday"),
        ("The port fears for Friday's vote and shut the dock.", "Friday", "shut the dock"),
        ("The port shut the dock, while the union met on Monday.", "Monday", "shut the dock"),
        ("On Monday came Lind, who shut the dock.", "Monday", "the dock"),
        (
            "The port shut the dock after sailors had walked out on Monday.",
            "Monday",
            "shut the dock after sailors had walked out on Monday",
        ),
        (
            "The union refused a pay cut Lind announced on Monday.",
            "Monday",
            "refused a pay cut Lind announced on Monday",
        ),
    ],
)
def test_a_time_of_something_else_dates_no_deed(words: str, time: str, content: str) -> None:
    assert another(words, time, content)


@pytest.mark.parametrize(
    ("words", "time", "content"),
    [
        ("The port freed two sailors on Monday.", "Monday", "freed two sailors on Monday"),
        ("The port shut the dock, Lind said on Monday.", "Monday", "shut the dock"),
        ("On Monday Lind shut the dock.", "Monday", "shut the dock"),
        ("On Monday Lind, who had waited, shut the dock.", "Monday", "shut the dock"),
        ("The port shut the dock and was fined in May.", "May", "shut the dock and was fined in May"),
    ],
)
def test_a_time_of_the_deed_dates_it(words: str, time: str, content: str) -> None:
    assert not another(words, time, content)


def test_who_that_is_in_the_cue_opens_no_other_clause() -> None:
    words = "It named Lind, who voted on Monday for the pact."
    assert not another(words, "Monday", "for the pact", "ACCEPT", cue="who voted")


def test_an_accusation_may_be_of_what_a_time_owns() -> None:
    words = "The port blamed the union for Monday's raid."
    assert not another(words, "Monday", "the union for Monday's raid", "ACCUSE")
    assert another(words, "Monday", "the union for Monday's raid", "DO")


def test_the_tables_take_no_such_time() -> None:
    words = "The port freed two sailors seized in May."
    text = document("x", words, date="2031-06-05")
    item = statement(text, "freed two sailors seized in May", "Port", "DO", issues=("F2",))
    at = words.index("May")
    record = Record(
        documents=(text,),
        statements=(item,),
        times=(TimeMention(text.id, Span(at, at + 3), "May", "2031-05", "stated"),),
    )
    assert Passages.of(record).time(item) is None
    deed = next(row for row in TABLES["timeline"](record).rows if row.cells["kind"] == "deed")
    assert deed.cells["when"] is None
