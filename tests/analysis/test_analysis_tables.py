from __future__ import annotations

import dataclasses
import time

import pytest
from dispute_samples import Dispute, document, statement

from parley.analysis import TABLES, Row, Table, highlights
from parley.analysis.index import Index
from parley.analysis.sentences import sentence_starts
from parley.analysis.words import likelihood
from parley.records import Actor, Derivation, OriginGroup, Record, Span, TimeMention

RECORD = Dispute().record()
NAMES = (
    "statements", "positions", "proposals", "accounts", "timeline", "experts", "concessions", "compliance", "leverage",
    "sources", "documents", "actors", "issues", "gaps",
)  # fmt: skip


def one(table: Table, **cells: object) -> Row:
    found = [row for row in table.rows if all(row.cells[key] == value for key, value in cells.items())]
    assert len(found) == 1, f"{len(found)} rows with {cells}"
    return found[0]


def test_every_promised_table_is_there() -> None:
    assert tuple(name for name in TABLES if name in NAMES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rows_have_the_columns_and_rest_on_statements_that_exist(name: str) -> None:
    table = TABLES[name](RECORD)
    keys = {column.key for column in table.columns}
    known = {item.id for item in RECORD.statements}
    documents = {item.id for item in RECORD.documents}
    assert table.name == name
    assert table.rows or name == "compliance"  # the sample dispute holds no accusation and no deed
    assert table.notes
    for row in table.rows:
        assert set(row.cells) == keys
        assert set(row.statements) <= known
        assert set(row.documents) <= documents


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_record_gives_a_table_without_statements(name: str) -> None:
    assert all(not row.statements for row in TABLES[name](Record()).rows)


def test_rows_that_claim_something_name_a_statement() -> None:
    for name in ("statements", "positions", "proposals", "timeline", "experts"):
        assert all(row.statements for row in TABLES[name](RECORD).rows), name
    for row in TABLES["accounts"](RECORD).rows:
        assert bool(row.statements) == (row.cells["account"] != "no statement in the coverage")


def test_a_reprint_is_not_a_second_source() -> None:
    row = one(TABLES["positions"](RECORD), issue="G4", party="Port company")
    assert row.cells["count"] == 3
    assert row.cells["groups"] == 2
    refusal = one(TABLES["proposals"](RECORD), issue="G4", act="REJECT")
    assert (refusal.cells["count"], refusal.cells["groups"]) == (2, 1)


def test_offices_and_people_count_under_whom_they_belong_to_and_stay_visible() -> None:
    row = one(TABLES["positions"](RECORD), issue="G4", party="Port company")
    assert row.cells["speakers"] == ("Port company", "Port office")
    assert one(TABLES["positions"](RECORD), issue="G4", party="Dock union").cells["speakers"] == ("Ines Faro",)


def test_a_later_consent_after_a_refusal_is_a_change() -> None:
    row = one(TABLES["positions"](RECORD), issue="G4", party="Port company")
    assert row.cells["date"] == "2031-03-07"
    assert row.cells["stance"] == "for"
    assert row.cells["change"] == "changed: against, now for"
    assert row.cells["how_far"] == "in principle"
    assert row.cells["since"] == "2031-03-07"


def test_a_later_copy_is_not_a_reiteration() -> None:
    dispute = Dispute()
    both = (dispute.statements()[0], dispute.statements()[4])
    record = dataclasses.replace(dispute.record(), statements=both)
    assert one(TABLES["positions"](record)).cells["change"] == "first seen"
    apart = dataclasses.replace(record, groups=())
    assert one(TABLES["positions"](apart)).cells["change"] == "reiterated"


def test_positions_stand_latest_first_within_an_issue() -> None:
    rows = [row for row in TABLES["positions"](RECORD).rows if row.cells["issue"] == "G4"]
    assert [row.cells["date"] for row in rows] == ["2031-03-07", "2031-03-03"]


def test_the_stance_is_not_carried_to_a_further_issue() -> None:
    assert one(TABLES["positions"](RECORD), issue="H5").cells["stance"] == "not coded"


def test_an_unresolved_speaker_takes_no_position_and_is_listed_as_a_gap() -> None:
    table = TABLES["positions"](RECORD)
    assert all("unresolved" not in str(row.cells["party"]) for row in table.rows)
    assert any("not resolved: 1 party statements" in note for note in table.notes)
    assert "“Somebody”" in str(one(TABLES["gaps"](RECORD), kind="speaker not resolved").cells["what"])


def test_only_parties_take_positions() -> None:
    parties = {row.cells["party"] for row in TABLES["positions"](RECORD).rows}
    assert parties == {"Port company", "Dock union"}


def test_a_demand_that_nobody_answers_says_so() -> None:
    row = one(TABLES["proposals"](RECORD), issue="A7")
    assert row.cells["answered_by"] == "no answer in the coverage"


def test_consent_keeps_its_degree() -> None:
    row = one(TABLES["proposals"](RECORD), act="ACCEPT")
    assert (row.cells["degree"], row.cells["how_far"]) == ("in_principle", "in principle")


def test_a_denial_stands_beside_the_other_account() -> None:
    rows = [row for row in TABLES["accounts"](RECORD).rows if row.cells["issue"] == "G4"]
    assert {row.cells["comparison"] for row in rows} == {"denied"}
    by_side = {row.cells["side"]: row for row in rows}
    assert by_side["Port company"].cells["account"] == "denies"
    assert by_side["Port company"].cells["words"] == "double night pay was ever raised"
    assert by_side["Dock union"].cells["words"] == "We will strike unless nights are paid double."


def test_the_silent_side_is_said_to_have_no_statement() -> None:
    row = one(TABLES["accounts"](RECORD), issue="A7", side="Port company")
    assert row.cells["account"] == "no statement in the coverage"
    assert row.cells["comparison"] == "one side only"
    assert row.cells["words"] is None


def test_what_comes_through_an_office_is_the_offices_account() -> None:
    text = document("x", "The office said the union had agreed to wait. The union said no.")
    record = Record(
        documents=(text,),
        statements=(
            statement(text, "had agreed to wait", "Union", "ACCEPT", issues=("H5",), stance="for", via=("Office",)),
            statement(text, "no", "Union", "REJECT", issues=("H5",), stance="against", start=len(text.text) - 3),
        ),
        actors=(Actor("Office", "office", belongs_to="Company"), Actor("Union", "organisation")),
    )
    rows = TABLES["accounts"](record).rows
    assert {row.cells["side"]: row.cells["stance"] for row in rows} == {"Company": "for", "Union": "against"}
    assert {row.cells["comparison"] for row in rows} == {"stances differ"}


def test_the_timeline_shows_how_each_date_is_known_and_puts_the_undated_last() -> None:
    table = TABLES["timeline"](RECORD)
    contact = one(table, act="CONSULT")
    assert (contact.cells["when"], contact.cells["basis"]) == ("2031-03-03", "stated")
    refusal = one(table, act="REJECT")
    assert refusal.cells["count"] == 2
    assert refusal.cells["time_words"] == "Monday"
    whens = [row.cells["when"] for row in table.rows]
    assert whens == sorted((when for when in whens if when), key=str) + [None] * whens.count(None)
    assert one(table, act="ACCEPT").cells["basis"] == "unresolved: two Thursdays fit"
    assert one(table, act="THREATEN").cells["basis"] == "no date in its sentence"


def test_a_date_in_the_next_sentence_does_not_date_a_deed() -> None:
    text = document("x", "Mr. Sol closed the gate. The talks resume on Friday.")
    start = text.text.index("Friday")
    record = Record(
        documents=(text,),
        statements=(statement(text, "closed the gate", "Mr. Sol", "DO"),),
        times=(TimeMention(text.id, Span(start, start + 6), "Friday", "2031-03-07", "relative"),),
    )
    assert one(TABLES["timeline"](record), kind="deed").cells["when"] is None


@pytest.mark.parametrize("words", ["Before the call on Tuesday the crew struck.", "The crew has struck since Tuesday."])
def test_a_day_that_a_deed_stands_beside_does_not_date_it(words: str) -> None:
    text = document("x", words)
    start = words.index("Tuesday")
    record = Record(
        documents=(text,),
        statements=(statement(text, "struck", "Crew", "DO"),),
        times=(TimeMention(text.id, Span(start, start + 7), "Tuesday", "2031-03-04", "relative"),),
    )
    row = one(TABLES["timeline"](record), kind="deed")
    assert (row.cells["when"], row.cells["basis"]) == (None, "no date in its sentence")


def test_forecasts_keep_their_own_words_of_likelihood() -> None:
    table = TABLES["experts"](RECORD)
    assert one(table, speaker="Rui Prat").cells["likelihood"] == ("could", "probably")
    assert one(table, speaker="a person close to the company").cells["likelihood"] == ("unlikely",)
    assert all("confiden" not in column.key for column in table.columns)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It is highly unlikely, and may fail", ("highly unlikely", "may")),
        ("In May they meet", ()),
        ("Probably not", ("Probably",)),
        ("an unlikelihood", ()),
    ],
)
def test_words_of_likelihood_are_found_as_they_stand(words: str, found: tuple[str, ...]) -> None:
    assert likelihood(words) == found


def test_sources_tell_derivation_with_the_telling_words() -> None:
    row = one(TABLES["sources"](RECORD), name="b-reprint")
    assert row.cells["derivation"] == ("reprint of Quay Herald",)
    assert row.cells["telling_words"] == ("Reprinted from Quay Herald.",)
    assert row.cells["group_documents"] == ("a-monday",)
    assert one(TABLES["sources"](RECORD), name="d-paper").cells["date_how"] == "not known"
    assert one(TABLES["sources"](RECORD), name="a-monday").cells["furniture"] == ("share line (1)",)


def test_gaps_list_everything_that_was_not_read() -> None:
    kinds = [row.cells["kind"] for row in TABLES["gaps"](RECORD).rows]
    assert kinds == [
        "refused", "skipped", "document without date", "unread", "speaker not resolved", "no issue coded",
        "time not resolved",
    ]  # fmt: skip


def test_issues_without_a_statement_are_listed_with_a_nought() -> None:
    table = TABLES["issues"](RECORD)
    assert one(table, id="B6").cells["statements"] == 0
    relabelled = dataclasses.replace(RECORD, issue_labels={"G4": "Pay", "own1": "Cranes"})
    assert one(TABLES["issues"](relabelled), id="G4").cells["label"] == "Pay"
    assert one(TABLES["issues"](relabelled), id="own1").cells["statements"] == 0


def test_the_opening_lines_prefer_independent_sources_and_unaltered_words() -> None:
    rows = highlights(RECORD).rows
    assert {row.cells["party"] for row in rows} <= {"Port company", "Dock union"}
    apart = dataclasses.replace(RECORD, groups=tuple(OriginGroup(d.id, (d.id,), "alone") for d in RECORD.documents))
    assert highlights(apart).rows[0].cells["words"] == "any rise above two per cent"
    assert highlights(apart).rows[0].cells["groups"] == 2


def test_what_two_sources_report_in_altered_words_opens_before_what_one_reports_in_its_own() -> None:
    texts = [document(name, f"{name}: they refused the plan and the pay offer.") for name in "abc"]
    altered = tuple(Derivation(text.id, "machine translation", quotes_altered=True) for text in texts[:2])
    items = [statement(text, "the plan", "Union", "REJECT", issues=("H5",)) for text in texts[:2]]
    items += [statement(texts[2], "the pay offer", "Company", "REJECT", issues=("G4",))]
    rows = highlights(Record(documents=tuple(texts), statements=tuple(items), derivations=altered)).rows
    assert [row.cells["words"] for row in rows] == ["the plan", "the pay offer"]
    single = Record(documents=tuple(texts[1:]), statements=tuple(items[1:]), derivations=altered[1:])
    assert [row.cells["words"] for row in highlights(single).rows] == ["the pay offer", "the plan"]


def test_a_hypothetical_act_is_not_among_the_opening_lines() -> None:
    text = document("x", "They might refuse the plan.")
    item = statement(text, "refuse the plan", "Union", "REJECT", issues=("H5",), modifiers=("hypothetical",))
    assert not highlights(Record(documents=(text,), statements=(item,))).rows


def test_belonging_in_a_circle_ends() -> None:
    index = Index.of(Record(actors=(Actor("A", "office", belongs_to="B"), Actor("B", "office", belongs_to="A"))))
    assert index.side("A") in {"A", "B"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Mr. Sol and the U.S. Navy left. Done.", 2),
        ("He said “No.” Then left.", 2),
        ("a\nb", 2),
        ("", 1),
        ("3.5 per cent", 1),
        ("They left Iran. We stayed.", 2),
    ],
)
def test_sentences_start_where_people_see_them(text: str, count: int) -> None:
    assert len(sentence_starts(text)) == count


def test_hard_wrapped_lines_do_not_end_a_sentence() -> None:
    line = "this line of old wire copy goes on and on until the column\n"
    assert len(sentence_starts(line * 8)) == 1


def test_tables_do_not_depend_on_the_order_in_which_sets_come() -> None:
    for name, table in TABLES.items():
        assert table(RECORD) == table(Dispute().record()), name


def test_a_long_document_with_many_statements_stays_quick() -> None:
    text = document("long", "The crew will wait. " * 20_000, date="2031-01-01")
    items = tuple(
        statement(text, "will wait", "Crew", "DO", issues=("H5",), start=9 + 20 * number) for number in range(20_000)
    )
    begun = time.perf_counter()
    table = TABLES["timeline"](Record(documents=(text,), statements=items))
    assert [row.cells["count"] for row in table.rows] == [20_000]
    assert time.perf_counter() - begun < 20


def test_the_opening_lines_put_terms_before_the_conduct_of_talks() -> None:
    text = document("x", "They refused to sit down. They refused the pay offer.", date="2031-03-03")
    items = (
        statement(text, "to sit down", "Union", "REJECT", issues=("H8",)),
        statement(text, "the pay offer", "Union", "REJECT", issues=("G4",)),
    )
    rows = highlights(Record(documents=(text,), statements=items)).rows
    assert [row.cells["words"] for row in rows] == ["the pay offer", "to sit down"]
