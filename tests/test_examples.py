"""The example coverage is what its README says, and none of it is anybody else's text."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from lxml import html

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "ceasefire-call"
SHARED = Path(os.environ.get("PARLEY_SHARED", ROOT / "../shared"))
DOCUMENTS = sorted(p for p in EXAMPLE.iterdir() if p.suffix not in {".json", ".toml"} and p.name != "README.md")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        body = html.fromstring(text).find("body")
        assert body is not None
        text = str(body.text_content())
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def six_word_sequences(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 6]) for i in range(len(words) - 5)}


def shared_share(words: list[str], other: list[str]) -> float:
    own = six_word_sequences(words)
    return len(own & six_word_sequences(other)) / len(own)


def test_the_example_has_six_to_eight_documents() -> None:
    assert 6 <= len(DOCUMENTS) <= 8


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_each_document_has_the_length_of_an_article(path: Path) -> None:
    assert 300 <= len(words_of(path)) <= 900


def test_the_readme_names_every_file_and_says_what_is_invented() -> None:
    readme = " ".join((EXAMPLE / "README.md").read_text(encoding="utf-8").split())
    for path in DOCUMENTS:
        assert f"`{path.name}`" in readme
    assert "What is invented" in readme
    assert "They are not the official texts" in readme


def test_every_sidecar_belongs_to_a_document_and_gives_known_fields() -> None:
    sidecars = sorted(EXAMPLE.glob("*.json"))
    assert sidecars
    names = {path.stem for path in DOCUMENTS}
    for sidecar in sidecars:
        assert sidecar.stem in names
        given = json.loads(sidecar.read_text(encoding="utf-8"))
        assert set(given) <= {"title", "outlet", "author", "date", "language", "note"}
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", given["date"])


def test_the_shared_sequence_measure_finds_a_copy() -> None:
    words = words_of(EXAMPLE / "unsigned_commentary.txt")
    assert shared_share(words, words) == 1.0
    assert shared_share(words, [*words[:20], "and", "then", "something", "else"]) > 0.005


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the shared seed articles are not beside the repository")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_no_document_shares_text_with_a_seed(path: Path) -> None:
    own = words_of(path)
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    assert seeds
    for seed in seeds:
        assert shared_share(own, words_of(seed)) < 0.005, f"{path.name} repeats {seed.name}"
