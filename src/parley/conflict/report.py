"""Findings as a table for the terminal, as JSON and as CSV. The page is in ``html``."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from parley.cells import unformula
from parley.conflict.coalitions import COALITION_TITLES
from parley.conflict.evolution import path_words
from parley.conflict.findings import Findings, StateFinding
from parley.conflict.solve import title
from parley.conflict.words import DRAFT, label, listed, many


def to_table(found: Findings) -> str:
    """Return the findings as lines of text: equilibria by concept, then the states, then paths."""
    solution = found.solution
    conflict = solution.conflict
    size = len(solution.space.states)
    lines = [conflict.title or "Conflict", *([DRAFT] if conflict.draft else [])]
    counts = (len(conflict.decision_makers), len(conflict.options), size)
    lines.append(", ".join(map(many, counts, ("decision maker", "option", "feasible state"))))
    lines += ["", *_states(found), ""]
    if found.hidden:
        lines += [
            f"{found.hidden:,} feasible states are not listed; --json writes the equilibria of every concept.",
            "",
        ]
    for concept in found.concepts:
        states = solution.equilibria(concept)
        shown = ", ".join(map(str, states[:20])) + (f" and {len(states) - 20:,} more" if len(states) > 20 else "")
        lines.append(f"{title(concept)}: {shown or 'no equilibrium'}")
    for key, states in found.variants.items():
        lines.append(f"{key}: {', '.join(map(str, states)) or 'no equilibrium'}")
    if found.together is not None:
        for concept, states in found.together.equilibria.items():
            name = COALITION_TITLES[concept]
            lines.append(f"{name}, against every coalition too: {', '.join(map(str, states)) or 'no equilibrium'}")
    if found.hypergame is not None:
        for concept in found.hypergame.stable:
            states = found.hypergame.equilibria(concept)
            lines.append(f"{title(concept)}, as each perceives it: {', '.join(map(str, states)) or 'no equilibrium'}")
    if found.status_quo is not None:
        lines += ["", f"Status quo: {label(conflict, found.status_quo)}"]
        lines += [f"  {path_words(solution, path)}" for path in found.paths]
    for move in found.joint:
        names = listed([conflict.names()[member] for member in move.members])
        lines.append(f"Together {names} would leave {label(conflict, move.before)} for {label(conflict, move.after)}.")
    return "\n".join(lines) + "\n"


def _states(found: Findings) -> list[str]:
    names = found.solution.conflict.names()
    head = ["state", "pattern", *found.concepts, *(f"rank {name}" for name in names), "taken"]
    rows = [head]
    for item in found.states:
        marks = ["E" if all(item.stable[concept]) else _who(item, concept) for concept in found.concepts]
        number = f"{item.state}{'*' if item.state == found.status_quo else ''}"
        taken = item.words.split("(", 1)[1].removesuffix(")")
        rows.append([number, item.pattern, *marks, *map(str, item.ranks), taken])
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:], _legend(found)]


def _who(item: StateFinding, concept: str) -> str:
    stable = item.stable[concept]
    return "".join(str(place + 1) for place, value in enumerate(stable) if value) or "."


def _legend(found: Findings) -> str:
    names = ", ".join(f"{place + 1} {name}" for place, name in enumerate(found.solution.conflict.names()))
    quo = "; * the status quo" if found.status_quo is not None else ""
    return f"E: equilibrium; digits: stable for {names}; .: for nobody; ranks from 1, the best{quo}"


def to_dict(found: Findings) -> dict[str, Any]:
    """Return the findings as plain data, in a fixed order."""
    solution = found.solution
    conflict = solution.conflict
    names = conflict.names()
    return {
        "title": conflict.title,
        "draft": conflict.draft,
        "source": conflict.source,
        "decision_makers": list(names),
        "options": [{"name": item.name, "of": item.of, "moves": item.moves} for item in conflict.options],
        "feasible_states": len(solution.space.states),
        "status_quo": found.status_quo,
        "equilibria": {concept: list(solution.equilibria(concept)) for concept in found.concepts},
        "variants": {key: list(states) for key, states in found.variants.items()},
        "as_perceived": None
        if found.hypergame is None
        else {concept: list(found.hypergame.equilibria(concept)) for concept in found.hypergame.stable},
        "against_every_coalition": None
        if found.together is None
        else {concept: list(states) for concept, states in found.together.equilibria.items()},
        "states": [_state(item, names, found) for item in found.states],
        "states_not_listed": found.hidden,
        "paths_from_status_quo": [
            {
                "end": path.end,
                "steps": [{"by": names[s.maker], "from": s.before, "to": s.after} for s in path.steps],
                "words": path_words(solution, path),
            }
            for path in found.paths
        ],
        "reachable_from_status_quo": found.reachable,
        "joint_improvements": [
            {"by": [names[member] for member in move.members], "from": move.before, "to": move.after}
            for move in found.joint
        ],
        "citations": [
            {
                "item": item.item,
                "document": item.because.document,
                "words": item.because.words,
                "statement": item.because.statement,
                "note": item.because.note,
            }
            for item in found.citations
        ],
    }


def _state(item: StateFinding, names: tuple[str, ...], found: Findings) -> dict[str, Any]:
    coalitions = {} if found.together is None else found.together.why.get(item.state, {})
    perceived = found.perceived_why.get(item.state, {})
    return {
        "state": item.state,
        "pattern": item.pattern,
        "words": item.words,
        "doing": dict(item.doing),
        "rank": dict(zip(names, item.ranks, strict=True)),
        "equilibrium": list(item.equilibrium),
        "stable": {concept: dict(zip(names, values, strict=True)) for concept, values in item.stable.items()},
        "why": {concept: list(lines) for concept, lines in item.why.items()},
        "why_coalitions": {concept: list(lines) for concept, lines in coalitions.items()},
        "why_as_perceived": {concept: list(lines) for concept, lines in perceived.items()},
    }


def to_json(found: Findings) -> str:
    """Return the findings as JSON text that ends in a newline."""
    return json.dumps(to_dict(found), ensure_ascii=False, indent=1) + "\n"


def to_csv(found: Findings) -> str:
    """Return the states as CSV, one row each: stabilities as 1 and 0, equilibria first."""
    names = found.solution.conflict.names()
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    head = ["state", "pattern", "taken", *(f"equilibrium {concept}" for concept in found.concepts)]
    head += [f"rank {name}" for name in names]
    head += [f"{concept} {name}" for concept in found.concepts for name in names]
    writer.writerow([unformula(cell) for cell in head])
    for item in found.states:
        row: list[Any] = [item.state, item.pattern, item.words.split("(", 1)[1].removesuffix(")")]
        row += [int(concept in item.equilibrium) for concept in found.concepts]
        row += list(item.ranks)
        row += [int(value) for concept in found.concepts for value in item.stable[concept]]
        writer.writerow([unformula(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()
