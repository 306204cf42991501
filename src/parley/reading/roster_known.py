"""Known holders of public office among the names of a document. Internal to the roster."""

from __future__ import annotations

from parley.reading.name_index import Known, keys_of
from parley.reading.people import latest_year, people
from parley.reading.roster_items import Sheet


def name_known(sheet: Sheet) -> None:
    """Give short names that the document never writes out the usual names of known persons."""
    entries = [item.phrase.entry for item in sheet.items if item.phrase is not None and item.phrase.entry is not None]
    sides = {name for entry in entries for name in (entry.name, entry.state) if name}
    since = latest_year(sheet.text)
    titles: dict[Known, set[str]] = {}
    longer: set[Known] = set()
    for item in sheet.items:
        if item.actor is not None and item.phrase is not None:
            titles.setdefault(item.actor, set()).add(item.phrase.title)
            if len(keys_of(sheet.words(item))) > len(item.actor.keys):
                longer.add(item.actor)
    for known in sheet.index.actors:
        if known.person is False or known in longer:
            continue
        if known.person and len(known.keys) > 1:
            known.name = people().ending(known.name) or known.name
            person = people().of(known.name)
            if person is not None and known.belongs is None and (since is None or since <= person.last):
                known.belongs = person.side
            continue
        called = {*known.roles, *titles.get(known, ())}
        person = people().only(known.name, sides=sides, roles=called, since=since)
        if person is not None:
            known.known_as = f"{known.name} in coverage of {person.side}: the known {person.offices[0]}"
            known.name, known.person, known.kind = person.name, True, "person"
            known.belongs = known.belongs or person.side
