"""The few most consequential statements of a record, for the brief's opening lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from parley.analysis.index import Index, lead, wording
from parley.analysis.passages import Passages
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import act_words
from parley.codebook import ISSUES
from parley.records import UNRESOLVED, Record, Statement, TimeMention

__all__ = ["CONSEQUENTIAL", "highlights"]

CONSEQUENTIAL = ("ACCEPT", "REJECT", "COUNTER", "CONDITION", "THREATEN", "DO", "CONCEDE")
"""Consents, refusals, counter-terms, conditions, threats, deeds and concessions, in the order that breaks ties."""
_FILLING = ("PROPOSE", "DEMAND", "PROMISE", "DEFER")
_TALK = ("DENY", "ACCUSE")
_ORDER = CONSEQUENTIAL + _FILLING + _TALK
_LESS = dict.fromkeys(_FILLING, 1) | dict.fromkeys(_TALK, 2)
"""How many sources less an act counts, beside one of the consequential ones."""

_PROCESS = "H"  # the codebook's group of relations and process
_SHORT = 25  # fewer characters say little by themselves
_OPENING = 5  # statements that open an article: papers put the news first
_OLD = timedelta(days=60)
_LEAD = 12  # characters before a time that opens a sentence: "Since early 2016, ..."
_CAMPAIGN = re.compile(r"\bcampaign(?:ed|ing)?\b", re.I)
_LEAST_ISSUE = 0.05  # of the record's statements
_LEAST_PARTY = 0.02

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
_NOTES = (
    "Chosen by rule: what parties accept, refuse, answer, tie to conditions, threaten, do or concede. What they "
    "propose, demand, promise or put off counts a source less, what they deny or accuse of two less.",
    "Most independent sources come first; of equals unaltered words before altered ones, whole points before scraps, "
    "what opens an article, terms before the conduct of talks, then parties that more than one source reports on, then "
    "issues that most do, then later ones.",
    "Left out is what is hypothetical or negated, acts that no verb carries, deeds that their own words date long "
    "before the article, promises of an election campaign, and what a single source has of an issue or a party that "
    "hardly appears.",
)

_Key = tuple[str, str, str]  # party, act, issue


def highlights(record: Record, *, limit: int = 5) -> Table:
    """Return up to *limit* rows, chosen and ordered as the table's notes say: nowhere else is the rule told.

    Statements of one party, act and issue count together; parties that do a thing together in the same words share a
    row. The words are verbatim; nothing is summed up.
    """
    index = Index.of(record)
    sets: dict[_Key, list[Statement]] = defaultdict(list)
    old = _old_deeds(Passages.of(record))
    for item in record.statements:
        if item.act not in _ORDER or item.voice != "party" or item.speaker == UNRESOLVED or not item.issues:
            continue
        weak = item.weak or _SCRAP.match(item.content)
        if not weak and item.id not in old and not {"hypothetical", "negated"} & set(item.modifiers):
            sets[(index.side(item.speaker), item.act, item.issues[0])].append(item)
    opening = {item.id for found in index.by_document.values() for item in found[:_OPENING]}
    words = {key: _words(index, key, found, opening) for key, found in sets.items()}
    keys = _ranked(index, sets, words, opening)
    keys = _weighty(index, sets, keys) or keys
    rows = []
    for key in _spread_out(keys, words, limit):
        parties = [other[0] for other in keys if other[1:] == key[1:] and _same_place(words[other], words[key])]
        rows.append(_row(index, key, parties, words[key], sets[key]))
    return Table("highlights", "What happened", _COLUMNS, tuple(rows), _NOTES)


def _words(index: Index, key: _Key, found: list[Statement], opening: set[str]) -> Statement:
    first = lead(index, [item for item in found if item.id in opening] or found, key[2])
    return wording(index, first, found, key[2])


def _same_place(one: Statement, other: Statement) -> bool:
    return (one.document, one.span) == (other.document, other.span)


def _old_deeds(passages: Passages) -> set[str]:
    """Return the ids of deeds that their own words date long before the article, and of promises of a campaign."""
    return {
        item.id
        for item in passages.index.record.statements
        if (item.act == "DO" and any(_old(passages, item, mention) for mention in passages.mentions(item)))
        or (item.act == "PROMISE" and _campaigning(passages, item))
    }


def _old(passages: Passages, item: Statement, found: tuple[str, TimeMention]) -> bool:
    """Tell whether a time in the words of a deed, or since which it opens its sentence to go on, is long past."""
    part, mention = found
    day = passages.index.date(item.document)
    if mention.resolved is None or len(day) != len("2025-03-18"):
        return False
    opens = part == "from" and mention.span.start - passages.passage(item).sentence.start <= _LEAD
    long_ago = _latest(mention.resolved) < str(date.fromisoformat(day) - _OLD)
    return long_ago and (opens or mention.span.overlaps(item.span))


def _campaigning(passages: Passages, item: Statement) -> bool:
    place = passages.passage(item)
    return _CAMPAIGN.search(place.text, place.sentence.start, max(item.span.end, place.sentence.start)) is not None


def _latest(resolved: str) -> str:
    """Return the last day that an ISO day, month, year or ``start/end`` allows, good enough to be compared."""
    end = resolved.rpartition("/")[2]
    return end + "-12-31"[len(end) - 4 :] if len(end) < 10 else end


def _ranked(
    index: Index, sets: Mapping[_Key, list[Statement]], words: Mapping[_Key, Statement], opening: set[str]
) -> list[_Key]:
    spread: dict[str, set[str]] = defaultdict(set)
    for item in index.record.statements:
        origin = index.origin.get(item.document, item.document)
        if item.voice == "party":
            spread[f"party {index.side(item.speaker)}"].add(origin)
        for issue in item.issues:
            spread[f"issue {issue}"].add(origin)

    def support(key: _Key) -> tuple[int, bool, bool, bool, bool, int, int]:
        party, act, issue = key
        sources = index.groups(sets[key]) - _LESS.get(act, 0)
        plain = not all(index.altered(item) for item in sets[key])
        opens = any(item.id in opening for item in sets[key])
        terms = issue not in ISSUES or ISSUES[issue].group != _PROCESS
        reported = min(len(spread[f"party {party}"]), 2), len(spread[f"issue {issue}"])
        return (sources, plain, len(words[key].content) >= _SHORT, opens, terms, *reported)

    def newest(key: _Key) -> str:
        return max(index.date(item.document) for item in sets[key])

    keys = sorted(sets, key=lambda key: (_ORDER.index(key[1]), -len(sets[key]), key))
    keys.sort(key=newest, reverse=True)
    keys.sort(key=support, reverse=True)
    return keys


def _weighty(index: Index, sets: Mapping[_Key, list[Statement]], keys: Sequence[_Key]) -> list[_Key]:
    """Return the keys that several sources have, or whose issue and party make up a share of the record."""
    statements = index.record.statements
    issues = Counter(issue for item in statements for issue in item.issues)
    parties = Counter(index.side(item.speaker) for item in statements if item.voice == "party")
    return [
        key
        for key in keys
        if index.groups(sets[key]) > 1
        or (issues[key[2]] >= _LEAST_ISSUE * len(statements) and parties[key[0]] >= _LEAST_PARTY * len(statements))
    ]


def _spread_out(keys: Sequence[_Key], words: Mapping[_Key, Statement], limit: int) -> list[_Key]:
    """Return the first *limit* keys, no words twice, an issue twice and a party's act once as long as others wait."""
    chosen: list[_Key] = []
    issues: Counter[str] = Counter()
    parties: Counter[tuple[str, str]] = Counter()
    for of_issue, of_party in ((2, 1), (limit, 2)):
        for key in keys:
            if len(chosen) == limit:
                break
            told = any(_same_place(words[key], words[other]) for other in chosen)
            if not told and issues[key[2]] < of_issue and parties[key[:2]] < of_party:
                chosen.append(key)
                issues[key[2]] += 1
                parties[key[:2]] += 1
    return sorted(chosen, key=keys.index)


def _row(index: Index, key: _Key, parties: Sequence[str], first: Statement, found: list[Statement]) -> Row:
    others = sorted((item for item in found if item is not first), key=index.order, reverse=True)
    everyone = (first, *others)
    return Row(
        {
            "party": ", ".join(parties),
            "does": act_words(first),
            "issue_label": index.label(key[2]),
            "words": first.content,
            "groups": index.groups(found),
            "date": index.date(first.document) or None,
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )
