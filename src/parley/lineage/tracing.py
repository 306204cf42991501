"""Trace where documents come from: what each states, what its text shows, and what it shares with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parley.lineage import alignment, groups
from parley.lineage.alignment import Sketch
from parley.lineage.duplicates import NEAR_DUPLICATE, Copy, find_copies, shared_passages
from parley.lineage.groups import Link, Standing
from parley.lineage.rewording import find_rewording, is_reworded
from parley.lineage.stated import Stated, agencies_in_datelines, find_stated, is_own
from parley.lineage.translation import find_translation
from parley.lineage.words import Words, is_english, words_of
from parley.records import Derivation, DerivationKind, Document, Evidence, Furniture, OriginGroup

MOST_EVIDENCE = 24
"""Telling words of a reworded copy that are kept as evidence, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """How every document came to be, and which documents share an origin.

    ``derivations`` are ordered by document name and kind; ``groups`` hold every document exactly once.
    """

    derivations: tuple[Derivation, ...]
    groups: tuple[OriginGroup, ...]


def trace(documents: Sequence[Document], furniture: Mapping[str, Sequence[Furniture]]) -> Lineage:
    """Return the lineage of *documents*; *furniture* holds each document's furniture by document id.

    The result does not depend on the order of the documents. A document that comes twice counts once. Scores: for
    copies the share of six-word sequences of the shorter text, for reworded copies the telling words per 100 words, for
    translations without a disclaimer the weight of their marks, for agency attributions in the body their number per
    paragraph; None where the text states its origin.
    """
    by_id: dict[str, Document] = {}
    for document in sorted(documents, key=lambda d: (d.name, d.path, d.id)):
        by_id.setdefault(document.id, document)
    unique = list(by_id.values())
    words = [words_of(document, furniture.get(document.id, ())) for document in unique]
    named = agencies_in_datelines(unique)
    stated = [find_stated(document, furniture.get(document.id, ()), also=named) for document in unique]
    own = [
        [*s.derivations, *_altered(document, furniture.get(document.id, ()))]
        for document, s in zip(unique, stated, strict=True)
    ]
    standings = [_standing(w, s, d) for w, s, d in zip(words, stated, own, strict=True)]
    rank = {place: order for order, place in enumerate(groups.in_order(standings))}
    links: list[Link] = []
    derivations: list[Derivation] = []
    copies = find_copies(words)
    for copy in copies:
        derived, original = _turned(copy.a, copy.b, rank)
        links.append(Link(derived, original, copy.share, _because(copy, unique[derived], unique[original])))
    for derived, derivation in _copy_derivations(copies, words, stated, rank):
        derivations.append(derivation)
        own[derived] = [_of_copy(d, derivation) for d in own[derived]]
    for link, evidence in _aligned(words, stated, own, copies, rank):
        links.append(link)
        own[link.derived] = [_joined(d, unique[link.original], evidence) for d in own[link.derived]]
    for place, found in enumerate(own):
        linked = [unique[link.original] for link in links if link.derived == place]
        derivations.extend(_named(derivation, linked) for derivation in found)
    names = {document.id: document.name for document in unique}
    derivations.sort(key=lambda d: (names[d.document], d.document, d.kind, d.source or "", d.of_document or ""))
    return Lineage(tuple(derivations), groups.make_groups(unique, links))


def _altered(document: Document, furniture: Sequence[Furniture]) -> Iterator[Derivation]:
    """Yield the derivations that say that the words of a document were changed on the way."""
    translation = find_translation(document, furniture)
    if translation:
        yield translation
    if is_english(document) and is_reworded(rewording := find_rewording(document.text)):
        weightiest = sorted(rewording.telling, key=lambda telling: (-telling.weight, telling.span))[:MOST_EVIDENCE]
        evidence = tuple(
            Evidence(document.id, telling.span, telling.shows)
            for telling in sorted(weightiest, key=lambda telling: telling.span)
        )
        yield Derivation(document.id, "reworded copy", evidence=evidence, score=rewording.rate, quotes_altered=True)


def _standing(words: Words, stated: Stated, derivations: Sequence[Derivation]) -> Standing:
    carries = {derivation.source for derivation in derivations if derivation.source} | set(stated.agencies)
    altered = any(derivation.quotes_altered for derivation in derivations)
    partly = bool(stated.agencies) and not _rests(stated)
    return Standing(words.document, len(words.words), altered, frozenset(carries), partly)


def _turned(a: int, b: int, rank: Mapping[int, int]) -> tuple[int, int]:
    """Return the derived document first and the original second."""
    return (a, b) if rank[a] > rank[b] else (b, a)


def _because(copy: Copy, derived: Document, original: Document) -> str:
    if copy.exact:
        return f"{derived.name} has the same words as {original.name}"
    return f"{derived.name} shares {copy.share:.0%} of the shorter text's six-word sequences with {original.name}"


def _copy_derivations(
    copies: Sequence[Copy], words: Sequence[Words], stated: Sequence[Stated], rank: Mapping[int, int]
) -> Iterator[tuple[int, Derivation]]:
    """Yield for every derived document its place and its copy of the document that it shares most with."""
    best: dict[int, tuple[float, int, int, Copy]] = {}
    for copy in copies:
        derived, original = _turned(copy.a, copy.b, rank)
        entry = (-copy.share, rank[original], original, copy)
        if derived not in best or entry[:2] < best[derived][:2]:
            best[derived] = entry
    for derived, (_, _, original, copy) in sorted(best.items()):
        source = words[original].document
        kind: DerivationKind = "near duplicate"
        named = source.outlet.value if source.outlet else source.name
        agency = _common_agency(derived, original, words, stated)
        if copy.exact:
            kind = "exact duplicate"
        elif copy.share < NEAR_DUPLICATE and agency:
            kind, named = "wire copy", agency
        yield (
            derived,
            Derivation(
                words[derived].document.id,
                kind,
                source=named,
                of_document=source.id,
                evidence=shared_passages(words[derived], words[original]),
                score=copy.share,
            ),
        )


def _common_agency(a: int, b: int, words: Sequence[Words], stated: Sequence[Stated]) -> str | None:
    """Return the agency that both documents rest on, or that one rests on and the other is."""
    for agency in sorted({*stated[a].agencies, *stated[b].agencies}):
        if all(agency in stated[k].agencies or is_own(words[k].document, agency) for k in (a, b)):
            return agency
    return None


def _aligned(
    words: Sequence[Words],
    stated: Sequence[Stated],
    own: Sequence[Sequence[Derivation]],
    copies: Sequence[Copy],
    rank: Mapping[int, int],
) -> Iterator[tuple[Link, tuple[Evidence, ...]]]:
    """Yield the links that names and figures show, for documents that were altered or that rest on one agency."""
    joined = {(copy.a, copy.b) for copy in copies} | {(copy.b, copy.a) for copy in copies}
    asking = [k for k, found in enumerate(own) if any(d.quotes_altered for d in found) or _rests(stated[k])]
    if not asking:
        return
    sketches = [alignment.sketch(each) for each in words]
    seen: set[tuple[int, int]] = set()
    for a in asking:
        changed = any(derivation.quotes_altered for derivation in own[a])
        for b in alignment.candidates(a, sketches):
            derived, original = _turned(a, b, rank)
            if (derived, original) in seen or (a, b) in joined or not (changed or _common_agency(a, b, words, stated)):
                continue
            seen.add((derived, original))
            found = alignment.align(sketches[derived], sketches[original])
            if found.score >= alignment.CONVINCING:
                names = words[derived].document.name, words[original].document.name
                because = f"names and figures of {names[0]} follow those of {names[1]} ({found.score:.0%})"
                evidence = _placed(words[derived], sketches[derived], found, names[1])
                yield Link(derived, original, found.score, because), evidence


def _rests(stated: Stated) -> bool:
    return any(how != "part" for how in stated.agencies.values())


def _placed(words: Words, sketch: Sketch, found: alignment.Alignment, name: str) -> tuple[Evidence, ...]:
    """Return the sentences whose names and figures fall best into place."""
    spans = sorted(words.span(*sketch.ends[place]) for place, _ in found.pairs[:2])
    return tuple(
        Evidence(words.document.id, span, f"its names and figures stand in {name}, in the same order") for span in spans
    )


def _joined(derivation: Derivation, original: Document, evidence: Sequence[Evidence]) -> Derivation:
    """Name the original of a translated, reworded or agency copy, once."""
    if derivation.of_document or derivation.kind not in ("machine translation", "reworded copy", "wire copy"):
        return derivation
    return replace(derivation, of_document=original.id, evidence=(*derivation.evidence, *evidence))


def _of_copy(derivation: Derivation, copy: Derivation) -> Derivation:
    """Name the original of a translated or reworded copy that still shares words with it."""
    if derivation.of_document is None and derivation.quotes_altered:
        return replace(derivation, of_document=copy.of_document)
    return derivation


def _named(derivation: Derivation, linked: Sequence[Document]) -> Derivation:
    """Name the document that a reprint note or credit speaks of: one that is linked and whose outlet is named."""
    if derivation.of_document or derivation.source is None:
        return derivation
    for document in linked:
        if document.outlet and (
            groups.same_outlet(document.outlet.value, derivation.source) or is_own(document, derivation.source)
        ):
            return replace(derivation, of_document=document.id)
    return derivation
