"""What a report on a bargain shows, worked out once: `pages` writes it for people, `formats` for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from parley.bargaining.explain import explain, terms_in_words
from parley.bargaining.model import Scenario, numbers
from parley.bargaining.packages import listed, package_words
from parley.bargaining.play import Play, play
from parley.bargaining.questions import (
    Change,
    Course,
    Effect,
    Standing,
    Threshold,
    Verdict,
    Zone,
    claims,
    compare,
    course,
    effects,
    first_deals,
    measures,
    standings,
    threshold,
    worth,
    zone,
)
from parley.bargaining.sensitivity import Bar, Index, Spread, monte_carlo, sobol, tornado
from parley.bargaining.solve import Solution, solve
from parley.bargaining.values import apply_levers

__all__ = ["Report", "by_period", "make", "sources"]

_SHOWN = 60
_GONE = 1e-9
_EVEN_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows, worked out once."""

    scenario: Scenario
    pulled: tuple[str, ...]
    solution: Solution
    path: Play
    measures: dict[str, float]
    standings: tuple[Standing, ...]
    zones: tuple[Zone, ...]
    courses: tuple[Course, ...]
    deals: tuple[tuple[str, str, dict[str, float]], ...]
    terms: tuple[tuple[str, str, float], ...]  # issue, option, chance given agreement
    packages: tuple[tuple[str, float], ...]  # likeliest final packages, chance of each
    by_clock: tuple[tuple[str, str, tuple[float, ...]], ...]  # clock, level, value to each party in period 1
    effects: tuple[Effect, ...]
    verdicts: tuple[Verdict, ...]
    thresholds: tuple[Threshold, ...]
    worths: dict[str, dict[str, float]]
    changes: tuple[Change, ...]  # without and with the levers pulled
    spread: Spread | None
    bars: tuple[Bar, ...]
    indices: tuple[Index, ...]
    measure: str
    explanation: tuple[str, ...]


def make(
    scenario: Scenario, *, levers: Sequence[str] = (), draws: int = 0, seed: int = 0,
    measure: str = "chance of agreement", sobol_draws: int = 0,
) -> Report:  # fmt: skip
    """Solve *scenario*, with *levers* pulled if any, and answer every question of the report.

    *draws* above 0 adds intervals over that many draws from *seed*, *sobol_draws* (a power of two) Sobol indices, which
    need SALib. *measure* is what the tornado and the indices are about. Levers
    that were pulled drop out of the table of levers. Raises UnknownName for a lever or measure that is not there.
    """
    base = scenario
    if levers:
        scenario = replace(
            apply_levers(scenario, levers), levers=tuple(x for x in scenario.levers if x.name not in levers)
        )
    solution = solve(scenario)
    path = play(solution)
    by = max(1, (scenario.horizon or 3) // 3)
    return Report(
        scenario=scenario,
        pulled=tuple(levers),
        solution=solution,
        path=path,
        measures={name: float(values[0]) for name, values in measures(scenario, solution, path).items()},
        standings=standings(scenario, solution),
        zones=zone(scenario, solution),
        courses=course(scenario, solution),
        deals=first_deals(scenario, solution),
        terms=_terms(scenario, solution, path),
        packages=_packages(scenario, solution, path),
        by_clock=_by_clock(scenario, solution),
        effects=effects(scenario),
        verdicts=claims(scenario),
        thresholds=tuple(
            threshold(scenario, lever.name, by=by, chance=_EVEN_CHANCE, precision=1e-4) for lever in scenario.levers
        ),
        worths={lever.name: worth(scenario, lever.name) for lever in scenario.levers},
        changes=compare(base, scenario) if levers else (),
        spread=monte_carlo(scenario, count=draws, seed=seed) if draws else None,
        bars=tornado(scenario, measure),
        indices=sobol(scenario, measure, count=sobol_draws, seed=seed) if sobol_draws else (),
        measure=measure,
        explanation=explain(scenario, solution),
    )


def _terms(scenario: Scenario, solution: Solution, path: Play) -> tuple[tuple[str, str, float], ...]:
    total = float(path.package[0].sum())
    rows = []
    for column, issue in enumerate(listed(scenario)):
        for index, option in enumerate(issue.options):
            chance = float(path.package[0, solution.game.packages[:, column] == index].sum())
            if len(issue.options) > 1:
                rows.append((issue.name, option.name, chance / total if total > 0 else float("nan")))
    if path.share is not None and total > 0:
        name = next(issue.name for issue in scenario.issues if issue.divisible)
        rows += [(name, f"mean amount to {p}", float(path.share[0, i] / total)) for i, p in enumerate(scenario.names)]
    return tuple(rows)


def _packages(scenario: Scenario, solution: Solution, path: Play) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-path.package[0], kind="stable")[:5]
    return tuple(
        (
            terms_in_words(package_words(scenario, solution.game.packages[i])) or "the only package",
            float(path.package[0, i]),
        )
        for i in order.tolist()
        if path.package[0, i] > 0
    )


def _by_clock(scenario: Scenario, solution: Solution) -> tuple[tuple[str, str, tuple[float, ...]], ...]:
    game = solution.game
    rows = []
    for position, clock in enumerate(scenario.clocks):
        for index, level in enumerate(clock.levels):
            wanted = game.states[game.start].copy()
            wanted[position] = index
            state = int(np.nonzero((game.states == wanted).all(axis=1))[0][0])
            values = tuple(float(v) for v in solution.periods[0].value[0, 0, state])
            rows.append((clock.name, level, values))
    return tuple(rows)


def by_period(report: Report) -> list[dict[str, Any]]:
    """Return a row a period: chances to be talking and to agree, interim deals, values; until the chance is gone."""
    path, names = report.path, report.scenario.names
    rows = []
    for index in range(min(path.final.shape[1], _SHOWN)):
        if path.going[0, index] < _GONE:
            break
        row: dict[str, Any] = {
            "period": index + 1,
            "talking": float(path.going[0, index]),
            "agreement in it": float(path.final[0, index]),
            "agreement by its end": float(path.final[0, : index + 1].sum()),
        }
        row |= {deal.name: float(path.interim[0, index, k]) for k, deal in enumerate(report.scenario.interims)}
        row |= {f"value to {name}": float(path.value[0, index, i]) for i, name in enumerate(names)}
        rows.append(row)
    return rows


def sources(scenario: Scenario) -> list[dict[str, Any]]:
    """Return every number of a scenario and of its levers, with its range and where it comes from."""
    found = [*([("horizon", scenario.span)] if scenario.span else []), *numbers(scenario)]
    found += [
        (f"lever {lever.name}: {path}", number) for lever in scenario.levers for path, number in lever.sets.items()
    ]
    return [
        {
            "number": path, "value": number.value, "low": number.low, "high": number.high, "shape": number.shape,
            "sources": list(number.sources), "words": number.words,
        }
        for path, number in found
    ]  # fmt: skip
