"""The state graph as SVG: states as boxes in words, equilibria marked, everybody's best improvements as arrows.

States are laid out in rows by their distance from the status quo in improvements; those that improvements do not reach
stand in the last rows. Colours are doubled by dashes and by the mover's number, so that the graph reads in grey.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from parley.conflict.evolution import Path, evolve
from parley.conflict.findings import Findings
from parley.conflict.view import View
from parley.conflict.words import taken

WIDTH, HEIGHT = 168, 74
GAP_X, GAP_Y = 34, 64
COLOURS = ("#1f4e9e", "#b3441b", "#1d6b3a", "#6b2d86", "#7a5a00", "#0f6c75")
DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2", "12 4")
ACROSS = 6
MARGIN = 44
DRAWN = 24
"""So many states at most are drawn; the table lists the others."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a state stands: the centre of its box."""

    state: int
    x: float
    y: float


def state_graph(found: Findings) -> str:
    """Draw the listed states of a model. The text of every box is escaped; nothing is loaded from elsewhere."""
    layers = _layers(found)
    boxes = _place(layers)
    wide = max(box.x for box in boxes.values()) + WIDTH / 2 + MARGIN
    high = max(box.y for box in boxes.values()) + HEIGHT / 2 + MARGIN
    title = escape(f"State graph of {found.solution.conflict.title}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" role="img" '
        f'aria-labelledby="graph-title graph-desc" class="graph">',
        f'<title id="graph-title">{title}</title>',
        f'<desc id="graph-desc">{escape(_description(found))}</desc>',
        _markers(len(found.solution.space.masks)),
        *_arrows(found, boxes),
        *(_box(found, boxes[state]) for state in sorted(boxes)),
        "</svg>",
    ]
    return "\n".join(parts)


def drawn(found: Findings) -> list[int]:
    """Choose the states to draw: all of a small model, else the status quo, its paths and the firmest equilibria."""
    shown = [item.state for item in found.states]
    if len(shown) <= DRAWN:
        return shown
    on_paths = {state for path in found.paths for step in path.steps for state in (step.before, step.after)}
    wanted = [*([] if found.status_quo is None else [found.status_quo]), *sorted(on_paths)]
    wanted += [item.state for item in found.firmest(DRAWN)]
    return sorted(dict.fromkeys(state for state in wanted[:DRAWN] if state in shown))


def _description(found: Findings) -> str:
    count = len(found.states)
    return (
        f"{count} states. Arrows are each decision maker's best improvements. The table below says the same in words."
    )


def _layers(found: Findings) -> list[list[int]]:
    """Group states by how many improvements away from the status quo they are; the others come last."""
    shown = drawn(found)
    if found.status_quo is None:
        return [shown[at : at + ACROSS] for at in range(0, len(shown), ACROSS)]
    reached = evolve(found.solution, by="improvements").paths
    distance: dict[int, float] = {s: len(reached[s].steps) if s in reached else math.inf for s in shown}
    rows: list[list[int]] = []
    for level in sorted(set(distance.values())):
        members = [state for state in shown if distance[state] == level]
        rows += [members[at : at + ACROSS] for at in range(0, len(members), ACROSS)]
    return rows


def _place(layers: Sequence[Sequence[int]]) -> dict[int, Box]:
    across = max(len(layer) for layer in layers)
    full = across * WIDTH + (across - 1) * GAP_X
    boxes = {}
    for row, layer in enumerate(layers):
        used = len(layer) * WIDTH + (len(layer) - 1) * GAP_X
        left = MARGIN + (full - used) / 2 + (row % 2) * 10
        for column, state in enumerate(layer):
            x = left + WIDTH / 2 + column * (WIDTH + GAP_X)
            boxes[state] = Box(state, x, MARGIN + HEIGHT / 2 + row * (HEIGHT + GAP_Y))
    return boxes


def _markers(makers: int) -> str:
    shape = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse"'
    heads = "".join(
        f'<marker id="head{number}" {shape} orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{COLOURS[number % len(COLOURS)]}"/></marker>'
        for number in range(makers)
    )
    return f"<defs>{heads}</defs>"


def _arrows(found: Findings, boxes: Mapping[int, Box]) -> list[str]:
    view = View(found.solution.space, found.solution.ranks)
    likely = {(step.maker, step.before, step.after) for path in _to_equilibria(found) for step in path.steps}
    arrows = []
    for item in found.states:
        if item.state not in boxes:
            continue
        for maker in range(len(found.solution.space.masks)):
            improvements = view.improvements(maker, item.state)
            if not improvements:
                continue
            best = _best(view, maker, improvements)
            targets = {best, *(after for mover, before, after in likely if mover == maker and before == item.state)}
            for target in sorted(targets):
                if target in boxes:
                    strong = (maker, item.state, target) in likely
                    arrows.append(_arrow(boxes[item.state], boxes[target], maker, strong))
    return arrows


def _best(view: View, maker: int, improvements: Sequence[int]) -> int:
    return min(improvements, key=lambda state: (-view.rank(maker, state), state))


def _to_equilibria(found: Findings) -> list[Path]:
    stable = {item.state for item in found.states if item.equilibrium}
    return [path for path in found.paths if path.end in stable]


def _arrow(start: Box, end: Box, maker: int, strong: bool) -> str:
    (x1, y1), (cx, cy), (x2, y2) = (
        _beside(start, end, maker) if abs(start.y - end.y) < 1 else _across(start, end, maker)
    )
    colour, dash = COLOURS[maker % len(COLOURS)], DASHES[maker % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    tx, ty = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    return (
        f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{3 if strong else 1.3}"{dashed} marker-end="url(#head{maker})"/>'
        f'<text x="{tx:.1f}" y="{ty:.1f}" class="mover">{maker + 1}</text>'
    )


Curve = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]


def _across(start: Box, end: Box, maker: int) -> Curve:
    """Lead an arrow from row to row, a little bent, each mover's with a bend of its own."""
    shift = (maker - 1) * 12
    (x1, y1), (x2, y2) = _edge(start, end, shift), _edge(end, start, -shift)
    bend = 10 * (maker + 1)
    length = math.hypot(x2 - x1, y2 - y1) or 1
    middle = ((x1 + x2) / 2 + bend * (y2 - y1) / length, (y1 + y2) / 2 - bend * (x2 - x1) / length)
    return (x1, y1), middle, (x2, y2)


def _beside(start: Box, end: Box, maker: int) -> Curve:
    """Lead an arrow along a row: to the right over the boxes between, to the left under them."""
    right = end.x > start.x
    side = -1 if right else 1
    y = start.y + side * HEIGHT / 2
    reach = 26 + 7 * maker
    x1, x2 = (start.x + reach, end.x - reach) if right else (start.x - reach, end.x + reach)
    span = abs(end.x - start.x) / (WIDTH + GAP_X)
    return (x1, y), ((x1 + x2) / 2, y + side * min(GAP_Y * 1.5, 30 + 14 * span + 8 * maker)), (x2, y)


def _edge(start: Box, end: Box, shift: float) -> tuple[float, float]:
    """Return where an arrow leaves a box towards another one."""
    dx, dy = end.x - start.x, end.y - start.y
    x = start.x + max(-WIDTH / 2 + 14, min(WIDTH / 2 - 14, dx * (HEIGHT / 2) / abs(dy) + shift))
    return x, start.y + math.copysign(HEIGHT / 2, dy)


def _box(found: Findings, box: Box) -> str:
    item = next(item for item in found.states if item.state == box.state)
    left, top = box.x - WIDTH / 2, box.y - HEIGHT / 2
    kind = "equilibrium" if item.equilibrium else "state"
    words = ", ".join(taken(found.solution.conflict, box.state)) or "nothing taken"
    lines = textwrap.wrap(words, 27, max_lines=3, placeholder=" …")
    mark = " status quo" if box.state == found.status_quo else ""
    head = f"{item.state}{' · now' if mark else ''}{' · ' + ' '.join(item.equilibrium) if item.equilibrium else ''}"
    texts = "".join(
        f'<text x="{box.x:.1f}" y="{top + 32 + 13 * number:.1f}" class="what">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    inner = (
        f'<rect x="{left + 4:.1f}" y="{top + 4:.1f}" width="{WIDTH - 8}" height="{HEIGHT - 8}" rx="4" class="inner"/>'
        if item.equilibrium
        else ""
    )
    return (
        f'<g class="{kind}{mark}"><title>{escape(item.words)}</title>'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>{inner}'
        f'<text x="{box.x:.1f}" y="{top + 17:.1f}" class="head">{escape(head)}</text>{texts}</g>'
    )
