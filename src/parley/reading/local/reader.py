"""The local reader: finds statements by the trained model, resolves names by the roster, and says how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Any, cast

import numpy as np

from parley.reading.added import AddedIssue, named_with
from parley.reading.codes import degree_of, is_ending
from parley.reading.local.added import LikenessArticle, LikenessFinder
from parley.reading.local.attributions import Place, characters, parts
from parley.reading.local.issues import choose, with_neighbours
from parley.reading.local.model import FOLDER, Floats, Model, Seen
from parley.reading.local.tags import STATEMENT_TAGS, best_path, spans
from parley.reading.local.through import holding, reports
from parley.reading.local.who import View, addressee, candidates, cue, speaker, via
from parley.reading.local.windows import Window, windows
from parley.reading.pages import Page, lay_out
from parley.reading.statements import anchor, statement_id
from parley.records import UNRESOLVED, Document, Reading, Span, Stance, Statement, Voice
from parley.sources.dates import find_times

AT_ONCE = 16
"""Windows of a document that are linked together."""
SHORTEST = 8
"""Characters: shorter runs carry no point."""
OUTSIDE = 0.2
"""What is added to a piece's log-probability to stand outside statements: doubtful ones are left (chosen on dev)."""
JUDGING = 2.0
"""By how much the chance of a judgement is raised: the model takes judgements for reports (chosen on dev)."""
SIDELESS = 16.0
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
    voices: dict[str, Floats] = field(default_factory=dict)  # by speaker, where the roster does not know better


class LocalReader:
    """Reads a document by the trained model. Deterministic; holds nothing between documents but the model."""

    def __init__(self, model: Model | None = None, *, added: Sequence[AddedIssue] = ()) -> None:
        self.name = named_with("local 5", added)
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
        stream = windows(page.text, page.kept, self.model.vocabulary)
        while some := tuple(islice(stream, AT_ONCE)):
            statements += self._windows(task, some)
        statements = [self._voiced(task, statement) for statement in statements]
        times = find_times(document, furniture=furniture)
        notes = _language_note(document)
        return Reading(document.id, self.name, tuple(statements), page.roster.actors(), times, notes)

    def _windows(self, task: _Task, some: Sequence[Window]) -> list[Statement]:
        """Return the statements of windows that are seen one by one and linked together."""
        found = []
        for window in some:
            seen = self.model.see(window.ids)
            if places := _found(window, seen):
                found.append((window, seen, places, parts(seen)))
        if not found:
            return []
        made: list[Statement] = []
        linked = self.model.link([(seen.states, places) for _, seen, places, _ in found])
        told = reports(self.model, [(w, s, holding(r["content"], places), r["source"]) for w, s, places, r in found])
        for (window, seen, places, roles), one, around in zip(found, linked, told, strict=True):
            named = candidates(task.page, window, roles["source"])
            view = View(task.page, window, one, places, named, roles["cue"], around)
            issues = self._issues(task, view, seen)
            for row, place in enumerate(places):
                made += self._coded(task, view, row, issues[row], _found_surely(seen, place))
        return made

    def _coded(
        self, task: _Task, view: View, row: int, about: tuple[tuple[str, ...], float], heard: float
    ) -> list[Statement]:
        """Return the statement of one span, or one for each of those who speak together."""
        text, span = view.page.text, characters(view.window, view.statements[row])
        codes = {name: values[row] for name, values in view.linked.codes.items()}
        words, quote = span.of(text), view.page.quote(span)
        act, act_sure = self._act(codes["act"])
        issues, issue_sure = about
        voice, _ = self._best("voice", codes)
        tied = cue(view, row)
        who = speaker(view, row, act, quote, tied)
        who_text = who.span.of(text) if who.span else None
        for one in who.resolutions:
            if one.voice == "party" and one.name != UNRESOLVED:
                task.voices[one.name] = task.voices.get(one.name, np.zeros(1)) + codes["voice"]
        return [
            Statement(
                id=statement_id(task.document.id, span, who_text, act, ordinal),
                document=task.document.id,
                span=span,
                content=words,
                speaker=one.name,
                voice=cast(Voice, one.voice if one.voice != "party" else voice),
                act=act,
                reader=self.name,
                rule="trained model",
                anchor=anchor(text, span),
                speaker_span=who.span,
                speaker_text=who_text,
                cue_span=tied,
                cue=tied.of(text) if tied else None,
                mode=self._best("mode", codes)[0] if act == "ASSESS" else None,
                degree=degree_of(words, view.page.sentence(span).of(text)) if act == "ACCEPT" else None,
                issues=issues,
                stance=self._stance(act, issues[0], words, codes["stance"]),
                addressee=addressee(view, row, act, who, one.name),
                via=via(view, row, who, one.name),
                quote=quote,
                modifiers=self._modifiers(codes["modifier"]),
                confidence=self._confidence(heard, who.sure, act_sure, issue_sure),
            )
            for ordinal, one in enumerate(who.resolutions)
        ]

    def _voiced(self, task: _Task, statement: Statement) -> Statement:
        """Give a speaker one voice throughout the document: the likeliest over all that he says in it."""
        if statement.speaker not in task.voices:
            return statement
        voice, _ = self._best("voice", {"voice": task.voices[statement.speaker]})
        return replace(statement, voice=cast(Voice, voice))

    def _issues(self, task: _Task, view: View, seen: Seen) -> list[tuple[tuple[str, ...], float]]:
        """Return each statement's issues, those that the user added last, and how sure the first one is."""
        labels, chances = self.model.labels["issue"], with_neighbours(view.linked.codes["issue"])
        found = []
        for (first, last), row in zip(view.statements, chances, strict=True):
            span = characters(view.window, (first, last))
            issues, sure = choose(labels, row, view.page.text, span)
            if task.own is not None:
                issues += task.own.found(span.of(view.page.text), seen.states[first : last + 1].mean(0))
            found.append((issues, sure))
        return found

    def _best(self, head: str, codes: Mapping[str, Any]) -> tuple[str, float]:
        best = int(codes[head].argmax())
        return self.model.labels[head][best], float(codes[head][best])

    def _act(self, chances: Floats) -> tuple[str, float]:
        """Return the act and its chance as the model gives it."""
        labels = self.model.labels["act"]
        best = int((chances * [JUDGING if label == "ASSESS" else 1.0 for label in labels]).argmax())
        return labels[best], float(chances[best])

    def _stance(self, act: str, issue: str, words: str, chances: Floats) -> Stance:
        """Return the stance; a judgement takes none unless the model is sure that it does."""
        if act in _NO_STANCE:
            return "none"
        labels = self.model.labels["stance"]
        weighed = chances * [SIDELESS if act == "ASSESS" and label == "none" else 1.0 for label in labels]
        stance = cast(Stance, labels[int(weighed.argmax())])
        return "against" if stance == "for" and is_ending(act, issue, words) else stance

    def _modifiers(self, chances: Any) -> tuple[str, ...]:
        return tuple(name for name, p in zip(self.model.labels["modifier"], chances, strict=True) if p >= 0.5)

    def _confidence(self, *sure: float) -> float:
        """Return the calibrated chance that a trained coder has this statement with this speaker and act."""
        weights = self.model.settings.get("confidence", [0.0, 1.0, 1.0, 1.0, 1.0])
        total = weights[0] + sum(w * np.log(max(p, 1e-4)) for w, p in zip(weights[1:], sure, strict=True))
        return round(float(1.0 / (1.0 + np.exp(-total))), 3)


def _found(window: Window, seen: Seen) -> list[Place]:
    """Return where the tagger sees statements."""
    scores = seen.statements[1:-1].copy()
    scores[:, 0] += OUTSIDE
    found = spans(best_path(scores, STATEMENT_TAGS), STATEMENT_TAGS)
    places = [(first + 1, last + 1) for _, first, last in found]
    return [p for p in places if (s := characters(window, p)).end - s.start >= SHORTEST]


def _found_surely(seen: Seen, place: Place) -> float:
    """Return the chance of the span's tags: the geometric mean of its pieces' chances to be inside a statement."""
    inside = 1.0 - np.exp(seen.statements[place[0] : place[1] + 1, 0])
    return float(np.exp(np.log(np.maximum(inside, 1e-4)).mean()))


def _language_note(document: Document) -> tuple[str, ...]:
    """Say where the reader is out of its depth."""
    if document.language is None or document.language.value == "en":
        return ()
    return (
        f"The article is in another language ({document.language.value}); the reader learnt English and misses much.",
    )
