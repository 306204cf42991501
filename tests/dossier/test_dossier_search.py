"""Words are found where they stand, and nothing that is typed is an error."""

from __future__ import annotations

import pytest
from dossier_samples import document, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.dossier import Dossier
from parley.records import Reading


def found(dossier: Dossier, words: str, **options: object) -> list[tuple[str, str, bool]]:
    return [(hit.kind, hit.words, hit.partial) for hit in dossier.search(words, **options)]  # type: ignore[arg-type]


def test_hits_are_the_words_of_the_document_at_their_span(dossier: Dossier) -> None:
    texts = {d.id: d.text for d in dossier.documents}
    hits = dossier.search("oyelaran")
    assert {hit.kind for hit in hits} == {"text", "statement"}
    for hit in hits:
        assert texts[hit.document][hit.span.start : hit.span.end] == hit.words
        assert (hit.statement is None) == (hit.kind == "text")
    in_text = [hit for hit in hits if hit.kind == "text"]
    assert {hit.words for hit in in_text} == {"Oyelaran"}
    assert all("Oyelaran" in hit.snippet for hit in in_text)


def test_all_words_must_be_there_and_phrases_as_they_stand(dossier: Dossier) -> None:
    assert found(dossier, '"night shift" union', kind="text") == [("text", "union, said the night shift", False)]
    assert found(dossier, '"shift night"') == []
    assert found(dossier, "“night shift”", kind="statement") == [("statement", "the night shift must end", False)]
    assert found(dossier, "lockout budget", kind="text")[0][0] == "text"
    assert found(dossier, "lockout harbour") == []


def test_accents_case_and_other_scripts(dossier: Dossier) -> None:
    assert ("text", "Jürgen", False) in found(dossier, "JURGEN")
    assert ("text", "ночную", False) in found(dossier, "НОЧНУЮ")


def test_parts_of_words_are_found_after_whole_words(dossier: Dossier) -> None:
    assert found(dossier, "oyel", kind="text") == [("text", "Oyel", True)] * 2
    assert ("statement", "требует отменить ночную смену", True) in found(dossier, "докер")
    hits = found(dossier, "ship", kind="text")
    assert hits[0] == ("text", "ship", False)


def test_names_of_two_characters_are_found_in_running_text() -> None:
    of = document("wire", "外相の王毅氏は停戦を求めた。")
    with Dossier.open() as dossier:
        dossier.add(of, (), reading(of, [("停戦を求めた", "王毅", "DEMAND")]))
        assert found(dossier, "王毅") == [("statement", "停戦を求めた", False), ("text", "王毅", True)]
        assert found(dossier, "停戦", kind="text") == [("text", "停戦", True)]


def test_words_after_a_nul_and_beside_the_marks_are_found_at_their_place() -> None:
    text = "First\0second \ufdd0third\ufdd1 fourth 😀 fifth"
    of = document("odd", text)
    with Dossier.open() as dossier:
        dossier.add(of, (), Reading(of.id, "rules 1", (), ()))
        for word in ("second", "third", "fifth", "ifth"):
            (hit,) = dossier.search(word)
            assert text[hit.span.start : hit.span.end] == hit.words == word
            assert "\0" not in hit.snippet


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        '""',
        "*",
        "ship*",
        "NEAR(a b)",
        "a OR",
        "NOT",
        "col:x",
        "-x",
        "^ship",
        "(",
        "\0",
        "\ud800",
        "'; --",
        "🙂",
    ],
)
def test_nothing_typed_is_an_error(dossier: Dossier, words: str) -> None:
    assert isinstance(dossier.search(words), tuple)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.text('"*^():-+ ORAND', max_size=20))
def test_no_text_at_all_is_an_error(words: str) -> None:
    of = document("any", 'Some words to look in, (and) a "quote" or two.')
    with Dossier.open() as dossier:
        dossier.add(of, (), reading(of, [("words to look in", "Some", "REPORT")]))
        for hit in dossier.search(words):
            assert of.text[hit.span.start : hit.span.end] == hit.words


def test_a_thousand_words_are_searched_without_fuss(dossier: Dossier) -> None:
    assert dossier.search(" ".join(f"word{n}" for n in range(1000))) == ()


def test_the_limit_holds_and_none_means_none(dossier: Dossier) -> None:
    assert len(dossier.search("the", limit=3)) == 3
    assert dossier.search("the", limit=0) == ()


def test_only_the_readings_that_count_are_searched(dossier: Dossier) -> None:
    of = next(d for d in dossier.documents if d.name == "opinion")
    dossier.add(of, (), reading(of, [("would help nobody", "@author", "ASSESS")], reader="model 2"))
    dossier.add_run(reader="model 2", read=1, unchanged=0, skipped=0, refused=0)
    assert found(dossier, "nobody", kind="statement") == [("statement", "would help nobody", False)]
    dossier.add_run(reader="rules 1", read=0, unchanged=4, skipped=0, refused=0)
    assert found(dossier, "nobody", kind="statement") == [("statement", "A lockout would help nobody", False)]


def test_the_densest_place_is_shown_and_the_others_counted() -> None:
    of = document("long", "talks " + "x " * 300 + "peace talks " + "y " * 300 + "peace")
    with Dossier.open() as dossier:
        dossier.add(of, (), Reading(of.id, "rules 1", (), ()))
        (hit,) = dossier.search("peace talks")
        assert hit.words == "peace talks"
        assert hit.more == 2
        assert hit.snippet.startswith("…") and hit.snippet.endswith("…")
        assert len(hit.snippet) < 200


def test_words_that_stand_everywhere_come_unranked_but_come(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked = dossier.search("the", kind="text")
    monkeypatch.setattr("parley.dossier.search._RANKED", 1)
    unranked = dossier.search("the", kind="text")
    assert {hit.document for hit in unranked} == {hit.document for hit in ranked}
    assert [hit.name for hit in unranked] == ["harbour-daily", "east-wire", "opinion"]  # as they were stored


def test_long_texts_are_searched_by_spelling_with_the_same_hits(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ("oyelaran", '"night shift" union', "ночную", "JURGEN", "oyel", "ship", "the talks")
    before = [dossier.search(words, kind="text") for words in typed]
    monkeypatch.setattr("parley.dossier.search._LONG", 0)
    assert [dossier.search(words, kind="text") for words in typed] == before
    assert all(before)
