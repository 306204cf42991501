"""A dispute in a harbour, told in four paragraphs, and what of a text is furniture."""

from __future__ import annotations

import hashlib

from parley.records import Document, Fact
from parley.sources.furniture import find_furniture

FIRST = "The dockers' union turned down the port company's second offer on Tuesday after a vote that lasted two days."
SECOND = "Its chair, Maria Holt, said the offer “did not even cover the rise in rents” and she saw no reason to meet."
THIRD = "The company answered that its proposal would stand until Friday and that it was ready to talk at any hour."
FOURTH = "About 1,200 people work in the harbour, and four in five of them are members of the union."


def make(text: str, *, outlet: str | None = None) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        digest[:16], "article", "article.txt", "text", text, digest, digest,
        outlet=Fact(outlet, "given") if outlet else None,
    )  # fmt: skip


def greyed(text: str, *, outlet: str | None = None) -> list[tuple[str, str]]:
    document = make(text, outlet=outlet)
    return [(piece.span.of(text), piece.reason) for piece in find_furniture(document)]


def between(line: str) -> str:
    return "\n".join((FIRST, SECOND, line, THIRD, FOURTH))
