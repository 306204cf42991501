"""Who said what, told apart by who speaks: parties, reporters and authors, experts, anonymous sources."""

from __future__ import annotations

from collections import defaultdict

from parley.analysis.words import STANCE_NAMES, act_words, modifiers
from parley.brief.quoting import Quoter
from parley.brief.view import Entry, SpeakerBlock
from parley.records import AUTHOR, UNRESOLVED, Record, Statement

__all__ = ["ORDER", "speakers"]

ORDER = ("party", "reporter", "expert", "anonymous")

_MOST = 4_000
_MOST_EACH = 12


def speakers(record: Record, quoter: Quoter, cut: dict[str, str]) -> tuple[SpeakerBlock, ...]:
    """Return the speakers of each kind, those who say most first, with their statements in the order of the coverage.

    Over 4,000 statements each speaker's latest twelve are shown, until 4,000 are; ``cut`` then says so.
    """
    index = quoter.index
    said: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for item in record.statements:
        name = (
            index.speaker(item) if item.speaker != AUTHOR else f"{index.speaker(item)}, {index.outlet(item.document)}"
        )
        said[(ORDER.index(item.voice), name)].append(item)
    large = len(record.statements) > _MOST
    left = _MOST
    out = []
    for key in sorted(said, key=lambda pair: (pair[0], -len(said[pair]), pair[1])):
        found = sorted(said[key], key=index.order)
        if large:
            found = found[-min(_MOST_EACH, left) :] if left else []
            left -= len(found)
        if not found:
            continue
        out.append(_block(quoter, key, said[key], found))
    if large:
        cut["statements"] = (
            f"Who said what: of {len(record.statements):,} statements {_MOST - left:,} are listed, the latest "
            f"{_MOST_EACH} of each speaker, those who say most first; “parley show statements” lists them all."
        )
    return tuple(out)


def _block(quoter: Quoter, key: tuple[int, str], said: list[Statement], shown: list[Statement]) -> SpeakerBlock:
    first = said[0]
    actor = quoter.index.actors.get(first.speaker)
    side = quoter.index.side(first.speaker)
    resolved = first.speaker not in {AUTHOR, UNRESOLVED}
    return SpeakerBlock(
        voice=first.voice,
        name=key[1],
        roles=", ".join(actor.roles) if actor is not None else "",
        side=side if first.voice == "party" and resolved and side != first.speaker else "",
        count=len(said),
        groups=quoter.index.groups(said),
        entries=tuple(_entry(quoter, item) for item in shown),
    )


def _entry(quoter: Quoter, item: Statement) -> Entry:
    return Entry(
        quote=quoter.quote(item.id, context=False),
        does=act_words(item),
        issues="; ".join(map(quoter.index.label, item.issues)),
        stance=STANCE_NAMES[item.stance] if item.stance != "none" else "",
        how_far=modifiers(item),
        to=item.addressee or "",
    )
