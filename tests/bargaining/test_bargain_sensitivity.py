"""Draws, tornado and Sobol indices."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import numpy as np
import pytest

from parley.bargaining.classic_scenarios import rubinstein_game
from parley.bargaining.model import Number, Scenario
from parley.bargaining.pages import to_html, to_text
from parley.bargaining.questions import measure
from parley.bargaining.report import make
from parley.bargaining.sensitivity import monte_carlo, sobol, tornado
from parley.bargaining.values import with_values
from parley.errors import ParleyError


@pytest.fixture
def uncertain() -> Scenario:
    """Rubinstein's game where only the patience of A is known well."""
    return with_values(
        rubinstein_game(0.8, 0.8, horizon=20),
        {
            "parties/A/patience": Number(0.8, 0.79, 0.81, "uniform"),
            "parties/B/patience": Number(0.8, 0.6, 0.95, "triangular"),
        },
    )


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(uncertain: Scenario) -> None:
    first, again, other = (monte_carlo(uncertain, count=200, seed=seed) for seed in (7, 7, 8))
    assert first.intervals == again.intervals
    assert first.intervals != other.intervals


def test_a_longer_run_begins_as_the_shorter_one(uncertain: Scenario) -> None:
    short, long = monte_carlo(uncertain, count=70, seed=1), monte_carlo(uncertain, count=200, seed=1)
    assert np.array_equal(short.values["value to A"], long.values["value to A"][:70])


def test_intervals_hold_the_share_of_draws_that_they_say(uncertain: Scenario) -> None:
    spread = monte_carlo(uncertain, count=500, seed=2)
    for interval in spread.intervals:
        values = spread.values[interval.measure]
        inside = (values >= interval.low - 1e-12) & (values <= interval.high + 1e-12)
        assert inside.mean() >= interval.level - 0.01
        assert interval.low <= interval.median <= interval.high
    assert spread.by_period.shape == (20, 3)
    assert spread.unsettled == 0


def test_draws_agree_with_the_closed_form_draw_by_draw(uncertain: Scenario) -> None:
    spread = monte_carlo(uncertain, count=30, seed=4)
    shares = np.random.default_rng(4).random((30, 2))
    first = 0.79 + shares[:, 0] * 0.02
    assert np.corrcoef(first, spread.values["value to A"])[0, 1] == pytest.approx(
        np.corrcoef(shares[:, 0], spread.values["value to A"])[0, 1]
    )
    assert spread.values["value to A"] == pytest.approx(1 - spread.values["value to B"], abs=1e-9)


def test_a_scenario_without_ranges_has_draws_that_are_all_alike_and_no_tornado() -> None:
    scenario = rubinstein_game(0.9, 0.8, horizon=5)
    spread = monte_carlo(scenario, count=3, seed=0)
    assert np.ptp(spread.values["value to A"]) == 0
    assert tornado(scenario, "value to A") == ()


def test_a_tornado_puts_the_widest_bar_first_and_moves_one_number_at_a_time(uncertain: Scenario) -> None:
    bars = tornado(uncertain, "value to A")
    assert [bar.path for bar in bars] == ["parties/B/patience", "parties/A/patience"]
    assert bars[0].low > bars[0].high  # a less patient B leaves A more
    moved = with_values(uncertain, {"parties/B/patience": bars[0].low_input})
    assert bars[0].low == pytest.approx(measure(moved, "value to A"), abs=1e-12)


def test_an_unknown_measure_is_one_sentence(uncertain: Scenario) -> None:
    with pytest.raises(ParleyError, match="There is no measure “luck”; the measures are: chance of agreement"):
        tornado(uncertain, "luck")


@pytest.fixture
def long_or_short() -> Scenario:
    """The finite game, of which it is known only that it lasts two to five periods."""
    return replace(rubinstein_game(0.5, 0.5, horizon=3), span=Number(3.0, 2.0, 5.0, "uniform"))


def test_draws_vary_the_horizon_where_it_has_a_range(long_or_short: Scenario) -> None:
    """The last proposer takes all: A's share is 1/2, 3/4, 5/8 or 11/16 of the pie in two, three, four, five periods."""
    drawn = monte_carlo(long_or_short, count=400, seed=3)
    shares, counts = np.unique(np.round(drawn.values["value to A"], 12), return_counts=True)
    assert shares.tolist() == [0.5, 0.625, 0.6875, 0.75]
    assert counts.min() > 40
    assert drawn.by_period.shape == (5, 3)
    assert np.array_equal(
        monte_carlo(long_or_short, count=400, seed=3).values["value to A"], drawn.values["value to A"]
    )


def test_the_tornado_has_a_bar_for_the_horizon(long_or_short: Scenario, uncertain: Scenario) -> None:
    bars = tornado(long_or_short, "value to A")
    assert [(bar.path, bar.low_input, bar.high_input) for bar in bars] == [("horizon", 2, 5)]
    assert (bars[0].low, bars[0].high) == pytest.approx((0.5, 0.6875))
    both = tornado(replace(uncertain, span=Number(20.0, 1.0, 30.0, "uniform")), "value to A")
    assert {bar.path for bar in both} == {"parties/A/patience", "parties/B/patience", "horizon"}
    with pytest.raises(ParleyError, match="no measure"):
        tornado(long_or_short, "nonsense")


def test_a_horizon_with_a_range_is_listed_among_the_numbers(long_or_short: Scenario) -> None:
    assert "<td>horizon</td>" in to_html(make(long_or_short))


@pytest.mark.skipif(importlib.util.find_spec("SALib") is not None, reason="SALib is installed")
def test_without_salib_the_user_hears_what_to_install(uncertain: Scenario) -> None:
    with pytest.raises(ParleyError, match="not installed; run `pip install SALib`"):
        sobol(uncertain, "value to A", count=64, seed=1)


@pytest.mark.filterwarnings("ignore")
def test_sobol_indices_show_which_number_matters(uncertain: Scenario) -> None:
    pytest.importorskip("SALib")
    rows = sobol(uncertain, "value to A", count=256, seed=1)
    assert rows[0].path == "parties/B/patience"
    assert rows[0].total > 0.9
    assert rows[1].total < 0.1
    lengths = sobol(replace(uncertain, span=Number(20.0, 1.0, 3.0, "uniform")), "value to A", count=256, seed=1)
    assert {row.path for row in lengths} == {"parties/A/patience", "parties/B/patience", "horizon"}
    assert lengths[0].path == "horizon"
    report = make(uncertain, measure="value to A", sobol_draws=64, seed=1)
    assert "Sobol indices" in to_html(report)
    assert "Sobol indices" in to_text(report)
