"""How fast the conflict engine is, and how much memory it takes.

    python -m benchmarks.conflict            every figure
    python -m benchmarks.conflict --quick    without the models of 20 options

Each figure comes from a process of its own, so that its peak memory is its own. Rankings are random permutations drawn
with a fixed seed, which is harder than rankings that people state; the last rows use stated ones.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parley.conflict import load
from parley.conflict.batch import batch_stability, make_board
from parley.conflict.inverse import what_must_change
from parley.conflict.model import Conflict, DecisionMaker, Option, Preference, Prioritised
from parley.conflict.preferences import ranks
from parley.conflict.sensitivity import Spread, draw_ranks, monte_carlo
from parley.conflict.solve import Solution, solve
from parley.conflict.stability import stability
from parley.conflict.states import Ints, Space, make_space, space_of

FIVE = ("nash", "gmr", "smr", "seq", "sim")
THREE = ("nash", "gmr", "smr")
ELMIRA = Path(__file__).resolve().parents[1] / "examples" / "conflicts" / "elmira.toml"
SEED = 20250318


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, the aim, the seconds, the peak memory of its process, and a remark."""

    what: str
    aim: str
    seconds: float
    megabytes: float
    remark: str


def owners(options: int, makers: int) -> tuple[int, ...]:
    """Share options out among decision makers as evenly as can be."""
    return tuple(int(sum(1 << int(place) for place in part)) for part in np.array_split(np.arange(options), makers))


def random_payoffs(space: Space, makers: int) -> Ints:
    """Rank the states at random for each decision maker."""
    rng = np.random.default_rng(SEED)
    return np.stack([rng.permutation(len(space.states)) for _ in range(makers)]).astype(np.int32)


def solved(space: Space, payoffs: Ints, concepts: Sequence[str]) -> tuple[float, str]:
    """Solve and return the seconds and the number of equilibria of each concept."""
    start = time.perf_counter()
    found = stability(space, payoffs, concepts=concepts)
    seconds = time.perf_counter() - start
    counts = ", ".join(f"{concept} {int(stable.all(axis=0).sum()):,}" for concept, stable in found.items())
    return seconds, f"{len(space.states):,} states; equilibria: {counts}"


def unconstrained(options: int, makers: int, concepts: Sequence[str]) -> tuple[float, str]:
    """Solve a model in which everything is feasible and every move can be undone."""
    space = make_space(options, owners(options, makers))
    return solved(space, random_payoffs(space, makers), concepts)


def constrained_space(options: int, makers: int) -> Space:
    """Build a model with four infeasible patterns of three options, and one option in five that cannot be undone."""
    patterns = [(3 << place | 1 << (place + options // 2)) for place in range(0, options // 2, 3)][:4]
    forward = sum(1 << place for place in range(0, options, 5))
    return make_space(
        options,
        owners(options, makers),
        infeasible=tuple((mask, mask) for mask in patterns),
        forward=forward,
        back=1 << (options - 4),
    )


def constrained(options: int, makers: int) -> tuple[float, str]:
    """Solve a model with infeasible patterns and irreversible options under all five concepts."""
    space = constrained_space(options, makers)
    return solved(space, random_payoffs(space, makers), FIVE)


def stated(options: int, makers: int) -> tuple[float, str]:
    """Solve a constrained model with preferences by statements about a side's own and others' options."""
    space = constrained_space(options, makers)
    masks = owners(options, makers)
    names = [f"o{place}" for place in range(options)]
    rng = np.random.default_rng(SEED)
    sides = []
    for maker in range(makers):
        own = [place for place in range(options) if masks[maker] >> place & 1]
        other = [place for place in range(options) if not masks[maker] >> place & 1]
        texts = [f"o{place}" if rng.random() < 0.5 else f"not o{place}" for place in rng.permutation(other)[:6]]
        texts += [f"o{place} if o{rng.choice(other)}" for place in own]
        order = rng.permutation(len(texts))
        sides.append(DecisionMaker(f"m{maker}", Prioritised(tuple(Preference(texts[place]) for place in order))))
    owner = [next(maker for maker in range(makers) if masks[maker] >> place & 1) for place in range(options)]
    model = Conflict(
        "stated", tuple(sides), tuple(Option(name, f"m{owner[place]}") for place, name in enumerate(names))
    )
    return solved(space, ranks(model, space), FIVE)


def elmira_solves() -> tuple[float, str]:
    """Solve 20,000 rankings drawn round the Elmira case, under all five concepts."""
    solution = solve(load(ELMIRA))
    drawn = draw_ranks(solution.ranks, 20_000, Spread(), np.random.default_rng(SEED))
    board = make_board(solution.space)
    start = time.perf_counter()
    batch_stability(board, drawn, concepts=FIVE)
    seconds = time.perf_counter() - start
    return seconds, f"20,000 solves: {20_000 / seconds:,.0f} a second"


def elmira_monte_carlo() -> tuple[float, str]:
    """Draw and solve 20,000 variations of the Elmira case, with intervals."""
    model = load(ELMIRA)
    start = time.perf_counter()
    monte_carlo(model, draws=20_000, seed=SEED, concepts=FIVE)
    seconds = time.perf_counter() - start
    return seconds, f"20,000 draws and solves: {20_000 / seconds:,.0f} a second"


def inverse() -> tuple[float, str]:
    """Ask of each of 23 states, for 4 decision makers, what must change, under each of the five concepts."""
    masks = (7, 8, 16, 480)
    kept = [b | o << 3 | p << 5 for b in (1, 2, 4) for o in range(4) for p in (1, 2, 4, 8)][:23]
    infeasible = tuple((511, state) for state in range(512) if state not in kept)
    space = make_space(9, masks, infeasible=infeasible)
    payoffs = random_payoffs(space, 4)
    makers = tuple(DecisionMaker(f"m{i}", Prioritised(())) for i in range(4))
    owner = [0, 0, 0, 1, 2, 3, 3, 3, 3]
    model = Conflict("inverse", makers, tuple(Option(f"o{b}", f"m{owner[b]}") for b in range(9)))
    solution = Solution(model, space, payoffs, stability(space, payoffs))
    worst = 0.0
    start = time.perf_counter()
    for state in space.states:
        for concept in FIVE:
            once = time.perf_counter()
            what_must_change(solution, state=int(state), concept=concept)
            worst = max(worst, time.perf_counter() - once)
    total = time.perf_counter() - start
    return worst, f"slowest of {len(space.states)} states x 5 concepts; all together {total:.2f} s"


def elmira_single() -> tuple[float, str]:
    """Solve the Elmira case once, from the file on."""
    start = time.perf_counter()
    solution = solve(load(ELMIRA))
    return time.perf_counter() - start, f"{len(solution.space.states)} states, file to answer"


def reading() -> tuple[float, str]:
    """Turn statements into ranks over 2^20 states: a hundred statements."""
    options = tuple(Option(f"o{place}", "m") for place in range(20))
    statements = tuple(Preference(f"o{n % 20} if o{(n * 7 + 3) % 20}") for n in range(100))
    model = Conflict("reading", (DecisionMaker("m", Prioritised(statements)),), options)
    space = space_of(model)
    start = time.perf_counter()
    found = ranks(model, space)
    return time.perf_counter() - start, f"100 statements, {len(np.unique(found)):,} levels"


Task = tuple[str, str, Callable[..., tuple[float, str]], tuple[object, ...]]


def tasks(quick: bool) -> list[Task]:
    """List what is measured."""
    listed: list[Task] = [("Elmira once", "", elmira_single, ())]
    for makers in (3, 4):
        listed.append((f"12 options, {makers} sides, five concepts", "1 s", unconstrained, (12, makers, FIVE)))
    for makers in (3, 4):
        listed.append((f"14 options, {makers} sides, five concepts", "5 s, 500 MB", unconstrained, (14, makers, FIVE)))
    listed.append(("14 options, 4 sides, constrained, five", "", constrained, (14, 4)))
    listed.append(("Elmira solves in batches", "10,000 a second", elmira_solves, ()))
    listed.append(("Elmira Monte Carlo", "10,000 a second", elmira_monte_carlo, ()))
    listed.append(("inverse, 23 states, 4 sides", "1 s", inverse, ()))
    for options in range(10, 19 if quick else 21, 2):
        listed.append((f"{options} options, 4 sides, constrained, five", "", constrained, (options, 4)))
    if not quick:
        listed.append(("20 options, 4 sides, Nash, GMR, SMR", "1 s, 1 GB", unconstrained, (20, 4, THREE)))
        listed.append(("20 options, 4 sides, constrained, five", "60 s, 4 GB", constrained, (20, 4)))
        listed.append(("20 options, 4 sides, by statements, five", "", stated, (20, 4)))
        listed.append(("20 options, 100 statements to ranks", "", reading, ()))
    return listed


def measured(task: Task) -> Row:
    """Run one task in this process and return its figure."""
    what, aim, work, arguments = task
    seconds, remark = work(*arguments)
    scale = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6
    return Row(what, aim, seconds, peak, remark)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure as it comes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="without the models of 20 options")
    options = parser.parse_args(arguments)
    print(f"{'what':<44} {'aim':<16} {'seconds':>9} {'peak MB':>8}  remark")
    context = multiprocessing.get_context("spawn")
    for task in tasks(options.quick):
        with context.Pool(1) as pool:
            row = pool.apply(measured, (task,))
        print(f"{row.what:<44} {row.aim:<16} {row.seconds:9.4f} {row.megabytes:8.0f}  {row.remark}", flush=True)


if __name__ == "__main__":
    main()
