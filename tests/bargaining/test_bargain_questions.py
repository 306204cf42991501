"""Questions that people ask: standings, zone, delay, levers, thresholds, guarantees, claims, words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bargain_making import random_scenario

from parley.bargaining.classic_scenarios import (
    attrition_game,
    baron_ferejohn_game,
    fearon_game,
    merlo_wilson_game,
    random_walk_game,
    rubinstein_game,
)
from parley.bargaining.explain import CAUTION, explain
from parley.bargaining.model import Number
from parley.bargaining.questions import (
    attainable,
    claims,
    compare,
    course,
    effects,
    first_deals,
    measure,
    number_threshold,
    standings,
    threshold,
    worth,
    zone,
)
from parley.bargaining.solve import solve
from parley.bargaining.standing import acceptance
from parley.bargaining.toml import loads
from parley.bargaining.values import apply_levers, frozen
from parley.errors import UnknownName

# One seller of time: the buyer's alternative runs out, so the seller waits for better terms.
WAITING = """
title = "A lease that runs out"
period = "month"
horizon = 4
[[parties]]
name = "Landlord"
patience = 0.99
[[parties]]
name = "Tenant"
patience = 0.99
[consent]
needed = ["Landlord", "Tenant"]
[proposers]
chances = { Landlord = 0.5, Tenant = 0.5 }
[[issues]]
name = "Rent"
weights = { Landlord = 1, Tenant = 1 }
[[issues.options]]
name = "low"
values = { Landlord = 0.2, Tenant = 0.8 }
[[issues.options]]
name = "high"
values = { Landlord = 0.8, Tenant = 0.2 }
[[clocks]]
name = "Other flat"
levels = ["free", "gone"]
start = "free"
[[clocks.moves]]
from = "free"
to = "gone"
chance = 0.5
[[endings]]
name = "tenant takes the other flat"
at = "horizon"
payoffs = { Landlord = 0.1, Tenant = 0.6 }
[[endings]]
name = "tenant has nothing"
at = "horizon"
when = { "Other flat" = "gone" }
payoffs = { Landlord = 0.1, Tenant = 0.0 }
[[interims]]
name = "Month to month"
consent = ["Landlord", "Tenant"]
lasts = 1
flows = { Landlord = 0.001, Tenant = 0.001 }
[[levers]]
name = "A second offer"
sets = { "clocks/Other flat/free to gone" = 0.0 }
[[levers.claims]]
measure = "value to Landlord"
moves = "down"
source = "document letter"
[[levers.claims]]
measure = "chance of agreement by period 2"
moves = "down"
[[levers.claims]]
measure = "value to Tenant"
moves = "down"
[[levers]]
name = "Flat gone"
starts = { "Other flat" = "gone" }
"""


def test_the_party_with_time_on_its_side_waits_and_the_words_say_why() -> None:
    scenario = loads(WAITING)
    solution = solve(scenario)
    landlord, tenant = standings(scenario, solution)
    assert not landlord.signs
    assert landlord.best == (("Rent", "low"),)
    assert landlord.wait > 0.2
    assert tenant.best is None or not tenant.signs
    assert zone(scenario, solution)[0].options == ()
    words = " ".join(explain(scenario))
    assert "Landlord waits in period 1" in words
    assert "If “Other flat” stood still" in words
    assert CAUTION in words


def test_standing_still_the_clock_takes_the_reason_to_wait_away() -> None:
    scenario = loads(WAITING)
    stopped = frozen(scenario, "Other flat")
    assert standings(scenario, solve(scenario))[0].wait > standings(stopped, solve(stopped))[0].wait


def test_interim_deals_come_first_where_they_gain_and_nothing_better_is_signed() -> None:
    scenario = loads(WAITING)
    made = first_deals(scenario, solve(scenario))
    assert {(who, deal) for who, deal, _ in made} == {("Landlord", "Month to month"), ("Tenant", "Month to month")}
    assert all(gain == pytest.approx(0.001) for _, _, gains in made for gain in gains.values())
    worse = loads(WAITING.replace("Landlord = 0.001, Tenant = 0.001", "Landlord = 0.001, Tenant = -0.001"))
    assert first_deals(worse, solve(worse)) == ()


def test_claims_are_held_against_the_model_and_some_fail() -> None:
    held = {(v.lever, v.claim.measure): v.holds for v in claims(loads(WAITING))}
    assert held[("A second offer", "value to Landlord")]
    assert not held[("A second offer", "value to Tenant")]
    assert claims(loads(WAITING))[0].claim.sources == ("document letter",)


def test_a_lever_in_part_lies_between_and_in_full_is_itself() -> None:
    scenario = loads(WAITING)
    half = apply_levers(scenario, ["A second offer"], share=0.5)
    assert half.clocks[0].moves[0].chance.value == pytest.approx(0.25)
    assert apply_levers(scenario, ["A second offer"]).clocks[0].moves[0].chance.value == 0.0
    assert apply_levers(scenario, ["Flat gone"]).clocks[0].start == "gone"
    assert apply_levers(scenario, ["Flat gone"], share=0.0).clocks[0].start == "free"


def test_a_threshold_is_where_the_chance_crosses_and_names_who_flips() -> None:
    scenario = loads(WAITING)
    found = threshold(scenario, "A second offer", by=1, chance=0.5)
    assert found.share is not None
    assert 0 < found.share < 1
    just, before = (apply_levers(scenario, ["A second offer"], share=found.share + d) for d in (1e-5, -1e-5))
    assert measure(just, "chance of agreement by period 1") >= 0.5
    assert measure(before, "chance of agreement by period 1") < 0.5
    assert found.flips == ("Landlord",)
    assert found.terms == (("Rent", "low"),)


def test_a_threshold_that_no_share_reaches_is_none() -> None:
    unmoved = loads(WAITING.replace('"clocks/Other flat/free to gone" = 0.0', '"parties/Tenant/patience" = 0.995'))
    found = threshold(unmoved, "A second offer", by=1, chance=0.99)
    assert found.share is None
    assert found.flips == ()


def test_worth_and_effects_of_a_lever_agree() -> None:
    scenario = loads(WAITING)
    gain = worth(scenario, "A second offer")
    effect = next(e for e in effects(scenario) if e.lever == "A second offer")
    for party in scenario.names:
        assert gain[party] == pytest.approx(effect.after[f"value to {party}"] - effect.before[f"value to {party}"])
    assert gain["Landlord"] < 0


def test_two_scenarios_side_by_side() -> None:
    scenario = loads(WAITING)
    rows = {row.measure: row for row in compare(scenario, apply_levers(scenario, ["Flat gone"]))}
    assert rows["value to Landlord"].second > rows["value to Landlord"].first


def test_who_gains_from_delay_and_when_it_turns() -> None:
    scenario = loads(WAITING)
    landlord = course(scenario, solve(scenario))[0]
    assert landlord.turns[0] == (1, "gains")
    assert len(landlord.gains) == 4
    # the last period: refusing means the poor ending, so it would lose by waiting
    assert landlord.turns[-1][1] == "loses"


def test_attainable_is_what_others_would_sign_whatever_it_is_worth_to_oneself() -> None:
    scenario = loads(WAITING)
    solution = solve(scenario)
    assert attainable(solution, 0, 0)[0, 0, solution.game.start] == pytest.approx(0.2)
    refusing = random_walk_game(4, 2, 0.5, 0.0, 0.0)
    found = attainable(solve(refusing), 0, 0)
    assert found[0, 0, 1:4].max() == -np.inf  # nothing to share: B would sign nothing


def test_the_zone_of_an_amount_is_fearons_range() -> None:
    scenario = fearon_game(0.5, 0.2, 0.1)
    ranges = {party: (low, high) for party, low, high in zone(scenario, solve(scenario))[0].ranges}
    assert ranges["A"] == pytest.approx((0.3, 0.6))


def test_the_zone_beside_listed_options_counts_only_packages_that_can_be_paid_for() -> None:
    lease = loads(
        WAITING.replace(
            "[[clocks]]",
            '[[issues]]\nname = "Deposit"\nweights = { Landlord = 1, Tenant = 1 }\namount = 0.1\n\n[[clocks]]',
            1,
        )
    )
    solution = solve(lease)
    rent, deposit = zone(lease, solution)
    wait = solution.period(0).wait[0, 0, solution.game.start]
    for option, values in (("low", (0.2, 0.8)), ("high", (0.8, 0.2))):
        short = sum(max(0.0, float(w) - u) for w, u in zip(wait, values, strict=True))
        assert (option in rent.options) == (short <= 0.1 + 1e-9)
    assert bool(deposit.ranges) == bool(rent.options)


def test_with_a_quota_and_an_amount_there_is_no_one_zone() -> None:
    game = baron_ferejohn_game(3, 0.9)
    assert zone(game, solve(game)) == ()
    assert all(entry.signs for entry in standings(game, solve(game)))
    assert standings(game, solve(game))[0].best_worth == pytest.approx(0.7)


def test_acceptance_sets_hold_what_a_party_would_sign() -> None:
    scenario = loads(WAITING)
    sets = acceptance(scenario, solve(scenario))
    assert sets["Landlord"] == ((("Rent", "high"),),)
    assert sets["Tenant"] == ((("Rent", "low"),),)


def test_the_price_of_patience_in_rubinsteins_game_is_what_moving_second_costs() -> None:
    scenario = rubinstein_game(0.9, 0.8)
    assert measure(scenario, "price of patience of A") == pytest.approx(0.7142857143 - 0.9 * (1 - 0.1 / 0.28), abs=1e-6)


def test_unknown_levers_measures_and_numbers_are_one_sentence() -> None:
    scenario = loads(WAITING)
    with pytest.raises(UnknownName, match="its levers are: “A second offer”, “Flat gone”"):
        apply_levers(scenario, ["Nothing"])
    with pytest.raises(UnknownName, match="There is no measure “luck”"):
        measure(scenario, "luck")
    with pytest.raises(UnknownName, match="There is no number “x”"):
        number_threshold(scenario, "x", 1.0)


def test_explanations_cover_amounts_games_without_end_and_unsettled_ones() -> None:
    assert any("in the end" in text for text in explain(rubinstein_game(0.9, 0.8)))
    assert any("met its bound" in text for text in explain(replace(rubinstein_game(0.99, 0.99), iterations=3)))
    assert explain(merlo_wilson_game([1, 2], [0.5, 0.5], 0.9))
    assert explain(attrition_game(1, 1, 0.1, 0.5))
    assert explain(random_scenario(3))


def test_a_number_drawn_as_normal_keeps_within_its_bounds() -> None:
    from parley.bargaining.values import quantile

    number = Number(0.5, 0.2, 0.6, "normal", 0.3)
    assert quantile(number, 0.001) == 0.2
    assert quantile(number, 0.999) == 0.6
    assert quantile(number, 0.5) == pytest.approx(0.5)
    triangle = Number(0.3, 0.0, 1.0, "triangular")
    assert quantile(triangle, 0.3) == pytest.approx(0.3)
    assert quantile(Number(1.0), 0.3) == 1.0
