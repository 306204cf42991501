"""Values for the numbers of a scenario: central ones, levers in part or in full, and draws by quantile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from parley.bargaining.model import Clock, Number, Scenario, numbers
from parley.errors import UnknownName

FloatArray = npt.NDArray[np.float64]
Values = Mapping[str, "float | FloatArray"]

__all__ = ["Values", "apply_levers", "draws", "frozen", "quantile", "varying", "with_values"]


def quantile(number: Number, share: float) -> float:
    """Return the quantile of *number* at *share* of its distribution, 0 < share < 1."""
    low = number.value if number.low is None else number.low
    high = number.value if number.high is None else number.high
    if number.shape == "uniform":
        return low + share * (high - low)
    if number.shape == "triangular":
        width = high - low
        peak = (number.value - low) / width if width > 0 else 0.0
        if share < peak:
            return float(low + width * (share * peak) ** 0.5)
        return float(high - width * ((1 - share) * (1 - peak)) ** 0.5)
    if number.shape == "normal" and number.sd:
        drawn = NormalDist(number.value, number.sd).inv_cdf(share)
        floor = -np.inf if number.low is None else number.low
        top = np.inf if number.high is None else number.high
        return float(min(max(drawn, floor), top))
    return number.value


def varying(scenario: Scenario) -> dict[str, Number]:
    """Return the numbers that have a range or a distribution, by path, in the order of the file."""
    return {path: number for path, number in numbers(scenario) if number.varies}


def draws(scenario: Scenario, shares: FloatArray) -> dict[str, FloatArray]:
    """Turn *shares* (draws × varying numbers, each in (0, 1)) into values by path."""
    return {
        path: np.array([quantile(number, float(share)) for share in shares[:, column]])
        for column, (path, number) in enumerate(varying(scenario).items())
    }


def apply_levers(scenario: Scenario, names: Sequence[str], *, share: float = 1.0) -> Scenario:
    """Return the scenario with these levers pulled; *share* of a lever moves its numbers that part of the way.

    Where a clock starts cannot be moved in part: it changes as soon as *share* is above 0. A lever's number
    keeps its own sources. Raises UnknownName for a lever that the scenario does not have.
    """
    sets: dict[str, Number] = {}
    starts: dict[str, str] = {}
    for name in names:
        try:
            lever = scenario.lever(name)
        except KeyError:
            known = ", ".join(f"“{lever.name}”" for lever in scenario.levers) or "none"
            raise UnknownName(f"There is no lever “{name}” in this scenario; its levers are: {known}.") from None
        sets.update(lever.sets)
        if share > 0:
            starts.update(lever.starts)
    base = dict(numbers(scenario))
    mixed = {path: _between(base[path], number, share) for path, number in sets.items()}
    clocks = tuple(replace(clock, start=starts.get(clock.name, clock.start)) for clock in scenario.clocks)
    return replace(with_values(scenario, mixed), clocks=_clocks(replace(scenario, clocks=clocks), mixed))


def frozen(scenario: Scenario, clock: str) -> Scenario:
    """Return the scenario with a clock that never moves: what is left without it."""
    paths = [path for path, _ in numbers(scenario) if path.startswith(f"clocks/{clock}/")]
    return with_values(scenario, dict.fromkeys(paths, 0.0))


def _between(base: Number, end: Number, share: float) -> Number:
    if share >= 1.0:
        return end
    value = base.value + share * (end.value - base.value)
    if share <= 0.0:
        return base
    return Number(value, sources=end.sources, words=end.words)


def with_values(scenario: Scenario, values: Mapping[str, Number | float]) -> Scenario:
    """Return the scenario with the numbers at these paths replaced. Raises UnknownName for a path it does not have."""
    known = dict(numbers(scenario))
    for path in values:
        if path not in known:
            raise UnknownName(f"There is no number “{path}” in this scenario; see `numbers` for the paths it has.")
    new = {path: value if isinstance(value, Number) else Number(float(value)) for path, value in values.items()}

    def per(prefix: str, old: Mapping[str, Number]) -> dict[str, Number]:
        return {name: new.get(f"{prefix}/{name}", number) for name, number in old.items()}

    parties = []
    for party in scenario.parties:
        here = f"parties/{party.name}"
        private = party.private
        if private:
            private = (new.get(f"{here}/private/low", private[0]), new.get(f"{here}/private/high", private[1]))
        parties.append(replace(party, patience=new.get(f"{here}/patience", party.patience), private=private))
    issues = []
    for issue in scenario.issues:
        here = f"issues/{issue.name}"
        options = tuple(replace(o, values=per(f"{here}/options/{o.name}", o.values)) for o in issue.options)
        sizes = tuple(replace(s, amount=new.get(f"{here}/sizes/{s.name}", s.amount)) for s in issue.sizes)
        issues.append(replace(issue, weights=per(f"{here}/weights", issue.weights), options=options, sizes=sizes))
    turns = tuple(replace(t, chances=per(f"proposers/{t.name}", t.chances)) for t in scenario.proposers.turns)
    flows = tuple(replace(f, amounts=per(f"flows/{f.name}", f.amounts)) for f in scenario.flows)
    interims = tuple(
        replace(
            interim,
            gains=per(f"interims/{interim.name}/gains", interim.gains),
            flows=per(f"interims/{interim.name}/flows", interim.flows),
            breaks=new.get(f"interims/{interim.name}/breaks", interim.breaks),
            breakers=per(f"interims/{interim.name}/breakers", interim.breakers),
        )
        for interim in scenario.interims
    )
    endings = tuple(
        replace(
            ending,
            payoffs=per(f"endings/{ending.name}", ending.payoffs),
            chance=new.get(f"endings/{ending.name}/chance", ending.chance),
        )
        for ending in scenario.endings
    )
    return replace(
        scenario,
        parties=tuple(parties),
        issues=tuple(issues),
        proposers=replace(scenario.proposers, turns=turns),
        clocks=_clocks(scenario, new),
        flows=flows,
        interims=interims,
        endings=endings,
    )


def _clocks(scenario: Scenario, new: Mapping[str, Number]) -> tuple[Clock, ...]:
    return tuple(
        replace(
            clock,
            moves=tuple(replace(m, chance=new.get(f"clocks/{clock.name}/{m.name}", m.chance)) for m in clock.moves),
        )
        for clock in scenario.clocks
    )
