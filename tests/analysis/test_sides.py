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
    items = (said("One", "Anna Brandt", speaker_text="the Ruritanian president"),)
    known = Record(documents=(TEXT,), actors=(*STATES, Actor("Anna Brandt", "person")), statements=items)
    assert side(known, "Anna Brandt") == "Ruritania"
    assert "Ruritanian president" in Index.of(known).sides_because["Anna Brandt"]
    assert side(Record(documents=(TEXT,), actors=STATES, statements=items), "Anna Brandt") == "Ruritania"


def test_the_leader_of_a_states_party_or_house_does_not_speak_for_the_state() -> None:
    names = {
        "Ina Holt": "Ruritanian Labour leader",
        "Uwe Falk": "Ruritania's Senate leader",
        "Eva Tal": "Ruritanian leader",
    }
    items = tuple(said("One", name, speaker_text=f"the {words}") for name, words in names.items())
    record = Record(documents=(TEXT,), actors=STATES, statements=items)
    assert [side(record, name) for name in names] == ["Ina Holt", "Uwe Falk", "Ruritania"]


def test_a_former_official_and_an_expert_speak_for_nobody() -> None:
    actors = (*STATES, Actor("Ex", "person"), Actor("Pro", "person"))
    items = (
        said("One", "Ex", speaker_text="the former Ruritanian president"),
        said("Two", "Pro", speaker_text="the Ruritanian leader", voice="expert"),
    )
    record = Record(documents=(TEXT,), actors=actors, statements=items)
    assert (side(record, "Ex"), side(record, "Pro")) == ("Ex", "Pro")


def test_an_office_speaks_mostly_for_its_head() -> None:
    plain = document("b", "One. Two. Three. Four.")
    people = (Actor("Anna Brandt", "person"), Actor("Bela Kos", "person"))
    actors = (*STATES, Actor("Palace", "office", belongs_to="Ruritania"), *people)

    def passed_on(words: str, speaker: str) -> Statement:
        return statement(plain, words, speaker, "DEMAND", issues=("A1",), via=("Palace",))

    items = [passed_on(words, "Anna Brandt") for words in ("One", "Two", "Three")]
    record = Record(documents=(plain,), actors=actors, statements=(*items, passed_on("Four", "Bela Kos")))
    assert side(record, "Anna Brandt") == "Ruritania"
    assert side(record, "Bela Kos") == "Bela Kos"
    close = Record(documents=(plain,), actors=actors, statements=(*items[:2], passed_on("Four", "Bela Kos")))
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
