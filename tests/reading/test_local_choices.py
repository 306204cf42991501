"""What the local reader makes of the model's chances: issues by context, speakers by cue, addressees by act."""

import numpy as np
import pytest

from parley.codebook import ISSUES
from parley.reading.codes import is_ending
from parley.reading.local.issues import choose, with_neighbours
from parley.reading.local.model import Linked
from parley.reading.local.reader import shipped
from parley.reading.local.who import View, Who, addressee, candidates, speaker, via, whole_words
from parley.reading.local.windows import windows
from parley.reading.pages import lay_out
from parley.reading.roster import Resolution
from parley.records import AUTHOR, Span

LABELS = tuple(ISSUES)


def chances(**given: float) -> np.ndarray:
    return np.array([given.get(issue, 0.01) for issue in LABELS], np.float32)


def test_a_statement_takes_a_share_of_its_neighbours_issues() -> None:
    rows = np.stack([chances(F1=0.9), chances(G1=0.4), chances(F1=0.9)])
    mixed = with_neighbours(rows)
    assert mixed[1, LABELS.index("F1")] == pytest.approx(0.88 * 0.01 + 0.12 * 0.9)
    assert mixed[0].argmax() == LABELS.index("F1")
    assert (with_neighbours(rows[:1]) == rows[:1]).all()


def test_a_truce_that_names_its_target_is_no_general_one() -> None:
    text = "Both agreed to a halt in attacks on energy infrastructure for a month."
    first = choose(LABELS, chances(A1=0.8, A2=0.2), text, Span(0, len(text)))[0][0]
    assert first == "A2"
    plain = "Both agreed to end the fighting for a month."
    assert choose(LABELS, chances(A1=0.8, A2=0.2), plain, Span(0, len(plain)))[0][0] == "A1"


def test_words_that_hold_no_term_go_by_what_stands_around_them() -> None:
    text = "The talks turned to prisoners and hostages. It would not work, he said."
    span = Span(text.index("It would"), text.index(", he"))
    assert "F1" in choose(LABELS, chances(H8=0.3, F1=0.2), text, span)[0]
    assert "F1" not in choose(LABELS, chances(H8=0.3, F1=0.2), text[span.start :], Span(0, 17))[0]


def view_of(text: str, content: str, **pointed: str) -> View:
    """Return the view of one statement whose pointers mean the words given, each by nine parts in ten."""
    page = lay_out(text)
    window = next(windows(text, page.kept, shipped().vocabulary))

    def place(words: str) -> tuple[int, int]:
        start = text.index(words)
        inside = [n + 1 for n, p in enumerate(window.pieces) if start <= p.start and p.end <= start + len(words)]
        return inside[0], inside[-1]

    points = {}
    for role in ("source", "cue", "addressee", "via"):
        row = np.full(len(window.ids), 1e-4, np.float32)
        first, last = place(pointed[role]) if role in pointed else (0, 0)
        row[first : last + 1] = 0.9 / (last + 1 - first)
        points[role] = row[None]
    linked = Linked(points, {}, np.zeros((1, 4), np.float32))
    return View(page, window, linked, [place(content)], candidates(page, window, []), [])


JUDGED = "Prime Minister Ana Reyes met the miners. Reyes may believe that time is on her side."


def test_what_somebody_may_believe_is_the_articles_own() -> None:
    view = view_of(JUDGED, "that time is on her side", source="Reyes may")
    start = JUDGED.index("may believe")
    tied = Span(start, start + len("may believe"))
    assert speaker(view, 0, "ASSESS", "indirect", tied).resolutions[0].name == AUTHOR
    assert speaker(view, 0, "PROMISE", "indirect", tied).resolutions[0].name == "Ana Reyes"
    believes = Span(start + 4, tied.end)
    assert speaker(view, 0, "ASSESS", "indirect", believes).resolutions[0].name == "Ana Reyes"


def test_a_judgement_that_nothing_ties_to_anybody_is_the_articles_own_unless_quoted() -> None:
    view = view_of(JUDGED, "that time is on her side", source="Reyes may")
    assert speaker(view, 0, "ASSESS", "indirect", None).resolutions[0].name == AUTHOR
    assert speaker(view, 0, "ASSESS", "direct", None).resolutions[0].name == "Ana Reyes"


def test_a_speaker_is_whole_words() -> None:
    text = "The Harbour Union met on Monday. In a statement it said the offer was dead. The statement added: no deal."
    view = view_of(text, "no deal", source="The statement")
    view.linked.points["source"][0, :] = 1e-4
    at = next(n + 1 for n, p in enumerate(view.window.pieces) if p.start == text.index("The statement"))
    view.linked.points["source"][0, at] = 0.9
    found = speaker(view, 0, "REJECT", "indirect", None)
    assert found.span is not None and found.span.of(text) == "The statement"
    assert found.resolutions[0].name == "Harbour Union"


def who(*names: str) -> Who:
    return Who(tuple(Resolution(name, "state", "party", "named") for name in names), None, 0.9)


ACCUSED = "Norway and Chile met. Norway accused Chile of stalling, and Chile refused to answer."


def test_who_is_accused_is_named_in_the_words_where_the_model_points_nowhere() -> None:
    view = view_of(ACCUSED, "Chile of stalling")
    assert addressee(view, 0, "ACCUSE", who("Norway"), "Norway") == "Chile"
    assert addressee(view, 0, "ASSESS", who("Norway"), "Norway") is None
    assert addressee(view, 0, "ACCUSE", who("Chile"), "Chile") is None


def test_of_two_who_do_something_together_each_does_it_with_the_other() -> None:
    view = view_of(ACCUSED, "to answer")
    both = who("Norway", "Chile")
    assert [addressee(view, 0, "CONSULT", both, name) for name in ("Norway", "Chile")] == ["Chile", "Norway"]
    assert addressee(view, 0, "DEMAND", both, "Norway") is None
    third = view_of(f"{ACCUSED} Both blamed Peru.", "blamed Peru", addressee="Peru")
    assert addressee(third, 0, "ACCUSE", both, "Norway") == "Peru"
    mutual = view_of(f"{ACCUSED} Peru heard them accuse each other.", "them accuse", addressee="Peru")
    assert addressee(mutual, 0, "ACCUSE", both, "Norway") == "Chile"


def test_nobody_addresses_the_state_that_he_speaks_for_and_no_state_its_own() -> None:
    text = "Norwegian Prime Minister Ana Reyes met the miners. Norway must pay, Reyes said."
    own = view_of(text, "must pay", addressee="Ana Reyes")
    assert addressee(own, 0, "ACCUSE", who("Norway"), "Norway") is None
    view = view_of(text, "must pay", addressee="Norway must")
    assert addressee(view, 0, "ACCUSE", who("Ana Reyes"), "Ana Reyes") is None
    assert addressee(view, 0, "ACCUSE", who("Chile"), "Chile") == "Norway"


def test_an_act_that_needs_an_addressee_takes_a_less_sure_one() -> None:
    view = view_of(ACCUSED, "to answer", addressee="Norway accused")
    row = view.linked.points["addressee"][0]
    row[0] = row.max()
    assert addressee(view, 0, "REJECT", who("Chile"), "Chile") == "Norway"
    assert addressee(view, 0, "ASSESS", who("Chile"), "Chile") is None


def test_nobody_speaks_through_themselves() -> None:
    view = view_of(ACCUSED, "to answer", via="Norway accused")
    assert via(view, 0, who("Chile"), "Chile") == ("Norway",)
    assert via(view, 0, who("Norway"), "Norway") == ()


@pytest.mark.parametrize(
    ("act", "issue", "words", "ends"),
    [
        ("DEMAND", "B1", "the complete cessation of foreign arms deliveries", True),
        ("THREATEN", "B1", "to insist on a ban on arms deliveries", True),
        ("DEMAND", "G1", "sanctions must be lifted", True),
        ("DEMAND", "C2", "guarantees that the country will not be offered membership", True),
        ("DEMAND", "C2", "membership within a year", False),
        ("PROMISE", "B1", "arms deliveries will not stop", False),
        ("DEMAND", "A1", "a halt in the fighting", False),
        ("THREATEN", "G1", "to ban imports of grain", False),
        ("REPORT", "B1", "arms deliveries stopped in May", False),
    ],
)
def test_who_wants_an_end_of_what_goes_on_is_against_it(act: str, issue: str, words: str, ends: bool) -> None:
    assert is_ending(act, issue, words) is ends


def test_an_agency_that_quotes_somebody_as_saying_it_passes_it_on() -> None:
    text = "President Ana Reyes spoke. “We will find a way out,” the ISNA agency quoted her as saying."
    who = speaker(view_of(text, "We will find a way out", source="the ISNA agency"), 0, "ASSERT", "direct", None)
    assert [one.name for one in who.resolutions] == ["Ana Reyes"]
    assert who.span is not None and who.span.of(text) == "her"
    assert who.through == ("ISNA agency",)


@pytest.mark.parametrize("pointed_to", ["U", "the U", "the U.S", "the U.S."])
def test_words_that_name_somebody_are_taken_whole(pointed_to: str) -> None:
    text = "On Monday the U.S. agreed."
    start = text.index(pointed_to)
    assert whole_words(text, Span(start, start + len(pointed_to))).of(text).removeprefix("the ") == "U.S."
