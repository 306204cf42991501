"""Time and memory of the bargaining engine, beside a plain-Python loop of the same recursion.

    python benchmarks/bargaining.py [--draws N] [--slow-periods N]

Prints one line a figure. The scenario is made from a seed: issues with ten options each, three clocks, four parties
whose consent is all needed. "hard" replaces the utilities by ones of which no package beats another, so that pruning
has nothing to take away. The plain loop runs the last few periods only, which are its fastest ones: refusing is worth
little near the horizon, so it finds an acceptable package early.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from parley.bargaining.game import Game, build
from parley.bargaining.model import (
    Clock,
    Condition,
    Consent,
    Flow,
    Issue,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Turn,
)
from parley.bargaining.sensitivity import monte_carlo
from parley.bargaining.solve import solve_game
from parley.bargaining.toml import read

T = TypeVar("T")
CEASEFIRE = Path(__file__).resolve().parents[1] / "examples" / "ceasefire-call" / "bargain.toml"


def scenario(issues: int, options: int, levels: tuple[int, ...], periods: int, parties: int, seed: int = 0) -> Scenario:
    rng = np.random.default_rng(seed)
    names = [f"P{i}" for i in range(parties)]

    def each(low: float, high: float) -> dict[str, Number]:
        return {name: Number(float(rng.uniform(low, high))) for name in names}

    clocks, flows = [], []
    for k, size in enumerate(levels):
        steps = tuple(f"level {j}" for j in range(size))
        moves = tuple(Move(f"move {j}", steps[j], steps[j + 1], Number(0.2)) for j in range(size - 1))
        clocks.append(Clock(f"clock {k}", steps, steps[0], moves))
        flows += [Flow(f"{k} {s}", Condition({f"clock {k}": (s,)}), each(-0.02, 0.04)) for s in steps]
    return Scenario(
        title="benchmark",
        parties=tuple(Party(name, Number(float(rng.uniform(0.93, 0.99)))) for name in names),
        issues=tuple(
            Issue(f"issue {i}", each(0.1, 1.0), tuple(Option(f"option {o}", each(0, 1)) for o in range(options)))
            for i in range(issues)
        ),
        consent=Consent(needed=tuple(names)),
        proposers=Proposers(turns=(Turn("draw", Condition(), dict.fromkeys(names, Number(1 / parties))),)),
        horizon=periods,
        clocks=tuple(clocks),
        flows=tuple(flows),
    )


def hard(game: Game, seed: int = 0) -> Game:
    """Put the packages on a sphere: none beats another, and pruning keeps all."""
    rng = np.random.default_rng(seed)
    rows = np.abs(rng.normal(size=game.utility.shape))
    return replace(game, utility=rows / np.linalg.norm(rows, axis=2, keepdims=True))


def plain(game: Game, periods: int) -> list[list[float]]:
    """The same recursion in plain Python: for each period, state and proposer, look at every package."""
    utility = game.utility[0].tolist()
    flow, moves = game.flow[0][0, 0].tolist(), game.moves[0][0, 0].tolist()
    patience, turn = game.patience[0].tolist(), game.turns[0, 0, 0].tolist()
    parties, states = len(patience), len(flow)
    value = [[0.0] * parties for _ in range(states)]
    for _ in range(periods):
        new = []
        for state in range(states):
            row = moves[state]
            wait = [
                flow[state][p] + patience[p] * sum(row[s] * value[s][p] for s in range(states)) for p in range(parties)
            ]
            total = [0.0] * parties
            for proposer in range(parties):
                best = None
                for worth in utility:
                    if (best is None or worth[proposer] > best[proposer]) and all(
                        worth[p] >= wait[p] for p in range(parties)
                    ):
                        best = worth
                outcome = wait if best is None else best
                for p in range(parties):
                    total[p] += turn[proposer] * outcome[p]
            new.append(total)
        value = new
    return value


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def best_of(work: Callable[[], object], times: int = 3) -> float:
    return min(timed(work)[0] for _ in range(times))


def solving(made: Scenario) -> float:
    game = build(made)
    return best_of(lambda: solve_game(game))


def memory() -> float:
    """Most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument("--slow-periods", type=int, default=8, help="of the plain loop; 60 takes minutes")
    given = arguments.parse_args()
    draws, slow_periods = given.draws, given.slow_periods
    full = scenario(4, 10, (5, 5, 8), 60, 4)
    whole = best_of(lambda: solve_game(build(full)))
    print(f"10,000 packages, 200 clock states, 60 periods, 4 parties: {whole:.3f} s, {memory():.0f} MB (aim 1 s, 1 GB)")
    tough = hard(build(full))
    print(f"the same, no package beats another: {best_of(lambda: solve_game(tough)):.3f} s, {memory():.0f} MB")

    game = build(scenario(4, 10, (5, 5, 8), slow_periods, 4))
    seconds, slow = timed(lambda: plain(game, slow_periods))
    gap = float(np.abs(np.array(slow) - solve_game(game).periods[0].value[0, 0]).max())
    print(f"plain Python, {slow_periods} of the 60 periods: {seconds:.1f} s; values differ by {gap:.1e}")
    print(f"faster than plain Python, a period: at least {seconds / slow_periods / (whole / 60):.0f} times (aim 100)")

    for issues in (2, 3, 4):
        print(f"growth, packages {10**issues:6d}: {solving(scenario(issues, 10, (5, 5, 8), 60, 4)):.3f} s")
    for levels in ((5, 5), (5, 5, 4), (5, 5, 8), (5, 8, 10)):
        print(f"growth, clock states {int(np.prod(levels)):4d}: {solving(scenario(4, 10, levels, 60, 4)):.3f} s")
    for periods in (15, 30, 60, 120):
        print(f"growth, periods {periods:4d}: {solving(scenario(4, 10, (5, 5, 8), periods, 4)):.3f} s")

    ceasefire = read(CEASEFIRE)
    seconds, spread = timed(lambda: monte_carlo(ceasefire, count=draws, seed=1))
    print(f"{spread.draws:,} draws of the ceasefire scenario: {seconds:.1f} s, {memory():.0f} MB (aim 60 s for 10,000)")


if __name__ == "__main__":
    main()
