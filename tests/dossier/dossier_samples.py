"""Documents and readings of our own making: a dispute in a harbour."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from parley.dossier import Dossier
from parley.records import (
    Actor,
    Anchor,
    Derivation,
    Document,
    Evidence,
    Fact,
    Furniture,
    OriginGroup,
    Reading,
    Refusal,
    Span,
    Statement,
    TimeMention,
)

NOW = "2026-03-01T12:00:00Z"

TEXTS = {
    "harbour-daily": (
        "Harbour talks resume on Tuesday\n\n"
        "Ana Oyelaran, who leads the dockers' union, said the night shift must end. "
        "“We will not load another ship,” she said.\r\n"
        "Port Authority officials offered a longer break instead.\n"
    ),
    "east-wire": (
        "The Port Authority rejected the union's demand on Wednesday. "
        "Its director, Jürgen Maß, called it “unaffordable”. 😀 Ms Oyelaran denied that.\n"
    ),
    "novaya-gavan": "Профсоюз докеров требует отменить ночную смену. Оелaран повторила: «мы ждём ответа».\n",
    "opinion": "Neither side will move before the budget is out. A lockout would help nobody.\n",
}

Coded = Iterable[tuple[str, str, str]]  # content, speaker, act

CODED: Mapping[str, Coded] = {
    "harbour-daily": [
        ("the night shift must end", "Ana Oyelaran", "DEMAND"),
        ("We will not load another ship", "Ana Oyelaran", "THREATEN"),
        ("offered a longer break instead", "Port Authority", "PROPOSE"),
    ],
    "east-wire": [
        ("rejected the union's demand", "Port Authority", "REJECT"),
        ("unaffordable", "Jürgen Maß", "ASSESS"),
        ("denied that", "Oyelaran", "DENY"),
    ],
    "novaya-gavan": [("требует отменить ночную смену", "Профсоюз докеров", "DEMAND")],
    "opinion": [("A lockout would help nobody", "@author", "ASSESS")],
}

KINDS = {"Ana Oyelaran": "person", "Oyelaran": "person", "Jürgen Maß": "person", "Port Authority": "organisation"}


def document(name: str, text: str, **more: object) -> Document:
    """A document whose hashes are right."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()[:16]
    facts = {"path": f"coverage/{name}.txt", "format": "text", "original_sha256": digest, "encoding": "utf-8", **more}
    return Document(id=key, name=name, text=text, sha256=digest, **facts)  # type: ignore[arg-type]


def statement(
    of: Document, content: str, speaker: str, act: str, *, reader: str = "rules 1", **more: object
) -> Statement:
    """A statement that stands in the text of *of*."""
    start = of.text.index(content)
    end = start + len(content)
    anchor = Anchor(content, of.text[max(0, start - 32) : start], of.text[end : end + 32], start, end)
    key = hashlib.sha256(f"{of.id} {start} {end} {speaker} {act}".encode()).hexdigest()[:16]
    made = Statement(key, of.id, Span(start, end), content, speaker, "party", act, reader, "test", anchor)
    return replace(made, **more)  # type: ignore[arg-type]


def reading(of: Document, coded: Coded, *, reader: str = "rules 1", **more: object) -> Reading:
    """A reading of *of* with these statements and their speakers as actors."""
    statements = tuple(statement(of, *each, reader=reader) for each in coded)
    names = dict.fromkeys(s.speaker for s in statements if not s.speaker.startswith("@"))
    actors = tuple(Actor(name, KINDS.get(name, "group"), documents=(of.id,)) for name in names)  # type: ignore[arg-type]
    made = Reading(of.id, reader, statements, actors)
    return replace(made, **more)  # type: ignore[arg-type]


def harbour() -> list[tuple[Document, tuple[Furniture, ...], Reading]]:
    """All four documents, with some of everything that a dossier holds."""
    made = []
    for name, text in TEXTS.items():
        of = document(name, text)
        furniture: tuple[Furniture, ...] = ()
        read = reading(of, CODED[name])
        if name == "harbour-daily":
            of = replace(of, title=Fact("Harbour talks resume on Tuesday", "stated", "first line"))
            of = replace(of, date=Fact("2026-02-24", "given", "--date"), notes=("1 character was odd",))
            furniture = (Furniture(of.id, Span(0, 31), "headline"),)
            time = TimeMention(of.id, Span(23, 31), " Tuesday", "2026-02-24", "relative to 2026-02-24 (given)")
            read = replace(read, times=(time,), unread=("One sentence was too long to read.",))
        made.append((of, furniture, read))
    return made


def lineage(documents: Iterable[Document]) -> tuple[tuple[Derivation, ...], tuple[OriginGroup, ...]]:
    """East-wire derives from harbour-daily; the others stand alone."""
    by = {d.name: d.id for d in documents}
    words = (Evidence(by["east-wire"], Span(0, 18), "the same opening"),)
    derivations = (
        Derivation(by["east-wire"], "reworded copy", "Harbour Daily", by["harbour-daily"], words, 0.25, True),
        Derivation(by["opinion"], "reprint", "The Quay", None, (), None),
    )
    groups = (
        OriginGroup("g1", (by["harbour-daily"], by["east-wire"]), "east-wire rewords harbour-daily"),
        OriginGroup("g2", (by["opinion"],), "stands alone"),
        OriginGroup("g3", (by["novaya-gavan"],), "stands alone"),
    )
    return derivations, groups


REFUSAL = Refusal("coverage/photo.png", "refused", "photo.png is a picture; give its text.")


def filled(dossier: Dossier) -> Dossier:
    """Store some of everything."""
    for document, furniture, reading in harbour():
        dossier.add(document, furniture, reading)
    dossier.set_lineage(*lineage(document for document, _, _ in harbour()))
    dossier.add_refusal(REFUSAL)
    dossier.add_run(program="parley 0.1.0", reader="rules 1", read=4, unchanged=0, skipped=0, refused=1)
    dossier.decide("rename actor", "Jürgen Maß", {"name": "Jürgen Mass"}, who="Mo")
    dossier.decide("add alias", "Port Authority", {"alias": "the Authority"}, who="Mo")
    dossier.decide("rename issue", "A1", {"label": "Standstill"}, who="Mo")
    return dossier
