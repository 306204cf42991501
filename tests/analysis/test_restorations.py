"""Altered words restored beside the verbatim ones, with how sure that is."""

from __future__ import annotations

from tests.analysis.dispute_samples import document

from parley.analysis import TABLES
from parley.analysis.index import Index
from parley.analysis.restorations import restored_text
from parley.records import Derivation, Document, Furniture, OriginGroup, Record, Span


def reworded(text: str, *others: Document, groups: tuple[OriginGroup, ...] = ()) -> Record:
    spun = document("spun", text)
    made = Derivation(spun.id, "reworded copy", score=1.0, quotes_altered=True)
    return Record(documents=(*others, spun), derivations=(made,), groups=groups)


def found(record: Record) -> dict[str, tuple[str, str]]:
    rows = TABLES["restorations"](record).rows
    return {str(row.cells["words"]): (str(row.cells["restored"]), str(row.cells["confidence"])) for row in rows}


def test_names_tokens_and_expressions_are_restored_and_a_witness_makes_them_surer() -> None:
    text = "The White Home received’t talk of vitality infrastructure, mentioned the Heart for Harbour Safety."
    alone = found(reworded(text))
    assert alone["received’t"] == ("won’t", "moderate")
    assert alone["vitality infrastructure"] == ("energy infrastructure", "moderate")
    assert alone["Heart for Harbour Safety"] == ("Center for Harbour Security", "moderate")
    witness = document("plain", "Attacks on energy infrastructure went on.")
    assert found(reworded(text, witness))["vitality infrastructure"] == ("energy infrastructure", "high")


def test_one_word_is_restored_two_ways_by_what_the_document_does_with_it() -> None:
    text = (
        "A halt on vitality infrastructure was agreed. The port's energy in the region grew after "
        "the vitality sector fell."
    )
    restored = found(reworded(text))
    assert restored["vitality sector"][0] == "energy sector"
    assert restored["energy"] == ("power", "low")


def test_an_ordinary_word_is_left_alone_and_so_is_an_unaltered_document() -> None:
    plain = document("plain", "The name of the ferry stayed. The White Home is a hotel here.")
    record = reworded("The name of the ferry stayed the same.", plain)
    assert "name" not in found(record)
    assert all(row.documents != (plain.id,) for row in TABLES["restorations"](record).rows)


def test_the_original_of_the_same_origin_restores_its_aligned_sentence() -> None:
    plain = document("plain", "The union rejected the offer of the harbour company late on Friday evening.")
    spun = "The union rejected the supply of the harbour company late on Friday evening."
    group = OriginGroup("g", (plain.id, "doc-spun"), "one is made from the other")
    assert found(reworded(spun, plain, groups=(group,)))["supply"] == ("offer", "high")


def test_a_pull_quote_that_words_a_sentence_otherwise_is_shown_beside_it() -> None:
    body = "She said that the terms were plainly not acceptable to her at all."
    pull = "She said that plainly not acceptable terms were put to her"
    text = document("t", f"{body}\n{pull}\n")
    piece = Furniture(text.id, Span(len(body) + 1, len(body) + 1 + len(pull)), "pull quote")
    made = Derivation(text.id, "machine translation", quotes_altered=True)
    (row,) = TABLES["restorations"](Record(documents=(text,), derivations=(made,), furniture=(piece,))).rows
    assert (row.cells["kind"], row.cells["confidence"]) == ("two wordings", "not judged")
    assert row.cells["restored"] == pull


def test_restored_text_is_for_looking_up_and_keeps_every_other_word() -> None:
    record = reworded("They has lengthy talked of vitality infrastructure here.")
    index = Index.of(record)
    text = record.documents[0].text
    assert restored_text(index, "doc-spun", 0, len(text)) == "They has long talked of energy infrastructure here."
    assert record.documents[0].text == text
