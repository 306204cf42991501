"""Leverage: whom time and strength are said to favour; threats, inducements and linkages; tactics by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from parley.analysis.counterparts import counterpart
from parley.analysis.index import Index, lead
from parley.analysis.passages import Passages
from parley.analysis.reasons import Reasons
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.wordlists import Hit, denied, word_lists
from parley.analysis.words import CLASSES
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["KINDS", "leverage"]

KINDS = ("clock", "strength", "threat", "threat spoken of", "inducement", "linkage", "tactic")
"""What a row is about, in the order of the rows."""

_CLOCK, _STRENGTH, _THREAT, _SPOKEN, _INDUCEMENT, _LINKAGE, _TACTIC = KINDS
_AGAINST = {"time favours": "time presses", "time presses": "time favours", "strong": "weak", "weak": "strong"}
_SIGN = {"time favours": 1, "strong": 1, "time presses": -1, "weak": -1}
_JUDGING = {"ASSESS", "REPORT"}
_CONDITION = re.compile(
    r"\b(?:if|unless|until|should|in case|provided(?: that)?|as long as|on condition|only when)\b[^.;:!?\n]{0,240}?"
    r"(?=,\s+(?:[\w’']+\s+){0,4}(?:will|would|could|can|shall)\b|[.;:!?\n]|[”\"]?$)",
    re.I,
)
_AS = re.compile(r"\bas\s+$", re.I)
_LEFT = re.compile(
    r"\b(?:leav(?:e|es|ing)|left|keep(?:s|ing)?)\s[^,;:]{0,40}$", re.I
)  # "leave X vulnerable": X is meant
_PASSIVE = re.compile(r"[^,;:]{0,50}\b(?:be|is|are|was|were|been|being)\s+$", re.I)  # "that the army be left exhausted"
_PEOPLE = re.compile(
    r"\s+(?:\w+\s+)?(?:human|people|groups?|populations?|civilians|communit\w+|minorit\w+|women|children|famil\w+"
    r"|students|workers|patients|migrants|refugees)\b",
    re.I,
)
_BY = re.compile(r"\s+by\b", re.I)
_RIGHT_BEHIND = 12  # characters between a word and a name that it is about: room for an article and an adjective
_POSED = re.compile(
    r"\b(?:(?:pos|present)(?:e|es|ed|ing|s)?\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}|(?:nuclear|missile|terror\w*|security|climate|military)\s+)$",
    re.I,
)
_POSING = re.compile(
    r"\s+(?:pos(?:ed|es|ing)\b|from\b|to\s+(?:\w+\s+)?(?:peace|security|life|lives|democracy)\b)", re.I
)
"""A danger that somebody or something is, which nobody threatens with."""
_DURATION = re.compile(
    r"\b(?:several|a few|some|many|\d+|one|two|three|four|five|six|ten|twelve)(?: (?:to|or) \w+)? "
    r"(?:hours|days|weeks|months|years)\b|\b(?:early|late|mid|end of)[ -](?:the )?(?:spring|summer|autumn|fall|winter"
    r"|year|month|week)\b|\bby the end of [\w ]{3,12}\b",
    re.I,
)

_COLUMNS = (
    Column("kind", "Kind"),
    Column("what", "What"),
    Column("party", "Party"),
    Column("to", "To"),
    Column("issue_label", "Issues"),
    Column("said_by", "Said by"),
    Column("since", "From"),
    Column("until", "Until"),
    Column("time_words", "Time words"),
    Column("condition", "Condition"),
    Column("reasons", "Reasons counted off"),
    Column("contrary_by", "Otherwise said by"),
    Column("contrary_words", "Otherwise: words"),
    Column("judges", "Credibility judged by"),
    Column("judgements", "Credibility judged as"),
    Column("judged_words", "Credibility: words"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
    Column("date", "Document date"),
)

_Key = tuple[str, str, str, str, str, str]  # kind, what, party, to, since, until


@dataclass(slots=True)
class _Set:
    """Statements that say the same of the same party, and what stands beside them."""

    statements: list[Statement] = field(default_factory=list)
    contrary: list[Statement] = field(default_factory=list)
    judged: list[tuple[str, Statement]] = field(default_factory=list)


def leverage(record: Record) -> Table:
    """Return one row for each thing said of a party's leverage: by whom, from when until when, and who says otherwise.

    Clocks and views of strength come first, by party, so that opposite views stand side by side; then threats with
    their conditions and what named people think of them, threats that are only spoken of, inducements, linkages and
    tactics by their field's name. ``words`` holds every wording. Nothing is weighed: two views stay two views.
    """
    passages = Passages.of(record)
    index = passages.index
    sets: dict[_Key, _Set] = defaultdict(_Set)
    threats: dict[tuple[str, str], list[_Key]] = defaultdict(list)
    for item in record.statements:
        _own_acts(index, sets, threats, item)
    for item in record.statements:
        if item.act in _JUDGING:
            _views(index, passages, sets, threats, item)
        if item.act in {*_JUDGING, "ACCUSE", "DENY"}:
            _tactics(index, passages, sets, item)
    _oppose(sets)
    reasons = Reasons.of(passages)
    rows = [
        _row(index, passages, reasons, key, sets[key])
        for key in sorted(sets, key=lambda key: _place(index, key, sets[key]))
    ]
    notes = (
        "Whom time favours is what somebody says, not a finding. Opposite views stand beside each other, unweighed.",
        "Party is the side that the words are most likely about, by the names before them; the words may mean another.",
        "From and until are dates in the same sentence; what no rule could resolve stands in the time words only.",
        "Reasons are the points that an article counts off right after a view; that they are meant so is inferred.",
        "A tactic is named where a judgement or accusation holds words of its list; that it is used is their claim.",
        "Credibility is what others say of a threat on the same issue; silence on it says nothing.",
        "Left out are threats that no verb carries and that depend on nothing.",
        "A view told in words that no list holds has no direction here, or is missing where it was not coded as one.",
    )
    return Table("leverage", "Leverage, clocks, threats and tactics", _COLUMNS, tuple(rows), notes)


def _own_acts(
    index: Index, sets: dict[_Key, _Set], threats: dict[tuple[str, str], list[_Key]], item: Statement
) -> None:
    """Take up what parties themselves threaten, offer on terms and tie together."""
    if (
        item.act not in {"THREATEN", "PROMISE", "PROPOSE", "CONDITION"}
        or item.speaker == UNRESOLVED
        or item.voice != "party"
    ):
        return
    side = index.side(item.speaker)
    whom = counterpart(index, item)
    to = index.side(whom) if whom else ""
    if item.act == "THREATEN" and item.weak and "conditional_on" not in item.modifiers:
        return  # no verb threatens, and nothing is said to follow from anything
    if item.act == "THREATEN":
        key = (_THREAT, "threat", side, to, "", "")
        for issue in item.issues:
            if key not in threats[side, issue]:
                threats[side, issue].append(key)
    elif item.act == "CONDITION":
        labels = [index.label(issue) for issue in item.issues]
        what = f"{labels[0]} as a condition" if labels else "condition"
        if item.stance == "conditional" and len(labels) > 1:
            what = f"{labels[0]} depends on {labels[1]}"
        key = (_LINKAGE, what, side, to, "", "")
    else:
        bound = item.stance == "conditional" or "conditional_on" in item.modifiers
        if "negated" in item.modifiers or not (bound or word_lists("leverage")["inducement"].find(_with_cue(item))):
            return
        key = (_INDUCEMENT, "offered on a condition" if bound else "offered", side, to, "", "")
    sets[key].statements.append(item)


def _with_cue(item: Statement) -> str:
    return f"{item.cue or ''} {item.content}"


def _views(
    index: Index,
    passages: Passages,
    sets: dict[_Key, _Set],
    threats: dict[tuple[str, str], list[_Key]],
    item: Statement,
) -> None:
    """Take up what anybody says of time, strength, threats and inducements."""
    lists = word_lists("leverage")
    credible = lists["credibility"].find(item.content)
    credible.sort(key=lambda hit: hit.label != "what would make it count")
    used = bool(credible) and _credibility(passages, sets, threats, item, credible[0])
    for kind, name in ((_CLOCK, "clock"), (_STRENGTH, "strength")):
        hits = _telling(passages, item, lists[name].find(item.content)) if item.mode != "question" else []
        if hits:
            what = _AGAINST[hits[0].label] if denied(item.content, hits[0]) else hits[0].label
            _add(passages, sets, kind, what, item, hits[0])
            break
    else:
        if item.mode == "leverage" and not used and not item.weak and lists["bearing"].find(item.content):
            _add(passages, sets, _STRENGTH, "direction not told by the words", item, None)
    found = [hit for hit in lists["threat"].find(item.content) if not _POSED.search(item.content[: hit.start])]
    found = [hit for hit in found if not _POSING.match(item.content, hit.end)]
    if not used and found:
        _add(passages, sets, _SPOKEN, "threat", item, found[0])
    if found := lists["inducement"].find(item.content):
        _add(passages, sets, _INDUCEMENT, "spoken of", item, found[0])


def _telling(passages: Passages, item: Statement, hits: list[Hit]) -> list[Hit]:
    """Return the hits that tell of a side: not of what it gives up, nor of people in need.

    "Abandon" and "opportunity for" tell only of a side named right behind them, or of who was abandoned by somebody.
    """
    content, kept = item.content, []
    for hit in hits:
        words = content[hit.start : hit.end].lower()
        if words.startswith("vulnerab") and _PEOPLE.match(content, hit.end):
            continue
        if words.startswith("abandon") or words == "opportunity for":
            named = any(0 < name.start - hit.end <= _RIGHT_BEHIND for name in passages.named(content))
            if not (named or _BY.match(content, hit.end)):
                continue
        kept.append(hit)
    return kept


def _add(passages: Passages, sets: dict[_Key, _Set], kind: str, what: str, item: Statement, hit: Hit | None) -> None:
    start, end = (hit.start, hit.end) if hit is not None else (None, None)
    party = passages.subject(item, start, end if kind in {_CLOCK, _STRENGTH} else None)
    if start is not None and (left := _LEFT.search(item.content[:start])):
        party = next((found.side for found in passages.named(left.group())), None)
        if party is None and (passive := _PASSIVE.search(item.content[: left.start()])):
            party = next((found.side for found in reversed(passages.named(passive.group()))), None)
    party = party or passages.stranger(item, start) or "not told"
    since, until, _ = _times(passages, item) if kind == _CLOCK else ("", "", ())
    sets[kind, what, party, "", since, until].statements.append(item)


def _times(passages: Passages, item: Statement) -> tuple[str, str, tuple[str, ...]]:
    """Return from when and until when the sentence says that it holds, and the words for it."""
    since = until = ""
    words: dict[str, None] = {}
    for part, mention in passages.mentions(item) if passages.times else ():
        if part == "beside":
            continue
        words.setdefault(mention.text)
        resolved = mention.resolved or ""
        if part == "until" or (part == "at" and mention.text.lower().startswith(("the end of", "end of"))):
            until = until or resolved.split("/")[-1]
        else:
            since = since or resolved.split("/")[0]
    for found in _DURATION.finditer(item.content):
        if not any(found.group() in known or known in found.group() for known in words):
            words.setdefault(found.group())
    return since, until, tuple(words)


def _credibility(
    passages: Passages,
    sets: dict[_Key, _Set],
    threats: dict[tuple[str, str], list[_Key]],
    item: Statement,
    hit: Hit,
) -> bool:
    """Put a judgement beside the threats on its issues by a side that it names. Tell whether there was one."""
    if not item.issues or not threats:
        return False
    subject = passages.subject(item, hit.start, hit.end)
    sides = sorted(passages.sides(item) | ({subject} if subject is not None else set()))
    keys = {key: None for issue in item.issues for side in sides for key in threats.get((side, issue), ())}
    if not keys:
        keys = {key: None for issue in item.issues for side in sides for key in _aimed(threats, side, issue)}
    others = [key for key in keys if key[2] != passages.index.side(item.speaker)]  # nobody judges a threat of its own
    for key in others:
        sets[key].judged.append((hit.label, item))
    return bool(others)


def _aimed(threats: dict[tuple[str, str], list[_Key]], side: str, issue: str) -> list[_Key]:
    """Return the threats on an issue that are aimed at a side: whoever they hit may also say how credible they are."""
    return [key for (_, on), found in threats.items() if on == issue for key in found if key[3] == side]


def _tactics(index: Index, passages: Passages, sets: dict[_Key, _Set], item: Statement) -> None:
    """Name the tactics that a judgement or accusation ascribes to a party, and keep denials beside them."""
    hits = word_lists("leverage")["tactics"].find(item.content)
    if item.document in index.altered_documents:
        known = {hit.label for hit in hits}
        more = word_lists("leverage")["tactics"].find(passages.restored(item))
        end = len(item.content)  # restored words stand at no place of the verbatim ones
        hits += [Hit(end, end, hit.label) for hit in more if hit.label not in known]
    seen: set[str] = set()
    for hit in hits:
        if hit.label in seen or _AS.search(item.content[: hit.start]):
            continue  # "can present them as spoiling" is a reproach, not the tactic
        seen.add(hit.label)
        if item.act == "DENY":
            sets[_TACTIC, hit.label, index.side(item.speaker), "", "", ""].contrary.append(item)
        elif denied(item.content, hit):
            continue
        else:
            party = _by_whom(passages, item, hit) or passages.subject(item, hit.start)
            if item.act == "ACCUSE" and item.addressee:
                party = index.side(item.addressee)
            sets[_TACTIC, hit.label, party or "not told", "", "", ""].statements.append(item)


def _by_whom(passages: Passages, item: Statement, hit: Hit) -> str | None:
    """Return the side right behind "by" after a passive verb: "the truce was derailed by the port"."""
    by = _BY.match(item.content, hit.end)
    if by is None:
        return None
    named = (name for name in passages.named(item.content) if 0 < name.start - by.end() <= _RIGHT_BEHIND)
    return next((name.side for name in named), None)


def _oppose(sets: dict[_Key, _Set]) -> None:
    """Put beside each clock and view of strength what is said to the contrary of the same party.

    A clock and a view of strength are set against each other only where they share a main issue of substance.
    """
    by_party: dict[tuple[str, int], list[tuple[str, Statement]]] = defaultdict(list)
    for (kind, what, party, *_), found in sets.items():
        if what in _SIGN and party != "not told":
            by_party[party, _SIGN[what]] += [(kind, item) for item in found.statements]
    for (kind, what, party, *_), found in sets.items():
        if what in _SIGN and party != "not told":
            issues = {item.issues[0] for item in found.statements if item.issues} - {"H8"}
            found.contrary += [
                item for other, item in by_party[party, -_SIGN[what]] if other == kind or issues & set(item.issues[:1])
            ]


def _place(index: Index, key: _Key, found: _Set) -> tuple[int, str, str, int, _Key]:
    kind, what, party = key[:3]
    order = KINDS.index(kind)
    if kind in {_CLOCK, _STRENGTH}:
        return (order, party, what, 0, key)
    return (order, what if kind == _TACTIC else "", "", -index.groups(found.statements), key)


def _row(index: Index, passages: Passages, reasons: Reasons, key: _Key, found: _Set) -> Row:
    kind, what, party, to, since, until = key
    said = sorted(found.statements, key=index.order)
    first = lead(index, said or found.contrary)
    said = [first, *(item for item in said if item is not first)] if said else []
    times = dict.fromkeys(word for item in said for word in _times(passages, item)[2]) if kind == _CLOCK else {}
    points = [point for item in said for point in reasons.after(item)] if kind in {_CLOCK, _STRENGTH} else []
    contrary = sorted(found.contrary, key=index.order)
    judged = sorted(found.judged, key=lambda pair: index.order(pair[1]))
    issues = dict.fromkeys(index.label(issue) for item in said or contrary for issue in item.issues)
    cells: dict[str, Cell] = {
        "kind": kind,
        "what": what,
        "party": party,
        "to": to or None,
        "issue_label": tuple(issues),
        "said_by": tuple(dict.fromkeys(_who(index, item) for item in said)),
        "since": since or None,
        "until": until or None,
        "time_words": tuple(times),
        "condition": tuple(dict.fromkeys(words for item in said for words in _conditions(passages, kind, item))),
        "reasons": tuple(dict.fromkeys(point.words for point in points)),
        "contrary_by": tuple(dict.fromkeys(_who(index, item) for item in contrary)),
        "contrary_words": tuple(dict.fromkeys(item.content for item in contrary)),
        "judges": tuple(_who(index, item) for _, item in judged),
        "judgements": tuple(label for label, _ in judged),
        "judged_words": tuple(item.content for _, item in judged),
        "groups": index.groups(said or contrary),
        "count": len(said or contrary),
        "words": tuple(dict.fromkeys(item.content for item in said or contrary)),
        "date": index.date(first.document) or None,
    }
    rest: Iterable[Statement] = (
        *said, *(item for point in points for item in point.statements), *contrary, *(item for _, item in judged)
    )  # fmt: skip
    everyone = {first.id: first} | {item.id: item for item in rest}
    documents = tuple(dict.fromkeys(item.document for item in everyone.values()))
    return Row(cells, statements=tuple(everyone), documents=documents)


def _conditions(passages: Passages, kind: str, item: Statement) -> list[str]:
    """Return the words on which a threat or an offer is made to depend: in the statement, else in its sentence."""
    if kind not in {_THREAT, _INDUCEMENT}:
        return []
    if inside := [found.group().strip() for found in _CONDITION.finditer(item.content)]:
        return inside
    if "conditional_on" not in item.modifiers and item.stance != "conditional":
        return []
    place = passages.passage(item)
    return [
        found.group().strip() for found in _CONDITION.finditer(place.text, place.sentence.start, place.sentence.end)
    ]


def _who(index: Index, item: Statement) -> str:
    return f"{index.speaker(item)} ({CLASSES[item.voice].lower()})"
