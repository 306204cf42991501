"""Looking for words in texts: cheap tests find what a plain search finds, and sentences end where they end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.analysis.scanning import holds, places, windows
from parley.analysis.sentences import sentence_starts
from parley.analysis.wordlists import Hit, WordList

MARKS = ("pay", "set out", " on ", "n’t", "ahead of", "e")
TEXTS = st.lists(st.sampled_from(["Pay", "PAY", "set", "out", "on", "ahead", "of", "don’t", "İ", " ", "\n", "ß", "xx"]))


@given(TEXTS, st.sampled_from(["", " ", "w" * 1200 + " "]))
def test_marks_are_found_where_they_stand_in_any_case_in_texts_short_and_long(words: list[str], before: str) -> None:
    text = before + "".join(words)
    low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    assert places(text, MARKS) == [at for at in range(len(low)) if low.startswith(MARKS, at)]
    assert holds(text, MARKS) == bool(places(text, MARKS))


def test_stretches_around_places_are_merged_where_they_meet() -> None:
    assert list(windows([5, 12, 40], 45, before=5, after=5)) == [(0, 17), (35, 45)]


@pytest.mark.parametrize(
    "words", ["Mr. Lind", "Gen. Faro", "Messrs. Lind and Faro", "the U.S. Navy", "No. 4", "e.g. Rui Prat", "P. Prat"]
)
def test_an_abbreviation_ends_no_sentence(words: str) -> None:
    assert sentence_starts(f"They saw {words} at the quay. Then they left.") == [
        0,
        len(f"They saw {words} at the quay."),
    ]


@pytest.mark.parametrize("end", ["quay", "NATO", "vast", "hen", "a", "I", "unforgettable"])
def test_a_word_that_only_ends_like_an_abbreviation_ends_a_sentence(end: str) -> None:
    ends = [0] if end == "I" else [0, len(f"They saw the {end}.")]  # one letter may be an initial
    assert sentence_starts(f"They saw the {end}. Then they left.") == ends


def test_a_phrase_begins_where_a_word_begins() -> None:
    found = WordList.of({"x": ["one-sided", "hold* ... line"]})
    assert found.find("a ONE-SIDED offer") == [Hit(2, 11, "x")]
    assert found.find("they held; holding firm the line") == [Hit(11, 32, "x")]
    assert found.find("phone-sided, withholding the line") == []
    assert found.stands_in("an offer, one‑sided")
    assert not found.stands_in("withholding the line")


def test_an_hour_before_a_weekday_or_a_zone_ends_no_sentence() -> None:
    assert len(sentence_starts("The ferry sails at 9 a.m. Monday from the quay. Then it returns.")) == 2
    assert len(sentence_starts("The ferry sails at 9 p.m. GMT. Then it returns.")) == 2
    assert len(sentence_starts("The ferry sails at 9 a.m. The quay is shut by then.")) == 2
