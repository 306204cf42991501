"""Dynamic and spatial bargaining: who agrees when, on what, and who gains from delay, for stated assumptions.

``play(solve(read("scenario.toml")))`` gives the path of play; `questions` answers what people ask of it.
"""

from __future__ import annotations

from parley.bargaining.explain import explain
from parley.bargaining.formats import to_csv, to_json
from parley.bargaining.model import Number, Scenario, numbers
from parley.bargaining.pages import to_html, to_text
from parley.bargaining.play import Play, play
from parley.bargaining.questions import claims, compare, course, effects, measure, standings, threshold, worth, zone
from parley.bargaining.report import Report, make
from parley.bargaining.sensitivity import monte_carlo, sobol, tornado
from parley.bargaining.solve import Solution, solve
from parley.bargaining.toml import loads, read
from parley.bargaining.values import apply_levers, with_values
from parley.bargaining.write import dumps

__all__ = [
    "Number",
    "Play",
    "Report",
    "Scenario",
    "Solution",
    "apply_levers",
    "claims",
    "compare",
    "course",
    "dumps",
    "effects",
    "explain",
    "loads",
    "make",
    "measure",
    "monte_carlo",
    "numbers",
    "play",
    "read",
    "sobol",
    "solve",
    "standings",
    "threshold",
    "to_csv",
    "to_html",
    "to_json",
    "to_text",
    "tornado",
    "with_values",
    "worth",
    "zone",
]
