"""The few most consequential statements of a record, for the brief's opening lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from parley.analysis.index import Index, lead, wording
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import act_words
from parley.codebook import ISSUES
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["CONSEQUENTIAL", "highlights"]

CONSEQUENTIAL = ("ACCEPT", "REJECT", "COUNTER", "CONDITION", "THREATEN", "DO", "CONCEDE")
"""Consents, refusals, counter-terms, conditions, threats, deeds and concessions, in the order that breaks ties."""
_FILLING = ("PROPOSE", "DEMAND", "DENY", "ACCUSE", "PROMISE", "DEFER")
"""What comes after them where there are fewer than asked for."""
_ORDER = CONSEQUENTIAL + _FILLING

_PROCESS = "H"  # the codebook's group of relations and process

_SCRAP = re.compile(r"(?:in|at|over|during|with|after|before|by)\b|to (?:comment|say|answer|disclose)\b", re.I)
"""Words that begin in the middle of a point tell a reader nothing by themselves."""
_COLUMNS = (
    Column("party", "Party"),
    Column("does", "Does"),
    Column("issue_label", "Issue"),
    Column("words", "Verbatim words"),
    Column("groups", "Independent sources"),
    Column("date", "Document date"),
)


def highlights(record: Record, *, limit: int = 5) -> Table:
    """Return up to *limit* rows: the acts reported through most independent sources. Of equals, unaltered words come
    before altered ones, terms before the conduct of the talks, then parties that more than one source reports on,
    then issues that most do, then later ones.

    Statements of one party, act and issue count together. No issue stands twice while another one waits, and none
    more than twice. Left out is what is hypothetical or negated, and acts that no verb carries. The words are
    verbatim; nothing is summed up.
    """
    index = Index.of(record)
    sets: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for item in record.statements:
        if item.act not in _ORDER or item.voice != "party" or item.speaker == UNRESOLVED or not item.issues:
            continue
        weak = item.weak or _SCRAP.match(item.content)
        if not weak and not {"hypothetical", "negated"} & set(item.modifiers):
            sets[(index.side(item.speaker), item.act, item.issues[0])].append(item)

    spread: dict[str, set[str]] = defaultdict(set)
    for item in record.statements:
        origin = index.origin.get(item.document, item.document)
        if item.voice == "party":
            spread[f"party {index.side(item.speaker)}"].add(origin)
        for issue in item.issues:
            spread[f"issue {issue}"].add(origin)

    def support(key: tuple[str, str, str]) -> tuple[int, bool, bool, int, int]:
        party, _, issue = key
        plain = not all(index.altered(item) for item in sets[key])
        terms = issue not in ISSUES or ISSUES[issue].group != _PROCESS
        reported = min(len(spread[f"party {party}"]), 2), len(spread[f"issue {issue}"])
        return (index.groups(sets[key]), plain, terms, *reported)

    def newest(key: tuple[str, str, str]) -> str:
        return max(index.date(item.document) for item in sets[key])

    keys = sorted(sets, key=lambda key: (_ORDER.index(key[1]), -len(sets[key]), key))
    keys.sort(key=newest, reverse=True)
    keys.sort(key=support, reverse=True)
    keys.sort(key=lambda key: key[1] in _FILLING)
    chosen: list[tuple[str, str, str]] = []
    issues: Counter[str] = Counter()
    parties: Counter[tuple[str, str]] = Counter()
    for most in (1, 2):
        for key in keys:
            if len(chosen) == limit:
                break
            if key not in chosen and issues[key[2]] < most and parties[key[:2]] < most:
                chosen.append(key)
                issues[key[2]] += 1
                parties[key[:2]] += 1
    chosen.sort(key=keys.index)
    rows = [_row(index, key, sets[key]) for key in chosen]
    notes = (
        "Chosen by rule: what parties accept, refuse, answer, tie to conditions, threaten or do; where there is less, "
        "what they propose, demand, deny, accuse of, promise or put off.",
        "Most independent sources come first; of equals unaltered words before altered ones, terms before the conduct "
        "of talks, then parties that more than one source reports on, then issues that most do, then later ones.",
    )
    return Table("highlights", "What happened", _COLUMNS, tuple(rows), notes)


def _row(index: Index, key: tuple[str, str, str], found: list[Statement]) -> Row:
    first = wording(index, lead(index, found, key[2]), found, key[2])
    others = sorted((item for item in found if item is not first), key=index.order, reverse=True)
    everyone = (first, *others)
    return Row(
        {
            "party": key[0],
            "does": act_words(first),
            "issue_label": index.label(key[2]),
            "words": first.content,
            "groups": index.groups(found),
            "date": index.date(first.document) or None,
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )
