"""Print rows passed and each miss with its reason: ``python -m benchmarks.checklist [--coded] [--reader NAME]``."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from benchmarks.checklist.cases import coded_case, read_case
from benchmarks.checklist.checks import Item
from benchmarks.checklist.items import ITEMS

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared")).resolve()


def report(mode: str, reasons: dict[int, str | None], *, missed: bool, only: set[int]) -> None:
    """Print the counts by priority and section, and the misses."""
    for priority in "AB":
        items = [item for item in ITEMS if item.priority == priority]
        passed = sum(reasons[item.number] is None for item in items)
        print(f"{mode}: P={priority} {passed} of {len(items)}")
    shown = [item for item in ITEMS if reasons[item.number] is not None and (not only or item.number in only)]
    for item in shown if missed or only else ():
        print(f"  {item.number} {item.priority} {item.element}: {reasons[item.number]}")


def run(items: tuple[Item, ...], case_name: str, options: argparse.Namespace) -> dict[int, str | None]:
    """Check every row and return its reason, None where it passed."""
    make = coded_case if case_name == "coded" else read_case
    case = make(options.shared, options.reader, dated=not options.undated)
    return {item.number: item.check(case) for item in items}


def main() -> None:
    """Check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with seeds and corpus")
    parser.add_argument("--reader", default="rules", help="the reader of the raw seeds")
    parser.add_argument("--mode", choices=("read", "coded", "both"), default="both",
                        help="read: what the reader finds; coded: statements coded by hand stand in")  # fmt: skip
    parser.add_argument("--undated", action="store_true", help="do not give the days on which the articles appeared")
    parser.add_argument("--missed", action="store_true", help="print each miss with its reason")
    parser.add_argument("--rows", help="only these rows, by number: 8,63,288")
    parser.add_argument("--json", action="store_true", help="print one object: by mode, row number to reason or null")
    options = parser.parse_args()
    only = {int(number) for number in options.rows.split(",")} if options.rows else set()
    modes = ("read", "coded") if options.mode == "both" else (options.mode,)
    results = {mode: run(ITEMS, mode, options) for mode in modes}
    if options.json:
        print(json.dumps(results))
        return
    for mode in modes:
        name = f"{options.reader} reader" if mode == "read" else "coded by hand"
        report(name, results[mode], missed=options.missed, only=only)


if __name__ == "__main__":
    main()
