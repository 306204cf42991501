"""Making one dossier of two: the file is written, the differences are marked in it, and what was found is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parley.dossier.agreement import Agreement
from parley.dossier.merge import MERGE, Disputed, compare, disputes, interleave
from parley.dossier.review import DISPUTE, Mark
from parley.dossier.store import Dossier
from parley.errors import DossierError
from parley.records import Run, Statement

__all__ = ["Merged", "join"]

_BY = "merge"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought together.

    ``agreements``: on what is a statement, then on the codes of what stands for both, each over the statements that
    both decided on by themselves.
    """

    documents: int
    statements: int
    decisions: int
    shared: int
    disputed: tuple[Disputed, ...]
    agreements: tuple[Agreement, ...]


def join(first: Dossier, second: Dossier, out: Path, *, clock: Callable[[], str]) -> tuple[Dossier, Merged]:
    """Write the new dossier and return it, open, with what was found; its lineage is not worked out yet.

    Raises DossierError where *out* is there, or the two cannot be put together.
    """
    if out.exists():
        raise DossierError(f"{out} is there already; name a new file for the merged dossier.")
    at = [clock()]
    made = Dossier.open(out, create=True, clock=lambda: at[0])
    try:
        readings = [(item.at, side, item) for side, d in enumerate((first, second)) for item in d.stored_readings()]
        for stored_at, _, item in sorted(readings, key=lambda each: each[:2]):
            at[0] = stored_at
            made.add(item.document, item.furniture, item.reading)
        at[0] = clock()
        told = _decide(first, second, made)
    except BaseException:
        made.close()
        for ending in ("", "-wal", "-shm"):
            out.with_name(out.name + ending).unlink(missing_ok=True)
        raise
    return made, told


def _decide(first: Dossier, second: Dossier, made: Dossier) -> Merged:
    """Bring runs, refusals and decisions over, mark what the two decided differently, and record the agreement."""
    one, two = first.record(), second.record()
    merged = interleave(one.decisions, two.decisions)
    unique = dict.fromkeys(
        (r.at, r.program, r.reader, r.read, r.unchanged, r.skipped, r.refused) for r in (*one.runs, *two.runs)
    )
    runs = [Run(number, *row) for number, row in enumerate(sorted(unique), 1)]
    there = {document.path for document in (*one.documents, *two.documents)}
    refusals = [item for item in (*one.refusals, *two.refusals) if item.path not in there]
    made.adopt(runs, merged.decisions, refusals)
    found, verdicts = disputes(merged, one.decisions, two.decisions)
    both = merged.apart[0] & merged.apart[1]
    agreements = (verdicts, *compare(_marked(first), _marked(second), both)) if verdicts.both else ()
    for item in found:
        made.decide(DISPUTE, item.statement, {"first": item.first, "second": item.second}, who=_BY)
    detail = {"both": str(verdicts.both), "same": str(verdicts.same), "disputed": str(len(found))}
    for each in agreements:
        if each.kappa is not None:
            detail[f"kappa {each.field}"] = f"{each.kappa:.3f}"
    made.decide(MERGE, "", detail, who=_BY)
    record = made.record()
    return Merged(
        documents=len(record.documents),
        statements=len(record.statements),
        decisions=len(merged.decisions),
        shared=merged.shared,
        disputed=found,
        agreements=agreements,
    )


def _marked(dossier: Dossier) -> dict[str, tuple[Statement, Mark]]:
    reviewed = dossier.reviewed()
    return {item.id: (item, reviewed.marks[item.id]) for item in reviewed.statements if item.id in reviewed.marks}
