"""Deeds that keep a term: told in words of keeping, none of attack, and not before the consent that they carry out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from parley.analysis.passages import Passages
from parley.analysis.wordlists import word_lists
from parley.records import Statement

__all__ = ["attacks", "day_of", "follows", "keeps"]

_NEAR = 60  # characters before a word of keeping: one that comes later seldom tells the deed itself
_A_DAY = 10  # characters of an ISO day
_BESIDE = 80  # characters between a cue and a content that it may belong to
_WEEK = 7  # days before a document in which a consent may lie that no words date


def keeps(item: Statement) -> bool:
    """Tell whether the words of a deed tell of keeping a term: of releasing, withdrawing, paying, halting an attack."""
    words = _words(item)
    if any(hit.label == "harm" for hit in word_lists("compliance")["harm"].find(words)):
        return not attacks(item)
    return any(hit.start <= _NEAR for hit in word_lists("compliance")["done"].find(words))


def attacks(item: Statement) -> bool:
    """Tell whether the words of a deed tell of force or harm that nothing before it in them halts."""
    hits = word_lists("compliance")["harm"].find(_words(item))
    return next((hit.label for hit in hits), "") == "harm"


def _words(item: Statement) -> str:
    """Return the words of a deed, with the cue where it stands beside them ("is drawing back" its troops)."""
    cue = item.cue_span
    beside = cue is None or max(cue.start - item.span.end, item.span.start - cue.end) <= _BESIDE
    return f"{item.cue} {item.content}" if item.cue and beside else item.content


def follows(passages: Passages, deed: Statement, consents: Iterable[Statement]) -> bool:
    """Tell whether a deed may come after the first of the consents on it, by the days told; what has none may follow.

    A consent that only its document dates may have been given in the week before.
    """
    days = [day for item in consents if (day := _from(passages, item))]
    done = day_of(passages, deed).split("/")[-1]
    return not days or not done or done >= min(days)[: len(done)]


def _from(passages: Passages, item: Statement) -> str:
    told, printed = day_of(passages, item), passages.index.date(item.document)
    if told != printed or len(printed) < _A_DAY:
        return told
    return (date.fromisoformat(printed[:_A_DAY]) - timedelta(days=_WEEK)).isoformat()


def day_of(passages: Passages, item: Statement) -> str:
    """Return the day that words in its sentence give a statement, else its document's; "" where neither is known."""
    mention = passages.time(item) if passages.times else None
    return mention.resolved if mention is not None and mention.resolved else passages.index.date(item.document)
