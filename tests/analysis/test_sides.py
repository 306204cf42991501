"""Whom people speak for, where the coverage shows it without saying so."""

from __future__ import annotations

from tests.analysis.dispute_samples import document, statement

from parley.analysis import TABLES
from parley.analysis.index import Index
from parley.records import Actor, Record, Statement

STATES = (Actor("Ruritania", "state", names=("Ruritanian",)), Actor("Sylvania", "state", names=("Sylvanian",)))
TEXT = document("a", "One. Two. Three. Four. Brandt reiterated Ruritania's conditions for a truce. Kos listened.")


def said(words: str, speaker: str, **fields: object) -> Statement:
    return statement(TEXT, words, speaker, "DEMAND", issues=("A1",), **fields)


def side(record: Record, name: str) -> str:
    return Index.of(record).side(name)


def test_a_speaker_called_by_a_states_office_speaks_for_the_state() -> None:
    record = Record(
        documents=(TEXT,),
        actors=STATES,
        statements=(said("One", "Anna Brandt", speaker_text="the Ruritanian president"),),
    )
    assert side(record, "Anna Brandt") == "Ruritania" or "Anna Brandt" not in Index.of(record).sides
    known = Record(documents=(TEXT,), actors=(*STATES, Actor("Anna Brandt", "person")), statements=record.statements)
    assert side(known, "Anna Brandt") == "Ruritania"
    assert "Ruritanian president" in Index.of(known).sides_because["Anna Brandt"]


def test_a_former_official_and_an_expert_speak_for_nobody() -> None:
    actors = (*STATES, Actor("Ex", "person"), Actor("Pro", "person"))
    items = (
        said("One", "Ex", speaker_text="the former Ruritanian president"),
        said("Two", "Pro", speaker_text="the Ruritanian leader", voice="expert"),
    )
    record = Record(documents=(TEXT,), actors=actors, statements=items)
    assert (side(record, "Ex"), side(record, "Pro")) == ("Ex", "Pro")


def test_an_office_speaks_mostly_for_its_head() -> None:
    actors = (
        *STATES,
        Actor("Palace", "office", belongs_to="Ruritania"),
        Actor("Anna Brandt", "person"),
        Actor("Bela Kos", "person"),
    )
    items = [said(words, "Anna Brandt", via=("Palace",)) for words in ("One", "Two", "Three")]
    record = Record(documents=(TEXT,), actors=actors, statements=(*items, said("Four", "Bela Kos", via=("Palace",))))
    assert side(record, "Anna Brandt") == "Ruritania"
    assert side(record, "Bela Kos") == "Bela Kos"
    close = Record(documents=(TEXT,), actors=actors, statements=(*items[:2], said("Four", "Bela Kos", via=("Palace",))))
    assert side(close, "Anna Brandt") == "Anna Brandt"


def test_who_restates_a_states_conditions_speaks_for_it_and_aides_follow() -> None:
    actors = (*STATES, Actor("Anna Brandt", "person"), Actor("Brandt administration", "office"))
    record = Record(documents=(TEXT,), actors=actors, statements=(said("One", "Anna Brandt"),))
    assert side(record, "Anna Brandt") == "Ruritania"
    assert side(record, "Brandt administration") == "Ruritania"
    rows = {row.cells["name"]: row.cells for row in TABLES["actors"](record).rows}
    assert rows["Anna Brandt"]["side"] == "Ruritania"
    assert "conditions" in str(rows["Anna Brandt"]["side_because"])


def test_what_the_record_says_wins_over_every_rule() -> None:
    actors = (*STATES, Actor("Anna Brandt", "person", belongs_to="Sylvania"))
    record = Record(
        documents=(TEXT,),
        actors=actors,
        statements=(said("One", "Anna Brandt", speaker_text="the Ruritanian president"),),
    )
    assert side(record, "Anna Brandt") == "Sylvania"
