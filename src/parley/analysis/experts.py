"""Experts and forecasts: who judges what, and every forecast with its own words of likelihood."""

from __future__ import annotations

from collections import defaultdict

from parley.analysis.described import described
from parley.analysis.passages import Passages
from parley.analysis.sentences import sentence_starts
from parley.analysis.table import Column, Row, Table
from parley.analysis.timeline import mention_for
from parley.analysis.words import CLASSES, likelihood
from parley.records import Record, Statement

__all__ = ["COPIES", "experts"]

COPIES = "An expert quoted in two copies of one article is one source; see sources."
"""What every list of judgements has to say."""

_COLUMNS = (
    Column("speaker", "Who judges"),
    Column("class", "Who speaks"),
    Column("role", "Role"),
    Column("described", "Described as"),
    Column("kind", "Kind"),
    Column("likelihood", "Words of likelihood"),
    Column("horizon", "Time named"),
    Column("to", "Said to or of"),
    Column("issue_label", "Issue"),
    Column("words", "Verbatim words"),
    Column("outlet", "Outlet"),
    Column("date", "Document date"),
)

_KINDS = ("forecast", "evaluate", "motive", "leverage", "frame", "question")


def experts(record: Record) -> Table:
    """Return one row for each statement of an expert or anonymous source, and for each forecast by anybody else.

    Words of likelihood and the time named are verbatim; no band is assigned and no confidence is shown beside them.
    Experts come first, then anonymous sources, then forecasts by parties and reporters; by speaker, forecasts first.
    """
    passages = Passages.of(record)
    index, times = passages.index, passages.times
    chosen = [item for item in record.statements if item.voice in {"expert", "anonymous"} or item.mode == "forecast"]
    wanted = {item.document for item in chosen if item.mode == "forecast"}
    starts = {key: sentence_starts(index.documents[key].text) for key in sorted(wanted & index.documents.keys())}

    def order(item: Statement) -> tuple[int, str, int, int, int]:
        kind = _KINDS.index(item.mode) if item.mode in _KINDS else len(_KINDS)
        group = ("expert", "anonymous", "party", "reporter").index(item.voice)
        return (group, index.speaker(item), kind, index.numbers.get(item.document, 0), item.span.start)

    where: dict[str, dict[str, None]] = defaultdict(dict)
    for item in chosen:
        if item.voice == "expert":
            where[item.speaker].setdefault(item.document)
    beside = {name: described(index, name, tuple(where[name])) for name in where}
    rows = []
    for item in sorted(chosen, key=order):
        forecast = item.mode == "forecast"
        near = times.get(item.document, []) if item.document in starts else []
        mention = mention_for(item, near, starts[item.document]) if near and forecast else None
        actor = index.actors.get(item.speaker)
        rows.append(
            Row(
                {
                    "speaker": index.speaker(item),
                    "class": CLASSES[item.voice],
                    "role": actor.roles if actor is not None else (),
                    "described": beside[item.speaker] if item.voice == "expert" else (),
                    "kind": item.mode or item.act.lower(),
                    "likelihood": likelihood(item.content) if forecast else (),
                    "horizon": mention.text if mention is not None else None,
                    "to": item.addressee,
                    "issue_label": index.label(item.issues[0]) if item.issues else None,
                    "words": item.content,
                    "outlet": index.outlet(item.document),
                    "date": index.date(item.document) or None,
                },
                statements=(item.id,),
                documents=(item.document,),
            )
        )
    notes = (
        "Words of likelihood are the speaker's or the article's own; Parley assigns no probability to them.",
        "The time named is the nearest date in the sentence and may not be the forecast's horizon.",
        "Whether a forecast came true is not checked here.",
        COPIES,
    )
    return Table("experts", "Experts and forecasts", _COLUMNS, tuple(rows), notes)
