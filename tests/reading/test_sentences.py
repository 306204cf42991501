"""Paragraphs and sentences as spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.sentences import paragraphs, sentences

TEXT = st.text(st.sampled_from(list("abC .!?\"“”'\n\r\t\u2028🙂e\u0301م")), max_size=120)


def cut(text: str) -> list[str]:
    return [s.of(text) for p in paragraphs(text) for s in sentences(text, p)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks failed. Both sides left.", ["The talks failed.", "Both sides left."]),
        ("Mr. Berg met Gen. Ruiz. They talked.", ["Mr. Berg met Gen. Ruiz.", "They talked."]),
        ("He met the U.S. President in Oslo.", ["He met the U.S. President in Oslo."]),
        ("He left the U.S. The talks went on.", ["He left the U.S.", "The talks went on."]),
        ("Output rose 3.5 percent. Wages fell.", ["Output rose 3.5 percent.", "Wages fell."]),
        ("“Is it over?” she asked. It was not.", ["“Is it over?” she asked.", "It was not."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ("He said no...and meant it.", ["He said no...and meant it."]),
        ("One.\r\nTwo goes on.\r\n\r\nThree.", ["One.", "Two goes on.", "Three."]),
        ("会谈结束。双方离开。", ["会谈结束。", "双方离开。"]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_wrapped_agency_copy_is_joined_over_its_line_ends() -> None:
    text = (
        "PORT TALKS STALL IN LISBON\n    LISBON, March 3 - Dock workers and the port\n"
        "authority broke off talks on a new wage\ncontract today, union officials said.\n"
        "    They said the authority had offered a rise of\ntwo pct over two years and\n"
        "refused to discuss working\nhours at night.\n"
    )
    found = [p.of(text) for p in paragraphs(text)]
    assert found[0] == "PORT TALKS STALL IN LISBON"
    assert found[1].startswith("LISBON, March 3") and found[1].endswith("union officials said.")
    assert found[2].startswith("They said") and found[2].endswith("hours at night.")


def test_one_line_is_one_paragraph_where_lines_are_not_wrapped() -> None:
    text = "The union rejected the offer on Monday.\nThe port authority gave no comment.\nTalks go on."
    assert [p.of(text) for p in paragraphs(text)] == text.split("\n")


@given(TEXT)
def test_sentences_lie_inside_their_paragraph_in_order_and_lose_only_white_space(text: str) -> None:
    covered = ""
    for paragraph in paragraphs(text):
        end = paragraph.start
        for sentence in sentences(text, paragraph):
            assert end <= sentence.start < sentence.end <= paragraph.end
            end = sentence.end
            covered += sentence.of(text)
    assert "".join(covered.split()) == "".join(text.split())
