"""Pages run together into one line: what belongs to the page is cut out, and every sentence beside it stays."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.furniture_samples import FIRST, FOURTH, SECOND, THIRD, greyed, make

from parley.sources.furniture import find_furniture

BODY = (
    FIRST, SECOND, THIRD, FOURTH,
    "The harbour has not been shut for so long since the great frost, when ice held the ferries for nine days.",
    "A mediator from the capital met each side alone on Wednesday and left without a word to the press.",
    "Shops near the north gate say that they sell half of what they sold a month ago.",
)  # fmt: skip


def page(*parts: str) -> str:
    """Return the article in one line, with *parts* between its sixth sentence and its last one."""
    return " ".join((*BODY[:6], *parts, BODY[6]))


def ended(*parts: str) -> str:
    """Return the article in one line, with *parts* after its end."""
    return " ".join((*BODY, *parts))


def test_article_alone_in_one_line_keeps_every_word() -> None:
    assert greyed(page()) == []
    assert (
        greyed(
            page("“No,” said Holt.", "Edited copies of the offer went round the gate.", "© was the only mark on it.")
        )
        == []
    )


@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        ("Story Continued Below", "advertising"),
        ("Advertisement Supported by", "advertising"),
        ("Sign up here.", "advertising"),
        ("Sign up for our Tide Letter newsletter to hear of every sailing before it is full.", "advertising"),
        ("Got a news tip?", "advertising"),
        (
            "JUST WATCHED Gulls of the quay Replay More Videos ... MUST WATCH Gulls of the quay 01:12",
            "media line",
        ),
        ("Read More", "link to another story"),
        ("Hide Caption", "caption"),
    ],
)
def test_stock_phrase_between_two_sentences_is_cut_out(notice: str, reason: str) -> None:
    assert greyed(page(notice)) == [(notice, reason)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The banner over the gate read Sign Up Here and nobody did.",
        "Members can read More and Bacon in the strike library.",
        "“Story Continued Below the Waterline” is what the dockers call the novel about the port.",
        "Its advertisement in the local paper had promised double pay at night.",
    ],
)
def test_words_of_a_phrase_inside_a_sentence_are_text(sentence: str) -> None:
    assert greyed(page(sentence)) == []


def test_link_in_capitals_is_cut_out_and_the_acronym_after_it_is_the_next_sentence_s() -> None:
    link = "FERRY LINE SELLS ITS OLDEST SHIP TO MUSEUM"
    assert greyed(page(link, "The museum is across the water.")) == [(link, "link to another story")]
    assert greyed(page(link, "UN Inspector Tom Roe came to the port in May.")) == [(link, "link to another story")]
    app = "CLICK HERE TO GET THE TIDE APP"
    assert greyed(page(app, "“Nobody asked us,” Holt said.")) == [(app, "advertising")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The flag said NOT ONE HOUR LESS FOR NOT ONE PENNY and hung there all week.",
        "“WE SHALL NOT BE MOVED FROM THE NORTH GATE” was painted on the wall.",
        "She wrote: WE WILL NEVER SIGN THIS OFFER. NEVER IN ALL OUR LIVES. Then she went home.",
        "The AFL, the CIO, the ITF and the ETF sent money.",
    ],
)
def test_capitals_of_the_article_are_text(sentence: str) -> None:
    assert greyed(page(sentence)) == []


def test_caption_with_its_credit_in_brackets_is_cut_out() -> None:
    for caption in (
        "Maria Holt, left, and the mayor at the north gate (Getty Images)",
        "Dockers are seen at the north gate on March 4, 2024. (credit: Ann Lee/Harbour Press)",
        "Cranes stand idle over the quay. May 2, 2024. (credit: Ann Lee)",
    ):
        assert greyed(page(caption)) == [(caption, "caption")]


def test_sentence_before_a_lone_credit_is_text() -> None:
    credit = "(Tom Roe/Harbour Press via Getty Images)"
    assert greyed(page("The company wants the gate cleared by Friday.", credit)) == [(credit, "credit")]
    assert greyed(page("The chair, seen in 2024, said she would not go.", credit)) == [(credit, "credit")]
    assert greyed(page("The pilots (who work for the port) struck too.")) == []
    assert greyed(page("The talks broke off again in May 2024 (AFP/Reuters).")) == []


def test_blocks_between_wide_gaps_are_cut_out_where_they_end_as_no_sentence_does() -> None:
    titles = (
        "Ferry line sells its oldest ship Why gulls follow the herring fleet Town hall counts its lamps again "
        "Swimmers' club finds a new pier Three recipes for winter cod A walk along the old sea wall "
        "Letters from the lighthouse How a tide table is made Our pick of the autumn regattas Old ropes find new uses"
    )
    text = "    ".join(("Monday, 4 March 2024", titles, "By Ann Lee", " ".join(BODY), "Our apps"))
    assert greyed(text) == [
        ("Monday, 4 March 2024", "source note"), (titles, "link to another story"), ("By Ann Lee", "credit"),
        ("Our apps", "navigation"),
    ]  # fmt: skip


def test_notice_tells_what_its_block_is() -> None:
    notice = "This material may not be copied. Prices come late. Times are those of the port."
    assert greyed("    ".join((notice, " ".join(BODY)))) == [(notice, "disclaimer")]


def test_wide_gaps_inside_the_article_cost_no_word() -> None:
    assert greyed("    ".join(BODY)) == []
    assert greyed(page("The company said    it would think about    the offer until Friday.")) == []
    cut_short = (
        "The paper that the mediator left on the table has two pages and asks both sides to come back to it in a week, "
        * 2
    )
    assert greyed("    ".join((" ".join(BODY), cut_short + "and then"))) == []


def test_notes_at_the_end_are_cut_off_and_the_author_s_note_with_them() -> None:
    notes = (
        "Ann Lee is a reporter with Harbour Radio.", "She grew up on the east quay.",
        "You can reach her at ann@example.org.",
        "© 2024 Harbour Radio.", "All rights reserved.", "Read about our house rules.",
    )  # fmt: skip
    found = greyed(ended(*notes))
    assert " ".join(words for words, _ in found) == " ".join(notes)


def test_sentences_that_only_stand_near_the_end_are_text() -> None:
    assert greyed(ended("The talks go on in the town hall on Friday.", "© 2024 Harbour Radio.")) == [
        ("© 2024 Harbour Radio.", "disclaimer")
    ]
    assert greyed(ended("Follow our lead, Holt told the members, and sign nothing.")) == []
    assert greyed(ended("Maria Holt is a former reporter from the east quay.")) == []


def test_long_paragraph_among_others_is_no_page() -> None:
    link = "FERRY LINE SELLS ITS OLDEST SHIP TO MUSEUM"
    others = [f"On day {number}, {SECOND} {THIRD}" for number in range(6)]
    assert greyed("\n".join((*others, page(link), *others[:1]))) == []


@given(
    st.lists(
        st.sampled_from(
            [
                *BODY,
                "   ",
                "Read More",
                "(Getty Images)",
                "THE OLD QUAY WALL SINKS INTO THE SEA",
                "© 2024",
                "“No",
                "U.S.",
            ]
        ),
        min_size=8,
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_cuts_are_sorted_apart_and_trimmed(parts: list[str]) -> None:
    text = " ".join(parts)
    pieces = find_furniture(make(text))
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))
    for piece in pieces:
        words = piece.span.of(text)
        assert words and words == words.strip()


@pytest.mark.parametrize(
    "part", ["A (Getty Images) ", "THE OLD MEN OF THE SEA SLEEP ", "Read More ", "No.    Yes    ", "© 2024 "]
)
def test_long_lines_take_seconds(part: str) -> None:
    start = time.perf_counter()
    greyed(part * (190_000 // len(part)))
    assert time.perf_counter() - start < 10
