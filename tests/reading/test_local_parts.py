"""Word pieces, windows and tags: what the local reader stands on, without its model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.local.model import FOLDER
from parley.reading.local.tags import ATTRIBUTION_TAGS, STATEMENT_TAGS, allowed, best_path, spans, spell
from parley.reading.local.windows import LENGTH, windows
from parley.reading.local.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from parley.reading.sentences import paragraphs
from parley.records import Span

SMALL = WordPiece(
    [
        "[PAD]",
        *("-" * n for n in range(1, 100)),
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "the",
        "dock",
        "##ers",
        "refuse",
        "##d",
        ",",
        ".",
    ]
)


@pytest.fixture(scope="module")
def full() -> WordPiece:
    return WordPiece((FOLDER / "vocabulary.txt").read_text(encoding="utf8").splitlines())


def test_words_fall_into_the_longest_known_pieces() -> None:
    text = "The dockers refused."
    assert [text[p.start : p.end] for p in SMALL.pieces(text, 0, len(text))] == [
        "The",
        "dock",
        "ers",
        "refuse",
        "d",
        ".",
    ]


def test_a_word_without_pieces_is_one_unknown_piece() -> None:
    (piece,) = SMALL.pieces("the Zürich", 4, 10)
    assert (piece.id, piece.start, piece.end) == (UNKNOWN, 4, 10)


def test_accents_case_and_marks_keep_their_places(full: WordPiece) -> None:
    text = "“Ménage”, ŁÓDŹ’s mayor: 漢字 \u200b𝟙😀\0end"
    pieces = full.pieces(text, 0, len(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
    assert [text[p.start : p.end] for p in pieces][:4] == ["“", "Mén", "age", "”"]
    assert {"漢", "字"} <= {text[p.start : p.end] for p in pieces}


@given(st.text(max_size=300))
def test_pieces_lie_in_the_text_in_order_and_leave_out_only_space_and_marks_of_no_width(text: str) -> None:
    pieces = SMALL.pieces(text, 0, len(text))
    assert all(0 <= p.start < p.end <= len(text) for p in pieces)
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
    covered = {at for p in pieces for at in range(p.start, p.end)}
    assert not any(character.isalnum() for at, character in enumerate(text) if at not in covered)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Oyelaran, who leads the dockers' union, said the night-shift must end by 31 March 2026.",
        "“We won't accept 4.5%,” she told the Port Authority — “not now, not ever.”",
        "El ministro pidió más tiempo; Zürich & Łódź declined. naïve façade coöperate",
        "漢字 and العربية mixed: ok?",
    ],
)
def test_pieces_equal_those_of_the_tokenizers_package(text: str, full: WordPiece) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="the tokenizers package is for training only")
    other = tokenizers.BertWordPieceTokenizer(str(FOLDER / "vocabulary.txt"), lowercase=True)
    encoded = other.encode(text, add_special_tokens=False)
    ours = full.pieces(text, 0, len(text))
    assert [p.id for p in ours] == encoded.ids
    assert [(p.start, p.end) for p in ours] == encoded.offsets


def test_windows_are_cut_at_paragraph_ends_and_lose_nothing(full: WordPiece) -> None:
    text = "\n\n".join(f"Paragraph {n} says that the talks of day {n} went on until late at night." for n in range(60))
    kept = list(paragraphs(text))
    found = list(windows(text, kept, full))
    assert all(len(w.ids) <= LENGTH and w.ids[0] == CLS and w.ids[-1] == SEP for w in found)
    assert {w.pieces[0].start for w in found} <= {p.start for p in kept}
    assert [p for w in found for p in w.pieces] == [p for k in kept for p in full.pieces(text, k.start, k.end)]


def test_a_paragraph_longer_than_a_window_is_cut_at_sentences_and_an_endless_one_anywhere(full: WordPiece) -> None:
    sentence = "The two sides met again in the old customs house and parted without a word to the press. "
    long = (sentence * 40).strip()
    found = list(windows(long, [Span(0, len(long))], full))
    assert len(found) > 2
    assert all(long[w.pieces[0].start :].startswith("The two sides") for w in found)
    endless = "word " * 2000
    assert sum(len(w.pieces) for w in windows(endless, [Span(0, len(endless))], full)) == 2000


def test_no_tag_follows_one_that_it_cannot() -> None:
    rng = np.random.default_rng(5)
    table = allowed(ATTRIBUTION_TAGS)
    for _ in range(50):
        scores = rng.normal(size=(30, len(ATTRIBUTION_TAGS))).astype(np.float32)
        path = best_path(scores, ATTRIBUTION_TAGS)
        assert all(table[a, b] for a, b in itertools.pairwise(path))
        assert ATTRIBUTION_TAGS[path[0]][0] in "OBS" and ATTRIBUTION_TAGS[path[-1]][0] in "OES"


def test_the_best_path_is_the_best_of_all_paths() -> None:
    rng = np.random.default_rng(7)
    table = allowed(STATEMENT_TAGS)
    for _ in range(20):
        scores = rng.normal(size=(5, len(STATEMENT_TAGS))).astype(np.float32)
        legal = [
            path
            for path in np.ndindex(*(len(STATEMENT_TAGS),) * 5)
            if STATEMENT_TAGS[path[0]][0] in "OBS"
            and STATEMENT_TAGS[path[-1]][0] in "OES"
            and all(table[a, b] for a, b in itertools.pairwise(path))
        ]
        best = max(legal, key=lambda path: sum(scores[n, tag] for n, tag in enumerate(path)))
        assert tuple(best_path(scores, STATEMENT_TAGS)) == best


def test_tags_of_spans_read_back_as_the_spans() -> None:
    names = ["O", *spell("source", 1), "O", *spell("content", 4), *spell("content", 2), *spell("cue", 3)]
    path = [ATTRIBUTION_TAGS.index(name) for name in names]
    assert spans(path, ATTRIBUTION_TAGS) == [("source", 1, 1), ("content", 3, 6), ("content", 7, 8), ("cue", 9, 11)]


def test_nothing_to_tag_is_no_path() -> None:
    assert best_path(np.zeros((0, 5), np.float32), STATEMENT_TAGS) == []
