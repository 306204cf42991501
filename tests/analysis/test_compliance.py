from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispute_samples import document, statement

from parley.analysis.compliance import LADDER, compliance
from parley.analysis.incidents import KINDS
from parley.analysis.table import Row
from parley.records import Actor, Document, OriginGroup, Record, Span, Statement, TimeMention

PEOPLE = (
    Actor("North", "state", names=("Northern",)),
    Actor("South", "state", names=("Southern",)),
    Actor("Kai Lund", "person", names=("Lund",), belongs_to="North"),
    Actor("Monitors", "organisation"),
)


def record(*items: Statement, documents: tuple[Document, ...], **fields: Any) -> Record:
    order = {item.id: number for number, item in enumerate(documents)}
    found = tuple(sorted(items, key=lambda item: (order[item.document], item.span)))
    return Record(documents=documents, statements=found, actors=PEOPLE, **fields)


def rows(made: Record, **cells: object) -> list[Row]:
    return [row for row in compliance(made).rows if all(row.cells[key] == value for key, value in cells.items())]


def one(made: Record, **cells: object) -> Row:
    found = rows(made, **cells)
    assert len(found) == 1, f"{len(found)} rows with {cells}"
    assert found[0].cells["kind"] in KINDS
    assert found[0].cells["ladder"] in {*LADDER, None}
    return found[0]


def accuse(source: Document, content: str, who: str = "North", whom: str = "South", **fields: Any) -> Statement:
    fields.setdefault("issues", ("A6", "A2"))
    return statement(source, content, who, "ACCUSE", addressee=whom, **fields)


def agree(source: Document, content: str, who: str, **fields: Any) -> Statement:
    return statement(source, content, who, "ACCEPT", issues=("A2",), stance="for", **fields)


def test_two_reports_of_one_breach_are_one_incident_and_a_reprint_one_source() -> None:
    texts = tuple(
        document(name, "North accuses South of shelling dams.", date=f"2031-05-0{day}")
        for name, day in (("a", 4), ("b", 4), ("c", 5))
    )
    made = record(
        *(accuse(text, "shelling dams") for text in texts),
        documents=texts,
        groups=(OriginGroup("g", (texts[0].id, texts[1].id), "the same"),),
    )
    row = one(made, kind="breach of a term")
    assert (row.cells["accuser"], row.cells["accused"], row.cells["issue"]) == ("North", "South", "A2")
    assert (row.cells["count"], row.cells["groups"]) == (3, 2)
    assert set(row.statements) == {item.id for item in made.statements}
    assert "Incidents as alleged: 1, told in 3 statements" in compliance(made).notes[0]


def test_breaches_on_two_named_days_are_two_incidents() -> None:
    text = document("a", "North accuses South of shelling dams on Monday and of shelling locks again. More on Tuesday.")
    other = document("b", "North accuses South of shelling dams on Tuesday.", date="2031-05-07")
    times = tuple(
        TimeMention(source.id, Span(at, at + len(day)), day, resolved, "relative")
        for source, day, resolved in ((text, "Monday", "2031-05-05"), (other, "Tuesday", "2031-05-06"))
        for at in (source.text.index(day),)
    )
    made = record(
        accuse(text, "shelling dams"), accuse(other, "shelling dams"), documents=(text, other), times=times
    )  # fmt: skip
    assert [row.cells["when"] for row in rows(made)] == ["2031-05-05", "2031-05-06"]
    assert one(made, when="2031-05-05").cells["time_words"] == "Monday"


def test_an_old_report_is_not_joined_to_a_new_one() -> None:
    texts = (
        document("a", "North accuses South of shelling dams.", date="2031-05-04"),
        document("b", "North accuses South of shelling dams.", date="2031-05-20"),
    )
    assert len(rows(record(*(accuse(text, "shelling dams") for text in texts), documents=texts))) == 2


def test_a_term_that_both_agreed_to_on_earlier_days_was_in_force() -> None:
    early = document("a", "North agreed to spare dams. South agreed to spare locks.", date="2031-05-01")
    late = document("b", "North accuses South of shelling dams.", date="2031-05-04")
    consents = (agree(early, "spare dams", "North"), agree(early, "spare locks", "South"))
    made = record(*consents, accuse(late, "shelling dams"), documents=(early, late))
    row = one(made, kind="breach of a term")
    assert row.cells["in_force"] == "yes: both had agreed by 2031-05-01"
    assert row.cells["in_force_words"] == ("spare dams", "spare locks")
    assert {item.id for item in consents} < set(row.statements)
    half = record(consents[0], accuse(late, "shelling dams"), documents=(early, late))
    assert one(half, kind="breach of a term").cells["in_force"].startswith("not shown: no consent of South")


def test_a_consent_after_the_incident_or_on_its_day_is_told_as_such() -> None:
    first = document("a", "North agreed to spare dams.", date="2031-05-01")
    accused = document("b", "North accuses South of shelling dams.", date="2031-05-04")
    later = document("c", "South agreed to spare locks.", date="2031-05-06")
    made = record(
        agree(first, "spare dams", "North"), accuse(accused, "shelling dams"), agree(later, "spare locks", "South"),
        documents=(first, accused, later),
    )  # fmt: skip
    row = one(made, kind="breach of a term")
    assert row.cells["in_force"] == "no: South agreed on 2031-05-06, after 2031-05-04"
    same = document("c", "South agreed to spare locks.", date="2031-05-04")
    made = record(
        agree(first, "spare dams", "North"), accuse(accused, "shelling dams"), agree(same, "spare locks", "South"),
        documents=(first, accused, same),
    )  # fmt: skip
    row = one(made, kind="breach of a term")
    assert row.cells["in_force"] == "not known: agreed and broken on one day, 2031-05-04"


def test_consent_only_to_talk_binds_nobody() -> None:
    early = document("a", "North agreed to talk. South agreed to spare locks.", date="2031-05-01")
    late = document("b", "South accuses North of shelling locks.", date="2031-05-04")
    made = record(
        agree(early, "to talk", "North", degree="procedural"),
        agree(early, "spare locks", "South"),
        accuse(late, "shelling locks", "South", "North"),
        documents=(early, late),
    )
    assert "no consent of North" in str(one(made, kind="breach of a term").cells["in_force"])


def test_words_that_say_that_somebody_was_not_bound_yet_come_first() -> None:
    text = document(
        "a", "North accuses South of shelling dams. South had yet to sign the dam truce.", date="2031-05-04"
    )
    made = record(
        accuse(text, "shelling dams"),
        statement(
            text, "South had yet to sign the dam truce", "@author", "REPORT", voice="reporter", issues=("A2",)
        ),
        documents=(text,),
    )  # fmt: skip
    row = one(made)
    assert row.cells["in_force"] == "told that it did not bind South yet"
    assert row.cells["in_force_words"] == ("South had yet to sign the dam truce",)


def test_the_accusers_word_alone_is_alleged_and_others_move_it_up() -> None:
    text = document(
        "a",
        "North accuses South of shelling dams. South violated the dam truce at dawn. "
        "Monitors ruled that South fired first.",
    )
    alleged = accuse(text, "shelling dams")
    told = statement(
        text, "South violated the dam truce at dawn", "@author", "REPORT", voice="reporter", issues=("A2",)
    )
    ruled = statement(text, "ruled that South fired first", "Monitors", "REPORT", issues=("A6", "A2"))
    assert one(record(alleged, documents=(text,))).cells["ladder"] == "alleged"
    row = one(record(alleged, told, documents=(text,)))
    assert (row.cells["ladder"], row.cells["ladder_words"]) == ("reported by a third party", (told.content,))
    row = one(record(alleged, told, ruled, documents=(text,)))
    assert (row.cells["ladder"], row.cells["ladder_by"]) == ("ruled", ("Monitors",))


def test_the_accusers_own_finding_is_no_ruling_and_hearsay_no_third_party() -> None:
    text = document(
        "a", "North accuses South of shelling dams. North ruled that South fired. South allegedly violated the truce."
    )
    finding = statement(text, "ruled that South fired", "Kai Lund", "REPORT", issues=("A2",))
    hearsay = statement(
        text, "South allegedly violated the truce", "@author", "REPORT", voice="reporter", issues=("A2",)
    )
    assert one(record(accuse(text, "shelling dams"), finding, hearsay, documents=(text,))).cells["ladder"] == "alleged"


def test_inquiry_and_what_cannot_be_settled_are_named() -> None:
    text = document(
        "a",
        "North accuses South of shelling dams. It could not be verified who in South fired. South is probed: inquiry.",
    )
    unsettled = statement(
        text, "It could not be verified who in South fired", "@author", "REPORT", voice="reporter", issues=("A2",)
    )
    inquiry = statement(text, "South is probed: inquiry", "@author", "REPORT", voice="reporter", issues=("A2",))
    made = record(accuse(text, "shelling dams"), inquiry, documents=(text,))
    assert one(made).cells["ladder"] == "under inquiry"
    made = record(accuse(text, "shelling dams"), inquiry, unsettled, documents=(text,))
    assert one(made).cells["ladder"] == "not rulable"


def test_denials_admissions_and_counter_accusations_are_answers() -> None:
    text = document(
        "a", "North accuses South of shelling dams. South denies it. South accuses North of shelling locks."
    )
    made = record(
        accuse(text, "shelling dams"),
        statement(text, "denies it", "South", "DENY", issues=("A6",)),
        accuse(text, "shelling locks", "South", "North"),
        documents=(text,),
    )
    assert one(made, accuser="North").cells["answer"] == "denied; accuses back"
    assert one(made, accuser="South").cells["answer_words"] == ("shelling dams",)


def test_earlier_agreements_conduct_and_expected_blame_are_kept_apart() -> None:
    text = document(
        "a",
        "North says South broke past agreements. North calls South illegal. South may accuse North of delay next week.",
    )
    made = record(
        accuse(text, "broke past agreements", issues=("H7",)),
        accuse(text, "illegal", issues=("H8",)),
        statement(
            text, "South may accuse North of delay next week", "Rui Prat", "ASSESS", voice="expert", mode="forecast",
            issues=("H8",),
        ),
        documents=(text,),
    )  # fmt: skip
    assert [row.cells["kind"] for row in compliance(made).rows] == list(KINDS[1:4])
    expected = one(made, kind=KINDS[3])
    assert (expected.cells["accuser"], expected.cells["ladder"]) == ("South", None)


def test_who_is_quoted_inside_a_judgement_is_who_blames_and_names_show_their_side() -> None:
    words = (
        "the question is whether North will wait or South might drop the lake, or just say, "
        "‘We tried, and it didn’t work, because of the weather, Lund, the stubborn monitors,’ etc."
    )
    text = document("a", f"Prat said that {words}")
    made = record(
        statement(
            text,
            words,
            "Rui Prat",
            "ASSESS",
            voice="expert",
            mode="question",
            issues=("H8",),
            modifiers=("hypothetical",),
        ),
        statement(text, "drop the lake", "South", "PROPOSE", issues=("A2",)),
        statement(text, "wait", "North", "PROPOSE", issues=("A2",)),
        documents=(text,),
    )
    row = one(made, kind="blame that is expected")
    assert row.cells["accuser"] == "South"
    assert row.cells["accused"] == "the weather, Lund (North), the stubborn monitors"


def test_a_deed_of_both_sides_in_the_same_words_is_one_carried_out() -> None:
    text = document("a", "North and South carried out the swap. South repainted its ministry.")
    deed = {"issues": ("F1",), "stance": "for", "cue": "carried out"}
    made = record(
        statement(text, "the swap", "North", "DO", **deed),
        statement(text, "the swap", "South", "DO", **deed),
        statement(text, "repainted its ministry", "South", "DO", issues=("E2",)),
        documents=(text,),
    )
    row = one(made)
    assert (row.cells["kind"], row.cells["done_by"], row.cells["count"]) == ("carried out", ("North", "South"), 2)


def test_an_accused_whom_nobody_names_is_not_guessed() -> None:
    text = document("a", "North complains of bad faith.")
    made = record(statement(text, "bad faith", "North", "ACCUSE", issues=("H8",)), documents=(text,))
    assert one(made).cells["accused"] == "not told"


def test_a_ruling_and_a_denial_of_something_else_settle_and_answer_nothing() -> None:
    text = document("a", "North accuses South of shelling barges at Loon Weir.", date="2031-05-05")
    far = document("b", "Monitors ruled that South may keep tolls. South denies raising tolls.", date="2031-05-05")
    near = document("c", "Monitors ruled that South hit barges by shelling the weir. South denies shelling barges.")
    blamed = accuse(text, "shelling barges at Loon Weir")

    def more(source: Document) -> tuple[Statement, Statement]:
        first, second = source.text.rstrip(".").split(". ")
        return (
            statement(source, first, "Monitors", "REPORT", issues=("A6", "A2")),
            statement(source, second.removeprefix("South denies "), "South", "DENY", issues=("A2",)),
        )

    row = one(record(blamed, *more(far), documents=(text, far)))
    assert (row.cells["ladder"], row.cells["answer"]) == ("alleged", "no answer in the coverage")
    row = one(record(blamed, *more(near), documents=(text, near)))
    assert (row.cells["ladder"], row.cells["answer"]) == ("ruled", "denied")


def test_nobody_accuses_his_own_side_or_answers_himself() -> None:
    text = document("a", "Lund accuses Vera Holm of a fraud. Lund says that North lied.")
    people = (*PEOPLE, Actor("Vera Holm", "person", belongs_to="North"))
    items = (
        statement(text, "a fraud", "Kai Lund", "ACCUSE", addressee="Vera Holm", issues=("H8",)),
        statement(text, "North lied", "Kai Lund", "ACCUSE", addressee="North", issues=("H8",)),
    )
    found = compliance(Record(documents=(text,), statements=items, actors=people)).rows
    assert [(row.cells["accuser"], row.cells["accused"]) for row in found] == [
        ("Kai Lund", "Vera Holm"),
        ("North", "not told"),
    ]
    assert {row.cells["answer"] for row in found} == {"no answer in the coverage"}


def test_an_accusation_is_of_a_breach_only_where_its_words_or_a_truce_say_so() -> None:
    text = document(
        "a", "North blames South for illegal signs, for undermining a mayor, and for undermining the truce."
    )
    kinds = {
        "illegal signs": ("H7",),
        "undermining a mayor": ("G1",),
        "undermining the truce": ("A2",),
    }
    made = record(*(accuse(text, words, issues=issues) for words, issues in kinds.items()), documents=(text,))
    assert {row.cells["words"]: row.cells["kind"] for row in rows(made)} == {
        "illegal signs": "conduct",
        "undermining a mayor": "conduct",
        "undermining the truce": "breach of a term",
    }


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("North calls South rude.", "rude"),
        ("North denied reports that South had attacked the port.", "South had attacked the port"),
        ("North claimed responsibility for an attack on the port.", "claimed responsibility for an attack on the port"),
    ],
)
def test_name_calling_denials_and_boasts_accuse_nobody_of_a_wrong(words: str, content: str) -> None:
    text = document("a", words)
    table = compliance(record(accuse(text, content, issues=("H8",)), documents=(text,)))
    assert table.rows == ()
    assert any(note.startswith("Left out: 1 accusations") for note in table.notes)


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("North told South: East attacked the port.", "East attacked the port"),
        ("North and South accused East of attacks on the port.", "attacks on the port"),
    ],
)
def test_the_accused_is_whose_deed_the_words_tell(words: str, content: str) -> None:
    text = document("a", f"{words} East wants peace.")
    wish = statement(text, "peace", "East", "DEMAND", issues=("A1",))
    made = record(accuse(text, content, issues=("A2",)), wish, documents=(text,))
    (row,) = compliance(replace(made, actors=(*made.actors, Actor("East", "state")))).rows
    assert row.cells["accused"] == "East"


def test_what_the_accused_says_right_after_is_an_answer() -> None:
    text = document(
        "a", "North accuses South of attacks. South will not bow. " + "It rained all day. " * 20 + "South left."
    )
    charge = accuse(text, "attacks", issues=("A2",))
    near = statement(text, "will not bow", "South", "REJECT", issues=("H8",))
    far = statement(text, "left", "South", "REJECT", issues=("H8",))
    assert one(record(charge, near, documents=(text,))).cells["answer"] == "answered"
    assert one(record(charge, far, documents=(text,))).cells["answer"] == "no answer in the coverage"
