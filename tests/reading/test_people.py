"""Known holders of public office: when a short name is read as one of them."""

from __future__ import annotations

import pytest

from parley.reading.mentions import find_mentions
from parley.reading.people import latest_year, people
from parley.reading.roster import Resolution, Roster
from parley.records import Span


def resolve(text: str, words: str) -> Resolution:
    start = text.rfind(words)
    return Roster(text, find_mentions(text)).resolve_span(Span(start, start + len(words)))


def test_a_surname_that_the_document_never_writes_out_is_the_head_of_a_state_that_it_names() -> None:
    answer = resolve("French officials met on Monday. Macron said that he would wait.", "Macron")
    assert (answer.name, answer.kind) == ("Emmanuel Macron", "person")
    assert "known" in answer.because and "France" in answer.because


def test_a_pronoun_follows_to_the_usual_name() -> None:
    assert resolve("French officials met on Monday. Macron spoke. He refused.", "He").name == "Emmanuel Macron"


def test_a_document_that_writes_out_another_name_keeps_it() -> None:
    text = "Lina Macron, who leads the union, met French officials. Macron said that the strike goes on."
    assert resolve(text, "Macron").name == "Lina Macron"


def test_a_state_that_is_not_named_and_no_role_leave_the_name_as_it_stands() -> None:
    assert resolve("The dockers met on Monday. Macron said that the strike goes on.", "Macron").name == "Macron"


def test_a_role_that_fits_is_enough_and_one_that_does_not_is_not() -> None:
    assert resolve("The talks failed. President Macron left early.", "Macron").name == "Emmanuel Macron"
    assert resolve("The talks failed in France. Coach Macron left early.", "Macron").name != "Emmanuel Macron"


def test_two_who_fit_stay_open() -> None:
    assert resolve("US officials met on Monday. President Bush said no.", "Bush").name == "Bush"


def test_a_year_in_the_text_rules_out_who_had_left_public_life() -> None:
    assert resolve("US officials met in 2006. President Bush said no.", "Bush").name == "George W. Bush"


@pytest.mark.parametrize(
    ("text", "year"),
    [("in 1987 and 2014", 2014), ("a 2,015 tonne load", None), ("from 2013-14 on", None), ("no year", None)],
)
def test_the_latest_year_is_read_from_the_words(text: str, year: int | None) -> None:
    assert latest_year(text) == year


def test_a_name_that_longer_words_end_with_is_found() -> None:
    assert people().ending("Minster Emmanuel Macron") == "Emmanuel Macron"
    assert people().ending("Emmanuel Macron") is None


def test_the_list_is_whole() -> None:
    held = people()
    assert len(held.full) > 500
    for person in held.full.values():
        assert person.first <= person.last and person.offices and person.name == person.name.strip()
