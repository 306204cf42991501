"""Where the parties stand in a period: what each would sign, what it could get, and what can be agreed at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from parley.bargaining.game import BoolArray
from parley.bargaining.model import Scenario
from parley.bargaining.offers import Final, best_final
from parley.bargaining.packages import listed, package_words
from parley.bargaining.solve import FINAL, Solution
from parley.bargaining.values import FloatArray

__all__ = ["Standing", "Terms", "Zone", "acceptance", "accepts", "attainable", "first_deals", "standings", "zone"]

Terms = tuple[tuple[str, str], ...]
"""A package as (issue, option) pairs."""

_ANYTHING = -1e9


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands in the first period.

    ``value`` of the game, ``wait``: of a period without agreement, ``price`` of patience (value less wait: above 0 a
    period without any deal costs it), ``accepts``: how many packages it would sign (None where an amount is shared),
    ``best``: the best that all others needed would sign, with its worth; None where there is none. ``signs``: it
    would sign that one.
    """

    party: str
    value: float
    wait: float
    price: float
    accepts: int | None
    best: Terms | None
    best_worth: float | None
    signs: bool


@dataclass(frozen=True, slots=True)
class Zone:
    """What can be agreed in a period on an issue: options in some package that all needed would sign.

    For an amount, ``ranges`` holds the smallest and largest share of each party.
    """

    issue: str
    options: tuple[str, ...]
    ranges: tuple[tuple[str, float, float], ...] = ()


def accepts(solution: Solution, party: int, *, period: int = 0) -> BoolArray:
    """Tell which packages *party* would sign in *period* with the clocks where they start (packages,)."""
    game = solution.game
    floor = solution.period(period).wait[0, 0, game.start, party]
    return np.asarray(game.utility[0, :, party] >= floor - solution.menu.tie)


def acceptance(scenario: Scenario, solution: Solution, *, most: int = 500) -> dict[str, tuple[Terms, ...]]:
    """Return the packages that each party would sign in the first period; empty for more than *most* packages.

    An amount to share adds to a package's worth: then the sets say what is signed without any share of it.
    """
    game = solution.game
    if len(game.packages) > most:
        return {}
    return {
        name: tuple(package_words(scenario, game.packages[i]) for i in np.nonzero(accepts(solution, party))[0])
        for party, name in enumerate(scenario.names)
    }


def _best(solution: Solution, index: int, party: int) -> Final:
    """Return the best offer that the others needed would sign, whatever it is worth to *party*."""
    wait = solution.period(index).wait
    floor = wait.reshape(len(wait), -1, wait.shape[3]).copy()
    floor[:, :, party] = _ANYTHING
    return best_final(replace(solution.game, private=None), solution.menu, party, floor)


def attainable(solution: Solution, index: int, party: int) -> FloatArray:
    """Return the best (B, H, S) that *party* could get in period *index* from offers that the others needed sign.

    -inf where they would sign nothing. Its own consent is left out: the result is what it turns down by waiting. A
    private cost of refusing is left out too.
    """
    return _best(solution, index, party).own.reshape(solution.period(index).wait.shape[:3])


def standings(scenario: Scenario, solution: Solution) -> tuple[Standing, ...]:
    """Tell where each party stands at the start."""
    game, first = solution.game, solution.period(0)
    found = []
    for index, name in enumerate(scenario.names):
        value = float(first.value[0, 0, game.start, index])
        wait = float(first.wait[0, 0, game.start, index])
        final = _best(solution, 0, index)
        worth = float(final.own[0, game.start])
        found.append(
            Standing(
                party=name,
                value=value,
                wait=wait,
                price=value - wait,
                accepts=int(accepts(solution, index).sum()) if game.size is None else None,
                best=_terms(scenario, solution, final) if np.isfinite(worth) else None,
                best_worth=worth if np.isfinite(worth) else None,
                signs=bool(worth >= wait - solution.menu.tie),
            )
        )
    return tuple(found)


def _terms(scenario: Scenario, solution: Solution, final: Final) -> Terms:
    game = solution.game
    terms = package_words(scenario, game.packages[final.package[0, game.start]])
    if final.share is None:
        return terms
    name = next(issue.name for issue in scenario.issues if issue.divisible)
    shares = final.share[0, game.start]
    split = ", ".join(f"{share:.3f} to {party}" for share, party in zip(shares, scenario.names, strict=True))
    return (*terms, (name, split))


def zone(scenario: Scenario, solution: Solution) -> tuple[Zone, ...]:
    """Return the zone of possible agreement at the start, issue by issue; no options: nothing that all would sign.

    With a quota and an amount to share there is no one zone (each winning group has its own), and none is returned.
    """
    game = solution.game
    if game.size is not None and game.quota:
        return ()
    wait = solution.period(0).wait[0, 0, game.start]
    if game.size is None:
        open_to = _enough(solution)
    else:
        asks = np.maximum(wait - game.utility[0], 0.0) / game.rate[0] * game.needed  # (P, n)
        size = float(game.size[0, game.start])
        open_to = asks.sum(axis=1) <= size + solution.menu.tie
    table = game.packages[open_to]
    zones = [
        Zone(issue.name, tuple(issue.options[i].name for i in sorted(set(table[:, column].tolist()))))
        for column, issue in enumerate(listed(scenario))
    ]
    if game.size is not None:
        name = next(issue.name for issue in scenario.issues if issue.divisible)
        least = asks[open_to]
        most = size - least.sum(axis=1, keepdims=True) + least
        ranges = tuple(
            (party, float(least[:, i].min()), float(most[:, i].max()))
            for i, party in enumerate(scenario.names)
            if len(least)
        )
        zones.append(Zone(name, ("shared",) if len(least) else (), ranges))
    return tuple(zones)


def _enough(solution: Solution) -> BoolArray:
    """Packages that enough parties would sign at the start."""
    game = solution.game
    agree = np.stack([accepts(solution, party) for party in range(len(game.needed))], axis=1)
    enough = (agree | ~game.needed).all(axis=1)
    if game.quota:
        enough &= (agree & game.among).sum(axis=1) >= game.quota
    return np.asarray(enough)


def first_deals(scenario: Scenario, solution: Solution) -> tuple[tuple[str, str, dict[str, float]], ...]:
    """Return which interim deals are made first: (proposer, deal, gain to each party over waiting), by proposer."""
    game, first = solution.game, solution.period(0)
    found = []
    for proposer, name in enumerate(scenario.names):
        kind = int(first.kind[0, game.start, proposer])
        if kind > FINAL and game.turns[0, 0, game.start, proposer] > 0:
            deal = first.deal[0, 0, kind - 2, game.start] - first.wait[0, 0, game.start]
            gains = {party: float(deal[i]) for i, party in enumerate(scenario.names)}
            found.append((name, scenario.interims[kind - 2].name, gains))
    return tuple(found)
