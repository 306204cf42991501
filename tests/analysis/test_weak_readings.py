"""Readings whose act no verb carries: shown, marked, and never put first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import parley
from parley import Dossier
from parley.analysis import TABLES, highlights
from parley.records import Record


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    (tmp_path / "a.txt").write_text(
        "Norway rejected the plan for foreign troops along the border on Monday.\n"
        "Sweden said that foreign troops along the border must leave at once.\n"
        "Sweden agreed only to a pause in attacks on power stations.",
        "utf-8",
    )
    with parley.read(tmp_path, given=parley.Given(date="2031-03-05"), reader="rules") as made:
        yield made


@pytest.fixture
def record(dossier: Dossier) -> Record:
    return dossier.record()


def test_the_reader_says_what_an_act_rests_on(record: Record) -> None:
    resting = {(s.speaker, s.act): s.by_signs for s in record.statements}
    assert resting[("Norway", "REJECT")] is False
    assert resting[("Sweden", "COUNTER")] is False
    assert resting[("Sweden", "DEMAND")] is True


def test_a_weak_reading_opens_no_brief_and_takes_no_stance(dossier: Dossier, record: Record) -> None:
    lines = highlights(record)
    assert {row.cells["party"] for row in lines.rows} == {"Norway", "Sweden"}
    weak = {s.id for s in record.statements if s.by_signs}
    assert not weak & {row.statements[0] for row in lines.rows}
    for row in TABLES["positions"](record).rows:
        if row.statements[0] in weak:
            assert row.cells["stance"] in ("none", "not coded")
    assert "no verb says so" in parley.brief(dossier)


def test_a_truce_for_one_class_of_target_is_not_a_general_one(record: Record) -> None:
    pause = next(s for s in record.statements if s.act == "COUNTER")
    assert pause.issues[0] == "A2"
