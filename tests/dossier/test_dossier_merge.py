"""Two people's copies as one: nothing of either is lost, and where they differ a third decision is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dossier_samples import NOW, document, filled, reading
from hypothesis import given
from hypothesis import strategies as st

from parley import workbench
from parley.dossier import Dossier
from parley.dossier.merge import interleave
from parley.dossier.review import ACCEPT, ADD, EDIT, FLAG, REJECT, Reviews
from parley.errors import DossierError
from parley.records import Decision


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    one, two = tmp_path / "a.parley", tmp_path / "b.parley"
    with Dossier.open(one, create=True, clock=lambda: NOW) as dossier:
        filled(dossier)
    shutil.copy(one, two)
    return one, two


def work(path: Path, who: str, *steps: tuple[str, str, dict[str, str]], day: int = 2) -> None:
    """Take decisions on the statements that hold these words, a minute apart."""
    minute = iter(range(60))
    with Dossier.open(path, clock=lambda: f"2026-03-{day:02}T10:{next(minute):02}:00Z") as dossier:
        for kind, words, detail in steps:
            found = [s.id for s in dossier.reviewed().statements if words and words in s.content]
            dossier.decide(kind, found[0] if found else words, detail, who=who)


def test_decisions_of_both_stand_in_the_order_of_time(copies: tuple[Path, Path], tmp_path: Path) -> None:
    work(copies[0], "Mo", (ACCEPT, "night shift", {}), (REJECT, "unaffordable", {}))
    work(copies[1], "Ai", (ACCEPT, "denied that", {}), ("rename actor", "Ana Oyelaran", {"name": "Ana O."}), day=3)
    told = workbench.merge(*copies, tmp_path / "c.parley", clock=lambda: "2026-03-04T00:00:00Z")
    assert (told.documents, told.decisions, told.shared, told.disputed) == (4, 7, 3, ())
    with Dossier.open(tmp_path / "c.parley") as merged, Dossier.open(copies[0]) as first:
        assert merged.check() == ()
        assert [d.who for d in merged.decisions] == ["Mo"] * 5 + ["Ai"] * 2 + ["merge"]
        assert "Ana O." in {a.name for a in merged.actors}
        statuses = sorted(m.status for m in merged.reviews.marks.values())
        assert statuses == ["accepted", "accepted", "rejected"]
        assert merged.record().runs == first.record().runs
        assert merged.record().documents == first.record().documents
        assert merged.record().refusals == first.record().refusals


def test_what_the_two_decided_differently_waits_for_a_third_decision(copies: tuple[Path, Path], tmp_path: Path) -> None:
    work(
        copies[0],
        "Mo",
        (ACCEPT, "night shift", {}),
        (ACCEPT, "denied that", {}),
        (EDIT, "longer break", {"act": "CONCEDE"}),
    )
    work(
        copies[1],
        "Ai",
        (REJECT, "night shift", {}),
        (ACCEPT, "denied that", {}),
        (EDIT, "longer break", {"act": "PROMISE"}),
    )
    told = workbench.merge(*copies, tmp_path / "c.parley")
    assert len(told.disputed) == 2
    verdict = told.agreements[0]
    assert (verdict.field, verdict.both, verdict.same) == ("statement", 3, 2)
    act = next(item for item in told.agreements if item.field == "act")
    assert (act.both, act.same) == (2, 1)
    with Dossier.open(tmp_path / "c.parley") as merged:
        disputed = [key for key, mark in merged.reviews.marks.items() if mark.status == "disputed"]
        assert sorted(disputed) == sorted(item.statement for item in told.disputed)
        third = merged.decide(ACCEPT, disputed[0], {}, who="Third")
        assert merged.reviews.mark(third.subject).stands
        assert merged.decisions[-2].detail["both"] == "3"


def test_undos_follow_what_they_undo(copies: tuple[Path, Path], tmp_path: Path) -> None:
    work(copies[0], "Mo", (ACCEPT, "night shift", {}), ("undo", "4", {}), day=9)
    work(copies[1], "Ai", (REJECT, "denied that", {}), ("undo", "3", {}), day=2)
    workbench.merge(*copies, tmp_path / "c.parley")
    with Dossier.open(tmp_path / "c.parley") as merged:
        assert merged.record().issue_labels["A1"] == "General ceasefire", "the relabelling in both was undone by one"
        undos = {d.subject: d.number for d in merged.decisions if d.kind == "undo"}
        assert all(int(subject) < number for subject, number in undos.items())
        assert [m.status for m in merged.reviews.marks.values()].count("accepted") == 0


def test_documents_and_added_statements_of_either_are_in_the_merged_one(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    more = document("late", "The union accepted the longer break on Sunday.")
    with Dossier.open(copies[1]) as second:
        second.add(more, (), reading(more, [("accepted the longer break", "Union", "ACCEPT")]))
        second.add_run(reader="rules 1", read=1, unchanged=0, skipped=0, refused=0)
        detail = {"document": more.id, "start": "0", "end": "9", "speaker": "Union", "act": "REPORT"}
        second.decide(ADD, "", detail, who="Ai")
    told = workbench.merge(*copies, tmp_path / "c.parley")
    with Dossier.open(tmp_path / "c.parley") as merged:
        assert told.documents == 5 and len(merged.record().runs) == 2
        assert merged.record().document(more.id).text == more.text
        assert "added" in {m.status for m in merged.reviews.marks.values()}
        assert merged.compared() and merged.check() == ()


def test_merging_again_adds_nothing(copies: tuple[Path, Path], tmp_path: Path) -> None:
    work(copies[0], "Mo", (ACCEPT, "night shift", {}))
    work(copies[1], "Ai", (FLAG, "denied that", {}), ("undo", "4", {}), day=3)
    once, twice = tmp_path / "c.parley", tmp_path / "d.parley"
    workbench.merge(*copies, once)
    told = workbench.merge(once, copies[1], twice)
    with Dossier.open(once) as one, Dossier.open(twice) as two:
        assert told.shared == 5
        assert two.decisions[:-1] == one.decisions
        assert two.statements == one.statements


def test_a_file_that_is_there_is_left_alone_and_a_failure_leaves_none(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(DossierError, match="is there already"):
        workbench.merge(*copies, copies[1])
    other = tmp_path / "other.parley"
    other.write_text("not a dossier")
    with pytest.raises(DossierError):
        workbench.merge(copies[0], other, tmp_path / "c.parley")
    assert not (tmp_path / "c.parley").exists()


STEP = st.tuples(
    st.sampled_from([ACCEPT, REJECT, FLAG, "undo"]), st.sampled_from("ab"), st.integers(0, 9), st.integers(1, 9)
)


def listed(prefix: list[Decision], steps: list[tuple[str, str, int, int]], who: str) -> list[Decision]:
    made, reviews = list(prefix), Reviews(prefix)
    for kind, subject, minute, target in steps:
        number = len(made) + 1
        if kind == "undo" and not (target < number and reviews.standing(target)):
            continue
        at = f"2026-03-01T10:0{minute}:00Z"
        made.append(Decision(number, at, who, kind, str(target) if kind == "undo" else subject, {}))
        reviews.take(made[-1])
    return made


@given(st.lists(STEP, max_size=6), st.lists(STEP, max_size=8), st.lists(STEP, max_size=8))
def test_every_decision_of_either_comes_once_and_in_its_own_order(
    shared: list[tuple[str, str, int, int]], one: list[tuple[str, str, int, int]], two: list[tuple[str, str, int, int]]
) -> None:
    prefix = listed([], shared, "Mo")
    first, second = listed(prefix, one, "Mo"), listed(prefix, two, "Ai")
    merged = interleave(first, second).decisions
    assert len(merged) == len(prefix) + (len(first) - len(prefix)) + (len(second) - len(prefix))
    assert [d.number for d in merged] == list(range(1, len(merged) + 1))
    assert all(int(d.subject) < d.number for d in merged if d.kind == "undo")
    for side in (first, second):
        mine = [(d.at, d.who, d.kind) for d in side]
        kept = (
            [(d.at, d.who, d.kind) for d in merged if d.who == side[-1].who or d.number <= len(prefix)] if side else []
        )
        remaining = iter(kept)
        assert all(step in remaining for step in mine if step[1] == (side[-1].who if side else ""))
    assert interleave(first, first).decisions == tuple(first)
