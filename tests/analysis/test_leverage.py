from __future__ import annotations

from typing import Any

import pytest
from dispute_samples import document, statement

from parley.analysis.leverage import KINDS, leverage
from parley.analysis.table import Row
from parley.analysis.wordlists import WordList, denied, word_lists
from parley.records import Actor, Document, OriginGroup, Record, Span, Statement, TimeMention

PEOPLE = (
    Actor("Port company", "organisation", names=("Port",)),
    Actor("Dock union", "organisation", names=("Union",)),
    Actor("Ana Reis", "person", names=("Reis",), belongs_to="Port company"),
    Actor("Rui Prat", "person", names=("Prat",)),
)


def record(*items: Statement, documents: tuple[Document, ...], **fields: Any) -> Record:
    order = {item.id: number for number, item in enumerate(documents)}
    talk = [
        statement(source, source.text.split()[0], side, "CONSULT", issues=("H4",), id=f"{source.id}{side}")
        for source in documents[:1]
        for side in ("Port company", "Dock union")
    ]
    found = tuple(sorted([*items, *talk], key=lambda item: (order[item.document], item.span)))
    return Record(documents=documents, statements=found, actors=PEOPLE, **fields)


def view(source: Document, content: str, who: str = "Rui Prat", **fields: Any) -> Statement:
    fields = {"voice": "expert", "mode": "leverage", "issues": ("G4",), **fields}
    return statement(source, content, who, "ASSESS", **fields)


def one(made: Record, **cells: object) -> Row:
    rows = [row for row in leverage(made).rows if all(row.cells[key] == value for key, value in cells.items())]
    assert len(rows) == 1, f"{len(rows)} rows with {cells}"
    assert rows[0].cells["kind"] in KINDS
    return rows[0]


def test_opposite_views_of_one_partys_time_stand_beside_each_other() -> None:
    text = document("a", "Port company is not in a hurry. Port company is running out of cash.")
    made = record(
        view(text, "Port company is not in a hurry"),
        view(text, "Port company is running out of cash", "Lia Mota"),
        documents=(text,),
    )
    rows = [row for row in leverage(made).rows if row.cells["kind"] == "clock"]
    assert [(row.cells["what"], row.cells["party"]) for row in rows] == [
        ("time favours", "Port company"),
        ("time presses", "Port company"),
    ]
    assert rows[0].cells["said_by"] == ("Rui Prat (expert)",)
    assert rows[0].cells["contrary_by"] == ("Lia Mota (expert)",)
    assert rows[0].cells["contrary_words"] == ("Port company is running out of cash",)
    assert set(rows[0].statements) == set(rows[1].statements)


@pytest.mark.parametrize(
    ("words", "what", "party"),
    [
        ("Unlike Dock union, Port company is in no hurry", "time favours", "Port company"),
        ("An already impatient Dock union could walk", "time presses", "Dock union"),
        ("Port company isn't running out of cash", "time favours", "Port company"),
        ("Dock union will give in if Port company can wait", "time favours", "Port company"),
        ("Port company’s reserves are dwindling", "time presses", "Port company"),
    ],
)
def test_whom_time_favours_follows_from_the_words(words: str, what: str, party: str) -> None:
    text = document("a", f"Talks go on. {words}.")
    assert one(record(view(text, words), documents=(text,)), kind="clock", what=what, party=party)


def test_a_pronoun_looks_back_past_the_speaker() -> None:
    text = document("a", "“Port company will not move,” said Prat. “It is simple: they can wait for a year.”")
    made = record(view(text, "they can wait for a year"), documents=(text,))
    assert one(made, kind="clock").cells["party"] == "Port company"


def test_a_question_about_her_is_not_about_the_names_that_follow() -> None:
    text = document(
        "a", "Reis has read the draft. Why would she hurry when Dock union split? Times could not be more favourable."
    )
    made = record(view(text, "Times could not be more favourable"), documents=(text,))
    assert one(made, kind="strength").cells["party"] == "Port company"


COUNTED = (
    "Port company has the upper hand. First, its ships are empty. Not one waits.\n"
    "Second, Dock union split in May. Its fund is small.\n"
    "Third, the harbour is calm.\nFourth place went to a visitor."
)


def test_points_counted_off_after_a_view_are_its_reasons_in_order() -> None:
    text = document("a", COUNTED)
    strong = view(text, "Port company has the upper hand")
    union = view(text, "Dock union split in May", mode="evaluate")
    calm = view(text, "the harbour is calm", mode="evaluate")
    row = one(record(strong, union, calm, documents=(text,)), kind="strength", what="strong")
    assert row.cells["reasons"] == (
        "First, its ships are empty.",
        "Second, Dock union split in May.",
        "Third, the harbour is calm.",
    )
    assert row.statements == (strong.id, union.id, calm.id)


@pytest.mark.parametrize(
    "words",
    [
        "Port company has the upper hand. First, its ships are empty.",
        "Port company has the upper hand. Second, Dock union split. Third, the harbour is calm.",
        f"Port company has the upper hand. {'The tide came in. ' * 20}First, it rained. Second, it blew.",
    ],
    ids=["one point", "no first point", "far away"],
)
def test_points_that_are_not_counted_from_the_first_or_stand_far_away_are_no_reasons(words: str) -> None:
    text = document("a", words)
    made = record(view(text, "Port company has the upper hand"), documents=(text,))
    assert one(made, kind="strength", what="strong").cells["reasons"] == ()


def test_nobody_is_guessed_where_a_stranger_is_the_subject() -> None:
    text = document("a", "Port company met the press. Shipowners are running out of cash.")
    made = record(view(text, "Shipowners are running out of cash"), documents=(text,))
    assert one(made, kind="clock").cells["party"] == "not told"


def test_from_and_until_are_dates_of_the_sentence_and_words_stay() -> None:
    words = "Dock union’s strike fund dwindles from June and must survive until October"
    text = document("a", f"{words}. It has several months.")
    times = tuple(
        TimeMention(text.id, Span(at, at + len(name)), name, resolved, "relative")
        for name, resolved in (("June", "2031-06"), ("October", "2031-10"))
        for at in (text.text.index(name),)
    )
    row = one(record(view(text, words), documents=(text,), times=times), kind="clock")
    assert (row.cells["since"], row.cells["until"]) == ("2031-06", "2031-10")
    assert row.cells["time_words"] == ("June", "October")


def test_a_span_of_time_that_is_no_date_stays_words() -> None:
    text = document("a", "Port company can carry on for several months.")
    row = one(record(view(text, "Port company can carry on for several months"), documents=(text,)), kind="clock")
    assert (row.cells["since"], row.cells["until"], row.cells["time_words"]) == (None, None, ("several months",))


def test_a_view_that_no_list_holds_has_no_direction() -> None:
    text = document("a", "Port company has two options.")
    row = one(record(view(text, "Port company has two options"), documents=(text,)), kind="strength")
    assert row.cells["what"] == "direction not told by the words"


def test_a_threat_shows_its_condition_and_what_others_think_of_it() -> None:
    text = document(
        "a",
        "Dock union will strike unless nights are paid. Prat said Dock union has few options. "
        "Mota called Dock union’s warning a bluff.",
    )
    made = record(
        statement(
            text, "will strike unless nights are paid", "Dock union", "THREATEN", issues=("G4",),
            addressee="Port company", modifiers=("conditional_on",),
        ),
        view(text, "Dock union has few options", mode="evaluate"),
        view(text, "Dock union’s warning a bluff", "Lia Mota", mode="evaluate"),
        documents=(text,),
    )  # fmt: skip
    row = one(made, kind="threat")
    assert (row.cells["party"], row.cells["to"]) == ("Dock union", "Port company")
    assert row.cells["condition"] == ("unless nights are paid",)
    assert row.cells["judges"] == ("Rui Prat (expert)", "Lia Mota (expert)")
    assert row.cells["judgements"] == ("doubted", "doubted")
    assert row.cells["words"] == ("will strike unless nights are paid",)
    assert set(row.statements) >= {item.id for item in made.statements if item.act != "CONSULT"}


def test_a_condition_ends_where_the_consequence_begins_and_keeps_quoted_words() -> None:
    text = document("a", 'If no "fair" offer comes by May, the union will strike. The article threatens nobody.')
    made = record(
        statement(text, 'If no "fair" offer comes by May, the union will strike', "Dock union", "THREATEN"),
        statement(text, "threatens nobody", "@author", "THREATEN", voice="reporter"),
        documents=(text,),
    )
    assert one(made, kind="threat").cells["condition"] == ('If no "fair" offer comes by May',)


def test_what_ends_at_a_date_holds_until_then() -> None:
    words = "Port company faces a deadline at the end of May"
    text = document("a", f"{words}.")
    at = text.text.index("the end of May")
    mention = TimeMention(text.id, Span(at, at + 14), "the end of May", "2031-05-31", "relative")
    row = one(record(view(text, words), documents=(text,), times=(mention,)), kind="clock")
    assert (row.cells["since"], row.cells["until"]) == (None, "2031-05-31")


def test_a_threat_that_nobody_made_is_only_spoken_of() -> None:
    text = document("a", "Port company might threaten the pension fund.")
    words = "Port company might threaten the pension fund"
    row = one(record(view(text, words, mode="forecast"), documents=(text,)), kind="threat spoken of")
    assert (row.cells["party"], row.cells["said_by"]) == ("Port company", ("Rui Prat (expert)",))


def test_offers_on_a_condition_are_inducements_and_conditions_are_linkages() -> None:
    text = document("a", "Port company promised a bonus if the union stays. Dock union will talk only after pay.")
    made = record(
        statement(
            text, "a bonus if the union stays", "Ana Reis", "PROMISE", issues=("G4",), stance="conditional",
            addressee="Dock union",
        ),
        statement(text, "talk only after pay", "Dock union", "CONDITION", issues=("H5", "G4"), stance="conditional"),
        documents=(text,),
    )  # fmt: skip
    offer = one(made, kind="inducement")
    assert (offer.cells["party"], offer.cells["condition"]) == ("Port company", ("if the union stays",))
    assert one(made, kind="linkage").cells["what"].startswith("Sequencing, agenda and deadlines depends on Trade")


def test_one_tactic_named_by_several_counts_origins_and_keeps_the_denial_beside_it() -> None:
    one_, two, three = (
        document("a", "Port company wants to buy time."),
        document("b", "Port company wants to buy time."),
        document("c", "Port company is stalling. Port company denies that it is stalling."),
    )
    made = record(
        view(one_, "Port company wants to buy time", mode="motive"),
        view(two, "Port company wants to buy time", mode="motive"),
        statement(three, "stalling", "Dock union", "ACCUSE", issues=("H8",), addressee="Port company"),
        statement(three, "denies that it is stalling", "Ana Reis", "DENY", issues=("H8",)),
        documents=(one_, two, three),
        groups=(OriginGroup("g", (one_.id, two.id), "the same"), OriginGroup("h", (three.id,), "alone")),
    )
    row = one(made, kind="tactic")
    assert (row.cells["what"], row.cells["party"]) == ("delay", "Port company")
    assert (row.cells["count"], row.cells["groups"]) == (3, 2)
    assert row.cells["contrary_by"] == ("Ana Reis (party)",)
    assert row.cells["contrary_words"] == ("denies that it is stalling",)


def test_the_user_of_a_tactic_is_not_its_target() -> None:
    text = document("a", "Port company keeps stringing Dock union along. Port company tries to bully Dock union.")
    made = record(
        view(text, "Port company keeps stringing Dock union along", mode="motive"),
        view(text, "Port company tries to bully Dock union", mode="motive"),
        documents=(text,),
    )
    assert {row.cells["party"] for row in leverage(made).rows if row.cells["kind"] == "tactic"} == {"Port company"}


def test_what_is_said_not_to_be_a_tactic_is_none() -> None:
    text = document("a", "Port company is not stalling.")
    made = record(view(text, "Port company is not stalling", mode="motive"), documents=(text,))
    assert not [row for row in leverage(made).rows if row.cells["kind"] == "tactic"]


def test_every_word_list_loads_and_every_phrase_finds_itself() -> None:
    for name in ("concessions", "compliance", "leverage"):
        assert word_lists(name)
    found = WordList.of({"delay": ["buy* time", "string ... along"]})
    assert found.labels("He is BUYING time; he strings nobody") == ("delay",)
    assert found.labels("to string the other two along") == ("delay",)
    assert not found.find("to string a very long row of other words along")
    hit = found.find("They don’t buy time")[0]
    assert denied("They don’t buy time", hit)
    with pytest.raises(ValueError, match="no word of three letters"):
        WordList.of({"x": ["it is"]})


@pytest.mark.parametrize(
    "words",
    [
        "Port company respects vulnerable people", "Port company wants Union to abandon its flag",
        "Port company sees an opportunity for a lasting pact", "Port company is advancing its interests",
        "Port company says that divided government is hard", "Port company makes it easier to sail",
    ],
)  # fmt: skip
def test_words_that_only_look_like_strength_or_time_favour_nobody(words: str) -> None:
    text = document("a", f"{words}.")
    made = record(view(text, words, mode="evaluate"), documents=(text,))
    assert not [row for row in leverage(made).rows if row.cells["kind"] in {"strength", "clock"}]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("The deal would abandon the Union", "Dock union"),
        ("The storm is an opportunity for Port company", "Port company"),
        ("The strike leaves Port company vulnerable", "Port company"),
    ],
)
def test_a_side_right_behind_such_words_is_meant(words: str, party: str) -> None:
    text = document("a", f"Much was said. {words}.")
    made = record(view(text, words), documents=(text,))
    assert one(made, kind="strength").cells["party"] == party


def test_a_danger_that_something_is_is_no_threat() -> None:
    text = document("a", "Rust poses a grave threat to the quay. Port company made a threat on Monday.")
    first, second = text.text.rstrip(".").split(". ")
    made = record(view(text, first, mode="evaluate"), view(text, second, mode="evaluate"), documents=(text,))
    assert one(made, kind="threat spoken of").cells["words"] == (second,)


def test_a_view_without_direction_stands_only_where_its_words_bear_on_strength() -> None:
    text = document("a", "Port company has no lawyer today. Port company relies on two cranes.")
    first, second = text.text.rstrip(".").split(". ")
    made = record(view(text, first), view(text, second), documents=(text,))
    assert one(made, kind="strength").cells["words"] == (second,)


def test_a_doubtful_threat_that_depends_on_nothing_is_left_out() -> None:
    text = document("a", "Port company will wait for spring. If nights go on, Port company will shut the gate.")
    first, second = text.text.rstrip(".").split(". ")
    doubtful = statement(text, first, "Port company", "THREATEN", issues=("G4",), confidence=0.1)
    bound = statement(
        text, second, "Port company", "THREATEN", issues=("G4",), confidence=0.1, modifiers=("conditional_on",)
    )
    assert one(record(doubtful, bound, documents=(text,)), kind="threat").cells["words"] == (second,)
    sure = statement(text, first, "Port company", "THREATEN", issues=("G4",), confidence=0.9)
    assert one(record(sure, documents=(text,)), kind="threat").cells["words"] == (first,)


def test_who_stands_behind_by_used_the_tactic() -> None:
    words = "Dock union has a pact that was derailed by Port company"
    text = document("a", f"{words}.")
    made = record(view(text, words, mode="evaluate"), documents=(text,))
    assert one(made, kind="tactic").cells["party"] == "Port company"
