"""Reworded copies: told from the text, with the words that tell, and never from an ordinary article."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_samples import HARBOUR, OTHER, document, furniture

from parley.lineage import trace
from parley.lineage.rewording import find_rewording, is_reworded, make_lexicon, synonyms

# A small rewriting program of these tests: words of its own choosing, the same for every text.
SWAPS = {
    "said": "mentioned", "told": "advised", "also": "additionally", "press": "push", "conference": "convention",
    "white": "blank", "house": "dwelling", "prime": "high", "minister": "preacher", "pay": "salary",
    "deal": "discount", "strike": "hit", "supply": "provide", "chain": "sequence", "opinion": "view",
    "poll": "ballot", "research": "analysis", "fellow": "guy", "institute": "academy", "think": "suppose",
    "central": "middle", "bank": "financial institution", "interest": "curiosity", "wage": "salary",
    "resort": "lodge", "minimum": "lowest", "energy": "vitality", "sector": "zone", "power": "strength",
    "natural": "pure", "gas": "fuel", "human": "people", "rights": "privileges", "security": "safety",
    "trade": "commerce", "union": "combination", "people": "folks", "country": "nation", "called": "named",
    "watch": "look", "because": "as a result of", "only": "solely", "more": "extra", "would": "might",
    "after": "following", "found": "discovered", "members": "associates", "side": "facet", "last": "final",
}  # fmt: skip


def spun(text: str, table: dict[str, str]) -> str:
    def swap(match: re.Match[str]) -> str:
        new = table.get(match.group().lower(), match.group())
        return new.capitalize() if match.group()[:1].isupper() else new

    return re.sub(r"[A-Za-z]+", swap, text)


def test_spun_article_is_a_reworded_copy_with_the_telling_words() -> None:
    text = spun(HARBOUR, SWAPS)
    one = document(text, "a")
    found = [d for d in trace([one], furniture(one)).derivations if d.kind == "reworded copy"]
    assert len(found) == 1 and found[0].quotes_altered and found[0].score is not None and found[0].score > 1
    shown = {evidence.span.of(text): evidence.shows for evidence in found[0].evidence}
    assert shown["suppose tank"] == "'suppose tank' stands where English has 'think tank'"
    assert "Push convention" in shown or "push convention" in shown


def test_ordinary_articles_are_not() -> None:
    assert not is_reworded(find_rewording(HARBOUR))
    assert not is_reworded(find_rewording(OTHER))
    assert find_rewording(OTHER).weight < 2


def test_spun_copy_is_linked_to_its_original_and_never_the_original_to_the_copy() -> None:
    copy = document(spun(HARBOUR, SWAPS), "a", date="2025-03-01")
    original = document(HARBOUR, "b", date="2025-03-04")
    other = document(OTHER, "c")
    documents = [copy, original, other]
    lineage = trace(documents, furniture(*documents))
    assert [(d.document, d.of_document) for d in lineage.derivations if d.kind == "reworded copy"] == [
        (copy.id, original.id)
    ]
    assert sorted(len(group.documents) for group in lineage.groups) == [1, 2]
    assert all(d.document == copy.id for d in lineage.derivations)


def test_lightly_spun_copy_that_still_shares_words_names_its_original_too() -> None:
    broken = "\n\n".join(spun(part, SWAPS) if k in (0, 3) else part for k, part in enumerate(HARBOUR.split("\n\n")))
    copy, original = document(broken, "a"), document(HARBOUR, "b")
    found = trace([copy, original], furniture(copy, original)).derivations
    assert {(d.kind, d.of_document) for d in found} == {("near duplicate", original.id), ("reworded copy", original.id)}


def test_translated_copy_is_linked_through_names_and_figures() -> None:
    translated = """This article was automatically translated from Norwegian.

On Tuesday the head of government met journalists at the White House of the harbour, when the organisation of the
dockers had rejected offer number two. Two colleagues of his stood beside him.

The leader of the organisation Maria Holt explained to journalists: 3,5 per cent is less than what rents have
grown. Against were 1240 of the organised, in favour 312. "Work at night has to cost twice as much", so she.

Norvik Lines made known that what it gives stays on the table up to 14 March. Director Peter Aalto sees in the
stoppage danger for deliveries; with Denmark one already talks worse. According to Sigma, 61 per cent in Halden
hold with the workers.

Lena Fisk of the Oslo Institute for Labour expects the bank of issue to look at the pay round exactly. Both have no
other means, she thinks. To the paper Dagen she recalled that the lowest pay went up for the last time in 2019.

Karl Brandt from Statnett counts with 40 ships monthly for Moss; fuel over the Black Sea comes in April at the
earliest. Worth more than 2 million crowns, he finds, is dignity. On Friday one sits together in Bergen and on
Saturday in Tromsø.
"""
    copy, original, other = document(translated, "a"), document(HARBOUR, "b"), document(OTHER, "c")
    lineage = trace([copy, original, other], furniture(copy, original, other))
    found = [d for d in lineage.derivations if d.kind == "machine translation"]
    assert [(d.document, d.of_document) for d in found] == [(copy.id, original.id)]
    joined = next(group for group in lineage.groups if len(group.documents) == 2)
    assert "names and figures" in joined.because


def test_reworded_report_of_another_event_is_not_linked() -> None:
    copy = document(spun(HARBOUR, SWAPS), "a")
    rival = document(
        "Maria Holt of the dockers' union spoke in Bergen on Friday. Norvik Lines was not there. The chair said "
        "that Oslo had promised help, and that Denmark had not. In Halden the gates stayed shut. Peter Aalto will "
        "speak on Monday.\n",
        "b",
    )
    assert len(trace([copy, rival], furniture(copy, rival)).groups) == 2


@pytest.mark.parametrize("word", ["received’t", "made't", "going't"])
def test_contraction_that_no_verb_makes_tells(word: str) -> None:
    text = f"They {word} accept the offer of the port before the winter."
    assert [(telling.span.of(text), telling.kind) for telling in find_rewording(text).telling] == [(word, "token")]


def test_contractions_of_english_do_not_tell() -> None:
    text = "They won't, can't, don’t, didn't, ain't, mustn't, shan't, needn't and wouldn’t; she hasn't and isn't."
    assert find_rewording(text).telling == ()


def test_article_before_the_wrong_sound_tells_and_silent_letters_do_not() -> None:
    text = "It was an consequence of a outcome; an hour, an honest union, a European one, a one-off, an MP."
    assert [telling.span.of(text) for telling in find_rewording(text).telling] == ["an consequence", "a outcome"]


def test_one_typing_error_does_not_convict() -> None:
    assert not is_reworded(find_rewording(f"{OTHER} They made't an mistake in the think tank, and would't say so."))


def test_detection_holds_without_the_words_that_the_program_swaps_first() -> None:
    half = {word for word in synonyms() if hashlib.sha256(word.encode()).digest()[0] % 2}
    text = spun(HARBOUR, SWAPS)
    assert is_reworded(find_rewording(text, lexicon=make_lexicon(half)))


def test_good_english_is_not_listed_as_broken() -> None:
    text = "The vice chairman of the atomic energy agency set out monetary policy and health coverage."
    assert not [telling for telling in find_rewording(text).telling if telling.kind != "word"]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_weighed_and_telling_spans_lie_in_it(text: str) -> None:
    found = find_rewording(text)
    assert all(0 <= telling.span.start < telling.span.end <= len(text) for telling in found.telling)
    assert found.weight >= 0
