"""What makes a scenario wrong: each mistake one sentence with the line and the mend."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

from parley.bargaining.game import overfull_clock
from parley.bargaining.lines import Key, Lines
from parley.bargaining.model import NOTHING, Condition, Issue, Number, Scenario, measure_names, numbers
from parley.bargaining.packages import enumerate_packages
from parley.bargaining.values import apply_levers
from parley.errors import ModelError

__all__ = ["STATES", "check"]

STATES = 2_000
"""Most clock states that a scenario may have: their chances are held as a square table."""


def check(scenario: Scenario, lines: Lines | None = None) -> None:
    """Raise ModelError for the first thing that is wrong with *scenario*; *lines* tells where things stand."""
    checker = _Checker(scenario, lines)
    checker.names()
    checker.needed_by_somebody()
    checker.parties()
    checker.issues()
    checker.consent()
    checker.clocks()
    checker.rules()
    checker.interims()
    checker.endings()
    checker.levers()


class _Checker:
    def __init__(self, scenario: Scenario, lines: Lines | None) -> None:
        self.scenario, self.lines = scenario, lines
        self.party_names = scenario.names

    def wrong(self, key: Key, sentence: str) -> ModelError:
        place = self.scenario.file or "The scenario"
        if self.lines is not None:
            place += f", line {self.lines.of(key)}"
        return ModelError(f"{place}: {sentence}")

    def known(self, name: str, among: Sequence[str], what: str, key: Key) -> None:
        if name not in among:
            near = get_close_matches(name, among, n=1)
            listed = ", ".join(f"“{entry}”" for entry in among) or "none"
            mend = f"did you mean “{near[0]}”" if near else f"the names known are: {listed}"
            raise self.wrong(key, f"there is no {what} “{name}”; {mend}.")

    def unique(self, found: Iterable[str], what: str, key: Key) -> None:
        seen: set[str] = set()
        for index, name in enumerate(found):
            if not name or "/" in name:
                raise self.wrong(
                    (*key, index), f"the name “{name}” of a {what} must not be empty or hold “/”; change it."
                )
            if name in seen:
                raise self.wrong((*key, index), f"the name “{name}” is given to two {what}s; rename one.")
            seen.add(name)

    def number(self, number: Number, key: Key, *, low: float = -math.inf, high: float = math.inf) -> None:
        """Check that the number, with its whole range, is finite and lies within bounds."""
        ends = [number.value, *(end for end in (number.low, number.high) if end is not None)]
        if not all(math.isfinite(end) for end in ends):
            raise self.wrong(key, "a number here is not finite (NaN or infinity); give a finite one.")
        if any(end < low or end > high for end in ends):
            raise self.wrong(key, f"a number here lies outside {low:g} to {high:g}; bring it, with its range, inside.")
        bottom = number.value if number.low is None else number.low
        top = number.value if number.high is None else number.high
        if not bottom <= number.value <= top:
            raise self.wrong(key, f"the value {number.value:g} lies outside its range {bottom:g} to {top:g}; mend one.")
        if number.shape in {"uniform", "triangular"} and (number.low is None or number.high is None):
            raise self.wrong(key, f"a {number.shape} number needs low and high; give both.")
        if number.shape == "normal" and not (number.sd and number.sd > 0 and math.isfinite(number.sd)):
            raise self.wrong(key, "a normal number needs sd, its standard deviation, above 0; give it.")
        open_ended = (number.low is None and low > -math.inf) or (number.high is None and high < math.inf)
        if number.shape == "normal" and open_ended:
            raise self.wrong(key, f"a normal number here may leave {low:g} to {high:g}; give low and high to cut it.")

    def by_party(
        self, given: Mapping[str, Number], key: Key, *, all_parties: str = "", low: float = -math.inf,
        high: float = math.inf,
    ) -> None:  # fmt: skip
        for name, number in given.items():
            self.known(name, self.party_names, "party", (*key, name))
            self.number(number, (*key, name), low=low, high=high)
        for name in self.party_names if all_parties else ():
            if name not in given:
                raise self.wrong(
                    key, f"{all_parties} has no number for “{name}”; write “{name} = 0” if it gains nothing."
                )

    def condition(self, when: Condition, key: Key, *, rules: bool = False) -> None:
        """Check names; *rules* tells that periods and deals in force may be named."""
        levels = {clock.name: clock.levels for clock in self.scenario.clocks}
        for name, wanted in when.levels.items():
            self.known(name, tuple(levels), "clock", (*key, "when", name))
            for level in wanted:
                self.known(level, levels[name], f"level of the clock “{name}”", (*key, "when", name))
        timed = when.from_period is not None or when.until_period is not None
        if not rules and (timed or when.in_force):
            raise self.wrong((*key, "when"), "only clock levels may stand in this condition; use a clock for the rest.")
        if timed and self.scenario.horizon is None:
            raise self.wrong(
                (*key, "when"), "periods have no place in a scenario without horizon; use a clock instead."
            )
        for name in when.in_force:
            deals = (NOTHING, *(deal.name for deal in self.scenario.interims))
            self.known(name, deals, "interim deal", (*key, "when"))

    def names(self) -> None:
        scenario = self.scenario
        if not scenario.parties:
            raise self.wrong(("parties",), "there is no party; add [[parties]] with a name and a patience.")
        if not scenario.issues:
            raise self.wrong(("issues",), "there is no issue; add [[issues]] with options or an amount.")
        groups: dict[str, tuple[str, Iterable[str]]] = {
            "parties": ("party", scenario.names),
            "issues": ("issue", [issue.name for issue in scenario.issues]),
            "clocks": ("clock", [clock.name for clock in scenario.clocks]),
            "flows": ("flow", [flow.name for flow in scenario.flows]),
            "interims": ("interim deal", [deal.name for deal in scenario.interims]),
            "endings": ("ending", [ending.name for ending in scenario.endings]),
            "levers": ("lever", [lever.name for lever in scenario.levers]),
        }
        for key, (what, found) in groups.items():
            self.unique(found, what, (key,))
        if scenario.span is not None:
            self.number(scenario.span, ("horizon",), low=1.0)
            ends = (scenario.span.value, scenario.span.low, scenario.span.high)
            if any(end is not None and end != int(end) for end in ends):
                raise self.wrong(("horizon",), "a horizon and its range are whole numbers of periods; round them.")
        if scenario.horizon is not None and scenario.horizon < 1:
            raise self.wrong(("horizon",), 'the horizon must be at least 1 period; or write horizon = "none".')
        if not (scenario.tolerance > 0 and scenario.iterations > 0):
            raise self.wrong(("tolerance",), "tolerance and iterations must be above 0; mend them.")

    def parties(self) -> None:
        private = 0
        for index, party in enumerate(self.scenario.parties):
            key: Key = ("parties", index)
            self.number(party.patience, (*key, "patience"), low=0.0, high=1.0)
            if party.private:
                private += 1
                for number in party.private:
                    self.number(number, (*key, "private"))
                if party.private[0].value > party.private[1].value:
                    raise self.wrong(
                        (*key, "private"), "the low end of a private cost lies above its high end; swap them."
                    )
        if private > 1:
            raise self.wrong(("parties",), "only one party may have a private cost of refusing; leave one.")
        if private and any(issue.divisible for issue in self.scenario.issues):
            raise self.wrong(("parties",), "a private cost of refusing needs listed options, not an amount to share.")

    def issues(self) -> None:
        divisible = [issue for issue in self.scenario.issues if issue.divisible]
        if len(divisible) > 1:
            index = self.scenario.issues.index(divisible[1])
            raise self.wrong(("issues", index), "only one issue may be an amount to share; list options for the other.")
        for index, issue in enumerate(self.scenario.issues):
            key: Key = ("issues", index)
            self.by_party(issue.weights, (*key, "weights"), all_parties=f"the weights of “{issue.name}”")
            if issue.divisible and issue.options:
                raise self.wrong(key, f"the issue “{issue.name}” has both options and an amount; keep one.")
            if not issue.divisible and not issue.options:
                raise self.wrong(key, f"the issue “{issue.name}” has no options; add [[issues.options]] or an amount.")
            self.unique([option.name for option in issue.options], "option", (*key, "options"))
            for place, option in enumerate(issue.options):
                here = (*key, "options", place, "values")
                self.by_party(option.values, here, all_parties=f"the option “{option.name}”")
            self.sizes(issue, key)
        self.constraints()

    def sizes(self, issue: Issue, key: Key) -> None:
        self.unique([size.name for size in issue.sizes], "size", (*key, "sizes"))
        for place, size in enumerate(issue.sizes):
            self.number(size.amount, (*key, "sizes", place), low=0.0)
            self.condition(size.when, (*key, "sizes", place))
        ends = [end for weight in issue.weights.values() for end in (weight.value, weight.low) if end is not None]
        if issue.divisible and min(ends, default=1.0) <= 0:
            raise self.wrong(
                (*key, "weights"), "every party must value an amount to share; give weights above 0, ranges too."
            )

    def constraints(self) -> None:
        options = {i.name: [o.name for o in i.options] for i in self.scenario.issues if not i.divisible}
        for index, constraint in enumerate(self.scenario.constraints):
            key: Key = ("constraints", index, "forbid")
            if not constraint.forbid:
                raise self.wrong(key, "the constraint forbids nothing; name issues and options, or take it out.")
            for name, chosen in constraint.forbid.items():
                self.known(name, tuple(options), "issue with options", (*key, name))
                for option in chosen:
                    self.known(option, options[name], f"option of “{name}”", (*key, name))
        try:
            enumerate_packages(self.scenario)
        except ModelError as error:
            where = ("constraints", 0) if self.scenario.constraints else ("issues", 0)
            raise self.wrong(where, str(error).split(": ", 1)[1]) from None

    def consent(self) -> None:
        consent = self.scenario.consent
        for key, group in (("needed", consent.needed), ("among", consent.among)):
            for name in group:
                self.known(name, self.party_names, "party", ("consent", key))
        if not consent.needed and consent.quota < 1:
            raise self.wrong(("consent",), "nobody needs to agree; name parties in “needed”, or a “quota” and “among”.")
        if consent.quota > len(set(consent.among)):
            raise self.wrong(
                ("consent", "quota"), f"a quota of {consent.quota} cannot be had among {len(set(consent.among))}."
            )

    def clocks(self) -> None:
        graph: dict[str, set[str]] = {}
        count = 1
        for index, clock in enumerate(self.scenario.clocks):
            key: Key = ("clocks", index)
            self.unique(clock.levels, f"level of “{clock.name}”", (*key, "levels"))
            self.unique([move.name for move in clock.moves], "move (give each a name of its own)", (*key, "moves"))
            self.known(clock.start, clock.levels, f"level of the clock “{clock.name}”", (*key, "start"))
            count *= len(clock.levels)
            graph[clock.name] = set()
            for place, move in enumerate(clock.moves):
                here = (*key, "moves", place)
                for end, level in (("from", move.start), ("to", move.end)):
                    self.known(level, clock.levels, f"level of the clock “{clock.name}”", (*here, end))
                if move.start == move.end:
                    raise self.wrong(here, f"a move from “{move.start}” to itself says nothing; take it out.")
                self.number(move.chance, (*here, "chance"), low=0.0, high=1.0)
                self.condition(move.when, here, rules=True)
                graph[clock.name] |= set(move.when.levels)
        try:
            tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = error.args[1]
            where = next(i for i, clock in enumerate(self.scenario.clocks) if clock.name == names[0])
            chain = " on ".join(f"“{name}”" for name in names)
            raise self.wrong(
                ("clocks", where), f"clocks depend on one another in a circle ({chain}); cut one link."
            ) from None
        if count > STATES:
            raise self.wrong(
                ("clocks",), f"the clocks have {count:,} states together, more than {STATES:,}; drop levels."
            )
        over = overfull_clock(self.scenario)
        if over:
            clock_at, move_at, total = over
            raise self.wrong(
                ("clocks", clock_at, "moves", move_at, "chance"),
                f"the chances to leave “{self.scenario.clocks[clock_at].moves[move_at].start}” sum to {total:g}, "
                "over one; lower them.",
            )

    def rules(self) -> None:
        proposers = self.scenario.proposers
        if bool(proposers.order) == bool(proposers.turns):
            raise self.wrong(("proposers",), "say who proposes by “order” or by chances, one of the two.")
        for name in proposers.order:
            self.known(name, self.party_names, "party", ("proposers", "order"))
        for index, turn in enumerate(proposers.turns):
            key: Key = ("proposers", "turns", index)
            self.by_party(turn.chances, key, low=0.0, high=1.0)
            self.condition(turn.when, key)
            total = sum(number.value for number in turn.chances.values())
            if total > 1 + 1e-9:
                raise self.wrong(key, f"the chances to propose sum to {total:g}, over one; lower them.")
        if proposers.turns and not any(n.value for turn in proposers.turns for n in turn.chances.values()):
            raise self.wrong(("proposers",), "nobody ever proposes; give somebody a chance above 0.")
        self.unique([turn.name for turn in proposers.turns], "turn", ("proposers", "turns"))
        for index, flow in enumerate(self.scenario.flows):
            self.by_party(flow.amounts, ("flows", index, "amounts"))
            self.condition(flow.when, ("flows", index), rules=True)

    def interims(self) -> None:
        for index, deal in enumerate(self.scenario.interims):
            key: Key = ("interims", index)
            if not deal.consent:
                raise self.wrong((*key, "consent"), f"nobody needs to agree to “{deal.name}”; name who must.")
            for name in deal.consent:
                self.known(name, self.party_names, "party", (*key, "consent"))
            if deal.lasts < 1:
                raise self.wrong((*key, "lasts"), "an interim deal lasts at least 1 period; mend it.")
            self.number(deal.breaks, (*key, "breaks"), low=0.0, high=1.0)
            for name, given in (("gains", deal.gains), ("flows", deal.flows), ("breakers", deal.breakers)):
                self.by_party(given, (*key, name))

    def endings(self) -> None:
        for index, ending in enumerate(self.scenario.endings):
            key: Key = ("endings", index)
            self.by_party(ending.payoffs, (*key, "payoffs"), all_parties=f"the ending “{ending.name}”")
            self.condition(ending.when, key)
            for name in ending.by:
                self.known(name, self.party_names, "party", (*key, "by"))
            if (ending.kind == "walk out") != bool(ending.by):
                raise self.wrong(
                    (*key, "by"), "“by” names who may walk out: an ending at “walk out” needs it, no other has it."
                )
            self.number(ending.chance, (*key, "chance"), low=0.0, high=1.0)
            if ending.kind == "level" and not ending.when.levels:
                raise self.wrong(key, "an ending at a level needs “when” with that clock and level; add it.")
            if ending.kind == "horizon" and self.scenario.horizon is None:
                raise self.wrong(key, "there is no horizon to end at; give a horizon, or take the ending out.")

    def needed_by_somebody(self) -> None:
        scenario = self.scenario
        heard = {*scenario.consent.needed, *scenario.proposers.order}
        heard |= set(scenario.consent.among) if scenario.consent.quota else set()
        heard |= {
            name for turn in scenario.proposers.turns for name, number in turn.chances.items() if number.value > 0
        }
        heard |= {name for deal in scenario.interims for name in (*deal.consent, *deal.breakers)}
        heard |= {name for ending in scenario.endings for name in ending.by}
        for index, name in enumerate(scenario.names):
            if name not in heard:
                raise self.wrong(
                    ("parties", index), f"nobody needs “{name}”: it neither agrees, proposes, breaks nor walks out; "
                    "give it a part, or take it out.",
                )  # fmt: skip

    def levers(self) -> None:
        paths = {path for path, _ in numbers(self.scenario)}
        levels = {clock.name: clock.levels for clock in self.scenario.clocks}
        for index, lever in enumerate(self.scenario.levers):
            key: Key = ("levers", index)
            if not lever.sets and not lever.starts:
                raise self.wrong(key, f"the lever “{lever.name}” changes nothing; give “sets” or “starts”.")
            for path, number in lever.sets.items():
                self.known(path, sorted(paths), "number", (*key, "sets", path))
                self.number(number, (*key, "sets", path))
            for clock, level in lever.starts.items():
                self.known(clock, tuple(levels), "clock", (*key, "starts", clock))
                self.known(level, levels[clock], f"level of the clock “{clock}”", (*key, "starts", clock))
            for place, claim in enumerate(lever.claims):
                self.measure(claim.measure, (*key, "claims", place, "measure"))
            try:
                pulled = apply_levers(self.scenario, [lever.name])
                check_numbers(pulled)
            except ModelError as error:
                sentence = str(error).split(": ", 1)[1]
                raise self.wrong(key, f"with the lever “{lever.name}” pulled, {sentence}") from None

    def measure(self, name: str, key: Key) -> None:
        """Check the name of a measure that a claim is about."""
        if not re.fullmatch(r"chance of agreement by period [1-9]\d*", name):
            self.known(name, measure_names(self.scenario), "measure", key)


def check_numbers(scenario: Scenario) -> None:
    """Check the numbers of a scenario whose names are known to be right (one with a lever pulled)."""
    checker = _Checker(scenario, None)
    checker.parties()
    for index, issue in enumerate(scenario.issues):
        checker.sizes(issue, ("issues", index))
    checker.clocks()
    checker.rules()
    checker.interims()
    checker.endings()
