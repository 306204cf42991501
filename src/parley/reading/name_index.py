"""Which names of one document are one actor: full names, surnames, short names, initials. Internal to the roster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parley.reading.gazetteer import WORD, gazetteer, words_of
from parley.records import Actor, ActorKind

_SUFFIXES = words_of("suffixes")
_COMPANY = frozenset(
    [
        "inc",
        "inc.",
        "corp",
        "corp.",
        "co",
        "co.",
        "ltd",
        "ltd.",
        "plc",
        "llc",
        "ag",
        "gmbh",
        "sa",
        "s.a.",
        "nv",
        "spa",
        "company",
    ]
)
_HEADS = words_of("organisation_heads") | _COMPANY
_PORTFOLIOS = ("ministry", "department")
_ARTICLE = re.compile(r"^(?:al|el|ul|ash|as|an|ad|ar)-(?=\w{2})")
_GROUPS = frozenset(word for word in words_of("groups") if word.endswith("s"))
_FIRST = words_of("male") | words_of("female")
_SOUNDS = (
    ("kh", "h"), ("gh", "h"), ("q", "h"), ("g", "h"), ("ph", "f"), ("w", "v"), ("tz", "ts"), ("ou", "u"),
    ("ck", "k"), ("c", "k"), ("y", "i"), ("j", "i"), ("'", ""),
)  # fmt: skip
_NICKNAMES: dict[str, frozenset[str]] = {}
for _row in sorted(words_of("same_first_names")):
    for _name in _row.split():
        _NICKNAMES[_name] = _NICKNAMES.get(_name, frozenset()) | frozenset(_row.split())
_ROMANISED = re.compile(r"sk(?:yy|iy|yi|yj|ij)(?!\w)")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")
_MANY = 3_000  # actors of one document beyond which only exact forms are looked up
_SMALL = frozenset(["of", "the", "for", "and", "on", "in", "a", "an", "de", "la", "du", "des"])


@dataclass(slots=True, eq=False)
class Known:
    """An actor as the document builds it up. ``person`` is None while nothing tells."""

    name: str
    kind: ActorKind
    forms: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    belongs: str | None = None
    gender: str | None = None
    voices: dict[str, int] = field(default_factory=dict)
    person: bool | None = None
    keys: tuple[str, ...] = ()
    known_as: str | None = None  # why a name stands here that the document does not write

    def record(self) -> Actor:
        """Return the shared record."""
        names = tuple(sorted(form for form in self.forms if form != self.name))
        return Actor(self.name, self.kind, names, tuple(self.roles), self.belongs)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return *text* in lower case without diacritics, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=65_536)
def keys_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: folded, without initials, suffixes and company forms."""
    words = [key for word in WORD.findall(name) if (key := _ARTICLE.sub("", fold(word)))] or [name.lower()]
    kept = [w for w in words if w[0].isalnum() and not (len(w) == 2 and w[1] == ".") and len(w) > 1]
    kept = [w for w in kept if w not in _SUFFIXES] or kept or words
    return tuple(kept)


def trimmed(name: str) -> str:
    """Return a person's name without middle initials and suffixes: "Dana R. Mills Jr." is "Dana Mills"."""
    words = name.split()
    if _INITIALS.fullmatch(words[0]):
        words[0] = words[0].replace(".", "")
    kept = [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and re.fullmatch(r"[^\W\d_]\.?", w))]
    while len(kept) > 1 and kept[-1].lower().rstrip(".,") in {s.rstrip(".") for s in _SUFFIXES}:
        kept.pop()
    return usual(" ".join(kept).rstrip(",") or name)


def usual(name: str) -> str:
    """Return a person's name with the usual English ending for Slavic "-skyi", "-skiy", "-skij": "-sky"."""
    return _ROMANISED.sub("sky", name)


def company(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a body's name without "the", "Inc", "Plc" and the like; a ministry's in one order.

    "Ministry of Defence" is the "Defense Ministry", "Ministry of Foreign Affairs" the "Foreign Ministry".
    """
    kept = [key for key in keys if key not in _COMPANY]
    for head in _PORTFOLIOS:
        if head in kept[:-1] and len(kept) > kept.index(head) + 2 and kept[kept.index(head) + 1] in ("of", "for"):
            kept = [key for key in kept if key not in (head, "of", "for", "the")] + [head]
            kept = [key for key in kept if key != "affairs" or "foreign" not in kept]
    kept = ["defense" if key == "defence" else key for key in kept]
    return tuple(kept[1:] if len(kept) > 1 and kept[0] == "the" else kept) or tuple(keys)


def _members(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a body's name with its members in the singular: "Teachers' Union" is the "Teacher's Union"."""
    return tuple(key[:-1] if key in _GROUPS else key for key in keys)


def extends(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether a body's long name is the short one and a word like "Group": "Nordhav", "Nordhav Group".

    "Berg" alone is never the Berg administration, but who leads it.
    """
    rest = long[len(short) :]
    return tuple(long[: len(short)]) == tuple(short) and len(rest) == 1 and rest[0] in _HEADS - {"administration"}


def initials(name: str) -> set[str]:
    """Return the abbreviations that a name of several words suggests, folded."""
    parts = [part for word in WORD.findall(name) if word[0].isalnum() for part in word.split("-")]
    parts = [w for w in parts if w and w.lower() not in _COMPANY - {"company"}]
    large = [w for w in parts if w.lower() not in _SMALL]
    found = {"".join(w[0] for w in large), "".join(w[0] for w in parts if w)}
    return {fold(word) for word in found if len(word) >= 2}


def distance(a: str, b: str, limit: int) -> int:
    """Return the edit distance of two words, or *limit* + 1 where it is greater."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def alike(a: str, b: str) -> bool:
    """Tell whether two words can be spellings of one name: same first letter, one or two letters apart."""
    if a == b:
        return True
    if len(a) < 5 or len(b) < 5 or a[0] != b[0]:
        return False
    return distance(a, b, 2) <= (1 if min(len(a), len(b)) < 7 else 2)


def transliterated(word: str) -> str:
    """Return a rough sound of a folded name, the same for the usual transliterations: "sybiga" and "sybiha" agree."""
    for letters, plain in _SOUNDS:
        word = word.replace(letters, plain)
    return re.sub(r"(.)\1+", r"\1", word)


def articled(name: str) -> bool:
    """Tell whether a name keeps the article of a surname: "al-Haddad"."""
    return any(_ARTICLE.match(fold(word)) for word in name.split())


def first_names(first: str) -> frozenset[str]:
    """Return the first names that somebody of this first name goes by, itself among them."""
    return _NICKNAMES.get(first, frozenset()) | {first}


def parts(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a name with those joined by hyphens apart: "jong-un" is "jong", "un"."""
    return tuple(part for key in keys for part in key.split("-") if part)


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two full names (as keys) are one person's: one lies in the other, or first and last words agree."""
    if a == b:
        return True
    if len(a) < 2 or len(b) < 2:
        return False
    if parts(a) == parts(b):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if a[-1] == b[-1] and len(a) == len(b) == 2 and b[0] in _NICKNAMES.get(a[0], ()):
        return True
    rest = iter(long)
    if all(word in rest for word in short) and short[-1] == long[-1]:
        return True
    if len(a) != len(b) or not alike(a[-1], b[-1]):
        return False
    sound = [transliterated(x) == transliterated(y) for x, y in zip(a, b, strict=True)]
    if all(sound[:-1]):
        return True
    others = [(x, y) for x, y, same in zip(a[:-1], b[:-1], sound, strict=False) if not same]
    return sound[-1] and len(others) == 1 and alike(*others[0]) and not set(others[0]) <= _FIRST


class NameIndex:
    """The named actors of one document, found by any of their forms."""

    def __init__(self, lower: frozenset[str] = frozenset()) -> None:
        self._lower = lower
        self.actors: list[Known] = []
        self._last: dict[str, list[Known]] = {}
        self._first: dict[str, list[Known]] = {}
        self._short: dict[str, list[Known]] = {}
        self._bodies: dict[tuple[str, ...], Known] = {}
        self._heads: dict[str, list[Known]] = {}
        self._memo: dict[tuple[str, ...], list[Known]] = {}

    def person(self, name: str) -> Known:
        """Return the actor of a full name of a person, made where it is new."""
        keys = keys_of(name)
        for known in self._last.get(keys[-1], []) + self._first.get(keys[0], []):
            same = same_person(known.keys, keys)
            if same or self._continues(known.keys, keys):
                again = same or name in known.forms  # one name more, once, can be the next line's
                if len(keys) > len(known.keys) and again:
                    known.keys, known.name = keys, trimmed(name)
                    self._note(known)
                known.forms[name] = None
                return known
        known = Known(trimmed(name), "person", {name: None}, keys=keys, person=True)
        self.actors.append(known)
        self._note(known)
        return known

    def _continues(self, a: Sequence[str], b: Sequence[str]) -> bool:
        """Tell whether one name is the other and one more name: "Dana Vera", "Dana Vera Lind"."""
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        extra = tuple(long[len(short) :])
        return (
            len(short) >= 2
            and tuple(long[: len(short)]) == tuple(short)
            and len(extra) == 1
            and extra[0] not in self._lower
        )

    def _note(self, known: Known) -> None:
        self._memo.clear()
        for table, key in ((self._last, known.keys[-1]), (self._first, known.keys[0])):
            row = table.setdefault(key, [])
            if known not in row:
                row.append(known)

    def body(self, name: str, *, kind: ActorKind = "organisation") -> Known:
        """Return the actor of a body's name, made where it is new."""
        keys = company(keys_of(name))
        known = self._bodies.get(_members(keys))
        if known is None:
            known = Known(" ".join(name.split()), kind, keys=keys, person=False)
            if keys_of(name)[-1] in _COMPANY - {"company"} and len(name.split()) > 1:
                kept = [w for w in name.split() if w.lower().strip(",") not in _COMPANY - {"company", "ag"}]
                known.name = " ".join(kept) or known.name
            self._bodies[_members(keys)] = known
            self._memo.pop(keys_of(name), None)
            self.actors.append(known)
            for word in initials(name) if len(keys) > 1 else ():
                self._short.setdefault(word, []).append(known)
            if "'s " not in name and "’s " not in name:
                self._heads.setdefault(keys[0], []).append(known)
        known.forms[" ".join(name.split())] = None
        return known

    def abbreviate(self, known: Known, short: str) -> None:
        """Note a short form that the text itself gives: "… (ABC)"."""
        row = self._short.setdefault(fold(short).replace(".", ""), [])
        if known in row:
            row.remove(known)
        row.insert(0, known)
        known.forms[short] = None

    def find(self, name: str) -> list[Known]:
        """Return the actors that a surname, short name or abbreviation can mean, best evidence only."""
        keys = keys_of(name)
        if keys not in self._memo:
            self._memo[keys] = self._find(keys, name)
        return self._memo[keys]

    def _find(self, keys: tuple[str, ...], name: str) -> list[Known]:
        body = self._bodies.get(_members(company(keys)))
        if body is not None:
            return [body]
        if name.replace(".", "").isupper() and self._short.get(fold(name).replace(".", "")):
            return self._short[fold(name).replace(".", "")][:1]
        people = [k for k in self._last.get(keys[-1], []) if k.keys[-len(keys) :] == keys]
        if people:
            return people
        inside = [k for k in self._first.get(keys[0], []) if k.keys[: len(keys)] == keys]
        bodies = [k for k in self._heads.get(keys[0], []) if extends(keys, k.keys)]
        if inside or bodies:
            return inside or bodies
        if len(self.actors) > _MANY:
            return []
        tails = [k for k in self._bodies.values() if len(keys) > 1 and k.keys[-len(keys) :] == keys]
        if tails:
            return tails
        middle = [k for k in self.actors if k.person and len(keys) >= 1 and set(keys) <= set(k.keys)]
        if middle:
            return middle
        if len(keys) == 1 and len(keys[0]) >= 5 and not gazetteer().get(name):
            return [k for k in self.actors if k.person and len(k.keys) > 1 and alike(k.keys[-1], keys[0])]
        return []


def unique(actors: Iterable[Known]) -> Known | None:
    """Return the only actor of a list, or None."""
    found = list(dict.fromkeys(actors))
    return found[0] if len(found) == 1 else None
