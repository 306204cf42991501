"""A scenario as arrays: utilities, flows, chances, endings, for one set of values or many draws at once.

Every array has the draw as first axis (length 1 for the central values). Letters in comments: B draws, P packages,
S clock states, H deal states (which interim deal is in force, for how long, which were used up), n parties.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from parley.bargaining.model import NOTHING, Condition, Ending, Number, Scenario
from parley.bargaining.packages import enumerate_packages, listed
from parley.bargaining.values import FloatArray, Values

IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

__all__ = ["Game", "Ledger", "build", "overfull_clock"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Deal states. Index 0: nothing in force, nothing used. Arrays over H, ``accept`` over H × interim deals."""

    in_force: IntArray  # index of the deal in force, -1 for none
    left: IntArray  # periods that the deal is still in force, this one included
    following: IntArray  # deal state of the next period if nothing new is agreed
    broken: IntArray  # deal state once the deal in force is broken
    accept: IntArray  # deal state of the next period once deal k is agreed; -1: cannot be agreed here
    accept_broken: IntArray  # the same if it breaks at once


@dataclass(frozen=True, slots=True)
class Game:
    """What the solvers see. Shapes: see the comments; larger is better everywhere."""

    utility: FloatArray  # (B, P, n) of a package when it is agreed
    size: FloatArray | None  # (B, S) amount to share, None without a divisible issue
    rate: FloatArray  # (B, n) value of a unit of the amount
    patience: FloatArray  # (B, n)
    flow: tuple[FloatArray, ...]  # per segment (B, 1 + K, S, n): context 0 nothing in force, k + 1 deal k
    moves: tuple[FloatArray, ...]  # per segment (B, 1 + K, S, S)
    segment: IntArray  # (T or 1,) which segment holds in a period
    turns: FloatArray  # (L, B, S, n) chances to propose; period t uses row t % L
    gains: FloatArray  # (B, K, n)
    breaks: FloatArray  # (B, K)
    breakers: tuple[tuple[tuple[int, FloatArray], ...], ...]  # per deal: (party, cost (B,))
    deal_needs: BoolArray  # (K, n) who must agree to deal k
    ledger: Ledger
    ended: BoolArray  # (S,) clock states that end the game
    end_payoff: FloatArray  # (B, S, n)
    horizon_payoff: FloatArray  # (B, S, n)
    walk_by: BoolArray  # (S, n)
    walk_payoff: FloatArray  # (B, S, n)
    break_chance: FloatArray  # (B, S) breakdown after a period without a deal
    break_payoff: FloatArray  # (B, S, n)
    needed: BoolArray  # (n,)
    among: BoolArray  # (n,)
    quota: int
    private: tuple[int, FloatArray, FloatArray] | None  # party, low (B,), high (B,)
    horizon: int | None
    start: int  # clock state
    states: IntArray  # (S, clocks) levels of each clock state
    packages: IntArray  # (P, issues)


def build(scenario: Scenario, values: Values | None = None) -> Game:
    """Turn *scenario* into arrays, with *values* by path instead of the central ones where given.

    Values are floats or arrays over draws. Chances that a draw brings to more than one are scaled back to one.
    """
    return _Builder(scenario, values or {}).game()


def overfull_clock(scenario: Scenario) -> tuple[int, int, float] | None:
    """Return clock, its last move from the level, and the sum, where central chances to leave a level sum over one."""
    builder = _Builder(scenario, {})
    for position, clock in enumerate(scenario.clocks):
        for period in builder.segments()[0]:
            for context in range(1 + len(scenario.interims)):
                sums = builder.clock_table(position, context, period).sum(axis=3).max(axis=(0, 1))
                for level, total in enumerate(sums):
                    if total > 1 + 1e-9:
                        moves = [i for i, move in enumerate(clock.moves) if move.start == clock.levels[level]]
                        return position, moves[-1], float(total)
    return None


class _Builder:
    def __init__(self, scenario: Scenario, values: Values) -> None:
        self.scenario = scenario
        self.values = values
        self.batch = max((np.size(value) for value in values.values()), default=1)
        self.index = {name: i for i, name in enumerate(scenario.names)}
        levels = [range(len(clock.levels)) for clock in scenario.clocks]
        states = list(product(*levels))
        self.states = np.array(states, dtype=np.intp).reshape(len(states), len(scenario.clocks))
        self.deals = {deal.name: k for k, deal in enumerate(scenario.interims)}

    def value(self, path: str, number: Number) -> FloatArray:
        """Return the value at *path* over draws (B,)."""
        return np.broadcast_to(np.asarray(self.values.get(path, number.value), dtype=np.float64), (self.batch,))

    def by_party(self, prefix: str, given: dict[str, Number]) -> FloatArray:
        out = np.zeros((self.batch, len(self.index)))
        for name, number in given.items():
            out[:, self.index[name]] = self.value(f"{prefix}/{name}", number)
        return out

    def holds(self, when: Condition) -> BoolArray:
        """Clock states (S,) where the condition's levels hold."""
        mask = np.ones(len(self.states), dtype=bool)
        for position, clock in enumerate(self.scenario.clocks):
            if clock.name in when.levels:
                wanted = [clock.levels.index(level) for level in when.levels[clock.name]]
                mask &= np.isin(self.states[:, position], wanted)
        return mask

    def contexts(self, when: Condition) -> list[int]:
        if not when.in_force:
            return list(range(1 + len(self.deals)))
        return [0 if name == NOTHING else self.deals[name] + 1 for name in when.in_force]

    def game(self) -> Game:
        scenario = self.scenario
        packages = enumerate_packages(scenario)
        segments, segment = self.segments()
        endings = {kind: self._endings(kind) for kind in ("horizon", "walk out", "breakdown", "level")}
        size, rate = self._divisible()
        order = scenario.proposers.order
        k, n = len(self.deals), len(self.index)
        gains = np.zeros((self.batch, k, n))
        breaks = np.zeros((self.batch, k))
        for i, deal in enumerate(scenario.interims):
            gains[:, i] = self.by_party(f"interims/{deal.name}/gains", dict(deal.gains))
            breaks[:, i] = self.value(f"interims/{deal.name}/breaks", deal.breaks)
        party = next((p for p in scenario.parties if p.private), None)
        private = None
        if party and party.private:
            low, high = (self.value(f"parties/{party.name}/private/{end}", number) for end, number in zip(
                ("low", "high"), party.private, strict=True))  # fmt: skip
            private = (self.index[party.name], low, high)
        return Game(
            utility=self._utility(packages),
            size=size,
            rate=rate,
            patience=np.stack([self.value(f"parties/{p.name}/patience", p.patience) for p in scenario.parties], axis=1),
            flow=tuple(self._flow(period) for period in segments),
            moves=tuple(self._moves(period) for period in segments),
            segment=segment,
            turns=self._order(order) if order else self._turns(),
            gains=gains,
            breaks=breaks,
            breakers=tuple(
                tuple(
                    (self.index[name], self.value(f"interims/{deal.name}/breakers/{name}", number))
                    for name, number in deal.breakers.items()
                )
                for deal in scenario.interims
            ),
            deal_needs=self._masks([deal.consent for deal in scenario.interims]),
            ledger=self._ledger(),
            ended=endings["level"].holds,
            end_payoff=endings["level"].payoff,
            horizon_payoff=endings["horizon"].payoff,
            walk_by=endings["walk out"].by,
            walk_payoff=endings["walk out"].payoff,
            break_chance=endings["breakdown"].chance,
            break_payoff=endings["breakdown"].payoff,
            needed=self._masks([scenario.consent.needed])[0],
            among=self._masks([scenario.consent.among])[0],
            quota=scenario.consent.quota,
            private=private,
            horizon=scenario.horizon,
            start=self._start(),
            states=self.states,
            packages=packages,
        )

    def _masks(self, groups: list[tuple[str, ...]]) -> BoolArray:
        return np.array([[name in group for name in self.index] for group in groups], dtype=bool).reshape(
            len(groups), len(self.index)
        )

    def _start(self) -> int:
        wanted = [clock.levels.index(clock.start) for clock in self.scenario.clocks]
        return int(np.nonzero((self.states == wanted).all(axis=1))[0][0]) if wanted else 0

    def _utility(self, packages: IntArray) -> FloatArray:
        total = np.zeros((self.batch, len(packages), len(self.index)))
        for column, issue in enumerate(listed(self.scenario)):
            weight = self.by_party(f"issues/{issue.name}/weights", dict(issue.weights))
            worth = np.stack(
                [self.by_party(f"issues/{issue.name}/options/{o.name}", dict(o.values)) for o in issue.options], axis=1
            )
            total += (weight[:, None] * worth)[:, packages[:, column]]
        return total

    def _divisible(self) -> tuple[FloatArray | None, FloatArray]:
        for issue in self.scenario.issues:
            if issue.divisible:
                size = np.zeros((self.batch, len(self.states)))
                for rule in issue.sizes:
                    mask = self.holds(rule.when)
                    size[:, mask] = self.value(f"issues/{issue.name}/sizes/{rule.name}", rule.amount)[:, None]
                return size, self.by_party(f"issues/{issue.name}/weights", dict(issue.weights))
        return None, np.zeros((self.batch, len(self.index)))

    def segments(self) -> tuple[list[int], IntArray]:
        """Return one period (1 is the first) of each stretch with the same rules, and the stretch of each period."""
        conditions = [move.when for clock in self.scenario.clocks for move in clock.moves]
        conditions += [flow.when for flow in self.scenario.flows]
        cuts = {1}
        for when in conditions:
            cuts |= {when.from_period} if when.from_period else set()
            cuts |= {when.until_period + 1} if when.until_period else set()
        horizon = self.scenario.horizon or 1
        first = sorted(cut for cut in cuts if cut <= horizon)
        periods = np.arange(1, horizon + 1)
        return first, np.asarray(np.searchsorted(first, periods, side="right") - 1, dtype=np.intp)

    def _flow(self, period: int) -> FloatArray:
        out = np.zeros((self.batch, 1 + len(self.deals), len(self.states), len(self.index)))
        for rule in self.scenario.flows:
            if rule.when.in_period(period):
                amounts = self.by_party(f"flows/{rule.name}", dict(rule.amounts))
                for context in self.contexts(rule.when):
                    out[:, context, self.holds(rule.when)] += amounts[:, None]
        for k, deal in enumerate(self.scenario.interims):
            out[:, k + 1] += self.by_party(f"interims/{deal.name}/flows", dict(deal.flows))[:, None]
        return out

    def _moves(self, period: int) -> FloatArray:
        """Chances (B, 1 + K, S, S): the product over clocks, each looking at where the others have just moved to."""
        count = len(self.states)
        out = np.ones((self.batch, 1 + len(self.deals), count, count))
        for position, clock in enumerate(self.scenario.clocks):
            size = len(clock.levels)
            origin, target = self.states[:, position][:, None], self.states[:, position][None, :]
            around = self.surroundings(position)[None, :]
            for context in range(1 + len(self.deals)):
                table = self.clock_table(position, context, period)
                table /= np.maximum(table.sum(axis=3, keepdims=True), 1.0)
                table[:, :, range(size), range(size)] += 1.0 - table.sum(axis=3)
                out[:, context] *= table[:, around, origin, target]
        return out

    def surroundings(self, position: int) -> IntArray:
        """Number the levels of the other clocks, for each clock state (S,)."""
        sizes = [len(clock.levels) for clock in self.scenario.clocks]
        del sizes[position]
        others = np.delete(self.states, position, axis=1).T
        if not sizes:
            return np.zeros(len(self.states), dtype=np.intp)
        return np.asarray(np.ravel_multi_index(tuple(others), sizes), dtype=np.intp)

    def clock_table(self, position: int, context: int, period: int) -> FloatArray:
        """Chances to leave a level: (B, where the other clocks have moved to, from, to). The last rule applies."""
        clock = self.scenario.clocks[position]
        size = len(clock.levels)
        table = np.zeros((self.batch, len(self.states) // size, size, size))
        plain = self.states[:, position] == 0  # one state for each surrounding: no rule looks at its own clock
        for move in clock.moves:
            if move.when.in_period(period) and context in self.contexts(move.when):
                mask = self.holds(move.when)[plain]
                start, end = clock.levels.index(move.start), clock.levels.index(move.end)
                table[:, mask, start, end] = self.value(f"clocks/{clock.name}/{move.name}", move.chance)[:, None]
        return table

    def _order(self, order: tuple[str, ...]) -> FloatArray:
        out = np.zeros((len(order), self.batch, len(self.states), len(self.index)))
        for row, name in enumerate(order):
            out[row, :, :, self.index[name]] = 1.0
        return out

    def _turns(self) -> FloatArray:
        out = np.zeros((1, self.batch, len(self.states), len(self.index)))
        for turn in self.scenario.proposers.turns:
            chances = self.by_party(f"proposers/{turn.name}", dict(turn.chances))
            out[0][:, self.holds(turn.when)] = chances[:, None]
        out /= np.maximum(out.sum(axis=3, keepdims=True), 1.0)
        return out

    def _endings(self, kind: str) -> _Endings:
        count, n = len(self.states), len(self.index)
        found = _Endings(
            holds=np.zeros(count, dtype=bool),
            by=np.zeros((count, n), dtype=bool),
            payoff=np.zeros((self.batch, count, n)),
            chance=np.zeros((self.batch, count)),
        )
        for ending in self.scenario.endings:
            if ending.kind == kind:
                self._add_ending(found, ending)
        return found

    def _add_ending(self, found: _Endings, ending: Ending) -> None:
        mask = self.holds(ending.when)
        found.holds[mask] = True
        found.by[mask] = self._masks([ending.by])[0]
        found.payoff[:, mask] = self.by_party(f"endings/{ending.name}", dict(ending.payoffs))[:, None]
        found.chance[:, mask] = self.value(f"endings/{ending.name}/chance", ending.chance)[:, None]

    def _ledger(self) -> Ledger:
        """Walk through every deal state that play can reach."""
        deals = self.scenario.interims
        known: dict[tuple[int, int, int], int] = {(-1, 0, 0): 0}
        queue = [(-1, 0, 0)]

        def at(deal: int, left: int, used: int) -> int:
            state = (deal, left, used) if left > 0 else (-1, 0, used)
            if state not in known:
                known[state] = len(known)
                queue.append(state)
            return known[state]

        rows: list[tuple[int, int, int, int]] = []
        accept: list[list[int]] = []
        accept_broken: list[list[int]] = []
        while queue:
            deal, left, used = queue.pop(0)
            rows.append((deal, left, at(deal, left - 1, used), at(-1, 0, used)))
            accept.append([])
            accept_broken.append([])
            for k, offer in enumerate(deals):
                bit = 1 << k if offer.once else 0
                possible = deal < 0 and not used & bit
                accept[-1].append(at(k, offer.lasts - 1, used | bit) if possible else -1)
                accept_broken[-1].append(at(-1, 0, used | bit) if possible else -1)
        table = np.array(rows, dtype=np.intp)
        shape = (len(rows), len(deals))
        return Ledger(
            table[:, 0], table[:, 1], table[:, 2], table[:, 3],
            np.array(accept, dtype=np.intp).reshape(shape), np.array(accept_broken, dtype=np.intp).reshape(shape),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Endings:
    holds: BoolArray
    by: BoolArray
    payoff: FloatArray
    chance: FloatArray
