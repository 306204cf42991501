"""A table for programs, for spreadsheets, for people."""

from __future__ import annotations

import csv
import io
import json

import pytest

from parley.analysis.table import Column, Row, Table
from parley.errors import UnknownName
from parley.export import write_for_terminal, write_table

TABLE = Table(
    "positions",
    "Who wants what",
    (
        Column("party", "Party"),
        Column("wants", "Wants"),
        Column("sources", "Independent sources"),
        Column("share", "Share"),
    ),
    (
        Row({"party": "Union", "wants": ("an end", "a raise"), "sources": 2, "share": 0.5}, ("s1", "s2"), ("d1",)),
        Row({"party": "=Port\x1b[31m\u202e", "wants": None, "sources": -1, "share": float("nan")}),
        Row({"party": "王毅", "wants": "x" * 100}),
    ),
    ("Silence is not consent.",),
)


def written(form: str, table: Table = TABLE) -> str:
    stream = io.StringIO(newline="")
    write_table(table, form, stream)
    return stream.getvalue()


def test_json_holds_everything() -> None:
    whole = json.loads(written("json"))
    assert (whole["name"], whole["title"], whole["notes"]) == (
        "positions",
        "Who wants what",
        ["Silence is not consent."],
    )
    assert [column["key"] for column in whole["columns"]] == ["party", "wants", "sources", "share"]
    assert whole["rows"][0] == {
        "cells": {"party": "Union", "wants": ["an end", "a raise"], "sources": 2, "share": 0.5},
        "statements": ["s1", "s2"],
        "documents": ["d1"],
    }
    assert whole["rows"][1]["cells"]["share"] is None


def test_csv_holds_the_cells_and_what_they_rest_on() -> None:
    rows = list(csv.reader(io.StringIO(written("csv"), newline="")))
    assert rows[0] == ["party", "wants", "sources", "share", "rests on"]
    assert rows[1] == ["Union", "an end; a raise", "2", "0.5", "s1; s2; d1"]
    assert rows[2][:3] == ["'=Port\x1b[31m\u202e", "", "-1"]


def test_text_is_aligned_and_cannot_repaint_the_terminal() -> None:
    text = written("text")
    lines = text.splitlines()
    assert lines[0] == "Who wants what"
    assert lines[2].split("  ")[0] == "Party"
    assert "\x1b" not in text and "\u202e" not in text
    at = lines[2].index("Wants")
    assert lines[4][at:].startswith("an end; a raise")
    assert lines[6].index("xxx") == at - 2  # the two wide characters take four columns
    assert "…" in lines[6]
    assert lines[-1] == "Silence is not consent."


def test_an_empty_table_says_so() -> None:
    empty = Table("t", "Nothing here", (Column("a", "A"),), ())
    assert "Nothing." in written("text", empty)
    assert json.loads(written("json", empty))["rows"] == []
    assert written("csv", empty) == "a,rests on\n"


def test_another_format_is_refused() -> None:
    with pytest.raises(UnknownName, match="“xml”; choose one of: json, csv, text"):
        written("xml")


def at_terminal(width: int, table: Table, *, ids: bool = False) -> str:
    stream = io.StringIO()
    write_for_terminal(table, stream, width, ids=ids)
    return stream.getvalue()


def test_a_terminal_gets_a_line_a_row_where_it_fits_and_a_wrapped_block_where_not() -> None:
    table = Table(
        "x",
        "Talks",
        (Column("party", "Party"), Column("words", "Words"), Column("via", "Through")),
        (Row({"party": "Union", "words": "we want nine crowns and not a crown less"}), Row({"party": "Port"})),
        ("Silence is not consent, " * 5,),
    )
    wide, narrow = at_terminal(80, table), at_terminal(40, table)
    assert "Union  we want nine crowns and not a crown less\n" in wide
    assert "Union\nWords: we want nine crowns and not a\n    crown less\n\nParty: Port\n" in narrow
    assert all(len(line) <= 40 for line in narrow.splitlines())
    assert "Through" not in wide + narrow


def test_a_terminal_is_spared_bare_ids_unless_they_are_wanted() -> None:
    columns = (Column("id", "No"), Column("issue", "Issue"), Column("issue_label", "About"), Column("latest", "Latest"))
    table = Table(
        "x", "X", columns, (Row({"id": 1, "issue": "G4", "issue_label": "Pay", "latest": "0123456789abcdef"}),)
    )
    assert "G4" not in at_terminal(80, table) and "0123456789abcdef" not in at_terminal(80, table)
    assert "G4" in at_terminal(80, table, ids=True) and "0123456789abcdef" in at_terminal(80, table, ids=True)
    assert "Pay" in at_terminal(80, table)


def test_a_terminal_is_told_where_a_table_holds_nothing_and_gets_no_controls() -> None:
    assert "Nothing.\n" in at_terminal(80, Table("x", "X", (Column("a", "A"),), ()))
    assert "\x1b" not in at_terminal(200, TABLE)
