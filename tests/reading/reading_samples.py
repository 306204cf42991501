"""Documents made by hand, to read in tests."""

from __future__ import annotations

import hashlib

from parley.records import Document
from parley.sources import identify


def document(text: str, name: str = "a") -> Document:
    """Return a document of that text, of which nothing else is known."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(identify(name, text), name, f"{name}.txt", "text", text, digest, digest)
