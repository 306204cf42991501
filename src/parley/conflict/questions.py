"""Questions of the command line, answered in lines: why is a state stable, what would make it so, how robust is it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.conflict.explain import why
from parley.conflict.expressions import read_pattern
from parley.conflict.foresight import Foresight
from parley.conflict.inverse import condition_words, what_must_change
from parley.conflict.model import Conflict
from parley.conflict.sensitivity import SWAPS, Spread, monte_carlo, one_swap, one_toggle, swaps
from parley.conflict.solve import Solution, title
from parley.conflict.stability import TITLES
from parley.conflict.thirdparty import what_would_help
from parley.conflict.words import label, listed
from parley.errors import ModelError

SEARCHED = 16_384
"""Reasons are given in models of up to so many feasible states."""
LISTED = 8
"""Of each concept so many states are listed, the most frequent first."""


def find_state(solution: Solution, text: str) -> int:
    """Read a state given as its number or as a full pattern. Raises ModelError where it is neither, or infeasible."""
    if text.isdigit():
        state = int(text)
    else:
        mask, state = read_pattern(text, solution.space.count)
        if mask != (1 << solution.space.count) - 1:
            raise ModelError(f"the state {text!r} leaves an option open; write Y or N for each.")
    solution.space.index(state)
    return state


def why_lines(solution: Solution, text: str) -> list[str]:
    """Say for each concept and decision maker why a state is stable or not.

    Raises:
        ModelError: the state does not exist, or the model has too many states to be searched one by one.
    """
    state = find_state(solution, text)
    if len(solution.space.states) > SEARCHED:
        raise ModelError(
            f"reasons are searched for state by state, in models of up to {SEARCHED:,} states, and this one has "
            f"{len(solution.space.states):,}; add infeasible patterns, or leave out options that decide nothing."
        )
    ahead = Foresight(solution)
    lines = [f"Why {label(solution.conflict, state)} is stable or not"]
    for concept in solution.stable:
        lines.append(f"{title(concept)}:")
        lines += [f"  {line}" for line in why(solution, state=state, concept=concept, foresight=ahead)]
    return lines


def wanted_lines(solution: Solution, text: str) -> list[str]:
    """Say for each concept what must change in whose ranking, or be added, for a state to be an equilibrium."""
    state = find_state(solution, text)
    lines = [f"What would make {label(solution.conflict, state)} an equilibrium"]
    for concept in solution.stable:
        if concept not in TITLES:
            lines.append(f"{title(concept)}: what must change is not worked out for farther horizons.")
            continue
        if state in solution.equilibria(concept):
            lines.append(f"{title(concept)}: it is one already.")
            continue
        change = what_must_change(solution, state=state, concept=concept)
        lines.append(f"{title(concept)}:")
        lines += [f"  {condition_words(solution, item)}" for item in change.conditions if not item.stable]
        if change.ranks is None:
            lines.append("  These changes together do not suffice, because they change whose threats are credible.")
        packages = what_would_help(solution, state=state, concept=concept)
        lines += [f"  Or a third party adds {package.words}." for package in packages[:6]]
        if not packages:
            lines.append("  No one or two measures of a third party bring it about.")
    return lines


_VARIED = {
    "noise": "rankings off by about {:g} rank{}",
    "tie": "neighbouring levels tied with a chance of {:g}",
    "untie": "ties broken with a chance of {:g}",
    "reverse": "moves that cannot be undone free with a chance of {:g}",
    "fix": "free options irreversible with a chance of {:g}",
    "lift": "infeasible patterns possible with a chance of {:g}",
}


def read_spread(given: Sequence[str]) -> Spread:
    """Read what varies from entries such as ``tie=0.2``. Raises ModelError for a name or number that makes no sense."""
    values: dict[str, float] = {} if given else {"noise": 1.0}
    for entry in given:
        name, _, number = entry.partition("=")
        if name not in _VARIED:
            raise ModelError(f"{entry!r} names nothing that varies; write one of {', '.join(_VARIED)}, as in tie=0.2.")
        try:
            values[name] = float(number)
        except ValueError as error:
            raise ModelError(f"{entry!r} has no number after the equals sign; write {name}=0.2.") from error
    return replace(Spread(noise=0.0), **values)


def _spread_words(spread: Spread) -> str:
    told = [
        words.format(getattr(spread, name), "" if spread.noise == 1 else "s")
        for name, words in _VARIED.items()
        if getattr(spread, name)
    ]
    return listed(told) or "nothing varied"


def robustness_lines(
    conflict: Conflict, *, draws: int, seed: int, concepts: Sequence[str], spread: Spread | None = None
) -> list[str]:
    """Say how often each state is an equilibrium where the model varies, by default rankings by about one rank."""
    spread = spread or Spread()
    lines = [f"{draws:,} variations ({_spread_words(spread)}; seed {seed}): how often a state is an equilibrium"]
    varied = [concept for concept in concepts if concept in TITLES]
    for concept, rows in monte_carlo(conflict, draws=draws, seed=seed, spread=spread, concepts=varied).items():
        lines.append(f"{title(concept)}:")
        lines += [
            f"  {row.share:6.1%} ({row.low:.1%} to {row.high:.1%})  {label(conflict, row.state)}"
            for row in rows[:LISTED]
        ]
        lines += [f"  and {len(rows) - LISTED} more states"] if len(rows) > LISTED else []
    return lines


def fragile_lines(solution: Solution, concept: str) -> list[str]:
    """Say which single swap in a ranking, or change of what can be undone, adds or takes away an equilibrium."""
    swapped = one_swap(solution, concept=concept) if swaps(solution) <= SWAPS else ()
    effects = [*swapped, *one_toggle(solution, concept=concept)]
    return [
        f"if {effect.what}: gains {', '.join(map(str, effect.gained)) or 'none'}, "
        f"loses {', '.join(map(str, effect.lost)) or 'none'}"
        for effect in effects
    ]
