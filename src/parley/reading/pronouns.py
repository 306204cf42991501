"""Whom a pronoun stands for: the actor that fits best, by how near it is and whether it spoke or was the subject."""

from __future__ import annotations

import re

from parley.reading.mentions import Mention
from parley.reading.name_index import Known
from parley.reading.roster_items import Sheet
from parley.reading.roster_records import Item, Resolution, found
from parley.records import UNRESOLVED, ActorKind

_REACH = 5  # sentences back that a pronoun may look
FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
_UNSURE = 2.5
"""How much less fits, in sentences, whom nothing shows to be a person."""
_POSSESSIVE = frozenset(["his", "her", "its", "their"])
_JOINED = 3.0
"""What it counts for to stand right before: "Chile and its allies"."""
_AUDIENCE = frozenset(["reporters", "journalists", "media", "reports", "newspapers", "markets", "correspondents"])
_BEFORE = re.compile(r"[,”\"][\s”\"]*$")
_TELLS = re.compile(
    r"\s+(?:said|says|added|told|wrote|argued|noted|warned|explained|reported|continued|insisted|claimed|stressed)\b"
)
_SUBORDINATE = re.compile(r"(?:^|[.!?”\"]\s)(?:even )?(?:as|while|when|although|though|after|before)\s$", re.IGNORECASE)
_PEOPLE = frozenset(["name", "role", "anonymous"])


def resolve_pronoun(sheet: Sheet, at: int, item: Item) -> tuple[Known | None, Resolution]:
    """Resolve the pronoun *item*, before which ``sheet.items[:at]`` stand and are settled.

    Speakers and the openers of sentences come before other subjects, these before all others; a subject two sentences
    back before an object in the last; of two that fit alike the one in the pronoun's own sentence. Unresolved where two
    are named side by side ("X and Y met") or nobody fits.
    """
    low = item.mention.span.of(sheet.text).lower()
    kind: ActorKind = "person" if item.mention.gender else "unknown"
    if low in FIRST_PERSON:
        why = "first person: the speaker of the quotation" if item.quoted else "first person outside a quotation"
        return None, Resolution(UNRESOLVED, "unknown", "party", why)
    ahead = _named_ahead(sheet, at, item)
    if ahead is not None:
        return found(ahead, f"“{low}”: {ahead.name}, named after the clause")
    fitting = _fitting(sheet, at, item)
    if not fitting:
        return None, Resolution(UNRESOLVED, kind, "party", f"nobody that “{low}” can be is named shortly before")
    best = max(score for score, _ in fitting)
    top = [other for score, other in fitting if score == best]
    chosen = top[-1] if top[-1].sentence == item.sentence else top[0]
    beside = [other for other in top if other.actor is not chosen.actor and _beside(sheet, chosen, other)]
    known = chosen.actor
    if known is None or beside:
        names = sorted({other.actor.name for other in [chosen, *beside] if other.actor is not None})
        return None, Resolution(UNRESOLVED, kind, "party", f"“{low}” can be {' or '.join(names)}")
    if item.mention.gender:
        known.gender = known.gender or item.mention.gender
        if known.person is None:
            known.person, known.kind = True, "person"
    back = item.sentence - chosen.sentence
    where = "in the same sentence" if back == 0 else f"{back} sentence{'s' * (back > 1)} before"
    return found(known, f"“{low}”: {known.name}, the nearest that fits, {where}")


def _named_ahead(sheet: Sheet, at: int, item: Item) -> Known | None:
    """Return the person of the main clause after "Even as he spoke, ": whom a pronoun of the first clause means."""
    if item.mention.gender is None or item.quoted:
        return None
    opening = sheet.text[sheet.text.rfind("\n", 0, item.start) + 1 : item.start]
    if not _SUBORDINATE.search(opening):
        return None
    for other in sheet.items[at + 1 : at + 12]:
        if other.sentence != item.sentence:
            return None
        known, before = other.actor, sheet.text[item.mention.span.end : other.start]
        if known is not None and known.person and before.endswith(", ") and before.count(",") == 1:
            fits = known.gender in (None, item.mention.gender) and other.mention.kind in _PEOPLE
            return known if fits and _TELLS.match(sheet.text, other.mention.span.end) else None
    return None


def _beside(sheet: Sheet, a: Item, b: Item) -> bool:
    """Tell whether two mentions are joined by "and"."""
    a, b = (a, b) if a.start < b.start else (b, a)
    return sheet.text[a.mention.span.end : b.start].strip(" ,\n") == "and"


def _fitting(sheet: Sheet, at: int, item: Item) -> list[tuple[float, Item]]:
    """Return the items before the pronoun that can be meant, by place, each with how well it fits."""
    fitting: list[tuple[float, Item]] = []
    low = item.mention.span.of(sheet.text).lower()
    trails = trailing(sheet.text, item)
    for k in range(at - 1, max(-1, at - 60), -1):
        other = sheet.items[k]
        if other.sentence < item.sentence - _REACH:
            break
        if other.actor is None or (other.quoted and not item.quoted) or other.mention.span.end > item.start:
            continue
        if trails and other.sentence == item.sentence:
            continue
        if _fits(other, other.actor, item.mention):
            joined = sheet.text[other.mention.span.end : item.start] == " and " and low in _POSSESSIVE
            fitting.append((_score(other, other.actor, item) + _JOINED * joined, other))
    return fitting[::-1]


def trailing(text: str, item: Item) -> bool:
    """Tell whether a pronoun ends a report: ", they said". Whom it means stands in a sentence before the words told."""
    start, end = item.start, item.mention.span.end
    return _BEFORE.search(text, max(0, start - 4), start) is not None and _TELLS.match(text, end) is not None


def _score(other: Item, known: Known, item: Item) -> float:
    score = other.weight - float(item.sentence - other.sentence)
    if item.mention.gender:
        sure = known.person is True or (known.kind in ("office", "person", "group") and other.mention.kind in _PEOPLE)
        return score if sure else score - _UNSURE
    if other.phrase is not None and other.phrase.noun in _AUDIENCE:
        return score - 1.5
    return score


def _fits(other: Item, known: Known, mention: Mention) -> bool:
    if mention.gender is not None:
        acts = known.kind in ("office", "person") or other.mention.kind in ("anonymous", "role")
        if known.person is False and not acts:
            return False
        words = known.name.split()
        if known.person is None and (other.weight < 2 or known.name.isupper()):
            return False
        if other.mention.number == "plural" or (len(words) > 1 and known.name.isupper()):
            return False
        return known.gender in (None, mention.gender) and other.mention.kind not in ("office", "state")
    if mention.number == "plural":
        return known.kind == "group" or other.mention.number == "plural"
    if known.person is True or known.kind not in ("state", "organisation", "office", "unknown", "outlet"):
        return False
    return other.mention.number == "singular" and other.mention.kind not in ("role", "anonymous")
