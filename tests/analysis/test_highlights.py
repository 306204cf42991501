"""Which statements open a brief."""

from __future__ import annotations

from dispute_samples import document, statement

from parley.analysis import Row, highlights
from parley.records import Document, Record, Span, Statement, TimeMention


def told(
    *items: Statement, texts: tuple[Document, ...], times: tuple[TimeMention, ...] = (), limit: int = 5
) -> list[Row]:
    return list(highlights(Record(documents=texts, statements=items, times=times), limit=limit).rows)


def words(rows: list[Row]) -> list[object]:
    return [row.cells["words"] for row in rows]


def test_one_issue_fills_the_lines_of_coverage_that_is_about_it_alone() -> None:
    text = document("x", " ".join(f"They refused point {n}." for n in range(9)), date="2031-03-03")
    items = tuple(statement(text, f"point {n}", f"Party {n}", "REJECT", issues=("G4",)) for n in range(9))
    assert len(told(*items, texts=(text,))) == 5
    assert len(told(*items, texts=(text,), limit=1)) == 1


def test_an_issue_stands_no_third_time_while_another_waits() -> None:
    text = document("x", " ".join(f"They refused point {n}." for n in range(4)), date="2031-03-03")
    items = [statement(text, f"point {n}", f"Party {n}", "REJECT", issues=("G4" if n < 3 else "D1",)) for n in range(4)]
    assert words(told(*items, texts=(text,), limit=3)) == ["point 0", "point 1", "point 3"]


def test_what_opens_an_article_comes_before_what_stands_far_down() -> None:
    points = [f"the long list of point number {n}" for n in range(9)]
    text = document("x", " ".join(f"They refused {point}." for point in points), date="2031-03-03")
    items = [statement(text, point, "Union", "REPORT", issues=("G4",)) for point in points[1:8]]
    items += [statement(text, points[8], "Union", "ACCEPT", issues=("G4",))]
    items += [statement(text, points[0], "Union", "THREATEN", issues=("G4",))]
    items.sort(key=lambda item: item.span)
    assert words(told(*items, texts=(text,))) == [points[0], points[8]]


def test_a_deed_of_years_before_does_not_open_a_brief() -> None:
    text = document(
        "x", "The port closed its old dock in 2019. The port closed its new dock on Monday.", date="2031-03-03"
    )
    items = (
        statement(text, "closed its old dock in 2019", "Port", "DO", issues=("G4",)),
        statement(text, "closed its new dock on Monday", "Port", "DO", issues=("G3",)),
    )
    at = text.text.index("2019")
    times = (TimeMention(text.id, Span(at, at + 4), "2019", "2019", "stated"),)
    assert words(told(*items, texts=(text,), times=times)) == ["closed its new dock on Monday"]
    assert len(told(*items, texts=(text,))) == 2


def test_a_demand_that_two_sources_have_stands_before_a_deed_of_one() -> None:
    one = document("one", "They demanded a raise of nine crowns. They shut the gate of the yard.", date="2031-03-03")
    two = document("two", "They demanded a raise of nine crowns.", date="2031-03-02")
    three = document("three", "They demanded a raise of nine crowns.", date="2031-03-02")
    demands = [
        statement(text, "a raise of nine crowns", "Union", "DEMAND", issues=("G4",)) for text in (one, two, three)
    ]
    deed = statement(one, "shut the gate of the yard", "Union", "DO", issues=("G4",))
    rows = told(*demands, deed, texts=(one, two, three))
    assert words(rows) == ["a raise of nine crowns", "shut the gate of the yard"]
    assert words(told(demands[0], deed, texts=(one,)))[0] == "shut the gate of the yard"


def test_what_one_source_has_of_an_issue_that_hardly_appears_is_left_out() -> None:
    text = document("x", " ".join(f"They refused point {n:02}." for n in range(40)), date="2031-03-03")
    items = [statement(text, f"point {n:02}", "Union", "REPORT", issues=("G4",)) for n in range(2, 40)]
    items += [statement(text, "point 00", "Union", "REJECT", issues=("G4",))]
    items += [statement(text, "point 01", "Union", "ACCEPT", issues=("D1",))]
    assert words(told(*items, texts=(text,))) == ["point 00"]


def test_who_acts_together_shares_a_line() -> None:
    text = document("x", "Union and company agreed to a raise of nine crowns.", date="2031-03-03")
    items = [
        statement(text, "to a raise of nine crowns", party, "ACCEPT", issues=("G4",)) for party in ("Company", "Union")
    ]
    (row,) = told(*items, texts=(text,))
    assert row.cells["party"] == "Company, Union"


def test_what_goes_on_for_years_and_what_a_campaign_promised_do_not_open_a_brief() -> None:
    text = document(
        "x",
        "Since 2019, the port has shared its dock. The port, busy since 2019, shut its gate. "
        "In its campaign it promised free berths. It promised free tugs.",
        date="2031-03-03",
    )
    items = (
        statement(text, "has shared its dock", "Port", "DO", issues=("G4",)),
        statement(text, "shut its gate", "Port", "DO", issues=("G3",)),
        statement(text, "free berths", "Port", "PROMISE", issues=("D1",)),
        statement(text, "free tugs", "Port", "PROMISE", issues=("D2",)),
    )
    places = [at for at in range(len(text.text)) if text.text.startswith("2019", at)]
    times = tuple(TimeMention(text.id, Span(at, at + 4), "2019", "2019", "stated") for at in places)
    assert sorted(words(told(*items, texts=(text,), times=times))) == ["free tugs", "shut its gate"]
