"""Draws, tornado and Sobol indices."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from parley.bargaining.classic_scenarios import rubinstein_game
from parley.bargaining.model import Number, Scenario
from parley.bargaining.questions import measure
from parley.bargaining.report import make, to_html, to_text
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
    report = make(uncertain, measure="value to A", sobol_draws=64, seed=1)
    assert "Sobol indices" in to_html(report)
    assert "Sobol indices" in to_text(report)
