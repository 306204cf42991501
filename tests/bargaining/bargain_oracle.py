"""The same game worked out slowly from the scenario's own words, without arrays: what the solver is held against.

Listed packages, finite horizon, unanimity or quota; ties are split evenly as the tie rule says.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from parley.bargaining.model import NOTHING, Condition, Number, Scenario

TIE = 1e-11


def _holds(when: Condition, levels: dict[str, str], deal: str, period: int) -> bool:
    if when.in_force and deal not in when.in_force:
        return False
    return when.in_period(period) and all(levels[name] in wanted for name, wanted in when.levels.items())


def _get(given: dict[str, Number], name: str) -> float:
    return given[name].value if name in given else 0.0


class Oracle:
    def __init__(self, scenario: Scenario) -> None:
        self.s = scenario
        self.names = scenario.names
        self.deals = {deal.name: deal for deal in scenario.interims}
        every = product(*(issue.options for issue in scenario.issues))
        self.packages = []
        for options in every:
            chosen = dict(zip((issue.name for issue in scenario.issues), (o.name for o in options), strict=True))
            if any(all(chosen[i] in names for i, names in c.forbid.items()) for c in scenario.constraints):
                continue
            worth = {
                name: sum(
                    i.weights[name].value * o.values[name].value for i, o in zip(scenario.issues, options, strict=True)
                )
                for name in self.names
            }
            self.packages.append(worth)
        self.value = cache(self._value)

    def ending(self, kind: str, levels: dict[str, str]):
        found = None
        for ending in self.s.endings:
            if ending.kind == kind and _holds(ending.when, levels, NOTHING, 1):
                found = ending
        return found

    def payoff(self, ending) -> dict[str, float]:
        return {name: _get(ending.payoffs, name) if ending else 0.0 for name in self.names}

    def moves(self, levels: dict[str, str], deal: str, period: int):
        """Yield (chance, levels) of the next period; a clock sees where the others have just moved to."""
        clocks = self.s.clocks
        for ends in product(*(clock.levels for clock in clocks)):
            new = dict(zip((clock.name for clock in clocks), ends, strict=True))
            chance = 1.0
            for clock in clocks:
                leave: dict[str, float] = {}
                for move in clock.moves:
                    if move.start == levels[clock.name] and _holds(move.when, new, deal, period):
                        leave[move.end] = move.chance.value
                chance *= (
                    1 - sum(leave.values())
                    if new[clock.name] == levels[clock.name]
                    else leave.get(new[clock.name], 0.0)
                )
            if chance > 0:
                yield chance, new

    def later(self, period, levels, deal, left, used):
        """Mean values of the period after, with the deal (in force *left* periods more, NOTHING: none)."""
        total = dict.fromkeys(self.names, 0.0)
        cases = [(1.0, deal, left)] if left > 0 else [(1.0, NOTHING, 0)]
        if deal != NOTHING:
            broken = self.deals[deal].breaks.value
            cases = [(1 - broken, *cases[0][1:]), (broken, NOTHING, 0)]
        for chance, new in self.moves(levels, deal, period):
            for odds, name, rest in cases:
                values = self.value(period + 1, tuple(new.items()), name, rest, used)
                for party in self.names:
                    total[party] += chance * odds * values[party]
        return total

    def flow(self, levels, deal, period):
        total = dict.fromkeys(self.names, 0.0)
        for flow in self.s.flows:
            if _holds(flow.when, levels, deal, period):
                for name in self.names:
                    total[name] += _get(flow.amounts, name)
        if deal != NOTHING:
            for name in self.names:
                total[name] += _get(self.deals[deal].flows, name)
        return total

    def _value(self, period, at, deal, left, used):
        """Value at the start of the period; *left* counts it."""
        levels = dict(at)
        over = self.ending("level", levels)
        if over:
            return self.payoff(over)
        if period > self.s.horizon:
            return self.payoff(self.ending("horizon", levels))
        talks = self.talks(period, at, deal, left, used)
        if deal != NOTHING:
            without = self.talks(period, at, NOTHING, 0, used)
            return self.choose(list(self.deals[deal].breakers.items()), talks, without)
        return talks

    def choose(self, breakers, kept, without):
        """The first of the breakers decides, knowing what the rest would do."""
        if not breakers:
            return kept
        (party, cost), *rest = breakers
        otherwise = self.choose(rest, kept, without)
        if without[party] - cost.value > otherwise[party] + TIE:
            return {name: without[name] - (cost.value if name == party else 0.0) for name in self.names}
        return otherwise

    def talks(self, period, at, deal, left, used):
        levels = dict(at)
        delta = {p.name: p.patience.value for p in self.s.parties}
        wait = self.without(period, levels, deal, left, used, delta)
        offers = {}
        if deal == NOTHING:
            for name, interim in self.deals.items():
                if not (interim.once and name in used):
                    now = used | {name} if interim.once else used
                    then = self.later(period, levels, name, interim.lasts - 1, now)
                    flow = self.flow(levels, name, period)
                    offers[name] = {p: _get(interim.gains, p) + flow[p] + delta[p] * then[p] for p in self.names}
        turn = {}
        if self.s.proposers.order:
            turn = {self.s.proposers.order[(period - 1) % len(self.s.proposers.order)]: 1.0}
        for rule in self.s.proposers.turns:
            if _holds(rule.when, levels, NOTHING, period):
                turn = {name: number.value for name, number in rule.chances.items()}
        total = {p: (1 - sum(turn.values())) * wait[p] for p in self.names}
        for proposer, chance in turn.items():
            outcome = self.proposes(proposer, wait, offers)
            for party in self.names:
                total[party] += chance * outcome[party]
        return total

    def without(self, period, levels, deal, left, used, delta):
        then = self.later(period, levels, deal, left - 1, used)
        flow = self.flow(levels, deal, period)
        wait = {p: delta[p] * then[p] for p in self.names}
        failing = self.ending("breakdown", levels)
        if failing and deal == NOTHING:
            q, pay = failing.chance.value, self.payoff(failing)
            wait = {p: (1 - q) * wait[p] + q * pay[p] for p in self.names}
        wait = {p: wait[p] + flow[p] for p in self.names}
        leaving = self.ending("walk out", levels)
        if leaving:
            pay = self.payoff(leaving)
            if any(pay[p] > wait[p] + TIE for p in leaving.by):
                return pay
        return wait

    def proposes(self, proposer, wait, offers):
        def signs(worth):
            yes = {p for p in self.names if worth[p] >= wait[p] - TIE} | {proposer}
            consent = self.s.consent
            enough = len(yes & set(consent.among)) >= consent.quota
            return worth[proposer] >= wait[proposer] - TIE and set(consent.needed) <= yes and enough

        final = [worth for worth in self.packages if signs(worth)]
        deals = [
            worth for name, worth in offers.items()
            if all(worth[p] >= wait[p] - TIE for p in {*self.deals[name].consent, proposer})
        ]  # fmt: skip
        best_deal = max((worth[proposer] for worth in deals), default=float("-inf"))
        if final:
            top = max(worth[proposer] for worth in final)
            if top >= max(best_deal, wait[proposer]) - TIE:
                best = [w for w in final if w[proposer] >= top - TIE]
                best = [w for w in best if not any(self.beats(v, w) for v in self.packages)]
                return {p: sum(w[p] for w in best) / len(best) for p in self.names}
        if deals:
            return next(worth for worth in deals if worth[proposer] >= best_deal - TIE)
        return wait

    def beats(self, one, other):
        return all(one[p] >= other[p] - TIE for p in self.names) and any(one[p] > other[p] + TIE for p in self.names)

    def start(self) -> list[float]:
        at = tuple((clock.name, clock.start) for clock in self.s.clocks)
        values = self.value(1, at, NOTHING, 0, frozenset())
        return [values[name] for name in self.names]
