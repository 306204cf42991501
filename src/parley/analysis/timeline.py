"""Timeline: dated deeds, contacts and answers, each with the words that date it and how the date was had."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice

from parley.analysis.dating import dates_another, of_the_past, taking_part
from parley.analysis.doubt import leave_out_doubtful
from parley.analysis.index import Index, lead
from parley.analysis.meetings import Meeting, Mention, meetings
from parley.analysis.passages import Passages, is_limit, nearest_time
from parley.analysis.scanning import places
from parley.analysis.silence import withholds
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.words import act_words
from parley.records import AUTHOR, UNRESOLVED, Record, Span, Statement, TimeMention

__all__ = ["EVENTS", "mention_for", "timeline"]

EVENTS = frozenset(
    {"DO", "CONSULT", "ACCEPT", "REJECT", "COUNTER", "CONCEDE", "DEFER", "PROPOSE", "THREATEN", "ACCUSE"}
)
"""Acts that happen at a time and can stand in a chronology."""

_COLUMNS = (
    Column("when", "When"),
    Column("kind", "Kind"),
    Column("what", "What"),
    Column("basis", "How the date is known"),
    Column("time_words", "Words that date it"),
    Column("act", "Act"),
    Column("who", "Who"),
    Column("participants", "Who took part"),
    Column("to", "With or to"),
    Column("issue_label", "Issue"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
    Column("outlet", "Outlet"),
    Column("reported", "Document date"),
)

_BESIDE_MARKS = ("before", "after", "since", "until", "till", "ahead of", "following", "prior to")
_BESIDE = re.compile(r"\b(?:before|after|since|until|till|ahead of|following|prior to)\b[^,;:.!?—\n]{0,60}$", re.I)

_LAST = "~"  # sorts after every date
_LONGEST = 2000  # characters of a statement: none that begins earlier reaches into a sentence

_Key = tuple[str, str, tuple[str, ...], str]
_Who = tuple[str, ...]
_Event = tuple[Statement, TimeMention | None]
_Dates = tuple[str, Span, list[TimeMention]]  # document, sentence, and the dates in it that no event took
_UNSPACED = re.compile(r"\W+")


def mention_for(
    statement: Statement, mentions: list[TimeMention], starts: list[int], text: str = ""
) -> TimeMention | None:
    """Return the time mention that dates a statement: in its sentence, inside its span first, else the nearest.

    *mentions* are in the order of their places. With the document's *text*, those that date something else are left
    out.
    """
    low = starts[bisect_right(starts, statement.span.start) - 1]
    after = bisect_left(starts, max(statement.span.end, statement.span.start + 1))
    high = starts[after] if after < len(starts) else None
    near = []
    for item in islice(mentions, bisect_left(mentions, low, key=_starts_at), None):
        if high is not None and item.span.start >= high:
            break
        if (high is None or item.span.end <= high) and not (text and dates_another(text, statement, item)):
            near.append(item)
    return nearest_time(statement, near)


def _starts_at(mention: TimeMention) -> int:
    return mention.span.start


def _place_of(mention: TimeMention) -> tuple[str, int, int]:
    return mention.document, mention.span.start, mention.span.end


@leave_out_doubtful
def timeline(record: Record) -> Table:
    """Return one row an event, in the order of the resolved dates; what no words date stands at the end and says so.

    ``kind`` is contact (a meeting or call with all its mentions, see meetings), deed, answer (a consent, refusal,
    proposal, threat or accusation), said (other words whose saying a date stands beside), or mentioned (a date in what
    somebody says, or in a sentence without a statement). Deeds of one side of one kind on one issue and day are one
    row, and so are equal words, acts of two in the same words, answers of one side on one issue that one origin leaves
    undated, and a sentence's dates.
    """
    passages = Passages.of(record)
    index = passages.index
    rows, contacts, used = _contacts(passages)
    dated: dict[_Key, list[tuple[Statement, TimeMention]]] = defaultdict(list)
    undated: dict[tuple[_Who, str, str, str], list[_Event]] = defaultdict(list)
    dating = {
        key: _dating(index.documents[key].text, found)
        for key, found in passages.times.items()
        if key in index.documents
    }
    settled = {key: _settled(index, key, found) for key, found in dating.items()}
    events = [item for item in record.statements if _happens(item) and item.id not in contacts]
    same: dict[tuple[_Who, str, str], list[_Event]] = defaultdict(list)
    together = _together(index, events)
    for statement in events:
        mentions = dating.get(statement.document)
        if mentions and "future" not in statement.modifiers:
            mentions = settled[statement.document]
        starts = passages.starts_of(statement.document) if mentions else None
        text = index.documents[statement.document].text if mentions else ""
        mention = mention_for(statement, mentions, starts, text) if mentions and starts else None
        if mention is not None:
            used.add(_place_of(mention))
        same[together[_spot(statement)], statement.act, _plain(statement.content)].append((statement, mention))
    for (who, act, words), found in same.items():
        when = next((mention for _, mention in found if mention is not None and mention.resolved), None)
        for statement, mention in found:
            own = mention if when is None or (mention is not None and mention.resolved) else when
            if own is not None and own.resolved:
                dated[_key(index, statement, own.resolved, who)].append((statement, own))
            elif act in {"DO", "CONSULT"}:
                undated[who, act, words, ""].append((statement, own))
            else:
                first = found[0][0]
                origin = index.origin.get(first.document, first.document)
                undated[who, act, (first.issues or ("",))[0], origin].append((statement, own))
    rows += [(_place(index, key, dated[key]), _dated(index, key, dated[key])) for key in dated]
    sides = taking_part(index)
    rows = [(place, row) for place, row in rows if not of_the_past(index, row, sides)]
    rows += _mentioned(passages, used, {_plain(str(row.cells["words"])) for _, row in rows})
    rows.sort(key=lambda pair: pair[0])
    last = [_undated(index, found) for found in undated.values()]
    notes = (
        "A date belongs to an event because both stand in one sentence; the words may date something else in it.",
        "Words after before, after, since, until or following date no deed; what they name is listed as mentioned.",
        "A deadline, or a day after the document's, dates no deed but one that is still to come.",
        "Mentions are one contact where kind, day and people agree; an undated one joins the contact of its document, "
        "or of the week before it, with the same people. Where two fit equally, it joins none.",
        "Left out is an event of an earlier year whose people say and do nothing else in the record.",
        "What no words in its sentence date stands at the end, by document: its order there says nothing of time.",
    )
    return Table("timeline", "Timeline", _COLUMNS, (*(row for _, row in rows), *last), notes)


def _happens(item: Statement) -> bool:
    return item.act in EVENTS and "hypothetical" not in item.modifiers and not withholds(item)


def _plain(words: str) -> str:
    return _UNSPACED.sub(" ", words).casefold().strip()


def _spot(item: Statement) -> tuple[str, int, int, str]:
    return item.document, item.span.start, item.span.end, item.act


def _together(index: Index, events: Iterable[Statement]) -> dict[tuple[str, int, int, str], _Who]:
    """Return the sides that act together, by the place of the words that say so of each of them."""
    found: dict[tuple[str, int, int, str], set[str]] = defaultdict(set)
    for item in events:
        unknown = f"{UNRESOLVED} {item.id}"
        found[_spot(item)].add(unknown if item.speaker == UNRESOLVED else index.side(item.speaker))
    return {spot: tuple(sorted(sides)) for spot, sides in found.items()}


_Place = tuple[str, tuple[str, int, int, int]]


def _contacts(passages: Passages) -> tuple[list[tuple[_Place, Row]], set[str], set[tuple[str, int, int]]]:
    """Return the rows of contacts with their places, the contacts coded as such, and the dates used up."""
    index = passages.index
    rows: list[tuple[_Place, Row]] = []
    coded: set[str] = set()
    used: set[tuple[str, int, int]] = set()
    for meeting, mentions in _told_once(index):
        keys = dict.fromkeys(key for mention in mentions for key in mention.statements)
        found = sorted(
            (index.statements[key] for key in keys), key=lambda item: (item.act != "CONSULT", *index.order(item))
        )
        coded.update(item.id for item in found if item.act == "CONSULT")
        used.update(_place_of(one.time) for one in mentions if one.time is not None)
        alone = next(iter(meeting.people)) if len(meeting.people) == 1 else None
        if alone is not None and alone in index.actors and index.actors[alone].kind == "person":
            continue  # nobody meets alone
        best = _best(index, mentions)
        first = next((item for item in found if item.act == "CONSULT"), None)
        text = index.documents[best.document].text
        documents = dict.fromkeys(one.document for one in mentions)
        issues = Counter(issue for item in found if item.act == "CONSULT" for issue in item.issues[:1])
        cells: dict[str, Cell] = {
            "when": meeting.when,
            "kind": "contact",
            "what": meeting.what,
            "basis": best.time.basis if best.time is not None else "no words date it",
            "time_words": best.time.text if best.time is not None else None,
            "act": "CONSULT",
            "who": " and ".join(sorted(meeting.people)),
            "participants": tuple(sorted(meeting.people)),
            "to": first.addressee if first is not None else None,
            "issue_label": index.label(issues.most_common(1)[0][0]) if issues else None,
            "groups": len({index.origin.get(key, key) for key in documents}),
            "count": len(mentions),
            "words": " ".join(best.sentence.of(text).split()),
            "outlet": index.outlet(best.document),
            "reported": index.date(best.document) or None,
        }
        place = (index.date(best.document), index.numbers[best.document], best.span.start, best.span.end)
        rows.append(
            (
                (meeting.when or _LAST, place),
                Row(cells, statements=tuple(item.id for item in found), documents=tuple(documents)),
            )
        )
    return rows, coded, used


def _told_once(index: Index) -> list[tuple[Meeting, list[Mention]]]:
    """Return the contacts with their mentions; those told of the same people in the same words are one."""
    found: dict[tuple[str | None, frozenset[str], str], tuple[Meeting, list[Mention]]] = {}
    for meeting in meetings(index.record):
        best = _best(index, meeting.mentions)
        words = _plain(best.sentence.of(index.documents[best.document].text))
        found.setdefault((meeting.when, frozenset(meeting.people), words), (meeting, []))[1].extend(meeting.mentions)
    return list(found.values())


def _best(index: Index, mentions: Iterable[Mention]) -> Mention:
    return min(mentions, key=lambda one: (one.time is None, one.document in index.altered_documents, -len(one.people)))


def _mentioned(passages: Passages, used: set[tuple[str, int, int]], shown: set[str]) -> list[tuple[_Place, Row]]:
    """Return rows for dates that no event took: the sentence in which they stand, once, with the statements there.

    *shown* are the words of rows that stand already.
    """
    index = passages.index
    found: dict[str, list[_Dates]] = defaultdict(list)
    for key in sorted(passages.times.keys() & index.documents.keys(), key=lambda key: index.numbers[key]):
        document = index.documents[key]
        free: dict[Span, list[TimeMention]] = defaultdict(list)
        taken: set[tuple[Span, str | None]] = set()
        for mention in passages.times[key]:
            sentence = passages.sentence_at(document, mention.span.start)
            if _place_of(mention) in used:
                taken.add((sentence, mention.resolved))
            elif mention.resolved is not None:
                free[sentence].append(mention)
        for sentence, mentions in free.items():
            left = [mention for mention in mentions if (sentence, mention.resolved) not in taken]
            words = _plain(sentence.of(document.text))
            if left and words not in shown:
                found[words].append((key, sentence, left))
    return [_named(index, told) for told in found.values()]


def _named(index: Index, told: list[_Dates]) -> tuple[_Place, Row]:
    """Return the row of a sentence that names dates, and of its copies: placed by the date nearest to its statement."""
    key, sentence, mentions = told[0]
    document = index.documents[key]
    inside = [item for at, span, _ in told for item in _inside(index, at, span)]
    first = next((item for item in inside if item.speaker not in (AUTHOR, UNRESOLVED)), inside[0] if inside else None)
    own = nearest_time(first, mentions) if first is not None and first.document == key else None
    mention = own or mentions[0]
    said = first is not None and first.speaker != AUTHOR and _dates_saying(document.text, first, mention)
    cells: dict[str, Cell] = {
        "when": mention.resolved,
        "what": act_words(first) if first is not None and said else "date named",
        "kind": "said" if said else "mentioned",
        "basis": mention.basis,
        "time_words": "; ".join(dict.fromkeys(one.text for one in (mention, *mentions))),
        "act": first.act if first is not None and said else None,
        "who": index.speaker(first) if first is not None else None,
        "participants": (),
        "to": first.addressee if first is not None and said else None,
        "issue_label": index.label(first.issues[0]) if first is not None and first.issues else None,
        "groups": len({index.origin.get(at, at) for at, _, _ in told}),
        "count": len(inside),
        "words": " ".join(sentence.of(document.text).split()),
        "outlet": index.outlet(key),
        "reported": index.date(key) or None,
    }
    everyone = ([first] if first is not None else []) + [item for item in inside if item is not first]
    place = (index.date(key), index.numbers[key], mention.span.start, mention.span.end)
    documents = tuple(dict.fromkeys(at for at, _, _ in told))
    return (mention.resolved or _LAST, place), Row(
        cells, statements=tuple(item.id for item in everyone), documents=documents
    )


def _dates_saying(text: str, statement: Statement, mention: TimeMention) -> bool:
    """Tell whether a time stands beside the words of saying, not in what is said."""
    outside = not statement.span.overlaps(mention.span)
    return outside and statement.cue_span is not None and not dates_another(text, statement, mention)


def _inside(index: Index, document: str, sentence: Span) -> list[Statement]:
    here = index.by_document.get(document, [])
    low = bisect_left(here, sentence.start - _LONGEST, key=lambda item: item.span.start)
    high = bisect_left(here, sentence.end, key=lambda item: item.span.start)
    return [item for item in here[low:high] if item.span.end > sentence.start]


def _dating(text: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """Return the mentions that can date a deed: not those that stand only as before, after, since or until a time."""
    marks = places(text, _BESIDE_MARKS)
    if not marks:
        return mentions

    def beside(start: int) -> bool:
        low = max(0, start - 80)
        return bisect_left(marks, low) < bisect_left(marks, start) and _BESIDE.search(text, low, start) is not None

    return [item for item in mentions if not beside(item.span.start)]


def _settled(index: Index, key: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """Return the mentions that can date what was done by the document's day: no later day, and no deadline."""
    text, day = index.documents[key].text, index.date(key)
    return [
        item
        for item in mentions
        if not (day and item.resolved and item.resolved.split("/")[0] > day) and not is_limit(text, item.span)
    ]


def _key(index: Index, statement: Statement, when: str, who: _Who) -> _Key:
    if statement.act == "CONSULT":
        return (when, statement.act, tuple(sorted({*who, index.side(statement.addressee or "")} - {""})), "")
    return (when, statement.act, who, (statement.issues or ("",))[0])


def _place(
    index: Index, key: _Key, found: list[tuple[Statement, TimeMention]]
) -> tuple[str, tuple[str, int, int, int]]:
    return (key[0], min(index.order(statement) for statement, _ in found))


def _dated(index: Index, key: _Key, found: list[tuple[Statement, TimeMention]]) -> Row:
    statements = [statement for statement, _ in found]
    first = lead(index, statements)
    mention = next(mention for statement, mention in found if statement is first)
    others = [item for item in statements if item is not first]
    return _row(index, (first, *sorted(others, key=index.order)), key[0], mention.basis, mention.text)


def _undated(index: Index, found: list[_Event]) -> Row:
    first = lead(index, [statement for statement, _ in found])
    mention = next(mention for statement, mention in found if statement is first)
    everyone = (first, *(statement for statement, _ in found if statement is not first))
    if mention is None:
        return _row(index, everyone, None, "no date in its sentence", None)
    return _row(index, everyone, None, mention.basis, mention.text)


def _row(index: Index, everyone: tuple[Statement, ...], when: str | None, basis: str, words: str | None) -> Row:
    first = everyone[0]
    who = dict.fromkeys(index.speaker(item) for item in everyone if _spot(item) == _spot(first))
    among = len(who) > 1 and first.addressee in who  # of two who act together, each may be coded as the other's
    return Row(
        {
            "when": when,
            "what": act_words(first),
            "kind": "deed" if first.act == "DO" else "contact" if first.act == "CONSULT" else "answer",
            "basis": basis,
            "time_words": words,
            "act": first.act,
            "who": " and ".join(who),
            "participants": (),
            "to": None if among else first.addressee,
            "issue_label": index.label(first.issues[0]) if first.issues else None,
            "groups": index.groups(everyone),
            "count": len(everyone),
            "words": first.content,
            "outlet": index.outlet(first.document),
            "reported": index.date(first.document) or None,
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )
