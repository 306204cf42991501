"""How well words that name an actor are resolved: ``python -m benchmarks.actors [--sets train,coded] [--misses N]``.

For every coded statement the words that name its speaker are given to the roster of the article, and its answer to
linking, across the articles of the same negotiation ("linked") or across all articles of the set ("together"); name
and voice are compared with the coders'. Joint words ("both sides") are right where the roster names the coded actor
and no more actors than were coded. Words that name an addressee, or somebody through whom the words come, are looked up
near the statement by the coders' name, since coders note no words for them. Names are compared by the rule of the
shared ``score_reading.py``, loaded from there.

Sets: ``train``, ``dev`` and ``seeds`` are the shared hand-coded articles, ``coded`` is ``training/coded.jsonl`` on the
shared ``corpus/more``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.scoring import scorer
from parley.reading.linking import link
from parley.reading.mentions import find_mentions
from parley.reading.quotations import quotations
from parley.reading.roster import Resolution, Roster
from parley.reading.sentences import paragraphs
from parley.records import Actor, Span

SETS = {"train": "corpus/train", "dev": "corpus/dev", "seeds": "seeds", "coded": "corpus/more"}
NEAR = 300  # characters before and after a statement in which an addressee is looked for
Norm = Callable[[str | None], str]


@dataclass(frozen=True, slots=True)
class Case:
    """Words of one article and whom coders say that they name."""

    document: str
    part: str  # speaker, addressee or via
    span: Span
    words: str
    name: str
    voice: str | None
    sort: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the roster says of a case, and the name after linking."""

    case: Case
    resolutions: tuple[Resolution, ...]
    linked: tuple[str, ...]  # by articles of the same negotiation
    together: tuple[str, ...]  # by all articles of the set


def locate(text: str, words: str, near: int) -> Span | None:
    """Return the place of *words* as whole words that is nearest to *near*."""
    pattern = r"(?<!\w)" + re.escape(words) + r"(?!\w)"
    starts = [match.start() for match in re.finditer(pattern, text)]
    if not starts:
        return None
    start = min(starts, key=lambda s: abs(s - near) if s <= near else abs(s - near) + 1)
    return Span(start, start + len(words))


def nearest(text: str, words: str, content: Span) -> Span | None:
    """Return the place of *words* that is nearest to where *content* begins or ends."""
    before, after = locate(text, words, content.start), locate(text, words, content.end)
    if before is None or after is None:
        return None
    return before if abs(before.start - content.start) <= abs(after.start - content.end) else after


def named(text: str, name: str, content: Span) -> Span | None:
    """Return the place close to *content* where *name* stands, whole or by its last word."""
    for words in (name, name.split()[-1]):
        at = nearest(text, words, content)
        if at is not None and content.start - NEAR <= at.start <= content.end + NEAR:
            return at
    return None


def sort_of(words: str) -> str:
    """Return what kind of words name the actor, for the table."""
    low = words.lower()
    if low in {"he", "she", "it", "they", "his", "her", "him", "its", "their", "i", "we", "you", "them", "who"}:
        return f"pronoun {low}"
    if re.match(r"(both|the two|all|negotiators from both|delegates on both)\b", low):
        return "joint"
    mentions = find_mentions(f"It was {words}")[1:]
    if not mentions:
        return "other"
    kind = mentions[0].kind
    return f"{kind} {min(len(words.split()), 2)}" if kind == "name" else kind


def load_cases(shared: Path, name: str) -> tuple[dict[str, str], list[Case]]:
    """Return the articles of a set and its cases."""
    here = Path(__file__).resolve().parents[1]
    path = here / "training/coded.jsonl" if name == "coded" else shared / f"corpus/{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = sorted({row["doc"] for row in rows})
    texts = {d: (shared / SETS[name] / f"{d}.txt").read_bytes().decode("utf-8") for d in documents}
    found = list(_cases(rows, texts))
    sorts = {words: sort_of(words) for words in sorted({case.words for case in found})}
    return texts, [replace(case, sort=sorts[case.words]) for case in found]


def _cases(rows: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> Iterator[Case]:
    for row in rows:
        text = texts[row["doc"]]
        start = row.get("start", -1) if "start" in row else text.find(row["content"])
        content = Span(max(start, 0), row["end"] if "end" in row else max(start, 0) + len(row["content"]))
        if "source" in row:
            source = Span(*row["source"]) if row["source"] else None
        else:
            source = nearest(text, row["speaker_text"], content) if row["speaker_text"] else None
        if source is not None and row["speaker"] != "@author":
            yield Case(row["doc"], "speaker", source, source.of(text), row["speaker"], row["voice"], "")
        others = [("addressee", row["addressee"]), *(("via", name) for name in row["via"])]
        for part, name in others:
            at = named(text, name, content) if name else None
            if at is not None:
                yield Case(row["doc"], part, at, at.of(text), name, None, "")


def cluster(document: str) -> str:
    """Return the negotiation that an article is about."""
    return re.sub(r"\.\d+_.*|^\d+_.*", "", document)


def names(rosters: Mapping[str, Roster], group: Callable[[str], str]) -> Callable[[str, str], str]:
    """Return the name that linking gives to a name in an article, where articles of one group are linked."""
    groups: dict[str, list[list[Actor]]] = defaultdict(list)
    for document, roster in rosters.items():
        groups[group(document)].append([replace(a, documents=(document,)) for a in roster.actors()])
    holders: dict[tuple[str, str], str] = {}
    for actors in groups.values():
        linked = link(actors)
        for actor in linked:
            for document in actor.documents:
                for form in actor.names:
                    holders.setdefault((document, form), actor.name)
        for actor in linked:
            for document in actor.documents:
                holders[document, actor.name] = actor.name
    return lambda document, name: holders.get((document, name), name)


def answers_of(texts: Mapping[str, str], cases: Sequence[Case]) -> tuple[list[Answer], float]:
    """Return the answers to cases, and the seconds that the rosters took."""
    started = time.process_time()
    rosters = {}
    for document, text in texts.items():
        quoted = [q.span for q in quotations(text, list(paragraphs(text))) if q.depth == 0]
        rosters[document] = Roster(text, find_mentions(text), quotations=quoted)
    spent = time.process_time() - started
    got = [(case, rosters[case.document].resolve_all(case.span)) for case in cases]
    linked, together = names(rosters, cluster), names(rosters, lambda _: "")
    return [
        Answer(
            case,
            answers,
            tuple(linked(case.document, answer.name) for answer in answers),
            tuple(together(case.document, answer.name) for answer in answers),
        )
        for case, answers in got
    ], spent


class Judge:
    """Compares answers with what coders say, of whom several may be named by the same words."""

    def __init__(self, cases: Iterable[Case], norm: Norm) -> None:
        self._norm = norm
        self._coded: dict[tuple[str, str, Span], set[str]] = defaultdict(set)
        for case in cases:
            self._coded[case.document, case.part, case.span].add(norm(case.name))

    def right(self, case: Case, found: Sequence[str]) -> bool:
        """Tell whether *found* holds the coded name, and no more names than were coded for these words."""
        able = {self._norm(name) for name in found}
        return self._norm(case.name) in able and len(able) <= len(self._coded[case.document, case.part, case.span])


def report(answers: Sequence[Answer], judge: Judge) -> None:
    """Print shares by part and by kind of words."""
    table: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    for answer in answers:
        case = answer.case
        values = (
            True,
            judge.right(case, [resolution.name for resolution in answer.resolutions]),
            judge.right(case, answer.linked),
            judge.right(case, answer.together),
            answer.resolutions[0].voice == case.voice,
            answer.resolutions[0].name == "unresolved",
        )
        keys = [(case.part, "all"), *([(case.part, case.sort)] if case.part == "speaker" else [])]
        for key in keys:
            for index, value in enumerate(values):
                table[key][index] += value
    for part, kind in sorted(table, key=lambda k: (k[0] != "speaker", k[0], -table[k][0])):
        n, right, linked, together, voices, none = table[part, kind]
        if n < 5 and kind != "all":
            continue
        voice = f"  voice {voices / n:.3f}" if part == "speaker" else ""
        print(
            f"{part:9} {kind:13} {n:5}  alone {right / n:.3f}  linked {linked / n:.3f}  together {together / n:.3f}  "
            f"unresolved {none / n:.3f}{voice}  (wrong {n - linked})"
        )


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=None)
    parser.add_argument("--sets", default="train,coded,dev,seeds")
    parser.add_argument("--misses", type=int, default=0, help="print the N commonest misses")
    parser.add_argument("--detail", type=Path, default=None, help="write every miss to this file")
    options = parser.parse_args()
    here = Path(__file__).resolve().parents[1] / ".." / "shared"
    shared = options.shared or Path(os.environ.get("PARLEY_SHARED", here))
    if not shared.is_dir():
        sys.exit(f"no shared data at {shared}; name its folder with --shared")
    norm: Norm = scorer(shared).norm
    lines = []
    for name in options.sets.split(","):
        texts, cases = load_cases(shared, name)
        answers, spent = answers_of(texts, cases)
        print(f"== {name}: {len(texts)} articles, rosters in {spent:.2f} s of processor time")
        judge = Judge(cases, norm)
        report(answers, judge)
        missed = [a for a in answers if not judge.right(a.case, a.linked)]
        common = Counter(
            (a.case.name, "; ".join(a.linked), f"{a.case.sort}: {' '.join(a.case.words.split())[:60]}") for a in missed
        )
        for (gold, found, words), count in common.most_common(options.misses):
            print(f"   {count:3}  {gold}  <-  {found}  [{words}]")
        lines += [
            f"{name}\t{a.case.part}\t{a.case.sort}\t{a.case.document}\t{a.case.span.start}\t"
            f"{' '.join(a.case.words.split())}\t{a.case.name}\t{'; '.join(a.linked)}\t{a.resolutions[0].because}"
            for a in missed
        ]
    if options.detail:
        options.detail.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
