"""Machine translation: a disclaimer that says so, or the marks that it leaves in English text.

A disclaimer is a statement. Marks are weighed: figures written as another language writes them (a decimal comma, dots
between thousands), quotation marks of another language, names of cities in another language's spelling or in two
spellings at once, words put in brackets inside a name. Marks alone convict only when figures and something else agree.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from parley.lineage.words import body_of, is_english
from parley.records import Derivation, Document, Evidence, Furniture, Span

LEAST_MARKS = 3.5
"""Weight of marks from which a text without a disclaimer is called a machine translation."""

_MACHINE = r"(?:machine|automatic(?:ally)?|AI|A\.I\.|artificial intelligence|computer|Google|DeepL|neural|ChatGPT)\b"
_SAYS = re.compile(
    rf"(?:\b{_MACHINE}[^.!?\n]{{0,60}}\btranslat|\btranslat\w+\b[^.!?\n]{{0,60}}\b{_MACHINE})", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:this|the|these|our|all|article|text|page|content|disclaimer)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:the )?(?:original )?([A-Z][a-z]+)\b")
_UNIT = r"(?:million|billion|trillion|thousand|per ?cent|percent|tons?|tonnes|euros?|dollars|barrels|degrees|points)"
_DECIMAL = re.compile(rf"(?<![\w,.])\d{{1,4}},\d{{1,2}}(?=\s?(?:%|{_UNIT}))", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{3}){2,}(?![\w.]|\.\d)")
_QUOTES = re.compile(r"„[^„“”\n]{2,200}[“”]|«[^«»\n]{2,200}»")
_CLOCK = re.compile(r"(?<![\w.])\d{1,2}\.\d{1,2}\.\d{4}\.(?=\s)|(?<!\w)\d{2}:\d{2}h\b")
_BRACKETED = re.compile(r"\((?:[A-Z][a-z]+)\) [A-Z][a-z]+")


@cache
def _spellings() -> tuple[tuple[str, str, bool], ...]:
    """Return the spellings of cities: another language's, the English one, and whether the first shows by itself."""
    data = tomllib.loads(resources.files("parley.lineage").joinpath("translation.toml").read_text(encoding="utf-8"))
    foreign = frozenset(data["foreign"]["words"])
    return tuple((spelling, english, spelling in foreign) for spelling, english in data["spellings"].items())


def find_translation(document: Document, furniture: Sequence[Furniture]) -> Derivation | None:
    """Return the derivation if *document* says that a machine translated it, or if its marks say so; else None.

    ``score`` is None for a statement and the weight of the marks without one; marks that are there besides a statement
    are among its evidence.
    """
    stated = _stated(document, furniture)
    marks, weight = _marks(document, body_of(document, furniture))
    if stated:
        language = next((match.group(1) for e in stated if (match := _FROM.search(e.span.of(document.text)))), None)
        return Derivation(
            document.id, "machine translation", source=language, evidence=(*stated, *marks), quotes_altered=True
        )
    if weight >= LEAST_MARKS and is_english(document):
        return Derivation(
            document.id, "machine translation", evidence=tuple(marks), score=round(weight, 2), quotes_altered=True
        )
    return None


def _stated(document: Document, furniture: Sequence[Furniture]) -> list[Evidence]:
    """Find the sentences in which the page speaks of its own translation."""
    notes = [piece.span for piece in furniture if piece.reason in ("disclaimer", "source note", "credit")]
    text = document.text[:1_000_000]
    found = []
    for match in _SAYS.finditer(text):
        span = _sentence(text, match.start(), match.end())
        words = span.of(text)
        noted = any(note.overlaps(span) for note in notes)
        own = re.match(
            r"\s*(?:\W*\s)?(?:this|the) (?:article|text|page|translation|story|content)\b", words, re.IGNORECASE
        )
        if (noted and _OWN.search(words)) or own:
            found.append(Evidence(document.id, span, "says that a machine translated it"))
    return found


def _sentence(text: str, start: int, end: int) -> Span:
    """Return the sentence around a place, of at most some hundred characters on either side."""
    before = text[max(0, start - 200) : start]
    cut = max((match.end() for match in re.finditer(r"[.!?]\s+|\n\s*", before)), default=0)
    after = re.search(r"[.!?](?=\s|\Z)|\n|\Z", text[end : end + 300])
    stop = end + (after.end() if after else 0)
    return Span(start - len(before) + cut, stop - (1 if text[stop - 1] == "\n" else 0))


def _marks(document: Document, body: str) -> tuple[list[Evidence], float]:
    """Return the marks that translation leaves, and their weight; repeats add a little."""
    kinds: list[tuple[float, str, list[Span]]] = [
        (2.0, "a figure with a decimal comma", _spans(_DECIMAL, body)),
        (2.0, "a figure with dots between thousands", _spans(_DOTTED, body)),
        (1.5, "quotation marks of another language", _spans(_QUOTES, body)),
        (1.0, "a date or time as another language writes it", _spans(_CLOCK, document.text[:1_000_000])),
        (0.5, "a word put in brackets inside a name", _spans(_BRACKETED, body)),
    ]
    for foreign, english, alone in _spellings():
        spans = _spans(re.compile(rf"\b{re.escape(foreign)}\b"), body) if foreign in body else []
        if spans and alone:
            kinds.append((1.0, f"another language's name of {english}", spans))
        elif spans and re.search(rf"\b{re.escape(english)}\b", body):
            kinds.append((1.0, f"'{foreign}' beside '{english}'", spans))
        elif spans:
            kinds.append((0.0, f"'{foreign}' for '{english}'", spans[:1]))
    weight = sum(value * (1 + 0.1 * min(5, len(spans) - 1)) for value, _, spans in kinds if spans)
    if not kinds[0][2] and not kinds[1][2] and not kinds[2][2]:
        weight = min(weight, LEAST_MARKS - 0.5)
    evidence = sorted((span, shows) for _, shows, spans in kinds for span in spans[:3])
    return [Evidence(document.id, span, shows) for span, shows in evidence], weight


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]
