"""Transcripts: who has the turn speaks, where the words name nobody else."""

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
    assert page.turns == () and page.speaks(Span(30, 40)) is None


def test_outside_the_turns_the_article_speaks_for_itself() -> None:
    page = lay_out(INTERVIEW)
    assert page.speaks(Span(0, 20)) is None
    first = LocalReader().read(document("Talks ended without a deal on Monday.\n\n" + INTERVIEW)).statements[0]
    assert first.speaker == AUTHOR
