"""Results for people: a table for the terminal, one HTML page with charts, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from parley.bargaining import charts
from parley.bargaining.explain import TIE_RULE, caution, explain, sourcing, terms_in_words
from parley.bargaining.model import Scenario, numbers
from parley.bargaining.packages import listed, package_words
from parley.bargaining.play import Play, play
from parley.bargaining.questions import (
    Change,
    Course,
    Effect,
    Standing,
    Threshold,
    Verdict,
    Zone,
    claims,
    compare,
    course,
    effects,
    first_deals,
    measures,
    standings,
    threshold,
    worth,
    zone,
)
from parley.bargaining.sensitivity import Bar, Index, Spread, monte_carlo, sobol, tornado
from parley.bargaining.solve import Solution, solve
from parley.bargaining.standing import acceptance
from parley.bargaining.values import apply_levers

__all__ = ["Report", "compared", "make", "to_csv", "to_html", "to_json", "to_text"]

_SHOWN = 60
_GONE = 1e-9
_EVEN_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows, worked out once."""

    scenario: Scenario
    pulled: tuple[str, ...]
    solution: Solution
    path: Play
    measures: dict[str, float]
    standings: tuple[Standing, ...]
    zones: tuple[Zone, ...]
    courses: tuple[Course, ...]
    deals: tuple[tuple[str, str, dict[str, float]], ...]
    terms: tuple[tuple[str, str, float], ...]  # issue, option, chance given agreement
    packages: tuple[tuple[str, float], ...]  # likeliest final packages, chance of each
    by_clock: tuple[tuple[str, str, tuple[float, ...]], ...]  # clock, level, value to each party in period 1
    effects: tuple[Effect, ...]
    verdicts: tuple[Verdict, ...]
    thresholds: tuple[Threshold, ...]
    worths: dict[str, dict[str, float]]
    changes: tuple[Change, ...]  # without and with the levers pulled
    spread: Spread | None
    bars: tuple[Bar, ...]
    indices: tuple[Index, ...]
    measure: str
    explanation: tuple[str, ...]


def make(
    scenario: Scenario, *, levers: Sequence[str] = (), draws: int = 0, seed: int = 0,
    measure: str = "chance of agreement", sobol_draws: int = 0,
) -> Report:  # fmt: skip
    """Solve *scenario*, with *levers* pulled if any, and answer every question of the report.

    *draws* above 0 adds intervals over that many draws from *seed*, *sobol_draws* (a power of two) Sobol indices, which
    need SALib. *measure* is what the tornado and the indices are about. Levers
    that were pulled drop out of the table of levers. Raises UnknownName for a lever or measure that is not there.
    """
    base = scenario
    if levers:
        scenario = replace(
            apply_levers(scenario, levers), levers=tuple(x for x in scenario.levers if x.name not in levers)
        )
    solution = solve(scenario)
    path = play(solution)
    by = max(1, (scenario.horizon or 3) // 3)
    return Report(
        scenario=scenario,
        pulled=tuple(levers),
        solution=solution,
        path=path,
        measures={name: float(values[0]) for name, values in measures(scenario, solution, path).items()},
        standings=standings(scenario, solution),
        zones=zone(scenario, solution),
        courses=course(scenario, solution),
        deals=first_deals(scenario, solution),
        terms=_terms(scenario, solution, path),
        packages=_packages(scenario, solution, path),
        by_clock=_by_clock(scenario, solution),
        effects=effects(scenario),
        verdicts=claims(scenario),
        thresholds=tuple(
            threshold(scenario, lever.name, by=by, chance=_EVEN_CHANCE, precision=1e-4) for lever in scenario.levers
        ),
        worths={lever.name: worth(scenario, lever.name) for lever in scenario.levers},
        changes=compare(base, scenario) if levers else (),
        spread=monte_carlo(scenario, count=draws, seed=seed) if draws else None,
        bars=tornado(scenario, measure),
        indices=sobol(scenario, measure, count=sobol_draws, seed=seed) if sobol_draws else (),
        measure=measure,
        explanation=explain(scenario, solution),
    )


def _terms(scenario: Scenario, solution: Solution, path: Play) -> tuple[tuple[str, str, float], ...]:
    total = float(path.package[0].sum())
    rows = []
    for column, issue in enumerate(listed(scenario)):
        for index, option in enumerate(issue.options):
            chance = float(path.package[0, solution.game.packages[:, column] == index].sum())
            if len(issue.options) > 1:
                rows.append((issue.name, option.name, chance / total if total > 0 else float("nan")))
    if path.share is not None and total > 0:
        name = next(issue.name for issue in scenario.issues if issue.divisible)
        rows += [(name, f"mean amount to {p}", float(path.share[0, i] / total)) for i, p in enumerate(scenario.names)]
    return tuple(rows)


def _packages(scenario: Scenario, solution: Solution, path: Play) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-path.package[0], kind="stable")[:5]
    return tuple(
        (
            terms_in_words(package_words(scenario, solution.game.packages[i])) or "the only package",
            float(path.package[0, i]),
        )
        for i in order.tolist()
        if path.package[0, i] > 0
    )


def _by_clock(scenario: Scenario, solution: Solution) -> tuple[tuple[str, str, tuple[float, ...]], ...]:
    game = solution.game
    rows = []
    for position, clock in enumerate(scenario.clocks):
        for index, level in enumerate(clock.levels):
            wanted = game.states[game.start].copy()
            wanted[position] = index
            state = int(np.nonzero((game.states == wanted).all(axis=1))[0][0])
            values = tuple(float(v) for v in solution.periods[0].value[0, 0, state])
            rows.append((clock.name, level, values))
    return tuple(rows)


def by_period(report: Report) -> list[dict[str, Any]]:
    """Return a row a period: chances to be talking and to agree, interim deals, values; until the chance is gone."""
    path, names = report.path, report.scenario.names
    rows = []
    for index in range(min(path.final.shape[1], _SHOWN)):
        if path.going[0, index] < _GONE:
            break
        row: dict[str, Any] = {
            "period": index + 1,
            "talking": float(path.going[0, index]),
            "agreement in it": float(path.final[0, index]),
            "agreement by its end": float(path.final[0, : index + 1].sum()),
        }
        row |= {deal.name: float(path.interim[0, index, k]) for k, deal in enumerate(report.scenario.interims)}
        row |= {f"value to {name}": float(path.value[0, index, i]) for i, name in enumerate(names)}
        rows.append(row)
    return rows


def sources(scenario: Scenario) -> list[dict[str, Any]]:
    """Return every number of a scenario and of its levers, with its range and where it comes from."""
    found = [*([("horizon", scenario.span)] if scenario.span else []), *numbers(scenario)]
    found += [
        (f"lever {lever.name}: {path}", number) for lever in scenario.levers for path, number in lever.sets.items()
    ]
    return [
        {
            "number": path, "value": number.value, "low": number.low, "high": number.high, "shape": number.shape,
            "sources": list(number.sources), "words": number.words,
        }
        for path, number in found
    ]  # fmt: skip


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data: what `to_json` writes."""
    spread = report.spread
    return {
        "format": "parley bargain result 1",
        "title": report.scenario.title,
        "draft": report.scenario.draft,
        "caution": caution(report.scenario),
        "levers pulled": list(report.pulled),
        "solution": {
            "horizon": report.scenario.horizon, "settled": report.solution.settled, "rounds": report.solution.rounds,
            "change": report.solution.change, "tolerance": report.scenario.tolerance,
            "packages": len(report.solution.game.packages), "clock states": len(report.solution.game.states),
            "tie rule": TIE_RULE,
        },
        "measures": report.measures,
        "periods": by_period(report),
        "standings": [asdict(entry) for entry in report.standings],
        "zone of possible agreement": [asdict(entry) for entry in report.zones],
        "delay": [asdict(entry) for entry in report.courses],
        "acceptance sets": {
            party: [dict(terms) for terms in found]
            for party, found in acceptance(report.scenario, report.solution).items()
        },
        "first interim deals": [
            {"proposer": who, "deal": deal, "over waiting": gains} for who, deal, gains in report.deals
        ],
        "terms given agreement": [{"issue": i, "option": o, "chance": c} for i, o, c in report.terms],
        "likeliest packages": [{"terms": terms, "chance": chance} for terms, chance in report.packages],
        "values by clock": [
            {"clock": clock, "level": level, "values": dict(zip(report.scenario.names, values, strict=True))}
            for clock, level, values in report.by_clock
        ],
        "levers": [asdict(entry) for entry in report.effects],
        "claims": [asdict(entry) for entry in report.verdicts],
        "thresholds": [asdict(entry) for entry in report.thresholds],
        "worth of levers": report.worths,
        "side by side": [asdict(entry) for entry in report.changes],
        "draws": None if spread is None else {
            "count": spread.draws, "seed": spread.seed, "unsettled": spread.unsettled,
            "intervals": [asdict(entry) for entry in spread.intervals],
            "agreement by period": spread.by_period.tolist(),
        },
        "tornado": {"measure": report.measure, "bars": [asdict(bar) | {"swing": bar.swing} for bar in report.bars]},
        "sobol": {"measure": report.measure, "indices": [asdict(entry) for entry in report.indices]},
        "explanation": list(report.explanation),
        "numbers": sources(report.scenario),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Make data fit for JSON: no NaN, no tuples."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def to_json(report: Report) -> str:
    """Return the report as JSON; numbers that do not exist (no agreement, no period of it) are null."""
    return json.dumps(_plain(as_data(report)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_csv(report: Report) -> str:
    """Return the report's numbers as rows of table, name, period, value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "name", "period", "value"])
    for name, value in report.measures.items():
        writer.writerow(["measures", _cell(name), "", _number(value)])
    for row in by_period(report):
        for name, value in row.items():
            if name != "period":
                writer.writerow(["periods", _cell(name), row["period"], _number(value)])
    for issue, option, chance in report.terms:
        writer.writerow(["terms", _cell(f"{issue}: {option}"), "", _number(chance)])
    for effect in report.effects:
        for name, value in effect.after.items():
            writer.writerow(["levers", _cell(f"{effect.lever}: {name}"), "", _number(value)])
    for bar in report.bars:
        writer.writerow(["tornado low", _cell(bar.path), "", _number(bar.low)])
        writer.writerow(["tornado high", _cell(bar.path), "", _number(bar.high)])
    for interval in report.spread.intervals if report.spread else ():
        for end in ("low", "median", "mean", "high"):
            writer.writerow([f"draws {end}", _cell(interval.measure), "", _number(getattr(interval, end))])
    return out.getvalue()


def _cell(text: str) -> str:
    """Keep a name from running as a formula in a spreadsheet."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t"} else text


def _number(value: float) -> str:
    return repr(float(value)) if math.isfinite(value) else ""


def to_text(report: Report) -> str:
    """Return the report as lines for a terminal."""
    out = [report.scenario.title, caution(report.scenario), sourcing(report.scenario)]
    if report.pulled:
        out.append("Levers pulled: " + ", ".join(report.pulled) + ".")
    out += ["", _columns(["measure", "value"], [[name, show(value)] for name, value in report.measures.items()])]
    rows = by_period(report)
    keys = list(rows[0])
    out += ["", _columns(keys, [[str(r["period"]), *(show(r[key]) for key in keys[1:])] for r in rows])]
    if report.packages:
        out += ["", "Likeliest final terms:"] + [f"  {show(chance)}  {terms}" for terms, chance in report.packages]
    if report.verdicts:
        out += ["", "What sources claim of the levers, and what the model does:"]
        out += [f"  {verdict_words(verdict)}" for verdict in report.verdicts]
    if report.indices:
        head = ["Sobol indices", "alone", "±", "in all", "±"]
        rows_of = [(i.path, i.first, i.first_interval, i.total, i.total_interval) for i in report.indices[:12]]
        out += ["", _columns(head, [[path, *map(show, numbers_of)] for path, *numbers_of in rows_of])]
    if report.spread:
        head = ["over draws", "low", "median", "high", "no value in"]
        body = [
            [i.measure, show(i.low), show(i.median), show(i.high), show(i.missing)] for i in report.spread.intervals
        ]
        out += ["", _columns(head, body)]
        out.append(
            f"{report.spread.draws} draws, seed {report.spread.seed}; 90 % of the draws lie between low and high."
        )
    return "\n".join(out) + "\n"


def compared(first: Scenario, second: Scenario) -> str:
    """Put two scenarios side by side, as lines for a terminal."""
    rows = [[change.measure, show(change.first), show(change.second)] for change in compare(first, second)]
    said = caution(first if first.draft else second)
    heads = [first.title, second.title]
    if first.title == second.title:
        heads = [scenario.file or scenario.title for scenario in (first, second)]
    return "\n".join([said, "", _columns(["measure", *heads], rows)]) + "\n"


def verdict_words(verdict: Verdict) -> str:
    """Say whether the model bears a claim out."""
    answer = "the model agrees" if verdict.holds else "the model does not bear this out"
    change = f"{show(verdict.before)} to {show(verdict.after)}"
    return f"{verdict.lever}: “{verdict.claim.measure}” goes {verdict.claim.moves}; {answer} ({change})."


def show(value: float | None) -> str:
    """Write a number for people: three decimals, “none” where there is none."""
    if value is None or not math.isfinite(value):
        return "none"
    return f"{value:.3f}".replace("-0.000", "0.000")


def _columns(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(line[i]) for line in [head, *rows]) for i in range(len(head))]
    lines = []
    for line in [head, *rows]:
        first = line[0].ljust(widths[0])
        lines.append("  ".join([first, *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]))
    return "\n".join(line.rstrip() for line in lines)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("parley.bargaining", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["show"] = show
    environment.filters["terms"] = terms_in_words
    environment.filters["verdict"] = verdict_words
    return environment


def drawings(report: Report) -> dict[str, Markup]:
    """Return the charts of a report by name; "tornado" is empty where a bar has no end."""
    path, names = report.path, report.scenario.names
    length = len(by_period(report))
    band = [] if report.spread is None else [(float(r[1]), float(r[2])) for r in report.spread.by_period[:length]]
    shown = _swinging(report)
    whole = bool(shown) and all(math.isfinite(v) for bar in shown for v in (bar.low, bar.high))
    return {
        "agreement": charts.lines(
            {"agreement by then": np.cumsum(path.final[0])[:length].tolist()}, title="Chance of agreement over time",
            across=report.scenario.period, low=0.0, high=1.0, band=band,
        ),
        "values": charts.lines(
            {name: path.value[0, :length, i].tolist() for i, name in enumerate(names)},
            title="Values while talks go on", across=report.scenario.period,
        ),
        "terms": charts.bars([(f"{i}: {o}", c) for i, o, c in report.terms if math.isfinite(c)], title="Terms"),
        "tornado": charts.tornado_chart(
            [(bar.path, bar.low, bar.high) for bar in shown], centre=report.measures.get(report.measure, float("nan")),
            title=f"Tornado: {report.measure}",
        ) if whole else Markup(""),
    }  # fmt: skip


def _swinging(report: Report) -> list[Bar]:
    return [bar for bar in report.bars if bar.swing > 0][:12]


def _context(report: Report) -> dict[str, Any]:
    return {
        "report": report, "caution": caution(report.scenario), "sourcing": sourcing(report.scenario),
        "tie_rule": TIE_RULE,
        "choices": {i.name for i in report.scenario.issues if i.divisible or len(i.options) > 1},
        "periods": by_period(report), "numbers": sources(report.scenario), "shown_bars": _swinging(report),
        "charts": drawings(report),
    }  # fmt: skip


def to_html(report: Report) -> str:
    """Return the report as one page that needs nothing else."""
    return _environment().get_template("report.html.jinja").render(_context(report))
