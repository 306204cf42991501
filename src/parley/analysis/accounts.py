"""Accounts: what each side is reported to say on an issue, beside what the others say, deny or leave out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from parley.analysis.index import HARD_ACTS, Index, lead, stance_of, wording
from parley.analysis.meetings import Meeting, Mention, meetings
from parley.analysis.silence import withholds
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.words import NO_STATEMENT, how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["COMPARISONS", "accounts"]

_NONE = "no difference coded"
COMPARISONS = ("told to differ", "denied", "stances differ", "consent told in different degrees", "one side only")
"""What the comparison of the sides' accounts on one issue can come to, most telling first."""

_MOST_SIDES = 4
_MOST_CONTACTS = 60
_Block = tuple[int, int, str, list[Row]]  # place of the comparison, weight, issue, and the rows of its sides
_Pairs = Mapping[tuple[str, frozenset[str]], int]  # contacts told of, by document and sides
_AFTER = 500  # characters after a mention of a contact in which its paragraph still tells of it
_DIFFER = re.compile(
    r"\b(?:differ(?:ent|ing|s|ed)?|diverg\w+|conflicting|contradict\w*|at odds|inconsistent)\b[^.;]{0,40}"
    r"\b(?:versions?|accounts?|readouts?|summar(?:y|ies)|statements?|descriptions?)\b"
    r"|\b(?:versions?|accounts?|readouts?|summaries|statements?)\b[^.;]{0,60}\b(?:differ(?:ed|s)?|diverged?|contradict\w*)\b",
    re.I,
)

_COLUMNS = (
    Column("meeting", "Of which contact"),
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("comparison", "Comparison"),
    Column("also", "And also"),
    Column("side", "Account of"),
    Column("account", "Account"),
    Column("speakers", "Speakers"),
    Column("act", "Act"),
    Column("how_far", "How far"),
    Column("stance", "Stance"),
    Column("date", "Document date"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
)


def accounts(record: Record) -> Table:
    """Return one row for each issue and compared side: what it said, or that the coverage holds no statement of it.

    What comes through an office or another party counts as that office's account: "the palace said that he agreed"
    is the palace's account. Rows are ordered by what the comparison comes to (see COMPARISONS), those of a contact
    before the others; an issue on which nothing differs has none.
    """
    index = Index.of(record)
    contacts = [item for item in meetings(record) if len({index.side(name) for name in item.people}) > 1]
    pairs: Counter[tuple[str, frozenset[str]]] = Counter()
    for item in contacts:
        pairs.update((key, frozenset(index.side(name) for name in item.people)) for key in item.documents)
    chosen = sorted(contacts, key=lambda item: -len({index.origin.get(key, key) for key in item.documents}))
    chosen = chosen[:_MOST_CONTACTS]
    kept = {id(item) for item in chosen}
    blocks = [block for item in contacts if id(item) in kept for block in _of_meeting(index, item, pairs)]
    told = _told(index, record.statements)
    blocks += _blocks(index, None, _sides(index, told), told)
    blocks.sort(key=lambda block: block[0])
    alike = sum(block[0] == len(COMPARISONS) for block in blocks)
    rows = [row for block in blocks if block[0] < len(COMPARISONS) for row in block[3]]
    notes = (
        "Rows that name a contact compare what its sides are reported to have said of it or at it; the others "
        "compare the whole coverage.",
        "To a contact belongs what a side says in a sentence that mentions it or right after one, what its people "
        "say to each other in an article that tells of no other contact of theirs, and denials of what the other side "
        "reports.",
        "No statement in the coverage does not mean that the side said nothing.",
        f"Contacts are compared that most independent sources tell of, at most {_MOST_CONTACTS}.",
        "Compared are at most four sides: those with most statements; groups are no side of their own.",
        "Stances that differ are compared on each side's latest statements.",
        f"Left out because no difference is coded between what sides say on an issue: {alike} comparisons.",
    )
    return Table("accounts", "Where accounts differ", _COLUMNS, tuple(rows), notes)


def _blocks(
    index: Index, meeting: str | None, sides: tuple[str, ...], told: Mapping[str, Mapping[str, list[Statement]]]
) -> list[_Block]:
    """Return the rows of one comparison: for each issue that a side speaks to, one a side."""
    blocks: list[_Block] = []
    for issue, by_side in told.items() if len(sides) > 1 else ():
        present = {side: by_side[side] for side in sides if side in by_side}
        if present:
            comparison = _compare(index, issue, present)
            rows = [_row(index, meeting, issue, comparison, side, present.get(side, [])) for side in sides]
            weight = sum(map(len, present.values()))
            place = len(COMPARISONS) if comparison[0] == _NONE else COMPARISONS.index(comparison[0])
            blocks.append((place, -weight, issue, rows))
    return sorted(blocks, key=lambda block: block[:3])


def _of_meeting(index: Index, meeting: Meeting, pairs: _Pairs) -> list[_Block]:
    """Return the comparison of the accounts of one contact: where two sides took part and there is an account."""
    sides = tuple(sorted({index.side(name) for name in meeting.people}))
    if len(sides) < 2 or meeting.what == "interview":
        return []
    name = label(meeting)
    told = _told(index, _tied(index, meeting, frozenset(sides), pairs))
    told = {issue: {side: found for side, found in by.items() if side in sides} for issue, by in told.items()}
    differ = [(0, 0, "", [row]) for row in _told_to_differ(index, meeting, name)]
    return differ + _blocks(index, name, sides, {issue: by for issue, by in told.items() if by})


def _tied(index: Index, meeting: Meeting, sides: frozenset[str], pairs: _Pairs) -> list[Statement]:
    """Return what the sides of a contact are reported to have said of it or at it."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in meeting.mentions:
        mentions[mention.document].append(mention)
    only = {key for key in mentions if pairs[key, sides] == 1}
    by_document = index.by_document
    tied: dict[str, Statement] = {}
    for key in mentions:
        genre = index.documents[key].genre
        if (genre is not None and genre.value == "preview") or "" < index.date(key) < (meeting.when or ""):
            continue  # written before it: what it says of the contact is no account of it
        for item in by_document.get(key, ()):
            own = item.act != "CONSULT" or index.side(item.addressee or "") in sides
            own = own and item.voice == "party" and item.speaker != UNRESOLVED and index.teller(item) in sides
            if own and (_near(index, item, mentions[key]) or (key in only and _between(index, item, meeting))):
                tied[item.id] = item
    issues = {issue for item in tied.values() for issue in item.issues}
    for key in mentions:
        for item in by_document.get(key, ()):
            if item.act == "DENY" and index.teller(item) in sides and issues & set(item.issues):
                tied[item.id] = item
    return sorted(tied.values(), key=index.order)


def _near(index: Index, item: Statement, mentions: list[Mention]) -> bool:
    """Tell whether a statement stands in a sentence that mentions the contact, or after one in its paragraph."""
    text = index.documents[item.document].text
    for mention in mentions:
        if item.span.overlaps(mention.sentence):
            return True
        between = text[mention.sentence.end : item.span.start]
        if 0 <= item.span.start - mention.sentence.end <= _AFTER and "\n" not in between.strip():
            return "\n" not in text[mention.sentence.start : item.span.start].rstrip()
    return False


def _between(index: Index, item: Statement, meeting: Meeting) -> bool:
    """Tell whether one of the people of a contact says it to another of them, as something said there."""
    to = item.addressee
    ends = (item.speaker in meeting.people, to in meeting.people)
    return all(ends) and item.act in HARD_ACTS and "future" not in item.modifiers


def _told_to_differ(index: Index, meeting: Meeting, name: str) -> list[Row]:
    """Return a row for every sentence that mentions the contact and says that the accounts of it differ."""
    rows = []
    for mention in meeting.mentions:
        words = " ".join(mention.sentence.of(index.documents[mention.document].text).split())
        if not _DIFFER.search(words):
            continue
        cells: dict[str, Cell] = dict.fromkeys(column.key for column in _COLUMNS)
        cells |= {
            "meeting": name, "comparison": "told to differ", "side": index.outlet(mention.document), "account": "says",
            "speakers": (), "date": index.date(mention.document) or None, "groups": 1, "count": 1, "words": words,
        }  # fmt: skip
        rows.append(Row(cells, statements=mention.statements, documents=(mention.document,)))
    return rows


def label(meeting: Meeting) -> str:
    """Return a contact in words: what it was, between whom, when."""
    return f"{meeting.what} of {' and '.join(sorted(meeting.people))}, {meeting.when or 'day not told'}"


def _told(index: Index, statements: Iterable[Statement]) -> dict[str, dict[str, list[Statement]]]:
    told: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        if statement.voice == "party" and statement.speaker != UNRESOLVED and not withholds(statement):
            for issue in statement.issues:
                told[issue][index.teller(statement)].append(statement)
    return told


def _sides(index: Index, told: Mapping[str, Mapping[str, list[Statement]]]) -> tuple[str, ...]:
    said: Counter[str] = Counter()
    for by_side in told.values():
        for side, found in by_side.items():
            said[side] += len(found)
    met: Counter[str] = Counter()
    for statement in index.record.statements:
        if statement.act == "CONSULT" and statement.voice == "party":
            for name in filter(None, (statement.speaker, statement.addressee)):
                met[index.side(name)] += 1
    kinds = {actor.name: actor.kind for actor in index.record.actors}
    pool = [side for side in said if kinds.get(side) not in ("group", "unknown")] or list(said)
    pool.sort(key=lambda side: (-said[side], -met[side], side))
    chosen = pool[:_MOST_SIDES]
    return tuple(sorted(chosen, key=lambda side: (-said[side], side)))


def _compare(index: Index, issue: str, present: Mapping[str, list[Statement]]) -> tuple[str, ...]:
    """Return everything that the comparison comes to, most telling first."""
    out = []
    if len(present) > 1 and any(_denials(found, issue) for found in present.values()):
        out.append("denied")
    stances = {_latest_stances(index, issue, found) for found in present.values()} - {frozenset()}
    if len(stances) > 1:
        out.append("stances differ")
    degrees: dict[str, set[str | None]] = defaultdict(set)
    for found in present.values():
        for item in found:
            if item.act == "ACCEPT" and item.issues[:1] == (issue,):
                degrees[index.side(item.speaker)].add(item.degree)
    if any(len(seen) > 1 for seen in degrees.values()):
        out.append("consent told in different degrees")
    if len(present) == 1:
        out.append("one side only")
    return tuple(out) or (_NONE,)


def _denials(found: Iterable[Statement], issue: str) -> list[Statement]:
    """Return the denials on an issue: what is denied is on the main issue of the words, not on every one they touch."""
    return [item for item in found if item.act == "DENY" and item.issues[:1] == (issue,)]


def _latest_stances(index: Index, issue: str, found: list[Statement]) -> frozenset[str]:
    coded = [item for item in found if item.issues[:1] == (issue,) and stance_of(item) != "none"]
    latest = max((index.date(item.document) for item in coded), default="")
    return frozenset(stance_of(item) for item in coded if index.date(item.document) == latest)


def _row(
    index: Index, meeting: str | None, issue: str, comparison: tuple[str, ...], side: str, found: list[Statement]
) -> Row:
    cells: dict[str, Cell] = {
        "meeting": meeting,
        "issue": issue,
        "issue_label": index.label(issue),
        "comparison": comparison[0],
        "also": comparison[1:],
        "side": side,
    }
    if not found:
        silent = {key.key: None for key in _COLUMNS if key.key not in cells}
        return Row({**cells, **silent, "account": NO_STATEMENT, "groups": 0, "count": 0, "speakers": ()})
    denials = _denials(found, issue)
    own = [item for item in found if item.issues[:1] == (issue,)]
    hard = [item for item in own if item.act in HARD_ACTS]
    first = lead(index, denials or hard or own or found, issue)
    quoted = wording(index, first, found, issue)
    others = sorted((item for item in found if item is not quoted), key=index.order, reverse=True)
    cells |= {
        "account": "denies" if denials else "says",
        "speakers": tuple(sorted({item.speaker for item in found})),
        "act": first.act,
        "how_far": how_far(first) or None,
        "stance": stance_of(first) if first.issues[:1] == (issue,) else "not coded",
        "date": index.date(first.document) or None,
        "groups": index.groups(found),
        "count": len(found),
        "words": quoted.content,
    }
    everyone = (quoted, *others)
    documents = tuple(dict.fromkeys(item.document for item in everyone))
    return Row(cells, statements=tuple(item.id for item in everyone), documents=documents)
