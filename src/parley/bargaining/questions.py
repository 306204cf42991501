"""What people ask of a solved bargain: who gains from delay, what would sign now, which lever flips whom, how much.

Every answer is a frozen record of plain numbers and names, for a scenario's central values unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parley.bargaining.model import Claim, Scenario, measure_names, numbers
from parley.bargaining.packages import package_words
from parley.bargaining.play import Play, play
from parley.bargaining.solve import Solution, solve
from parley.bargaining.standing import Standing, Terms, Zone, accepts, attainable, first_deals, standings, zone
from parley.bargaining.values import FloatArray, apply_levers, with_values
from parley.errors import UnknownName

__all__ = [
    "Change", "Course", "Effect", "Standing", "Terms", "Threshold", "Verdict", "Zone", "attainable", "claims",
    "compare", "course", "effects", "first_deals", "measure", "measures", "number_threshold", "standings",
    "threshold", "worth", "zone",
]  # fmt: skip

_STEPS = 16
_EVEN = 1e-9
"""A change of a value or a chance that is no larger counts as none."""
_BY = "chance of agreement by period "


@dataclass(frozen=True, slots=True)
class Course:
    """Whether a party gains from delay, period by period, while no final agreement is made.

    ``gains``: the worth of waiting less that of the best offer which the others needed would sign, on average over
    where the clocks may stand; above 0 the party gains by waiting; None where the others would sign nothing.
    ``open``: the chance, while they talk, that the others would sign something. ``turns`` holds (period, "gains",
    "loses" or "neither gains nor loses") at each change, the first entry being the first stretch.
    """

    party: str
    gains: tuple[float | None, ...]
    open: tuple[float, ...]
    turns: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a lever, pulled in full, changes: each measure before and after."""

    lever: str
    before: dict[str, float]
    after: dict[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A source's claim about a lever, the measure without and with it, and whether the model bears the claim out."""

    lever: str
    claim: Claim
    before: float
    after: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of a lever (0 to 1) it takes to reach a chance of agreement by a period.

    ``share`` is None where no share does. ``flips`` names the parties that refused the terms then agreed without the
    lever and sign them with it. ``back`` holds shares at which the chance falls below again.
    """

    lever: str
    by: int
    chance: float
    share: float | None
    terms: Terms
    flips: tuple[str, ...]
    back: tuple[float, ...]
    without: float
    full: float


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in two scenarios."""

    measure: str
    first: float
    second: float


def course(scenario: Scenario, solution: Solution, *, limit: int = 60) -> tuple[Course, ...]:
    """Tell who gains from delay in each period while no final agreement is made, and when that turns."""
    path = play(solution, limit=limit, no_final=True)
    found = []
    for party, name in enumerate(scenario.names):
        gains: list[float | None] = []
        chances: list[float] = []
        for index, mass in enumerate(path.mass[:, 0]):
            best = attainable(solution, index, party)[0]
            some = np.isfinite(best) & (mass > 0)
            weight = float(mass[some].sum())
            waits = solution.period(index).wait[0, :, :, party]
            gains.append(float((mass[some] * (waits - best)[some]).sum() / weight) if weight > 0 else None)
            chances.append(min(1.0, weight / max(float(mass.sum()), 1e-300)))
        found.append(Course(name, tuple(gains), tuple(chances), _turns(gains)))
    return tuple(found)


def _turns(gains: Sequence[float | None]) -> tuple[tuple[int, str], ...]:
    turns: list[tuple[int, str]] = []
    for period, gain in enumerate(gains, start=1):
        if gain is not None:
            way = "neither gains nor loses" if abs(gain) <= _EVEN else "gains" if gain > 0 else "loses"
            if not turns or turns[-1][1] != way:
                turns.append((period, way))
    return tuple(turns)


def measures(scenario: Scenario, solution: Solution, path: Play) -> dict[str, FloatArray]:
    """Return the headline measures over draws, by the names of `model.measure_names`.

    The price of patience is what a party loses (above 0) or gains (below 0) if the first period passes without any
    deal: its value less that of waiting.
    """
    game, first = solution.game, solution.period(0)
    price = first.value[:, 0, game.start] - first.wait[:, 0, game.start]
    columns = [path.agreement, path.final[:, 0], path.period]
    columns += [path.interim[:, 0, k] for k in range(len(scenario.interims))]
    columns += [solution.start_value[:, i] for i in range(len(scenario.names))]
    columns += [price[:, i] for i in range(len(scenario.names))]
    return dict(zip(measure_names(scenario), columns, strict=True))


def measure(scenario: Scenario, name: str) -> float:
    """Return one measure of *scenario*; besides the headline ones: “chance of agreement by period N”."""
    solution = solve(scenario)
    path = play(solution)
    if name.startswith(_BY):
        return float(path.final[0, : int(name.removeprefix(_BY))].sum())
    found = measures(scenario, solution, path)
    if name not in found:
        raise UnknownName(f"There is no measure “{name}”; the measures are: {', '.join(found)}.")
    return float(found[name][0])


def claims(scenario: Scenario) -> tuple[Verdict, ...]:
    """Hold what the sources claim of each lever against what the model does when it is pulled."""
    found = []
    for lever in scenario.levers:
        for claim in lever.claims:
            before = measure(scenario, claim.measure)
            after = measure(apply_levers(scenario, [lever.name]), claim.measure)
            change = after - before
            holds = change > _EVEN if claim.moves == "up" else change < -_EVEN
            found.append(Verdict(lever.name, claim, before, after, holds))
    return tuple(found)


def _central(scenario: Scenario) -> dict[str, float]:
    solution = solve(scenario)
    return {name: float(values[0]) for name, values in measures(scenario, solution, play(solution)).items()}


def effects(scenario: Scenario) -> tuple[Effect, ...]:
    """Pull each lever in full, one at a time, and return what changes."""
    before = _central(scenario)
    return tuple(
        Effect(lever.name, before, _central(apply_levers(scenario, [lever.name]))) for lever in scenario.levers
    )


def worth(scenario: Scenario, lever: str) -> dict[str, float]:
    """Return what a lever, such as a guarantee, is worth to each party: its value with the lever less that without."""
    without = solve(scenario).start_value[0]
    pulled = solve(apply_levers(scenario, [lever])).start_value[0]
    return {name: float(pulled[i] - without[i]) for i, name in enumerate(scenario.names)}


def compare(first: Scenario, second: Scenario) -> tuple[Change, ...]:
    """Put two scenarios side by side: every measure that both have."""
    left, right = _central(first), _central(second)
    return tuple(Change(name, left[name], right[name]) for name in left if name in right)


def threshold(
    scenario: Scenario, lever: str, *, by: int = 1, chance: float = 0.5, precision: float = 1e-6
) -> Threshold:
    """Return the least share of *lever* at which the chance of agreement by period *by* reaches *chance*.

    Sixteen steps are scanned and each crossing narrowed to *precision*, sixteenfold a round (a bisection that solves
    its points together). Later crossings are reported too, since the effect need not be monotone. Raises UnknownName
    for a lever that is not there.
    """
    base, full = dict(numbers(scenario)), apply_levers(scenario, [lever])
    sets = {path: (base[path].value, number.value) for path, number in scenario.lever(lever).sets.items()}
    started = with_values(full, {path: base[path] for path in sets})
    return _threshold(scenario, started, lever, sets, by=by, chance=chance, precision=precision)


def number_threshold(
    scenario: Scenario, path: str, end: float, *, by: int = 1, chance: float = 0.5, precision: float = 1e-6
) -> Threshold:
    """Do the same for one number moved from its central value towards *end*; the share is part of that way.

    Raises UnknownName for a number that is not there.
    """
    base = dict(numbers(scenario))
    if path not in base:
        raise UnknownName(f"There is no number “{path}” in this scenario.")
    sets = {path: (base[path].value, end)}
    return _threshold(scenario, scenario, path, sets, by=by, chance=chance, precision=precision)


def _threshold(
    scenario: Scenario, started: Scenario, name: str, sets: Mapping[str, tuple[float, float]], *, by: int,
    chance: float, precision: float,
) -> Threshold:  # fmt: skip
    def reached(shares: FloatArray) -> FloatArray:
        """Chance of agreement by then (shares,); above 0 the clocks stand where the lever puts them."""
        found = np.concatenate([_chances(scenario, sets, shares[:1], by), _chances(started, sets, shares[1:], by)])
        return found if shares[0] == 0 else _chances(started, sets, shares, by)

    grid = np.linspace(0.0, 1.0, _STEPS + 1)
    chances = reached(grid)
    crossings: list[tuple[float, bool]] = []
    for step in np.nonzero((chances[:-1] >= chance) != (chances[1:] >= chance))[0].tolist():
        low, high, rising = float(grid[step]), float(grid[step + 1]), bool(chances[step + 1] >= chance)
        while high - low > precision:
            points = np.linspace(low, high, _STEPS + 1)
            beyond = (reached(points) >= chance) == rising
            first = max(1, int(beyond.argmax()))
            low, high = float(points[first - 1]), float(points[first])
        crossings.append((high, rising))
    share = 0.0 if chances[0] >= chance else next((at for at, rising in crossings if rising), None)
    back = tuple(at for at, rising in crossings if not rising)
    without, full = float(chances[0]), float(chances[-1])
    if share is None or share == 0.0:
        return Threshold(name, by, chance, share, (), (), back, without, full)
    pulled = with_values(started, {path: a + share * (b - a) for path, (a, b) in sets.items()})
    terms, flips = _flipped(scenario, pulled, by)
    return Threshold(name, by, chance, share, terms, flips, back, without, full)


def _chances(scenario: Scenario, sets: Mapping[str, tuple[float, float]], shares: FloatArray, by: int) -> FloatArray:
    some = next(numbers(scenario))
    values = {some[0]: np.full(len(shares), some[1].value)}
    values |= {path: start + shares * (end - start) for path, (start, end) in sets.items()}
    return np.asarray(play(solve(scenario, values), limit=by).final[:, :by].sum(axis=1))


def _flipped(without: Scenario, pulled: Scenario, by: int) -> tuple[Terms, tuple[str, ...]]:
    """Return the likeliest terms with the lever, and who refuses them at the start without it but signs with it."""
    old, new = solve(without), solve(pulled)
    path = play(new, limit=by)
    if new.game.size is not None or path.package[0].max() <= 0:
        return (), ()
    best = int(path.package[0].argmax())
    flips = tuple(
        name
        for index, name in enumerate(without.names)
        if (new.game.needed[index] or new.game.among[index])
        and accepts(new, index)[best]
        and not accepts(old, index)[best]
    )
    return package_words(pulled, new.game.packages[best]), flips
