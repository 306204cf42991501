"""The rules reader: needs no model, works on any conflict, and stays as floor and fallback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from parley.reading.added import AddedIssue, Article, Finder, named_with
from parley.reading.codes import Circumstances, choose_issues, code, document_issues, is_background, issue_scores
from parley.reading.statements import anchor, statement_id
from parley.reading.units import Unit, find_units
from parley.records import AUTHOR, UNRESOLVED, Document, Reading, Span, Statement, Voice
from parley.sources.dates import find_times


class RulesReader:
    """Reads a document by rules alone. Deterministic; holds no state between documents."""

    def __init__(self, *, added: Sequence[AddedIssue] = ()) -> None:
        self.name = named_with("rules 5", added)
        self._finder = Finder(added) if added else None

    def read(self, document: Document, furniture: Sequence[Span] = ()) -> Reading:
        """Propose the statements of *document* outside *furniture*."""
        found = find_units(document, furniture)
        in_sentence = {unit.sentence: issue_scores(unit.sentence.of(document.text)) for unit in found.units}
        share = document_issues(_sum(in_sentence[unit.sentence] for unit in found.units))
        own = self._finder.article(document.text, found.page.kept) if self._finder else None
        statements: list[Statement] = []
        speakers: dict[Span, list[str]] = {}
        for unit in found.units:
            if is_background(unit.attribution.content.of(document.text), circumstances(unit)):
                continue
            before = speakers.setdefault(unit.attribution.content, [])
            if unit.speaker.name not in before:
                made = self._statement(document, unit, in_sentence[unit.sentence], share, len(before))
                statements.append(_with_added(made, own))
                before.append(unit.speaker.name)
        times = find_times(document, furniture=furniture)
        return Reading(document.id, self.name, tuple(statements), found.page.roster.actors(), times, found.unread)

    def _statement(
        self, document: Document, unit: Unit, scores: Mapping[str, float], share: dict[str, float], ordinal: int
    ) -> Statement:
        text, attribution = document.text, unit.attribution
        words = attribution.content.of(text)
        issues = choose_issues(words, scores, share)
        author = unit.speaker.name == AUTHOR
        about = circumstances(unit)
        codes = code(words, unit.sentence.of(text), about, issues[0] if issues else None)
        speaker_text = unit.speaker_span.of(text) if unit.speaker_span else None
        return Statement(
            id=statement_id(document.id, attribution.content, speaker_text, codes.act, ordinal),
            document=document.id,
            span=attribution.content,
            content=words,
            speaker=unit.speaker.name,
            voice=cast(Voice, about.voice),
            act=codes.act,
            reader=self.name,
            rule=_rule(unit, by_verb=codes.by_verb),
            anchor=anchor(text, attribution.content),
            speaker_span=None if author else unit.speaker_span,
            speaker_text=None if author else speaker_text,
            cue_span=attribution.cue,
            cue=attribution.cue.of(text) if attribution.cue else None,
            mode=codes.mode,
            degree=codes.degree,
            issues=issues,
            stance=codes.stance,
            addressee=unit.addressee.name if unit.addressee and unit.addressee.name != UNRESOLVED else None,
            via=unit.via,
            quote=unit.quote,
            modifiers=codes.modifiers,
        )


def _with_added(made: Statement, own: Article | None) -> Statement:
    """Return the statement with the added issues that its words speak of, after those of the codebook."""
    found = own.found(made.content) if own else ()
    return replace(made, issues=(*made.issues, *found)) if found else made


def _sum(scores: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for one in scores:
        for issue, score in one.items():
            total[issue] = total.get(issue, 0.0) + score
    return total


def _rule(unit: Unit, *, by_verb: bool) -> str:
    """Name what made the statement: the pattern, and whether its act rests on the verb or on signs in the words."""
    cue = unit.attribution.match.cue if unit.attribution.match else None
    return f"{unit.attribution.rule}, verb {cue.lemma}" if cue and by_verb else f"{unit.attribution.rule}, signs"


def circumstances(unit: Unit) -> Circumstances:
    """Return what is known of a unit besides its words."""
    cue = unit.attribution.match.cue if unit.attribution.match else None
    author = unit.speaker.name == AUTHOR
    return Circumstances(
        cue_act=cue.act if cue else None,
        cue_lemma=cue.lemma if cue else None,
        cue_mode=cue.mode if cue else None,
        voice="reporter" if author else unit.speaker.voice,
        quote=unit.quote,
        author=author,
        only=bool(unit.attribution.match and unit.attribution.match.only),
        negated=bool(unit.attribution.match and unit.attribution.match.negated),
    )
