"""Who is the same across documents: spellings, surnames, initials, abbreviations and roles, joined only where sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.reading.actor_words import known_offices, phrase_of, role_matches
from parley.reading.belonging import speaks_for
from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.name_index import (
    alike,
    articled,
    company,
    extends,
    first_names,
    fold,
    initials,
    keys_of,
    parts,
    same_person,
)
from parley.reading.people import people
from parley.records import Actor, ActorKind

_RANK: dict[ActorKind, int] = {
    "state": 0, "outlet": 1, "office": 2, "person": 3, "organisation": 4, "group": 5, "unknown": 6,
}  # fmt: skip


_LOCAL = words_of("local_groups")
_FOREMOST = 3  # a surname alone is his who is named this many times as often as all namesakes


@dataclass(slots=True, eq=False)
class _Cluster:
    """Input actors that are one, as they come together."""

    members: list[Actor]
    counts: Counter[str]
    parent: _Cluster | None = None

    def root(self) -> _Cluster:
        found = self
        while found.parent is not None:
            found = found.parent
        return found


def link(readings_actors: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Join the actors of several documents. Pure; the order of documents and actors makes no difference.

    Joined are: the same name; spellings of one full name; a surname or first name with the only full name that has it;
    an abbreviation with the only body that it abbreviates; a role of a state ("Chilean envoy") with the only person
    who holds it. Two different full names are never joined, and what fits two stays apart. Each input actor's name is
    the name, or one of the names, of exactly one actor of the result. Another form that fits two actors is given to
    neither.
    """
    clusters = _by_name(actor for actors in readings_actors for actor in actors)
    _join_spellings(clusters)
    _join_short(clusters)
    _join_bodies(clusters)
    _join_roles(clusters)
    _join_local(clusters)
    roots = sorted({id(c.root()): c.root() for c in clusters}.values(), key=_order)
    return _records(roots)


def _by_name(actors: Iterable[Actor]) -> list[_Cluster]:
    rows: dict[str, list[Actor]] = {}
    for actor in actors:
        rows.setdefault(" ".join(fold(actor.name).split()), []).append(actor)
    clusters = []
    for key in sorted(rows):
        members = sorted(
            rows[key], key=lambda a: (a.name, _RANK[a.kind], a.names, a.roles, a.belongs_to or "", a.documents)
        )
        clusters.append(_Cluster(members, Counter(a.name for a in members)))
    return clusters


def _kind(cluster: _Cluster) -> ActorKind:
    return min((a.kind for a in cluster.members), key=lambda kind: _RANK[kind])


def _is_person(cluster: _Cluster) -> bool:
    return _kind_of(cluster) == "person" and not any(a.name.split()[0].lower() in ("a", "an") for a in cluster.members)


def _name(cluster: _Cluster) -> str:
    """Return the canonical name: the fullest, of these the most frequent, of these the first in the alphabet."""
    kind = _kind_of(cluster)
    names = {a.name for a in cluster.members if a.kind == kind} or {a.name for a in cluster.members}
    known = sorted(n for n in names if (entry := gazetteer().get(n)) is not None and entry.name == n)
    if known:
        return known[0]
    return min(names, key=lambda n: (-len(parts(keys_of(n))), not articled(n), -cluster.counts[n], n))


def _order(cluster: _Cluster) -> tuple[str, str]:
    name = _name(cluster)
    return (fold(name), name)


def _join(a: _Cluster, b: _Cluster) -> None:
    a, b = sorted((a.root(), b.root()), key=_order)
    if a is b:
        return
    a.members = [*a.members, *b.members]
    a.counts = a.counts + b.counts
    b.parent = a


def _roots(clusters: Iterable[_Cluster]) -> list[_Cluster]:
    return sorted({id(c.root()): c.root() for c in clusters}.values(), key=_order)


def _keys(cluster: _Cluster) -> tuple[str, ...]:
    return keys_of(_name(cluster))


def _join_spellings(clusters: list[_Cluster]) -> None:
    """Join full names of persons that are spellings of one; a short one that fits two different ones stays apart."""
    people = [(c, _keys(c)) for c in _roots(clusters) if _is_person(c) and len(_keys(c)) > 1]
    buckets: dict[tuple[str, str], list[tuple[_Cluster, tuple[str, ...]]]] = {}
    for pair in people:
        last = parts(pair[1])[-1]
        for letter in sorted({first[0] for first in first_names(pair[1][0])}):
            buckets.setdefault((letter, last[0]), []).append(pair)
    for bucket in buckets.values():
        for cluster, keys in bucket:
            fits = [(o, k) for o, k in bucket if o is not cluster and same_person(keys, k)]
            if all(same_person(a, b) for _, a in fits for _, b in fits):
                for other, _ in fits:
                    _join(cluster, other)


def _join_short(clusters: list[_Cluster]) -> None:
    """Join a surname (or first name) to the only person of the dossier who has it."""
    roots = _roots(clusters)
    by_last: dict[str, list[_Cluster]] = {}
    by_first: dict[str, list[_Cluster]] = {}
    full = [(c, _keys(c)) for c in roots if _is_person(c) and len(_keys(c)) > 1]
    for cluster, _ in full:
        for member in {keys_of(a.name) for a in cluster.members}:
            by_last.setdefault(member[-1], []).append(cluster)
            by_first.setdefault(member[0], []).append(cluster)
    single = [
        c for c in roots if _kind(c) in ("person", "unknown") and len(_keys(c)) == 1 and not gazetteer().get(_name(c))
    ]
    for cluster in single:
        key = _keys(cluster)[0]
        found = {id(c.root()): c.root() for c in by_last.get(key, [])}
        if not found and len(key) >= 5:
            found = {id(c.root()): c.root() for c, keys in full if alike(keys[-1], key)}
        if not found:
            found = {id(c.root()): c.root() for c in by_first.get(key, [])}
        fit = _foremost(list(found.values()))
        if fit is not None:
            _join(cluster, fit)


def _foremost(found: Sequence[_Cluster]) -> _Cluster | None:
    """Return the only cluster, or the one that many times as many documents name as all others; else None."""
    ranked = sorted(found, key=lambda c: (-len(c.members), *_order(c)))
    others = sum(len(c.members) for c in ranked[1:])
    return ranked[0] if ranked and len(ranked[0].members) >= max(1, _FOREMOST * others) else None


def _join_bodies(clusters: list[_Cluster]) -> None:
    """Join bodies whose names differ by company forms, and abbreviations with the only body that they fit."""
    bodies = [c for c in _roots(clusters) if _kind(c) in ("organisation", "unknown", "office") and not _is_person(c)]
    same: dict[tuple[str, ...], list[_Cluster]] = {}
    shorts: dict[str, list[_Cluster]] = {}
    prefixes: dict[tuple[str, ...], list[_Cluster]] = {}
    for cluster in bodies:
        name = _name(cluster)
        keys = company(keys_of(name))
        same.setdefault(keys, []).append(cluster)
        if len(keys) > 1:
            for word in sorted(initials(name)):
                shorts.setdefault(word, []).append(cluster)
            if not name.split()[0].endswith(("'s", "’s", "s'", "s’")):  # its board is not the company
                prefixes.setdefault(keys[:1], []).append(cluster)
    for row in same.values():
        for other in row[1:]:
            _join(row[0], other)
    for cluster in bodies:
        name, keys = _name(cluster), company(_keys(cluster))
        if len(keys) != 1 or not name[0].isupper() or gazetteer().get(name):
            continue
        plain = name.replace(".", "")
        rows = shorts.get(fold(plain), []) if plain.isupper() and len(plain) > 1 else prefixes.get(keys, [])
        found = {
            id(c.root()): c.root()
            for c in rows
            if _kind(c) == "organisation" and (plain.isupper() or extends(keys, company(_keys(c))))
        }
        if len(found) == 1:
            _join(cluster, next(iter(found.values())))


def _join_roles(clusters: list[_Cluster]) -> None:
    """Join an office that one document leaves unnamed with the only person of the others who has it.

    Who has it is told by the documents or, of persons that they name in full, by the list of known office holders.
    """
    roots = _roots(clusters)
    held = [
        (c, phrase)
        for c in roots
        if _is_person(c)
        for a in c.members
        for phrase in (*map(phrase_of, a.roles), *known_offices(a.name))
        if phrase is not None and phrase.kind == "role" and phrase.entry is not None
    ]
    for cluster in roots:
        if (
            _kind(cluster) != "office"
            or gazetteer().get(_name(cluster))
            or _name(cluster).startswith(("a ", "an ", "another "))
        ):
            continue
        asked = phrase_of(_name(cluster))
        if asked is None or asked.kind != "role" or asked.entry is None:
            continue
        found = {id(c.root()): c.root() for c, phrase in held if role_matches(asked, phrase)}
        if len(found) == 1:
            _join(cluster, next(iter(found.values())))


def _join_local(clusters: list[_Cluster]) -> None:
    """Join "settlers" with the settlers of the dossier, the only ones or the foremost, whose place a document tells.

    "Chicago school teachers" are of the same place as "Chicago teachers", the shorter name.
    """
    roots = [c for c in _roots(clusters) if _kind(c) == "group"]
    placed: dict[str, dict[str, _Cluster]] = {}
    for cluster in sorted(roots, key=lambda c: len(_keys(c))):
        keys = _keys(cluster)
        if len(keys) > 1 and _name(cluster)[0].isupper():
            placed.setdefault(keys[-1], {}).setdefault(keys[0], cluster)
    for cluster in roots:
        found = _foremost([*placed.get(_name(cluster), {}).values()]) if _name(cluster) in _LOCAL else None
        if found is not None:
            _join(cluster, found)


def _records(roots: Sequence[_Cluster]) -> tuple[Actor, ...]:
    names = [_name(root) for root in roots]
    firm = {member.name: number for number, root in enumerate(roots) for member in root.members}
    claims: dict[str, set[int]] = {}
    for number, root in enumerate(roots):
        for member in root.members:
            for form in member.names:
                claims.setdefault(form, set()).add(number)
    out = []
    for number, root in enumerate(roots):
        own = {member.name for member in root.members}
        forms = {
            f
            for member in root.members
            for f in member.names
            if claims[f] == {number} and firm.get(f, number) == number
        }
        person = _kind_of(root) == "person"
        roles = {role for member in root.members for role in member.roles}
        roles |= {member.name for member in root.members if person and member.kind == "office"}
        belongs = Counter(member.belongs_to for member in root.members if member.belongs_to)
        kind, name = _kind_of(root), names[number]
        able = [above for above in belongs if speaks_for(name, kind, roles or _offices(name), above)]
        out.append(
            Actor(
                name,
                kind,
                tuple(sorted((own | forms) - {name})),
                tuple(sorted(roles)),
                min(able, key=lambda b: (-belongs[b], b), default=None),
                tuple(sorted({document for member in root.members for document in member.documents})),
            )
        )
    return tuple(out)


def _offices(name: str) -> tuple[str, ...]:
    person = people().of(name)
    return person.offices if person is not None else ()


def _kind_of(root: _Cluster) -> ActorKind:
    if any(member.kind == "person" for member in root.members):
        return "person"
    return _kind(root)
