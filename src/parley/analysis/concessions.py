"""Concessions: what each party agreed to or offered, measured against what it did and wanted before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parley.analysis.counterparts import counterpart
from parley.analysis.deeds import attacks, follows, keeps
from parley.analysis.given import bygone, gives, happened
from parley.analysis.index import Index, lead, wording
from parley.analysis.judgements import NOT_JUDGED, judgement_of
from parley.analysis.passages import Passages
from parley.analysis.stems import stems
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.wordlists import Hit, denied, word_lists
from parley.analysis.words import CLASSES, how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["VERDICTS", "concessions"]

VERDICTS = ("nominal", "real", "unknown")
"""What an item comes to by the rule: wanted or done before by its giver; opposed before and now agreed; neither."""

_KINDS = {
    "ACCEPT": "agreed",
    "COUNTER": "offered instead",
    "CONCEDE": "given up",
    "PROMISE": "promised",
    "PROPOSE": "offered",
}
_SOUGHT, _PRACTISED, _OPPOSED, _INTEREST = "sought before", "already practised", "opposed before", "own interest"
_OPEN = {"forecast", "question"}
_PROCESS = "H"
_WHOLE = {"H5", "H7", "H8"}  # issues of the talks as such: a judgement on them may be on all that was given

_COLUMNS = (
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("giver", "Given by"),
    Column("speakers", "Speakers"),
    Column("to", "To"),
    Column("kind", "Agreed or offered"),
    Column("how_far", "How far"),
    Column("date", "Document date"),
    Column("verdict", "Verdict"),
    Column("because", "Because"),
    Column("baseline", "Before"),
    Column("baseline_date", "Before: when told"),
    Column("baseline_by", "Before: told by"),
    Column("baseline_words", "Before: words"),
    Column("benefit_words", "Benefit as stated"),
    Column("cost_words", "Cost as stated"),
    Column("reciprocated", "Reciprocated"),
    Column("reciprocated_words", "Reciprocated: words"),
    Column("carried_out", "Carried out"),
    Column("carried_out_words", "Carried out: words"),
    Column("judges", "Judged by"),
    Column("judgements", "Judged as"),
    Column("judged_words", "Judged: words"),
    Column("dissent", "Dissent"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
)

_Key = tuple[str, str]  # giver and issue


@dataclass(slots=True)
class _Ledger:
    """What is known of the items of one record, by giver and issue. Filled in one pass, then only read."""

    items: dict[_Key, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    before: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))
    against: dict[_Key, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    wants: dict[_Key, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    deeds: dict[_Key, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    interests: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))
    returns: dict[_Key, list[tuple[bool, Statement]]] = field(default_factory=lambda: defaultdict(list))
    judged: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))
    unresolved: int = 0
    weak: int = 0


def concessions(record: Record) -> Table:
    """Return one row for each party and issue on which it agreed to or offered something, judged by a stated rule.

    ``nominal``: the coverage tells that the giver sought the thing before, or already practised it. ``real``: it tells
    that the giver opposed it before, nothing says that it sought or practised it, and it now agrees, gives up or
    carries out more than talks. ``unknown``: everything else, and why. What others call it stands beside that, with
    their words, and changes nothing in it. Judgements of all that a party gave, and those that
    meet no item, have rows of their own.
    """
    passages = Passages.of(record)
    index = passages.index
    ledger = _read(index, passages)
    idle = _leave_out(index, ledger)
    keys = sorted((key for key in ledger.items if ledger.items[key]), key=lambda key: (-len(ledger.items[key]), key))
    keys.sort(key=lambda key: key[1][:1] == _PROCESS)
    rows = [_row(passages, ledger, key) for key in keys]
    rows += [_judged_alone(index, key, ledger.alone[key]) for key in sorted(ledger.alone)]
    notes = [
        "Nominal: told to have been sought or practised by its giver before. Real: opposed before, now agreed to. "
        "Unknown: the coverage tells neither, or both. Silence on the past is not a proof that there was none.",
        "Items are joined by party and issue: two terms on one issue may not be the same term.",
        "Earlier means an earlier document, or words such as previously or has long beside the statement.",
        "What the giver wanted, refused or did in an earlier document counts where it shares a word with the item.",
        "Who is meant is told by the names in the sentence and the one before; a name there may belong elsewhere.",
        "Judgements are others' words; a party that judges its own gift is named like anybody else.",
        "Practised and carried out go by deeds in words of keeping (withdraw, release, pay, lift), none of attack.",
        "No report that an item was carried out does not mean that it was not.",
    ]
    if ledger.unresolved:
        notes.append(f"Left out because the speaker is not resolved: {ledger.unresolved} statements (see gaps).")
    if idle:
        notes.append(
            "Left out: promises that are made to no other side and that none asked for, proposals that ask nothing in "
            f"return, and support for somebody: {idle} statements."
        )
    if ledger.weak:
        notes.append(f"Left out because no verb says that something was agreed: {ledger.weak} statements.")
    return Table("concessions", "Who gave what, and was it a concession", _COLUMNS, tuple(rows), tuple(notes))


def _read(index: Index, passages: Passages) -> _Ledger:
    ledger = _Ledger()
    others: list[Statement] = []
    for statement in index.record.statements:
        if statement.voice == "party" and statement.act not in {"ASSESS", "REPORT", "DENY", "ACCUSE", "CONSULT"}:
            _act(index, passages, ledger, statement)
        else:
            others.append(statement)
    givers: dict[str, set[str]] = defaultdict(set)
    for giver, issue in ledger.items:
        givers[issue].add(giver)
    acting = frozenset(index.side(item.speaker) for item in index.record.statements if item.voice == "party")
    for statement in others:
        if statement.act in {"ASSESS", "REPORT", "ACCUSE", "DENY"} and statement.mode not in _OPEN:
            _tell(passages, ledger, statement, givers, acting)
    return ledger


def _leave_out(index: Index, ledger: _Ledger) -> int:
    """Take out of the items what gives no other side anything, and return how many statements that are."""
    left = 0
    for (giver, issue), found in ledger.items.items():
        wants = [want for (side, on), all_ in ledger.wants.items() if side != giver and on == issue for want in all_]
        remarked = bool(ledger.judged.get((giver, issue)) or ledger.returns.get((giver, issue)))
        kept = [item for item in found if gives(index, item, wants, remarked=remarked)]
        left += len(found) - len(kept)
        ledger.items[giver, issue] = kept
    return left


def _act(index: Index, passages: Passages, ledger: _Ledger, statement: Statement) -> None:
    """Put a party's own act where it belongs: an item given, a wish, a refusal, a deed, or something from before."""
    if statement.speaker == UNRESOLVED:
        ledger.unresolved += statement.act in _KINDS
        return
    if not statement.issues or {"negated", "hypothetical"} & set(statement.modifiers) or bygone(passages, statement):
        return
    key = (index.side(statement.speaker), statement.issues[0])
    past = passages.told_as_earlier(statement)
    if statement.act == "DO":
        if statement.stance != "against" and "future" not in statement.modifiers:
            if keeps(statement):
                ledger.deeds[key].append(statement)
            if past and not attacks(statement):
                ledger.before[key].append((_PRACTISED, statement))
    elif past:
        kind = _OPPOSED if statement.act == "REJECT" or statement.stance == "against" else _SOUGHT
        ledger.before[key].append((_PRACTISED if statement.act == "ACCEPT" else kind, statement))
    elif statement.weak and statement.act in {"ACCEPT", "PROMISE"}:
        ledger.weak += 1  # no verb says that anything was agreed
    elif statement.act in {"PROMISE", "ACCEPT"} and _harms(statement):
        ledger.wants[key].append(statement)
    elif statement.act in _KINDS and (statement.act != "PROPOSE" or statement.addressee):
        ledger.items[key].append(statement)
    elif statement.act in {"REJECT", "DEMAND", "PROPOSE", "CONDITION"}:
        refuses = statement.act == "REJECT" or statement.stance == "against"
        (ledger.against if refuses else ledger.wants)[key].append(statement)


def _tell(
    passages: Passages, ledger: _Ledger, statement: Statement, givers: Mapping[str, set[str]], acting: frozenset[str]
) -> None:
    """Put what anybody tells of items where it belongs: earlier wishes and practices, gains, returns, judgements."""
    lists = word_lists("concessions")
    content = statement.content
    judged = lists["judged"].find(content)
    interest = lists["interest"].find(content)
    baseline = lists["baseline"].labels(content)
    returned = lists["return"].find(content)
    if not (judged or interest or baseline or returned):
        return
    past = bool(baseline) and passages.told_as_earlier(statement)
    on = [issue for issue in statement.issues if issue in givers]
    named = passages.sides(statement) if on else frozenset()

    def whose(hit: Hit) -> Iterator[_Key]:
        """Yield the items meant: of the side that the words are about, else of those named, else of the only giver."""
        side = passages.subject(statement, hit.start, hit.end)
        for issue in on:
            sides = {side} & givers[issue] if side is not None else named & givers[issue]
            if not sides and len(givers[issue]) == 1 and (side is None or hit in returned):
                sides = givers[issue]
            yield from ((giver, issue) for giver in sorted(sides))

    if past:
        for key in ((side, issue) for issue in on for side in sorted(named & givers[issue])):
            ledger.before[key] += [(kind, statement) for kind in baseline]
    for label, key in dict.fromkeys((hit.label, key) for hit in interest for key in whose(hit)):
        ledger.interests[key].append((label, statement))
    if returned:
        none = any(denied(content, hit) for hit in returned) or judgement_of(statement) == "little or none"
        for key in whose(returned[0]):
            ledger.returns[key].append((none, statement))
    elif judged and (judgement := judgement_of(statement)) != NOT_JUDGED:
        if not happened(content, judged[0], judgement):
            return
        keys = list(whose(judged[0]))
        for key in keys:
            ledger.judged[key].append((judgement, statement))
        about = None if keys else passages.subject(statement, judged[0].start, judged[0].end)
        if about is not None and about in acting:
            issue = next((issue for issue in statement.issues if issue not in _WHOLE), "")
            ledger.alone[about, issue].append((judgement, statement))


def _harms(statement: Statement) -> bool:
    """Tell whether what is announced is harm or resistance, which nobody is given."""
    told = statement.act == "PROMISE" and attacks(statement)  # a consent is to a halt of attacks
    return told or bool(word_lists("concessions")["against"].find(statement.content))


def _row(passages: Passages, ledger: _Ledger, key: _Key) -> Row:
    index = passages.index
    giver, issue = key
    found = ledger.items[key]
    first = wording(index, lead(index, found, issue), found, issue)
    cells: dict[str, Cell] = {
        "issue": issue,
        "issue_label": index.label(issue),
        "giver": giver,
        "speakers": tuple(sorted({item.speaker for item in found})),
        "to": tuple(sorted(filter(None, {counterpart(index, item) for item in found}))),
        "kind": tuple(dict.fromkeys(_kind(item) for item in sorted(found, key=index.order))),
        "how_far": how_far(first) or None,
        "date": index.date(first.document) or None,
        "groups": index.groups(found),
        "count": len(found),
        "words": first.content,
    }
    before = _before(index, ledger, key, first)
    cells |= _verdict(found, [kind for kind, _ in before], ledger.deeds[key]) | _told_before(index, before)
    gains = [item for kind, item in ledger.interests[key] if kind == "benefit"]
    costs = [item for kind, item in ledger.interests[key] if kind == "cost"]
    cells |= {"benefit_words": _wordings(gains), "cost_words": _wordings(costs)}
    answer, answered = _reciprocated(index, ledger, key, found)
    done, deeds = _carried_out(passages, ledger, key, first)
    cells |= {"reciprocated": answer, "reciprocated_words": _wordings(answered)}
    cells |= {"carried_out": done, "carried_out_words": _wordings(deeds)}
    cells |= _judges(index, giver, ledger.judged[key])
    rest = [*found, *(item for _, item in before), *gains, *costs, *answered, *deeds]
    return _resting(index, cells, first, [*rest, *(item for _, item in ledger.judged[key])])


def _kind(item: Statement) -> str:
    return "agreed to talk" if item.act == "ACCEPT" and item.degree == "procedural" else _KINDS[item.act]


def _before(index: Index, ledger: _Ledger, key: _Key, first: Statement) -> list[tuple[str, Statement]]:
    """Return what came before the item: told so in words, or in documents of an earlier day.

    What the giver said or did on the issue in an earlier document counts only where it shares a longer word with the
    item: it may have been on another term.
    """
    out = list(ledger.before.get(key, ()))
    day = min((date for item in ledger.items[key] if (date := index.date(item.document))), default="")
    given = stems(first.content) - stems(key[0])
    for kind, pool in ((_SOUGHT, ledger.wants), (_OPPOSED, ledger.against), (_PRACTISED, ledger.deeds)):
        earlier = (item for item in pool.get(key, ()) if "" < index.date(item.document) < day)
        out += [(kind, item) for item in earlier if given & stems(item.content)]
    told = {item.id for _, item in out}
    gains = (item for kind, item in ledger.interests.get(key, ()) if kind == "benefit" and item.id not in told)
    out += [(_INTEREST, item) for item in gains if given & stems(item.content)]
    unique = {(kind, item.id): (kind, item) for kind, item in out if item is not first}
    return sorted(unique.values(), key=lambda pair: (pair[0] == _INTEREST, index.order(pair[1]), pair[0]))


def _told_before(index: Index, before: list[tuple[str, Statement]]) -> dict[str, Cell]:
    return {
        "baseline": tuple(kind for kind, _ in before) or "not told",
        "baseline_date": tuple(index.date(item.document) or "undated" for _, item in before),
        "baseline_by": tuple(_who(index, item) for _, item in before),
        "baseline_words": tuple(item.content for _, item in before),
    }


def _verdict(found: list[Statement], kinds: list[str], deeds: list[Statement]) -> dict[str, Cell]:
    had = _SOUGHT in kinds or _PRACTISED in kinds
    if had and _OPPOSED in kinds:
        return {"verdict": "unknown", "because": "told both to have wanted or done it and to have opposed it before"}
    if had:
        why = " and ".join(kind for kind in (_SOUGHT, _PRACTISED) if kind in kinds)
        return {"verdict": "nominal", "because": f"{why} by its giver"}
    more = bool(deeds) or any(
        item.act == "CONCEDE" or (item.act in {"ACCEPT", "COUNTER"} and item.degree != "procedural") for item in found
    )
    if _OPPOSED in kinds and more:
        return {"verdict": "real", "because": "opposed before by its giver, now agreed to"}
    if _OPPOSED in kinds:
        return {"verdict": "unknown", "because": "opposed before; so far only offered, promised or to be talked about"}
    return {"verdict": "unknown", "because": "the coverage tells nothing of what its giver wanted or did before"}


def _reciprocated(index: Index, ledger: _Ledger, key: _Key, found: list[Statement]) -> tuple[str, list[Statement]]:
    told = ledger.returns.get(key, [])
    if none := [item for no, item in told if no]:
        return "said to have got nothing in return", none
    partners = {index.side(to) for item in found if (to := counterpart(index, item))} - {key[0]}
    same = [item for side in sorted(partners) for item in ledger.items.get((side, key[1]), ())]
    asked = [item for item in found if "conditional_on" in item.modifiers or item.stance == "conditional"]
    also = "; offered on a condition" if asked else ""
    if same:
        sides = sorted({index.side(item.speaker) for item in same})
        return f"yes, on the same issue by {', '.join(sides)}{also}", [*same, *asked]
    if told:
        return f"a return is told of{also}", [*(item for _, item in told), *asked]
    if asked:
        return "offered on a condition", asked
    return "not told", []


def _carried_out(passages: Passages, ledger: _Ledger, key: _Key, first: Statement) -> tuple[str, list[Statement]]:
    index = passages.index
    if key[1][:1] == _PROCESS:
        return "not followed for the conduct of talks", []
    before = {item.id for kind, item in ledger.before.get(key, ()) if kind == _PRACTISED}
    day = index.date(first.document)
    deeds = [item for item in ledger.deeds.get(key, ()) if item.id not in before]
    deeds = [item for item in deeds if not day or not index.date(item.document) or index.date(item.document) >= day]
    deeds = [item for item in deeds if follows(passages, item, ledger.items[key])]
    return ("reported", deeds) if deeds else ("no report in the coverage", [])


def _judges(index: Index, giver: str, judged: Iterable[tuple[str, Statement]]) -> dict[str, Cell]:
    found = sorted(judged, key=lambda pair: index.order(pair[1]))
    kinds = [kind for kind, _ in found]
    dissent = "one judge" if len(found) == 1 else "none" if found else None
    if len(set(kinds)) > 1:
        dissent = "; ".join(f"{kind}: {kinds.count(kind)}" for kind in dict.fromkeys(kinds))
    own = {item.id for _, item in found if index.side(item.speaker) == giver}
    return {
        "judges": tuple(_who(index, item) + (" (the giver)" if item.id in own else "") for _, item in found),
        "judgements": tuple(kinds),
        "judged_words": tuple(item.content for _, item in found),
        "dissent": dissent,
    }


def _judged_alone(index: Index, key: _Key, judged: list[tuple[str, Statement]]) -> Row:
    """Return the row of judgements that meet no item: of all that a party gave, or on an issue where it gave none."""
    giver, issue = key
    found = [item for _, item in judged]
    first = lead(index, found)
    cells: dict[str, Cell] = dict.fromkeys((column.key for column in _COLUMNS), None)
    cells |= {
        "issue": issue or None,
        "issue_label": index.label(issue) if issue else "all that it gave",
        "giver": giver,
        "kind": "judged; no item coded" if issue else "judged as a whole",
        "date": index.date(first.document) or None,
        "verdict": "unknown",
        "because": "no single item; see the judgements",
        "groups": index.groups(found),
        "count": len(found),
        "words": first.content,
    }
    return _resting(index, cells | _judges(index, giver, judged), first, found)


def _who(index: Index, item: Statement) -> str:
    return f"{index.speaker(item)} ({CLASSES[item.voice].lower()})"


def _wordings(found: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.content for item in found))


def _resting(index: Index, cells: Mapping[str, Cell], first: Statement, rest: Iterable[Statement]) -> Row:
    everyone = {first.id: first} | {item.id: item for item in sorted(rest, key=index.order)}
    documents = tuple(dict.fromkeys(item.document for item in everyone.values()))
    return Row(cells, statements=tuple(everyone), documents=documents)
