"""A report on a bargain for programs: JSON with everything, CSV with the numbers."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import asdict
from typing import Any

from parley.bargaining.explain import TIE_RULE, caution
from parley.bargaining.report import Report, by_period, sources
from parley.bargaining.standing import acceptance
from parley.cells import unformula

__all__ = ["to_csv", "to_json"]


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
        writer.writerow(["measures", unformula(name), "", _number(value)])
    for row in by_period(report):
        for name, value in row.items():
            if name != "period":
                writer.writerow(["periods", unformula(name), row["period"], _number(value)])
    for issue, option, chance in report.terms:
        writer.writerow(["terms", unformula(f"{issue}: {option}"), "", _number(chance)])
    for effect in report.effects:
        for name, value in effect.after.items():
            writer.writerow(["levers", unformula(f"{effect.lever}: {name}"), "", _number(value)])
    for bar in report.bars:
        writer.writerow(["tornado low", unformula(bar.path), "", _number(bar.low)])
        writer.writerow(["tornado high", unformula(bar.path), "", _number(bar.high)])
    for interval in report.spread.intervals if report.spread else ():
        for end in ("low", "median", "mean", "high"):
            writer.writerow([f"draws {end}", unformula(interval.measure), "", _number(getattr(interval, end))])
    return out.getvalue()


def _number(value: float) -> str:
    return repr(float(value)) if math.isfinite(value) else ""
