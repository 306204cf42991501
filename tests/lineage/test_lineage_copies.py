"""Copies and groups: who shares words with whom, which is the original, and why a group holds together."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_samples import HARBOUR, OTHER, document, furniture

from parley.lineage import Lineage, trace
from parley.records import Derivation, Document


def traced(*documents: Document) -> Lineage:
    return trace(documents, furniture(*documents))


def only(lineage: Lineage, kind: str) -> Derivation:
    found = [derivation for derivation in lineage.derivations if derivation.kind == kind]
    assert len(found) == 1, lineage.derivations
    return found[0]


def test_unlike_documents_stand_alone() -> None:
    lineage = traced(document(HARBOUR, "a"), document(OTHER, "b"))
    assert lineage.derivations == ()
    assert [(len(group.documents), group.because) for group in lineage.groups] == [(1, "stands alone")] * 2


def test_same_words_in_another_layout_are_an_exact_duplicate_of_the_earlier() -> None:
    late = document(HARBOUR, "a", date="2025-03-05")
    early = document(HARBOUR.replace("\n", " ").upper(), "b", date="2025-03-04")
    lineage = traced(late, early)
    found = only(lineage, "exact duplicate")
    assert (found.document, found.of_document, found.score) == (late.id, early.id, 1.0)
    assert len(lineage.groups) == 1
    assert lineage.groups[0].because == "a has the same words as b"


def test_furniture_does_not_keep_copies_apart() -> None:
    one = document(f"{HARBOUR}\nShare this article\n", "a")
    two = document(f"{HARBOUR}\nSign up for our free newsletter\n", "b")
    assert only(traced(one, two), "exact duplicate").of_document == one.id


def test_shortened_copy_is_a_near_duplicate_of_the_fuller_text() -> None:
    full = document(HARBOUR, "z")
    short = document("\n\n".join(HARBOUR.split("\n\n")[:3]), "a")
    lineage = traced(full, short)
    found = only(lineage, "near duplicate")
    assert (found.document, found.of_document) == (short.id, full.id)
    assert found.score is not None and found.score >= 0.8
    assert found.evidence
    for evidence in found.evidence:
        assert evidence.span.of(short.text).lower() in HARBOUR.lower()
    assert "%" in lineage.groups[0].because and "six-word sequences" in lineage.groups[0].because


def test_third_of_the_words_joins_and_a_quotation_in_common_does_not() -> None:
    half = "\n\n".join((*HARBOUR.split("\n\n")[:2], OTHER))
    assert len(traced(document(HARBOUR, "a"), document(half, "b")).groups) == 1
    quote = '"It is the last resort of both sides," Lena Fisk said of the dockers in Halden.'
    assert len(traced(document(HARBOUR, "a"), document(f"{OTHER}\n{quote}", "b")).groups) == 2


def test_chain_of_copies_is_one_group() -> None:
    first, second, third, fourth, fifth = HARBOUR.split("\n\n")
    ab = document("\n\n".join((first, second, third)), "ab")
    bc = document("\n\n".join((third, fourth)), "bc")
    cd = document("\n\n".join((fourth, fifth)), "cd")
    lineage = traced(ab, bc, cd)
    assert [len(group.documents) for group in lineage.groups] == [3]


def test_document_that_comes_twice_counts_once() -> None:
    one = document(HARBOUR, "a")
    lineage = traced(one, one)
    assert [group.documents for group in lineage.groups] == [(one.id,)]


def test_documents_without_words_are_not_copies_of_each_other() -> None:
    lineage = traced(document("", "a"), document("...", "b"), document("\n\n", "c"))
    assert len(lineage.groups) == 3 and not lineage.derivations
    assert trace([], {}) == Lineage((), ())


def test_group_id_depends_on_its_members_only() -> None:
    a, b, c = document(HARBOUR, "a"), document(HARBOUR.upper(), "b"), document(OTHER, "c")
    with_other = {group.documents: group.id for group in traced(a, b, c).groups}
    assert traced(a, b).groups[0].id == with_other[traced(a, b).groups[0].documents]


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(range(5)), max_size=6))
@settings(max_examples=25, deadline=None)
def test_every_document_is_in_one_group_whatever_the_order(shuffler: random.Random, picks: list[int]) -> None:
    parts = HARBOUR.split("\n\n")
    documents = [document("\n\n".join((parts[pick], OTHER * (pick % 2))), f"d{k}") for k, pick in enumerate(picks)]
    greyed = furniture(*documents)
    lineage = trace(documents, greyed)
    assert sorted(member for group in lineage.groups for member in group.documents) == sorted(d.id for d in documents)
    texts = {d.id: d.text for d in documents}
    for derivation in lineage.derivations:
        for evidence in derivation.evidence:
            assert evidence.span.of(texts[evidence.document]).strip()
    shuffler.shuffle(documents)
    assert trace(documents, greyed) == lineage


def test_a_thousand_copies_and_a_thousand_strangers_take_seconds() -> None:
    draw = random.Random(7)
    words = [f"w{k}" for k in range(4_000)]
    strangers = [document(" ".join(draw.choices(words, k=400)), f"s{k}") for k in range(1_000)]
    base = draw.choices(words, k=400)
    copies = [document(" ".join([*base[: k % 40], "x", *base[k % 40 :], str(k)]), f"c{k}") for k in range(1_000)]
    start = time.perf_counter()
    lineage = trace([*strangers, *copies], {})
    assert time.perf_counter() - start < 30
    assert len(lineage.groups) == 1_001


@pytest.mark.parametrize("text", ["word " * 2_000_000, "The dockers met. " * 600_000, "A1 " * 500_000])
def test_huge_text_takes_seconds(text: str) -> None:
    one, two = document(text, "a"), document(OTHER, "b")
    start = time.perf_counter()
    assert len(trace([one, two], {}).groups) == 2
    assert time.perf_counter() - start < 30
