"""Decisions on actors and issues: what they change, what they refuse, how they are undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from dossier_samples import document, harbour, statement
from hypothesis import given
from hypothesis import strategies as st

from parley.codebook import ISSUES
from parley.dossier import Dossier
from parley.dossier.decisions import actors_after, apply, in_force, issues_after
from parley.errors import DossierError, UnknownName
from parley.records import UNRESOLVED, Actor, Decision

AT = "2026-03-01T12:00:00Z"
OF = document("talks", "The envoy said the strike goes on. The minister asked for a week. He agreed to wait.")
ACTORS = (
    Actor("Rosa Lind", "person", ("Lind",), ("envoy",), "Norland", ("d1",)),
    Actor("R. Lind", "person", (), (), None, ("d2",)),
    Actor("Norland", "state", ("Republic of Norland",), (), None, ("d1",)),
    Actor("Norlander government", "office", (), (), "Norland", ("d2",)),
)
STATEMENTS = (
    replace(statement(OF, "the strike goes on", "R. Lind", "REPORT"), addressee="Norland", issues=("A1", "A2")),
    replace(statement(OF, "a week", "Norlander government", "DEMAND"), via=("R. Lind", "Norland"), issues=("A2",)),
    replace(statement(OF, "agreed to wait", UNRESOLVED, "ACCEPT"), speaker_text="He"),
)


def decided(*steps: tuple[str, str, Mapping[str, str]]) -> list[Decision]:
    return [Decision(n, AT, "Mo", *step) for n, step in enumerate(steps, 1)]


def test_a_merge_joins_names_roles_and_documents_and_moves_statements() -> None:
    actors, statements = apply(ACTORS, STATEMENTS, decided(("merge actors", "Rosa Lind", {"other": "R. Lind"})))
    assert [a.name for a in actors] == ["Rosa Lind", "Norland", "Norlander government"]
    assert actors[0] == Actor("Rosa Lind", "person", ("Lind", "R. Lind"), ("envoy",), "Norland", ("d1", "d2"))
    assert [s.speaker for s in statements] == ["Rosa Lind", "Norlander government", UNRESOLVED]
    assert statements[1].via == ("Rosa Lind", "Norland")


def test_a_rename_reaches_speakers_addressees_and_those_who_belong_to_it() -> None:
    actors, statements = apply(ACTORS, STATEMENTS, decided(("rename actor", "Norland", {"name": "Northland"})))
    assert actors[2].names == ("Norland", "Republic of Norland")
    assert [a.belongs_to for a in actors] == ["Northland", None, None, "Northland"]
    assert statements[0].addressee == "Northland"
    assert statements[1].via == ("R. Lind", "Northland")


def test_later_decisions_find_an_actor_by_any_of_its_names() -> None:
    steps = decided(
        ("rename actor", "Rosa Lind", {"name": "Ambassador Lind"}),
        ("merge actors", "Rosa Lind", {"other": "R. Lind"}),
        ("rename actor", "Lind", {"name": "Rosa Lind"}),
    )
    after = actors_after(ACTORS, steps)
    assert after.idle == ()
    assert after.moved == {
        "Rosa Lind": "Rosa Lind",
        "Ambassador Lind": "Rosa Lind",
        "R. Lind": "Rosa Lind",
        "Norland": "Norland",
        "Norlander government": "Norlander government",
    }


def test_an_alias_given_by_a_person_resolves_speakers_that_no_rule_could() -> None:
    _, statements = apply(ACTORS, STATEMENTS, decided(("add alias", "Norland", {"alias": "he"})))
    assert statements[2].speaker == "Norland"


def test_coverage_that_brings_the_new_name_by_itself_joins_the_two() -> None:
    later = (*ACTORS, Actor("Ambassador Lind", "person", (), ("ambassador",), None, ("d3",)))
    after = actors_after(later, decided(("rename actor", "Rosa Lind", {"name": "Ambassador Lind"})))
    assert after.moved["Rosa Lind"] == "Ambassador Lind"
    assert {"d1", "d3"} == set(after.actors[-1].documents)


def test_undo_takes_back_and_undoing_the_undo_brings_back() -> None:
    steps = decided(("rename actor", "Norland", {"name": "Northland"}), ("undo", "1", {}))
    assert apply(ACTORS, STATEMENTS, steps) == (ACTORS, STATEMENTS)
    steps.append(Decision(3, AT, "Mo", "undo", "2", {}))
    assert [a.name for a in actors_after(ACTORS, steps).actors][2] == "Northland"
    assert [d.number for d in in_force(steps)] == [1]


@given(st.lists(st.integers(0, 8), max_size=9))
def test_undoing_everything_in_any_order_leaves_what_was_read(marks: list[int]) -> None:
    steps = decided(
        ("rename actor", "Norland", {"name": "Northland"}),
        ("merge actors", "Rosa Lind", {"other": "R. Lind"}),
        ("add alias", "Norland", {"alias": "he"}),
        ("rename issue", "A1", {"label": "X"}),
        ("merge issues", "A1", {"other": "A2"}),
    )
    order = sorted(range(1, 6), key=lambda n: (marks[n % len(marks)] if marks else 0, n))
    steps += [Decision(5 + place, AT, "Mo", "undo", str(number), {}) for place, number in enumerate(order, 1)]
    assert apply(ACTORS, STATEMENTS, steps) == (ACTORS, STATEMENTS)
    assert issues_after(steps).labels == {key: issue.label for key, issue in ISSUES.items()}


def test_merged_issues_move_and_are_not_counted_twice() -> None:
    steps = decided(("merge issues", "A1", {"other": "A2"}))
    _, statements = apply(ACTORS, STATEMENTS, steps)
    assert [s.issues for s in statements[:2]] == [("A1",), ("A1",)]
    assert "A2" not in issues_after(steps).labels


def test_unknown_kinds_are_kept_and_left_alone(dossier: Dossier) -> None:
    before = dossier.record()
    decision = dossier.decide("weigh statement", "abc", {"note": "  as it is "}, who="Mo")
    after = dossier.record()
    assert after.decisions[-1] == decision
    assert decision.detail == {"note": "  as it is "}
    assert (after.actors, after.statements) == (before.actors, before.statements)


def test_decisions_reach_the_record_and_their_undo_too(dossier: Dossier) -> None:
    assert dossier.record().issue_labels["A1"] == "Standstill"
    dossier.decide("merge actors", "ana oyelaran", {"other": "Профсоюз докеров"}, who="Mo")
    assert {s.speaker for s in dossier.statements if s.act == "DEMAND"} == {"Ana Oyelaran"}
    dossier.decide("undo", "4", {}, who="Mo")
    assert "Профсоюз докеров" in {s.speaker for s in dossier.statements}
    with pytest.raises(DossierError, match="Decision 4 is undone already"):
        dossier.decide("undo", "4", {}, who="Mo")
    with pytest.raises(UnknownName, match="no decision '44'"):
        dossier.decide("undo", "44", {}, who="Mo")


def test_an_issue_of_ones_own(dossier: Dossier) -> None:
    detail = {"label": "Night shift", "proposition": "The night shift ends.", "examples": "nights\nlate work"}
    assert dossier.decide("add issue", "X1", detail, who="Mo").subject == "X1"
    dossier.decide("add issue alias", "night shift", {"alias": "late shift"}, who="Mo")
    issue = dossier.issues[-1]
    assert (issue.id, issue.label, issue.own) == ("X1", "Night shift", True)
    assert (issue.aliases, issue.examples) == (("late shift",), ("nights", "late work"))
    assert dossier.record().issue_labels["X1"] == "Night shift"
    with pytest.raises(DossierError, match="already"):
        dossier.decide("add issue", "X1", detail, who="Mo")
    with pytest.raises(DossierError, match="cannot be the id"):
        dossier.decide("add issue", "X 2", detail, who="Mo")


@pytest.mark.parametrize(
    ("kind", "subject", "detail", "error", "words"),
    [
        ("rename actor", "Ana Oyelarn", {"name": "A"}, UnknownName, "did you mean “Ana Oyelaran”"),
        ("merge actors", "Ana Oyelaran", {"other": "port"}, UnknownName, "did you mean “Port Authority”"),
        ("rename actor", "Zzz", {"name": "A"}, UnknownName, "`parley actors` lists them"),
        ("rename issue", "Q99", {"label": "A"}, UnknownName, "no issue “Q99”"),
        ("rename actor", "Ana Oyelaran", {}, DossierError, "needs “name”"),
        ("rename actor", "Ana Oyelaran", {"name": "Port Authority"}, DossierError, "merge the two"),
        ("add alias", "Ana Oyelaran", {"alias": "Port Authority"}, DossierError, "merge the two"),
        ("rename actor", "Ana Oyelaran", {"name": "@author"}, DossierError, "can be called"),
        ("merge actors", "Ana Oyelaran", {"other": "Oyelaran"}, DossierError, "one actor already"),
        ("merge issues", "A1", {"other": "A1"}, DossierError, "one issue already"),
        (" ", "A1", {}, DossierError, "needs a kind"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_not_stored(
    dossier: Dossier, kind: str, subject: str, detail: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        dossier.decide(kind, subject, detail, who="Mo")
    assert len(dossier.record().decisions) == 3


def test_a_decision_whose_actor_is_gone_is_listed_as_idle() -> None:
    with Dossier.open() as dossier:
        of, furniture, read = harbour()[1]
        dossier.add(of, furniture, read)
        dossier.decide("rename actor", "Jürgen Maß", {"name": "J. M."}, who="Mo")
        assert dossier.idle_decisions() == ()
        dossier.add(of, furniture, replace(read, statements=(), actors=()))
        assert [d.number for d in dossier.idle_decisions()] == [1]
        assert dossier.actors == ()
