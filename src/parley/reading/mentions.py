"""Find the words that name actors in a text: names, roles, states, offices, groups, organisations and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.reading.gazetteer import words_of
from parley.reading.noun_phrases import Reader
from parley.reading.phrase_shapes import Phrase
from parley.reading.phrase_words import FIRST, OWNERS, TITLES, Word, is_title, may_start, split_words
from parley.records import Span

_MALE, _FEMALE = words_of("male"), words_of("female")
_ROLES_MALE, _ROLES_FEMALE = words_of("roles_male"), words_of("roles_female")
_TITLES_MALE, _TITLES_FEMALE = words_of("titles_male"), words_of("titles_female")
_ANONYMOUS, _HIDDEN, _HIDDEN_GROUPS = words_of("anonymous_heads"), words_of("hidden_roles"), words_of("hidden_groups")
_OFFICES = frozenset(
    [
        "government",
        "administration",
        "ministry",
        "department",
        "office",
        "parliament",
        "cabinet",
        "presidency",
        "embassy",
    ]
)
_SINGULAR = {
    **dict.fromkeys(["he", "him", "his", "himself"], "male"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "female"),
}
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"])
_NEUTRAL = frozenset(["it", "its", "itself", "i", "me", "my", "mine", "myself"])
PRONOUNS = frozenset(_SINGULAR) | _PLURAL | _NEUTRAL
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_MONTHS = words_of("months")
_PIECE = 20_000
"""No piece of a paragraph is read that is longer than this, so that one endless line costs no more than many short."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor.

    ``span`` covers exactly the words, title and role included ("Foreign Minister Ana Reyes", "the board", "he");
    ``head`` the naming words alone. ``kind`` is one of "name", "role", "state", "office", "group", "organisation",
    "pronoun", "collective" (unnamed many: "analysts", "both sides"), "outlet" and "anonymous". ``gender`` is "male" or
    "female" as far as pronoun, title, role or first name shows it. Mentions may lie inside others: the owner before a
    possessive mark ("Reyes" in "Reyes's aides", "its" in "its allies") and what follows "of", "for", "at", "in".
    """

    span: Span
    head: Span
    kind: str
    number: str
    gender: str | None


def blocks(text: str) -> Iterator[Span]:
    """Cut *text* into paragraphs: at every line end, or at blank and indented lines where lines are wrapped."""
    ends = [match.start() for match in re.finditer(r"\n", text[:200_000])]
    lengths = sorted(b - a - 1 for a, b in zip([-1, *ends], ends, strict=False) if b - a > 1)
    wrapped = len(lengths) >= 6 and lengths[-1] <= 100 and lengths[len(lengths) // 2] >= 40
    gap = re.compile(r"\r?\n(?=[ \t\r\n])|\n(?=[-–—])" if wrapped else r"[\r\n]+")
    start = 0
    for match in gap.finditer(text):
        yield from _pieces(text, start, match.start())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _PIECE:
        cut = max(
            text.rfind(" ", start + _PIECE // 2, start + _PIECE), text.rfind("\t", start + _PIECE // 2, start + _PIECE)
        )
        cut = cut if cut > start else start + _PIECE
        yield Span(start, cut)
        start = cut
    if start < end and not text[start:end].isspace():
        yield Span(start, end)


def seen_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that the text has in lower case, and those that it capitalises inside sentences."""
    text = _ADDRESS.sub(" ", "\n".join(line for line in text.split("\n") if not is_title(line)))
    lower = frozenset(re.findall(r"(?<!\w)[a-zà-ÿ]{2,}", text))
    names = {word.lower() for word in re.findall(r"(?<=[a-z,] )[A-ZÀ-Þ][\w’'\-]*[a-zà-ÿ]\b", text)}
    names |= {f"{a} {b}".lower() for a, b in re.findall(r"(?<!\w)([A-ZÀ-Þ][\w’'\-]*) (?=([A-ZÀ-Þ][\w’'\-]*))", text)}
    names |= {f"{b}#name" for a, b in (pair.split() for pair in names if " " in pair) if a in FIRST}
    return lower, frozenset(names)


def gender_of(phrase: Phrase, reader: Reader) -> str | None:
    """Return the gender that a title, a role or a first name shows."""
    if phrase.title in _TITLES_MALE or phrase.noun in _ROLES_MALE:
        return "male"
    if phrase.title in _TITLES_FEMALE or phrase.noun in _ROLES_FEMALE:
        return "female"
    if phrase.kind == "name" and phrase.head[1] - phrase.head[0] > 1:
        first = reader.words[phrase.head[0]].low
        first = first if first in _MALE | _FEMALE else first.split("-")[0]
        if first in _MALE:
            return "male"
        if first in _FEMALE:
            return "female"
    return None


def kind_of(phrase: Phrase) -> tuple[str, str]:
    """Return the mention kind and number of a phrase."""
    noun, indefinite = phrase.noun, phrase.determiner in ("a", "an", "another", "one")
    if phrase.kind == "name":
        return "name", "singular"
    if phrase.kind == "role":
        if noun in _ANONYMOUS or (indefinite and noun in _HIDDEN):
            return "anonymous", "singular"
        return "role", "singular"
    if phrase.kind == "quantity":
        return "collective", "plural"
    if phrase.kind == "group":
        if noun in _ANONYMOUS or (noun == "people" and phrase.complement is not None):
            return "anonymous", "plural"
        named = phrase.entry or phrase.owner or phrase.before or phrase.complement
        return ("group" if named else "collective"), "plural"
    if phrase.kind == "people":
        return "group", "plural"
    if phrase.kind == "body":
        return ("office" if noun in _OFFICES else "organisation"), "singular"
    if phrase.kind in ("state", "office", "outlet"):
        return phrase.kind, "singular"
    return "organisation", "singular"


def mention_of(phrase: Phrase, reader: Reader) -> Mention:
    """Make the mention of a phrase."""
    words = reader.words
    kind, number = kind_of(phrase)
    return Mention(
        Span(words[phrase.first].start, words[phrase.end - 1].end),
        Span(words[phrase.head[0]].start, words[phrase.head[1] - 1].end),
        kind,
        number,
        gender_of(phrase, reader),
    )


def pronoun_of(word: Word) -> Mention | None:
    """Return the mention that a pronoun is, or None."""
    low = word.low
    if low not in PRONOUNS or word.text == "US" or (word.shout and low in ("us", "i")):
        return None
    span = Span(word.start, word.end)
    return Mention(span, span, "pronoun", "plural" if low in _PLURAL else "singular", _SINGULAR.get(low))


def _worth(phrase: Phrase, reader: Reader) -> bool:
    """Tell whether a phrase names anybody at all."""
    if phrase.kind in ("adjective", "region"):
        return False
    if phrase.kind == "role" and phrase.end - phrase.first == 1:
        return phrase.noun in ("spokesman", "spokeswoman", "spokesperson")
    if phrase.kind == "quantity":
        after = reader.words[phrase.end].low if phrase.end < len(reader.words) else ""
        return phrase.determiner in ("some", "many", "most", "others", "both") and (
            after in words_of("speech") or after in ("who", "in", "also", "still", "even", "fear", "worry", "see")
        )
    return True


def _nested(phrase: Phrase) -> Iterator[Phrase]:
    for inner in (phrase.owner, phrase.complement):
        if inner is not None:
            yield inner
            yield from _nested(inner)


_DATELINE = re.compile(
    r"[ \t]*[A-ZÀ-Þ][\w .'’\-]{2,40}(?:,[^-–—\n]{0,40})?(?:\([^)\n]{0,40}\))?[ \t]*(?:--|[–—]|-(?=\s))"
)
_PLACED = frozenset(["in", "at", "near", "outside", "around", "inside", "across", "visiting"])


def _dateline(text: str, block: Span) -> int:
    """Return where the text after a dateline starts ("LIMA, March 3 -"), or the block's own start."""
    match = _DATELINE.match(text, block.start, min(block.end, block.start + 110))
    if match is None:
        return block.start
    place = re.match(r"\s*([A-ZÀ-Þ][A-ZÀ-Þ .'’\-]+)", match.group())
    capitals = place is not None and len(place.group(1).strip()) >= 3
    return match.end() if capitals or "(" in match.group() else block.start


@lru_cache(maxsize=1)
def phrases(text: str, skip: tuple[Span, ...] = ()) -> tuple[tuple[Mention, Phrase | None, Reader], ...]:
    """Return every mention with the phrase that it was read from (None for pronouns), outer before inner.

    The last text's answer is kept, since the roster asks for what ``find_mentions`` has just read.
    """
    return tuple(_phrases(text, skip))


def _phrases(text: str, skip: Sequence[Span]) -> Iterator[tuple[Mention, Phrase | None, Reader]]:
    lower, names = seen_words(text)
    closed = sorted(skip)
    starts = [span.start for span in closed]
    for block in blocks(text):
        words = split_words(text, _dateline(text, block), block.end)
        reader = Reader(words, lower, names)
        i = 0
        while i < len(words):
            word = words[i]
            place = bisect_right(starts, word.start) - 1
            if place >= 0 and closed[place].end > word.start:
                i += 1
                continue
            phrase = reader.read(i) if word.text[0].isalnum() and may_start(word) else None
            if phrase is None:
                pronoun = pronoun_of(word)
                if pronoun is not None:
                    yield pronoun, None, reader
                i += 1
                continue
            phrase = reader.complete(phrase)
            placed = (
                i > 0 and words[i - 1].low in _PLACED and phrase.entry is not None and phrase.entry.form == "capital"
            )
            if (placed and phrase.kind == "state") or not _worth(phrase, reader):
                i = max(i + 1, phrase.head[0] if phrase.kind == "adjective" else phrase.end)
                continue
            yield mention_of(phrase, reader), phrase, reader
            if word.low in OWNERS:
                pronoun = pronoun_of(word)
                if pronoun is not None:
                    yield pronoun, None, reader
            for inner in _nested(phrase):
                if inner.kind not in ("adjective", "region", "quantity"):
                    yield mention_of(inner, reader), inner, reader
            i = max(phrase.end, i + 1)


def find_mentions(text: str, *, skip: Sequence[Span] = ()) -> tuple[Mention, ...]:
    """Find the mentions of *text*, sorted by place, outer before inner; nothing that starts in *skip* is looked at."""
    found = {mention for mention, _, _ in phrases(text, tuple(skip))}
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, m.head, m.kind)))


__all__ = ["TITLES", "Mention", "find_mentions"]
