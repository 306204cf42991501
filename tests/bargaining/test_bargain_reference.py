"""Every row of the shared reference values, by closed form and by the general solver, to 1e-9."""

from __future__ import annotations

from typing import Any

import pytest

from parley.bargaining import classic_scenarios as games
from parley.bargaining import classics
from parley.bargaining.play import play
from parley.bargaining.questions import number_threshold
from parley.bargaining.solve import FINAL, solve

Reference = dict[str, Any]
EXACT = 1e-9


def test_rubinstein_1982_infinite(reference: Reference) -> None:
    for row in reference["rubinstein_infinite"]["rows"]:
        share = row["proposer_share"]
        assert classics.rubinstein(row["d1"], row["d2"]) == pytest.approx(share, abs=EXACT)
        assert classics.rubinstein(row["d2"], row["d1"]) == pytest.approx(
            row["responder_as_first_mover_share"], abs=EXACT
        )
        solution = solve(games.rubinstein_game(row["d1"], row["d2"]))
        assert solution.settled
        assert solution.start_value[0] == pytest.approx([share, row["responder_share"]], abs=EXACT)
        assert play(solution).period[0] == 1.0
        long = solve(games.rubinstein_game(row["d1"], row["d2"], horizon=4001))
        assert long.start_value[0, 0] == pytest.approx(row["finite_T4001"], abs=EXACT)


def test_rubinstein_1982_finite_last_proposer_takes_all(reference: Reference) -> None:
    for row in reference["rubinstein_finite"]["rows"]:
        assert classics.rubinstein_finite(row["d"], row["T"]) == pytest.approx(row["closed_form"], abs=EXACT)
        solution = solve(games.rubinstein_game(row["d"], row["d"], horizon=row["T"]))
        assert solution.start_value[0, 0] == pytest.approx(row["first_proposer_share"], abs=EXACT)


def test_nash_limit_as_offers_follow_at_once(reference: Reference) -> None:
    for row in reference["nash_limit"]["rows"]:
        assert classics.rubinstein_limit(row["r1"], row["r2"]) == pytest.approx(row["x1"], abs=EXACT)


def test_binmore_rubinstein_wolinsky_1986_breakdown(reference: Reference) -> None:
    for row in reference["brw_breakdown"]["rows"]:
        q, first, second = row["q"], row["b1"], row["b2"]
        assert classics.breakdown_share(q, first, second) == pytest.approx(row["x1"], abs=EXACT)
        assert solve(games.breakdown_game(q, first, second)).start_value[0, 0] == pytest.approx(row["x1"], abs=EXACT)


def test_baron_ferejohn_1989_closed_rule(reference: Reference) -> None:
    for row in reference["baron_ferejohn_closed"]["rows"]:
        n, delta = row["n"], row["delta"]
        shares = classics.baron_ferejohn(n, delta)
        assert shares == pytest.approx((row["proposer_share"], row["partner_share"]), abs=EXACT)
        solution = solve(games.baron_ferejohn_game(n, delta))
        assert solution.start_value[0] == pytest.approx([row["value"]] * n, abs=EXACT)
        final = solution.periods[0].final[0]
        assert final.share is not None
        assert final.share[0, 0, 0] == pytest.approx(row["proposer_share"], abs=EXACT)
        # partners are drawn with equal chance: (n - 1) / 2 of n - 1 others get their share
        assert final.share[0, 0, 1] == pytest.approx(row["partner_share"] / 2, abs=EXACT)
        assert play(solution).period[0] == 1.0


def test_merlo_wilson_1995_cake_of_random_size(reference: Reference) -> None:
    for row in reference["merlo_wilson_iid_two_player"]["rows"]:
        closed = classics.merlo_wilson(row["cakes"], row["probs"], row["delta"])
        assert closed.total == pytest.approx(row["W"], abs=EXACT)
        assert closed.reservation == pytest.approx(row["reservation"], abs=EXACT)
        assert list(closed.agree) == row["agree"]
        assert closed.delay == pytest.approx(row["expected_periods_of_delay"], abs=EXACT)
        solution = solve(games.merlo_wilson_game(row["cakes"], row["probs"], row["delta"]))
        period = solution.periods[0]
        weighted = sum(p * period.value[0, 0, state].sum() for state, p in enumerate(row["probs"]))
        assert weighted == pytest.approx(row["W"], abs=EXACT)
        for state, agree in enumerate(row["agree"]):
            assert (period.kind[0, state] == FINAL).tolist() == [agree, agree]
            if agree:
                share = period.final[0].share
                assert share is not None
                wanted = [row["proposer_share_by_state"][state], row["responder_share"]]
                assert share[0, state] == pytest.approx(wanted, abs=EXACT)


def test_merlo_wilson_delay_on_the_path_of_play() -> None:
    # from a cake that is refused: one period, then delay as in the stationary draw
    path = play(solve(games.merlo_wilson_game([1, 2, 4], [1 / 3] * 3, 0.95, start=0)))
    assert path.period[0] == pytest.approx(1 + 3, abs=1e-6)


def test_risk_return_ultimatum(reference: Reference) -> None:
    for row in reference["one_shot_ultimatum_uniform_cost"]["rows"]:
        case = (row["p"], row["cost_proposer"], row["cost_lo"], row["cost_hi"])
        closed = classics.ultimatum(*case)
        assert (closed.offer, closed.war, closed.payoff) == pytest.approx(
            (row["offer"], row["prob_war"], row["payoff"]), abs=EXACT
        )
        solution = solve(games.ultimatum_game(*case))
        path = play(solution)
        assert 1 - path.agreement[0] == pytest.approx(row["prob_war"], abs=EXACT)
        assert path.package[0].argmax() / 200 == pytest.approx(row["grid_offer"], abs=EXACT)
        assert solution.start_value[0, 0] == pytest.approx(row["payoff"], abs=EXACT)
        # the challenger gets the offer, or fights at a cost that lies, on average, midway to the cut
        cut = row["p"] - row["offer"]
        fights = row["p"] - (row["cost_lo"] + cut) / 2
        worth = (1 - row["prob_war"]) * row["offer"] + row["prob_war"] * fights
        assert solution.start_value[0, 1] == pytest.approx(worth, abs=EXACT)
        assert sum(path.parts.values())[0] == pytest.approx(solution.start_value[0], abs=EXACT)


def test_fearon_1995_range(reference: Reference) -> None:
    for row in reference["fearon_range"]["rows"]:
        case = (row["p"], row["cA"], row["cB"])
        assert classics.fearon_range(*case) == pytest.approx((row["lo"], row["hi"]), abs=EXACT)
        assert solve(games.fearon_game(*case)).start_value[0] == pytest.approx([row["hi"], 1 - row["hi"]], abs=EXACT)


def test_powell_2006_shifting_power(reference: Reference) -> None:
    for row in reference["powell_shifting_power"]["rows"]:
        case = (row["delta"], row["p1"], row["p2"], row["c"])
        gain, threshold, war = classics.shifting_power(*case)
        assert (gain, threshold) == pytest.approx((row["lhs"], row["threshold"]), abs=EXACT)
        assert war == row["war"]
        solution = solve(games.shifting_power_game(*case))
        assert bool(solution.periods[0].walked[0, 0, 0]) == row["war"]
        assert play(solution).agreement[0] == pytest.approx(0.0 if row["war"] else 1.0, abs=EXACT)


def test_fighting_as_a_random_walk(reference: Reference) -> None:
    for row in reference["war_random_walk"]["rows"]:
        case = (row["N"], row["k"], row["p"])
        win, battles = classics.random_walk(*case)
        assert (win, battles) == pytest.approx((row["prob_win"], row["expected_battles"]), abs=EXACT)
        first, second = 0.001, 0.002
        wanted = [win - first * battles, 1 - win - second * battles]
        fought = solve(games.random_walk_game(*case, first, second))
        assert fought.start_value[0] == pytest.approx(wanted, abs=EXACT)
        settled = solve(games.random_walk_game(*case, first, second, settle=True)).start_value[0]
        assert settled.sum() == pytest.approx(1.0, abs=EXACT)  # nothing is burnt once the prize can be shared
        assert settled[1] == pytest.approx(wanted[1], abs=1e-2)  # B is held near what fighting on would bring it


def test_war_of_attrition_hazards(reference: Reference) -> None:
    for row in reference["war_of_attrition_complete_info"]["rows"]:
        found = classics.attrition(row["v1"], row["v2"], row["c1"], row["c2"])
        assert (found.first_hazard, found.second_hazard) == pytest.approx(
            (row["hazard_concede_1"], row["hazard_concede_2"]), abs=EXACT
        )
        assert (found.mean, found.median, found.first_wins) == pytest.approx(
            (row["expected_duration"], row["median_duration"], row["prob_1_wins"]), abs=EXACT
        )
        # the other side's hazard is the one at which holding out a step longer is worth just nothing
        step = 0.01
        for prize, cost, hazard in (
            (row["v1"], row["c1"], found.second_hazard),
            (row["v2"], row["c2"], found.first_hazard),
        ):
            start = games.attrition_game(prize, cost, step, 0.0)
            flip = number_threshold(start, "clocks/other/concedes", 4 * hazard * step, chance=0.5, precision=1e-10)
            assert flip.share == 0.0  # below the equilibrium hazard it concedes at once
            assert flip.back[0] * 4 * hazard == pytest.approx(hazard, abs=1e-8)
