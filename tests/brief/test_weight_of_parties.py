"""Whom a brief names first, and whose deeds are no stance."""

from __future__ import annotations

from dispute_samples import document, statement

from parley.analysis import TABLES, Index, Row
from parley.brief import render_html, render_markdown
from parley.brief.matrix import parties_by_weight, title
from parley.records import Actor, Record, Statement

ONE = document(
    "one", "They want nine crowns. They spoke of the gate and of the clock and of the crane.", date="2031-03-03"
)
TWO = document("two", "They want nine crowns. They closed the gate.", date="2031-03-04")


def said(source: object, words: str, who: str, act: str = "DEMAND", issue: str = "G4") -> Statement:
    return statement(source, words, who, act, issues=(issue,), stance="for")  # type: ignore[arg-type]


RECORD = Record(
    documents=(ONE, TWO),
    statements=(
        said(ONE, "nine crowns", "Dock union"),
        said(TWO, "nine crowns", "Dock union"),
        said(ONE, "nine crowns", "Port company"),
        said(TWO, "nine crowns", "Port company"),
        *(
            said(ONE, f"the {thing}", "Dock union's spokesman", issue=i)
            for thing, i in (("gate", "H5"), ("clock", "H4"))
        ),
        said(ONE, "the crane", "Tom Lind"),
        said(TWO, "closed the gate", "Harbour guard", "DO"),
    ),
    actors=(Actor("Tom Lind", "person", roles=("Port company spokesman",)), Actor("Dock union", "organisation")),
)


def rows(record: Record) -> list[Row]:
    return [row for row in TABLES["positions"](record).rows if row.cells["issue"] == "G4"]


def test_parties_that_more_sources_report_on_come_first_and_spokesmen_are_none() -> None:
    weights = parties_by_weight(Index.of(RECORD), TABLES["positions"](RECORD).rows)
    assert weights == {"Dock union": 2, "Port company": 2, "Harbour guard": 1}
    assert list(weights)[-1] == "Harbour guard"
    assert title(weights) == "Dock union, Port company"
    assert title({"Dock union": 1, "Harbour guard": 1}) == "Dock union, Harbour guard"


def test_a_spokesman_alone_is_better_than_nobody() -> None:
    alone = Record(documents=(ONE,), statements=(said(ONE, "nine crowns", "Dock union's spokesman"),))
    assert list(parties_by_weight(Index.of(alone), TABLES["positions"](alone).rows)) == ["Dock union's spokesman"]


def test_a_deed_alone_is_no_stance() -> None:
    guard = next(row for row in rows(RECORD) if row.cells["party"] == "Harbour guard")
    assert (guard.cells["stance"], guard.cells["since"]) == ("acted", None)
    page = render_html(RECORD)
    assert ">·</span> acted</a>" in page
    both = Record(documents=(ONE, TWO), statements=(*RECORD.statements, said(ONE, "nine crowns", "Harbour guard")))
    guard = next(row for row in rows(both) if row.cells["party"] == "Harbour guard")
    assert (guard.cells["stance"], guard.cells["words"]) == ("for", "nine crowns")


def test_parties_with_a_single_statement_close_the_positions_of_an_issue() -> None:
    assert [row.cells["party"] for row in rows(RECORD)] == ["Dock union", "Port company", "Harbour guard", "Tom Lind"]


def test_both_briefs_take_the_rule_of_the_opening_lines_from_the_table() -> None:
    for page in (render_html(RECORD), render_markdown(RECORD)):
        assert "what opens an article" in page
