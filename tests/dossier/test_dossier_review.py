"""Decisions on statements: what they leave, in what order, and how they are taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossier_samples import NOW, Coded, filled, reading
from hypothesis import given
from hypothesis import strategies as st

from parley.dossier import Dossier
from parley.dossier.agreement import blind_agreement, cohen_kappa
from parley.dossier.review import ACCEPT, ADD, BLIND, EDIT, FLAG, MANY, REJECT, SKIP, UNFLAG, Mark, Reviews
from parley.errors import DossierError, Superseded, UnknownName
from parley.records import Decision, Statement


def said(dossier: Dossier, words: str) -> Statement:
    return next(s for s in dossier.reviewed().statements if words in s.content)


def mark(dossier: Dossier, words: str) -> Mark:
    return dossier.reviews.mark(said(dossier, words).id)


def test_what_nobody_decided_is_only_suggested(dossier: Dossier) -> None:
    assert mark(dossier, "night shift") == Mark()
    assert len(dossier.record(only_reviewed=True).statements) == 0


def test_a_rejected_statement_leaves_the_record_and_is_kept_among_all(dossier: Dossier) -> None:
    gone = said(dossier, "night shift")
    before = len(dossier.record().statements)
    dossier.decide(REJECT, gone.id, {}, who="Mo")
    assert gone.id not in {s.id for s in dossier.record().statements}
    assert len(dossier.record().statements) == before - 1
    assert gone.id in {s.id for s in dossier.reviewed().statements}
    assert mark(dossier, "night shift").status == "rejected"


def test_an_edit_changes_codes_and_span_and_is_taken_back_whole(dossier: Dossier) -> None:
    first = said(dossier, "offered a longer break")
    text = dossier.record().document(first.document).text
    start = text.index("Port Authority officials offered")
    detail = {"act": "CONCEDE", "issues": "A1", "stance": "for", "start": str(start), "end": str(first.span.end)}
    made = dossier.decide(EDIT, first.id, detail, who="Mo")
    now = next(s for s in dossier.statements if s.id == first.id)
    assert (now.act, now.issues, now.stance) == ("CONCEDE", ("A1",), "for")
    assert now.content == text[start : first.span.end] == now.anchor.exact
    assert mark(dossier, "offered a longer break").status == "edited"
    dossier.decide("undo", str(made.number), {}, who="Mo")
    assert next(s for s in dossier.statements if s.id == first.id) == first
    assert dossier.reviews.mark(first.id).number == made.number + 1


def test_an_undo_can_be_undone(dossier: Dossier) -> None:
    key = said(dossier, "night shift").id
    taken = dossier.decide(ACCEPT, key, {}, who="Mo")
    undo = dossier.decide("undo", str(taken.number), {}, who="Mo")
    assert dossier.reviews.mark(key).status == "suggested"
    with pytest.raises(DossierError, match="undone already"):
        dossier.decide("undo", str(taken.number), {}, who="Mo")
    dossier.decide("undo", str(undo.number), {}, who="Mo")
    assert dossier.reviews.mark(key).status == "accepted"


def test_accepting_after_an_edit_keeps_the_edit(dossier: Dossier) -> None:
    key = said(dossier, "night shift").id
    dossier.decide(EDIT, key, {"act": "PROPOSE"}, who="Mo")
    dossier.decide(REJECT, key, {}, who="Ai")
    dossier.decide(ACCEPT, key, {}, who="Mo")
    assert dossier.reviews.mark(key).status == "edited"
    assert next(s for s in dossier.statements if s.id == key).act == "PROPOSE"


def test_skip_and_flag_decide_nothing(dossier: Dossier) -> None:
    key = said(dossier, "night shift").id
    skip = dossier.decide(SKIP, key, {}, who="Mo")
    dossier.decide(FLAG, key, {}, who="Mo")
    now = dossier.reviews.mark(key)
    assert (now.status, now.skipped, now.flagged, now.by) == ("suggested", skip.number, True, "")
    dossier.decide(UNFLAG, key, {}, who="Mo")
    assert not dossier.reviews.mark(key).flagged


def test_an_added_statement_stands_in_its_place_survives_and_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True, clock=lambda: NOW) as dossier:
        filled(dossier)
        of = next(d for d in dossier.documents if d.name == "opinion")
        words = "Neither side will move before the budget is out"
        detail = {
            "document": of.id, "start": "0", "end": str(len(words)), "words": words, "speaker": "port authority",
            "act": "ASSESS", "mode": "forecast", "stance": "none", "issues": "",
        }  # fmt: skip
        made = dossier.decide(ADD, "", detail, who="Mo")
    with Dossier.open(path, clock=lambda: NOW) as dossier:
        added = next(s for s in dossier.statements if s.id == made.subject)
        assert (added.content, added.speaker, added.mode) == (words, "Port Authority", "forecast")
        assert next(s.id for s in dossier.statements if s.document == of.id) == added.id
        assert dossier.reviews.mark(added.id).status == "added"
        dossier.decide(EDIT, added.id, {"act": "REPORT"}, who="Mo")
        assert dossier.reviews.mark(added.id).status == "added"
        assert next(s for s in dossier.statements if s.id == made.subject).act == "REPORT"
        assert dossier.check() == ()
        dossier.decide("undo", str(made.number), {}, who="Mo")
        assert made.subject not in {s.id for s in dossier.reviewed().statements}
        with pytest.raises(UnknownName):
            dossier.decide(ACCEPT, made.subject, {}, who="Mo")


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"end": "9999"}, "does not stand"),
        ({"start": "5", "end": "5"}, "does not stand"),
        ({"start": "-1"}, "does not stand"),
        ({"words": "other words"}, "not what stands"),
        ({"act": "SHOUT"}, "is no act"),
        ({"issues": "Z99"}, "no issue"),
        ({"speaker": " "}, "needs “speaker”"),
        ({"document": "nowhere"}, "no document"),
    ],
)
def test_an_addition_that_does_not_hold_is_refused_and_nothing_is_stored(
    dossier: Dossier, more: dict[str, str], match: str
) -> None:
    of = next(d for d in dossier.documents if d.name == "opinion")
    before = dossier.decided
    detail = {"document": of.id, "start": "0", "end": "7", "speaker": "Mo", "act": "ASSESS", **more}
    with pytest.raises((DossierError, UnknownName), match=match):
        dossier.decide(ADD, "", detail, who="Mo")
    assert dossier.decided == before


def test_many_are_decided_by_one_event_and_undone_by_one(dossier: Dossier) -> None:
    keys = [s.id for s in dossier.statements[:4]]
    made = dossier.decide(MANY, ACCEPT, {"statements": " ".join(keys), "filter": "all"}, who="Mo")
    assert [dossier.reviews.mark(key).status for key in keys] == ["accepted"] * 4
    dossier.decide("undo", str(made.number), {}, who="Mo")
    assert [dossier.reviews.mark(key).status for key in keys] == ["suggested"] * 4


def test_who_decides_on_a_state_that_has_changed_is_told(dossier: Dossier) -> None:
    key = said(dossier, "night shift").id
    other = said(dossier, "denied that").id
    dossier.decide(ACCEPT, key, {}, who="Mo", seen=0)
    with pytest.raises(Superseded, match="Mo decided on it first"):
        dossier.decide(REJECT, key, {}, who="Ai", seen=0)
    dossier.decide(REJECT, other, {}, who="Ai", seen=0)
    with pytest.raises(Superseded):
        dossier.decide(MANY, ACCEPT, {"statements": f"{key} {other}"}, who="Ai", seen=3)
    dossier.decide(REJECT, key, {}, who="Ai", seen=dossier.reviews.mark(key).number)


def test_two_who_rename_at_once_are_told(dossier: Dossier) -> None:
    _, seen = dossier.decided
    dossier.decide("rename actor", "Port Authority", {"name": "The Authority"}, who="Mo", seen=seen)
    with pytest.raises(Superseded):
        dossier.decide("add alias", "Oyelaran", {"alias": "she"}, who="Ai", seen=seen)


def test_another_process_that_decides_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True) as one, Dossier.open(path) as two:
        filled(one)
        key = said(two, "night shift").id
        one.decide(REJECT, key, {}, who="Mo")
        assert two.reviews.mark(key).status == "rejected"
        assert key not in {s.id for s in two.statements}
        with pytest.raises(Superseded):
            two.decide(ACCEPT, key, {}, who="Ai", seen=0)


def test_a_name_given_by_an_edit_follows_later_renames(dossier: Dossier) -> None:
    key = said(dossier, "denied that").id
    dossier.decide(EDIT, key, {"speaker": "jürgen mass"}, who="Mo")
    dossier.decide("rename actor", "Jürgen Mass", {"name": "Director Mass"}, who="Mo")
    assert next(s for s in dossier.statements if s.id == key).speaker == "Director Mass"


def test_a_name_that_only_a_person_typed_is_an_actor_until_nobody_is_called_that(dossier: Dossier) -> None:
    key, before = said(dossier, "denied that").id, dossier.actors
    made = dossier.decide(EDIT, key, {"speaker": "Gate Watch"}, who="Mo")
    new = next(a for a in dossier.actors if a.name == "Gate Watch")
    assert (new.kind, new.documents) == ("unknown", (said(dossier, "denied that").document,))
    dossier.decide(EDIT, said(dossier, "night shift").id, {"addressee": "gate watch"}, who="Mo")
    assert said(dossier, "night shift").addressee == "Gate Watch"
    named = dossier.decide("rename actor", "Gate Watch", {"name": "Night Watch"}, who="Mo")
    dossier.decide(EDIT, key, {"speaker": "night watch", "act": "DEFER"}, who="Mo")
    assert said(dossier, "denied that").speaker == "Night Watch" and len(dossier.actors) == len(before) + 1
    dossier.decide("add alias", "Ana Oyelaran", {"alias": "Ms O"}, who="Mo")
    dossier.decide(EDIT, key, {"speaker": "ms o"}, who="Mo")
    assert said(dossier, "denied that").speaker == "Ana Oyelaran"
    dossier.decide("undo", str(named.number), {}, who="Mo")
    assert {"Gate Watch"} == {a.name for a in dossier.actors} - {a.name for a in before}
    dossier.decide("undo", str(made.number), {}, who="Mo")
    dossier.decide(EDIT, said(dossier, "night shift").id, {"addressee": ""}, who="Mo")
    assert {a.name for a in dossier.actors} == {a.name for a in before} and not dossier.idle_decisions()


def test_a_form_that_was_joined_wrongly_is_split_off_again(dossier: Dossier) -> None:
    dossier.decide("merge actors", "Ana Oyelaran", {"other": "Jürgen Mass"}, who="Mo")
    assert said(dossier, "unaffordable").speaker == "Ana Oyelaran"
    with pytest.raises(DossierError, match="no other name"):
        dossier.decide("split actor", "Ana Oyelaran", {"form": "Port Authority"}, who="Mo")
    made = dossier.decide("split actor", "Ana Oyelaran", {"form": "jürgen mass"}, who="Mo")
    assert "Jürgen Mass" in {a.name for a in dossier.actors}
    dossier.decide("undo", str(made.number), {}, who="Mo")
    assert "Jürgen Mass" not in {a.name for a in dossier.actors}


def test_rolling_up_counts_one_actor_for_another_and_never_in_a_circle(dossier: Dossier) -> None:
    dossier.decide("roll up actor", "Jürgen Mass", {"under": "Port Authority"}, who="Mo")
    assert next(a for a in dossier.actors if a.name == "Jürgen Mass").belongs_to == "Port Authority"
    with pytest.raises(DossierError, match="counts for it"):
        dossier.decide("roll up actor", "Port Authority", {"under": "Jürgen Mass"}, who="Mo")


def test_blind_codes_are_compared_with_the_machines(dossier: Dossier) -> None:
    codes = {"statement": "yes", "speaker": "Ana Oyelaran", "act": "DEMAND", "stance": "none", "issues": ""}
    machine = {"machine_speaker": "Ana Oyelaran", "machine_act": "PROPOSE", "machine_stance": "none"}
    key = said(dossier, "night shift").id
    made = dossier.decide(BLIND, key, {**codes, **machine}, who="Mo")
    assert dossier.reviews.mark(key).blind == made.number
    assert dossier.reviews.mark(key).status == "suggested"
    people, found = blind_agreement(dossier.record().decisions)
    assert people == ("Mo",)
    assert {item.field: item.share for item in found} == {
        "statement": 1.0, "speaker": 1.0, "act": 0.0, "issues": 1.0, "stance": 1.0,
    }  # fmt: skip


def test_a_blind_card_keeps_every_code_and_compares_four(dossier: Dossier) -> None:
    statement = said(dossier, "denied that")
    machine = {"machine_speaker": statement.speaker, "machine_act": statement.act, "machine_stance": statement.stance}
    own = {"speaker": statement.speaker, "act": "ACCEPT", "stance": "none", "degree": "full", "mode": "", "voice": ""}
    made = dossier.decide(BLIND, statement.id, {**own, **machine}, who="Mo")
    assert made.detail["degree"] == "full" and not {"mode", "voice"} & made.detail.keys()
    assert [item.field for item in blind_agreement(dossier.decisions)[1]] == [
        "statement", "speaker", "act", "issues", "stance",
    ]  # fmt: skip
    empty = dict.fromkeys((*own, "addressee"), "")
    no = dossier.decide(BLIND, statement.id, {**empty, **machine, "statement": "no"}, who="Mo")
    assert no.detail == {**machine, "statement": "no"}


def test_kappa_of_cohens_kind() -> None:
    # By hand: observed 35/50 = 0.7; expected 25/50 × 30/50 + 25/50 × 20/50 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 3) is None
    assert cohen_kappa([]) is None


KINDS = st.sampled_from([ACCEPT, REJECT, SKIP, EDIT, FLAG, UNFLAG, "undo"])


@given(st.lists(st.tuples(KINDS, st.sampled_from("abc"), st.integers(1, 30)), max_size=30))
def test_marks_are_those_of_the_decisions_that_stand(steps: list[tuple[str, str, int]]) -> None:
    """Taking decisions in one at a time leaves what folding those that stand, from nothing, leaves."""
    live, taken = Reviews(), []
    for kind, key, target in steps:
        number = len(taken) + 1
        if kind == "undo" and not (target < number and live.standing(target)):
            continue
        subject = str(target) if kind == "undo" else key
        decision = Decision(number, NOW, "Mo", kind, subject, {"act": key} if kind == EDIT else {})
        taken.append(decision)
        live.take(decision)
    standing = [d for d in taken if d.kind != "undo" and live.standing(d.number)]
    fresh = Reviews(standing)
    for key in "abc":
        now, then = live.mark(key), fresh.mark(key)
        assert (now.status, now.flagged, now.skipped, dict(now.changes)) == (
            then.status, then.flagged, then.skipped, dict(then.changes),
        )  # fmt: skip


def read_anew(dossier: Dossier, coded: Coded) -> None:
    """Store a later reader's reading of the harbour's daily."""
    of = next(d for d in dossier.documents if d.name == "harbour-daily")
    dossier.add(of, (), reading(of, coded, reader="rules 3"))
    dossier.add_run(reader="rules 3", read=1, unchanged=0, skipped=0, refused=0)


def test_what_a_person_stands_behind_outlives_a_reading_that_lacks_it(dossier: Dossier) -> None:
    shift, ship, rest = (said(dossier, words) for words in ("night shift", "load another ship", "a longer break"))
    dossier.decide(ACCEPT, shift.id, {}, who="Mo")
    dossier.decide(EDIT, ship.id, {"act": "PROMISE"}, who="Mo")
    read_anew(
        dossier, [("the night shift must end", "Ana Oyelaran", "PROPOSE"), ("must end", "Ana Oyelaran", "ASSERT")]
    )
    now = {s.id: s for s in dossier.statements if s.document == shift.document}
    assert now[shift.id] == shift
    assert now[ship.id].act == "PROMISE" and dossier.reviews.mark(ship.id).status == "edited"
    assert rest.id not in now
    assert [s.content for s in now.values()] == [
        "the night shift must end",
        "must end",
        "We will not load another ship",
    ]
    assert not dossier.check()
    assert shift.id not in {s.id for s in dossier.record(reader="rules 3").statements}


def test_what_a_person_accepted_with_many_outlives_another_reading_until_it_is_rejected(dossier: Dossier) -> None:
    shift, ship = said(dossier, "night shift"), said(dossier, "load another ship")
    dossier.decide(MANY, ACCEPT, {"statements": f"{shift.id} {ship.id}", "filter": "all"}, who="Mo")
    read_anew(dossier, [])
    assert {shift.id, ship.id} <= {s.id for s in dossier.statements}
    dossier.decide(REJECT, ship.id, {}, who="Mo")
    assert ship.id not in {s.id for s in dossier.statements}


def test_two_codings_of_the_same_words_stay_where_both_are_decided(dossier: Dossier) -> None:
    shift = said(dossier, "night shift")
    dossier.decide(ACCEPT, shift.id, {}, who="Mo")
    wanted = [
        ("the night shift must end", "Ana Oyelaran", "PROPOSE"),
        ("the night shift must end", "Ana Oyelaran", "DEMAND"),
    ]
    read_anew(dossier, wanted)
    other = next(s for s in dossier.statements if s.act == "PROPOSE" and "night" in s.content)
    dossier.decide(ACCEPT, other.id, {}, who="Mo")
    read_anew(dossier, wanted[:1])
    assert {shift.id, other.id} <= {s.id for s in dossier.statements}
