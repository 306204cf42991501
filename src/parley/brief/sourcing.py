"""The brief's parts about its own footing: sources, gaps, status, method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.analysis import Row, Table
from parley.analysis.sources import FACTS
from parley.analysis.words import BY_SIGNS, DOUBTFUL
from parley.brief.articles import rule
from parley.brief.display import day, plural
from parley.brief.quoting import Quoter
from parley.brief.reviewed import review_note, review_status
from parley.brief.view import GapBlock, Ref, SourceRow
from parley.codebook import VERSION
from parley.dossier.reviewing import PEOPLE
from parley.records import DOUBTFUL_BELOW, Record
from parley.version import __version__

__all__ = ["gap_blocks", "method", "readers", "silent_issues", "source_rows", "status"]

_MOST_GAPS = 200
_MOST_WORDS = 6
_READERS = {"rules": "rules", "local": "a trained model"}


def readers(record: Record) -> tuple[str, ...]:
    """Return the names of the readers whose statements the record holds; people who added some are no readers."""
    return tuple(sorted({item.reader for item in record.statements} - {PEOPLE}))


def status(record: Record) -> str:
    """Return how far people stand behind the statements: the line that every brief wears at its head."""
    names = readers(record)
    if not names:
        return "Nothing read"
    by = ", ".join(dict.fromkeys(_READERS.get(name.split()[0], name) for name in names))
    return f"Read by {by}, {review_status(record)}"


def texts(value: object) -> tuple[str, ...]:
    """Return a cell as a tuple of words."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def source_rows(table: Table) -> tuple[SourceRow, ...]:
    """Return the sources table for display; origin groups are numbered in order of first appearance."""
    order: dict[str, int] = {}
    return tuple(_source(row, order) for row in table.rows)


def _source(row: Row, order: dict[str, int]) -> SourceRow:
    cells = row.cells
    number = order.setdefault(str(cells["group"]), len(order) + 1)
    facts = []
    for key in FACTS:
        value = cells[key]
        shown = (
            day(str(value)) if key == "date" and value is not None else str(value) if value is not None else "not known"
        )
        facts.append((key, shown, str(cells[f"{key}_how"]) if value is not None else ""))
    telling = texts(cells["telling_words"])
    return SourceRow(
        number=int(str(cells["number"])),
        name=str(cells["name"]),
        heading=str(cells["title"] or cells["name"]),
        facts=tuple(facts),
        derivations=texts(cells["derivation"]),
        telling=telling[:_MOST_WORDS],
        altered=cells["altered"] == "yes",
        group=f"Source {number}",
        shares=", ".join(texts(cells["group_documents"])),
        because=str(cells["group_because"]),
        statements=int(str(cells["statements"])),
        furniture=", ".join(texts(cells["furniture"])),
        notes=texts(cells["notes"]),
    )


def gap_blocks(table: Table, quoter: Quoter) -> tuple[GapBlock, ...]:
    """Return the gaps by kind, the first 200 of each; counts are of all."""
    kinds: dict[str, list[Row]] = {}
    for row in table.rows:
        kinds.setdefault(str(row.cells["kind"]), []).append(row)
    return tuple(
        GapBlock(kind, len(rows), tuple(_gap(row, quoter) for row in rows[:_MOST_GAPS])) for kind, rows in kinds.items()
    )


def _gap(row: Row, quoter: Quoter) -> tuple[str, str, str, Ref | None]:
    cells = row.cells
    ref = quoter.ref(row.statements[0]) if row.statements else None
    return str(cells["where"]), str(cells["what"]), str(cells["words"] or ""), ref


def silent_issues(table: Table) -> str:
    """Return the labels of the codebook's issues on which no statement was read."""
    return "; ".join(str(row.cells["label"]) for row in table.rows if row.cells["statements"] == 0)


def _weaker(record: Record) -> Iterator[str]:
    """Yield how the weaker readings are marked, as far as the record holds any."""
    if any(statement.by_signs for statement in record.statements):
        yield f"“{BY_SIGNS}” stands where the act was read from signs in the words alone: the weaker kind of reading."
    sure = [statement for statement in record.statements if statement.confidence is not None]
    if sure:
        doubtful = sum(statement.band == "doubtful" for statement in sure)
        yield (
            "The reader's confidence is the chance that a trained coder would have the statement with this speaker and "
            f"this act, fitted on hand-coded articles. “{DOUBTFUL.capitalize()}” stands where it is below "
            f"{DOUBTFUL_BELOW:.0%}: {doubtful} of {len(sure)} statements. They are kept, and count less than others."
        )


def method(record: Record, cuts: Sequence[str]) -> tuple[str, ...]:
    """Return the method note, a paragraph each."""
    names = readers(record)
    by = f"by {', '.join(names)}" if names else "by no reader"
    decided = len(record.decisions)
    out = [
        f"Statements were read {by}, coded by the codebook of Parley, version {VERSION}. They are readings, not "
        "findings"
        + (f". {note} " if (note := review_note(record)) else ": no person has reviewed them one by one. ")
        + (
            f"The dossier holds {plural(decided, 'decision')} of people{'' if note else ', on names and issues'}; "
            "they are applied."
            if decided
            else "The dossier holds no decision of a person."
        ),
        "Four kinds of speaker are kept apart, each with its word and its frame: a party to the matter or its "
        "officials; the reporter or author in the article's own voice; an expert; an anonymous source. A fifth "
        "frame, marked Parley, shows what the program inferred by rule.",
        "Words between quotation marks are copied from the articles, character by character; the rest of their "
        "sentence stands in grey around them. Article's words means that the article paraphrases its speaker. "
        "Every other line is a fixed template filled with coded fields.",
        "Sources are counted by origin: reprints, wire copy, translations, rewordings and duplicates of one "
        "origin count once, however many articles carry them. Several sources may still rest on one readout.",
        "Where an article was translated by machine or reworded, its words are not the speaker's, quotation "
        "marks or not; such quotations carry a mark and must not be published as verbatim.",
        "Dates are those of the documents, unless a date stands in the sentence itself; each shows how it is known. "
        "Words of likelihood are repeated as they stand; no probability is assigned.",
        rule(record),
        *cuts,
        *_weaker(record),
        f"Made by Parley {__version__}, offline, from the dossier alone. The same dossier gives the same brief, "
        "byte for byte.",
    ]
    return tuple(out)
