"""The words of a bargain as frozen records: parties, issues, clocks, interim deals, endings, levers.

A scenario explores assumptions. Every number in it is a `Number`, which carries where it comes from: a statement, a
document, or ``assumed``. Each number has a path (``parties/North/patience``), by which levers and draws change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["fixed", "uniform", "triangular", "normal"]
EndingKind = Literal["horizon", "walk out", "breakdown", "level"]

ASSUMED = "assumed"
"""Source of a number that nobody said and no document shows."""

NOTHING = "nothing"
"""Name in ``in_force`` for a period in which no interim deal is in force."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, how sure it is, and where it comes from.

    ``low`` and ``high`` bound it, ``shape`` says how it is drawn between them, ``sd`` is the standard deviation of
    a normal one. ``words`` are the verbatim words of the document that show it.
    """

    value: float
    low: float | None = None
    high: float | None = None
    shape: Shape = "fixed"
    sd: float | None = None
    sources: tuple[str, ...] = (ASSUMED,)
    words: str = ""

    @property
    def varies(self) -> bool:
        """Tell whether draws change the number."""
        return self.shape != "fixed"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule holds: clock levels, the interim deal in force, the periods (1 is the first). Empty: always."""

    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_force: tuple[str, ...] = ()
    from_period: int | None = None
    until_period: int | None = None

    def in_period(self, period: int) -> bool:
        """Tell whether the rule may hold in *period* (1 is the first)."""
        after = self.from_period is None or period >= self.from_period
        return after and (self.until_period is None or period <= self.until_period)


@dataclass(frozen=True, slots=True)
class Party:
    """A party. ``patience`` is what a unit of its value one period later is worth now.

    ``private`` bounds a cost of refusing a final offer that the party alone knows, drawn anew each period.
    """

    name: str
    patience: Number
    private: tuple[Number, Number] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an issue, with its value to each party."""

    name: str
    values: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a divisible issue there is to share where the condition holds."""

    name: str
    when: Condition
    amount: Number


@dataclass(frozen=True, slots=True)
class Issue:
    """What is bargained over: options with values, or (``sizes`` given) an amount that is shared out.

    ``weights`` multiply an option's values, or a share of the amount, for each party.
    """

    name: str
    weights: Mapping[str, Number]
    options: tuple[Option, ...] = ()
    sizes: tuple[Size, ...] = ()

    @property
    def divisible(self) -> bool:
        """Tell whether the issue is an amount to share."""
        return bool(self.sizes)


@dataclass(frozen=True, slots=True)
class Constraint:
    """Packages that have one of these options on each of these issues are excluded."""

    forbid: Mapping[str, tuple[str, ...]]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who must agree: all of ``needed``, and at least ``quota`` of ``among`` (a proposer counts as agreeing)."""

    needed: tuple[str, ...] = ()
    quota: int = 0
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Chances to propose where the condition holds. What is left to one is the chance that nobody proposes."""

    name: str
    when: Condition
    chances: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Proposers:
    """Who proposes: a fixed ``order`` that repeats, or ``turns``, of which the last that holds applies."""

    order: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Chance that a clock at level ``start`` moves to ``end`` in a period. The last rule that holds applies."""

    name: str
    start: str
    end: str
    chance: Number
    when: Condition = field(default_factory=Condition)


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that changes as time passes: levels in order, where it stands, how it moves."""

    name: str
    levels: tuple[str, ...]
    start: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """What a period without agreement brings to each party where the condition holds. Flows add up."""

    name: str
    when: Condition
    amounts: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Interim:
    """A limited deal on the way: in force for ``lasts`` periods from the one in which it is agreed.

    ``gains`` come once, ``flows`` in each period in force; ``breaks`` is the chance a period that it breaks by
    itself; ``breakers`` may break it at this cost; a deal that is ``once`` cannot be made again.
    """

    name: str
    consent: tuple[str, ...]
    lasts: int
    gains: Mapping[str, Number] = field(default_factory=dict)
    flows: Mapping[str, Number] = field(default_factory=dict)
    breaks: Number = field(default_factory=lambda: Number(0.0))
    breakers: Mapping[str, Number] = field(default_factory=dict)
    once: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ends without agreement: at the horizon, by a walk-out, by breakdown, or when a clock gets somewhere.

    The last ending of a kind whose condition holds applies. ``by`` names who may walk out; ``chance`` is that of a
    breakdown after a period without a deal.
    """

    name: str
    kind: EndingKind
    when: Condition
    payoffs: Mapping[str, Number]
    by: tuple[str, ...] = ()
    chance: Number = field(default_factory=lambda: Number(0.0))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says a lever does: a measure of `questions.measure` goes ``up`` or ``down``."""

    measure: str
    moves: Literal["up", "down"]
    sources: tuple[str, ...] = (ASSUMED,)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lever:
    """A named override: ``sets`` gives numbers by path, ``starts`` where clocks begin instead.

    ``claims`` hold what sources say that it does: results tell whether the model bears them out.
    """

    name: str
    sets: Mapping[str, Number]
    starts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A bargain: what is assumed about it, and nothing about how it ends. ``horizon`` None: without end.

    ``span`` is the horizon with its range and sources, where the file gives more than a whole number: draws and the
    tornado vary it. ``draft`` says that the program suggested the scenario and nobody has yet put their name to it
    (``status = "draft"``).
    """

    title: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    consent: Consent
    proposers: Proposers
    horizon: int | None
    constraints: tuple[Constraint, ...] = ()
    clocks: tuple[Clock, ...] = ()
    flows: tuple[Flow, ...] = ()
    interims: tuple[Interim, ...] = ()
    endings: tuple[Ending, ...] = ()
    levers: tuple[Lever, ...] = ()
    period: str = "period"
    note: str = ""
    tolerance: float = 1e-12
    iterations: int = 20_000
    file: str = ""
    draft: bool = False
    span: Number | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parties, in the order of every array."""
        return tuple(party.name for party in self.parties)

    def lever(self, name: str) -> Lever:
        """Return the lever of that name. Raises KeyError where there is none."""
        for lever in self.levers:
            if lever.name == name:
                return lever
        raise KeyError(name)


def numbers(scenario: Scenario) -> Iterator[tuple[str, Number]]:
    """Yield every number of the scenario with its path, in the order of the file (levers' own numbers excluded)."""
    for party in scenario.parties:
        yield f"parties/{party.name}/patience", party.patience
        if party.private:
            yield f"parties/{party.name}/private/low", party.private[0]
            yield f"parties/{party.name}/private/high", party.private[1]
    for issue in scenario.issues:
        yield from _each(f"issues/{issue.name}/weights", issue.weights)
        for option in issue.options:
            yield from _each(f"issues/{issue.name}/options/{option.name}", option.values)
        for size in issue.sizes:
            yield f"issues/{issue.name}/sizes/{size.name}", size.amount
    for turn in scenario.proposers.turns:
        yield from _each(f"proposers/{turn.name}", turn.chances)
    for clock in scenario.clocks:
        for move in clock.moves:
            yield f"clocks/{clock.name}/{move.name}", move.chance
    for flow in scenario.flows:
        yield from _each(f"flows/{flow.name}", flow.amounts)
    for interim in scenario.interims:
        yield from _each(f"interims/{interim.name}/gains", interim.gains)
        yield from _each(f"interims/{interim.name}/flows", interim.flows)
        yield f"interims/{interim.name}/breaks", interim.breaks
        yield from _each(f"interims/{interim.name}/breakers", interim.breakers)
    for ending in scenario.endings:
        yield from _each(f"endings/{ending.name}", ending.payoffs)
        if ending.kind == "breakdown":
            yield f"endings/{ending.name}/chance", ending.chance


def _each(prefix: str, by_party: Mapping[str, Number]) -> Iterator[tuple[str, Number]]:
    for name, number in by_party.items():
        yield f"{prefix}/{name}", number


def measure_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the headline measures, in the order in which results list them."""
    return (
        "chance of agreement",
        "chance of agreement in period 1",
        "mean period of agreement",
        *(f"chance of “{deal.name}” in period 1" for deal in scenario.interims),
        *(f"value to {name}" for name in scenario.names),
        *(f"price of patience of {name}" for name in scenario.names),
    )
