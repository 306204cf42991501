"""Incidents: accusations of a breach, each counted once however many reports tell of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from parley.analysis.charges import accused_in
from parley.analysis.index import Index
from parley.analysis.passages import Passages
from parley.analysis.wordlists import word_lists
from parley.records import AUTHOR, UNRESOLVED, Statement

__all__ = [
    "ABOUT_KEEPING", "BREACH", "CONDUCT", "DONE", "EARLIER", "EXPECTED", "KINDS", "NEAR", "ByParties", "Case", "apart",
    "cases_of", "expects_blame", "kind_of",
]  # fmt: skip

KINDS = ("breach of a term", "earlier agreements", "conduct", "blame that is expected", "carried out")
"""What a row of the compliance table is about, in the order of the rows."""
BREACH, EARLIER, CONDUCT, EXPECTED, DONE = KINDS
ABOUT_KEEPING = frozenset({"A6", "H6", "H7"})  # issues that name the keeping of terms, not a term
_PAST, _TRUCES = "H7", "A"  # the issue of past agreements; the group of truces
NEAR = 2  # days within which undated reports of one accusation are taken for one

_PRESENTED = re.compile(
    r"\b(?:present|portray|paint|depict|cast|describe|blame|accuse)\s+(?P<who>.{3,60}?)"
    r"(?:\s+(?:who|that|which|committed|\w+ing|\w+ed)\b.*)?\s*$",
    re.I,
)
_BECAUSE = re.compile(
    r"\bbecause\b(?: of)?[\s…. ]*(?P<who>[^.;:’”\"]{3,90}?)(?=[.;:’”\"]|,?\s+(?:will|would|did|has|have|was|were)\b|$)"
)


@dataclass(slots=True)
class Case:
    """One incident as one accuser alleges it, or one deed that carries something out."""

    kind: str
    accuser: str
    accused: str
    issue: str
    day: str
    statements: list[Statement] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def add(self, *items: Statement) -> None:
        """Add reports of the same incident."""
        self.statements += items
        self.documents |= {item.document for item in items}

    def main(self) -> frozenset[str]:
        """Return the issues by which others may speak of the same thing: each report's main issue, and the term."""
        return frozenset({item.issues[0] for item in self.statements if item.issues} | {self.issue} - {""})


ByParties = dict[tuple[str, str, str, str], list[Case]]


def kind_of(item: Statement) -> str:
    """Return which of KINDS an accusation is: of a breach where words of breaking say so, or an incident of a truce."""
    if "hypothetical" in item.modifiers or "future" in item.modifiers:
        return EXPECTED
    labels = word_lists("compliance")["breach"].labels(item.content)
    if "earlier agreements" in labels or ("breach" in labels and item.issues[:1] == (_PAST,)):
        return EARLIER
    of_truce = "A6" in item.issues and _term(item)[:1] == _TRUCES and _term(item) not in ABOUT_KEEPING
    return BREACH if of_truce or ("breach" in labels and item.issues) else CONDUCT


def expects_blame(item: Statement) -> bool:
    """Tell whether a judgement says whom somebody will blame."""
    open_ = "hypothetical" in item.modifiers or "future" in item.modifiers or item.mode in {"forecast", "question"}
    return open_ and bool(word_lists("compliance")["blame"].find(item.content))


def _term(item: Statement) -> str:
    """Return the issue of the term said to be broken: the first that is not about keeping as such, else the first."""
    return next((issue for issue in item.issues if issue not in ABOUT_KEEPING), (item.issues or ("",))[0])


def cases_of(index: Index, passages: Passages, accusations: Iterable[tuple[str, Statement]]) -> list[Case]:
    """Join reports of one incident, and return the cases in the order of KINDS, then of time."""
    cases: dict[tuple[str, str, str, str, str], Case] = {}
    undated: list[Case] = []
    for kind, item in accusations:
        mention = passages.time(item) if passages.times else None
        day = mention.resolved if mention is not None and mention.resolved is not None else ""
        accuser, accused = _parties(index, passages, kind, item)
        case = Case(kind, accuser, accused, _term(item), day, [item], {item.document})
        if not day or kind == EXPECTED:
            undated.append(case)
            continue
        known = cases.setdefault((kind, accuser, accused, case.issue, day), case)
        if known is not case:
            known.add(item)
    out = list(cases.values())
    by_parties: ByParties = defaultdict(list)
    for case in out:
        by_parties[case.kind, case.accuser, case.accused, case.issue].append(case)
    for case in undated:
        among = by_parties[case.kind, case.accuser, case.accused, case.issue]
        same = next((one for one in among if case.kind != EXPECTED and _one(index, case, one)), None)
        if same is not None:
            same.add(*case.statements)
        else:
            among.append(case)
            out.append(case)
    return sorted(out, key=lambda case: (KINDS.index(case.kind), min(map(index.order, case.statements))))


def _one(index: Index, undated: Case, case: Case) -> bool:
    """Tell whether an undated accusation is another report of a case: of the same document's days, or within two."""
    if undated.documents & case.documents:
        return not case.day
    one = index.date(undated.statements[0].document)
    return any(apart(one, day) <= NEAR for day in sorted({case.day or index.date(key) for key in case.documents}))


def apart(one: str, two: str) -> int:
    """Return how many days lie between two ISO days; more than NEAR where either is none."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(two)).days)
    except ValueError:  # undated, or a month, year or range
        return NEAR + 1


def _parties(index: Index, passages: Passages, kind: str, item: Statement) -> tuple[str, str]:
    if kind == EXPECTED and item.act == "ASSESS":
        hit = word_lists("compliance")["blame"].find(item.content)[0]
        told = index.side(item.addressee) if item.addressee else _with_sides(passages, _blamed(item.content, hit.start))
        return passages.subject(item, hit.start) or "", told
    accuser = index.speaker(item) if item.speaker in {AUTHOR, UNRESOLVED} else index.side(item.speaker)
    doer = accused_in(passages, item, accuser)
    if doer is not None:
        return accuser, doer
    if item.addressee and index.side(item.addressee) == accuser:
        if accuser not in {item.speaker, item.addressee} and item.speaker != item.addressee:
            return item.speaker, item.addressee  # within one side: a minister blames a colleague
    elif item.addressee:
        return accuser, index.side(item.addressee)
    named = [found.side for found in passages.named(item.content) if found.side != accuser]
    return accuser, named[0] if named else ""


def _blamed(content: str, at: int) -> str:
    """Return who is to be blamed, in the text's own words: before "as spoiling", or after "because of"."""
    before = _PRESENTED.search(content[:at])
    if before is not None:
        return " ".join(before["who"].split())
    after = _BECAUSE.search(content, at)
    return " ".join(after["who"].replace("[", "").replace("]", "").split()).strip(" ,") if after is not None else ""


def _with_sides(passages: Passages, words: str) -> str:
    """Return *words* with the side in brackets behind each name that speaks for another: "the mayor (Sylvania)"."""
    out, at = "", 0
    for name in passages.named(words):
        out += words[at : name.end] + (f" ({name.side})" if words[name.start : name.end] != name.side else "")
        at = name.end
    return out + words[at:]
