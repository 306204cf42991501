"""What is stored comes back, and stays."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from dossier_samples import CODED, NOW, REFUSAL, TEXTS, document, harbour, lineage, reading, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.dossier import Dossier
from parley.errors import DossierError, UnknownName
from parley.records import Actor, Anchor, Fact, Furniture, Reading, Run, Span, Statement, TimeMention


def test_everything_stored_comes_back(dossier: Dossier) -> None:
    stored = harbour()
    record = dossier.record()
    assert record.documents == tuple(sorted((d for d, _, _ in stored), key=lambda d: d.name))
    assert {f for _, pieces, _ in stored for f in pieces} == set(record.furniture)
    assert [t.text for t in record.times] == [" Tuesday"]
    assert record.unread == ((stored[0][0].id, "One sentence was too long to read."),)
    derivations, groups = lineage(record.documents)
    assert (record.derivations, record.groups) == (derivations, groups)
    assert record.refusals == (REFUSAL,)
    assert record.runs == (Run(1, NOW, "parley 0.1.0", "rules 1", 4, 0, 0, 1),)
    assert [(d.number, d.at, d.who, d.kind) for d in record.decisions] == [
        (1, NOW, "Mo", "rename actor"),
        (2, NOW, "Mo", "add alias"),
        (3, NOW, "Mo", "rename issue"),
    ]
    assert len(record.statements) == sum(len(list(coded)) for coded in CODED.values())


def test_statements_come_by_document_and_span_with_linked_names(dossier: Dossier) -> None:
    statements = dossier.statements
    assert [s.content for s in statements if s.document == dossier.documents[0].id] == [
        "rejected the union's demand",
        "unaffordable",
        "denied that",
    ]
    speakers = {s.content: s.speaker for s in statements}
    assert speakers["denied that"] == speakers["the night shift must end"] == "Ana Oyelaran"
    assert speakers["unaffordable"] == "Jürgen Mass"
    names = {actor.name for actor in dossier.actors}
    assert {s.speaker for s in statements} - names == {"@author"}


def test_a_stored_file_opens_with_the_same_record(tmp_path: Path, dossier: Dossier) -> None:
    path = tmp_path / "harbour.parley"
    with Dossier.open(path, create=True, clock=lambda: NOW) as first:
        for each in harbour():
            assert first.add(*each) is True
        before = first.record()
    with Dossier.open(path) as again:
        assert again.record() == before
        assert again.path == path
    assert [p.name for p in tmp_path.iterdir()] == ["harbour.parley"]


def test_the_same_document_twice_changes_nothing(dossier: Dossier) -> None:
    before = dossier.record()
    assert [dossier.add(*each) for each in harbour()] == [False] * 4
    assert dossier.record() is before


def test_a_second_reader_stands_beside_the_first(dossier: Dossier) -> None:
    of = dossier.documents[0]
    other = reading(of, [("denied", "Port Authority", "DENY")], reader="model 2")
    assert dossier.holds(of.id, "rules 1")
    assert not dossier.holds(of.id, "model 2")
    assert dossier.add(of, (), other)
    assert dossier.holds(of.id, "model 2")
    assert dossier.readers == ("model 2", "rules 1")
    dossier.add_run(reader="model 2", read=1, unchanged=0, skipped=0, refused=0)
    latest = dossier.record()
    assert [s.content for s in latest.statements if s.document == of.id] == ["denied"]
    assert {s.reader for s in latest.statements if s.document != of.id} == {"rules 1"}
    assert len([s for s in dossier.record(reader="rules 1").statements if s.document == of.id]) == 3
    assert {s.reader for s in dossier.record(reader="model 2").statements} == {"model 2"}
    dossier.add_run(reader="rules 1", read=0, unchanged=4, skipped=0, refused=0)
    assert {s.reader for s in dossier.record().statements} == {"rules 1"}


def test_a_reader_that_read_nothing_here_is_named(dossier: Dossier) -> None:
    with pytest.raises(UnknownName, match="“rules 7”; it holds readings by rules 1"):
        dossier.record(reader="rules 7")


def test_a_changed_reading_by_the_same_reader_counts_and_the_earlier_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "d.parley"
    of, furniture, first = harbour()[0]
    second = replace(first, statements=first.statements[:1])
    with Dossier.open(path, create=True) as dossier:
        assert dossier.add(of, furniture, first)
        assert dossier.add(of, furniture, second)
        assert [s.id for s in dossier.statements] == [first.statements[0].id]
        assert dossier.check() == ()
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM reading").fetchone() == (2,)
    assert db.execute("SELECT count(*) FROM statement").fetchone() == (4,)
    db.close()


def test_what_a_user_gave_is_kept_and_what_is_learnt_later_is_added(dossier: Dossier) -> None:
    of, furniture, read = harbour()[0]
    later = replace(
        of, date=Fact("2026-02-23", "inferred", "line 2"), outlet=Fact("Harbour Daily", "given", "--outlet")
    )
    assert dossier.knows(of, "rules 1")
    assert not dossier.knows(later, "rules 1")  # the outlet is new, the inferred date is not wanted
    assert dossier.holds(later.id, "rules 1")
    assert dossier.add(later, furniture, read)
    assert dossier.knows(later, "rules 1")
    assert not dossier.knows(later, "model 2")
    kept = dossier.record().document(of.id)
    assert kept.date == of.date
    assert kept.outlet == later.outlet
    assert kept.title == of.title


def test_a_refusal_goes_once_its_path_is_read(dossier: Dossier) -> None:
    dossier.add_refusal(replace(REFUSAL, reason="It is a picture still."))
    assert [r.reason for r in dossier.record().refusals] == ["It is a picture still."]
    of = document("photo", "A caption of some length.", path=REFUSAL.path)
    dossier.add(of, (), Reading(of.id, "rules 1", (), ()))
    assert dossier.record().refusals == ()


def test_every_document_is_in_one_group_before_lineage_is_computed() -> None:
    with Dossier.open() as dossier:
        for each in harbour():
            dossier.add(*each)
        groups = dossier.record().groups
        assert Counter(name for group in groups for name in group.documents) == Counter(d.id for d, _, _ in harbour())
        assert {group.because for group in groups} == {"not compared with the others yet"}
        assert dossier.check() == ()


def test_lineage_that_forgets_or_repeats_a_document_is_refused(dossier: Dossier) -> None:
    derivations, groups = lineage(dossier.documents)
    before = dossier.record()
    for wrong in (groups[:-1], (*groups, groups[-1]), (*groups, replace(groups[0], id="g9", documents=("nobody",)))):
        with pytest.raises(DossierError, match="not in exactly one group"):
            dossier.set_lineage(derivations, wrong)
    with pytest.raises(DossierError, match="lies outside"):
        late = replace(derivations[0].evidence[0], span=Span(0, 10_000))
        dossier.set_lineage([replace(derivations[0], evidence=(late,))], groups)
    assert dossier.record() == before


def test_what_does_not_stand_in_the_text_is_not_stored(dossier: Dossier) -> None:
    of = document("lie", "The crane stands still.")
    true = statement(of, "stands still", "Port Authority", "REPORT")
    wrong = {
        "content of statement": replace(true, content="stands upright"),
        "cue of statement": replace(true, cue_span=Span(0, 3), cue="says"),
        "speaker of statement": replace(true, speaker_span=Span(20, 99), speaker_text=None),
        "is by model 2": replace(true, reader="model 2"),
    }
    for words, false in wrong.items():
        with pytest.raises(DossierError, match=words):
            dossier.add(of, (), Reading(of.id, "rules 1", (false,), ()))
    with pytest.raises(DossierError, match="comes twice"):
        dossier.add(of, (), Reading(of.id, "rules 1", (true, true), ()))
    with pytest.raises(DossierError, match="hash"):
        dossier.add(replace(of, sha256="0" * 64), (), Reading(of.id, "rules 1", (true,), ()))
    with pytest.raises(DossierError, match="furniture at 5"):
        dossier.add(of, [Furniture(of.id, Span(5, 500), "caption")], Reading(of.id, "rules 1", (true,), ()))
    with pytest.raises(DossierError, match="would not hold together"):
        dossier.add(of, (), Reading(of.id, "rules 1", (replace(true, voice="choir"),), ()))  # type: ignore[arg-type]
    assert not dossier.holds(of.id)


def test_nothing_that_is_stored_can_be_changed_even_by_sql(tmp_path: Path, dossier: Dossier) -> None:
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True) as stored:
        for each in harbour():
            stored.add(*each)
        stored.decide("rename issue", "A1", {"label": "Standstill"}, who="Mo")
    db = sqlite3.connect(path)
    for sql in (
        "UPDATE decision SET who = 'Nobody'",
        "DELETE FROM decision",
        "INSERT INTO decision VALUES (7, '2026-03-01T12:00:00Z', 'x', 'y', 'z', '{}')",
        "INSERT OR REPLACE INTO decision VALUES (1, '2026-03-01T12:00:00Z', 'x', 'y', 'z', '{}')",
        "UPDATE statement SET speaker = 'Nobody'",
        "DELETE FROM statement",
        "UPDATE reading SET reader = 'Nobody'",
        "UPDATE document SET text = ''",
        "DELETE FROM document",
        "UPDATE decision_seal SET sha256 = ''",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"never|only appended"):
            db.execute(sql)
    db.close()


def test_the_record_is_made_once_until_something_is_written(dossier: Dossier) -> None:
    first = dossier.record()
    assert dossier.record() is first
    dossier.decide("add alias", "Ana Oyelaran", {"alias": "the union leader"}, who="Mo")
    second = dossier.record()
    assert second is not first
    assert second.documents is first.documents  # a decision does not read the coverage anew


def test_a_closed_dossier_says_so(dossier: Dossier) -> None:
    dossier.close()
    dossier.close()
    with pytest.raises(DossierError, match="is closed"):
        dossier.record()


AWKWARD = {
    "nul": "Before\0after the night shift.",
    "crlf": "One line.\r\nAnother line.\rA third.\n",
    "astral": "𝕬 😀 a\u0301 e\u0301 𠜎𠜱 end",
    "marks": "\ufdd0 what the index \ufdd1 uses itself \ufeff",
    "rtl": "قال الوزير إن المحادثات \u202eتتقدم\u202c ببطء",
    "empty": "",
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_text_comes_back_exactly(tmp_path: Path, name: str) -> None:
    text = AWKWARD[name]
    of = document(name, text)
    whole = [(text, "Somebody\0else", "REPORT")] if text else []
    with Dossier.open(tmp_path / "d.parley", create=True) as dossier:
        dossier.add(of, (), reading(of, whole))
    with Dossier.open(tmp_path / "d.parley") as dossier:
        assert dossier.documents == (of,)
        assert [s.content for s in dossier.statements] == [c for c, _, _ in whole]
        assert dossier.check() == ()


def test_half_a_surrogate_pair_is_refused_in_a_sentence(dossier: Dossier) -> None:
    of = replace(document("half", "fine"), text="half \ud83d")
    with pytest.raises(DossierError, match="surrogate pair"):
        dossier.add(of, (), Reading(of.id, "rules 1", (), ()))


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_words = st.tuples(st.integers(0, 60), st.integers(0, 20))
_names = st.lists(_text, max_size=3).map(tuple)


@st.composite
def _read(draw: st.DrawFn) -> tuple[object, object]:
    text = draw(_text)
    facts = {
        f: draw(st.none() | st.builds(Fact, _text, st.sampled_from(["stated", "given"]), _text))
        for f in ("title", "date")
    }
    of = document("any", text, notes=draw(_names), encoding=draw(st.none() | _text), **facts)

    def place() -> Span:
        start, length = draw(_words)
        start = min(start, len(text))
        return Span(start, min(len(text), start + length))

    statements = []
    for number in range(draw(st.integers(0, 3))):
        span, near, cue = place(), place(), place()
        anchor = Anchor(draw(_text), draw(_text), draw(_text), draw(st.integers(0, 99)), draw(st.integers(0, 99)))
        statements.append(
            Statement(
                f"{number}", of.id, span, span.of(text), draw(_text), draw(st.sampled_from(["party", "expert"])),
                draw(_text), "any 1", draw(_text), anchor, near, near.of(text), cue, cue.of(text),
                draw(st.none() | _text), draw(st.none() | _text), draw(_names), "for",
                draw(st.none() | _text), draw(_names), "mixed",
                draw(st.booleans()), draw(_names), draw(st.none() | st.floats(0, 1)),
            )
        )  # fmt: skip
    when = place()
    times = (TimeMention(of.id, when, when.of(text), draw(st.none() | _text), draw(_text)),)
    return of, Reading(of.id, "any 1", tuple(statements), (), times, draw(_names))


@settings(max_examples=120, deadline=None)
@given(_read())
def test_any_document_and_reading_come_back_as_they_were(made: tuple[object, object]) -> None:
    of, read = made
    with Dossier.open() as dossier:
        assert dossier.add(of, (), read)  # type: ignore[arg-type]
        record = dossier.record()
        assert record.documents == (of,)
        wanted = sorted(read.statements, key=lambda s: (s.span, s.id))  # type: ignore[attr-defined]
        assert list(record.statements) == wanted
        assert record.times == read.times  # type: ignore[attr-defined]
        assert tuple(sentence for _, sentence in record.unread) == read.unread  # type: ignore[attr-defined]
        assert not dossier.add(of, (), read)  # type: ignore[arg-type]
        assert dossier.check() == ()


def test_actors_of_several_documents_are_linked_before_decisions(dossier: Dossier) -> None:
    by_name: dict[str, Actor] = {actor.name: actor for actor in dossier.actors}
    assert "Oyelaran" in by_name["Ana Oyelaran"].names
    assert len(by_name["Ana Oyelaran"].documents) == 2
    assert TEXTS["east-wire"] in [d.text for d in dossier.documents if d.id in by_name["Ana Oyelaran"].documents]
