"""What a person gets from the local reader: verbatim words, who says them, codes, and how sure it is."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.codebook import ACTS, ISSUES, MODES, MODIFIERS
from parley.errors import ReaderError
from parley.reading import reader_named
from parley.reading.local import model as model_module
from parley.reading.local.attributions import find_attributions
from parley.reading.local.model import FOLDER, Model
from parley.reading.local.reader import LocalReader, shipped
from parley.reading.local.windows import windows
from parley.records import AUTHOR, Document, Fact, Reading, Span
from parley.sources import identify

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
STORY = """Pilots and airline meet for a third night

The pilots' union said on Tuesday that it would strike next week unless the airline withdrew its plan to cut rest hours.

“We have offered a freeze on pay for two years,” the union's president, Marta Lindqvist, told reporters. “They have
offered us nothing.”

The airline rejected the offer. Its chief executive, Jonas Hale, said the freeze did not go far enough and accused the
union of misleading passengers.

An analyst at the Larkhill Institute, Ines Abara, said a deal before the weekend was unlikely.
"""


def document(text: str, **facts: Fact) -> Document:
    digest = identify("story", text)
    return replace(
        Document(digest, "story", "story.txt", "text", text, digest, digest, title=None), **facts
    )  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Reading:
    return LocalReader().read(document(STORY))


def test_every_statement_is_words_of_the_article_with_codes_of_the_codebook(reading: Reading) -> None:
    assert len(reading.statements) >= 6
    for statement in reading.statements:
        assert STORY[statement.span.start : statement.span.end] == statement.content
        assert statement.act in ACTS and (statement.mode in MODES if statement.act == "ASSESS" else not statement.mode)
        assert 1 <= len(statement.issues) <= 3 and set(statement.issues) <= set(ISSUES)
        assert set(statement.modifiers) <= set(MODIFIERS)
        assert statement.confidence is not None and 0.0 < statement.confidence < 1.0
    assert len({s.id for s in reading.statements}) == len(reading.statements)


def test_speakers_are_named_by_the_words_that_the_model_points_at(reading: Reading) -> None:
    by = {statement.content.split()[0]: statement for statement in reading.statements}
    said = {s.speaker for s in reading.statements}
    assert {"Marta Lindqvist", "Jonas Hale", "Ines Abara"} <= said, by
    quoted = next(s for s in reading.statements if "nothing" in s.content)
    assert (quoted.speaker, quoted.quote) == ("Marta Lindqvist", "direct")


def test_a_refusal_an_accusation_and_a_forecast_are_told_apart(reading: Reading) -> None:
    assert any(s.act == "REJECT" and "offer" in s.content for s in reading.statements)
    assert any(s.act == "ACCUSE" and "misleading" in s.content for s in reading.statements)
    forecast = next(s for s in reading.statements if "weekend" in s.content)
    assert (forecast.act, forecast.mode, forecast.voice) == ("ASSESS", "forecast", "expert")


def test_a_speaker_has_one_voice_throughout_an_article() -> None:
    """In this example the model alone takes one speaker for a party here and for an expert there."""
    story = EXAMPLES / "ceasefire-call" / "worldpulse_reworded.txt"
    voices: dict[str, set[str]] = {}
    for statement in LocalReader().read(document(story.read_text(encoding="utf8"))).statements:
        voices.setdefault(statement.speaker, set()).add(statement.voice)
    assert len(voices) > 3 and all(len(found) == 1 for found in voices.values())


def test_the_same_text_gives_the_same_reading_on_one_thread_or_two_and_after_other_texts(reading: Reading) -> None:
    two = LocalReader(Model(FOLDER, threads=2))
    two.read(document("Something else entirely was said by the minister about the harbour dues."))
    assert two.read(document(STORY)) == reading


def test_a_paragraph_reads_the_same_whatever_stands_in_other_windows(reading: Reading) -> None:
    filler = " ".join(["The two sides met in the old customs house and parted without a word."] * 60)
    alone = {s.content for s in LocalReader().read(document(STORY + "\n" + filler)).statements}
    assert {s.content for s in reading.statements} <= alone


def test_an_article_in_another_language_is_read_and_flagged() -> None:
    text = (
        "Le ministre a déclaré mardi que son pays n'accepterait jamais cet accord. Les pourparlers reprendront lundi."
    )
    read = LocalReader().read(document(text, language=Fact("fr", "inferred")))
    assert any("another language (fr)" in note for note in read.unread)


@pytest.mark.parametrize(
    "text", ["", " \n ", "?", "\0\0\0", "word " * 5000, "\u202eabc\u202c" * 300, "“" * 2000, "漢字。" * 500]
)
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    for statement in LocalReader().read(document(text)).statements:
        assert statement.span.of(text) == statement.content


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_whatever_the_text_what_is_found_is_verbatim(text: str) -> None:
    for statement in LocalReader().read(document(text)).statements:
        assert statement.span.of(text) == statement.content and statement.content.strip()


def test_attributions_link_source_cue_and_content() -> None:
    found = find_attributions(STORY, shipped())
    texts = [tuple(" ".join(p.of(STORY) for p in part) for part in (a.source, a.cue, a.content)) for a in found]
    assert any("Abara" in source and cue == "said" and "unlikely" in content for source, cue, content in texts), texts


def test_spans_of_windows_linked_together_are_linked_as_each_window_alone() -> None:
    model = shipped()
    short = "The airline rejected the offer, its chief executive said."
    asked = []
    for text, spans in ((STORY, [(12, 30), (31, 60)]), (short, [(2, 6)])):
        (window,) = windows(text, [Span(0, len(text))], model.vocabulary)
        asked.append((model.see(window.ids).states, spans))
    for together, one in zip(model.link(asked), asked, strict=True):
        (alone,) = model.link([one])
        for name in ("points", "codes"):
            ours, theirs = getattr(together, name), getattr(alone, name)
            assert ours.keys() == theirs.keys()
            assert all(np.allclose(ours[key], theirs[key], atol=1e-5) for key in theirs)


def test_a_long_article_is_read_to_its_end() -> None:
    text = "\n\n".join([STORY] * 40)
    starts = [statement.span.start for statement in LocalReader().read(document(text)).statements]
    assert starts and starts[-1] > len(text) - len(STORY) and len(starts) >= 200


def test_the_author_is_the_author() -> None:
    text = "The talks ended without a deal. Nobody expects a quick return to the table, and the mood is grim."
    assert {s.speaker for s in LocalReader().read(document(text)).statements} <= {AUTHOR}


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "weights"))


def test_a_missing_model_is_one_sentence_with_the_mend(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "reader.onnx").unlink()
    with pytest.raises(ReaderError, match=r"model is missing.*reader\.onnx.*--reader rules"):
        Model(folder)


def test_a_damaged_model_is_one_sentence_with_the_mend(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    data = bytearray((folder / "reader.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "reader.onnx").write_bytes(data)
    with pytest.raises(ReaderError, match=r"model is damaged.*--reader rules"):
        Model(folder)


def test_without_a_model_nothing_is_read_by_rules_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "FOLDER", tmp_path)
    article = tmp_path / "story.txt"
    article.write_text(STORY, encoding="utf8")
    with pytest.raises(ReaderError, match="--reader rules"):
        parley.read(article, reader="local", dossier=tmp_path / "call.parley")
    assert not (tmp_path / "call.parley").exists()
    with parley.read(article, reader="rules") as dossier:
        assert dossier.statements
    assert reader_named("rules").name.startswith("rules")
