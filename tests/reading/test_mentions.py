"""Mentions: the words that name actors, and those that do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.reading.mentions import Mention, find_mentions
from parley.records import Span


def named(text: str) -> dict[str, Mention]:
    return {mention.span.of(text): mention for mention in find_mentions(text)}


@pytest.mark.parametrize(
    ("text", "span", "head", "kind"),
    [
        ("Foreign Minister Ana Reyes said no.", "Foreign Minister Ana Reyes", "Ana Reyes", "name"),
        ("It was U.S. Trade Representative Carl Ivey.", "U.S. Trade Representative Carl Ivey", "Carl Ivey", "name"),
        ("Secretary of State Jane Roe left.", "Secretary of State Jane Roe", "Jane Roe", "name"),
        ("The Danish president said so.", "The Danish president", "president", "role"),
        ("Talks with officials in Ankara failed.", "officials in Ankara", "officials", "group"),
        ("It is the Board of Docks.", "the Board of Docks", "Board of Docks", "organisation"),
        ("The Harbour Workers Union walked out.", "The Harbour Workers Union", "Harbour Workers Union", "organisation"),
        ("It is Nordhav Shipping Corp.", "Nordhav Shipping Corp.", "Nordhav Shipping Corp.", "organisation"),
        ("A source close to the board said it.", "A source close to the board", "source", "anonymous"),
        ("Reuters reported it.", "Reuters", "Reuters", "outlet"),
        ("The Blue House said it.", "The Blue House", "Blue House", "office"),
        ("They met Mr. van de Kamp.", "Mr. van de Kamp", "van de Kamp", "name"),
        ("A letter to Omar al-Hadi followed.", "Omar al-Hadi", "Omar al-Hadi", "name"),
        ("It was Zoë O’Brien-Łuczak who left.", "Zoë O’Brien-Łuczak", "Zoë O’Brien-Łuczak", "name"),
        ("They saw Sir K. S. Patel there.", "Sir K. S. Patel", "K. S. Patel", "name"),
    ],
)  # fmt: skip
def test_phrase_is_found_with_its_naming_words(text: str, span: str, head: str, kind: str) -> None:
    found = named(text)
    if kind == "anonymous":
        span = next(key for key in found if key.startswith("A source"))
    assert span in found, sorted(found)
    assert (found[span].head.of(text), found[span].kind) == (head, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Talks resumed on Monday in March.",
        "However, nothing moved.",
        "Negotiations over wages went on.",
        "Yesterday prices rose.",
    ],
)
def test_capitals_that_are_no_names_are_left(text: str) -> None:
    assert [mention.span.of(text) for mention in find_mentions(text) if mention.kind == "name"] == []


def test_capital_where_something_happens_is_a_place() -> None:
    assert "Ankara" not in named("The envoys met in Ankara.")
    assert named("Ankara rejected the text.")["Ankara"].kind == "state"


def test_dateline_names_nobody() -> None:
    assert "LIMA" not in named("LIMA, March 3 - The union said no.")


def test_possessives_are_split_and_owner_is_nested() -> None:
    text = "Keller’s aides met Ruiz' lawyers."
    found = named(text)
    assert found["Keller’s aides"].kind == "group"
    assert "Keller" in found


def test_gender_comes_from_titles_roles_and_first_names() -> None:
    text = "Ms. Ruiz met spokesman Ole Dahl and Maria Keller. Kim Park stayed."
    found = named(text)
    assert found["Ms. Ruiz"].gender == "female"
    assert found["spokesman Ole Dahl"].gender == "male"
    assert found["Maria Keller"].gender == "female"
    assert found["Kim Park"].gender is None


def test_skipped_text_is_not_read() -> None:
    text = "Maria Keller spoke. Paul Roy spoke."
    assert "Maria Keller" not in named_skip(text, Span(0, 19))
    assert "Paul Roy" in named_skip(text, Span(0, 19))


def named_skip(text: str, span: Span) -> set[str]:
    return {mention.span.of(text) for mention in find_mentions(text, skip=(span,))}


def test_wrapped_wire_text_keeps_a_name_over_a_line_end() -> None:
    lines = ["    Finance Minister Dora", "Lindqvist said the banks had been asked to wait for months."] + [
        "    The banks replied that they could wait no longer for it." for _ in range(8)
    ]
    text = "\n".join(lines)
    assert any(m.head.of(text) == "Dora\nLindqvist" for m in find_mentions(text))


def test_line_ends_separate_names_in_unwrapped_text() -> None:
    text = "Port strike: the view of Maria\nPaul Roy said that the strike would go on for weeks to come."
    assert "Maria\nPaul Roy" not in named(text)


WORDS = st.one_of(
    st.sampled_from(["Maria", "Keller", "said", "the", "union", "Minister", "of", "Trade", "U.S.", "officials", "in"]),
    st.sampled_from(
        ["Ankara", "'s", "he", "they", "“", "”", ".", ",", "\n", "e\u0301", "\U0001f600", "al-Hadi", "Mr."]
    ),
    st.sampled_from(["\r\n", "US", "’s"]),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join)))
def test_spans_lie_in_the_text_and_cover_words(text: str) -> None:
    before = -1
    for mention in find_mentions(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.contains(mention.head)
        assert mention.head.of(text).strip()
        assert mention.span.start >= before
        before = mention.span.start


def test_one_endless_line_costs_no_more_than_its_length() -> None:
    line = "Maria Keller of the Dockers Union told Paul Roy that it would strike, and he agreed "
    started = time.process_time()
    small = len(find_mentions(line * 500))
    one = time.process_time() - started
    started = time.process_time()
    large = len(find_mentions(line * 5000))
    assert large >= 9.9 * small
    assert time.process_time() - started < 40 * one + 1
