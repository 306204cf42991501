"""Whom an actor speaks for: what the actor record says, else what the coverage shows by rule.

Many articles never say "the Ruritanian president Anna Brandt", because every reader knows. Three rules read it from how
the coverage speaks of them; each states itself, and what a person decided always wins (it is in the actor record).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parley.records import AUTHOR, UNRESOLVED, Actor, Record, Statement

__all__ = ["Sides", "sides_of"]

_OFFICIAL = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|minister|leader|chief|ruler|dictator|secretary"
    r"|envoy|negotiator|ambassador|spokes\w+|official|head of (?:state|government|delegation)|mayor|governor)\b",
    re.I,
)
_FORMER = re.compile(
    r"\b(?:former|ex-?|late|onetime|opposition|exiled?|shadow|senat\w+|congress\w*|parliament\w*|house|labou?r|tory"
    r"|conservatives?|republicans?|democrat(?:s|ic)?|liberals?|socialists?)\b",
    re.I,
)
"""Words that show that somebody does not speak for the state: out of office, of a parliament, of a party."""
_SERVES = re.compile(
    r"^(?P<owner>.+?)(?:'s|’s)?\s+(?:special |top |chief |senior |foreign policy |former )*"
    r"(?P<role>administration|government|cabinet|team|camp|aides?|advis[eo]rs?|envoys?|officials|officers|negotiators?"
    r"|spokes\w+|allies in government)$",
    re.I,
)
_AGAIN = (
    "reiterated", "repeated", "restated", "reaffirmed", "outlined", "laid out", "set out", "defended", "underlined",
    "presented",
)  # fmt: skip
_RESTATES = re.compile(
    rf"\b(?P<name>[A-Z][\w’'-]*)\s+(?:also |again |has |had )*(?:{'|'.join(_AGAIN)})"
    r"\s+(?P<state>[A-Z][\w. ]*?)[’']s?\s+(?:\w+\s+)?"
    r"(?:conditions?|position|demands?|terms|readiness|willingness|commitment|red lines?|offer)\b"
)
_OFTEN = 3  # statements that an office must have passed on of one person
_TWICE = 2  # … and how many times as many as of anybody else


@dataclass(frozen=True, slots=True)
class Sides:
    """``of``: every known name to the side that it speaks for. ``because``: why, where a rule here says so."""

    of: dict[str, str]
    because: dict[str, str]


def sides_of(record: Record) -> Sides:
    """Return for every name of the record whom it speaks for: the end of the chain of ``belongs_to``, else itself."""
    actors = record.actors
    canonical: dict[str, str] = {}
    for actor in actors:
        for name in actor.names:
            canonical.setdefault(name, actor.name)
    canonical.update({actor.name: actor.name for actor in actors})
    above = {actor.name: canonical.get(actor.belongs_to, actor.belongs_to) for actor in actors if actor.belongs_to}
    because: dict[str, str] = {}
    for child, parent, why in _inferred(record, canonical, above):
        if child not in above and not _reaches(parent, child, above):
            above[child] = parent
            because[child] = why
    ends = {name: _end(own, above) for name, own in canonical.items()}
    return Sides(ends | {name: _end(name, above) for name in because if name not in ends}, because)


def _inferred(record: Record, canonical: dict[str, str], above: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Yield (actor, whom it belongs to, why), surest rule first."""
    states = {actor.name for actor in record.actors if actor.kind == "state"}
    forms = {name: own for name, own in canonical.items() if own in states}
    party = _parties(record)
    yield from _called(record.statements, canonical, above, forms, party)
    yield from _spoken_for(record.statements, above, states, party)
    yield from _restating(record, forms, party)
    yield from _serving([*record.actors, *_unlisted(record, canonical)], canonical, party)


def _parties(record: Record) -> frozenset[str]:
    """Return the persons (or unknown) who speak as parties, and never as experts."""
    voices: dict[str, set[str]] = defaultdict(set)
    for item in record.statements:
        voices[item.speaker].add(item.voice)
    kinds = {actor.name: actor.kind for actor in record.actors}
    return frozenset(
        name
        for name, found in voices.items()
        if found == {"party"}
        and name not in (AUTHOR, UNRESOLVED)
        and kinds.get(name, "unknown") in ("person", "unknown")
    )


def _called(
    statements: Iterable[Statement],
    canonical: dict[str, str],
    above: dict[str, str],
    forms: dict[str, str],
    party: frozenset[str],
) -> Iterable[tuple[str, str, str]]:
    """Who is called "the Ruritanian president" where they speak."""
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    longest = sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair))
    for item in statements:
        if item.speaker not in party:
            continue
        words = re.sub(r"^(?:the|its|their)\s+", "", item.speaker_text or "", flags=re.I)
        if not _OFFICIAL.search(words) or _FORMER.search(words):
            continue
        named = canonical.get(words, "")
        state = above.get(named) if named != item.speaker else None
        state = state or next(
            (own for form, own in longest if words.startswith((f"{form} ", f"{form}'", f"{form}’"))), None
        )
        if state and state != item.speaker:
            seen[item.speaker].add((state, words))
    for name in sorted(seen):
        if len({state for state, _ in seen[name]}) == 1:
            state, words = min(seen[name])
            yield name, state, f"called “{words}”"


def _spoken_for(
    statements: Iterable[Statement], above: dict[str, str], states: set[str], party: frozenset[str]
) -> Iterable[tuple[str, str, str]]:
    """Whose words an office of a state passes on, far more than anybody else's."""
    passed: dict[str, Counter[str]] = defaultdict(Counter)
    for item in statements:
        for office in item.via[:1]:
            if above.get(office) in states and item.speaker in party:
                passed[office][item.speaker] += 1
    for office in sorted(passed):
        (name, times), *others = passed[office].most_common()
        if times >= _OFTEN and all(times >= _TWICE * other for _, other in others):
            yield name, above[office], f"{office} passes on {times} of their statements"


def _restating(record: Record, forms: dict[str, str], party: frozenset[str]) -> Iterable[tuple[str, str, str]]:
    """Who "reiterated Ruritania's conditions"."""
    if not forms:
        return  # no state is known whose conditions they could be
    lasts: dict[str, set[str]] = defaultdict(set)
    for name in party:
        lasts[name.split()[-1]].add(name)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for document in record.documents:
        restates = any(verb in document.text for verb in _AGAIN)
        for hit in _RESTATES.finditer(document.text) if restates else ():
            owners, state = lasts.get(hit["name"], set()), forms.get(hit["state"])
            if len(owners) == 1 and state is not None:
                found[min(owners)].add((state, " ".join(hit.group().split())))
    for name in sorted(found):
        if len({state for state, _ in found[name]}) == 1:
            state, words = min(found[name])
            yield name, state, f"“{words}”"


def _unlisted(record: Record, canonical: dict[str, str]) -> list[Actor]:
    said = {item.speaker for item in record.statements if item.voice == "party"}
    return [Actor(name, "unknown") for name in sorted(said - canonical.keys() - {AUTHOR, UNRESOLVED})]


def _serving(
    actors: Iterable[Actor], canonical: dict[str, str], party: frozenset[str]
) -> Iterable[tuple[str, str, str]]:
    """Whose administration, aides or envoy they are called."""
    lasts: dict[str, set[str]] = defaultdict(set)
    for name in party:
        lasts[name.split()[-1]].add(name)
    for actor in sorted(actors, key=lambda item: item.name):
        for words in (actor.name, *actor.roles):
            hit = _SERVES.match(words)
            if hit is None or (words != actor.name and _FORMER.search(words)):
                continue
            owner = re.sub(r"^the\s+", "", hit["owner"], flags=re.I)
            owners = {canonical[owner]} if owner in canonical else lasts.get(owner, set())
            owners = {name for name in owners if name in party}
            if len(owners) == 1 and owners != {actor.name}:
                yield actor.name, min(owners), f"called “{words}”"
                break


def _reaches(start: str, wanted: str, above: dict[str, str]) -> bool:
    return wanted in _chain(start, above)


def _end(start: str, above: dict[str, str]) -> str:
    return _chain(start, above)[-1]


def _chain(start: str, above: dict[str, str]) -> list[str]:
    chain = [start]
    while (parent := above.get(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return chain
