"""What counts as given to another side, and how far."""

from __future__ import annotations

import pytest
from dispute_samples import document, statement

from parley.analysis.concessions import concessions
from parley.analysis.words import how_far
from parley.records import Record, Span, TimeMention


def givers(words: str, *acts: tuple[str, str, str], **fields: object) -> list[tuple[object, object]]:
    """Return giver and judgements of each row; *acts*: content, speaker, act."""
    text = document("a", words, date="2031-05-10")
    made = tuple(
        statement(text, content, who, act, issues=("G4",), degree="full" if act == "ACCEPT" else None, **fields)
        for content, who, act in acts
    )
    return [(row.cells["giver"], row.cells["judgements"]) for row in concessions(Record((text,), made)).rows]


@pytest.mark.parametrize(
    ("words", "content", "act"),
    [
        ("The mayor voiced his support for Premier Lind.", "his support for Premier Lind", "ACCEPT"),
        ("The mayor plans new buses.", "new buses", "PROMISE"),
        ("The mayor proposed a new quay.", "a new quay", "PROPOSE"),
        ("The mayor voted for a strike.", "a strike", "ACCEPT"),
    ],
)
def test_taking_sides_plans_and_bare_proposals_give_nothing(words: str, content: str, act: str) -> None:
    assert givers(words, (content, "Mayor", act)) == []


@pytest.mark.parametrize(
    ("words", "content", "act"),
    [
        ("The mayor agreed to support the pay deal.", "agreed to support the pay deal", "ACCEPT"),
        ("The mayor supported a moratorium on attacks.", "supported a moratorium on attacks", "ACCEPT"),
        ("The mayor offers a quay in return for calm.", "a quay in return for calm", "PROPOSE"),
    ],
)
def test_consents_and_offers_for_a_return_give(words: str, content: str, act: str) -> None:
    assert [giver for giver, _ in givers(words, (content, "Mayor", act), addressee="Union")] == ["Mayor"]


def test_a_promise_gives_what_another_side_wants_in_the_same_words() -> None:
    words = "The mayor promised cheaper ferries. The union demands cheaper ferries. The mayor promised a parade."
    acts = [("cheaper ferries", "Mayor", "PROMISE"), ("a parade", "Mayor", "PROMISE")]
    assert givers(words, *acts) == []
    text = document("a", words)
    wish = statement(text, "cheaper ferries", "Union", "DEMAND", issues=("G4",), start=words.rindex("cheaper"))
    made = tuple(statement(text, content, who, act, issues=("G4",)) for content, who, act in acts)
    (row,) = concessions(Record((text,), (*made, wish))).rows
    assert (row.cells["giver"], row.cells["words"]) == ("Mayor", "cheaper ferries")


@pytest.mark.parametrize(
    "words",
    [
        "The mayor was not ready to make this concession.",
        "The mayor can't afford more concessions.",
        "The mayor would make a concession if they called.",
    ],
)
def test_a_concession_that_was_not_made_is_none(words: str) -> None:
    acts = [(words[:-1], "@author", "ASSESS"), (words[:9], "Mayor", "DEMAND")]
    text = document("a", words)
    made = tuple(
        statement(text, content, who, act, voice="party" if who == "Mayor" else "reporter", issues=("G4",))
        for content, who, act in acts
    )
    assert concessions(Record((text,), made)).rows == ()


def test_what_was_agreed_years_ago_gives_nothing_today() -> None:
    words = "In 1959 two kings met. They agreed to open the strait."
    text = document("a", words, date="2031-05-10")
    item = statement(text, "to open the strait", "King Olaf", "ACCEPT", issues=("A3",), degree="full", cue="agreed")
    year = TimeMention(text.id, Span(3, 7), "1959", "1959", "stated")
    assert concessions(Record((text,), (item,), times=(year,))).rows == ()
    assert len(concessions(Record((text,), (item,))).rows) == 1


def test_a_consent_to_a_part_is_none_in_full() -> None:
    text = document("a", "The mayor agreed only to a narrower truce. The mayor agreed to a truce.")
    part = statement(text, "a narrower truce", "Mayor", "ACCEPT", degree="full", cue="agreed only to")
    whole = statement(text, "a truce", "Mayor", "ACCEPT", degree="full", cue="agreed to")
    assert (how_far(part), how_far(whole)) == ("in part", "in full")
