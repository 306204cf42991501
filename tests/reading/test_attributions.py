"""Who is tied to which words of a sentence, and by what."""

from __future__ import annotations

import pytest

from parley.reading.attributions import Attribution, SentenceReader
from parley.reading.quotations import quotations
from parley.reading.sentences import paragraphs, sentences


def read(text: str) -> list[Attribution]:
    blocks = list(paragraphs(text))
    marks = [q for q in quotations(text, blocks) if q.depth == 0]
    return [
        attribution
        for block in blocks
        for sentence in sentences(text, block)
        for attribution in SentenceReader(text, sentence, [q for q in marks if q.span.overlaps(sentence)]).read()
    ]


def parts(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (a.source.of(text) if a.source else None, a.cue.of(text) if a.cue else None, a.content.of(text))
        for a in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Keller said the offer was an insult to dockers.", "Keller", "said", "the offer was an insult to dockers"),
        ("Keller said that talks would resume soon.", "Keller", "said", "talks would resume soon"),
        ("“We will never sign that paper,” Keller said.", "Keller", "said", "We will never sign that paper"),
        ("“We will never sign that paper,” said Anna Keller.", "Anna Keller", "said", "We will never sign that paper"),
        ("Talks will resume in May, the ministry said.", "the ministry", "said", "Talks will resume in May"),
        ("Keller told reporters in Bremen: “We stay out.”", "Keller", "told", "We stay out"),
        (
            "According to two officials, the board offered more.",
            "two officials",
            "According to",
            "the board offered more",
        ),
        (
            "The board offered more, according to two officials.",
            "two officials",
            "according to",
            "The board offered more",
        ),
        ("On Monday, Mr. Weber said the port would close.", "Mr. Weber", "said", "the port would close"),
        ("Keller rejected the new offer from the port.", "Keller", "rejected", "the new offer from the port"),
        ("The plan for night shifts was rejected by Ankara.", "Ankara", "was rejected", "The plan for night shifts"),
        ("LISBON, March 3 (Agency) - The union said it would strike.", "The union", "said", "it would strike"),
        ("May told parliament that the vote would wait.", "May", "told", "the vote would wait"),
        ("Asked about pay, Keller said the board lied.", "Keller", "said", "the board lied"),
    ],
)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in parts(text)


def test_words_inside_quotation_marks_tie_nobody() -> None:
    assert all(cue != "rejected" for _, cue, _ in parts("“They rejected the offer and accused us,” Keller said."))


def test_each_deed_of_one_subject_is_its_own() -> None:
    found = parts("The port authority rejected the demand and accused the union of plain blackmail.")
    assert [(s, c) for s, c, _ in found] == [("The port authority", "rejected"), ("The port authority", "accused")]


def test_a_new_subject_begins_a_new_attribution() -> None:
    found = parts("Ankara rejected the plan for the strait, but Athens welcomed the plan as a first step.")
    assert [(s, c) for s, c, _ in found] == [("Ankara", "rejected"), ("Athens", "welcomed")]


def test_speech_in_speech_is_the_inner_speakers_and_keeps_the_outer() -> None:
    text = "The ministry said that Keller demanded a pay rise of nine percent."
    inner = read(text)[0]
    assert inner.source is not None and inner.source.of(text) == "Keller"
    assert inner.outer is not None and inner.outer.source is not None
    assert inner.outer.source.of(text) == "The ministry"


def test_a_quotation_that_goes_on_after_its_source_keeps_it() -> None:
    text = "“We have waited for months,” Keller said, “and we have seen no offer at all.”"
    assert [(s, c) for s, _, c in parts(text)] == [
        ("Keller", "We have waited for months"),
        ("Keller", "and we have seen no offer at all"),
    ]


@pytest.mark.parametrize(
    "text", ["The proposed deal is old.", "Canada Post employees work on.", "A drone strike hit it."]
)
def test_nouns_and_names_are_not_taken_for_verbs(text: str) -> None:
    assert parts(text) == [(None, None, text.rstrip("."))]


def test_a_question_is_no_request() -> None:
    assert all(cue != "asked" for _, cue, _ in parts("Keller asked whether the board would use the time to hire."))
    asked = parts("Keller asked the board to hire more dockers at once.")
    assert [(source, cue) for source, cue, _ in asked] == [("Keller", "asked")]
