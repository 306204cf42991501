"""From a model file to a section of a brief: the model solved, its tables and drawings, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from parley.analysis.section import Basis, Part, Section
from parley.analysis.table import Cell, Column, Row, Table
from parley.bargaining.explain import terms_in_words
from parley.bargaining.model import ASSUMED
from parley.bargaining.pages import drawings, verdict_words
from parley.bargaining.report import Report, by_period, make, sources
from parley.bargaining.toml import read
from parley.bridge.conflict import conflict_tables
from parley.conflict import gmcr_json, load, solve
from parley.conflict.findings import Findings, findings
from parley.conflict.svg import drawn, state_graph
from parley.conflict.words import taken

__all__ = ["bargain_section", "conflict_section"]

_BOXES = (
    "Each box is a state with the options taken in it. A double frame marks an equilibrium, with the concepts under "
    "which it is one; a dashed frame the status quo. Arrows are each decision maker's best improvement, numbered by "
    "its maker: {makers}. Thick ones lie on a likely path from the status quo to an equilibrium."
)
_DRAFT = ", still a draft"
_STATES = "Ranks count from 1, the best. State numbers are those of “parley conflict solve”."
_PATIENCE = "The price of patience is what a party loses if the first period passes without any deal."


def conflict_section(path: str | Path) -> Section:
    """Read and solve a conflict model (TOML, or a file of GMCR+) and return what a brief shows of it.

    Raises:
        ModelError: the file is no sound model; the sentence names the line and the mend.
    """
    place = Path(path)
    model = (gmcr_json.load if place.suffix in (".gmcr", ".json") else load)(place)
    found = findings(solve(model))
    firm, paths = conflict_tables(found)
    return Section(
        name="conflict",
        title=f"A conflict model{_DRAFT if model.draft else ''}: what would be stable",
        file=place.name,
        heading=model.title,
        paragraphs=tuple(words for words in (model.source and f"Source: {model.source}.", model.note) if words),
        parts=(
            Part(firm),
            Part(_states(found), _inline(state_graph(found)), "The state graph", _legend(found), folded=True),
            *((Part(paths),) if paths.rows else ()),
        ),
        bases=_grouped(
            (
                item.item,
                (item.because.document,) if item.because.document else (),
                (item.because.statement,) if item.because.statement else (),
                item.because.words,
                item.because.note,
            )
            for item in found.citations
        ),
        draft=model.draft,
    )


def _inline(svg: str) -> str:
    """Leave out the namespace, which SVG within a page does not need: a brief holds no address of any kind."""
    return str(svg).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)


def _legend(found: Findings) -> str:
    names = found.solution.conflict.names()
    legend = _BOXES.format(makers=", ".join(f"{number} {name}" for number, name in enumerate(names, 1)))
    undrawn = len(found.solution.space.states) - len(drawn(found))
    return legend + (f" {undrawn} states are not drawn." if undrawn else "")


def _states(found: Findings) -> Table:
    conflict = found.solution.conflict
    names = conflict.names()
    rows = [
        {
            "state": f"{item.state}{' (status quo)' if item.state == found.status_quo else ''}",
            "taken": taken(conflict, item.state) or "nothing",
            **{f"rank_{place}": rank for place, rank in enumerate(item.ranks)},
            "equilibrium": ", ".join(concept.upper() for concept in item.equilibrium) or "none",
        }
        for item in found.states
    ]
    return Table(
        "conflict_states",
        f"The states in words: {'all ' if not found.hidden else ''}{len(rows)}"
        f"{f' of {len(rows) + found.hidden}' if found.hidden else ''}",
        (
            Column("state", "State"),
            Column("taken", "Options taken"),
            *(Column(f"rank_{place}", f"Rank for {name}") for place, name in enumerate(names)),
            Column("equilibrium", "Equilibrium under"),
        ),
        tuple(Row(cells) for cells in rows),
        (_STATES,),
    )


def bargain_section(path: str | Path) -> Section:
    """Read and solve a bargain file and return what a brief shows of it.

    Raises:
        ModelError: the file is no sound scenario; the sentence names the line and the mend.
    """
    place = Path(path)
    scenario = read(place)
    report = make(scenario)
    charts = {name: _inline(svg) for name, svg in drawings(report).items()}
    parts = [
        Part(_agreement(report), charts["agreement"], "Chance of an agreement over time, if the assumptions held"),
        Part(_values(report), charts["values"], "What the game is worth to each party while talks go on"),
        Part(_standings(report)),
    ]
    if report.packages:
        parts.append(Part(_terms(report), charts["terms"], "Terms, given that there is an agreement"))
    if report.effects:
        parts.append(Part(_levers(report)))
    if report.verdicts:
        parts.append(Part(_claims(report)))
    swings = _swings(report)
    if swings.rows:
        legend = "Bars run from the result at the number's low end, marked L, to that at its high end."
        parts.append(Part(swings, charts["tornado"], "Which assumptions matter", legend))
    listed = sources(scenario)
    parts.append(Part(_numbers(listed), folded=True))
    return Section(
        name="bargain",
        title=f"A bargain explored{_DRAFT if scenario.draft else ''}: who waits, and what would change it",
        file=place.name,
        heading=scenario.title,
        paragraphs=tuple(words for words in (scenario.note, *report.explanation[1:]) if words),
        parts=tuple(parts),
        bases=_grouped(
            [
                *((row["number"], *_named(row["sources"]), row["words"], "") for row in listed),
                *(
                    (f"claim on {entry.lever}", *_named(entry.claim.sources), entry.claim.words, "")
                    for entry in report.verdicts
                ),
            ]
        ),
        draft=scenario.draft,
    )


def _table(name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *notes: str) -> Table:
    columns = tuple(Column(f"c{place}", head) for place, head in enumerate(heads))
    keys = [column.key for column in columns]
    filled = (Row(dict(zip(keys, map(_real, cells), strict=True))) for cells in rows)
    return Table(name, title, columns, tuple(filled), notes)


def _real(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _agreement(report: Report) -> Table:
    rows = by_period(report)
    heads = [key for key in rows[0] if not key.startswith("value to ")]
    return _table(
        "bargain_agreement", "Agreement over time: chances", heads, ([row[key] for key in heads] for row in rows)
    )


def _values(report: Report) -> Table:
    rows = by_period(report)
    keys = ["period", *(f"value to {name}" for name in report.scenario.names)]
    heads = ["period", *report.scenario.names]
    return _table("bargain_values", "Values over time", heads, ([row[key] for key in keys] for row in rows))


def _standings(report: Report) -> Table:
    heads = ["party", "value of the game", "of waiting", "price of patience", "best on offer", "its terms"]
    rows: list[list[Cell]] = [
        [
            entry.party,
            entry.value,
            entry.wait,
            entry.price,
            entry.best_worth,
            "none that the others needed would sign"
            if entry.best is None
            else terms_in_words(entry.best) or "the only package",
        ]
        for entry in report.standings
    ]
    return _table("bargain_standings", "Where the parties stand in period 1", heads, rows, _PATIENCE)


def _terms(report: Report) -> Table:
    rows: list[list[Cell]] = [[f"{issue}: {option}", chance] for issue, option, chance in report.terms]
    return _table("bargain_terms", "Terms of an agreement", ["term", "chance"], rows)


def _levers(report: Report) -> Table:
    heads = ["measure", "no lever", *(effect.lever for effect in report.effects)]
    rows: list[list[Cell]] = [
        [name, value, *(effect.after[name] for effect in report.effects)] for name, value in report.measures.items()
    ]
    return _table("bargain_levers", "What each lever would change", heads, rows)


def _claims(report: Report) -> Table:
    rows: list[list[Cell]] = [
        [verdict_words(entry), entry.claim.words, ", ".join(entry.claim.sources)] for entry in report.verdicts
    ]
    heads = ["claim, and what the model does", "words", "source"]
    return _table("bargain_claims", "What sources claim of the levers", heads, rows)


def _swings(report: Report) -> Table:
    heads = ["number", "low", "high", f"{report.measure} at low", "at high"]
    swinging = [bar for bar in report.bars if bar.swing > 0][:12]
    rows: list[list[Cell]] = [[bar.path, bar.low_input, bar.high_input, bar.low, bar.high] for bar in swinging]
    return _table("bargain_tornado", "Which assumptions matter", heads, rows)


def _numbers(listed: Sequence[dict[str, object]]) -> Table:
    rows: list[list[Cell]] = [
        [str(row["number"]), _cell(row["value"]), _cell(row["low"]), _cell(row["high"]), ", ".join(_texts(row))]
        for row in listed
    ]
    heads = ["number", "value", "low", "high", "source"]
    return _table("bargain_numbers", f"Every number and where it comes from: {len(listed)}", heads, rows)


def _cell(value: object) -> Cell:
    return float(value) if isinstance(value, int | float) else ""


def _texts(row: dict[str, object]) -> list[str]:
    found = row["sources"]
    return [str(item) for item in found] if isinstance(found, list) else []


def _named(listed: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part sources as a bargain file writes them into names of documents and ids of statements."""
    given = [item for item in listed if item != ASSUMED]
    return (
        tuple(item.removeprefix("document ") for item in given if item.startswith("document ")),
        tuple(item.removeprefix("statement ") for item in given if item.startswith("statement ")),
    )


def _grouped(found: Iterable[tuple[str, tuple[str, ...], tuple[str, ...], str, str]]) -> tuple[Basis, ...]:
    """Put items that rest on the same words together, in the order of the model."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...], str, str], list[str]] = {}
    for item, documents, statements, words, note in found:
        if documents or statements or words or note:
            groups.setdefault((documents, statements, words, note), []).append(item)
    return tuple(
        Basis(tuple(dict.fromkeys(items)), documents, statements, words, note)
        for (documents, statements, words, note), items in groups.items()
    )
