"""The check sees what something other than Parley did to a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from dossier_samples import NOW, filled

from parley.dossier import Dossier

DAMAGE = {
    "a word of a text": (
        "UPDATE document SET text = replace(text, 'night', 'early') WHERE name = 'harbour-daily'",
        "hash",
    ),
    "a statement's words": ("UPDATE statement SET content = 'the day shift' WHERE act = 'DEMAND'", "does not stand"),
    "a statement's place": ("UPDATE statement SET start = start + 1 WHERE act = 'DENY'", "does not stand"),
    "a statement's act": ("UPDATE statement SET act = 'ACCEPT' WHERE act = 'REJECT'", "seal is broken"),
    "a statement gone": ("DELETE FROM statement WHERE act = 'REJECT'", "seal is broken"),
    "an actor renamed": ("UPDATE actor SET name = 'Nobody'", "seal is broken"),
    "a decision changed": ("UPDATE decision SET who = 'Nobody' WHERE number = 2", "seal is broken"),
    "a decision gone": ("DELETE FROM decision WHERE number = 1", "missing before"),
    "the last decision gone": ("DELETE FROM decision WHERE number = 3", "seal is broken"),
    "a document without its group": ("DELETE FROM origin_member WHERE document = 1", "in no group"),
    "furniture beyond the end": ('UPDATE furniture SET "end" = 9999', "outside the text"),
    "a time elsewhere": ("UPDATE time_mention SET start = 0", "does not stand"),
    "a fact of no document": ("INSERT INTO fact VALUES (99, 'title', 'x', 'stated', '')", "belongs to no document"),
    "the index out of step": ("INSERT INTO document_fts (document_fts) VALUES ('delete-all')", "out of step"),
}
GUARDS = (
    "document_kept",
    "statement_kept",
    "statement_stays",
    "actor_kept",
    "decision_kept",
    "decision_stays",
    "time_kept",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Dossier.open(tmp_path / "d.parley", create=True, clock=lambda: NOW) as dossier:
        filled(dossier)
        assert dossier.check() == ()
    return tmp_path / "d.parley"


def tamper(path: Path, sql: str) -> None:
    """Take the guards away, do the damage, put the guards back."""
    db = sqlite3.connect(path)
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name in GUARDS:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(sql)
    for name, made in guards:
        if name in GUARDS:
            db.execute(made)
    db.commit()
    db.close()


@pytest.mark.parametrize("name", DAMAGE)
def test_the_check_sees(path: Path, name: str) -> None:
    sql, words = DAMAGE[name]
    tamper(path, sql)
    with Dossier.open(path) as dossier:
        problems = dossier.check()
    assert any(words in problem.what for problem in problems), problems
    assert all(problem.where and problem.do.endswith(".") for problem in problems)


def test_the_check_sees_a_guard_that_was_taken_away(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER decision_kept")
    db.commit()
    db.close()
    with Dossier.open(path) as dossier:
        (problem,) = dossier.check()
    assert problem.what == "The trigger decision_kept is gone."


def test_other_tools_can_read_the_file(path: Path) -> None:
    db = sqlite3.connect(path)
    sql = """
        SELECT d.name, s.content FROM statement s JOIN current_reading r ON r.key = s.reading
        JOIN document d ON d.key = r.document WHERE s.act = 'THREATEN'
    """
    assert db.execute(sql).fetchall() == [("harbour-daily", "We will not load another ship")]
    strict = db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert {name for name, is_strict in strict if not is_strict} == set()
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
