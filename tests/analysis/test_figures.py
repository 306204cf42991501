"""Figures: what a number comes to, what is no figure, and who gives it."""

from __future__ import annotations

import pytest
from dispute_samples import Dispute, document, statement
from hypothesis import given
from hypothesis import strategies as st

from parley.analysis import TABLES
from parley.analysis.figures import figures
from parley.analysis.quantities import Quantity, find_quantities, number_of
from parley.records import Derivation, Furniture, OriginGroup, Record, Span, TimeMention


def only(text: str, **options: bool) -> Quantity:
    (found,) = find_quantities(text, **options)
    assert found.span.of(text) == found.text
    return found


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "words"),
    [
        ("It shut 4,7 million tons of capacity.", "amount", 4.7e6, 4.7e6, "tons", "4,7 million tons"),
        ("It shut 4.7 million tons of capacity.", "amount", 4.7e6, 4.7e6, "tons", "4.7 million tons"),
        ("They lost 12,000 crates at sea.", "amount", 12000, 12000, "crates", "12,000 crates"),
        ("Pay rose by 3 percent.", "share", 3, 3, "per cent", "3 percent"),
        ("Pay rose by 3 per cent.", "share", 3, 3, "per cent", "3 per cent"),
        ("Pay rose by 3½ or so, 7% in all.", "share", 7, 7, "per cent", "7%"),
        ("It is up five percentage points.", "share", 5, 5, "percentage points", "five percentage points"),
        ("A 45-day pause was offered.", "length of time", 45, 45, "day", "45-day"),
        ("It takes five to six weeks to load.", "length of time", 5, 6, "week", "five to six weeks"),
        ("It takes 10-15 days to load.", "length of time", 10, 15, "day", "10-15 days"),
        ("They asked for between 5 and 7 percent more.", "share", 5, 7, "per cent", "between 5 and 7 percent"),
        ("They talked for half an hour.", "length of time", 0.5, 0.5, "hour", "half an hour"),
        ("A fund of $2.5 billion was named.", "money", 2.5e9, 2.5e9, "$", "$2.5 billion"),
        ("A fund of 30 million euros was named.", "money", 3e7, 3e7, "euros", "30 million euros"),
        ("It cost $3 to $4 million.", "money", 3e6, 4e6, "$", "$3 to $4 million"),
        ("Imports nearly doubled.", "multiple", 2, 2, "times", "nearly doubled"),
        ("Imports halved.", "multiple", 0.5, 0.5, "times", "halved"),
        ("They claim four harbours in the north.", "amount", 4, 4, "harbours", "four harbours"),
        ("They sent twenty-five cranes.", "amount", 25, 25, "cranes", "twenty-five cranes"),
        ("They sent fifteen cranes.", "amount", 15, 15, "cranes", "fifteen cranes"),
        ("They sent eighteen cranes.", "amount", 18, 18, "cranes", "eighteen cranes"),
        ("It cost US$ 3 million.", "money", 3e6, 3e6, "US$", "US$ 3 million"),
        ("They sent two hundred cranes.", "amount", 200, 200, "cranes", "two hundred cranes"),
        ("The first 5,000 U.S. workers left.", "amount", 5000, 5000, "U.S. workers", "5,000 U.S. workers"),
        ("They lost 12 staff.", "amount", 12, 12, "staff", "12 staff"),
        ("It took 12 hundred crates.", "amount", 1200, 1200, "crates", "12 hundred crates"),
        ("It cost 12 yen.", "money", 12, 12, "yen", "12 yen"),
        ("They lost between 12 and 15 crates.", "amount", 12, 15, "crates", "between 12 and 15 crates"),
        ("It fell from 12 to 9 per cent.", "share", 9, 12, "per cent", "12 to 9 per cent"),
    ],
)  # fmt: skip
def test_a_quantity_comes_to_a_number_and_keeps_its_words(
    text: str, kind: str, low: float, high: float, unit: str, words: str
) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high, found.unit, found.text) == (kind, low, high, unit, words)


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 it ended.", "The G20 met.", "An F-16 flew.", "They met at 10:30 and at 1000 GMT.",
        "The 3rd round ended.", "Both sides and two men met.", "The score was 24/7.",
        "One day it ends.", "Call 555-1234.", "",
        "Crew 12 said so.", "On route 7 must they wait, in wave 31.", "See page 12; then 13 (or 14).",
    ],
)  # fmt: skip
def test_years_names_times_and_ordinals_are_no_figures(text: str) -> None:
    assert list(find_quantities(text)) == []


def test_how_near_is_kept_and_over_a_time_is_not_more_than_it() -> None:
    assert only("They hold about 40 ships.").about == "about"
    assert only("They hold at least 40 ships.").text == "at least 40 ships"
    assert only("It is paid over four years.").about == ""


def test_a_decimal_comma_is_said_and_a_doubtful_one_in_a_translation_too() -> None:
    assert number_of("3,3") == (3.3, "decimal comma")
    assert number_of("10,000") == (10000, "")
    value, reading = number_of("10,000", translated=True)
    assert value == 10000
    assert "may be a decimal one" in reading
    assert number_of("1.234,5")[0] == 1234.5
    assert number_of("1,234,567.5")[0] == 1234567.5
    assert number_of("2 1/2")[0] == 2.5
    assert number_of("2\u00a01/2")[0] == 2.5


@pytest.mark.parametrize(
    ("words", "number"), [("10\u00a0000", 10000), ("1\u202f234\u202f567", 1234567), ("10\u00a0000,5", 10000.5)]
)
def test_a_space_that_does_not_break_groups_thousands(words: str, number: float) -> None:
    assert number_of(words)[0] == number
    assert only(f"It sold {words} crates.").low == number


def test_groups_that_make_no_number_are_no_figure() -> None:
    with pytest.raises(ValueError, match="convert"):
        number_of("1.234,567.890")
    assert only("Part 1.234,567.890 lies on 40 ships.").low == 40


@given(st.integers(0, 10**12))
def test_figures_with_grouped_thousands_read_back(number: int) -> None:
    assert number_of(f"{number:,}")[0] == number


@given(st.text(alphabet="0123456789,.-– %$tofive milodaysandhf\n\u00a0\u202f", max_size=60))
def test_any_text_gives_quantities_in_order_that_stand_in_it(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert found.text == found.span.of(text)
        assert found.span.start >= end
        assert found.low <= found.high
        end = found.span.end


def record() -> Record:
    text = (
        "Rui Prat said 3,3 million crates were lost since 2029. A pause of 40 days was offered. 900 views 12 comments"
    )
    one = document("a", text, date="2031-03-10", outlet="Quay Herald")
    two = document("b", "The harbour lost 3.3 million crates, Rui Prat said.", date="2031-03-11")
    said = "3,3 million crates were lost since 2029"
    views = text.index("900")
    year = text.index("2029")
    return Record(
        documents=(one, two),
        statements=(
            statement(one, said, "Rui Prat", "REPORT", voice="expert", issues=("G4",)),
            statement(two, "lost 3.3 million crates", "Rui Prat", "REPORT", voice="expert", issues=("G4",)),
        ),
        furniture=(Furniture(one.id, Span(views, len(text)), "view count"),),
        derivations=(Derivation(one.id, "machine translation"),),
        groups=(OriginGroup("g", (one.id, two.id), "copy"),),
        times=(TimeMention(one.id, Span(year, year + 4), "2029", "2029", "stated"),),
    )


def test_one_figure_written_two_ways_is_one_row_with_its_sources_counted() -> None:
    row = figures(record()).rows[0]
    assert row.cells["figure"] == ("3,3 million crates", "3.3 million crates")
    assert row.cells["low"] == row.cells["high"] == 3300000
    assert (row.cells["who"], row.cells["groups"], row.cells["count"]) == (("Rui Prat",), 1, 2)
    assert (row.cells["period"], row.cells["period_date"]) == ("2029", "2029")
    assert row.statements == tuple(item.id for item in record().statements)


def test_a_figure_outside_statements_is_the_articles_and_furniture_is_left_out() -> None:
    rows = figures(record()).rows
    assert [row.cells["figure"] for row in rows[1:]] == [("40 days",)]
    assert rows[1].cells["who"] == ("the article (no statement read)",)
    assert rows[1].cells["words"] == "A pause of 40 days was offered."
    assert rows[1].statements == ()
    assert rows[1].documents == ("doc-a",)


def test_the_disputes_figures_are_in_the_table() -> None:
    found = [row.cells["figure"] for row in TABLES["figures"](Dispute().record()).rows]
    assert ("two per cent",) in found
    assert ("four per cent",) in found


def test_a_time_after_a_comma_belongs_to_something_else() -> None:
    text = "The talk lasted 50 minutes, their first since 2029."
    one = document("a", text)
    at = text.index("2029")
    record = Record((one,), times=(TimeMention(one.id, Span(at, at + 4), "2029", "2029", "stated"),))
    assert figures(record).rows[0].cells["period"] is None
