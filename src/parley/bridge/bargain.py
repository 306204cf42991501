"""From a dossier to the draft of a bargain: parties, issues, utilities, weights and clocks, as the record has them.

Rules, in words. A state, office, organisation or group with a name of its own that takes a position becomes a party,
those first whom the most independent sources report (others only where there are fewer than two such; the file's head
names them). A party must agree if it answers, demands or sets conditions, else it only proposes. An issue on which a
party takes a position can be agreed, agreed in part, or left out. What a party demands is worth 1 to it if agreed, what
it finds acceptable 0.7, what it refuses 0; what it says nothing about has no known worth and a range from 0.2 to 0.8.
Issues weigh by independent sources and by words of stress. Clocks, patience, the horizon and what the end without a
deal is worth come from the table of leverage (`clocks`). Every number names its statements or says "assumed", and has a
range.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parley.analysis.index import HARD_ACTS, Index
from parley.bargaining.check import check
from parley.bargaining.model import (
    ASSUMED,
    Clock,
    Condition,
    Consent,
    Ending,
    Flow,
    Interim,
    Issue,
    Lever,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Turn,
)
from parley.bargaining.write import dumps
from parley.bridge.clocks import Guess, Leverage
from parley.codebook import ISSUES
from parley.errors import ModelError
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["HEADING", "STRESS", "draft", "draft_text"]

HEADING = """\
A draft that Parley proposes from a dossier, for a person to correct. Nothing in it is a finding: each number names the
statements that bear on it, or says that it is assumed, and its range says how little is known.
Read it top to bottom: drop parties and issues that don't matter, set weights and worths, then the clocks.
When you stand behind it, take out the line that says that it is a draft."""

MOST_PARTIES, MOST_ISSUES, MOST_CLOCKS, HORIZON = 5, 5, 5, 12

STRESS = re.compile(
    r"\bkey (?:condition|demand|issue)|\bred lines?\b|\biron-?clad\b|\bnon-?negotiable\b|\bnever\b|\bonly if\b"
    r"|\babove all\b|\bunder no\b|\btop priority\b|\bvital\b|\binsist",
    re.IGNORECASE,
)
"""Words that show that an issue weighs much with its speaker."""

_ANSWERS = frozenset({"ACCEPT", "REJECT", "COUNTER", "CONDITION", "DEMAND", "CONCEDE", "DEFER"})
_NAMED_IN_HEAD = 8
_LASTING = frozenset({"state", "organisation", "group", "office"})
_WILLING = frozenset({"ACCEPT", "PROPOSE", "COUNTER", "DO", "PROMISE"})
_INTERIM = ("A2", "A3", "F1")  # sectoral truce, maritime truce, exchange: done on the way, not the settlement
_TERMS = (*(key for key, entry in ISSUES.items() if entry.group in "ABCDEFG" and key != "A6"), "H1")


def draft(record: Record) -> Scenario:
    """Return a draft scenario from *record*. Raises ModelError where fewer than two sides take a position."""
    return _Draft(record).scenario()


def draft_text(record: Record) -> str:
    """Return the draft as a bargain file."""
    made = _Draft(record)
    left_out = ""
    if made.left_out:
        names = ", ".join(made.left_out[:_NAMED_IN_HEAD])
        left_out = f"\nLeft out, though they take positions: {names}.\nJoin them to their sides with `parley actors`."
    return dumps(made.scenario(), heading=HEADING + left_out)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What an answer to an issue is worth: agreed, in part, left out; each value with its range."""

    agreed: tuple[float, float, float]
    part: tuple[float, float, float]
    left_out: tuple[float, float, float]


_DEMANDED = _Worth((1.0, 0.9, 1.0), (0.5, 0.3, 0.7), (0.0, -0.2, 0.1))
_ACCEPTABLE = _Worth((0.7, 0.5, 0.9), (0.7, 0.5, 0.9), (0.3, 0.1, 0.5))
_REFUSED = _Worth((0.0, -0.2, 0.1), (0.4, 0.2, 0.6), (1.0, 0.9, 1.0))
_UNKNOWN = _Worth((0.5, 0.2, 0.8), (0.5, 0.2, 0.8), (0.5, 0.2, 0.8))


class _Draft:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.index = Index.of(record)
        held: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        by_side: dict[str, list[Statement]] = defaultdict(list)
        for statement in record.statements:
            takes = statement.act in HARD_ACTS or statement.stance != "none"
            if statement.voice == "party" and statement.speaker != UNRESOLVED and takes and statement.issues:
                side = self.index.side(statement.speaker)
                by_side[side].append(statement)
                held[side, statement.issues[0]].append(statement)
        ranked = sorted(by_side, key=lambda side: (-self.index.groups(by_side[side]), -len(by_side[side]), side))
        lasting = [side for side in ranked if self._kind(side) in _LASTING and side[:1].isupper()]
        self.sides = tuple((lasting if len(lasting) >= 2 else ranked)[:MOST_PARTIES])
        self.left_out = tuple(side for side in ranked if side not in self.sides)
        self.by_side, self.held = by_side, held
        if len(self.sides) < 2:
            raise ModelError(
                "The dossier shows positions of fewer than two sides; read more coverage, or join speakers to their "
                "sides with `parley actors`."
            )
        self.leverage = Leverage(record, self.index, {side: self._names(side) for side in self.sides})
        self.issues = self._issues()
        if not self.issues:
            raise ModelError(
                "The dossier shows no position on terms that could be agreed, only on how talks go; read more coverage."
            )

    def _kind(self, side: str) -> str:
        actor = self.index.actors.get(side)
        return actor.kind if actor is not None else "unknown"

    def _issues(self) -> tuple[str, ...]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for (side, issue), statements in self.held.items():
            if side in self.sides and issue in _TERMS and issue not in self._interim_ids():
                found[issue] += statements
        ranked = sorted(found, key=lambda key: (-self.index.groups(found[key]), -len(found[key]), key))
        return tuple(sorted(ranked[:MOST_ISSUES]))

    def _interim_ids(self) -> tuple[str, ...]:
        """Return narrower deals that two sides or more have accepted, proposed or carried out."""
        return tuple(key for key in _INTERIM if len(self._willing(key)) >= 2)

    def _willing(self, issue: str) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.record.statements:
            side = self.index.side(statement.speaker)
            concerned = statement.voice == "party" and issue in statement.issues and side in self.sides
            if concerned and statement.act in _WILLING and statement.stance != "against":
                found[side].append(statement)
        return found

    def scenario(self) -> Scenario:
        clocks, flows = self._clocks()
        span = self._guessed(self.leverage.horizon(HORIZON))
        result = Scenario(
            title="Draft bargain from a dossier",
            note="A worth of 1 lies between the best and the worst outcome of an issue; a period is a month.",
            parties=tuple(Party(side, self._guessed(self.leverage.patience(side))) for side in self.sides),
            issues=tuple(self._issue(key) for key in self.issues),
            consent=Consent(needed=self._needed()),
            proposers=Proposers(turns=(self._turn(),)),
            horizon=int(span.value),
            span=span,
            clocks=clocks,
            flows=flows,
            interims=tuple(self._interim(key) for key in self._interim_ids()),
            endings=(
                Ending(
                    "nothing is agreed",
                    "horizon",
                    Condition(),
                    {side: self._guessed(self.leverage.without(side)) for side in self.sides},
                ),
            ),
            levers=tuple(lever for clock in clocks for lever in _levers(clock)),
            period="month",
            file="draft",
            draft=True,
        )
        check(result)
        return result

    def _all(self, value: float, low: float, high: float) -> dict[str, Number]:
        return {side: Number(value, low, high, "triangular") for side in self.sides}

    def _cited(self, value: tuple[float, float, float], statements: Sequence[Statement]) -> Number:
        """Make a number that names the statements, latest first, with the words of the latest unaltered one."""
        middle, low, high = (round(end, 3) for end in value)
        if not statements:
            return Number(middle, low, high, "triangular")
        latest = sorted(statements, key=self.index.order, reverse=True)
        quoted = next((s for s in latest if not self.index.altered(s)), None)
        sources = tuple(f"statement {statement.id}" for statement in latest[:5])
        return Number(middle, low, high, "triangular", None, sources, quoted.content if quoted else "")

    def _needed(self) -> tuple[str, ...]:
        needed = tuple(side for side in self.sides if any(s.act in _ANSWERS for s in self.by_side[side]))
        return needed if len(needed) >= 2 else self.sides[:2]

    def _turn(self) -> Turn:
        made = {side: [s for s in self.by_side[side] if s.act in {"PROPOSE", "COUNTER"}] for side in self.sides}
        total = sum(len(found) + 1 for found in made.values())
        chances = {}
        shares = {side: math.floor(1000 * (len(found) + 1) / total) / 1000 for side, found in made.items()}
        shares[self.sides[0]] = round(shares[self.sides[0]] + 1 - sum(shares.values()), 3)
        for side, found in made.items():
            chance = shares[side]
            chances[side] = self._cited((chance, chance / 2, min(1.0, chance * 1.5)), found)
        return Turn("by proposals made", Condition(), chances)

    def _names(self, side: str) -> re.Pattern[str]:
        """Return a pattern that finds the side, and whoever speaks for it, by any name."""
        names = {side}
        for actor in self.record.actors:
            if self.index.side(actor.name) == side:
                names |= {actor.name, *actor.names}
        return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=lambda n: (-len(n), n))))

    def _issue(self, key: str) -> Issue:
        raw = {side: self._stress(side, key) for side in self.sides}
        totals = {side: sum(self._stress(side, other) for other in self.issues) for side in self.sides}
        weights = {}
        for side in self.sides:
            weight = round(raw[side] / totals[side], 3)
            weights[side] = self._cited((weight, weight * 0.6, weight * 1.4), self.held.get((side, key), []))
        worths = {side: self._worth(side, key) for side in self.sides}
        options = tuple(
            Option(name, {s: self._cited(getattr(worths[s], field), self.held.get((s, key), [])) for s in self.sides})
            for name, field in (("agreed", "agreed"), ("agreed in part", "part"), ("left out", "left_out"))
        )
        return Issue(self.index.label(key).replace("/", " or "), weights, options)

    def _stress(self, side: str, key: str) -> float:
        """Return the raw weight: independent sources, two more for words of stress, a quarter for silence."""
        found = self.held.get((side, key), [])
        if not found:
            return 0.25
        return self.index.groups(found) + (2.0 if any(STRESS.search(s.content) for s in found) else 0.0)

    def _worth(self, side: str, key: str) -> _Worth:
        """Read the side's latest position from stance, act and degree."""
        found = sorted(self.held.get((side, key), []), key=self.index.order)
        coded = [s for s in found if s.stance != "none"] or found
        if not coded:
            return _UNKNOWN
        last = coded[-1]
        if last.stance == "against" or (last.stance == "none" and last.act == "REJECT"):
            return _REFUSED
        if last.stance == "conditional" or last.act in {"ACCEPT", "CONCEDE", "DEFER", "COUNTER"}:
            return _ACCEPTABLE
        return _DEMANDED if last.stance == "for" else _UNKNOWN

    def _interim(self, key: str) -> Interim:
        willing = self._willing(key)
        sides = tuple(side for side in self.sides if side in willing)
        flows = {side: self._cited((0.01, 0.0, 0.03), willing[side]) for side in sides}
        breaks = Number(0.2, 0.05, 0.5, "triangular")
        return Interim(self.index.label(key).replace("/", " or "), sides, 1, flows=flows, breaks=breaks)

    def _clocks(self) -> tuple[tuple[Clock, ...], tuple[Flow, ...]]:
        clocks, flows = [], [Flow("a month without agreement", Condition(), self._all(0.0, -0.02, 0.02))]
        for name, rows in self.leverage.clocks(self._needed(), most=MOST_CLOCKS).items():
            chance = self._guessed(self.leverage.turns(rows))
            clocks.append(Clock(name, ("as now", "turned"), "as now", (Move("turns", "as now", "turned", chance),)))
            amounts = {side: self._guessed(self.leverage.effect(side, rows)) for side in self.sides}
            flows.append(Flow(f"{name} has turned", Condition({name: ("turned",)}), amounts))
        return tuple(clocks), tuple(flows)

    def _guessed(self, guess: Guess) -> Number:
        return self._cited(guess.triple, guess.statements)


def _levers(clock: Clock) -> tuple[Lever, ...]:
    path = f"clocks/{clock.name}/{clock.moves[0].name}"
    return (
        Lever(f"{clock.name}: held", {path: Number(0.0, sources=(ASSUMED,))}, note="What if this clock stood still?"),
        Lever(f"{clock.name}: turns soon", {path: Number(0.5, sources=(ASSUMED,))}, note="What if it turned soon?"),
    )
