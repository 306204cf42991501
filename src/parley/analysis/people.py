"""Who is named in a text, by canonical name: persons by full and last name, offices, outlets and states by theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from parley.analysis.index import Index
from parley.records import AUTHOR, UNRESOLVED

__all__ = ["People"]

_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_BETWEEN = re.compile(r"[\s.-]*")
_ONLOOKING = frozenset({"expert", "reporter"})
_TOKEN = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class People:
    """Names by their first word: the whole name's words, the canonical name, and its kind. Make it with :meth:`of`."""

    names: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]

    @classmethod
    def of(cls, index: Index) -> People:
        """Return the names of a record's actors and speakers. A last name counts where one person has it.

        Somebody who only speaks as an expert or reporter, and is never spoken to, is of kind "onlooker".
        """
        forms: dict[tuple[str, ...], tuple[str, str]] = {}
        lasts: dict[str, set[str]] = defaultdict(set)
        of: dict[str, str] = {}
        kinds = {actor.name: actor.kind for actor in index.record.actors}
        said = {item.speaker for item in index.record.statements} | {
            item.addressee for item in index.record.statements if item.addressee
        }
        acting = {item.speaker for item in index.record.statements if item.voice == "party"}
        acting |= {item.addressee for item in index.record.statements if item.addressee}
        onlooking = {item.speaker for item in index.record.statements if item.voice in _ONLOOKING} - acting
        for name in sorted((said | kinds.keys()) - {AUTHOR, UNRESOLVED}):
            kind: str = kinds.get(name, "unknown")
            actor = index.actors.get(name)
            kind = "person" if kind == "unknown" and name in said and _looks_like_a_person(name) else kind
            kind = "onlooker" if kind == "person" and name in onlooking else kind
            for form in (name, *(actor.names if actor is not None else ())):
                if form[:1].isupper():
                    forms.setdefault(tuple(_TOKEN.findall(form)), (name, kind))
            if kind in ("person", "onlooker") and " " in name:
                lasts[name.split()[-1]].add(name)
                of[name] = kind
        for last, owners in lasts.items():
            if len(owners) == 1:
                forms.setdefault((last,), (min(owners), of[min(owners)]))
        out: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        for tokens, (name, kind) in forms.items():
            if tokens:
                out[tokens[0]].append((tokens, name, kind))
        return cls(
            {first: tuple(sorted(found, key=lambda item: (-len(item[0]), item))) for first, found in out.items()}
        )

    def named(self, text: str) -> list[tuple[str, int, int, str]]:
        """Return (name, start, end, kind) for every name in *text*, in order; the longest name wins."""
        out: list[tuple[str, int, int, str]] = []
        after = 0
        for first in _CAPITAL.finditer(text):
            if first.start() < after:
                continue
            word = re.sub(r"[’']s?$", "", first.group())
            for tokens, name, kind in self.names.get(word, ()):
                end = _end(text, first.start() + len(word), tokens)
                if end is not None:
                    out.append((name, first.start(), end, kind))
                    after = end
                    break
        return out


def _looks_like_a_person(name: str) -> bool:
    words = name.split()
    return len(words) in (2, 3) and all(word[:1].isupper() for word in words)


def _end(text: str, at: int, tokens: tuple[str, ...]) -> int | None:
    for token in tokens[1:]:
        hit = _BETWEEN.match(text, at)
        at = hit.end() if hit is not None else at
        if not text.startswith(token, at):
            return None
        at += len(token)
    return None if text[at : at + 1].isalnum() else at
