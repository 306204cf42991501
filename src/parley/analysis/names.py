"""Who and what the dossier speaks of: actors and issues, with how often and through how many independent sources."""

from __future__ import annotations

from collections import Counter, defaultdict

from parley.analysis.described import described
from parley.analysis.index import Index
from parley.analysis.table import Column, Row, Table
from parley.codebook import GROUPS, ISSUES
from parley.records import AUTHOR, UNRESOLVED, Actor, Record, Statement

__all__ = ["actors", "issues"]

_ACTORS = (
    Column("name", "Name"),
    Column("kind", "Kind"),
    Column("names", "Other names"),
    Column("roles", "Roles"),
    Column("described", "Described as"),
    Column("belongs_to", "Belongs to"),
    Column("side", "Speaks for"),
    Column("side_because", "Speaks for: because"),
    Column("statements", "Statements"),
    Column("groups", "Independent sources"),
)
_ISSUES = (
    Column("id", "Issue"),
    Column("label", "Label"),
    Column("group", "Group"),
    Column("statements", "Statements"),
    Column("parties", "Parties"),
    Column("groups", "Independent sources"),
    Column("proposition", "For means"),
)


def actors(record: Record) -> Table:
    """Return one row an actor, those who say most first; speakers that no actor record names are listed too."""
    index = Index.of(record)
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in record.statements:
        said[statement.speaker].append(statement)
    rows = []
    for name in sorted({*index.actors, *said} - {AUTHOR, UNRESOLVED}, key=lambda key: (-len(said[key]), key)):
        actor = index.actors.get(name)
        found = said[name]
        rows.append(
            Row(
                {
                    "name": name,
                    "kind": actor.kind if actor is not None else "unknown",
                    "names": actor.names if actor is not None else (),
                    "roles": actor.roles if actor is not None else (),
                    "described": described(index, name, _where(actor, found)),
                    "belongs_to": actor.belongs_to if actor is not None else None,
                    "side": index.side(name),
                    "side_because": index.sides_because.get(name),
                    "statements": len(found),
                    "groups": index.groups(found),
                },
                statements=tuple(item.id for item in found),
                documents=tuple(dict.fromkeys(item.document for item in found)),
            )
        )
    notes = (
        "Names are joined by rules and by people's decisions; two people of one surname may have been taken for one.",
    )
    return Table("actors", "Actors", _ACTORS, tuple(rows), notes)


def _where(actor: Actor | None, found: list[Statement]) -> tuple[str, ...]:
    """Return the documents in which an actor speaks or is named."""
    return tuple(dict.fromkeys([item.document for item in found] + list(actor.documents if actor is not None else ())))


def issues(record: Record) -> Table:
    """Return one row an issue of the codebook or of the dossier's own; nothing coded on an issue shows as 0."""
    index = Index.of(record)
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in record.statements:
        for issue in statement.issues:
            found[issue].append(statement)
    rank = {key: number for number, key in enumerate(ISSUES)}
    rows = []
    for key in sorted({*ISSUES, *record.issue_labels, *found}, key=lambda item: (rank.get(item, len(rank)), item)):
        said: Counter[str] = Counter(index.side(item.speaker) for item in found[key] if item.voice == "party")
        known = ISSUES.get(key)
        rows.append(
            Row(
                {
                    "id": key,
                    "label": index.label(key),
                    "group": GROUPS.get(known.group, known.group) if known is not None else None,
                    "statements": len(found[key]),
                    "parties": tuple(name for name, _ in sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))),
                    "groups": index.groups(found[key]),
                    "proposition": known.proposition if known is not None else None,
                },
                statements=tuple(item.id for item in found[key]),
                documents=tuple(dict.fromkeys(item.document for item in found[key])),
            )
        )
    notes = ("No statement on an issue means none was read, not that nobody spoke of it.",)
    return Table("issues", "Issues", _ISSUES, tuple(rows), notes)
