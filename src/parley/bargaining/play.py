"""The path of play: where a solved game goes from its start, as exact chances, not by simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parley.bargaining.offers import Final
from parley.bargaining.solve import FINAL, Period, Solution
from parley.bargaining.values import FloatArray

__all__ = ["PARTS", "Play", "play"]

PARTS = ("agreement", "waiting", "interim deals", "breaking", "ending")
"""What a party's value at the start is made of, each discounted to the start."""

_REST = 1e-9


@dataclass(frozen=True, slots=True)
class Play:
    """Chances along the path. B draws, T periods looked at, K interim deals, P packages, n parties."""

    going: FloatArray  # (B, T + 1) still talking when the period starts
    final: FloatArray  # (B, T) a final agreement is made in the period
    interim: FloatArray  # (B, T, K) the interim deal is made in the period
    broken: FloatArray  # (B, T) somebody breaks the deal in force
    walked: FloatArray  # (B, T)
    failed: FloatArray  # (B, T) breakdown
    ended: FloatArray  # (B, T + 1) a clock had ended the game when the period started
    mass: FloatArray  # (T, B, H, S) where talks stand when the period starts
    package: FloatArray  # (B, P) chance that it ends with this package
    share: FloatArray | None  # (B, n) expected amount by party, where it is agreed
    value: FloatArray  # (B, T, n) mean value to each party while talks go on; nan once they cannot
    delay: FloatArray  # (B, T, n) mean gain from a period's delay while talks go on
    parts: dict[str, FloatArray]  # by PARTS: (B, n)

    @property
    def agreement(self) -> FloatArray:
        """Chance of a final agreement over all periods looked at (B,)."""
        return np.asarray(self.final.sum(axis=1))

    @property
    def period(self) -> FloatArray:
        """Mean period of the agreement, 1 the first, given that there is one (B,); nan where there is none."""
        total = self.agreement
        weighted = (self.final * np.arange(1, self.final.shape[1] + 1)).sum(axis=1)
        none = np.full(len(total), np.nan)
        return np.asarray(np.divide(weighted, total, out=none, where=total > 0))


def play(solution: Solution, *, limit: int = 2_000, no_final: bool = False) -> Play:
    """Follow *solution* from its start, to the horizon or until nearly nobody talks, at most *limit* periods.

    *no_final* takes final agreements away without changing anything else: it shows what time alone does.
    """
    walk = _Walk(solution, no_final)
    length = limit if solution.game.horizon is None else solution.game.horizon
    for index in range(length):
        walk.step(index)
        if solution.game.horizon is None and float(walk.mass.sum(axis=(1, 2)).max()) < _REST:
            break
    return walk.result()


class _Walk:
    """Chances carried forward, period by period."""

    def __init__(self, solution: Solution, no_final: bool) -> None:
        game = solution.game
        self.solution, self.game, self.no_final = solution, game, no_final
        self.batch, self.parties = game.patience.shape
        self.mass = np.zeros((self.batch, len(game.ledger.in_force), len(game.states)))
        self.mass[:, 0, game.start] = 1.0
        self.package = np.zeros((self.batch, len(game.packages)))
        self.share = None if game.size is None else np.zeros((self.batch, self.parties))
        self.parts = {name: np.zeros((self.batch, self.parties)) for name in PARTS}
        self.discount = np.ones((self.batch, self.parties))
        self.rows: dict[str, list[FloatArray]] = {
            name: []
            for name in ("going", "final", "interim", "broken", "walked", "failed", "ended", "mass", "value", "delay")
        }

    def gain(self, part: str, chance: FloatArray, payoff: FloatArray) -> None:
        """Book *payoff* (B, …, n) reached with *chance* (B, …)."""
        axes = tuple(range(1, chance.ndim))
        self.parts[part] += self.discount * (chance[..., None] * payoff).sum(axis=axes)

    def arrive(self) -> FloatArray:
        """Take out what a clock has ended, and return its chance (B,)."""
        game = self.game
        over = self.mass * game.ended
        self.gain("ending", over.sum(axis=1), game.end_payoff)
        self.mass = self.mass * ~game.ended
        return np.asarray(over.sum(axis=(1, 2)))

    def step(self, index: int) -> None:
        game, period = self.game, self.solution.period(index)
        segment = int(game.segment[index]) if game.horizon is not None else 0
        self.rows["ended"].append(self.arrive())
        going = self.mass.sum(axis=(1, 2))
        self.rows["going"].append(going)
        self.rows["mass"].append(self.mass)
        self.average("value", period.value, going)
        self.average("delay", period.wait - period.value, going)
        self.rows["broken"].append(self.break_deals(period))
        waits, deals, final = self.propose(period, index)
        self.rows["final"].append(final)
        self.rows["interim"].append(deals.sum(axis=(1, 3)))
        self.move_on(period, segment, waits, deals)
        self.discount = self.discount * game.patience

    def average(self, name: str, values: FloatArray, going: FloatArray) -> None:
        total = (self.mass[..., None] * values).sum(axis=(1, 2))
        safe = going[:, None] > _REST
        self.rows[name].append(np.divide(total, going[:, None], out=np.full(total.shape, np.nan), where=safe))

    def break_deals(self, period: Period) -> FloatArray:
        game, happens = self.game, period.broken_by >= 0
        chance = self.mass * happens
        self.gain("breaking", chance, np.where(happens[..., None], period.value - self._without(period), 0.0))
        mass = self.mass * ~happens
        for h, target in enumerate(game.ledger.broken):
            mass[:, target] += chance[:, h]
        self.mass = mass
        return np.asarray(chance.sum(axis=(1, 2)))

    def _without(self, period: Period) -> FloatArray:
        return np.asarray(period.talks[:, self.game.ledger.broken])

    def propose(self, period: Period, index: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Split the mass into waiting (B, H, S), interim deals (B, H, K, S) and final agreement (B,)."""
        game = self.game
        batch, deals, states = self.mass.shape
        flat = self.mass.reshape(batch, -1)
        turns = np.tile(game.turns[index % len(game.turns)], (1, deals, 1))
        waits = flat * (1.0 - turns.sum(axis=2))
        made = np.zeros((batch, deals, game.gains.shape[1], states))
        agreed = np.zeros(batch)
        for proposer, final in enumerate(period.final):
            chance, kind = flat * turns[:, :, proposer], period.kind[:, :, proposer]
            signs = np.zeros_like(chance) if self.no_final else chance * (kind == FINAL)
            if final.chance is not None:
                signs = signs * final.chance
            if not self.no_final:
                self.sign(period, final, chance * (kind == FINAL), signs)
            agreed += signs.sum(axis=1)
            rest = chance - signs
            for k in range(made.shape[2]):
                here = np.where(kind == k + 2, chance, 0.0)
                made[:, :, k] += here.reshape(batch, deals, states)
                rest = rest - here
            waits = waits + rest
        return waits.reshape(self.mass.shape), made, agreed

    def sign(self, period: Period, final: Final, offers: FloatArray, signs: FloatArray) -> None:
        """Book a final agreement: its terms and what it brings."""
        worth = final.payoff
        if final.chance is not None:  # a refused offer goes on as waiting; what refusing costs is booked here
            refused = period.wait.reshape(worth.shape) * (1 - final.chance)[..., None]
            worth = worth - refused
        self.gain("agreement", offers, worth)
        count = len(self.game.packages)
        plain = signs
        if final.ties is not None:
            tied = np.zeros(signs.shape, dtype=bool)
            tied[final.ties.draw, final.ties.state] = True
            plain = np.where(tied, 0.0, signs)
            spread = signs[final.ties.draw, final.ties.state] * final.ties.weight
            np.add.at(self.package, (final.ties.draw, final.ties.package), spread)
        cell = np.arange(self.batch)[:, None] * count + final.package
        sums = np.bincount(cell.ravel(), weights=plain.ravel(), minlength=self.batch * count)
        self.package += sums.reshape(self.batch, count)
        if self.share is not None and final.share is not None:
            self.share += (signs[..., None] * final.share).sum(axis=1)

    def move_on(self, period: Period, segment: int, waits: FloatArray, deals: FloatArray) -> None:
        game, ledger = self.game, self.game.ledger
        flow, moves = game.flow[segment], game.moves[segment]
        left = waits * period.walked
        self.gain("ending", left.sum(axis=1), game.walk_payoff)
        self.rows["walked"].append(left.sum(axis=(1, 2)))
        stays = waits - left
        nothing = ledger.in_force < 0
        for context in range(flow.shape[1]):
            self.gain("waiting", stays[:, ledger.in_force == context - 1].sum(axis=1), flow[:, context])
        fails = stays * nothing[None, :, None] * game.break_chance[:, None]
        self.gain("ending", fails.sum(axis=1), game.break_payoff)
        self.rows["failed"].append(fails.sum(axis=(1, 2)))
        stays = stays - fails
        coming = np.zeros_like(self.mass)
        for h, k in enumerate(ledger.in_force):
            moved = (stays[:, h, None] @ moves[:, k + 1])[:, 0]
            chance = game.breaks[:, k, None] if k >= 0 else 0.0
            coming[:, ledger.following[h]] += (1 - chance) * moved
            if k >= 0:
                coming[:, ledger.broken[h]] += chance * moved
        for k in range(deals.shape[2]):
            self.gain("interim deals", deals[:, :, k].sum(axis=(1, 2)), game.gains[:, k])
            self.gain("waiting", deals[:, :, k].sum(axis=1), flow[:, k + 1])
            for h in np.nonzero(ledger.accept[:, k] >= 0)[0].tolist():
                moved = (deals[:, h, k, None] @ moves[:, k + 1])[:, 0]
                chance = game.breaks[:, k, None]
                coming[:, ledger.accept[h, k]] += (1 - chance) * moved
                coming[:, ledger.accept_broken[h, k]] += chance * moved
        self.mass = coming

    def result(self) -> Play:
        game = self.game
        self.rows["ended"].append(self.arrive())
        self.rows["going"].append(self.mass.sum(axis=(1, 2)))
        if game.horizon is not None:
            self.gain("ending", self.mass.sum(axis=1), game.horizon_payoff)
        over = {name: np.stack(rows, axis=1) for name, rows in self.rows.items() if name != "mass"}
        return Play(mass=np.stack(self.rows["mass"]), package=self.package, share=self.share, parts=self.parts, **over)
