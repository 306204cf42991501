"""Forecasts: horizons, bands, conditions, what can be resolved, outcomes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispute_samples import Dispute, document, statement
from hypothesis import given
from hypothesis import strategies as st

from parley.analysis import TABLES, Row
from parley.analysis.bands import STANDARDS, band_of, standard_named
from parley.analysis.forecasts import brier, forecasts
from parley.analysis.horizons import last_day
from parley.analysis.words import likelihood
from parley.errors import UnknownName
from parley.records import Actor, Decision, OriginGroup, Record, Span, Statement, TimeMention


def forecast(words: str, *, date: str | None = "2031-03-10", times: dict[str, str] | None = None, **more: Any) -> Row:
    source = document("one", f"{words} End.", date=date)
    item = statement(
        source, words, "Rui Prat", "ASSESS", **{"voice": "expert", "mode": "forecast", "issues": ("G4",)} | more
    )
    mentions = tuple(
        TimeMention(source.id, Span(at, at + len(said)), said, when, "stated")
        for said, when in (times or {}).items()
        for at in [source.text.index(said)]
    )
    table = forecasts(Record(documents=(source,), statements=(item,), times=mentions))
    assert len(table.rows) == 1
    return table.rows[0]


@pytest.mark.parametrize(
    ("words", "horizon", "due"),
    [
        ("The firm will pay within two weeks", "2031-03-24", "2031-03-24"),
        ("They won't settle within the next three or four months", "2031-06-10/2031-07-10", "2031-07-10"),
        ("The cranes will move in 48 hours", "2031-03-12", "2031-03-12"),
        ("There will be a pact in a year", "2032-03-10", "2032-03-10"),
        ("Pay will rise over the next month", "2031-04-10", "2031-04-10"),
        ("Nights will stay cheap for another six months", "2031-09-10", "2031-09-10"),
    ],
)
def test_a_length_of_time_is_counted_from_the_documents_day(words: str, horizon: str, due: str) -> None:
    cells = forecast(words).cells
    assert (cells["horizon"], cells["due"]) == (horizon, due)
    assert cells["horizon_basis"] == "counted from 2031-03-10 (given)"
    assert cells["resolvable"] == "yes"


def test_the_last_day_of_a_short_month_is_kept() -> None:
    assert forecast("They will settle within one month", date="2031-01-31").cells["due"] == "2031-02-28"


def test_without_a_date_nothing_is_counted() -> None:
    cells = forecast("The firm will pay within two weeks", date=None).cells
    assert cells["due"] is None
    assert cells["horizon_words"] == "within two weeks"
    assert cells["why"] == "no horizon: unresolved: the document has no date"


def test_a_date_in_the_words_is_the_horizon_and_a_past_one_is_not() -> None:
    cells = forecast("It will end by the end of the year", times={"the end of the year": "2031-12"}).cells
    assert (cells["horizon"], cells["due"]) == ("2031-12", "2031-12-31")
    past = forecast("It will end as it began in 2029", times={"2029": "2029"}).cells
    assert past["horizon_words"] is None
    assert past["why"] == "no horizon"


def test_how_long_something_lasts_is_no_horizon() -> None:
    assert forecast("They will sign a truce for two weeks").cells["due"] is None


@pytest.mark.parametrize(
    "said",
    [
        "Sooner rather than later", "Sooner or later", "Before long", "Soon", "Shortly", "Imminently", "Eventually",
        "In the near future", "In the long run", "Down the road", "One day", "Very close to Easter", "A few weeks",
        "Some years", "For the long term",
    ],
)  # fmt: skip
def test_words_that_set_no_day_are_shown_and_set_no_day(said: str) -> None:
    cells = forecast(f"{said} they will sign").cells
    assert str(cells["horizon_words"]) in said
    assert len(str(cells["horizon_words"])) >= len(said) - len(" Easter")
    assert cells["due"] is None
    assert cells["resolvable"] == "no"


@pytest.mark.parametrize(
    "condition",
    [
        "if the docks close", "even if the docks close", "Unless the docks close", "provided the docks close",
        "so long as the docks close", "in case the docks close", "on condition that the docks close",
        "until the docks close", "once the docks close",
    ],
)  # fmt: skip
def test_a_condition_is_shown_in_its_own_words(condition: str) -> None:
    cells = forecast(f"They will sign {condition}.", modifiers=("conditional_on",)).cells
    assert cells["condition"] == condition


@pytest.mark.parametrize(
    "words",
    [
        "will want it", "may hope so", "could also feel it", "would think so", "will be hoping", "might believe it",
        "will prefer it", "would fear it", "may wish so", "would like to go", "will seek it", "could regard it so",
        "will view it so", "may struggle", "will be good", "would be bad", "may be better", "is worse", "will be great",
        "is hard to see", "will be difficult", "would be a mistake", "will be a success", "may be a failure",
        "is far-off", "is important", "will be vulnerable", "will be weaker", "may be stronger", "will be interesting",
    ],
)  # fmt: skip
def test_what_somebody_will_feel_or_how_good_it_will_be_cannot_be_observed(words: str) -> None:
    assert "no observable outcome" in str(forecast(f"The firm {words} within two weeks").cells["why"])


def test_an_event_that_the_words_name_is_a_horizon() -> None:
    cells = forecast("The chair will flatter the owners in Friday’s talks", times={"Friday": "2031-03-14"}).cells
    assert (cells["horizon_words"], cells["due"]) == ("Friday’s talks", "2031-03-14")
    bare = forecast("She would stick to her demands in her conversation with Lind").cells
    assert bare["horizon_words"] == "her conversation with Lind"
    assert (bare["due"], bare["resolvable"]) == (None, "yes")


@pytest.mark.parametrize(
    ("words", "standard", "percent"),
    [
        ("a pact is likely", "icd203", "55 to 80"),
        ("a pact is likely", "phia", "55 to 75"),
        ("a pact is highly unlikely", "icd203", "5 to 20"),
        ("a pact is highly unlikely", "phia", "10 to 20"),
        ("they will almost certainly sign", "icd203", "95 to 99"),
        ("there is a realistic possibility of a pact", "phia", "40 to 50"),
        ("a pact might come", "icd203", None),
        ("a pact is not likely", "icd203", None),
        ("a pact is less likely", "icd203", None),
        ("a pact is likely, a strike unlikely", "icd203", None),
        ("they will sign as soon as possible", "icd203", None),
    ],
)
def test_a_band_is_given_by_one_standard_or_not_at_all(words: str, standard: str, percent: str | None) -> None:
    source = document("one", words, date="2031-03-10")
    item = statement(source, words, "Rui Prat", "ASSESS", voice="expert", mode="forecast")
    table = forecasts(Record(documents=(source,), statements=(item,)), standard=standard)
    cells = table.rows[0].cells
    assert cells["band_percent"] == percent
    other = STANDARDS["phia" if standard == "icd203" else "icd203"].name
    assert other not in f"{cells['band']} {cells['band_basis']} {table.notes}"


def test_a_word_that_is_only_near_is_marked_as_the_readers_translation() -> None:
    basis = forecast("They will probably sign").cells["band_basis"]
    assert basis == "reader's translation of “probably”, near to the standard's words"


def test_an_unknown_standard_is_refused() -> None:
    with pytest.raises(UnknownName, match="choose icd203 or phia"):
        forecasts(Record(), standard="kent")


@pytest.mark.parametrize("standard", sorted(STANDARDS))
def test_bands_rise_and_no_word_stands_in_two(standard: str) -> None:
    bands = STANDARDS[standard].bands
    assert [band.low for band in bands] == sorted(band.low for band in bands)
    assert all(0 <= band.low < band.high <= 100 for band in bands)
    words = [word for band in bands for word in (*band.words, *band.near)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("standard", sorted(STANDARDS))
def test_every_own_word_of_a_standard_is_found_in_a_sentence(standard: str) -> None:
    for band in STANDARDS[standard].bands:
        for word in band.words:
            sentence = f"There is {word} of it."
            found, how = band_of(standard_named(standard), likelihood(sentence), sentence)
            assert found == band, f"{word}: {how}"


def test_a_condition_is_shown_verbatim_and_held_against_the_forecast() -> None:
    cells = forecast("The firm will sign within two weeks, unless the owners object, said he").cells
    assert cells["condition"] == "unless the owners object"
    assert cells["resolvable"] == "if its condition holds"
    assert forecast("Faro will let us know if she signs").cells["condition"] is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("The firm will sign", "no horizon"),
        ("The firm will want to sign within two weeks", "no observable outcome"),
        ("The firm might sign within two weeks", "says only that it may happen"),
    ],
)
def test_what_cannot_be_resolved_says_why(words: str, why: str) -> None:
    cells = forecast(words).cells
    assert (cells["resolvable"], cells["why"]) == ("no", why)


def test_copies_are_one_row_and_one_source() -> None:
    words = "The firm will sign."
    one, two = document("a", words, date="2031-03-10"), document("b", words, date="2031-03-11")
    made = tuple(statement(d, words, "Rui Prat", "ASSESS", voice="expert", mode="forecast") for d in (one, two))
    record = Record((one, two), made, groups=(OriginGroup("g", (one.id, two.id), "copy"),))
    (row,) = forecasts(record).rows
    assert row.cells["groups"] == 1
    assert row.statements == tuple(item.id for item in made)


def later_record(day: str, group: str = "b") -> Record:
    one = document("a", "The firm will sign.", date="2031-03-10")
    two = document("b", "The firm signed.", date=day)
    made: tuple[Statement, ...] = (
        statement(one, "The firm will sign", "Rui Prat", "ASSESS", voice="expert", mode="forecast", issues=("G4",),
                  addressee="Firm"),
        statement(two, "The firm signed", "Firm", "DO", issues=("G4",)),
    )  # fmt: skip
    groups = (OriginGroup("a", (one.id,), ""), OriginGroup("b", (two.id,), ""))
    if group == "a":
        groups = (OriginGroup("a", (one.id, two.id), ""),)
    return Record((one, two), made, (Actor("Firm", "organisation"),), groups=groups)


def test_later_coverage_is_offered_and_earlier_or_copied_is_not() -> None:
    row = forecasts(later_record("2031-03-12")).rows[0]
    assert row.cells["may_bear_on_it"] == ("2031-03-12, Firm, deed: The firm signed",)
    assert row.cells["outcome"] is None
    assert forecasts(later_record("2031-03-09")).rows[0].cells["may_bear_on_it"] == ()
    assert forecasts(later_record("2031-03-12", "a")).rows[0].cells["may_bear_on_it"] == ()


def resolved(*steps: tuple[str, str, dict[str, str]]) -> Row:
    record = later_record("2031-03-12")
    identity = record.statements[0].id
    decisions = tuple(
        Decision(number, "2031-04-01T10:00:00Z", "ana", kind, subject or identity, detail)
        for number, (kind, subject, detail) in enumerate(steps, 1)
    )
    return forecasts(replace(record, decisions=decisions)).rows[0]


def test_an_outcome_is_shown_and_scored_only_with_a_probability() -> None:
    bare = resolved(("resolve forecast", "", {"outcome": "yes"})).cells
    assert (bare["outcome"], bare["brier"]) == ("yes", None)
    assert bare["resolved_by"] == "ana, 2031-04-01 (decision 1)"
    scored = resolved(("resolve forecast", "", {"outcome": "no", "probability": "0.7", "because": "Never signed."}))
    assert (scored.cells["brier"], scored.cells["because"]) == (0.49, "Never signed.")
    assert resolved(("resolve forecast", "", {"outcome": "void", "probability": "0.7"})).cells["brier"] is None


def test_a_scrap_with_an_outcome_is_shown_and_not_counted_as_left_out() -> None:
    record = later_record("2031-03-12")
    scrap = replace(record.statements[0], content="peace", mode="forecast", cue=None)
    record = replace(record, statements=(scrap, *record.statements[1:]))
    decision = Decision(1, "2031-04-01T10:00:00Z", "ana", "resolve forecast", scrap.id, {"outcome": "yes"})
    bare, settled = forecasts(record), forecasts(replace(record, decisions=(decision,)))
    assert len(settled.rows) == len(bare.rows) + 1
    assert any("1 coded as forecasts" in note for note in bare.notes)
    assert not any("Left out" in note for note in settled.notes)


def test_the_latest_decision_in_force_counts() -> None:
    yes, no = {"outcome": "yes"}, {"outcome": "no"}
    twice = (("resolve forecast", "", yes), ("resolve forecast", "", no))
    assert resolved(*twice).cells["outcome"] == "no"
    assert resolved(*twice, ("undo", "2", {})).cells["outcome"] == "yes"
    assert resolved(twice[0], ("undo", "1", {})).cells["outcome"] is None


@given(st.floats(0, 1), st.booleans())
def test_the_score_is_between_nought_and_one_and_best_when_right(probability: float, happened: bool) -> None:
    score = brier(probability, happened=happened)
    assert 0 <= score <= 1
    assert brier(1.0 if happened else 0.0, happened=happened) == 0 <= score


def test_a_probability_outside_nought_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        brier(1.2, happened=True)


@pytest.mark.parametrize(
    ("when", "day"),
    [("2031", "2031-12-31"), ("2032-02", "2032-02-29"), ("2031-03-01/2031-03-07", "2031-03-07"), ("soon", None)],
)
def test_the_last_day_of_what_a_mention_resolves_to(when: str, day: str | None) -> None:
    assert last_day(when) == day


def test_parties_have_an_interest_and_experts_none_that_is_known() -> None:
    assert forecast("We will win", voice="party").cells["interest"] == "a party"
    assert forecast("They will win").cells["interest"] is None
    assert forecast("They will win", voice="anonymous").cells["interest"] == "not known: unnamed"


def test_the_disputes_forecasts_are_in_the_table() -> None:
    table = TABLES["forecasts"](Dispute().record())
    assert [row.cells["words"] for row in table.rows] == [
        "a deal was unlikely before Easter",
        "the firm could probably live with four",
    ]
    assert table.rows[1].cells["altered"] == "yes"


def test_a_length_of_time_after_an_event_is_not_counted_from_the_document() -> None:
    cells = forecast("The crews will leave within 90 days of a final pact").cells
    assert (cells["horizon_words"], cells["due"]) == ("within 90 days", None)
    assert cells["resolvable"] == "no"
    assert forecast("The crews will leave within 90 days from now").cells["due"] == "2031-06-08"


def test_a_meeting_that_is_over_is_no_horizon() -> None:
    assert forecast("They will wait after the recent round").cells["horizon_words"] is None


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("unrest", {}),
        ("the best to sit it out", {}),
        ("to sign one very shortly", {"cue": "hoped"}),
        ("I may close the docks", {"voice": "party", "quote": "direct"}),
        ("We will close the docks", {"voice": "party", "quote": "direct"}),
        ("the yard needs a few days until 9 May", {"voice": "party"}),
        ("it would hold off on a vote", {"voice": "party", "speaker": "Firm"}),
        ("the Firm might try another yard", {"voice": "party", "speaker": "Firm"}),
    ],
)
def test_scraps_and_own_acts_are_no_forecasts(words: str, fields: dict[str, str]) -> None:
    table = forecasts(of_words(words, **fields))
    assert table.rows == ()
    assert any(note.startswith("Left out: ") for note in table.notes)


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("it could last", {"cue": "hoped"}),
        ("to end the talks by August", {"cue": "expects"}),
        ("We will win in the end", {"voice": "party", "quote": "direct"}),
        ("we will lose the summer trade", {"voice": "party"}),
        ("the Union will close the docks", {"voice": "party", "speaker": "Firm"}),
        ("We will close in on a pact, say experts", {"voice": "expert"}),
        ("to reach a pact they would have to pay", {}),
        ("they hope to end the strike by Friday", {}),
        ("it would lead to a vote", {"voice": "party", "speaker": "Firm"}),
    ],
)
def test_a_clause_on_what_comes_is_one(words: str, fields: dict[str, str]) -> None:
    assert len(forecasts(of_words(words, **fields)).rows) == 1


def of_words(words: str, speaker: str = "Rui Prat", voice: str = "expert", **fields: str) -> Record:
    source = document("one", f"They said that {words}.", date="2031-03-10")
    item = statement(source, words, speaker, "ASSESS", voice=voice, mode="forecast", issues=("H8",), **fields)
    other = statement(source, "said", "Union", "DO", voice="party")
    return Record((source,), (other, item), actors=(Actor("Firm", "organisation"), Actor("Union", "organisation")))


def test_a_forecast_that_the_reader_doubts_needs_a_word_of_what_will_be() -> None:
    words = ("The port has every crane sent away", "The port will send every crane away")
    text = document("one", ". ".join(words) + ".", date="2031-03-10")

    def told(**fields: Any) -> list[object]:
        items = tuple(
            statement(text, said, "Rui Prat", "ASSESS", voice="expert", mode="forecast", issues=("G4",), **fields)
            for said in words
        )
        return [row.cells["words"] for row in forecasts(Record(documents=(text,), statements=items)).rows]

    assert told(confidence=0.1) == [words[1]]
    assert told() == list(words)
