"""Transcripts, posts and signed quotations: who speaks where no verb of saying tells."""

from __future__ import annotations

from tests.reading.reading_samples import document

from parley.reading.local.reader import LocalReader
from parley.reading.pages import lay_out
from parley.records import AUTHOR, Span

INTERVIEW = """Marta Lindqvist leads the pilots' union. She spoke to Ines Abara of the Larkhill Institute on Tuesday.

Ines Abara:

What would end the strike?

Marta Lindqvist:

We want the airline to withdraw its plan to cut rest hours. A freeze on pay for two years would be acceptable.

Ines Abara:

Will there be a deal before the weekend?

Marta Lindqvist:

I reject the last offer. The airline has accused us of lying.
"""
BRIEFING = """The foreign minister of Norway, Jonas Hale, took questions on the fishing talks.

QUESTION: Will you sign on Friday?

MR HALE: We will not sign on Friday. The quota is too low.

QUESTION: Who is to blame?

MR HALE: Iceland has refused every offer that we made.
"""


def test_what_is_said_in_a_turn_is_its_speaker_s() -> None:
    statements = LocalReader().read(document(INTERVIEW)).statements
    by = {statement.content.rstrip("."): statement.speaker for statement in statements}
    said = {words: who for words, who in by.items() if any(w in words for w in ("plan to cut", "acceptable", "offer"))}
    assert len(said) >= 3 and set(said.values()) == {"Marta Lindqvist"}, by


def test_a_label_that_names_nobody_gives_nobody_the_words() -> None:
    page = lay_out(BRIEFING)
    assert [turn.label and turn.label.of(BRIEFING) for turn in page.turns] == [None, "MR HALE", None, "MR HALE"]
    by = {s.content: s.speaker for s in LocalReader().read(document(BRIEFING)).statements}
    assert {who for words, who in by.items() if "quota" in words or "Iceland" in words} == {"Jonas Hale"}, by


def test_headings_with_a_colon_make_no_transcript() -> None:
    story = "RELATED: Pilots walk out\n\nThe airline said no.\n\nPhotos: Pilots\n\nThe union did.\n\nNote: Both met."
    page = lay_out(story)
    assert page.turns == () and page.turn(Span(30, 40)) is None


def test_outside_the_turns_the_article_speaks_for_itself() -> None:
    page = lay_out(INTERVIEW)
    assert page.turn(Span(0, 20)) is None
    first = LocalReader().read(document("Talks ended without a deal on Monday.\n\n" + INTERVIEW)).statements[0]
    assert first.speaker == AUTHOR


POSTED = """The airline answered the pilots' union on Monday.

The union refuses every offer. They have left twice. We will not pay! — Otto Brandt (@ottobrandt) May 5, 2031

Mr Brandt leads the airline.
"""
ROUND_UP = """What the papers say of the pilots' strike.

“The airline has gained nothing from its threats. It should withdraw the plan…

“The union will not give in before the summer.”

Marta Lindqvist, The Harbour Times

“Passengers are the ones who pay,” said Otto Brandt, who leads the airline.

Ines Abara, who writes about labour, disagrees.
"""


def test_a_post_that_is_shown_whole_is_its_writer_s_word_for_word() -> None:
    found = [s for s in LocalReader().read(document(POSTED)).statements if "Monday" not in s.content]
    posted = [s for s in found if s.span.end < POSTED.index(" — Otto")]
    assert len(posted) >= 2 and {(s.speaker, s.quote) for s in posted} == {("Otto Brandt", "direct")}, posted
    assert all(s.speaker_span is not None and s.speaker_span.of(POSTED) == "Otto Brandt" for s in posted)


def test_a_signature_says_whose_the_quoted_paragraphs_above_it_are() -> None:
    page = lay_out(ROUND_UP)
    turn = page.turn(Span(ROUND_UP.index("The airline has"), ROUND_UP.index("threats")))
    assert [turn] == list(page.turns) and turn is not None and turn.label is not None
    assert turn.label.of(ROUND_UP) == "Marta Lindqvist" and turn.span.of(ROUND_UP).endswith("summer.”")
    by = {s.content: s.speaker for s in LocalReader().read(document(ROUND_UP)).statements}
    signed = {who for words, who in by.items() if "threats" in words or "give in" in words or "withdraw" in words}
    assert signed == {"Marta Lindqvist"}, by


def test_a_name_and_a_comma_under_a_paragraph_that_is_no_quotation_sign_nothing() -> None:
    story = "The airline said “no” to the plan.\n\nOtto Brandt, the chairman\n\n“We wait.” So the union says."
    story += "\n\nInes Abara, lawyer\n\n“We wait.”\n\n—Ines Abara contributed to this report"
    assert lay_out(story).turns == ()
