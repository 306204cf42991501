"""Statements made whole: content-derived ids and anchors."""

from __future__ import annotations

import hashlib

from parley.records import Anchor, Span

_CONTEXT = 32
"""Characters of prefix and suffix in an anchor, as Hypothesis and other annotation tools keep."""


def statement_id(document: str, span: Span, speaker_text: str | None, act: str, ordinal: int = 0) -> str:
    """Return the id of a statement: 16 hex digits of SHA-256 over document, span, speaker's words and act.

    *ordinal* tells statements apart that share all of these (one act of two speakers named together).
    """
    key = "\0".join((document, str(span.start), str(span.end), speaker_text or "", act, str(ordinal)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def anchor(text: str, span: Span) -> Anchor:
    """Return the W3C text selectors of *span*: quotation with context, and position."""
    return Anchor(
        exact=span.of(text),
        prefix=text[max(0, span.start - _CONTEXT) : span.start],
        suffix=text[span.end : span.end + _CONTEXT],
        start=span.start,
        end=span.end,
    )
