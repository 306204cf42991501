"""The local reader: finds statements by the trained model, resolves names by the roster, and says how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np

from parley.reading.added import AddedIssue, named_with
from parley.reading.codes import degree_of, issue_scores
from parley.reading.local.added import LikenessArticle, LikenessFinder
from parley.reading.local.attributions import Place, characters, parts, pointed, pointed_run
from parley.reading.local.model import FOLDER, Floats, Linked, Model, Seen
from parley.reading.local.tags import STATEMENT_TAGS, best_path, spans
from parley.reading.local.windows import Window, windows
from parley.reading.pages import Page, lay_out
from parley.reading.roster import Resolution
from parley.reading.statements import anchor, statement_id
from parley.records import AUTHOR, UNRESOLVED, Document, Reading, Span, Stance, Statement, Voice
from parley.sources.dates import find_times

SHORTEST = 8
"""Characters: shorter runs carry no point."""
TERMS_SHARE = 0.4
"""What the codebook's terms in the words weigh beside the model's chances (chosen on dev)."""
ISSUE_FROM = 0.18
"""Mixed chance from which a second and third issue are kept (chosen on dev)."""
LEAST = {"addressee": 4.0}
"""Chance of a place over that of "none" from which a pointer means it, where that is not 1 (chosen on dev)."""
JUDGING = {"ASSESS": 2.0, "ACCUSE": 2.0}
"""By how much the chances of these acts are raised: the model takes judgements for reports (chosen on dev)."""
SIDELESS = 8.0
"""By how much a judgement's chance to take no side is raised: our training coders gave sides freely (chosen on dev)."""
_NO_STANCE = frozenset({"ACCUSE", "DENY", "REPORT", "CONSULT"})


@cache
def shipped() -> Model:
    """Return the model that came with the package, loaded once a process."""
    return Model(FOLDER)


@dataclass(frozen=True, slots=True)
class _Task:
    """One document while it is read."""

    document: Document
    page: Page
    own: LikenessArticle | None  # the added issues, where there are any


@dataclass(frozen=True, slots=True)
class _View:
    """One window while its statements are coded."""

    task: _Task
    window: Window
    linked: Linked
    places: Sequence[Place]  # the statements
    candidates: Sequence[Place]  # what may name somebody
    cues: Sequence[Place]
    states: Sequence[Floats]  # the mean state of each statement


@dataclass(frozen=True, slots=True)
class _Who:
    """Who speaks (several for joint words), by which words, and how surely the model points at them."""

    resolutions: tuple[Resolution, ...]
    span: Span | None
    sure: float


class LocalReader:
    """Reads a document by the trained model. Deterministic; holds nothing between documents but the model."""

    def __init__(self, model: Model | None = None, *, added: Sequence[AddedIssue] = ()) -> None:
        self.name = named_with("local 1", added)
        self._added = tuple(added)
        self._finder: LikenessFinder | None = None
        self._given = model

    @property
    def model(self) -> Model:
        """The model; loaded when first asked for. Raises ReaderError where it is missing or damaged."""
        return self._given or shipped()

    def __getstate__(self) -> dict[str, Any]:
        """Leave the model behind: a process that receives the reader loads its own."""
        return {"name": self.name, "_added": self._added, "_finder": None, "_given": None}

    def read(self, document: Document, furniture: Sequence[Span] = ()) -> Reading:
        """Propose the statements of *document* outside *furniture*."""
        page = lay_out(document.text, furniture)
        if self._added and self._finder is None:
            self._finder = LikenessFinder(self._added, self.model)
        own = self._finder.article(page.text, page.kept) if self._finder else None
        task = _Task(document, page, own)
        statements: list[Statement] = []
        for window in windows(page.text, page.kept, self.model.vocabulary):
            statements += self._window(task, window)
        times = find_times(document, furniture=furniture)
        notes = _language_note(document)
        return Reading(document.id, self.name, tuple(statements), page.roster.actors(), times, notes)

    def _window(self, task: _Task, window: Window) -> list[Statement]:
        seen = self.model.see(window.ids)
        found = spans(best_path(seen.statements[1:-1], STATEMENT_TAGS), STATEMENT_TAGS)
        places = [(first + 1, last + 1) for _, first, last in found]
        places = [p for p in places if (s := characters(window, p)).end - s.start >= SHORTEST]
        if not places:
            return []
        linked = self.model.link(seen.states, places)
        roles = parts(seen)
        means = [seen.states[first : last + 1].mean(0) for first, last in places]
        view = _View(task, window, linked, places, _candidates(task.page, window, roles["source"]), roles["cue"], means)
        made: list[Statement] = []
        for row, place in enumerate(places):
            made += self._coded(view, row, characters(window, place), _found_surely(seen, place))
        return made

    def _coded(self, view: _View, row: int, span: Span, heard: float) -> list[Statement]:
        """Return the statement of one span, or one for each of those who speak together."""
        document, text = view.task.document, view.task.page.text
        codes = {name: values[row] for name, values in view.linked.codes.items()}
        words = span.of(text)
        act, act_sure = self._act(codes["act"])
        issues, issue_sure = self._issues(codes["issue"], words)
        if view.task.own is not None:
            issues += view.task.own.found(words, view.states[row])
        stance = self._stance(act, codes["stance"])
        voice, _ = self._best("voice", codes)
        speaker = _speaker(view, row)
        cue = _cue(view, row)
        speaker_text = speaker.span.of(text) if speaker.span else None
        return [
            Statement(
                id=statement_id(document.id, span, speaker_text, act, ordinal),
                document=document.id,
                span=span,
                content=words,
                speaker=who.name,
                voice=cast(Voice, who.voice if who.voice != "party" else voice),
                act=act,
                reader=self.name,
                rule="trained model",
                anchor=anchor(text, span),
                speaker_span=speaker.span,
                speaker_text=speaker_text,
                cue_span=cue,
                cue=cue.of(text) if cue else None,
                mode=self._best("mode", codes)[0] if act == "ASSESS" else None,
                degree=degree_of(words, _around(text, span)) if act == "ACCEPT" else None,
                issues=issues,
                stance=cast(Stance, "none" if act in _NO_STANCE else stance),
                addressee=_other(view, row, "addressee", who.name),
                via=tuple(filter(None, [_other(view, row, "via", who.name)])),
                quote=view.task.page.quote(span),
                modifiers=self._modifiers(codes["modifier"]),
                confidence=self._confidence(heard, speaker.sure, act_sure, issue_sure),
            )
            for ordinal, who in enumerate(speaker.resolutions)
        ]

    def _best(self, head: str, codes: Mapping[str, Any]) -> tuple[str, float]:
        best = int(codes[head].argmax())
        return self.model.labels[head][best], float(codes[head][best])

    def _act(self, chances: Floats) -> tuple[str, float]:
        """Return the act and its chance as the model gives it."""
        labels = self.model.labels["act"]
        best = int((chances * [JUDGING.get(label, 1.0) for label in labels]).argmax())
        return labels[best], float(chances[best])

    def _stance(self, act: str, chances: Floats) -> str:
        """Return the stance; a judgement takes none unless the model is sure that it does."""
        labels = self.model.labels["stance"]
        weighed = chances * [SIDELESS if act == "ASSESS" and label == "none" else 1.0 for label in labels]
        return labels[int(weighed.argmax())]

    def _issues(self, chances: Any, words: str) -> tuple[tuple[str, ...], float]:
        """Return up to three issues, the surest first: what the model thinks, and the codebook's terms in the words."""
        terms = issue_scores(words)
        total = sum(terms.values()) or 1.0
        labels = self.model.labels["issue"]
        mixed = [
            (1.0 - TERMS_SHARE) * float(chance) + TERMS_SHARE * terms.get(issue, 0.0) / total
            for issue, chance in zip(labels, chances, strict=True)
        ]
        order = sorted(range(len(mixed)), key=lambda i: (-mixed[i], i))[:3]
        kept = [order[0], *(i for i in order[1:] if mixed[i] >= ISSUE_FROM)]
        return tuple(labels[i] for i in kept), mixed[order[0]]

    def _modifiers(self, chances: Any) -> tuple[str, ...]:
        return tuple(name for name, p in zip(self.model.labels["modifier"], chances, strict=True) if p >= 0.5)

    def _confidence(self, *sure: float) -> float:
        """Return the calibrated chance that a trained coder has this statement with this speaker and act."""
        weights = self.model.settings.get("confidence", [0.0, 1.0, 1.0, 1.0, 1.0])
        total = weights[0] + sum(w * np.log(max(p, 1e-4)) for w, p in zip(weights[1:], sure, strict=True))
        return round(float(1.0 / (1.0 + np.exp(-total))), 3)


def _candidates(page: Page, window: Window, sources: Sequence[Place]) -> list[Place]:
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


def _speaker(view: _View, row: int) -> _Who:
    points, own = view.linked.points["source"][row], view.places[row]
    places = [*view.candidates, *pointed_run(points, view.candidates)]
    places = [p for p in places if not (own[0] <= p[0] and p[1] <= own[1])]
    best, sure = pointed(points, places)
    if best is None:
        return _Who((Resolution(AUTHOR, "person", "reporter", "the article's own voice"),), None, sure)
    span = characters(view.window, places[best])
    return _Who(view.task.page.roster.resolve_all(span), span, sure)


def _other(view: _View, row: int, role: str, speaker: str) -> str | None:
    """Return whom the statement is said to, or through whom it comes; None where nobody, the speaker or unresolved."""
    best, _ = pointed(view.linked.points[role][row], view.candidates, least=LEAST.get(role, 1.0))
    if best is None:
        return None
    name = view.task.page.roster.resolve_span(characters(view.window, view.candidates[best])).name
    return None if name in (UNRESOLVED, speaker) else name


def _cue(view: _View, row: int) -> Span | None:
    best, _ = pointed(view.linked.points["cue"][row], view.cues)
    return None if best is None else characters(view.window, view.cues[best])


def _found_surely(seen: Seen, place: Place) -> float:
    """Return the chance of the span's tags: the geometric mean of its pieces' chances to be inside a statement."""
    inside = 1.0 - np.exp(seen.statements[place[0] : place[1] + 1, 0])
    return float(np.exp(np.log(np.maximum(inside, 1e-4)).mean()))


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - 120) : span.end + 60]


def _language_note(document: Document) -> tuple[str, ...]:
    """Say where the reader is out of its depth."""
    if document.language is None or document.language.value == "en":
        return ()
    return (
        f"The article is in another language ({document.language.value}); the reader learnt English and misses much.",
    )
