"""Furniture: what belongs to the page is marked with its reason, and what belongs to the article is left alone."""

from __future__ import annotations

import json
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.furniture_samples import FIRST, FOURTH, SECOND, THIRD, between, greyed, make

from parley.records import Document
from parley.sources.furniture import find_furniture

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("JOIN US ON SIGNAL", "advertising"),
        ("Follow our coverage of the harbour strike on @harbourdaily", "advertising"),
        ("Sign up for our free morning newsletter", "advertising"),
        ("Get the stories that matter delivered to your inbox", "advertising"),
        ("Advertisement", "advertising"),
        ("Share this article", "share line"),
        ("Tweet", "share line"),
        ("Read or share this story: https://example.org/a", "share line"),
        ("Found a mistake? Select the text, then press Ctrl + Enter", "share line"),
        ("Please log in to comment. No account yet? Register", "log-in line"),
        ("You are commenting as Guest", "log-in line"),
        ("Already a subscriber? Sign in", "log-in line"),
        ("8123 views 4 comment(s)", "view count"),
        ("1.2K shares", "view count"),
        ("Photo: Harbour Press", "credit"),
        ("Image: A. Smith / Agency", "credit"),
        ("Reporting by Ann Lee; editing by Tom Roe", "credit"),
        ("Ann Lee in Rotterdam contributed to this report.", "credit"),
        ("Maria Holt speaks to dockers at the north gate on Tuesday (Photo: Tom Roe)", "caption"),
        ("Enlarge this image", "caption"),
        ("Read more: What the dockers want", "link to another story"),
        ("See also", "link to another story"),
        ("RELATED: Port fees rise again", "link to another story"),
        ("[Port fees rise again](https://example.org/fees)", "link to another story"),
        ("4,000 Idle Since The Vote: Is The Harbour Running Out Of Time?", "link to another story"),
        ("HARBOUR MASTER STEPS DOWN AFTER QUARREL OVER FEES", "link to another story"),
        ("Disclaimer: this text may hold errors.", "disclaimer"),
        ("This page was translated by a machine translator.", "disclaimer"),
        ("The views expressed in this article are the author's own.", "disclaimer"),
        ("© 2024 Harbour Daily. All rights reserved", "disclaimer"),
        ("This article is reprinted from Harbour Weekly. See the original here.", "source note"),
        ("This story has been updated with the company's answer.", "source note"),
        ("Bonus video:", "media line"),
        ("Listen to this article", "media line"),
        ("04.03.2024. 06:15", "source note"),
        ("HD AUDIO: What the dockers sing at the gate", "media line"),
        ("Watch the whole of the vote below:", "media line"),
        ("Got a news tip?", "advertising"),
        ("bell-iconGet instant alerts on what you read most.", "advertising"),
        ("Quayside Post newsletter Sign up today and read it first. You can leave at any time.", "advertising"),
        ("Please follow Ann Lee on Twitter at @annlee_hd", "advertising"),
        ("Please enable JavaScript to read on.", "log-in line"),
        ("Facebook Twitter WhatsApp", "share line"),
        ("Copy article link", "share line"),
        ("We use cookies on this page to count who reads it.", "disclaimer"),
        ("Click for more from Harbour Radio.", "link to another story"),
        ("Why the cranes stand stillRead more", "link to another story"),
        ("—Ann Lee contributed to this article.", "credit"),
        ("Edited by: Tom Roe", "credit"),
        ("Maria Holt waves to dockers at the north gate (Tom Roe/Harbour Press)", "caption"),
        ("In this image taken from video, cranes stand over an empty quay.", "caption"),
        ("document.title = 'Harbour Daily';", "page code"),
        (".teaser-box {", "page code"),
        ("padding-left: 12px;", "page code"),
        ("Updated [hour]:[minute] [AMPM]", "page code"),
        ('"kind": "harbour",', "page code"),
        ("- ### Port news", "navigation"),
        ("- **Fetcher tier**: SLOW", "source note"),
        ("Second offer fails", "subhead"),
        ("'No reason to meet'", "subhead"),
    ],
)
def test_line_of_the_page_is_greyed_with_its_reason(line: str, reason: str) -> None:
    assert (line, reason) in greyed(between(line))


@pytest.mark.parametrize(
    "line",
    [
        "Nothing moved.",
        "Silence.",
        "But what would happen on Friday?",
        "Follow our lead, the chair told the meeting, and the offer will be better by Friday than it was on Tuesday.",
        "Share prices of the port company fell by 3 per cent on the day, to their lowest since the spring.",
        "Readers of the old contract will know that nights were paid double.",
        "Video of the meeting was shown to the members, who had been told that no offer was on the table.",
        "The photo: that was what angered them, said Holt.",
        "Registered members may vote until noon.",
        "The views expressed by the members at the gate were harsher than those of the chair.",
        "Copyright lawyers are among the people who may lose work if the harbour closes, the ministry said.",
        "Related companies in the north had signed a week earlier.",
        "Sources close to the company said that it would not move.",
        "Most read the offer as an insult, she said.",
        "Subscribe to the plan, the mediator urged, or lose the winter.",
        "Images of the empty quay went round the country and made the talks a matter for the cabinet.",
        "Maria Holt is a director of the union's fund and a former docker, and she led the talks.",
        "“We will be here on Friday”",
        "She said nothing",
        "3. That nights be paid double",
        "Let the harbour rest = let the town die, read a banner.",
        "Got a better offer? Then sign, she told the company.",
        "The union's newsletter urged its members to sign up for the fund by Friday.",
        "- **Nights**: to be paid double from May",
        "Facebook and Twitter were full of the vote before it was counted.",
        "Both sides met at the mayor's house (the union/company committee sat there too).",
        "Function rooms were booked for the talks until Sunday.",
    ],
)
def test_line_of_the_article_is_left_alone(line: str) -> None:
    assert greyed(between(line)) == []


def test_two_question_lines_are_subheads_and_one_question_is_text() -> None:
    text = "\n".join((FIRST, "What does the union want?", SECOND, "Will the port close?", THIRD, FOURTH))
    assert greyed(text) == [("What does the union want?", "subhead"), ("Will the port close?", "subhead")]
    assert greyed("\n".join((FIRST, SECOND, "What does the union want?", THIRD))) == []


def test_caption_that_comes_twice_is_greyed_twice() -> None:
    caption = "Dockers at the north gate on Tuesday"
    text = "\n".join((FIRST, caption, f"{caption}photo: Harbour Press", SECOND, THIRD))
    assert greyed(text) == [(caption, "caption"), (f"{caption}photo: Harbour Press", "caption")]


def test_a_gallery_in_one_line_is_furniture_however_long() -> None:
    shown = "Photos: The harbour Photos: The harbour – " + FIRST + " Hide Caption {} of 9"
    gallery = " ".join(shown.format(number) for number in range(1, 10))
    assert greyed(between(gallery)) == [(gallery, "photo gallery")]
    once = FIRST + " She found no button to hide caption 1 of 9. " + SECOND * 5
    assert greyed(between(once)) == []


def test_headline_and_standfirst_are_greyed_where_the_body_repeats_them() -> None:
    head, stand = (
        "Dockers turn down second offer of port company",
        "A vote of two days tests the ‘last word’ of the company.",
    )
    body = "The vote tests what the company calls its “last word”, an offer of two days more leave."
    assert greyed("\n".join((head, stand, FIRST, body, THIRD))) == [(head, "headline"), (stand, "headline")]


def test_headline_in_capitals_needs_no_word_of_the_body() -> None:
    head = "PRIDE BEFORE THE AUTUMN STORMS"
    assert greyed("\n".join((head, FIRST, SECOND, THIRD))) == [(head, "headline")]
    assert greyed("\n".join((head, "NO SHIP LEAVES", "NO CRANE TURNS", "NO LIGHT BURNS"))) == []


def test_short_headline_needs_fewer_words_of_the_body() -> None:
    head = "Quay row: union votes offer down"
    assert greyed("\n".join((head, FIRST, SECOND, THIRD))) == [(head, "headline")]
    assert greyed("\n".join(("Quay row: winter storms blow offer down", FIRST, THIRD, FOURTH))) == []


def test_line_that_names_who_was_quoted_above_it_is_text() -> None:
    quoted = "“Nobody at the port can live on an offer that does not even cover the rise in rents.”"
    assert greyed("\n".join((FIRST, quoted, "Ann Lee, Harbour Times", THIRD, FOURTH))) == []
    assert greyed("\n".join((FIRST, THIRD, quoted, "Ann Lee and Tom Roe, The Harbour Times"))) == []
    assert greyed("\n".join((FIRST, SECOND, "Ann Lee, Harbour Times", THIRD, FOURTH))) != []


def test_credit_glued_to_a_caption_that_tells_something_is_cut_off_alone() -> None:
    credit = "Tom Roe/Pool Purchase Licensing Rights"
    told = "Cranes over the quay, which the company means to clear by Friday with the help of the harbour police."
    assert greyed(between(f"{told} {credit}")) == [(credit, "credit")]


def test_second_sentence_over_a_photographer_s_name_is_text() -> None:
    told = "The north gate in May. The company had asked the court to clear it (Tom Roe/Harbour Press)"
    assert greyed(between(told)) == []


def test_fields_of_a_player_are_greyed_and_the_caption_after_them_is_not() -> None:
    code = 'poster="http://example.org/still.jpg?size=large"'
    assert greyed(between(f"{code} The chair said the offer was no offer at all.")) == [(code, "page code")]


def test_buttons_and_photographer_of_a_caption_that_tells_something_are_cut_off_alone() -> None:
    told = "Maria Holt speaks to dockers at the gate. She had been left out of the talks."
    assert greyed(between(f"Facebook Twitter Pinterest {told} Photograph: Ann Lee/Harbour Press")) == [
        ("Facebook Twitter Pinterest", "share line"), ("Photograph: Ann Lee/Harbour Press", "credit"),
    ]  # fmt: skip


def test_link_is_greyed_however_long_its_address() -> None:
    link = f"- [Port fees rise](https://example.org/{'fees/' * 90})"
    assert greyed(between(link)) == [(link, "link to another story")]


def test_headline_that_says_what_the_body_does_not_is_text() -> None:
    assert greyed("\n".join(("Pride comes before the autumn storms", FIRST, SECOND, THIRD))) == []


def test_pull_quote_is_greyed_and_the_sentence_that_it_repeats_is_not() -> None:
    told = "“The offer did not even cover the rise in rents. I see no reason to meet them this month,” Holt said."
    pulled = "The offer doesn't even cover the rise in rents. I see no reason to meet them this month, Holt said"
    assert greyed("\n".join((FIRST, told, THIRD, pulled, FOURTH))) == [(pulled, "pull quote")]


def test_sentence_on_the_same_matter_is_no_pull_quote() -> None:
    told = "Holt told members that the offer did not cover the rise in rents."
    answer = "The company said the offer did cover the rise in rents"
    assert greyed("\n".join((FIRST, told, THIRD, answer, FOURTH))) == []


def test_outlet_alone_on_a_closing_line_is_a_source_note() -> None:
    assert greyed("\n".join((FIRST, SECOND, THIRD, "The Harbour Times"))) == [("The Harbour Times", "source note")]
    assert greyed("\n".join((FIRST, SECOND, THIRD, "Quayside")), outlet="Quayside") == [("Quayside", "source note")]
    assert greyed("\n".join((FIRST, SECOND, THIRD, "They went home."))) == []


def test_note_on_the_author_is_greyed_but_not_a_sentence_on_a_person_of_the_article() -> None:
    note = "John Pell is a senior lecturer in labour law at the University of Hull."
    assert greyed("\n".join((FIRST, THIRD, FOURTH, note))) == [(note, "source note")]
    person = "Maria Holt is a former lecturer in labour law."
    assert greyed("\n".join((FIRST, SECOND, THIRD, person))) == []


def test_page_words_glued_to_the_last_paragraph_are_cut_off_alone() -> None:
    tail = "To comment on this story, please log in."
    assert greyed("\n".join((FIRST, SECOND, f"{THIRD} {tail}"))) == [(tail, "log-in line")]


def test_hard_wrapped_wire_keeps_its_body() -> None:
    text = """DOCKERS TURN DOWN SECOND OFFER
    ROTTERDAM, March 3 - The dockers' union turned down
the port company's second offer after a vote that
lasted two days, its chair said.
    The union wants nights to be paid double.
    Follow our
lead, she told the meeting, and share
this burden with the north. Read more
between the lines, she added, and related
companies will see it.
    The port company would not comment on the
offer.
 Reuter
"""
    assert greyed(text) == [("DOCKERS TURN DOWN SECOND OFFER", "headline"), ("Reuter", "source note")]


def test_hard_wrapped_mail_keeps_its_body() -> None:
    text = """Dear all,

the company has sent its second offer and we
should answer before Friday. My view is that
we sign up to the plan for the nights and
leave the rents for the autumn.

What do you think? Share this
with the north if you can, they have been
asking me since Monday.

Best
Maria
"""
    assert greyed(text) == []


def test_poem_and_list_keep_their_lines() -> None:
    poem = "\n".join(("The cranes stand still", "The gulls come back", "Nobody counts the days", "The gate is shut"))
    assert greyed(poem) == []
    terms = "\n".join(
        (FIRST, "The union asks for:", "Double pay at night", "Two days more leave", "A say in the roster", THIRD)
    )
    assert greyed(terms) == []


def test_labour_dispute_told_in_short_paragraphs_is_left_alone() -> None:
    text = "\n\n".join(
        (FIRST, "“No,” said Holt.", SECOND, "The vote was close: 612 to 588.", THIRD, "Talks resume on Friday.", FOURTH)
    )
    assert greyed(text) == []


def test_carriage_returns_and_astral_characters_keep_the_offsets() -> None:
    text = f"{FIRST} 🚢\r\nJOIN US ON SIGNAL\r\n{SECOND}\r\n"
    assert greyed(text) == [("JOIN US ON SIGNAL", "advertising")]


def test_empty_text_has_no_furniture() -> None:
    assert greyed("") == []
    assert greyed("\n \n\ufeff\n") == []


@given(
    st.lists(
        st.sampled_from([FIRST, THIRD, "Photo: X", "Share", "", " ", "𝔘 e\u0301", "Delays", "\r", "Tweet\r\n"]),
        max_size=14,
    )
)
@settings(max_examples=60, deadline=None)
def test_spans_are_sorted_apart_and_hold_no_line_break(lines: list[str]) -> None:
    document = make("\n".join(lines))
    pieces = find_furniture(document)
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))
    for piece in pieces:
        words = piece.span.of(document.text)
        assert words and words == words.strip() and "\n" not in words and "\r" not in words
        assert piece.document == document.id
    assert pieces == find_furniture(document)


@pytest.mark.parametrize(
    "text", ["word " * 2_000_000, "It said no. " * 800_000, "1,9" * 1_000_000, "Share\n" * 200_000, "a\n" * 500_000]
)
def test_huge_texts_take_seconds(text: str) -> None:
    start = time.perf_counter()
    find_furniture(make(text))
    assert time.perf_counter() - start < 20


def seed(number: int) -> Document:
    found = sorted((SHARED / "seeds").glob(f"{number:03d}_*.txt"))
    if not found:
        pytest.skip("the shared seeds are not here")
    return make(found[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "line", "reason"),
    [
        (0, 3, "advertising"), (0, 4, "advertising"), (0, 10, "link to another story"), (0, 25, "source note"),
        (0, 26, "source note"), (0, 27, "disclaimer"), (0, 28, "share line"), (1, 1, "headline"), (1, 2, "headline"),
        (1, 9, "subhead"), (1, 19, "subhead"), (1, 26, "subhead"), (1, 32, "subhead"), (1, 40, "source note"),
        (1, 41, "log-in line"), (1, 42, "log-in line"), (2, 1, "advertising"), (3, 5, "view count"), (3, 6, "credit"),
        (3, 7, "credit"), (3, 8, "disclaimer"), (3, 18, "caption"), (3, 19, "caption"), (3, 37, "pull quote"),
        (3, 65, "media line"),
    ],
)  # fmt: skip
def test_seed_line_is_greyed(number: int, line: int, reason: str) -> None:
    document = seed(number)
    lines = document.text.split("\n")
    start = sum(len(text) + 1 for text in lines[: line - 1])
    assert [
        piece.reason
        for piece in find_furniture(document)
        if piece.span.start == start and piece.span.of(document.text) == lines[line - 1]
    ] == [reason]


def test_seeds_have_no_other_furniture() -> None:
    assert [len(find_furniture(seed(number))) for number in range(5)] == [7, 9, 1, 8, 0]


@pytest.mark.parametrize(
    ("part", "folder", "most"), [("train", "corpus/train", 3), ("dev", "corpus/dev", 0), ("seeds", "seeds", 0)]
)
def test_coded_statements_stay_readable(part: str, folder: str, most: int) -> None:
    gold = SHARED / "corpus" / f"{part}.jsonl"
    if not gold.is_file():
        pytest.skip("the shared corpus is not here")
    hits: set[str] = set()
    greyed_spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        coded = json.loads(line)
        if coded["doc"] not in greyed_spans:
            document = make((SHARED / folder / f"{coded['doc']}.txt").read_text(encoding="utf-8"))
            spans = [(piece.span.start, piece.span.end) for piece in find_furniture(document)]
            greyed_spans[coded["doc"]] = (document.text, spans)
        text, spans = greyed_spans[coded["doc"]]
        start = text.index(coded["content"])
        if any(a < start + len(coded["content"]) and start < b for a, b in spans):
            hits.add(coded["content"])
    assert len(hits) <= most
