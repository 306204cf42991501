"""What a decision on a statement must hold before it is stored, and the statement that an addition makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast, get_args

from parley.codebook import ACTS, DEGREES, MODES
from parley.dossier.agreement import CODED
from parley.dossier.review import (
    ACCEPT,
    ADD,
    BLIND,
    EDIT,
    FIELDS,
    FLAG,
    MANY,
    REJECT,
    UNFLAG,
)
from parley.errors import DossierError, UnknownName
from parley.reading.statements import anchor, statement_id
from parley.records import AUTHOR, UNRESOLVED, Decision, Quote, Span, Stance, Statement, Voice

__all__ = ["PEOPLE", "added_statement", "prepare_review"]

PEOPLE = "people"
"""The reader of statements that people added."""
_RULE = "added by hand"
_CODES = tuple(name for name in FIELDS if name not in ("start", "end"))

_MANY = frozenset({ACCEPT, REJECT, FLAG, UNFLAG})
_OPEN, _CLOSE = "“\"„«‘'", "”\"“»’'"
_CLOSED: Mapping[str, Sequence[str]] = {
    "act": tuple(ACTS),
    "mode": tuple(MODES),
    "degree": DEGREES,
    "stance": get_args(Stance),
    "voice": get_args(Voice),
}


def prepare_review(
    kind: str,
    subject: str,
    detail: Mapping[str, str],
    *,
    text_of: Callable[[str], str | None],
    document_of: Callable[[str], str | None],
    issues: Mapping[str, str],
    name: Callable[[str], str],
) -> tuple[str, dict[str, str]]:
    """Return subject and detail of a decision on statements as they should be stored.

    Args:
        kind: one of REVIEW_KINDS.
        subject: the id of a statement; for MANY what is decided; for ADD nothing.
        detail: what is told; empty values of an edit clear their field.
        text_of: the text of a document by id, None where there is none.
        document_of: the document of a statement by id, None where there is none.
        issues: every known id of an issue to the present one.
        name: a name as typed to the actor's canonical name, or the same where no actor goes by it.

    Raises UnknownName for a statement, document or issue that is not there, DossierError for codes that are none or
    a span that does not stand in the text.
    """
    told = {key: value.strip() for key, value in detail.items()}
    if kind == MANY:
        return _many(subject, told, document_of)
    if kind == ADD:
        return _addition(told, text_of, issues, name)
    document = document_of(subject)
    if document is None:
        raise UnknownName(f"There is no statement “{subject}” in this dossier; open it from a table or the queue.")
    if kind == EDIT:
        changes = {key: value for key, value in told.items() if key in FIELDS}
        if not changes:
            raise DossierError("The edit changes nothing; change a field, or accept the statement as it is.")
        return subject, _codes(told, text_of(document) or "", issues, name)
    if kind == BLIND:
        _blind(told)
        own = {key: value for key, value in told.items() if key in _CODES and (value or key in CODED)}
        if told["statement"] == "no":
            own = {}
        machine = {key: value for key, value in told.items() if key.startswith("machine_")}
        return subject, {**machine, "statement": told["statement"], **_codes(own, "", issues, name)}
    return subject, told


def added_statement(decision: Decision, text: str) -> Statement:
    """Return the statement that a person added. The decision was prepared, so its span stands in *text*."""
    told = decision.detail
    span = Span(int(told["start"]), int(told["end"]))
    act = told["act"]
    return Statement(
        id=decision.subject,
        document=told["document"],
        span=span,
        content=span.of(text),
        speaker=told["speaker"],
        voice=cast(Voice, told["voice"]),
        act=act,
        reader=PEOPLE,
        rule=_RULE,
        anchor=anchor(text, span),
        mode=told.get("mode") or None if act == "ASSESS" else None,
        degree=told.get("degree") or None if act == "ACCEPT" else None,
        issues=tuple(told.get("issues", "").split()),
        stance=cast(Stance, told.get("stance") or "none"),
        addressee=told.get("addressee") or None,
        quote=_quote(text, span),
    )


def _many(subject: str, told: dict[str, str], document_of: Callable[[str], str | None]) -> tuple[str, dict[str, str]]:
    if subject not in _MANY:
        raise DossierError(f"“{subject}” cannot be decided on many statements at once; accept, reject or flag them.")
    keys = list(dict.fromkeys(told.get("statements", "").split()))
    if not keys:
        raise DossierError("The filter holds no statement; nothing was decided.")
    missing = [key for key in keys if document_of(key) is None]
    if missing:
        raise UnknownName(f"There is no statement “{missing[0]}” in this dossier; nothing was decided.")
    return subject, {**told, "statements": " ".join(keys)}


def _addition(
    told: dict[str, str],
    text_of: Callable[[str], str | None],
    issues: Mapping[str, str],
    name: Callable[[str], str],
) -> tuple[str, dict[str, str]]:
    document = told.get("document", "")
    text = text_of(document)
    if text is None:
        raise UnknownName(f"There is no document “{document}” in this dossier; select words of one that is.")
    for key in ("start", "end", "speaker", "act"):
        if not told.get(key):
            raise DossierError(f"An added statement needs “{key}”; give it.")
    told.setdefault("voice", "party")
    codes = {key: value for key, value in told.items() if key in (*FIELDS, "words") and (value or key == "issues")}
    made = {**_codes(codes, text, issues, name), "document": document}
    span = Span(int(made["start"]), int(made["end"]))
    return statement_id(document, span, f"by hand: {made['speaker']}", made["act"]), made


def _blind(told: dict[str, str]) -> None:
    told.setdefault("statement", "yes")
    if told["statement"] not in ("yes", "no"):
        raise DossierError("A blind card says whether the words are a statement: yes or no.")
    if told["statement"] == "yes":
        for key in CODED:
            if key != "issues" and not told.get(key):
                raise DossierError(f"A blind card needs the {key}; choose it, or say that this is no statement.")


def _codes(told: Mapping[str, str], text: str, issues: Mapping[str, str], name: Callable[[str], str]) -> dict[str, str]:
    """Check coded fields and return them in their stored form."""
    made = dict(told)
    for key, allowed in _CLOSED.items():
        if made.get(key) and made[key] not in allowed:
            raise DossierError(f"“{made[key]}” is no {key}; choose one of {', '.join(allowed)}.")
    for key in ("speaker", "act", "stance", "voice"):
        if key in made and not made[key]:
            raise DossierError(f"A statement needs the field “{key}”; give it.")
    for key in ("speaker", "addressee"):
        if made.get(key) and made[key] not in (AUTHOR, UNRESOLVED):
            made[key] = name(made[key])
    if "issues" in made:
        found = made["issues"].replace(",", " ").split()
        unknown = [key for key in found if key not in issues]
        if unknown:
            raise UnknownName(f"There is no issue “{unknown[0]}” in this dossier; add it first, or choose another.")
        made["issues"] = " ".join(dict.fromkeys(issues[key] for key in found))
    if "start" in made or "end" in made:
        _span(made, text)
    return made


def _span(made: dict[str, str], text: str) -> None:
    """Check a span against the text and, where the person's words came along, against these."""
    start, end = made.get("start", ""), made.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
        raise DossierError("The selection does not stand in the document; select the words again.")
    words = text[int(start) : int(end)]
    if not any(sign.isalnum() for sign in words):
        raise DossierError("The selection holds no word; select the words of the statement.")
    if "words" in made and made.pop("words").split() != words.split():
        raise DossierError("The selection is not what stands in the document there; select the words again.")
    made["start"], made["end"] = str(int(start)), str(int(end))


def _quote(text: str, span: Span) -> Quote:
    before, after = text[: span.start].rstrip()[-1:], text[span.end :].lstrip()[:1]
    words = span.of(text)
    marked = (before and before in _OPEN and after and after in _CLOSE) or (words[0] in _OPEN and words[-1] in _CLOSE)
    return "direct" if marked else "mixed" if any(sign in words for sign in '“”"«»') else "indirect"
