"""The gazetteer: what words stand for which state, seat or body."""

from __future__ import annotations

import pytest

from parley.reading.gazetteer import WORD, gazetteer, word_lists


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("Ankara", "Turkey", "capital"),
        ("Peking", "China", "capital"),
        ("U.S.", "United States", "name"),
        ("Danes", "Denmark", "people"),
        ("Omani", "Oman", "adjective"),
        ("IMF", "International Monetary Fund", "name"),
        ("Blue House", "Blue House", "name"),
        ("West Germany", "West Germany", "name"),
        ("Brussels", "European Union", "capital"),
    ],
)
def test_words_stand_for_their_entry(words: str, name: str, form: str) -> None:
    entry = gazetteer().get(words)
    assert entry is not None
    assert (entry.name, entry.form) == (name, form)


def test_seat_of_power_belongs_to_its_state() -> None:
    entry = gazetteer().get("Downing Street")
    assert entry is not None
    assert (entry.kind, entry.state) == ("office", "United Kingdom")


def test_longest_entry_wins() -> None:
    words = WORD.findall("South Korean envoys")
    match = gazetteer().match(words, 0)
    assert match is not None
    assert (match[0].name, match[1]) == ("South Korea", 2)


def test_every_united_nations_member_is_there() -> None:
    names = {entry.name for entry in gazetteer().entries.values() if entry.kind == "state"}
    assert len(names) >= 193
    assert {"Tuvalu", "Timor-Leste", "Eswatini", "Soviet Union", "Yugoslavia"} <= names


def test_headline_capitals_do_not_turn_short_words_into_states() -> None:
    assert gazetteer().match(["US"], 0, capitals=True) is None
    match = gazetteer().match(["BRAZIL"], 0, capitals=True)
    assert match is not None
    assert match[0].name == "Brazil"


def test_no_first_name_is_given_two_genders() -> None:
    lists = word_lists()
    assert not lists["male"] & lists["female"]
