"""Whom a pronoun stands for: the nearest sentence with exactly one actor that fits, speakers and subjects first."""

from __future__ import annotations

from parley.reading.mentions import Mention
from parley.reading.name_index import Known
from parley.reading.roster_items import Item, Resolution, Sheet, found
from parley.records import UNRESOLVED, ActorKind

_REACH = 5  # sentences back that a pronoun may look
_FIRST = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])


def resolve_pronoun(sheet: Sheet, at: int, item: Item) -> tuple[Known | None, Resolution]:
    """Resolve the pronoun *item*, before which ``sheet.items[:at]`` stand and are settled."""
    low = item.mention.span.of(sheet.text).lower()
    kind: ActorKind = "person" if item.mention.gender else "unknown"
    if low in _FIRST:
        why = "first person: the speaker of the quotation" if item.quoted else "first person outside a quotation"
        return None, Resolution(UNRESOLVED, "unknown", "party", why)
    for back in range(_REACH + 1):
        near = _fitting(sheet, at, item, item.sentence - back)
        if not near:
            continue
        known = _choose(near, item.mention)
        if known is None:
            names = sorted({other.actor.name for other in near if other.actor is not None})
            return None, Resolution(UNRESOLVED, kind, "party", f"“{low}” can be {' or '.join(names)}")
        if item.mention.gender:
            known.gender = known.gender or item.mention.gender
            if known.person is None:
                known.person, known.kind = True, "person"
        where = "in the same sentence" if back == 0 else f"{back} sentence{'s' * (back > 1)} before"
        return found(known, f"“{low}”: {known.name}, the nearest that fits, {where}")
    return None, Resolution(UNRESOLVED, kind, "party", f"nobody that “{low}” can be is named shortly before")


def _choose(near: list[Item], mention: Mention) -> Known | None:
    """Choose the only actor among speakers, else among subjects, else among all; None where two are left."""
    pools = [[i for i in near if i.weight >= weight] for weight in (2, 1, 0)]
    for pool in pools:
        actors = list(dict.fromkeys(i.actor for i in pool if i.actor is not None))
        if mention.gender and len(actors) > 1:
            actors = [k for k in actors if k.person] or actors
        if len(actors) == 1:
            return actors[0]
        if actors:
            return None
    return None


def _fitting(sheet: Sheet, at: int, item: Item, sentence: int) -> list[Item]:
    """Return the items of a sentence before the pronoun that can be meant."""
    fitting = []
    for k in range(at - 1, max(-1, at - 60), -1):
        other = sheet.items[k]
        if other.sentence < sentence:
            break
        if other.sentence != sentence or other.actor is None or (other.quoted and not item.quoted):
            continue
        if other.mention.span.end <= item.start and _fits(other, other.actor, item.mention):
            fitting.append(other)
    sure = [i for i in fitting if i.actor is not None and i.actor.person] if item.mention.gender else []
    return sure or fitting


def _fits(other: Item, known: Known, mention: Mention) -> bool:
    if mention.gender is not None:
        if known.person is False and known.kind != "office" and known.kind != "person":
            return False
        if known.person is None and other.weight < 2:
            return False
        return known.gender in (None, mention.gender) and other.mention.kind not in ("office", "state")
    if mention.number == "plural":
        return known.kind == "group" or other.mention.number == "plural"
    if known.person is True or known.kind not in ("state", "organisation", "office", "unknown", "outlet"):
        return False
    return other.mention.number == "singular" and other.mention.kind not in ("role", "anonymous")
