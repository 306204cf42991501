"""Codes: act, degree, stance, modifiers and issues."""

from __future__ import annotations

from collections import Counter

import pytest

from parley.codebook import ACTS, ISSUES, MODES
from parley.reading import codes
from parley.reading.codes import Circumstances, choose_issues, code, issue_scores

PARTY = Circumstances(cue_act=None, cue_lemma="say", cue_mode=None, voice="party", quote="indirect", author=False)


def coded(words: str, act: str | None = None, lemma: str = "say", **more: bool) -> codes.Codes:
    about = Circumstances(act, lemma, None, "party", "indirect", author=False, **more)
    return code(words, words, about, None)


@pytest.mark.parametrize(
    ("words", "act", "lemma", "more", "expected"),
    [
        ("the offer of the port authority", "REJECT", "reject", {}, "REJECT"),
        ("that the subject had come up", "DENY", "deny", {}, "DENY"),
        ("the union of plain blackmail", "ACCUSE", "accuse", {}, "ACCUSE"),
        ("a pay rise of nine percent", "DEMAND", "demand", {}, "DEMAND"),
        ("the terms of the mediator", "ACCEPT", "accept", {}, "ACCEPT"),
        ("the terms of the mediator", "ACCEPT", "accept", {"negated": True}, "REJECT"),
        ("a pause in night shifts", "ACCEPT", "agree", {"only": True}, "COUNTER"),
        ("a pause, but only if the port drops its lawsuit", "ACCEPT", "accept", {}, "CONDITION"),
    ],
)
def test_acts_by_their_verb(words: str, act: str, lemma: str, more: dict[str, bool], expected: str) -> None:
    assert coded(words, act, lemma, **more).act == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The government must stop the layoffs and should open the books", "DEMAND"),
        ("we will retaliate with new tariffs if they impose duties", "THREATEN"),
        ("The talks were constructive and productive", "ASSESS"),
    ],
)
def test_acts_by_signs_in_the_words(words: str, expected: str) -> None:
    assert coded(words).act == expected


@pytest.mark.parametrize(
    ("words", "degree"),
    [
        ("the outlines of a deal in principle", "in_principle"),
        ("agreed to hold talks on the matter", "procedural"),
        ("ready to accept the terms", "willing"),
        ("the terms", "full"),
    ],
)
def test_degree_of_consent(words: str, degree: str) -> None:
    assert coded(words, "ACCEPT", "accept").degree == degree


@pytest.mark.parametrize(
    ("words", "modifier"),
    [
        ("may yet return to the table", "hedged"),
        ("did not discuss wages", "negated"),
        ("will return next week", "future"),
        ("only if the lawsuit is dropped", "conditional_on"),
        ("again asked for a rise", "reiterated"),
        ("speaking for the whole crew", "on_behalf_of"),
    ],
)
def test_modifiers(words: str, modifier: str) -> None:
    assert modifier in coded(words).modifiers


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("a ceasefire along the whole front", "A1"),
        ("attacks on energy infrastructure", "A2"),
        ("the release of all prisoners", "F1"),
        ("tariffs on steel", "G1"),
        ("a wage rise for teachers", "G4"),
        ("foreign troops and peacekeepers", "B5"),
        ("uranium enrichment", "B6"),
        ("membership of NATO", "C2"),
    ],
)
def test_issues_by_their_terms(words: str, issue: str) -> None:
    assert choose_issues(words, issue_scores(words), {})[0] == issue


def test_no_issue_is_made_up() -> None:
    assert choose_issues("the weather was mild", Counter(), {}) == ()


def test_lexicons_name_only_what_the_codebook_knows() -> None:
    assert set(codes._toml("issue_terms.toml")) == set(ISSUES)
    votes = codes._votes()
    assert {act for cells in votes["act"].values() for act in cells} <= set(ACTS)
    assert {mode for cells in votes["mode"].values() for mode in cells} <= set(MODES)
    known = {*codes._patterns("signs"), "prior", "author", "short", "long"}
    assert all(name in known or name.startswith(("cue_", "lemma_", "voice_", "quote_")) for name in votes["act"])
