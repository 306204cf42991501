"""Who says a statement, to whom and through whom: the model's pointers, turned into names by the roster."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.local.attributions import Place, characters, pointed, pointed_run
from parley.reading.local.model import Floats, Linked
from parley.reading.local.through import Report, medium, reporter
from parley.reading.local.windows import Window
from parley.reading.pages import Page
from parley.reading.pronouns import FIRST_PERSON
from parley.reading.roster import Resolution
from parley.records import AUTHOR, UNRESOLVED, Quote, Span

LEAST_ADDRESSEE = 7.0
LEAST_BY_ACT = {"ACCUSE": 0.5, "THREATEN": 0.25, "REJECT": 0.5, "CONDITION": 0.5, "DO": 1.0}
"""Chance of a place over that of "none" from which an addressee is taken; lower for acts that hardly ever come without
somebody accused, threatened or refused (chosen on dev, agrees with train)."""
ANSWERED = frozenset({"ACCUSE", "THREATEN"})
"""Acts whose addressee is the first other side named in the words where the model points nowhere."""
_MUTUAL = frozenset({"CONSULT", "ACCUSE", "DO"})
"""What two do to each other when they are said to do it together and to nobody else: meet, accuse, exchange."""
_EACH = re.compile(r"\b(?:each other|one another)\b", re.I)
_MODAL = re.compile(r"(?:may|might|could|would|must|will|should)\b", re.I)
_QUOTES = re.compile(
    r"\s+(?:has\s+|had\s+)?(?:quoted|cited|quotes|cites)\s+([^.!?\"“”\n]+?)\s+as\s+(?:saying|telling)\b"
)
"""What makes somebody named the one who speaks, and who stands before it the one who passes it on."""
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,3}")
_WORD = re.compile(r"\w+")
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class View:
    """One window while its statements are coded. ``linked`` has a row for each of ``statements``."""

    page: Page
    window: Window
    linked: Linked
    statements: Sequence[Place]
    candidates: Sequence[Place]  # what may name somebody
    cues: Sequence[Place]
    reports: Sequence[Report] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks (several for joint words), by which words, how surely the model points there, and who quotes them."""

    resolutions: tuple[Resolution, ...]
    span: Span | None
    sure: float
    through: tuple[str, ...] = ()


def candidates(page: Page, window: Window, sources: Sequence[Place]) -> list[Place]:
    """Return the runs of pieces that may name somebody: sources that the tagger sees, and mentions beside them."""
    taken = list(sources)
    low, high = window.pieces[0].start, window.pieces[-1].end
    starts = {piece.start: n + 1 for n, piece in enumerate(window.pieces)}
    ends = {piece.end: n + 1 for n, piece in enumerate(window.pieces)}
    for mention in page.mentions_in(Span(low, high)):
        first, last = starts.get(mention.span.start), ends.get(mention.span.end)
        if first and last and not any(a <= last and first <= b for a, b in sources):
            taken.append((first, last))
    return sorted(set(taken))


def cue(view: View, row: int) -> Span | None:
    """Return the words that tie a statement to its speaker."""
    best, _ = pointed(view.linked.points["cue"][row], view.cues)
    return None if best is None else characters(view.window, view.cues[best])


def speaker(view: View, row: int, act: str, quote: Quote, tied: Span | None) -> Who:
    """Return who says a statement that *tied* ties to its speaker.

    What somebody "may believe", and a judgement that no word ties to anybody, is the article's own: it tells what
    somebody thinks, and quotes nobody. In a transcript the one who has the turn stands where the article would; a post
    and a signed quotation are all of their writer's.
    """
    points, own = view.linked.points["source"][row], view.statements[row]
    places = [*view.candidates, *pointed_run(points, view.candidates)]
    places = [p for p in places if not (own[0] <= p[0] and p[1] <= own[1])]
    best, sure = pointed(points, places)
    told = act == "ASSESS" and quote != "direct" and (tied is None or _MODAL.match(tied.of(view.page.text)))
    page, roster = view.page, view.page.roster
    turn = page.turn(characters(view.window, own))
    label = turn.label if turn is not None else None
    if label is not None and (best is None or told or (turn is not None and turn.written)):
        return Who(roster.resolve_all(label), label, sure)
    if best is None or told:
        return Who((Resolution(AUTHOR, "person", "reporter", "the article's own voice"),), None, sure)
    span = whole_words(page.text, characters(view.window, places[best]))
    if label is not None and span.of(page.text).lower() in FIRST_PERSON and page.quote(span) == "indirect":
        return Who(roster.resolve_all(label), span, sure)
    quoted = _QUOTES.match(page.text, span.end, span.end + 120)
    if quoted is None:
        return Who(roster.resolve_all(span), span, sure)
    inner = Span(*quoted.span(1))
    return Who(roster.resolve_all(inner), inner, sure, (roster.resolve_span(span).name,))


def whole_words(text: str, span: Span) -> Span:
    """Return a span grown to whole words and initials; an article or a possessive alone takes the word after it."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    for match in _INITIALS.finditer(text, max(0, end - 6), end + 6):
        end = match.end() if match.start() < end < match.end() else end
    following = _WORD.search(text, end)
    if text[start:end].lower() in _DETERMINERS and following is not None and text[end : following.start()].isspace():
        end = following.end()
    return Span(start, end)


def addressee(view: View, row: int, act: str, who: Who, speaker: str) -> str | None:
    """Return whom a statement is said to, demanded of or accused, or else the outlet that is told it.

    None where nobody, the speaker, his own side or unresolved.
    """
    own = characters(view.window, view.statements[row])
    names = [one.name for one in who.resolutions]
    together = act in _MUTUAL and len(names) == 2 and UNRESOLVED not in names
    other = next((name for name in names if name != speaker), None) if together else None
    if other is not None and _EACH.search(view.page.sentence(own).of(view.page.text)):
        return other
    name = named(view, view.linked.points["addressee"][row], LEAST_BY_ACT.get(act, LEAST_ADDRESSEE))
    if name is None and act in ANSWERED:
        name = _other_side(view, own, speaker)
    if other is not None and name in (None, speaker, other):
        return other
    if name is None and who.span is not None:
        name = medium(view.page, who.span, own)
    side = view.page.roster.side
    return None if name is None or name in (speaker, side(speaker)) or side(name) == speaker else name


def named(view: View, points: Floats, least: float) -> str | None:
    """Return whom a pointer means; None where it means nobody, or somebody unresolved."""
    best, _ = pointed(points, view.candidates, least=least)
    if best is None:
        return None
    words = whole_words(view.page.text, characters(view.window, view.candidates[best]))
    name = view.page.roster.resolve_span(words).name
    return None if name == UNRESOLVED else name


def via(view: View, row: int, who: Who, speaker: str) -> tuple[str, ...]:
    """Return through whom a statement comes; the outlet that is told it is none, nor whom another sentence names."""
    own = characters(view.window, view.statements[row])
    if who.span is not None:
        outer = reporter(view.page, view.reports, who.span, own, speaker)
        if outer is not None:
            return (outer,)
    best, _ = pointed(view.linked.points["via"][row], view.candidates)
    if best is None:
        return who.through
    words = whole_words(view.page.text, characters(view.window, view.candidates[best]))
    name = view.page.roster.resolve_span(words).name
    told = who.span is not None and medium(view.page, who.span, own) == name
    if name in (UNRESOLVED, speaker) or told or not view.page.sentence(own).overlaps(words):
        return who.through
    return (name,)


def _other_side(view: View, words: Span, speaker: str) -> str | None:
    """Return the first party named in *words* that is not on the speaker's side."""
    roster = view.page.roster
    own = roster.side(speaker)
    for mention in view.page.mentions_in(words):
        named = roster.resolve(mention)
        if named.voice == "party" and named.name not in (UNRESOLVED, speaker) and roster.side(named.name) != own:
            return named.name
    return None
