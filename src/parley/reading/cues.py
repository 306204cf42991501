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

_AUXILIARIES = frozenset(
    (
        "has have had having is are was were be been being will would could should may might can must did does do to "
        "cannot not never also already again later earlier then now still reportedly previously publicly repeatedly "
        "recently long once initially first both all even only just finally formally nevertheless openly privately "
        "won't wouldn't didn't doesn't don't hasn't haven't hadn't isn't aren't wasn't weren't can't couldn't shouldn't"
    ).split()
)
_NAMES = frozenset({"May", "Will", "Can"})
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|no|any|some|of|for|in|with|by|from|such|each|"
    r"every|former|latest|new|recent|further|first|last|next|final|joint|general|air|peace|trade|military|nuclear|"
    r"drone|missile|phone|hunger|security|labou?r)|['’]s|s['’])\s+$",
    re.I,
)
"""What stands before a noun or a participle used as one: "the proposed deal", "their demand", "a drone strike"."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|not\s+|also\s+)*$", re.I)


_PLURAL = re.compile(
    r"(?:\b(?:I|we|they|you|who|people|men|women|police|both|others|some|many|most|all|few)|\w+s)\s+$", re.I
)
"""What stands before a verb in its bare form; otherwise the form is a noun: "an official report", "drew fire"."""
_ONLY = re.compile(r"\b(?:only|merely)\b", re.I)
_WHETHER = re.compile(r"\s+(?:\w+\s+){0,2}?(?:whether|if|how|why|what|when|who|which)\b", re.I)
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
    """A cue in a text. ``span`` covers auxiliaries, verb and the words that must follow; ``verb`` the form alone."""

    span: Span
    verb: Span
    cue: Cue
    form: str  # the verb form in lower case
    infinitive: bool
    passive: bool
    negated: bool
    only: bool  # "agreed only to", "would only accept"


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


def find_cues(text: str, start: int, end: int) -> Iterator[CueMatch]:
    """Yield the verbal cues in ``text[start:end]`` in order."""
    entries = _entries()
    before: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        form = token.group().lower()
        if form in entries and not (token.group()[0].isupper() and token.start() > start):
            group = _verb_group(text, before, token)
            match = _match(text, group, token, form, start, end)
            if match:
                yield match
        before.append(token)


def _verb_group(text: str, before: list[re.Match[str]], verb: re.Match[str]) -> int:
    """Return where the auxiliaries and adverbs before *verb* begin."""
    begin = verb.start()
    for token in reversed(before):
        word = token.group()
        known = word.lower().replace("’", "'") in _AUXILIARIES or (word.endswith("ly") and word[0].islower())
        if not known or word in _NAMES or text[token.end() : begin].strip():
            break
        begin = token.start()
    return begin


def _match(text: str, begin: int, verb: re.Match[str], form: str, start: int, end: int) -> CueMatch | None:
    auxiliaries = text[begin : verb.start()]
    if all(word.endswith("ly") for word in auxiliaries.split()) and (
        _DETERMINED.search(text, max(start, begin - 16), begin) or text.startswith(" by ", verb.end())
    ):
        return None
    for cue in _entries()[form]:
        if form == cue.lemma.partition(" ")[0] and not auxiliaries and not _PLURAL.search(text, start, begin):
            continue
        if cue.lemma == "ask" and _WHETHER.match(text, verb.end(), end):
            continue  # a question, not a request
        follows = _follows(text, verb.end(), end, cue.after, person=cue.frame == "person")
        if follows is None:
            continue
        return CueMatch(
            span=Span(begin, follows),
            verb=Span(verb.start(), verb.end()),
            cue=cue,
            form=form,
            infinitive=bool(re.search(r"\bto\s+(?:\w+ly\s+)?$", auxiliaries, re.I)),
            passive=bool(_PASSIVE.search(auxiliaries)) and form.endswith(("ed", "en", "n", "t", "d", "ht")),
            negated=bool(_NEGATION.search(auxiliaries)),
            only=bool(_ONLY.search(text, begin, follows)),
        )
    return None


def _follows(text: str, position: int, end: int, after: tuple[str, ...], *, person: bool) -> int | None:
    """Return where the cue ends if one of the required continuations follows, else None."""
    if not after:
        return position
    for words in after:
        if not words:
            return position
        match = _continuation(words, person=person).match(text, position, end)
        if match:
            return position if person else match.end()
    return None


@cache
def _continuation(words: str, *, person: bool) -> re.Pattern[str]:
    """Compile what must follow the verb; a person stands between verb and words: "accused X of"."""
    if person:
        return re.compile(rf"[^.;:\n]{{2,90}}?\b{re.escape(words)}\b")
    return re.compile(rf"\s+(?:only\s+|merely\s+)?{re.escape(words)}(?!\w)", re.I)


@cache
def _nominal_pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(_lexicon()["nominal"], key=len, reverse=True))
    return re.compile(
        rf"(?P<owner>\b[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){{0,4}}(?:['’]s|(?<=s)['’])|\b(?:his|her|its|their)\b)\s+"
        rf"(?:(?!{nouns})[a-z-]+\s){{0,2}}(?P<noun>{nouns})s?\s+(?:that|to|for|of|on|over)\s",
    )


def find_nominal(text: str, start: int, end: int) -> tuple[Span, CueMatch] | None:
    """Return owner and cue of the first nominal cue: "the union's demand for", "its refusal to"."""
    found = _nominal_pattern().search(text, start, end)
    if found is None:
        return None
    noun = found.group("noun")
    act = _lexicon()["nominal"][noun]
    owner = found.group("owner")
    length = len(owner) - (2 if owner.endswith(("'s", "’s")) else 1 if owner.endswith(("'", "’")) else 0)
    span = Span(found.start("noun"), found.end() - 1)
    cue = Cue(noun, "object", act, "evaluate" if act == "ASSESS" else None, ())
    match = CueMatch(span, span, cue, noun, infinitive=False, passive=False, negated=False, only=False)
    return Span(found.start("owner"), found.start("owner") + length), match
