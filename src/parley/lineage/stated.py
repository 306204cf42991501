"""What a text states of its own origin: reprint notes, credit lines, agency datelines and agency attributions.

A note ("reprinted from ...") and an agency's dateline or credit line are statements of origin. Attributions in the body
("told <agency>", "<agency> reports") are evidence only when there are several and at least one makes the agency the
teller of the story, since reporters cite agencies in articles of their own. Photograph credits never count.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from parley.lineage.words import body_of
from parley.records import Derivation, Document, Evidence, Furniture, Span

LEAST_MENTIONS = 3
"""Attributions to one agency in a body from which it counts as that agency's copy."""

_REPRINT = re.compile(
    r"\b(?:re-?printed|re-?published|re-?posted|reproduced|cross-?posted|syndicated)\b(?: here)?"
    r"(?P<how> (?:from|courtesy of|by (?:kind )?permission of|by arrangement with|under licen[cs]e from"
    r"|with (?:the )?(?:kind )?permission(?: (?:of|from))?) ?)?(?:the original (?:in|at|on) )?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:originally|first) (?:published|appeared|posted|printed|ran)(?: here)? (?:in|on|by|at|with) ", re.IGNORECASE
)
_SOURCE = re.compile(r"(?:the )?[A-Z0-9][\w&'’-]*(?:[ .](?:(?:of|the|and|for|de|la|du|di|da) )*[A-Z0-9][\w&'’-]*){0,6}")
_SUBJECT = re.compile(
    r"\b(?:this|the|our|an?)\b[^.!?\n]{0,80}\b(?:article|story|piece|column|essay|commentary|interview|post|text|report"
    r"|opinion|analysis|op-ed)\b[^.!?\n]{0,80}$",
    re.IGNORECASE,
)


_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z][^\n(]{0,60}\b\d{1,2}\b[^\n(]{0,10}\(([A-Z][A-Za-z.& ]{1,24})\)\s?[-–—]", re.MULTILINE
)
_PICTURE = re.compile(r"\W*(?:images?|photos?|pictures?|video|media|caption)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document states: its derivations, and the agencies that the body or a credit rests on."""

    derivations: tuple[Derivation, ...]
    agencies: Mapping[str, str]  # agency, and how it shows: "credit", "part" or "body"


@cache
def agencies() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the agencies: the name that Parley shows, and the ways in which texts write it, longest first."""
    source = resources.files("parley.lineage").joinpath("agencies.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)["agencies"]
    return tuple((name, tuple(sorted(forms, key=lambda form: (-len(form), form)))) for name, forms in table.items())


def agencies_in_datelines(documents: Iterable[Document]) -> frozenset[str]:
    """Return the names that stand in brackets in the datelines of *documents*: agencies that no list knows."""
    found: set[str] = set()
    for document in documents:
        for match in _DATELINE.finditer(document.text, 0, 1_500):
            if agency_named(match.group(1)) is None:
                found.add(match.group(1))
    return frozenset(found)


def _forms(also: frozenset[str]) -> str:
    known = {form for _, written in agencies() for form in written}
    forms = sorted(known | also, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form) for form in forms)


def agency_named(words: str, also: frozenset[str] = frozenset()) -> str | None:
    """Return the agency that *words* are the name of, one of those in *also* included, or None."""
    words = " ".join(words.split())
    return words if words in also else next((name for name, forms in agencies() if words in forms), None)


def is_own(document: Document, source: str) -> bool:
    """Tell whether the document's outlet is *source* itself, an agency or a paper under any of its names."""
    if document.outlet is None:
        return False
    outlet = _plain(document.outlet.value)
    names = next((forms for name, forms in agencies() if name == source), (source,))
    stems = {outlet, *(outlet.removesuffix(end) for end in ("com", "org", "net", "news", "newscom", "newsorg"))}
    return any(plain and (plain in stems or (len(plain) >= 5 and plain in outlet)) for plain in map(_plain, names))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]|\bthe\b", "", name.lower())


def find_stated(document: Document, furniture: Sequence[Furniture], *, also: frozenset[str] = frozenset()) -> Stated:
    """Return what *document* states of its origin, with the words that show it; *also* names further agencies."""
    body = body_of(document, furniture)
    derivations = [*_reprints(document, furniture)]
    found: dict[str, str] = {}
    for agency, (how, evidence) in sorted(_credits(document, furniture, body, also).items()):
        if not is_own(document, agency):
            found[agency] = how
            source = agency if how == "credit" else f"{agency}, in part"
            derivations.append(Derivation(document.id, "wire copy", source=source, evidence=evidence))
    for agency, evidence in sorted(_attributed(document, body, also).items()):
        if agency not in found and not is_own(document, agency):
            found[agency] = "body"
            score = round(len(evidence) / max(1, len(re.findall(r"[^\s].*", body))), 3)
            kept = evidence[:8]
            derivations.append(Derivation(document.id, "wire copy", source=agency, evidence=kept, score=score))
    if not any(derivation.kind == "reprint" for derivation in derivations):
        derivations.extend(_credit_line(document, furniture))
    return Stated(tuple(derivations), found)


def _reprints(document: Document, furniture: Sequence[Furniture]) -> list[Derivation]:
    notes = [
        piece.span for piece in furniture if piece.reason in ("source note", "disclaimer", "link to another story")
    ]
    found: dict[str | None, list[Evidence]] = {}
    text = document.text[:1_000_000]
    for pattern in (_REPRINT, _FIRST):
        for match in pattern.finditer(text):
            start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 200)
            noted = any(note.start <= match.start() < note.end for note in notes)
            if not noted and not _SUBJECT.search(text[start : match.start()]):
                continue
            named = _SOURCE.match(text, match.end())
            if named is None and "permission" not in match.group().lower() and not noted:
                continue
            if pattern is _REPRINT and not match["how"]:
                continue
            source = re.sub(r"^the ", "", named.group()) if named else None
            span = Span(match.start(), named.end() if named else match.start() + len(match.group().rstrip()))
            shows = f"says that it is reprinted from {source}" if source else "says that it is a reprint"
            found.setdefault(source, []).append(Evidence(document.id, span, shows))
    return [Derivation(document.id, "reprint", source=s, evidence=tuple(e)) for s, e in found.items()]


def _credit_line(document: Document, furniture: Sequence[Furniture]) -> list[Derivation]:
    """Read a closing line that is only an outlet's name as the outlet that the text was taken from."""
    for piece in reversed(furniture):
        words = piece.span.of(document.text).strip("()[]-–—* ")
        if (
            piece.reason == "source note"
            and re.fullmatch(r"[A-Z][\w.&'’ -]{1,60}", words)
            and len(words.split()) <= 6
            and not re.search(r"\d{4}|[.!?]$", words)
            and agency_named(words) is None
            and piece.span.start > len(document.text) // 2
        ):
            if is_own(document, words):
                return []
            evidence = Evidence(document.id, piece.span, f"the closing credit line names {words}")
            return [Derivation(document.id, "reprint", source=words, evidence=(evidence,))]
    return []


_Credits = dict[str, list[tuple[str, Evidence]]]


def _credits(
    document: Document, furniture: Sequence[Furniture], body: str, also: frozenset[str]
) -> dict[str, tuple[str, tuple[Evidence, ...]]]:
    """Find agency datelines, closing agency credits, and "<agency> contributed to this report"."""
    found: _Credits = {}
    for match in _patterns(also)["dateline"].finditer(body, 0, 6000):
        agency = agency_named(match["agency"], also) or match["agency"]
        evidence = Evidence(document.id, Span(*match.span()), f"the dateline names {agency}")
        found.setdefault(agency, []).append(("credit", evidence))
    _closing_credits(document, furniture, also, found)
    _credit_notes(document, furniture, also, found)
    return {
        agency: (
            "credit" if any(how == "credit" for how, _ in hits) else "part",
            tuple(evidence for _, evidence in hits),
        )
        for agency, hits in found.items()
    }


def _closing_credits(document: Document, furniture: Sequence[Furniture], also: frozenset[str], found: _Credits) -> None:
    """Find an agency's name that stands alone on one of the last lines, or after a dash at the very end."""
    text = document.text
    captions = [piece.span for piece in furniture if piece.reason in ("caption", "credit")]
    for match in _patterns(also)["closing"].finditer(text, max(0, len(text.rstrip()) - 400)):
        name = "agency" if match["agency"] else "end"
        span, agency = Span(*match.span(name)), agency_named(match[name], also)
        if agency and match.start() > 0 and not any(span.overlaps(caption) for caption in captions):
            evidence = Evidence(document.id, span, f"the closing credit is {agency}")
            found.setdefault(agency, []).append(("credit", evidence))


def _credit_notes(document: Document, furniture: Sequence[Furniture], also: frozenset[str], found: _Credits) -> None:
    """Find notes that an agency had a part in the report or holds its copyright; picture credits don't count."""
    for piece in furniture:
        words = piece.span.of(document.text)
        if piece.reason not in ("credit", "disclaimer", "source note") or len(words) > 300 or _PICTURE.match(words):
            continue
        for name, how, shows in (
            ("part", "part", "credits {agency} with part of it"),
            ("owner", "credit", "{agency} holds the copyright"),
        ):
            hit = _patterns(also)[name].search(words)
            agency = agency_named(hit["agency"], also) if hit else None
            if agency:
                evidence = Evidence(document.id, piece.span, shows.format(agency=agency))
                found.setdefault(agency, []).append((how, evidence))
                break


@cache
def _patterns(also: frozenset[str]) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns that hold the agencies' names."""
    forms = _forms(also)
    return {
        "dateline": re.compile(rf"^[ \t]*(?:[A-Z][^\n(]{{0,80}})?\((?P<agency>{forms})\)\s?(?:[-–—]+|:)", re.MULTILINE),
        "closing": re.compile(
            rf"^[ \t]*[-–—(\[*]*\s?(?P<agency>{forms})\s?[)\]*.]*[ \t]*$"
            rf"|[.!?”\"]\s?[-–—(]+\s?(?P<end>{forms})\)?\s*\Z",
            re.MULTILINE,
        ),
        "part": re.compile(rf"\b(?P<agency>{forms})\b(?=[^.]*\bcontributed to this\b)"),
        "owner": re.compile(rf"(?:[Cc]opyright|©|\([Cc]\))\D{{0,12}}(?:\d{{4}})?\s?(?:[Tt]he )?(?P<agency>{forms})\b"),
        "tells": re.compile(
            rf"\b(?P<a>{forms})(?: news agency)? (?:reports|reported|has reported|writes|wrote|estimates?|estimated"
            rf"|calculations?|calculated|learned|understands|adds)\b"
            rf"|\b(?:reported|written|published) by (?P<b>{forms})\b"
            rf"|\b[Aa]ccording to (?P<c>{forms})(?: (?:estimates|calculations|reports?|data))?\b"
        ),
        "asks": re.compile(
            rf"\b(?:told|tells|telling|informed|seen by|reviewed by|interview (?:with|to)|statement to)"
            rf" (?P<a>{forms})\b"
        ),
    }


def _attributed(document: Document, body: str, also: frozenset[str]) -> dict[str, tuple[Evidence, ...]]:
    """Find the agencies that the body is told by: enough attributions, at least one of the story as a whole.

    "<agency> reports" and the like make the agency the teller; "told <agency>" and "seen by <agency>" show that its
    reporters asked. Both kinds are needed, or the agency must tell twice.
    """
    found: dict[str, tuple[list[Span], list[Span]]] = {}
    for place, pattern in enumerate((_patterns(also)["tells"], _patterns(also)["asks"])):
        for match in pattern.finditer(body):
            agency = agency_named(next(words for words in match.groups() if words), also)
            if agency:
                found.setdefault(agency, ([], []))[place].append(Span(*match.span()))
    result: dict[str, tuple[Evidence, ...]] = {}
    for agency, (telling, asking) in found.items():
        if len(telling) + len(asking) < LEAST_MENTIONS or not telling or (not asking and len(telling) < LEAST_MENTIONS):
            continue
        spans = sorted([(span, "tells the story") for span in telling] + [(span, "was told it") for span in asking])
        result[agency] = tuple(Evidence(document.id, span, f"{agency} {what}") for span, what in spans)
    return result
