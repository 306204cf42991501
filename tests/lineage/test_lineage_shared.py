"""Floors on the shared articles: pairs of one origin, the seeds, and no false alarms."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from lineage_samples import document, furniture

from parley.lineage import Lineage, trace
from parley.lineage.rewording import find_rewording, is_reworded
from parley.lineage.translation import find_translation
from parley.records import Document

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))
needs_shared = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is not here")


@cache
def corpus() -> tuple[Document, ...]:
    paths = [path for part in ("train", "dev", "more") for path in sorted((SHARED / "corpus" / part).glob("*.txt"))]
    return tuple(document(path.read_text(encoding="utf-8"), path.stem) for path in paths)


@cache
def seeds() -> tuple[tuple[Document, ...], Lineage]:
    found = [document(path.read_text(encoding="utf-8"), path.stem) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    return tuple(found), trace(found, furniture(*found))


@needs_shared
def test_pairs_of_one_origin_are_found_and_no_others() -> None:
    documents = corpus()
    lineage = trace(documents, furniture(*documents))
    group = {member: found.id for found in lineage.groups for member in found.documents}
    names = {found.name: group[found.id] for found in documents}
    pairs = json.loads((SHARED / "corpus" / "lineage_pairs.json").read_text(encoding="utf-8"))
    right = sum(pair["same_origin"] and names[pair["a"]] == names[pair["b"]] for pair in pairs)
    called = sum(names[pair["a"]] == names[pair["b"]] for pair in pairs)
    there = sum(pair["same_origin"] for pair in pairs)
    assert 2 * right / (called + there) >= 0.98


@needs_shared
def test_no_ordinary_article_is_called_reworded_or_translated_by_its_marks() -> None:
    documents = corpus()
    greyed = furniture(*documents)
    assert [found.name for found in documents if is_reworded(find_rewording(found.text))] == []
    marked = [found.name for found in documents if (mark := find_translation(found, greyed[found.id])) and mark.score]
    assert marked == []


@needs_shared
@pytest.mark.parametrize(
    ("number", "kind", "source"),
    [
        (0, "reprint", "TVP World"),
        (1, "reprint", "The Times"),
        (2, "reworded copy", None),
        (3, "machine translation", None),
        (3, "wire copy", "Reuters"),
    ],
)
def test_seed_states_or_shows_its_origin(number: int, kind: str, source: str | None) -> None:
    documents, lineage = seeds()
    found = [d for d in lineage.derivations if d.document == documents[number].id and d.kind == kind]
    assert [derivation.source for derivation in found] == [source]
    assert found[0].evidence
    assert found[0].quotes_altered == (kind in ("reworded copy", "machine translation"))


@needs_shared
def test_seeds_are_five_origins_and_the_last_has_no_derivation() -> None:
    documents, lineage = seeds()
    assert len(lineage.groups) == 5
    assert not [d for d in lineage.derivations if d.document == documents[4].id]


@needs_shared
def test_reworded_seed_shows_names_and_expressions_that_were_broken() -> None:
    documents, lineage = seeds()
    derivation = next(d for d in lineage.derivations if d.kind == "reworded copy")
    words = {evidence.span.of(documents[2].text).lower() for evidence in derivation.evidence}
    assert {"suppose tank", "white home", "fox information", "heart for", "received’t"} <= words


@needs_shared
def test_translated_seed_shows_the_disclaimer_and_the_decimal_comma() -> None:
    documents, lineage = seeds()
    derivation = next(d for d in lineage.derivations if d.kind == "machine translation")
    words = [evidence.span.of(documents[3].text) for evidence in derivation.evidence]
    assert words[0].startswith("Disclaimer:") and "3,3" in words
