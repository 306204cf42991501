"""How much the answer hangs on the assumptions: draws with intervals, a tornado, Sobol indices.

Randomness comes from a seed that the caller gives; the same seed gives the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module

import numpy as np

from parley.bargaining.model import Number, Scenario, measure_names, numbers
from parley.bargaining.play import play
from parley.bargaining.questions import measures
from parley.bargaining.solve import solve
from parley.bargaining.values import FloatArray, draws, quantile, varying
from parley.errors import ParleyError, UnknownName

__all__ = ["Bar", "Index", "Interval", "Spread", "monte_carlo", "sobol", "tornado"]

_TOGETHER = 64
_CELLS = 16_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Middle and bounds of a measure over draws: of those draws the share ``level`` lies between low and high.

    ``missing`` is the share of draws in which it has no value (no agreement: no period of agreement).
    """

    measure: str
    mean: float
    median: float
    low: float
    high: float
    level: float
    missing: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Result of draws: intervals by measure, chances of agreement by period (median, low, high), and the draws."""

    draws: int
    seed: int
    intervals: tuple[Interval, ...]
    by_period: FloatArray  # (T, 3): chance of agreement by the end of the period
    values: Mapping[str, FloatArray]
    unsettled: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a tornado: the measure with the number at its low and at its high, all else central."""

    path: str
    low_input: float
    high_input: float
    low: float
    high: float

    @property
    def swing(self) -> float:
        """Width of the bar."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Index:
    """Sobol indices of a number: share of the variance that it explains alone, and with all its interactions."""

    path: str
    first: float
    first_interval: float
    total: float
    total_interval: float


def monte_carlo(scenario: Scenario, *, count: int, seed: int, level: float = 0.9) -> Spread:
    """Draw every number that varies *count* times, solve each draw, and return intervals.

    Numbers are drawn independently. Draws whose chances sum over one are scaled back to one (see `game.build`).
    """
    columns = len(varying(scenario)) + (_span(scenario) is not None)
    shares = np.random.default_rng(seed).random((count, columns))
    shares = np.clip(shares, 1e-12, 1 - 1e-12)
    values, paths, unsettled = _drawn(scenario, shares)
    tail = (1 - level) / 2
    intervals = []
    for name, found in values.items():
        seen = found[np.isfinite(found)]
        if len(seen):
            low, middle, high = np.quantile(seen, [tail, 0.5, 1 - tail])
            mean = float(seen.mean())
        else:
            low = middle = high = mean = float("nan")
        missing = 1 - len(seen) / count
        intervals.append(Interval(name, mean, float(middle), float(low), float(high), level, missing))
    by_period = np.quantile(np.cumsum(paths, axis=1), [0.5, tail, 1 - tail], axis=0).T
    return Spread(count, seed, tuple(intervals), by_period, values, unsettled)


def _span(scenario: Scenario) -> Number | None:
    """Return the horizon as a number where it varies; it then has the last column of the shares."""
    return scenario.span if scenario.span is not None and scenario.span.varies else None


def _length(span: Number, share: float) -> int:
    return max(1, round(quantile(span, share)))


def _drawn(scenario: Scenario, shares: FloatArray) -> tuple[dict[str, FloatArray], FloatArray, int]:
    """Solve a draw for each row of *shares*, one column a number that varies, those of one horizon together."""
    span = _span(scenario)
    if span is None:
        return _evaluate(scenario, draws(scenario, shares), len(shares))
    lengths = np.array([_length(span, float(share)) for share in shares[:, -1]])
    values: dict[str, FloatArray] = {}
    paths = np.zeros((len(shares), int(lengths.max(initial=1))))
    unsettled = 0
    for length in sorted(set(lengths.tolist())):
        rows = np.flatnonzero(lengths == length)
        shorter = replace(scenario, horizon=length, span=None)
        found, path, bad = _evaluate(shorter, draws(shorter, shares[rows, :-1]), len(rows))
        unsettled += bad
        paths[rows, : path.shape[1]] = path
        for name, column in found.items():
            values.setdefault(name, np.zeros(len(shares)))[rows] = column
    return values, paths, unsettled


def _together(scenario: Scenario) -> int:
    """Return how many draws to solve at once, so that their largest tables stay near a hundred megabytes."""
    states = math.prod(len(clock.levels) for clock in scenario.clocks)
    packages = math.prod(len(issue.options) or 1 for issue in scenario.issues)
    cells = (1 + len(scenario.interims)) * states**2 + len(scenario.parties) ** 2 * packages
    return max(1, min(_TOGETHER, _CELLS // cells))


def _evaluate(
    scenario: Scenario, inputs: Mapping[str, FloatArray], count: int
) -> tuple[dict[str, FloatArray], FloatArray, int]:
    """Solve draws a block at a time: measures (count,), chances by period (count, T), blocks that did not settle."""
    found: dict[str, list[FloatArray]] = {}
    finals: list[FloatArray] = []
    unsettled = 0
    together = _together(scenario)
    for start in range(0, count, together):
        size = min(together, count - start)
        block = {path: values[start : start + size] for path, values in inputs.items()}
        block = block or {next(iter(numbers(scenario)))[0]: np.full(size, next(iter(numbers(scenario)))[1].value)}
        solution = solve(scenario, block)
        unsettled += 0 if solution.settled else size
        path = play(solution, limit=240)
        finals.append(path.final)
        for name, values in measures(scenario, solution, path).items():
            found.setdefault(name, []).append(values)
    longest = max(final.shape[1] for final in finals)
    padded = [np.pad(final, ((0, 0), (0, longest - final.shape[1]))) for final in finals]
    return {name: np.concatenate(blocks) for name, blocks in found.items()}, np.concatenate(padded), unsettled


def tornado(scenario: Scenario, measure: str, *, tail: float = 0.05) -> tuple[Bar, ...]:
    """Move each number that varies to its *tail* and 1 - *tail* quantile, one at a time; widest bar first.

    Raises UnknownName for a measure that the scenario does not have.
    """
    _known(scenario, measure)
    varies = varying(scenario)
    if not varies:
        return _length_bars(scenario, measure, tail)
    ends = {path: (quantile(number, tail), quantile(number, 1 - tail)) for path, number in varies.items()}
    count = 2 * len(varies)
    inputs = {path: np.full(count, number.value) for path, number in varies.items()}
    for position, path in enumerate(varies):
        inputs[path][2 * position], inputs[path][2 * position + 1] = ends[path]
    result = _evaluate(scenario, inputs, count)[0][measure]
    bars = [
        Bar(path, *ends[path], float(result[2 * position]), float(result[2 * position + 1]))
        for position, path in enumerate(varies)
    ]
    bars += _length_bars(scenario, measure, tail)
    return tuple(sorted(bars, key=lambda bar: (-np.nan_to_num(bar.swing), bar.path)))


def _known(scenario: Scenario, measure: str) -> None:
    names = measure_names(scenario)
    if measure not in names:
        raise UnknownName(f"There is no measure “{measure}”; the measures are: {', '.join(names)}.")


def _length_bars(scenario: Scenario, measure: str, tail: float) -> tuple[Bar, ...]:
    """Return the bar of the horizon, where it varies."""
    span = _span(scenario)
    if span is None:
        return ()
    ends = [_length(span, tail), _length(span, 1 - tail)]
    found = [_evaluate(replace(scenario, horizon=length, span=None), {}, 1)[0] for length in ends]
    return (Bar("horizon", *ends, *(float(values[measure][0]) for values in found)),)


def sobol(scenario: Scenario, measure: str, *, count: int, seed: int) -> tuple[Index, ...]:
    """Return Sobol indices of *measure*, largest total first; *count* is a power of two.

    Empty where no number varies. Source: Saltelli et al., Computer Physics Communications 181 (2010) 259, by way of
    SALib, an optional extra. Raises ParleyError without it, UnknownName for a measure that the scenario does not have.
    """
    _known(scenario, measure)
    if count < 1 or count & (count - 1):
        raise ParleyError(f"Sobol indices need a power of two, which {count} is not; give 1024, for instance.")
    paths = [*varying(scenario), *(["horizon"] if _span(scenario) else [])]
    if not paths:
        return ()
    try:
        analyser = import_module("SALib.analyze.sobol")
        sampler = import_module("SALib.sample.sobol")
    except ImportError:
        raise ParleyError(
            "Sobol indices need SALib, which is not installed; run `pip install SALib`, or use the tornado."
        ) from None
    problem = {"num_vars": len(paths), "names": paths, "bounds": [[1e-9, 1 - 1e-9]] * len(paths)}
    shares = sampler.sample(problem, count, calc_second_order=False, seed=seed)
    values, _, _ = _drawn(scenario, shares)
    found = analyser.analyze(problem, values[measure], calc_second_order=False, seed=seed)
    rows = [
        Index(path, *(float(found[key][i]) for key in ("S1", "S1_conf", "ST", "ST_conf")))
        for i, path in enumerate(paths)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.path)))
