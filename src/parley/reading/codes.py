"""Codes a statement: act, mode, degree, stance, modifiers and issues, by signs in its words and the cue that ties it.

Every sign that stands in the words votes for acts with the weights of ``votes.toml``, which were counted on hand-coded
training articles (``training/votes.py``); the cue's own act votes too. The act with most votes wins.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from parley.codebook import ISSUES
from parley.records import Stance

_STRONG, _PLAIN = 3.0, 1.0
_CONTEXT = 0.5
"""What a term in the sentence around the words counts for, against one in the words themselves."""
_GROUND = {"H8": 0.5, "H4": 0.7, "H5": 0.6}
"""Issues on which everything in talks stands: they give way to a substantial one."""
_BASE, _SHARE = 0.4, 2.5
"""A term counts for the base, and for more the more the whole article is about its issue."""
_WEAKEST = 0.3
"""The least score that an issue is taken from."""
_SECOND = 0.3
"""A further issue needs this share of the first one's score."""
_DOMINANT = 0.15
"""Where no term points anywhere, the article's own issue is taken if it holds this share."""
_OWN = 1.5
"""What a verb's own act counts for beside the votes of the signs."""
_PLAIN_WORDS = frozenset({"DENY", "REJECT", "ACCUSE"})
"""Acts that their verbs name so plainly that no sign outvotes them."""
_TIED = frozenset({"DEMAND", "ACCEPT", "PROMISE", "REJECT", "PROPOSE"})
"""Acts that words such as "only if" make a condition."""
_TURNED = frozenset({"ACCEPT", "PROMISE", "CONCEDE"})
"""Acts that a negation turns into a refusal."""
_WANTING = frozenset({"DEMAND", "CONDITION", "PROPOSE", "COUNTER", "PROMISE", "ACCEPT", "CONCEDE"})
_GOES_ON = frozenset({"B1", "B2", "B3", "B5", "C2", "G1"})
"""Issues whose proposition is that something goes on or may come: arms, troops, an alliance, sanctions."""
_WHOLE_TRUCE = re.compile(
    r"\b(?:full|general|complete|comprehensive|unconditional|immediate and|total|wider|broader)\b", re.I
)
_BY_VERB = frozenset(
    {"ACCEPT", "REJECT", "DEMAND", "PROMISE", "PROPOSE", "THREATEN", "COUNTER", "CONDITION", "CONCEDE"}
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a statement besides its words."""

    cue_act: str | None  # the act of an object cue; None for speech and for the author
    cue_lemma: str | None
    cue_mode: str | None
    voice: str
    quote: str
    author: bool
    negated: bool = False  # "did not agree to"
    only: bool = False  # "agreed only to": an answer narrower than what was asked


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one statement."""

    act: str
    mode: str | None
    degree: str | None
    stance: Stance
    modifiers: tuple[str, ...]
    by_verb: bool  # the act rests on a verb that carries it, not on signs in the words


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.I) for name, pattern in _toml("signs.toml")[table].items()}


@cache
def _votes() -> dict[str, dict[str, dict[str, float]]]:
    return _toml("votes.toml")


def signs(words: str, about: Circumstances) -> tuple[str, ...]:
    """Return the names of the signs in *words* and of the circumstances, as ``votes.toml`` knows them."""
    found = [name for name, pattern in _patterns("signs").items() if pattern.search(words)]
    found += [f"voice_{about.voice}", f"quote_{about.quote}"]
    found.append("author" if about.author else f"cue_{about.cue_act}" if about.cue_act else "cue_speech")
    if about.cue_lemma:
        found.append("lemma_" + about.cue_lemma.replace(" ", "_"))
    if len(words) < 60:
        found.append("short")
    elif len(words) > 160:
        found.append("long")
    return tuple(found)


_PLAIN_SIGNS = frozenset({"past", "present", "comparative", "figure", "short", "long", "author"})
"""Signs that any sentence may show; they say nothing of talks."""
_BACKGROUND = 50
"""Characters: what an author says in fewer is a fragment or a label."""


def is_background(words: str, about: Circumstances) -> bool:
    """Tell whether an author's words concern nobody's position or conduct in the talks, as far as signs can tell."""
    if not about.author:
        return False
    found = {name for name in signs(words, about) if not name.startswith(("voice_", "quote_"))}
    telling = found - _PLAIN_SIGNS
    if len(words) < _BACKGROUND or not found & {"past", "present", "will", "would", "could", "must", "question"}:
        return True
    return not telling and not issue_scores(words)


def _winner(table: Mapping[str, Mapping[str, float]], found: tuple[str, ...]) -> str:
    score: defaultdict[str, float] = defaultdict(float)
    for name in ("prior", *found):
        for label, weight in table.get(name, {}).items():
            score[label] += weight
    return min(score, key=lambda label: (-score[label], label))


def code(words: str, sentence: str, about: Circumstances, issue: str | None) -> Codes:
    """Code one statement. *sentence* is the sentence around it, *issue* its main issue."""
    found = signs(words, about)
    act, by_verb = _act(found, about)
    mode = (about.cue_mode or _winner(_votes()["mode"], found)) if act == "ASSESS" else None
    degree = degree_of(words, sentence) if act == "ACCEPT" else None
    stance = _stance(act, words, about, issue, found)
    return Codes(act, mode, degree, stance, _modifiers(words, sentence, about), by_verb)


def _act(found: tuple[str, ...], about: Circumstances) -> tuple[str, bool]:
    """Return the act, and whether it rests on the verb: named by it, or turned by how the verb stands."""
    if about.negated and about.cue_act in _TURNED:
        return "REJECT", True
    if about.cue_act in _PLAIN_WORDS:
        return about.cue_act, True
    if about.only and about.cue_act == "ACCEPT":
        return "COUNTER", True
    if "denial" in found and about.voice == "party" and about.cue_act is None and not about.author:
        return "DENY", False
    own = {"own": {about.cue_act: _OWN}} if about.cue_act and about.cue_act != "DO" else {}
    act = _winner({**_votes()["act"], **own}, (*found, "own"))
    if act in _TIED and "only_if" in found and about.voice == "party":
        return "CONDITION", about.cue_act in _TIED
    return act, about.cue_act == act


def degree_of(words: str, sentence: str) -> str:
    """Return how far a consent goes: in principle, only to talk, willing, or in full."""
    for degree in ("in_principle", "procedural", "willing"):
        if _patterns("degrees")[degree].search(words) or (
            degree != "procedural" and _patterns("degrees")[degree].search(sentence)
        ):
            return degree
    return "full"


def _modifiers(words: str, sentence: str, about: Circumstances) -> tuple[str, ...]:
    found = [name for name, pattern in _patterns("modifiers").items() if pattern.search(words)]
    if about.cue_lemma in ("reiterate", "repeat") and "reiterated" not in found:
        found.insert(0, "reiterated")
    if "on_behalf_of" not in found and _patterns("modifiers")["on_behalf_of"].search(sentence):
        found.append("on_behalf_of")
    return tuple(found)


def _stance(act: str, words: str, about: Circumstances, issue: str | None, found: tuple[str, ...]) -> Stance:
    if act in ("ACCUSE", "DENY", "REPORT", "CONSULT", "DEFER") or about.author:
        return "none"
    if act == "CONDITION":
        return "conditional"
    if act not in _BY_VERB:
        praised = "good" in found and "bad" not in found and about.voice == "party" and act == "ASSESS"
        return "for" if praised else "none"
    if act == "REJECT":
        return "against"
    negative = _patterns("stance")["against"].search(words) is not None
    return (
        "against"
        if negative and act in ("DEMAND", "CONCEDE", "PROMISE", "ACCEPT") and issue not in ("A1", "A2", "A3")
        else "for"
    )


def is_ending(act: str, issue: str, words: str) -> bool:
    """Tell whether words want an end of what the issue's proposition says goes on: a ban on arms supplies, say.

    With pressure by sanctions only what is wanted counts: a threat to stop trade, and a ban, are such pressure. An
    alliance that somebody may not join is ended before it begins.
    """
    acts = _WANTING if issue == "G1" else _WANTING | {"DO", "THREATEN"}
    ending, negated = (_patterns("stance")[name].search(words) is not None for name in ("ending", "negated"))
    return issue in _GOES_ON and act in acts and (ending != negated if issue == "C2" else ending and not negated)


_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
Scores = defaultdict[str, float]
_Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """Terms that share all words but the last: ``whole`` last words, and what last words may begin with."""

    whole: dict[str, _Weights]
    stems: dict[str, _Weights]
    sizes: tuple[int, ...]
    """Lengths of the stems, the longest first."""

    def weights(self, last: str) -> _Weights:
        found = self.whole.get(last)
        if found is None:
            found = next((w for size in self.sizes if (w := self.stems.get(last[:size])) is not None), ())
        return found


@cache
def _issue_terms() -> tuple[dict[str, _Terms], dict[str, int]]:
    """Return the terms by the words before their last, and of each first word the longest term's number of words."""
    weights: dict[str, dict[str, float]] = {}
    for issue, terms in _toml("issue_terms.toml").items():
        for strength, weight in (("strong", _STRONG), ("plain", _PLAIN)):
            for term in terms.get(strength, ()):
                entry = weights.setdefault(term, {})
                entry[issue] = max(entry.get(issue, 0.0), weight)
    whole: dict[str, dict[str, _Weights]] = {}
    stems: dict[str, dict[str, _Weights]] = {}
    sizes: dict[str, int] = {}
    for term in sorted(weights, key=lambda term: (-len(term), term)):
        cells = tuple(sorted(weights[term].items()))
        before, _, last = term.rpartition(" ")
        if last.endswith("*"):
            stems.setdefault(before, {})[last[:-1]] = cells
        else:
            whole.setdefault(before, {})[last] = cells
        if before:
            first = before.partition(" ")[0]
            sizes[first] = max(sizes.get(first, 1), term.count(" ") + 1)
    table = {}
    for before in {*whole, *stems}:
        ends = stems.get(before, {})
        table[before] = _Terms(whole.get(before, {}), ends, tuple(sorted({*map(len, ends)}, reverse=True)))
    return table, sizes


@lru_cache(maxsize=65_536)
def _single(word: str) -> _Weights:
    """Return what one word points to; cached, as most words come again and again."""
    return _issue_terms()[0][""].weights(word)


def issue_scores(words: str) -> Scores:
    """Return how much the terms in *words* point to each issue; of terms that share words the longest counts."""
    tokens = _WORD.findall(words.lower())
    terms, sizes = _issue_terms()
    scores: Scores = defaultdict(float)
    at = 0
    while at < len(tokens):
        size = min(sizes.get(tokens[at], 1), len(tokens) - at)
        cells: _Weights = ()
        while size > 1:
            row = terms.get(" ".join(tokens[at : at + size - 1]))
            cells = row.weights(tokens[at + size - 1]) if row is not None else ()
            if cells:
                break
            size -= 1
        for issue, weight in cells or _single(tokens[at]):
            scores[issue] += weight
        at += size
    return scores


def choose_issues(words: str, sentence: Mapping[str, float], document: Mapping[str, float]) -> tuple[str, ...]:
    """Return one to three issues, the main one first; () where nothing points to one.

    *sentence* are the scores of the sentence around, *document* the share of each issue in the whole article: what an
    article is about decides between readings of a common word.
    """
    own = issue_scores(words)
    scores = {
        issue: (own.get(issue, 0.0) + _CONTEXT * sentence.get(issue, 0.0))
        * (_BASE + _SHARE * document.get(issue, 0.0))
        * _GROUND.get(issue, 1.0)
        for issue in ISSUES
        if own.get(issue) or sentence.get(issue)
    }
    if scores.get("A1") and not _WHOLE_TRUCE.search(words):
        for narrower in ("A2", "A3"):
            if own.get(narrower):
                scores["A1"] = min(scores["A1"], 0.9 * scores[narrower])  # "a ceasefire on energy" is not a general one
    ranked = sorted((issue for issue in scores if scores[issue] >= _WEAKEST), key=lambda issue: (-scores[issue], issue))
    if not ranked:
        best = max(document, key=lambda issue: (document[issue], issue), default=None)
        return (best,) if best is not None and document[best] >= _DOMINANT else ()
    return tuple(issue for issue in ranked[:3] if scores[issue] >= _SECOND * scores[ranked[0]])


def document_issues(scores: Mapping[str, float]) -> dict[str, float]:
    """Return each issue's share of what the terms of a whole article point to."""
    weighted = {issue: count * _GROUND.get(issue, 1.0) for issue, count in scores.items()}
    total = sum(weighted.values())
    return {issue: weighted[issue] / total for issue in sorted(weighted)} if total else {}
