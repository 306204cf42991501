"""How well words that name a speaker are resolved: ``python -m benchmarks.actors [--shared DIR] [--misses N]``.

For every coded statement with ``speaker_text``, the words are looked up in the article (nearest to the content) and
given to the roster; its name and voice are compared with the coders'. Names are compared by the rule of the shared
``score_reading.py``, loaded from there.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from parley.reading.linking import link
from parley.reading.mentions import find_mentions
from parley.reading.roster import Resolution, Roster
from parley.records import Span

SETS = {"train": "corpus/train", "dev": "corpus/dev", "seeds": "seeds"}
_QUOTED = re.compile(r"“[^”\n]{2,2000}”|\"[^\"]{2,1500}\"")


def load_norm(shared: Path) -> Callable[[str | None], str]:
    """Return the name rule of the shared scorer."""
    spec = importlib.util.spec_from_file_location("score_reading", shared / "tools" / "score_reading.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared} has no tools/score_reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    norm: Callable[[str | None], str] = module.norm
    return norm


def locate(text: str, words: str, near: int) -> Span | None:
    """Return the place of *words* as whole words that is nearest to *near*."""
    pattern = r"(?<!\w)" + re.escape(words) + r"(?!\w)"
    starts = [match.start() for match in re.finditer(pattern, text)]
    if not starts:
        return None
    start = min(starts, key=lambda s: abs(s - near) if s <= near else abs(s - near) + 1)
    return Span(start, start + len(words))


def sort_of(words: str) -> str:
    """Return what kind of words name the speaker, for the table."""
    low = words.lower()
    if low in {"he", "she", "it", "they", "his", "her", "him", "its", "their", "i", "we", "you"}:
        return "pronoun"
    if re.match(r"(both|the two|all|negotiators from both|delegates on both)\b", low):
        return "joint"
    mentions = find_mentions(f"It was {words}")[1:]
    return mentions[0].kind if mentions else "other"


def nearest(text: str, row: dict[str, Any]) -> Span | None:
    """Return the place of a statement's speaker words: nearest to where content begins or ends."""
    at = text.find(row["content"])
    near = max(at, 0)
    before, after = (
        locate(text, row["speaker_text"], near),
        locate(text, row["speaker_text"], near + len(row["content"])),
    )
    if before is None or after is None:
        return None
    return before if abs(before.start - near) <= abs(after.start - near - len(row["content"])) else after


def measure(shared: Path, name: str, norm: Callable[[str | None], str], misses: int, detail: str | None) -> None:
    """Print the figures of one set."""
    rows = [json.loads(line) for line in (shared / f"corpus/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["speaker_text"]:
            by_document[row["doc"]].append(row)
    texts = {d: (shared / SETS[name] / f"{d}.txt").read_bytes().decode("utf-8") for d in sorted(by_document)}
    started = time.perf_counter()
    rosters = {
        d: Roster(t, find_mentions(t), quotations=[Span(*m.span()) for m in _QUOTED.finditer(t)])
        for d, t in texts.items()
    }
    spent = time.perf_counter() - started
    words = sum(len(t.split()) for t in texts.values())
    got: list[tuple[str, dict[str, Any], Resolution]] = []
    lost = 0
    for d, coded in by_document.items():
        for row in coded:
            span = nearest(texts[d], row)
            if span is None:
                lost += 1
                continue
            got.append((sort_of(row["speaker_text"]), row, rosters[d].resolve_span(span)))
    linked = {n: a.name for a in link([r.actors() for r in rosters.values()]) for n in (a.name, *a.names)}
    print(f"== {name}: {len(got)} statements with speaker words ({lost} not found), {words} words in {spent:.2f} s")
    wrong = report(got, linked, norm)
    for (speaker, found, why), count in Counter(wrong).most_common(misses):
        print(f"   {count:3}  {speaker}  <-  {found}  [{why}]")
    if detail:
        for kind, row, resolution in got:
            if kind == detail and norm(row["speaker"]) != norm(linked.get(resolution.name, resolution.name)):
                print(
                    f"   {row['doc']}: {row['speaker_text']!r} -> {resolution.name} ({resolution.because}); "
                    f"{row['speaker']}"
                )


def report(
    got: Iterable[tuple[str, dict[str, Any], Resolution]], linked: dict[str, str], norm: Callable[[str | None], str]
) -> list[tuple[str, str, str]]:
    """Print shares by kind of words; return the misses after linking."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    wrong = []
    for kind, row, resolution in got:
        gold = norm(row["speaker"])
        alone = norm(resolution.name) == gold
        joined = norm(linked.get(resolution.name, resolution.name)) == gold
        voice = resolution.voice == row["voice"]
        for key in (kind, "all"):
            cells = table[key]
            for index, value in enumerate((1, alone, joined, voice, resolution.name == "unresolved")):
                cells[index] += 1 if value else 0
        if not joined:
            said = " ".join(row["speaker_text"].split())[:60]
            wrong.append((row["speaker"], linked.get(resolution.name, resolution.name), f"{kind}: {said}"))
    for key in sorted(table, key=lambda k: -table[k][0]):
        n, right, same, voices, none = table[key]
        print(
            f"{key:13} {n:5}  speaker {right / n:.3f}  linked {same / n:.3f}  voice {voices / n:.3f}"
            f"  unresolved {none / n:.3f}"
        )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=None)
    parser.add_argument("--sets", default="train,dev,seeds")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--detail", default=None, help="print every miss of one kind")
    options = parser.parse_args()
    here = Path(__file__).resolve().parents[1] / ".." / "shared"
    shared = options.shared or Path(os.environ.get("PARLEY_SHARED", here))
    if not shared.is_dir():
        sys.exit(f"no shared data at {shared}; name its folder with --shared")
    norm = load_norm(shared)
    for name in options.sets.split(","):
        measure(shared, name, norm, options.misses, options.detail)


if __name__ == "__main__":
    main()
