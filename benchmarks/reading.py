"""Print how well and how fast a reader reads: ``python -m benchmarks.reading [--shared DIR] [--reader local]``.

Accuracy is what the corpus's own scoring program prints, on the dev part, on the articles of ``training/held.jsonl``,
which we coded to choose rules by, and on the seeds; none of them is trained on. Time and memory are those of
``parley.read`` into a dossier file in a process of its own: the seeds, and 1,000 articles taken from the corpus and the
PolNeAR texts in the order of their names.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from training.data import HELD, coded_articles, hand_coded

import parley
from benchmarks.scoring import errors, further
from parley.export import export_record
from parley.reading import DEFAULT_READER

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[1] / "../shared")).resolve()


PARTS = ("dev", "held", "seeds")


def folder_of(shared: Path, part: str) -> Path:
    """Return the folder of a part's articles."""
    return shared / "seeds" if part == "seeds" else shared / "corpus" / {"held": "more"}.get(part, part)


def gold_of(shared: Path, part: str, out: Path) -> Path:
    """Return the file of a part's coded statements; to ours, which has offsets alone, the words are given."""
    if part != "held":
        return shared / "corpus" / f"{part}.jsonl"
    target, rows = out / "held.gold.jsonl", []
    for text, statements in coded_articles(hand_coded(HELD), folder_of(shared, part)):
        rows += [json.dumps({**row, "content": text[row["start"] : row["end"]]}) for row in statements]
    target.write_text("\n".join(rows), encoding="utf8")
    return target


def read_part(shared: Path, part: str, reader: str, gold: Path, out: Path) -> Path:
    """Read the coded articles of one part without their sidecars' help, and export what was read as JSON lines."""
    names = {json.loads(line)["doc"] for line in gold.read_text(encoding="utf8").splitlines() if line.strip()}
    with parley.read([folder_of(shared, part) / f"{name}.txt" for name in sorted(names)], reader=reader) as dossier:
        target = out / f"{part}.jsonl"
        export_record(dossier.record(), "jsonl", target)
    return target


def score(shared: Path, gold: Path, read: Path, folder: Path) -> str:
    """Return what the corpus's scoring program prints for the articles in *folder*."""
    command = [sys.executable, str(shared / "tools/score_reading.py"), str(gold), str(read), str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(paths: list[Path], reader: str) -> dict[str, float]:
    """Read *paths* into a dossier file in a fresh process; return seconds, peak MB and counts."""
    code = (
        "import sys, json, time, resource, parley\n"
        "start = time.perf_counter()\n"
        "d = parley.read(json.loads(sys.argv[1]), dossier=sys.argv[2], reader=sys.argv[3])\n"
        "seconds = time.perf_counter() - start\n"
        "peak = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024\n"
        "figures = {'articles': len(d.documents), 'statements': len(d.statements), 'seconds': seconds, 'peak': peak}\n"
        "print(json.dumps(figures))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-c",
            code,
            json.dumps([str(p) for p in paths]),
            str(Path(folder) / "timed.parley"),
            reader,
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with corpus, seeds, tools and polnear")
    parser.add_argument("--reader", default=DEFAULT_READER)
    parser.add_argument("--errors", action="store_true", help="list the twenty commonest kinds of error on dev")
    parser.add_argument("--no-speed", action="store_true", help="accuracy only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            print(f"== {part}, {options.reader} reader")
            gold = gold_of(options.shared, part, Path(folder))
            read = read_part(options.shared, part, options.reader, gold, Path(folder))
            where = gold, read, folder_of(options.shared, part)
            print(score(options.shared, *where).rstrip())
            print(further(options.shared, *where), "\n")
            if options.errors and part == "dev":
                print(errors(options.shared, *where), "\n")
    if options.no_speed:
        return
    articles = sorted((options.shared / "corpus").rglob("*.txt")) + sorted((options.shared / "polnear").rglob("*.txt"))
    for name, paths in (
        ("seeds", sorted((options.shared / "seeds").glob("*.txt"))),
        ("1,000 articles", articles[:1000]),
    ):
        figures = timed(paths, options.reader)
        rate = figures["articles"] / figures["seconds"]
        print(
            f"{name}: {figures['articles']:.0f} articles, {figures['statements']:.0f} statements, "
            f"{figures['seconds']:.2f} s, {rate:.1f} articles a second, "
            f"peak {figures['peak']:.0f} MB a process, {os.cpu_count()} cores"
        )


if __name__ == "__main__":
    main()
