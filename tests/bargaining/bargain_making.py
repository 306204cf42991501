"""Scenarios for tests: random ones from a seed, and small ones by hand."""

from __future__ import annotations

import numpy as np

from parley.bargaining.model import (
    NOTHING,
    Clock,
    Condition,
    Consent,
    Ending,
    Flow,
    Interim,
    Issue,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Turn,
)


def random_scenario(seed: int, *, coarse: bool = False, quota: bool = False, order: bool = False) -> Scenario:
    """Three parties, two issues, two clocks (one looking at the other), two interim deals, every kind of ending.

    *coarse* numbers make ties common.
    """
    rng = np.random.default_rng(seed)

    def number(low: float, high: float) -> Number:
        value = float(rng.uniform(low, high))
        return Number(round(value * 4) / 4 if coarse else value)

    def small(low: float, high: float) -> Number:
        return Number(float(rng.uniform(low, high)))

    names = ("A", "B", "C")
    issues = tuple(
        Issue(
            f"issue {i}",
            {p: number(0.25, 1.0) for p in names},
            tuple(Option(f"option {o}", {p: number(0, 1) for p in names}) for o in range(3)),
        )
        for i in range(2)
    )
    clocks = (
        Clock("front", ("one", "two", "gone"), "one", (
            Move("on", "one", "two", small(0.1, 0.5)),
            Move("on in a truce", "one", "two", small(0.0, 0.1), Condition(in_force=("truce",))),
            Move("over", "two", "gone", small(0.05, 0.3), Condition(from_period=2)),
            Move("back", "two", "one", small(0.05, 0.3)),
        )),
        Clock("aid", ("flows", "stops"), "flows", (
            Move("stop", "flows", "stops", small(0.1, 0.4)),
            Move("stop late", "flows", "stops", small(0.4, 0.9), Condition({"front": ("two",)})),
        )),
    )  # fmt: skip
    interims = (
        Interim("truce", ("A", "B"), 2, flows={p: small(-0.02, 0.08) for p in names}, breaks=small(0, 0.4),
                breakers={"A": small(0.0, 0.05)}),
        Interim("exchange", ("A", "C"), 1, gains={p: small(-0.02, 0.1) for p in names}, once=True),
    )  # fmt: skip
    endings = (
        Ending("end", "horizon", Condition(), {p: small(0, 0.5) for p in names}),
        Ending("end without aid", "horizon", Condition({"aid": ("stops",)}), {p: small(0, 0.5) for p in names}),
        Ending("war", "walk out", Condition({"front": ("two",)}), {p: small(0, 0.6) for p in names}, by=("A", "C")),
        Ending("breakdown", "breakdown", Condition(), {p: small(0, 0.3) for p in names}, chance=small(0, 0.3)),
        Ending("lost", "level", Condition({"front": ("gone",)}), {p: small(0, 0.5) for p in names}),
    )
    consent = Consent(needed=("A",), quota=2, among=names) if quota else Consent(needed=("A", "B"))
    chances = {"A": Number(0.4), "B": Number(0.3), "C": Number(0.2)}
    turns = (Turn("draw", Condition(), chances), Turn("C leads", Condition({"aid": ("stops",)}), {"C": Number(0.7)}))
    return Scenario(
        title="random",
        parties=tuple(Party(p, small(0.7, 0.99)) for p in names),
        issues=issues,
        consent=consent,
        proposers=Proposers(order=("A", "B", "C")) if order else Proposers(turns=turns),
        horizon=4,
        clocks=clocks,
        flows=(
            Flow("base", Condition(), {p: small(-0.05, 0.05) for p in names}),
            Flow("war", Condition({"front": ("two",)}, in_force=(NOTHING,)), {p: small(-0.1, 0.05) for p in names}),
            Flow("late", Condition(from_period=3, until_period=3), {"B": small(-0.1, 0.1)}),
        ),
        interims=interims,
        endings=endings,
    )
