"""A document laid out: what is asked about a span agrees with going through everything."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.reading.pages import Page, lay_out
from parley.records import Span

PIECES = [
    "“We will not sign,” said Marta Lindqvist. ",
    "The union called it “an insult” and left. ",
    "Jonas Hale met the Port Authority on Monday. ",
    '"Not now", she said, "not ever. ',
    "«Jamais»\n\n",
    "\n\n“And there is more. ",
    "'No' was the answer.\n\n",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


def spans(page: Page) -> list[Span]:
    cuts = range(0, len(page.text) + 1, max(1, len(page.text) // 9))
    return [Span(low, high) for low, high in itertools.combinations(cuts, 2)]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_stands_in_a_span_is_what_going_through_everything_finds(text: str) -> None:
    page = lay_out(text)
    for span in spans(page):
        assert list(page.quotations_in(span)) == [q for q in page.quoted if any(p.overlaps(span) for p in q.parts)]
        assert list(page.mentions_in(span)) == [m for m in page.mentions if span.start <= m.span.start < span.end]


def test_words_are_quoted_directly_in_part_or_not_at_all() -> None:
    text = "“We will not sign it,” said Marta Lindqvist. The union called the offer “an insult” and left the room."
    page = lay_out(text)
    inside, mixed = text.index("We"), text.index("called")
    assert page.quote(Span(inside, inside + len("We will not sign it"))) == "direct"
    assert page.quote(Span(mixed, len(text) - 1)) == "mixed"
    assert page.quote(Span(text.index("The union"), text.index(" the offer"))) == "indirect"


def test_furniture_is_left_out_of_the_paragraphs_and_of_who_is_named() -> None:
    text = "Read more: Ines Abara on tides\nMarta Lindqvist rejected the offer. Sign up for our letter."
    furniture = [Span(0, text.index("\n")), Span(text.index(" Sign"), len(text))]
    page = lay_out(text, furniture)
    assert [kept.of(text) for kept in page.kept] == ["Marta Lindqvist rejected the offer."]
    assert {mention.span.of(text) for mention in page.mentions} == {"Marta Lindqvist"}


def test_the_sentence_of_a_span_is_all_of_its_sentences_and_no_other() -> None:
    text = "The U.S. Senate met. Mr. Hale agreed in principle. Later he left.\n\nNobody spoke."
    page = lay_out(text)

    def sentence(first: str, last: str) -> str:
        return page.sentence(Span(text.index(first), text.index(last) + len(last))).of(text)

    assert sentence("Senate", "Senate") == "The U.S. Senate met."
    assert sentence("agreed", "principle") == "Mr. Hale agreed in principle."
    assert sentence("principle", "left") == "Mr. Hale agreed in principle. Later he left."
    assert sentence("spoke", "spoke") == "Nobody spoke."


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_span_lies_in_its_sentence(text: str) -> None:
    page = lay_out(text)
    assert all(page.sentence(span).contains(span) for span in spans(page))
