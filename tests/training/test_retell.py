"""Articles told anew: other names, the same statements."""

from __future__ import annotations

from typing import Any

from training.retell import Teller, persons

from parley.reading.local.wordpiece import WordPiece

TEXT = (
    "Envoy Jonas Hale of Norway said the Norwegian fleet would stay. Hale's offer stands.\n\n"
    "Iceland wants it gone, Marta Lind said in Reykjavik.\n\n“No,” Mr. Hale said."
)
NAMES = ("Jonas Hale", "Marta Lind", "Ines Abara", "Rolf Berg", "Dockers Union")


def row(content: str, source: str, speaker: str) -> dict[str, Any]:
    start, at = TEXT.index(content), TEXT.index(source)
    return {
        "start": start, "end": start + len(content), "source": [at, at + len(source)], "cue": None,
        "speaker": speaker, "addressee": "Norway", "via": [],
    }  # fmt: skip


ROWS = [
    row("the Norwegian fleet would stay", "Envoy Jonas Hale of Norway", "Jonas Hale"),
    row("Hale's offer stands", "Hale", "Jonas Hale"),
    row("Iceland wants it gone", "Marta Lind", "Marta Lind"),
]


def told() -> list[tuple[str, list[dict[str, Any]]]]:
    teller = Teller([{"speaker": name, "addressee": None} for name in NAMES], 7)
    return [teller.renamed(TEXT, ROWS) for _ in range(20)]


def test_statements_keep_their_words_but_for_the_names() -> None:
    seen = set()
    for text, rows in told():
        first, second, third = (text[r["start"] : r["end"]] for r in rows)
        assert first.startswith("the ") and first.endswith(" fleet would stay") and len(first.split()) == 5
        assert second.endswith("'s offer stands") and second.split("'")[0] == rows[1]["speaker"].split()[-1]
        assert third.endswith(" wants it gone")
        source = text[slice(*rows[0]["source"])]
        assert source.startswith(f"Envoy {rows[0]['speaker']} of ") and source.endswith(rows[0]["addressee"])
        seen.add(text)
    assert len(seen) > 10 and any("Hale" not in text for text in seen) and any("Norw" not in text for text in seen)


def test_the_windows_of_an_article_hold_all_its_words_once() -> None:
    letters = sorted(set(TEXT.lower()))
    words = WordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters)])
    teller = Teller([{"speaker": name, "addressee": None} for name in NAMES], 7)
    cuts = set()
    for _ in range(12):
        pieces = [piece for window in teller.cut(TEXT, words) for piece in window.pieces]
        assert pieces == words.pieces(TEXT, 0, len(TEXT))
        cuts.add(next(teller.cut(TEXT, words)).pieces[-1].end)
    assert len(cuts) > 1


def test_bodies_are_no_persons() -> None:
    assert persons([{"speaker": "Dockers Union", "addressee": "Rolf Berg"}]) == {"Rolf Berg"}
