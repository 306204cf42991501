"""How far people stand behind the statements of a brief: the words for its head and its method note."""

from __future__ import annotations

from collections.abc import Sequence

from parley.brief.display import plural
from parley.dossier.agreement import Agreement, blind_agreement
from parley.dossier.merge import MERGE
from parley.dossier.review import Reviews
from parley.records import Record

__all__ = ["agreement_note", "review_note", "review_status"]

_NAMES = {
    "statement": "whether the words are a statement",
    "speaker": "the speaker",
    "act": "the act",
    "issues": "all issues",
    "stance": "the stance",
}


def review_status(record: Record) -> str:
    """Return how many statements people stand behind: "not reviewed", "12 of 90 statements reviewed by Mo"."""
    stands, rejected, people = _counts(record)
    if not stands and not rejected:
        return "not reviewed"
    total = len(record.statements)
    who = f" by {_listed(people)}"
    if stands == total:
        return f"every statement reviewed{who}"
    return f"{stands:,} of {plural(total, 'statement')} reviewed{who}"


def review_note(record: Record) -> str:
    """Return the sentences of the method note on review, rejections and agreement; "" where nobody reviewed."""
    stands, rejected, people = _counts(record)
    if not stands and not rejected:
        return ""
    waiting = len(record.statements) - stands
    out = [
        f"{_listed(people)} reviewed statements one by one or by filter: {stands:,} that stand here were accepted, "
        f"edited or added, {plural(rejected, 'statement')} rejected and left out, and {waiting:,} are counted here "
        "that nobody has decided on."
    ]
    return " ".join([*out, *agreement_note(*blind_agreement(record.decisions)), *_merges(record)])


def agreement_note(people: Sequence[str], found: Sequence[Agreement]) -> list[str]:
    """Return the sentence on how far the machine's codes agree with codes that people gave before they saw them."""
    if not found:
        return []
    parts = [
        f"{_NAMES[item.field]} {item.same} of {item.both}"
        + (f" (kappa {item.kappa:.2f})" if item.kappa is not None else "")
        for item in found
        if item.both
    ]
    return [
        f"On {plural(found[0].both, 'card')} that {_listed(people)} coded before the machine's codes were shown, "
        f"both agreed on {'; '.join(parts)}."
    ]


def _merges(record: Record) -> list[str]:
    """Return a sentence on each merge of two people's dossiers."""
    out = []
    for decision in record.decisions:
        told = decision.detail
        if decision.kind == MERGE and told.get("both", "0") != "0":
            kappa = f" (kappa {float(told['kappa statement']):.2f})" if "kappa statement" in told else ""
            out.append(
                f"Two people's copies were merged: of {plural(int(told['both']), 'statement')} on which both had "
                f"decided by themselves they agreed on {told['same']}{kappa}; {told['disputed']} were marked for a "
                "third decision."
            )
    return out


def _counts(record: Record) -> tuple[int, int, tuple[str, ...]]:
    """Return how many of the record's statements people stand behind, how many were rejected, and who decided."""
    reviews = Reviews(record.decisions)
    stands = [reviews.mark(item.id) for item in record.statements if reviews.mark(item.id).stands]
    rejected = [mark for mark in reviews.marks.values() if mark.status == "rejected"]
    return len(stands), len(rejected), tuple(sorted({mark.by for mark in (*stands, *rejected)}))


def _listed(people: Sequence[str]) -> str:
    return people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"
