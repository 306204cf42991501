"""Short ways to write conflicts in tests."""

from __future__ import annotations

import conflict_oracle as oracle

from parley.conflict.model import Conflict, DecisionMaker, Infeasible, Option, Ranking
from parley.conflict.states import Rule, make_space

DIRECTIONS = {"both": "free", "forward": "only taken", "back": "only dropped"}


def from_case(case):
    """Build a conflict from an entry of graph_model_cases.json."""
    owner = {option: maker["name"] for maker in case["decision_makers"] for option in maker["options"]}
    return Conflict(
        title=case["case"],
        decision_makers=tuple(
            DecisionMaker(
                maker["name"],
                Ranking(tuple(tuple(level) if isinstance(level, list) else (level,) for level in maker["ranking"])),
            )
            for maker in case["decision_makers"]
        ),
        options=tuple(Option(o["name"], owner[o["name"]], DIRECTIONS[o["direction"]]) for o in case["options"]),
        infeasible=tuple(Infeasible(pattern) for pattern in case["infeasible"]),
    )


def two_by_two(row, column):
    """Build a 2x2 game: each side has one option, "defect". Rankings, best first, of states 0=CC 1=DC 2=CD 3=DD."""
    return Conflict(
        title="2x2",
        decision_makers=(
            DecisionMaker("Row", Ranking(tuple((state,) for state in row))),
            DecisionMaker("Column", Ranking(tuple((state,) for state in column))),
        ),
        options=(Option("Row defects", "Row"), Option("Column defects", "Column")),
    )


def space_of_game(game: oracle.Game):
    return make_space(
        game.count,
        tuple(game.masks),
        infeasible=tuple(game.infeasible),
        forward=game.forward,
        back=game.back,
        rules=tuple(Rule(*rule) for rule in game.rules),
    )
