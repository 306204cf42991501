"""The classics in closed form: what the general solver must agree with, and a first guess at a real case.

Sources: Rubinstein, Econometrica 50 (1982); Binmore, Rubinstein and Wolinsky, RAND J. 17 (1986); Baron and Ferejohn,
APSR 83 (1989); Merlo and Wilson, Econometrica 63 (1995); Fearon, Int. Org. 49 (1995); Powell, Int. Org. 60 (2006);
Smith and Stam, J. Conflict Res. 48 (2004) for fighting as a random walk; Maynard Smith (1974) for attrition.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "attrition", "baron_ferejohn", "breakdown_share", "fearon_range", "merlo_wilson", "random_walk", "rubinstein",
    "rubinstein_finite", "rubinstein_limit", "shifting_power", "ultimatum",
]  # fmt: skip


def rubinstein(first: float, second: float) -> float:
    """Return the first proposer's share of one pie without horizon, from both sides' patience, each in [0, 1)."""
    return (1 - second) / (1 - first * second)


def rubinstein_finite(patience: float, periods: int) -> float:
    """Return the first proposer's share with equal patience and *periods* offers, nothing after the last."""
    return float((1 - (-patience) ** periods) / (1 + patience))


def rubinstein_limit(first_rate: float, second_rate: float) -> float:
    """Return the first party's share as offers follow at once: patience exp(-rate × delay), delay to zero."""
    return second_rate / (first_rate + second_rate)


def breakdown_share(chance: float, first_payoff: float, second_payoff: float) -> float:
    """Return the first proposer's share if each refusal ends talks with *chance* and pays these; no discounting."""
    return first_payoff + (1 - first_payoff - second_payoff) / (2 - chance)


def baron_ferejohn(parties: int, patience: float) -> tuple[float, float]:
    """Return shares of the proposer and of a partner: simple majority of an odd number, closed rule, one pie."""
    return 1 - patience * (parties - 1) / (2 * parties), patience / parties


@dataclass(frozen=True, slots=True)
class MerloWilson:
    """``total`` value of the game, the ``reservation`` cake, where they ``agree``, mean ``delay`` in periods."""

    total: float
    reservation: float
    agree: tuple[bool, ...]
    delay: float


def merlo_wilson(cakes: Sequence[float], chances: Sequence[float], patience: float) -> MerloWilson:
    """Solve two-party bargaining over a cake drawn anew each period, each side proposing with chance one half.

    W = E max(c, patience × W); they agree where c >= patience × W. Exact: the cakes that are agreed are the largest
    ones, so each number of them is tried.
    """
    order = sorted(range(len(cakes)), key=lambda index: -cakes[index])
    total, reached = 0.0, 0.0
    weighted = 0.0
    for index in order:
        weighted += chances[index] * cakes[index]
        reached += chances[index]
        total = max(total, weighted / (1 - patience * (1 - reached)))
    agree = tuple(cake >= patience * total for cake in cakes)
    chance = sum(p for p, yes in zip(chances, agree, strict=True) if yes)
    return MerloWilson(total, patience * total, agree, (1 - chance) / chance)


def fearon_range(chance: float, first_cost: float, second_cost: float) -> tuple[float, float]:
    """Return the shares of the first side that both prefer to a war it wins with *chance*.

    Costs are in shares of the prize. The ends may lie below 0 or above 1: then there is more to gain than to share.
    """
    return chance - first_cost, chance + second_cost


@dataclass(frozen=True, slots=True)
class Ultimatum:
    """The best offer, the chance of war that it leaves, and what the proposer expects."""

    offer: float
    war: float
    payoff: float


def ultimatum(chance: float, proposer_cost: float, low: float, high: float) -> Ultimatum:
    """Return the risk-return offer to a challenger who wins with *chance* at a cost uniform in [low, high].

    Costs are in shares of the prize; with *low* equal to *high* the cost is known and nobody fights.
    """
    cut = min(max((high - proposer_cost) / 2, low), high)
    war = (cut - low) / (high - low) if high > low else 0.0
    offer = chance - cut
    return Ultimatum(offer, war, (1 - war) * (1 - offer) + war * (1 - chance - proposer_cost))


def shifting_power(patience: float, now: float, later: float, loss: float) -> tuple[float, float, bool]:
    """Return gain, threshold and whether the decliner fights now rather than face the riser's power later.

    One pie a period; war ends the game and destroys the share *loss*; *now* and *later* are the riser's chances.
    """
    gain, threshold = patience * later - now, loss / (1 - loss)
    return gain, threshold, gain > threshold


def random_walk(length: int, position: int, chance: float) -> tuple[float, float]:
    """Return the chance to win and the expected battles of a war fought step by step on 0..length.

    *chance* is that of winning one battle, *position* the number of steps from defeat: the gambler's ruin (Feller, An
    Introduction to Probability Theory, volume 1, chapter XIV). Any length and any chance from 0 to 1.
    """
    if math.isclose(chance, 0.5, abs_tol=1e-12):
        return position / length, float(position * (length - position))
    # powers of the smaller of the two odds only: those of the larger overflow in a long war
    odds = min(chance, 1 - chance) / max(chance, 1 - chance)
    if chance > 0.5:
        win = (1 - odds**position) / (1 - odds**length)
    else:
        win = odds ** (length - position) * (1 - odds**position) / (1 - odds**length)
    return win, (length * win - position) / (2 * chance - 1)


@dataclass(frozen=True, slots=True)
class Attrition:
    """Hazards at which each side concedes, mean and median duration, chance that the first wins."""

    first_hazard: float
    second_hazard: float
    mean: float
    median: float
    first_wins: float


def attrition(first_prize: float, second_prize: float, first_cost: float, second_cost: float) -> Attrition:
    """Return the mixed equilibrium of the war of attrition with known prizes and costs a unit of time."""
    first, second = second_cost / second_prize, first_cost / first_prize
    total = first + second
    return Attrition(first, second, 1 / total, math.log(2) / total, second / total)
