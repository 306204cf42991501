"""Through whom a statement comes: the one in whose speech its speaker is named."""

from __future__ import annotations

import pytest

from parley.reading.local.through import Report, holding, medium, reporter
from parley.reading.pages import lay_out
from parley.records import Span


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _through(text: str, source: str, own: str, speaker: str, *reports: tuple[str, str]) -> str | None:
    told = [Report(_span(text, content), _span(text, by)) for content, by in reports]
    return reporter(lay_out(text), told, _span(text, source), _span(text, own), speaker)


def test_a_speaker_named_in_anothers_speech_comes_through_that_other() -> None:
    text = "Norway said Sweden had agreed to open the strait in May."
    speech = ("Sweden had agreed to open the strait in May", "Norway")
    assert _through(text, "Sweden", "to open the strait in May", "Sweden", speech) == "Norway"


def test_nobody_speaks_through_himself() -> None:
    text = "Norway said it had agreed to open the strait in May."
    speech = ("it had agreed to open the strait in May", "Norway")
    assert _through(text, "it", "to open the strait in May", "Norway", speech) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "According to Norway, Sweden demanded an end to the dues.",
        "Sweden, Norway said, demanded an end to the dues.",
        "Sweden demanded an end to the dues, Norway said.",
        "The ships waited. Sweden demanded an end to the dues, Norway reported on Monday.",
    ],
)
def test_words_beside_the_deed_tell_who_reports_it(sentence: str) -> None:
    assert _through(sentence, "Sweden", "an end to the dues", "Sweden") == "Norway"


@pytest.mark.parametrize(
    "sentence",
    [
        "Sweden demanded an end to the dues. The strait stays shut, Norway said.",
        "The strait stays shut, Norway said. Sweden demanded an end to the dues.",
        "The strait stays shut, Norway said, after Sweden demanded an end to the dues.",
        "Sweden demanded an end to the dues, which cost ships dearly, but talks went on, Norway said.",
        "Sweden demanded an end to the dues according to the value of the cargo.",
    ],
)
def test_words_of_another_sentence_or_clause_report_something_else(sentence: str) -> None:
    assert _through(sentence, "Sweden", "an end to the dues", "Sweden") is None


@pytest.mark.parametrize(
    ("text", "source", "outlet"),
    [
        ("Ada Ruiz told Reuters that it would stay shut.", "Ada Ruiz", "Reuters"),
        ("In an interview with the Quay newspaper, Ada Ruiz said it would stay shut.", "Ada Ruiz", "Quay newspaper"),
        ("“Anyhow, it would stay shut,” Ada Ruiz told Coast TV.", "Ada Ruiz", "Coast TV"),
        ("Ada Ruiz told the ferry company that it would stay shut.", "Ada Ruiz", None),
        ("Ada Ruiz told Reuters about the dues. On Monday she said it would stay shut.", "she", None),
    ],
)
def test_an_outlet_that_is_told_a_statement_hears_it(text: str, source: str, outlet: str | None) -> None:
    assert medium(lay_out(text), _span(text, source), _span(text, "it would stay shut")) == outlet


def test_only_speech_that_begins_before_a_statement_and_reaches_its_end_can_hold_its_speaker() -> None:
    assert holding([(1, 20), (8, 20), (1, 9), (30, 40)], [(8, 21), (50, 60)]) == [(1, 20)]
