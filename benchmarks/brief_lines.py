"""Print how many derived lines of a dossier are right: ``python -m benchmarks.brief_lines [--shared DIR]``.

A reader of a brief trusts its lines: an opening line, a concession, a breach, what gives a party strength, a question,
a forecast, a proposal, a figure, a position, a row of the timeline. ``brief_lines.jsonl`` has our verdict on the first
lines of each kind over eleven negotiations that the reader's model has not learnt from: *right*, *part* (the main claim
holds, a lesser cell misleads) or *wrong*, and what is wrong. A line is known by the place of its words and by what it
claims; what is printed now and was not judged is counted as such, and so are right lines that are gone.

``--sheet FOLDER`` writes the lines that have no verdict yet, with their passages, for a person to judge;
``--codes FOLDER`` takes the verdicts in (lines of ``number verdict [kind]`` beside each sheet).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import parley
from parley.analysis import TABLES
from parley.analysis.highlights import highlights
from parley.analysis.table import Cell
from parley.records import Record, Statement

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[1] / "../shared")).resolve()
VERDICTS = Path(__file__).with_suffix(".jsonl")
MARGIN = 350  # characters around a line's words on the sheet

NEGOTIATIONS = (
    "chicago_teachers_strike_2012",
    "cocoa_buffer_stock_icco_1987",
    "gaza_truce_aug2014",
    "iran_us_after_round5_26may2025",
    "lukoil_sale_peace_talks_feb2026",
    "taliban_talks_cancelled_sep2019",
    "trump_kim_singapore_cancel_may2018",
    "ukraine_abudhabi_talks_jan_feb2026",
    "us_china_phonecall_g7_aug2019",
    "us_debt_ceiling_oct2013",
    "seeds",
)
"""The development part's negotiations, four with held articles, and the seeds."""

CLAIMS: dict[str, tuple[str, ...]] = {
    "highlights": ("party", "does", "issue_label"),
    "concessions": (
        "giver",
        "kind",
        "judgements",
        "how_far",
        "issue",
        "verdict",
        "baseline_words",
        "reciprocated",
        "carried_out",
    ),
    "compliance": ("kind", "accuser", "accused", "in_force", "ladder", "answer", "when"),
    "leverage": ("kind", "what", "party", "to", "since", "until", "condition"),
    "questions": ("kind", "raised_by", "status"),
    "forecasts": ("forecaster", "class", "horizon", "due", "likelihood", "condition", "coded"),
    "proposals": ("role", "party", "act", "issue", "how_far", "to", "scope", "duration", "conditions", "sequence"),
    "figures": ("figure", "kind", "unit", "about", "period", "who"),
    "positions": ("party", "stance", "act", "how_far", "issue"),
    "timeline": ("when", "kind", "who", "act", "to"),
}
"""The tables that are judged, and the cells that make up what a row claims."""
FIRST = 25  # rows of a table that are judged, of those that come by the dozen; a reader sees these first

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: where its words stand, what it claims, and a short mark of that claim."""

    negotiation: str
    table: str
    at: Place
    claim: dict[str, Cell]

    @property
    def key(self) -> tuple[str, str, Place, str]:
        """What a verdict is kept under."""
        mark = hashlib.sha256(json.dumps(self.claim, sort_keys=True, default=list).encode()).hexdigest()[:8]
        return (self.negotiation, self.table, self.at, mark)


def articles(shared: Path, negotiation: str) -> list[Path]:
    """Return the files of a negotiation, of the development part and of the articles that come without codes."""
    if negotiation == "seeds":
        return sorted((shared / "seeds").iterdir())
    return sorted(path for part in ("dev", "more") for path in (shared / "corpus" / part).glob(f"{negotiation}.*"))


def record_of(shared: Path, negotiation: str) -> Record:
    """Read a negotiation's articles with the default reader."""
    with tempfile.TemporaryDirectory() as folder:
        coverage = Path(folder) / negotiation
        coverage.mkdir()
        for path in articles(shared, negotiation):
            shutil.copyfile(path, coverage / path.name)
        with parley.read(coverage) as dossier:
            return dossier.record()


def lines(negotiation: str, record: Record) -> Iterator[Line]:
    """Yield the lines that are judged, in the order of the tables."""
    statements = {item.id: item for item in record.statements}
    names = {item.id: item.name for item in record.documents}
    for name, cells in CLAIMS.items():
        table = highlights(record) if name == "highlights" else TABLES[name](record)
        for row in table.rows[:FIRST]:
            known = [statements[key] for key in row.statements if key in statements]
            if known:
                first: Statement = known[0]
                at = (names[first.document], first.span.start, first.span.end)
                yield Line(negotiation, name, at, {cell: row.cells.get(cell) for cell in cells})


def load(path: Path = VERDICTS) -> dict[tuple[str, str, Place, str], tuple[str, str]]:
    """Return the verdicts and kinds of fault by the keys of lines."""
    found = {}
    for text in path.read_text("utf-8").splitlines():
        entry = json.loads(text)
        negotiation, table, document, start, end, mark, verdict, kind = entry
        found[(negotiation, table, (document, start, end), mark)] = (verdict, kind)
    return found


def sheet(record: Record, wanted: list[Line]) -> str:
    """Return the lines for a person to judge: a number, the claim, and the passage with the line's words marked."""
    texts = {item.name: item.text for item in record.documents}
    out = []
    for number, line in enumerate(wanted, 1):
        document, start, end = line.at
        text = texts[document]
        before, after = text[max(0, start - MARGIN) : start], text[end : end + MARGIN]
        claim = "; ".join(f"{key} = {_shown(value)}" for key, value in line.claim.items() if value not in (None, ()))
        passage = " ".join(f"{before}>>>{text[start:end]}<<<{after}".split())
        out.append(f"[{number}] {line.table}: {claim}\n    {document} {start}-{end}: ...{passage}...\n")
    return "\n".join(out)


def _shown(value: Cell) -> str:
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def write_sheets(shared: Path, folder: Path) -> None:
    """Write a sheet for each negotiation that has lines without a verdict, and its lines' keys beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    known = load()
    for negotiation in NEGOTIATIONS:
        record = record_of(shared, negotiation)
        wanted = [line for line in lines(negotiation, record) if line.key not in known]
        if wanted:
            (folder / f"{negotiation}.txt").write_text(sheet(record, wanted), "utf-8")
            keys = "".join(json.dumps(line.key) + "\n" for line in wanted)
            (folder / f"{negotiation}.keys").write_text(keys, "utf-8")


def take_codes(folder: Path) -> None:
    """Add the verdicts of ``NAME.codes`` beside each sheet to ours."""
    known = load()
    for path in sorted(folder.glob("*.codes")):
        keys = [json.loads(text) for text in path.with_suffix(".keys").read_text("utf-8").splitlines()]
        for place, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            number, verdict, *kind = text.split()[:3]
            if verdict not in ("right", "part", "wrong") or (verdict != "right") != bool(kind):
                raise SystemExit(f"{path}:{place}: a line is a number, right, part or wrong, and what is wrong.")
            negotiation, table, at, mark = keys[int(number) - 1]
            known[(negotiation, table, tuple(at), mark)] = (verdict, kind[0] if kind else "")
    entries = [[key[0], key[1], *key[2], key[3], *verdict] for key, verdict in sorted(known.items())]
    VERDICTS.write_text("".join(json.dumps(entry) + "\n" for entry in entries), "utf-8")


def report(shared: Path) -> None:
    """Print, table by table, how the lines printed now were judged, and what is wrong with them."""
    known = load()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults: dict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    for negotiation in NEGOTIATIONS:
        for line in lines(negotiation, record_of(shared, negotiation)):
            verdict, kind = known.get(line.key, ("unjudged", ""))
            counts[line.table][verdict] += 1
            faults[line.table][kind] += verdict in ("part", "wrong")
            seen.add(line.key)
    gone = Counter(key[1] for key, (verdict, _) in known.items() if verdict == "right" and key not in seen)
    print(
        f"{'table':12} {'lines':>6} {'right':>6} {'part':>6} {'wrong':>6} {'unjudged':>9}  share right  right ones gone"
    )
    for table in (*CLAIMS, "all"):
        found = counts[table] if table != "all" else sum(counts.values(), Counter())
        judged = found["right"] + found["part"] + found["wrong"]
        numbers = f"{found.total():6} {found['right']:6} {found['part']:6} {found['wrong']:6} {found['unjudged']:9}"
        lost = gone[table] if table != "all" else gone.total()
        print(f"{table:12} {numbers}  {found['right'] / max(1, judged):11.3f}  {lost:15}")
    for table in CLAIMS:
        worst = ", ".join(f"{kind} {count}" for kind, count in faults[table].most_common() if kind)
        print(f"{table:12} {worst}")


def main() -> None:
    """Print the figures, or write sheets and take codes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds corpus/ and seeds/")
    parser.add_argument("--sheet", type=Path, metavar="FOLDER", help="write the lines without a verdict there")
    parser.add_argument("--codes", type=Path, metavar="FOLDER", help="take the verdicts from there")
    options = parser.parse_args()
    if options.sheet:
        write_sheets(options.shared, options.sheet)
    elif options.codes:
        take_codes(options.codes)
    else:
        report(options.shared)


if __name__ == "__main__":
    main()
