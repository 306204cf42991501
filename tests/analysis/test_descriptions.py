"""How the coverage describes people and bodies, in its own words; defects of a text."""

from __future__ import annotations

from tests.analysis.dispute_samples import document, statement

from parley.analysis import TABLES
from parley.analysis.defects import find_defects
from parley.analysis.described import descriptions
from parley.records import Actor, Derivation, Fact, Furniture, Record, Span


def beside(text: str, *forms: str) -> list[str]:
    return list(descriptions(text, forms))


def test_appositions_roles_and_relative_clauses_are_verbatim() -> None:
    assert beside("Rui Prat, a former U.S. labour official who now teaches, said so.", "Rui Prat") == [
        "a former U.S. labour official who now teaches"
    ]
    assert beside("The fee fell, said the port economist Rui Prat.", "Rui Prat") == ["port economist"]
    assert beside("Prat, who left the union in 2029 and lives abroad.", "Prat") == [
        "who left the union in 2029 and lives abroad"
    ]
    assert beside("Rui Prat is a senior fellow at the Harbour Institute.", "Rui Prat") == [
        "a senior fellow at the Harbour Institute"
    ]
    assert beside("a “circle of ports” led by Lisbon and Porto, it said", "circle of ports") == [
        "led by Lisbon and Porto"
    ]


def test_a_verb_or_another_word_beside_a_name_is_no_description() -> None:
    assert beside("Rui Prat, however, said no. Pratt, an uncle, agreed.", "Rui Prat", "Prat") == []
    assert beside("After Rui Prat, a day of rain followed.", "Rui Prat") == []


def test_experts_and_authors_are_described_in_their_tables() -> None:
    text = document(
        "a",
        "Rui Prat, an economist at the Harbour Institute, said wages will fall.\nBo Lind is a reporter in Porto.\n",
        author="Bo Lind",
    )
    item = statement(text, "wages will fall", "Rui Prat", "ASSESS", voice="expert", mode="forecast", issues=("G4",))
    record = Record(documents=(text,), statements=(item,), actors=(Actor("Rui Prat", "person"),))
    (row,) = TABLES["experts"](record).rows
    assert row.cells["described"] == ("an economist at the Harbour Institute",)
    (source,) = TABLES["sources"](record).rows
    assert source.cells["author_described"] == ("a reporter in Porto",)


def test_what_a_document_rests_on_and_shares_is_told() -> None:
    first = document("a", "The palace said no. Then it said yes.", date="2031-03-03")
    second = document("b", "The palace said no again.", date="2031-03-04")
    late = document("c", "The palace said no once more.", date="2031-06-04")
    items = tuple(statement(text, "said no", "Palace", "REJECT", issues=("A1",)) for text in (first, second, late))
    wire = Derivation(first.id, "wire copy", "Coast Wire")
    record = Record(
        documents=(first, second, late), statements=items, actors=(Actor("Palace", "office"),), derivations=(wire,)
    )
    rows = {str(row.cells["name"]): row.cells for row in TABLES["sources"](record).rows}
    assert rows["a"]["rests_on"] == ("Palace (1)", "Coast Wire (0)")
    assert rows["a"]["shares_accounts_with"] == ("b (Palace)",)
    assert rows["c"]["shares_accounts_with"] == ()


def test_a_log_in_line_at_the_end_says_that_the_text_may_be_cut() -> None:
    text = document("a", "The talks went on all night and " * 30 + "ended.\nPlease log in to read on")
    at = text.text.index("Please")
    piece = Furniture(text.id, Span(at, len(text.text)), "log-in line")
    (row,) = TABLES["sources"](Record(documents=(text,), furniture=(piece,))).rows
    assert "may be cut" in str(row.cells["complete"])
    (whole,) = TABLES["sources"](Record(documents=(document("b", "The talks went on all night. They ended."),))).rows
    assert whole.cells["complete"] is None


def test_commentary_is_told_by_its_statements_and_a_stated_genre_wins() -> None:
    text = document("a", " ".join(f"Point {n} is weak." for n in range(12)))
    items = tuple(
        statement(text, f"Point {n} is weak", "@author", "ASSESS", voice="reporter", mode="evaluate", issues=("H8",))
        for n in range(12)
    )
    (row,) = TABLES["sources"](Record(documents=(text,), statements=items)).rows
    assert (row.cells["genre"], str(row.cells["genre_how"])[:17]) == ("opinion", "by its statements")
    (few,) = TABLES["sources"](Record(documents=(text,), statements=items[:5])).rows
    assert few.cells["genre"] is None
    stated = document("a", text.text, genre="report")
    (kept,) = TABLES["sources"](Record(documents=(stated,), statements=items)).rows
    assert kept.cells["genre"] == "report"
    assert stated.genre == Fact("report", "stated")


def test_defects_are_found_and_ordinary_english_is_not_one() -> None:
    text = (
        "Ministers in Paris and are tired. The the port is shut. He said that that port had had "
        "its day. Ships from Porto and Faro are late."
    )
    assert [(span.of(text), what) for span, what in find_defects(text)] == [
        ("The the", "a word stands twice"),
        ("Ministers in Paris and are", "a word seems to be missing beside “and”"),
    ]
