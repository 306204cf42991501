"""Findings as one HTML file that needs nothing else: the state graph, the states in words, why, paths, evidence."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from parley.conflict.coalitions import COALITION_TITLES
from parley.conflict.evolution import path_words
from parley.conflict.findings import Findings
from parley.conflict.model import DecisionMaker, Payoffs, Prioritised
from parley.conflict.solve import title
from parley.conflict.svg import COLOURS, DASHES, drawn, state_graph
from parley.conflict.words import DRAFT, label, listed


def to_html(found: Findings) -> str:
    """Return the page. The same findings give the same bytes; every word of the model is escaped."""
    environment = Environment(
        loader=PackageLoader("parley.conflict", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("conflict.html.jinja").render(_page(found))


def _page(found: Findings) -> dict[str, Any]:
    solution = found.solution
    conflict = solution.conflict
    names = conflict.names()
    return {
        "conflict": conflict,
        "draft": DRAFT if conflict.draft else "",
        "found": found,
        "titles": {concept: title(concept) for concept in found.concepts},
        "graph": Markup(state_graph(found)),  # noqa: S704 - every word in it is escaped by ``svg``
        "legend": [
            {
                "number": place + 1,
                "name": name,
                "colour": COLOURS[place % len(COLOURS)],
                "dash": DASHES[place % len(DASHES)],
            }
            for place, name in enumerate(names)
        ],
        "size": len(solution.space.states),
        "undrawn": len(solution.space.states) - len(drawn(found)),
        "listed": {item.state for item in found.states},
        "equilibria": [(title(concept), solution.equilibria(concept)) for concept in found.concepts],
        "perceived": []
        if found.hypergame is None
        else [(title(concept), found.hypergame.equilibria(concept)) for concept in found.hypergame.stable],
        "coalitions": []
        if found.together is None
        else [(COALITION_TITLES[concept], states) for concept, states in found.together.equilibria.items()],
        "why_coalitions": {} if found.together is None else found.together.why,
        "coalition_titles": COALITION_TITLES,
        "variants": list(found.variants.items()),
        "paths": [
            {"end": label(conflict, path.end), "words": path_words(solution, path), "steps": len(path.steps)}
            for path in found.paths
        ],
        "joint": [
            f"{listed([names[m] for m in move.members])} together prefer {label(conflict, move.after)} "
            f"to {label(conflict, move.before)}"
            for move in found.joint
        ],
        "preferences": [{"name": maker.name, "lines": _preference(maker)} for maker in conflict.decision_makers],
    }


def _preference(maker: DecisionMaker) -> list[str]:
    prefers = maker.prefers
    if isinstance(prefers, Prioritised):
        return [f"{item.text}{' (unknown)' if item.unknown else ''}" for item in prefers.statements] or ["indifferent"]
    if isinstance(prefers, Payoffs):
        return [f"{pattern}: {value:g}" for pattern, value in sorted(prefers.values, key=lambda item: -item[1])]
    return [", ".join(map(str, level)) for level in prefers.levels]
