from __future__ import annotations

from typing import Any

from dispute_samples import document, statement

from parley.analysis.concessions import VERDICTS, concessions
from parley.analysis.judgements import NOT_JUDGED, judgement_of
from parley.analysis.table import Row
from parley.records import Actor, Document, OriginGroup, Record, Statement

COMPANY = Actor("Port company", "organisation", names=("the company", "Port"))
UNION = Actor("Dock union", "organisation", names=("Union",))
PEOPLE = (COMPANY, UNION, Actor("Ana Reis", "person", belongs_to="Port company", names=("Reis",)))


def record(*items: Statement, documents: tuple[Document, ...], **fields: Any) -> Record:
    order = {item.id: number for number, item in enumerate(documents)}
    found = tuple(sorted(items, key=lambda item: (order[item.document], item.span)))
    return Record(documents=documents, statements=found, actors=PEOPLE, **fields)


def one(made: Record, **cells: object) -> Row:
    rows = [row for row in concessions(made).rows if all(row.cells[key] == value for key, value in cells.items())]
    assert len(rows) == 1, f"{len(rows)} rows with {cells}"
    assert rows[0].cells["verdict"] in VERDICTS
    return rows[0]


def test_what_was_opposed_on_an_earlier_day_and_is_now_agreed_is_real() -> None:
    early = document("a", "Port company rejects paid nights.", date="2031-03-01")
    late = document("b", "Port company agreed to paid nights.", date="2031-03-09")
    made = record(
        statement(early, "paid nights", "Port company", "REJECT", issues=("G4",), stance="against"),
        statement(late, "paid nights", "Port company", "ACCEPT", issues=("G4",), stance="for", degree="full"),
        documents=(early, late),
    )
    row = one(made)
    assert row.cells["verdict"] == "real"
    assert row.cells["baseline"] == ("opposed before",)
    assert row.cells["baseline_date"] == ("2031-03-01",)
    assert row.cells["baseline_words"] == ("paid nights",)
    assert set(row.statements) == {item.id for item in made.statements}
    assert row.statements[0] == made.statements[1].id


def test_the_same_day_is_not_earlier() -> None:
    text = document("a", "Port company rejects paid nights. Port company agreed to free nights.", date="2031-03-01")
    made = record(
        statement(text, "paid nights", "Port company", "REJECT", issues=("G4",), stance="against"),
        statement(text, "free nights", "Port company", "ACCEPT", issues=("G4",), stance="for"),
        documents=(text,),
    )
    assert one(made).cells["verdict"] == "unknown"
    assert one(made).cells["baseline"] == "not told"


def test_agreeing_only_to_talk_about_what_was_refused_is_not_real() -> None:
    early = document("a", "Port company rejects paid nights.", date="2031-03-01")
    late = document("b", "Port company agreed to talk about nights.", date="2031-03-09")
    made = record(
        statement(early, "paid nights", "Port company", "REJECT", issues=("G4",), stance="against"),
        statement(late, "talk about nights", "Port company", "ACCEPT", issues=("G4",), degree="procedural"),
        documents=(early, late),
    )
    row = one(made)
    assert row.cells["kind"] == ("agreed to talk",)
    assert (row.cells["verdict"], row.cells["baseline"]) == ("unknown", ("opposed before",))


def test_what_the_giver_is_told_to_have_sought_before_is_nominal() -> None:
    text = document(
        "a",
        "Port company agreed to a night pause. "
        "Port company had previously sought a pause as a goal of its own. "
        "Observers disagree.",
    )
    made = record(
        statement(text, "a night pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        statement(
            text, "Port company had previously sought a pause as a goal of its own", "@author", "REPORT",
            voice="reporter", issues=("H6",),
        ),
        documents=(text,),
    )  # fmt: skip
    row = one(made)
    assert (row.cells["verdict"], row.cells["because"]) == ("nominal", "sought before by its giver")
    assert row.cells["baseline_by"] == ("the article (reporter)",)


def test_somebody_elses_past_wish_is_not_the_givers() -> None:
    text = document("a", "Port company agreed to a night pause. Union had previously sought a pause as a goal.")
    made = record(
        statement(text, "a night pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        statement(
            text, "Union had previously sought a pause as a goal", "@author", "REPORT", voice="reporter",
            issues=("H6",), addressee=None,
        ),
        statement(text, "Union", "Dock union", "CONSULT", issues=("H4",)),
        documents=(text,),
    )  # fmt: skip
    assert one(made, giver="Port company").cells["verdict"] == "unknown"


def test_an_act_that_the_sentence_puts_into_the_past_is_a_baseline_and_no_item() -> None:
    text = document("a", "The company had previously reached a tacit pause. Port company agreed to a longer pause.")
    made = record(
        statement(text, "a tacit pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        statement(text, "a longer pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        documents=(text,),
    )
    row = one(made)
    assert row.cells["words"] == "a longer pause"
    assert row.cells["baseline_words"] == ("a tacit pause",)
    assert row.cells["baseline"] == ("already practised",)
    assert row.cells["verdict"] == "nominal"


def test_judges_stand_beside_each_other_with_their_words_and_do_not_change_the_verdict() -> None:
    text = document(
        "a",
        "Port company agreed to a pause. Rui Prat said Port company made a real concession. "
        "Lia Mota said Port company gave up nothing.",
    )
    made = record(
        statement(text, "a pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        statement(
            text, "Port company made a real concession", "Rui Prat", "ASSESS", voice="expert", mode="evaluate",
            issues=("H6",),
        ),
        statement(
            text, "Port company gave up nothing", "Lia Mota", "ASSESS", voice="expert", mode="evaluate", issues=("H6",)
        ),
        documents=(text,),
    )  # fmt: skip
    row = one(made)
    assert row.cells["judges"] == ("Rui Prat (expert)", "Lia Mota (expert)")
    assert row.cells["judgements"] == ("a concession", "little or none")
    assert row.cells["judged_words"] == ("Port company made a real concession", "Port company gave up nothing")
    assert row.cells["dissent"] == "a concession: 1; little or none: 1"
    assert row.cells["verdict"] == "unknown"


def test_a_judgement_of_the_whole_has_a_row_without_an_issue() -> None:
    text = document("a", "Port company met the union. So far Port company has conceded little.")
    made = record(
        statement(text, "met the union", "Port company", "CONSULT", issues=("H4",)),
        statement(
            text, "So far Port company has conceded little", "@author", "ASSESS", voice="reporter", mode="evaluate",
            issues=("H8",),
        ),
        documents=(text,),
    )  # fmt: skip
    row = one(made)
    assert (row.cells["issue"], row.cells["giver"], row.cells["judgements"]) == (
        None,
        "Port company",
        ("little or none",),
    )


def test_what_is_expected_is_not_a_verdict() -> None:
    text = document("a", "Port company agreed to a pause. Port company will make concessions by May.")
    made = record(
        statement(text, "a pause", "Port company", "ACCEPT", issues=("H6",), stance="for"),
        statement(
            text, "Port company will make concessions by May", "Rui Prat", "ASSESS", voice="expert", mode="leverage",
            issues=("H6",),
        ),
        documents=(text,),
    )  # fmt: skip
    assert one(made).cells["judges"] == ()


def test_an_answer_of_the_other_side_is_a_return_and_deeds_are_carried_out() -> None:
    text = document(
        "a", "Port company agreed to free nights. Dock union agreed to open gates. Port company freed the nights."
    )
    made = record(
        statement(text, "free nights", "Port company", "ACCEPT", issues=("G4",), addressee="Dock union"),
        statement(text, "open gates", "Dock union", "ACCEPT", issues=("G4",), addressee="Port company"),
        statement(text, "freed the nights", "Port company", "DO", issues=("G4",), stance="for"),
        documents=(text,),
    )
    row = one(made, giver="Port company")
    assert row.cells["reciprocated"] == "yes, on the same issue by Dock union"
    assert row.cells["reciprocated_words"] == ("open gates",)
    assert (row.cells["carried_out"], row.cells["carried_out_words"]) == ("reported", ("freed the nights",))
    assert one(made, giver="Dock union").cells["carried_out"] == "no report in the coverage"


def test_nothing_in_return_and_the_gain_are_quoted() -> None:
    text = document(
        "a",
        "Port company promised no cuts. That did not require anything in return. The pause is crucial to Port company.",
    )
    made = record(
        statement(text, "no cuts", "Port company", "PROMISE", issues=("G4",)),
        statement(
            text, "That did not require anything in return", "@author", "ASSESS", voice="reporter", mode="evaluate",
            issues=("G4",),
        ),
        statement(
            text, "The pause is crucial to Port company", "@author", "ASSESS", voice="reporter", mode="leverage",
            issues=("G4",),
        ),
        documents=(text,),
    )  # fmt: skip
    row = one(made)
    assert row.cells["reciprocated"] == "said to have got nothing in return"
    assert row.cells["reciprocated_words"] == ("That did not require anything in return",)
    assert row.cells["benefit_words"] == ("The pause is crucial to Port company",)
    assert row.cells["verdict"] == "unknown", "an interest alone is no baseline"


def test_a_reprint_is_not_a_second_source() -> None:
    one_, two = (document(name, "Port company agreed to a pause.", date="2031-03-01") for name in "ab")
    made = record(
        *(statement(item, "a pause", "Port company", "ACCEPT", issues=("H6",)) for item in (one_, two)),
        documents=(one_, two),
        groups=(OriginGroup("g", (one_.id, two.id), "the same"),),
    )
    assert (one(made).cells["groups"], one(made).cells["count"]) == (1, 2)


def test_unresolved_givers_are_counted_in_the_notes_and_hypotheticals_left_out() -> None:
    text = document("a", "Somebody agreed to a pause. They might agree to a truce.")
    made = record(
        statement(text, "a pause", "unresolved", "ACCEPT", issues=("H6",)),
        statement(text, "a truce", "Port company", "ACCEPT", issues=("H6",), modifiers=("hypothetical",)),
        documents=(text,),
    )
    table = concessions(made)
    assert not table.rows
    assert any("not resolved: 1 statements" in note for note in table.notes)


def test_a_refusal_of_another_term_on_the_issue_is_no_baseline() -> None:
    early = document("a", "Port company rejects paid nights and free lunches.", date="2031-03-01")
    late = document("b", "Port company agreed to paid holidays.", date="2031-03-09")
    refused = statement(early, "free lunches", "Port company", "REJECT", issues=("G4",), stance="against")
    given = statement(late, "paid holidays", "Port company", "ACCEPT", issues=("G4",), stance="for", degree="full")
    row = one(record(refused, given, documents=(early, late)))
    assert (row.cells["verdict"], row.cells["baseline"]) == ("unknown", "not told")


def test_a_promise_to_nobody_that_nobody_asked_for_is_no_item() -> None:
    text = document("a", "Port company promised a new crane. Union demands a crane.")
    promise = statement(text, "a new crane", "Port company", "PROMISE", issues=("G4",))
    asked = statement(text, "a crane", "Dock union", "DEMAND", issues=("G4",), start=text.text.rindex("a crane"))
    table = concessions(record(promise, documents=(text,)))
    assert not table.rows
    assert "1 statements" in next(note for note in table.notes if "made to no other side" in note)
    assert one(record(promise, asked, documents=(text,))).cells["giver"] == "Port company"


def test_what_is_announced_as_harm_is_given_to_nobody() -> None:
    text = document("a", "Port company promised the Union to block every crane and to paint the gate.")
    items = [
        statement(text, words, "Port company", "PROMISE", addressee="Dock union", issues=(issue,))
        for words, issue in (("block every crane", "G4"), ("paint the gate", "G3"))
    ]
    assert one(record(*items, documents=(text,))).cells["issue"] == "G3"


def test_what_somebody_is_urged_to_give_is_not_judged_as_given() -> None:
    words = (
        "The mayor urged Port company to give up nights", "Port company was told not to give ground",
        "Port company has a plan rather than a token", "Port company appeared to give up nights",
        "Port company refused to give ground",
    )  # fmt: skip
    text = document("a", ". ".join(words) + ".")
    judged = [
        judgement_of(statement(text, content, "@author", "ASSESS", voice="reporter", issues=("G4",)))
        for content in words
    ]
    assert judged == [NOT_JUDGED, NOT_JUDGED, NOT_JUDGED, "a concession", "little or none"]
