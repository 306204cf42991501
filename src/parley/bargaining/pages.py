"""A report on a bargain for people: lines for a terminal, one HTML page with charts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from parley.bargaining import charts
from parley.bargaining.explain import TIE_RULE, caution, sourcing, terms_in_words
from parley.bargaining.model import Scenario
from parley.bargaining.questions import Verdict, compare
from parley.bargaining.report import Report, by_period, sources
from parley.bargaining.sensitivity import Bar

__all__ = ["compared", "drawings", "to_html", "to_text", "verdict_words"]


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
