"""Forecasts: a ledger of what was said to come, by when, how likely, on what condition, and what came of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from parley.analysis.bands import Standard, band_of, standard_named
from parley.analysis.horizons import Horizon, horizon_of
from parley.analysis.index import Index
from parley.analysis.later import Later
from parley.analysis.passages import Passages
from parley.analysis.scanning import holds
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.words import CLASSES, act_words, how_far, likelihood
from parley.dossier.decisions import in_force
from parley.dossier.outcomes import RESOLVE
from parley.records import Decision, Record, Statement

__all__ = ["brier", "forecasts"]

_COLUMNS = (
    Column("statement", "Statement"),
    Column("forecaster", "Forecaster"),
    Column("class", "Who speaks"),
    Column("role", "Described as"),
    Column("interest", "Interest"),
    Column("words", "Verbatim words"),
    Column("altered", "Words altered"),
    Column("about", "About"),
    Column("issue_label", "Issue"),
    Column("horizon_words", "Words that set a horizon"),
    Column("horizon", "Horizon"),
    Column("due", "Can be judged after"),
    Column("horizon_basis", "How the horizon is known"),
    Column("likelihood", "Words of likelihood"),
    Column("band", "Band a reader may give"),
    Column("band_percent", "Band in per cent"),
    Column("band_basis", "How the band is had"),
    Column("condition", "Condition"),
    Column("coded", "Coded as"),
    Column("modifiers", "Modifiers"),
    Column("resolvable", "Resolvable"),
    Column("why", "Why, or why not"),
    Column("outcome", "Outcome"),
    Column("resolved_by", "Resolved by"),
    Column("because", "Because"),
    Column("probability", "Probability assigned"),
    Column("brier", "Brier score"),
    Column("may_bear_on_it", "Later coverage that may bear on it"),
    Column("groups", "Independent sources"),
    Column("date", "Document date"),
)

_CONDITION = re.compile(
    r"\b(?:(?<!even )(?<!as )(?<!only )(?<!know )(?<!see )(?<!ask )(?<!asked )(?<!decide )(?<!wonder )if|"
    r"even if|only if|unless|provided(?: that)?|(?:as|so) long as|in case|on condition that|until|once)\b"
    r"[^.;!?\n]*?(?=,\s|[.;!?\n]|\s[-–—]\s|$)",
    re.IGNORECASE,
)
# Every match of a pattern below holds one of its marks: they are cheap to look for.
_CONDITION_MARKS = ("if", "unless", "provided", "long as", "in case", "on condition", "until", "once")
_LIKELY = re.compile(
    r"\b(?:is|are|seems?|appears?|looks?)\s+(?:very |highly |most |more )?(?:un)?likely to\b|"
    r"\bcan\s+(?:\w+\s+){1,4}for\s+(?:several|some|many|a few|\w+ more|\d+)\s+(?:days|weeks|months|years)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_IF_ONLY = ("until", "once")  # these set a time as often as a condition: taken only where a condition is coded
_AS_POSSIBLE = re.compile(r"\bas\s+(?:\w+\s+){1,2}as\s+possible\b", re.IGNORECASE)  # "as soon as possible": no chance
_MAYBE = frozenset({"might", "could", "may", "possible", "possibly", "perhaps", "maybe"})
_MIND_MARKS = (
    "want", "hope", "feel", "think", "believe", "prefer", "fear", "wish", "like to", "love to", "seek", "hoping",
    "regard", "view", "struggle",
)  # fmt: skip
_MIND = re.compile(
    r"\b(?:will|would|may|might|could|going to|likely to|sure to|’ll|'ll)\s+(?:\w+ly\s+|also\s+|still\s+|be\s+)?"
    rf"(?:{'|'.join(_MIND_MARKS)})\b",
    re.IGNORECASE,
)
_VERDICT_MARKS = (
    "good", "bad", "better", "worse", "great", "hard to see", "difficult", "a mistake", "a success", "a failure",
    "far-off", "important", "vulnerable", "weaker", "stronger", "interesting",
)  # fmt: skip
_VERDICT = re.compile(
    rf"\b(?:will|would|may|might|could|is|be)\s+(?:be\s+)?(?:\w+ly\s+)?(?:{'|'.join(_VERDICT_MARKS)})\b",
    re.IGNORECASE,
)

_FINITE = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|cannot|must|going to|likely|unlikely|expected|chance|likelihood"
    r"|is|are|am|was|were|has|have|had|does|do|did|hopes?|expects?|look|[a-z]{3,}(?:ed|es|ns|ts))\b|[’'](?:s|re|ve|ll|d|m)\b|n[’']t\b",
    re.IGNORECASE,
)
_AFTER_TO = re.compile(r"\b(?:will|would|may|might|could|can|shall|is|are|was|were)\b|n[’']t\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|may|might|could|shall|should|must|cannot|going to|about to|to come|soon|yet|tomorrow"
    r"|next (?:day|week|month|year)|no chance|until|till)\b|[’'](?:ll|d)\b|\bwon[’']t\b",
    re.IGNORECASE,
)
_EXPECTS = re.compile(
    r"\b(?:expect|predict|forecast|foresee|anticipat|likel|bound|sure|certain|due|set)", re.IGNORECASE
)
_FEWEST = 3  # words of a forecast; without a verb of its own, one more
_WILL = re.compile(
    r"(?:\b(?:will|would|may|might|could|can|shall|cannot|(?:am|is|are|was|were) going to)\b|[’'](?:ll|d)\b)"
    r"(?:\s+(?:not|also|still|then|never|always|only|either|even|\w+ly)\b)*\s*",
    re.IGNORECASE,
)
_BEFALLS = re.compile(
    r"(?:be|see|have|get|win|lose|face|succeed|reach|know|find|become|suffer|gain|fail|end|expect|live|survive|remain"
    r"|stay|last|come|happen|prevail|benefit|collapse|fall|rise|grow|need|say|think|bet|guess|imagine"
    r"|feel|want|reali[sz]e|no longer)\b|\W|$",
    re.IGNORECASE,
)
_COMES_OF_IT = re.compile(
    r"(?:result|lead|mean|pave|help|make|bring|cause|give|cost|depend|allow|require|create|take|send|show|open)\b",
    re.IGNORECASE,
)  # after "it": a deal rather than a party
_SUBJECT = re.compile(
    r"(?:^|[,;:.!?“\"(]|\b(?:that|if|and|but)\s)\s*(?:the\s+)?(?P<who>[\w’'. -]{1,60}?)(?:\s+(?:\w+ly|also))?\s*$"
)
_NEEDS_TIME = re.compile(r"\bneed(?:s|ed)?\s+(?:[\w-]+\s+){0,4}until\b", re.IGNORECASE)
_STANDS_FOR = {"person": {"he", "she"}, "state": {"it"}, "organisation": {"it"}, "group": {"they"}}


def looks_ahead(item: Statement) -> bool:
    """Tell whether a statement is a forecast: coded as one, or another judgement that says what will or can come."""
    if item.mode == "forecast":
        return _says_something(item)
    if item.act != "ASSESS" or item.mode in {None, "question", "frame"} or "hypothetical" in item.modifiers:
        return False
    return "future" in item.modifiers or _LIKELY.search(item.content) is not None


def forecasts(record: Record, *, standard: str = "icd203") -> Table:
    """Return one row a forecast, in the order of documents; the same words of one origin or another are one row.

    Args:
        record: the dossier's record.
        standard: whose bands are set beside words of likelihood: ``icd203`` or ``phia``, never both.

    The band is a reader's translation. The Brier score is (p - o)² with p the probability that a person assigned and o
    1 or 0 (Brier 1950 in its form for one event): 0 is best, 1 is worst. It is empty unless both are known.

    Raises:
        UnknownName: there is no such standard.
    """
    chosen = standard_named(standard)
    passages = Passages.of(record)
    index = passages.index
    later = Later.of(index)
    outcomes = _outcomes(record)
    same: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    own = 0
    coming = {item.id for item in record.statements if looks_ahead(item)}
    ahead = [item for item in record.statements if item.id in coming or item.id in outcomes]
    for item in sorted(ahead, key=index.order):
        if item.id not in outcomes and _of_its_own(passages, item):
            own += 1
            continue
        same[(item.speaker, " ".join(item.content.casefold().split()))].append(item)
    forms = _forms(index)
    rows = [_row(passages, later, chosen, forms, outcomes, found) for found in same.values()]
    notes = [
        f"Bands are those of {chosen.name} and a reader's translation: the speaker gave no figure.",
        "A horizon is taken from the forecast's own words; what the talk was about may set another.",
        "Where words were translated or reworded, the words of likelihood may not be the forecaster's.",
        "Later coverage that may bear on a forecast is on the same issue and of another origin; it settles nothing.",
        "An outcome is a person's decision. A probability assigned with the outcome was assigned in hindsight.",
        "A party that forecasts its own success has an interest in it.",
    ]
    shown = coming | set(outcomes)
    scraps = sum(item.mode == "forecast" and item.id not in shown for item in record.statements)
    if own or scraps:
        notes.append(
            f"Left out: {own} statements of a party on what it will do itself or how long it needs, and {scraps} coded "
            "as forecasts whose words hold no clause."
        )
    return Table("forecasts", "Forecasts", _COLUMNS, tuple(rows), tuple(notes))


def _says_something(item: Statement) -> bool:
    """Tell whether the words say that something comes: a clause with a verb, or what somebody is said to expect.

    Where the reader itself was in doubt, a word of what will or may be has to stand in them, or in the cue.
    """
    words = item.content.split()
    if item.weak and "future" not in item.modifiers:
        told = f"{item.cue or ''} {item.content}"
        if not (_AHEAD.search(item.content) or _EXPECTS.search(told) or likelihood(item.content)):
            return False
    finite = _AFTER_TO if words[:1] == ["to"] else _FINITE
    if len(words) >= _FEWEST and finite.search(item.content):
        return True
    return len(words) > _FEWEST and item.cue is not None and _EXPECTS.search(item.cue) is not None


def _of_its_own(passages: Passages, item: Statement) -> bool:
    """Tell whether a party speaks of an act of its own: a promise or an intention is no forecast."""
    if item.voice != "party":
        return False
    if _NEEDS_TIME.search(item.content):
        return True
    will = _WILL.search(item.content)
    subject = _SUBJECT.search(item.content[: will.start()]) if will is not None else None
    if will is None or subject is None or _BEFALLS.match(item.content, will.end()):
        return False
    who = subject["who"].strip()
    if who.lower() == "it" and _COMES_OF_IT.match(item.content, will.end()):
        return False
    if who.lower() in {"i", "we"}:
        return True
    index = passages.index
    actor = index.actors.get(item.speaker)
    if actor is not None and who.lower() in _STANDS_FOR.get(actor.kind, ()):
        return item.quote != "direct" and not item.content[: subject.start("who")].strip()
    named = passages.named(who)
    return len(named) == 1 and named[0].end - named[0].start == len(who) and named[0].side == index.side(item.speaker)


def brier(probability: float, *, happened: bool) -> float:
    """Return the Brier score of one event: 0 best, 1 worst. Raises ValueError for a probability outside 0 to 1."""
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {probability}")
    return round((probability - (1.0 if happened else 0.0)) ** 2, 4)


def _outcomes(record: Record) -> dict[str, Decision]:
    found = (decision for decision in in_force(record.decisions) if decision.kind == RESOLVE)
    return {decision.subject: decision for decision in found}


def _row(
    passages: Passages,
    later: Later,
    standard: Standard,
    forms: Mapping[str, list[tuple[str, str]]],
    outcomes: Mapping[str, Decision],
    found: list[Statement],
) -> Row:
    index, first = passages.index, found[0]
    document = index.documents.get(first.document)
    basis = document.date.basis if document is not None and document.date is not None else ""
    horizon = horizon_of(first, passages.times_in(first.document, first.span), index.date(first.document), basis)
    content = f"{first.cue or ''}\n{first.content}"
    said = likelihood(_AS_POSSIBLE.sub(" ", content) if "possible" in content.lower() else content)
    band, how = band_of(standard, said, content)
    condition = _condition(first)
    resolvable, why = _resolvable(first, horizon, said, condition)
    actor = index.actors.get(first.speaker)
    bearing = later.by(first, _about(index, forms, first))
    decision = next((outcomes[item.id] for item in found if item.id in outcomes), None)
    cells: dict[str, Cell] = {
        "statement": first.id,
        "forecaster": index.speaker(first),
        "class": CLASSES[first.voice],
        "role": actor.roles if actor is not None else (),
        "interest": _interest(index, first),
        "words": first.content,
        "altered": "yes" if index.altered(first) else "no",
        "about": first.addressee,
        "issue_label": index.label(first.issues[0]) if first.issues else None,
        "horizon_words": horizon.words,
        "horizon": horizon.when,
        "due": horizon.ends,
        "horizon_basis": horizon.basis,
        "likelihood": said,
        "band": f"{band.label} ({standard.name})" if band is not None else None,
        "band_percent": f"{band.low} to {band.high}" if band is not None else None,
        "band_basis": how,
        "condition": condition,
        "coded": "forecast" if first.mode == "forecast" else f"{act_words(first)} that looks ahead",
        "modifiers": how_far(first) or None,
        "resolvable": resolvable,
        "why": why,
        **_outcome(decision),
        "may_bear_on_it": tuple(map(later.line, bearing)),
        "groups": index.groups(found),
        "date": index.date(first.document) or None,
    }
    everyone = (*found, *bearing)
    return Row(
        cells,
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )


def _outcome(decision: Decision | None) -> dict[str, Cell]:
    if decision is None:
        return {"outcome": None, "resolved_by": None, "because": None, "probability": None, "brier": None}
    outcome = decision.detail["outcome"]
    given = decision.detail.get("probability")
    probability = float(given) if given else None
    score = brier(probability, happened=outcome == "yes") if probability is not None and outcome != "void" else None
    return {
        "outcome": outcome,
        "resolved_by": f"{decision.detail.get('by') or decision.who}, {decision.at[:10]} (decision {decision.number})",
        "because": decision.detail.get("because") or None,
        "probability": probability,
        "brier": score,
    }


def _interest(index: Index, item: Statement) -> str | None:
    if item.voice == "party":
        side = index.side(item.speaker)
        return "a party" if side == item.speaker else f"a party: speaks for {side}"
    return "not known: unnamed" if item.voice == "anonymous" else None


def _condition(item: Statement) -> str | None:
    coded = "conditional_on" in item.modifiers
    for hit in _CONDITION.finditer(item.content) if holds(item.content, _CONDITION_MARKS) else ():
        if coded or not hit.group().lower().startswith(_IF_ONLY):
            return hit.group().strip()
    return "coded as conditional; the words of the condition stand elsewhere" if coded else None


def _resolvable(item: Statement, horizon: Horizon, said: tuple[str, ...], condition: str | None) -> tuple[str, str]:
    against = []
    if horizon.words is None:
        against.append("no horizon")
    elif horizon.ends is None and not horizon.basis.startswith("the event named"):
        against.append("no horizon: " + horizon.basis)
    if _of_the_mind(item.content):
        against.append("no observable outcome")
    if said and all(word.casefold() in _MAYBE for word in said):
        against.append("says only that it may happen")
    if against:
        return "no", "; ".join(against)
    until = f"by {horizon.ends}" if horizon.ends else f"with “{horizon.words}”"
    return ("if its condition holds" if condition else "yes"), f"can be judged {until}"


def _of_the_mind(words: str) -> bool:
    """Tell whether words tell of what somebody will want or feel, or of how good something will be."""
    if holds(words, _MIND_MARKS) and _MIND.search(words):
        return True
    return holds(words, _VERDICT_MARKS) and _VERDICT.search(words) is not None


def _forms(index: Index) -> dict[str, list[tuple[str, str]]]:
    """Map the first word of every name, and of a person's last name, to the names that begin so and their sides."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for actor in index.record.actors:
        last = actor.name.rsplit(" ", 1)[-1] if actor.kind == "person" else actor.name
        for form in (actor.name, last, *(name for name in actor.names if len(name) > 2)):
            if word := _WORD.search(form):
                found[word.group()][(form, index.side(actor.name))] = None
    return {word: list(forms) for word, forms in found.items()}


def _about(index: Index, forms: Mapping[str, list[tuple[str, str]]], item: Statement) -> set[str]:
    """Return the sides of those whom a forecast names or is about."""
    words = set(_WORD.findall(item.content))
    sides = {side for word in words if word in forms for form, side in forms[word] if form in item.content}
    return sides | {index.side(item.addressee)} if item.addressee else sides
