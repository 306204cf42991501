"""Deeds that keep a term: what their words must tell, and that they don't come before the consent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dispute_samples import document, statement

from parley.analysis.compliance import compliance
from parley.analysis.concessions import concessions
from parley.analysis.deeds import attacks, keeps
from parley.analysis.proposals import proposals
from parley.records import Record, Span, TimeMention


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("pulled its tugs back from the pier", False),
        ("withdrew its guards from the pier", True),
        ("released two crew members", True),
        ("halted the raids on the depot", True),
        ("fired flares at the depot", False),
        ("carried out a raid on the depot", False),
        ("expanded its operation by sending in guards", False),
        ("suspended rent on the cranes", False),
        ("had begun the assault on the pier", False),
        ("paid the arrears in full", True),
    ],
)
def test_a_deed_keeps_a_term_by_its_words(words: str, kept: bool) -> None:
    source = document("one", f"The harbour guard {words}.")
    item = statement(source, words, "Harbour guard", "DO", issues=("A1",))
    assert keeps(item) is kept


def test_an_attack_that_is_halted_is_none() -> None:
    source = document("one", "The guard ended its raid. The guard raided a pier and then ended it.")
    assert not attacks(statement(source, "ended its raid", "Guard", "DO"))
    assert attacks(statement(source, "raided a pier and then ended it", "Guard", "DO"))


def made(deed: str, day: str = "2031-03-20") -> Record:
    words = f"On {day} the guard {deed}."
    early = document("a", "The guard accepted the harbour truce.", date="2031-03-10")
    late = document("b", words, date="2031-03-20")
    place = words.index(day)
    return Record(
        (early, late),
        (
            statement(early, "the harbour truce", "Guard", "ACCEPT", issues=("A1",), stance="for", degree="full"),
            statement(late, deed, "Guard", "DO", issues=("A1",), stance="for"),
        ),
        times=(TimeMention(late.id, Span(place, place + len(day)), day, day, "stated"),),
    )


def told(record: Record) -> tuple[object, object, int]:
    kinds = [row for row in compliance(record).rows if row.cells["kind"] == "carried out"]
    return concessions(record).rows[0].cells["carried_out"], proposals(record).rows[0].cells["status"], len(kinds)


def test_a_later_deed_of_keeping_carries_a_consent_out() -> None:
    assert told(made("withdrew from the pier")) == ("reported", "carried out", 1)


def test_violence_carries_nothing_out() -> None:
    assert told(made("shelled the pier")) == ("no report in the coverage", "agreed", 0)


def test_a_deed_that_is_told_to_lie_before_the_consent_carries_nothing_out() -> None:
    assert told(made("moved out of the pier", "2031-02-02")) == ("no report in the coverage", "agreed", 0)


def test_a_deed_of_the_consents_own_month_may_follow_it() -> None:
    record = made("withdrew from the pier")
    month = replace(record, times=tuple(replace(one, resolved="2031-03") for one in record.times))
    assert told(month) == ("reported", "carried out", 1)


def test_a_cue_that_stands_far_off_is_not_the_deed() -> None:
    words = (
        "The guard withdrew, said people who had seen its tugs leave the inner basin and pass the old light, its tugs"
    )
    source = document("one", words)
    near, far = (Span(10, 18), words.index("leave")), (Span(10, 18), words.rindex("its tugs"))
    for (cue, at), kept in ((near, True), (far, False)):
        item = statement(source, words[at : at + 8], "Guard", "DO", start=at, cue="withdrew", cue_span=cue)
        assert keeps(item) is kept


def test_violence_of_an_earlier_day_is_no_practice_of_a_truce() -> None:
    early = document("a", "The guard sent troops to the pier.", date="2031-03-01")
    late = document("b", "The guard accepted the harbour truce.", date="2031-03-10")
    record = Record(
        (early, late),
        (
            statement(early, "sent troops to the pier", "Guard", "DO", issues=("A1",), stance="for"),
            statement(late, "the harbour truce", "Guard", "ACCEPT", issues=("A1",), stance="for", degree="full"),
        ),
    )
    assert concessions(record).rows[0].cells["baseline"] == "not told"
