"""Who agrees when: backward induction for a finite horizon, value iteration without one.

Each period, in this order: those who may break the interim deal in force decide, one after the other; a proposer is
drawn; it makes a final offer, proposes an interim deal, or waits; those needed answer, each accepting what is worth at
least its value of refusing. Without a final agreement the period's flows are paid, a breakdown may come, whoever may
walk out decides, the clocks move, and what follows is worth a party's patience times its value then. Offers are chosen
from every package (`offers`); nothing is sampled. Equilibria are subgame perfect, and Markov perfect where there is no
horizon.

Source of the recursion: Rubinstein (1982), Baron and Ferejohn (1989), Merlo and Wilson (1995), for listed packages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parley.bargaining.game import BoolArray, Game, IntArray, build
from parley.bargaining.model import Scenario
from parley.bargaining.offers import Final, Menu, best_final, prepare
from parley.bargaining.values import FloatArray, Values

__all__ = ["FINAL", "WAIT", "Period", "Solution", "solve", "solve_game"]

WAIT, FINAL = 0, 1
"""What a proposer does; 2 and more: it proposes the interim deal of that number less two."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period solved. B draws, H deal states, S clock states, Q = H × S, n parties."""

    value: FloatArray  # (B, H, S, n) at its start, before anyone may break a deal
    talks: FloatArray  # (B, H, S, n) after that choice, before the proposer is drawn
    wait: FloatArray  # (B, H, S, n) if nothing is agreed in it
    deal: FloatArray  # (B, H, K, S, n) if an interim deal is agreed in it
    kind: IntArray  # (B, Q, n) what each party does as proposer
    final: tuple[Final, ...]  # per proposer
    walked: BoolArray  # (B, H, S) somebody walks out if nothing is agreed
    broken_by: IntArray  # (B, H, S) party that breaks the deal in force, -1 for none


@dataclass(frozen=True, slots=True)
class Solution:
    """A solved game. ``periods`` are in order of time; without a horizon they are one round of the fixed order.

    ``settled`` is false where value iteration met its bound first; ``change`` is the largest change of a value in the
    last round.
    """

    game: Game
    menu: Menu
    periods: tuple[Period, ...]
    settled: bool
    rounds: int
    change: float

    def period(self, index: int) -> Period:
        """Return the play of period *index* (0 is the first)."""
        return self.periods[index % len(self.periods)]

    @property
    def start_value(self) -> FloatArray:
        """Values at the start (B, n)."""
        return self.periods[0].value[:, 0, self.game.start]


def solve(scenario: Scenario, values: Values | None = None) -> Solution:
    """Solve *scenario*, with *values* by path in place of the central ones (floats, or arrays over draws)."""
    return solve_game(build(scenario, values), tolerance=scenario.tolerance, iterations=scenario.iterations)


def solve_game(game: Game, *, tolerance: float = 1e-12, iterations: int = 20_000) -> Solution:
    """Solve a game given as arrays.

    With a horizon T: T steps, each of at most parties × packages × states comparisons. Without: steps until a round
    changes no value by more than *tolerance* (absolute), at most *iterations* rounds.
    """
    menu = prepare(game)
    after = np.where(game.ended[None, :, None], game.end_payoff, game.horizon_payoff)
    value = np.repeat(after[:, None], len(game.ledger.in_force), axis=1)
    if game.horizon is not None:
        periods = []
        for index in reversed(range(game.horizon)):
            periods.append(_step(game, menu, index, int(game.segment[index]), value))
            value = periods[-1].value
        return Solution(game, menu, tuple(reversed(periods)), settled=True, rounds=game.horizon, change=0.0)
    length = len(game.turns)
    change = np.inf
    rounds = 0
    before = value
    found: list[Period] = []
    while rounds < iterations and change > tolerance:
        rounds += 1
        found = []
        for index in reversed(range(length)):
            found.append(_step(game, menu, index, 0, value))
            value = found[-1].value
        change = float(np.abs(value - before).max(initial=0.0))
        before = value
    return Solution(game, menu, tuple(reversed(found)), settled=change <= tolerance, rounds=rounds, change=change)


def _step(game: Game, menu: Menu, index: int, segment: int, after: FloatArray) -> Period:
    wait, deal, walked = _without_agreement(game, menu.tie, segment, after)
    batch, deals, states, parties = wait.shape
    flat = wait.reshape(batch, deals * states, parties)
    turns = np.tile(game.turns[index % len(game.turns)], (1, deals, 1))
    value = flat * (1.0 - turns.sum(axis=2, keepdims=True))
    kind = np.zeros((batch, deals * states, parties), dtype=np.intp)
    finals = []
    for proposer in range(parties):
        final = best_final(game, menu, proposer, flat)
        finals.append(final)
        chosen, outcome = _choose(game, menu.tie, proposer, final, wait, deal)
        kind[:, :, proposer] = chosen
        value = value + turns[:, :, proposer, None] * outcome
    talks = value.reshape(wait.shape)
    talks = np.where(game.ended[None, None, :, None], game.end_payoff[:, None], talks)
    start, broken_by = _breaking(game, menu.tie, talks)
    return Period(start, talks, wait, deal, kind, tuple(finals), walked, broken_by)


def _without_agreement(
    game: Game, tie: float, segment: int, after: FloatArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return what a period is worth if nothing, or an interim deal, is agreed in it; and where somebody walks out."""
    ledger, flow, moves = game.ledger, game.flow[segment], game.moves[segment]
    batch, deals, states, parties = after.shape
    kinds = game.gains.shape[1]
    patience = game.patience[:, None, :]
    wait = np.empty_like(after)
    deal = np.full((batch, deals, kinds, states, parties), -np.inf)
    for h in range(deals):
        k = int(ledger.in_force[h])
        coming = after[:, ledger.following[h]]
        if k >= 0:
            chance = game.breaks[:, k, None, None]
            coming = (1 - chance) * coming + chance * after[:, ledger.broken[h]]
        wait[:, h] = patience * (moves[:, k + 1] @ coming)
        if k < 0:
            fails = game.break_chance[:, :, None]
            wait[:, h] = (1 - fails) * wait[:, h] + fails * game.break_payoff
        wait[:, h] += flow[:, k + 1]
        for new in range(kinds):
            if ledger.accept[h, new] >= 0:
                chance = game.breaks[:, new, None, None]
                coming = (1 - chance) * after[:, ledger.accept[h, new]] + chance * after[
                    :, ledger.accept_broken[h, new]
                ]
                then = patience * (moves[:, new + 1] @ coming)
                deal[:, h, new] = game.gains[:, new, None] + flow[:, new + 1] + then
    walked = np.any(game.walk_by & (game.walk_payoff[:, None] > wait + tie), axis=3)
    wait = np.where(walked[..., None], game.walk_payoff[:, None], wait)
    return wait, deal, walked


def _choose(
    game: Game, tie: float, proposer: int, final: Final, wait: FloatArray, deal: FloatArray
) -> tuple[IntArray, FloatArray]:
    """Return what the proposer does (B, Q) and what it is worth to each party (B, Q, n)."""
    batch, parties = len(wait), wait.shape[3]
    own = wait[..., proposer].reshape(batch, -1)
    chosen = np.zeros(own.shape, dtype=np.intp)
    outcome = wait.reshape(batch, -1, parties).copy()
    best = own
    for k in range(deal.shape[2]):
        ok = deal[:, :, k, :, proposer] >= wait[..., proposer] - tie
        for party in range(parties):
            if game.deal_needs[k, party]:
                ok &= deal[:, :, k, :, party] >= wait[..., party] - tie
        worth = deal[:, :, k].reshape(batch, -1, parties)
        better = ok.reshape(batch, -1) & ((chosen == WAIT) | (worth[..., proposer] > best + tie))
        chosen = np.where(better, k + 2, chosen)
        outcome = np.where(better[..., None], worth, outcome)
        best = np.where(better, worth[..., proposer], best)
    agreed = (final.own >= best - tie) & np.isfinite(final.own)
    chosen = np.where(agreed, FINAL, chosen)
    outcome = np.where(agreed[..., None], final.payoff, outcome)
    return chosen, outcome


def _breaking(game: Game, tie: float, talks: FloatArray) -> tuple[FloatArray, IntArray]:
    """Let those who may break the deal in force decide, in the order of the file; the first who does ends it.

    Each knows who would break it after him: so it is worked out from the last back, and nobody pays for what another
    would do anyway.
    """
    value = talks.copy()
    by = np.full(talks.shape[:3], -1, dtype=np.intp)
    for h, k in enumerate(game.ledger.in_force):
        for party, cost in reversed(game.breakers[k] if k >= 0 else ()):
            without = talks[:, game.ledger.broken[h]].copy()
            without[..., party] -= cost[:, None]
            breaks = (without[..., party] > value[:, h, :, party] + tie) & ~game.ended
            value[:, h] = np.where(breaks[..., None], without, value[:, h])
            by[:, h] = np.where(breaks, party, by[:, h])
    return value, by
