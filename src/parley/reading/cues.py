"""The cue lexicon: verb forms and nouns that tie a speaker to what it says, wants or does (cues.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from parley.records import Span

_AUXILIARIES = (
    r"(?:(?:has|have|had|having|is|are|was|were|be|been|being|(?-i:will)|would|could|should|(?-i:may)|might|(?-i:can)|must|did|does|do|to|"
    r"cannot|won['’]t|wouldn['’]t|didn['’]t|doesn['’]t|don['’]t|hasn['’]t|haven['’]t|hadn['’]t|isn['’]t|aren['’]t|wasn['’]t|"
    r"weren['’]t|can['’]t|couldn['’]t|['’]s|['’]ve|['’]d|not|never|also|already|again|later|earlier|then|now|still|reportedly|"
    r"previously|publicly|repeatedly|recently|long|once|initially|first|both|all|even|only|just|finally|formally|"
    r"nevertheless|openly|privately|\w+ly)\s+)"
)
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|no|any|some|of|for|in|with|by|from|such|each|"
    r"every|former|latest|new|recent|further|first|last|next|final|joint|general|air|peace|trade|military|nuclear|"
    r"drone|missile|phone|hunger|labou?r)|['’]s|s['’])\s+$",
    re.I,
)
"""What stands before a noun or a participle used as one: "the proposed deal", "their demand", "a drone strike"."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|not\s+|also\s+)*$", re.I)


_BARE = frozenset({"DO", "ACCEPT", "DEFER", "CONCEDE", "PROPOSE"})
_NEGATION = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon: ``frame`` speech, object or person; ``act`` None where the content decides."""

    lemma: str
    frame: str
    act: str | None
    mode: str | None
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue in a text. ``span`` covers auxiliaries, verb and the words that must follow; ``verb`` the verb form alone."""

    span: Span
    verb: Span
    cue: Cue
    form: str  # the verb form in lower case
    infinitive: bool
    passive: bool
    negated: bool


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))


@cache
def _entries() -> dict[str, tuple[Cue, ...]]:
    """Map every first verb form to its entries, those with the longest required words first."""
    found: dict[str, list[tuple[int, Cue]]] = {}
    irregular = _lexicon()["irregular"]
    for block in _lexicon()["cues"]:
        for lemma in block["verbs"]:
            verb, _, rest = lemma.partition(" ")
            after = tuple(sorted(block.get("after", ()), key=len, reverse=True))
            if rest:
                after = (rest,)
            cue = Cue(lemma, block["frame"], block.get("act"), block.get("mode"), after)
            for form in _forms(verb, irregular):
                found.setdefault(form, []).append((max((len(a) for a in after), default=0), cue))
    return {form: tuple(cue for _, cue in sorted(cues, key=lambda item: -item[0])) for form, cues in found.items()}


def _forms(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    if verb in irregular:
        return [verb, *irregular[verb]]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if re.search(r"[^aeiou]y$", verb):
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if re.search(r"(?:s|sh|ch|x|z)$", verb):
        return [verb, verb + "es", verb + "ed", verb + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_entries(), key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])({_AUXILIARIES}*)({'|'.join(map(re.escape, forms))})(?![\w-])", re.I)


def find_cues(text: str, start: int, end: int) -> Iterator[CueMatch]:
    """Yield the verbal cues in ``text[start:end]`` in order."""
    for match in _pattern().finditer(text, start, end):
        form = match.group(2).lower()
        auxiliaries = match.group(1)
        if match.group(2)[0].isupper() and match.start() > start:
            continue  # "Canada Post", "Security Call": a name, not a verb
        if not auxiliaries and (
            _DETERMINED.search(text, max(start, match.start() - 16), match.start())
            or text.startswith(" by ", match.end())
        ):
            continue
        for cue in _entries()[form]:
            if form == cue.lemma and cue.act in _BARE and not auxiliaries:
                continue  # "drew fire", "back and forth": the bare form is mostly a noun
            follows = _follows(text, match.end(), end, cue.after, person=cue.frame == "person")
            if follows is None:
                continue
            infinitive = bool(re.search(r"\bto\s+(?:\w+ly\s+)?$", auxiliaries, re.I))
            passive = bool(_PASSIVE.search(auxiliaries)) and form.endswith(("ed", "en", "n", "t", "d", "ht"))
            yield CueMatch(
                Span(match.start(), follows), Span(match.start(2), match.end(2)), cue, form, infinitive, passive,
                bool(_NEGATION.search(auxiliaries)),
            )  # fmt: skip
            break


def _follows(text: str, position: int, end: int, after: tuple[str, ...], *, person: bool) -> int | None:
    """Return where the cue ends if one of the required continuations follows, else None."""
    if not after:
        return position
    for words in after:
        if not words:
            return position
        if person:  # the person stands between: "accused X of"
            if re.compile(rf"[^.;:\n]{{2,90}}?\b{re.escape(words)}\b").match(text, position, end):
                return position
            continue
        match = re.compile(rf"\s+{re.escape(words)}(?!\w)", re.I).match(text, position, end)
        if match:
            return match.end()
    return None


@cache
def nominal_cues() -> dict[str, str]:
    """Nouns that carry an act: "demand", "refusal"."""
    return dict(_lexicon()["nominal"])
