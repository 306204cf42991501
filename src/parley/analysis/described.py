"""How the coverage describes people and bodies, in its own words: the apposition beside their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_letters

from parley.analysis.index import Index

__all__ = ["described", "descriptions"]

_MOST_DOCUMENTS = 20  # looked into for one name
_MOST = 4  # descriptions kept for one name
_LONGEST = 170
_ROLES = (
    "analyst expert professor lecturer researcher scholar fellow economist historian pollster strategist adviser"
    " advisor aide envoy negotiator mediator ambassador diplomat official minister president premier chancellor leader"
    " chief head director editor lawyer spokesman spokeswoman spokesperson secretary commissioner general senator"
    " lawmaker governor mayor chairman chairwoman chair politician activist journalist reporter correspondent columnist"
    " author writer"
).split()
_KNOWN = frozenset(_ROLES)
_WORK = rf"(?:{'|'.join(_ROLES)})"
_BEFORE = re.compile(rf"(?<![\w’'])((?:[\w’'.-]+ ){{0,3}}{_WORK})\s$", re.I)
_CLOSING = r"[”’\"']?"
_AFTER = re.compile(
    rf"{_CLOSING},\s+((?:an?|the|one of|who|whose|which|former|senior|deputy|chief|then|now|head|director|professor"
    rf"|editor|co-\w+|[\w-]+ing |[\w’'-]+[’']s?\s)\b(?:(?:[A-Z]\.){{2,}}|[^,;.\n“”\"—–]){{3,{_LONGEST}}})"
)
_IS = re.compile(rf"\s+is\s+((?:an?|the)\s+(?:[\w’'-]+\s){{0,3}}{_WORK}\b[^;.\n“”\"]{{0,{_LONGEST}}})", re.I)
_LED = re.compile(rf"{_CLOSING}\s+((?:led|headed|chaired|backed|made up)\s+(?:by|of)\s+[^,;.\n]{{3,80}})")
_NOT_ONE = re.compile(
    r"^(?:a|the)\s+(?:day|week|month|year|move|step|claim|charge|sign|decision|proposal|position)\b", re.I
)


def described(index: Index, name: str, documents: Sequence[str]) -> tuple[str, ...]:
    """Return what stands beside *name* in *documents*: verbatim, in order, at most four, none inside another.

    Looked for are an apposition after the name ("…, an economist at …,"), a role before it ("the mediator …"), "is
    a …", "who …" and, of groups, "led by …".
    """
    actor = index.actors.get(name)
    names = {name, *(actor.names if actor is not None else ())}
    if actor is None or actor.kind in ("group", "organisation", "unknown"):
        names |= {form[:1].lower() + form[1:] for form in names if " " in form}
    forms = sorted(names, key=lambda form: (-len(form), form))
    found: list[str] = []
    for key in documents[:_MOST_DOCUMENTS]:
        document = index.documents.get(key)
        if document is None:
            continue
        for words in descriptions(document.text, forms):
            if not any(words in other for other in found):
                found = [other for other in found if other not in words] + [words]
    return tuple(found[:_MOST])


def descriptions(text: str, forms: Iterable[str]) -> Iterator[str]:
    """Yield what stands beside any of the *forms* of one name in *text*."""
    for form in forms:
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            whole = not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
            if whole:
                yield from _beside(text, at, end)
            at = text.find(form, end)


def _last_word(words: str) -> str:
    """Return the letters before the single space that ends *words*, in small letters; "" where there are none."""
    bare = words[:-1] if words[-1:].isspace() else ""
    return bare[len(bare.rstrip(ascii_letters)) :].lower()


def _beside(text: str, start: int, end: int) -> Iterator[str]:
    before = (
        _BEFORE.search(text, max(0, start - 80), start)
        if _last_word(text[max(0, start - 30) : start]) in _KNOWN
        else None
    )
    if before is not None:
        words = re.sub(
            r"^(?:(?:and|but|that|said|told|by|of|with|to|the|an?|for|from|while|as)\s+)+", "", before[1], flags=re.I
        )
        yield words
    for pattern in (_AFTER, _IS, _LED):
        hit = pattern.match(text, end)
        if hit is not None and not _NOT_ONE.match(hit[1]):
            yield " ".join(hit[1].split())
