"""An invented harbour dispute, coded by hand, for the tests of analyses and briefs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from parley.records import (
    Actor,
    Anchor,
    Derivation,
    Document,
    Evidence,
    Fact,
    Furniture,
    OriginGroup,
    Record,
    Refusal,
    Span,
    Statement,
    TimeMention,
)


def document(name: str, text: str, *, date: str | None = None, **facts: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known = {key: Fact(value, "stated") for key, value in facts.items()}
    return Document(
        id=f"doc-{name}",
        name=name,
        path=f"{name}.txt",
        format="text",
        text=text,
        sha256=digest,
        original_sha256=digest,
        date=Fact(date, "given", "--date") if date else None,
        **known,
    )


def statement(source: Document, content: str, speaker: str, act: str, **fields: Any) -> Statement:
    start = fields.pop("start", None)
    if start is None:
        start = source.text.index(content)
    end = start + len(content)
    fields.setdefault("voice", "party")
    identity = hashlib.sha256(f"{source.id}:{start}:{end}:{speaker}:{act}".encode()).hexdigest()[:16]
    return Statement(
        id=fields.pop("id", identity),
        document=source.id,
        span=Span(start, end),
        content=content,
        speaker=speaker,
        act=act,
        reader=fields.pop("reader", "rules 1"),
        rule=fields.pop("rule", "test"),
        anchor=Anchor(content, source.text[max(0, start - 32) : start], source.text[end : end + 32], start, end),
        **fields,
    )


@dataclass
class Dispute:
    """Three origins, four articles: a first report, its reprint, a reworded later piece, a union's undated paper."""

    monday: Document = field(
        default_factory=lambda: document(
            "a-monday",
            "The port company refuses any rise above two per cent, its office said on Monday.\n"
            "Follow us for more port news\n"
            "Union chair Ines Faro said: “We will strike unless nights are paid double.”\n"
            "The port company met the union on 3 March 2031.\n"
            "A person close to the company said a deal was unlikely before Easter.\n",
            date="2031-03-03",
            outlet="Quay Herald",
            author="Bo Lind",
            title="Port talks stall",
        )
    )
    reprint: Document = field(
        default_factory=lambda: document(
            "b-reprint",
            "The port company refuses any rise above two per cent, its office said on Monday.\n"
            "Reprinted from Quay Herald.\n",
            date="2031-03-05",
            outlet="Coast Weekly",
        )
    )
    reworded: Document = field(
        default_factory=lambda: document(
            "c-reworded",
            "The harbour firm now takes a lift of four per cent in principle, it mentioned on Thursday.\n"
            "Its speaker denied that double night pay was ever raised.\n"
            "Analyst Rui Prat said the firm could probably live with four.\n",
            date="2031-03-07",
        )
    )
    paper: Document = field(
        default_factory=lambda: document(
            "d-paper",
            "We demand safe cranes. Somebody said the cranes would stay shut. The fight is over pay, not cranes.\n",
        )
    )

    def statements(self) -> tuple[Statement, ...]:
        one, two, three, four = self.monday, self.reprint, self.reworded, self.paper
        refusal = "any rise above two per cent"
        return (
            statement(one, refusal, "Port office", "REJECT", issues=("G4",), stance="against"),
            statement(
                one,
                "We will strike unless nights are paid double.",
                "Ines Faro",
                "THREATEN",
                issues=("G4", "H5"),
                stance="conditional",
                quote="direct",
                modifiers=("conditional_on",),
            ),
            statement(
                one, "met the union on 3 March 2031", "Port company", "CONSULT", addressee="Dock union", issues=("H4",)
            ),
            statement(
                one,
                "a deal was unlikely before Easter",
                "a person close to the company",
                "ASSESS",
                voice="anonymous",
                mode="forecast",
                issues=("H8",),
            ),
            statement(two, refusal, "Port office", "REJECT", issues=("G4",), stance="against"),
            statement(
                three,
                "a lift of four per cent",
                "Port company",
                "ACCEPT",
                degree="in_principle",
                issues=("G4",),
                stance="for",
                quote_altered=True,
            ),
            statement(
                three,
                "double night pay was ever raised",
                "Spokeswoman",
                "DENY",
                issues=("G4",),
                via=("Port office",),
                quote_altered=True,
            ),
            statement(
                three,
                "the firm could probably live with four",
                "Rui Prat",
                "ASSESS",
                voice="expert",
                mode="forecast",
                issues=("G4",),
                quote_altered=True,
            ),
            statement(four, "safe cranes", "Dock union", "DEMAND", issues=("A7",), stance="for", quote="direct"),
            statement(
                four, "the cranes would stay shut", "unresolved", "PROMISE", speaker_text="Somebody", issues=("A7",)
            ),
            statement(
                four,
                "The fight is over pay, not cranes",
                "@author",
                "ASSESS",
                voice="reporter",
                mode="frame",
                issues=(),
            ),
        )

    def record(self) -> Record:
        one, two, three, four = self.monday, self.reprint, self.reworded, self.paper
        line = "Reprinted from Quay Herald."
        share = "Follow us for more port news"
        return Record(
            documents=(one, two, three, four),
            statements=self.statements(),
            actors=(
                Actor("Dock union", "organisation"),
                Actor("Ines Faro", "person", roles=("union chair",), belongs_to="Dock union"),
                Actor("Port company", "organisation", names=("harbour firm",)),
                Actor("Port office", "office", belongs_to="harbour firm"),
                Actor("Rui Prat", "person", roles=("analyst",)),
                Actor("Spokeswoman", "person", belongs_to="Port office"),
            ),
            furniture=(
                Furniture(one.id, Span(one.text.index(share), one.text.index(share) + len(share)), "share line"),
            ),
            derivations=(
                Derivation(
                    two.id,
                    "reprint",
                    "Quay Herald",
                    one.id,
                    (Evidence(two.id, Span(two.text.index(line), two.text.index(line) + len(line)), "credit"),),
                ),
                Derivation(three.id, "reworded copy", score=0.4, quotes_altered=True),
            ),
            groups=(
                OriginGroup("g1", (one.id, two.id), "the second is reprinted from the first"),
                OriginGroup("g2", (three.id,), "stands alone"),
                OriginGroup("g3", (four.id,), "stands alone"),
            ),
            times=(
                self.time(one, "Monday", "2031-03-03", "relative to 2031-03-03 (given)"),
                self.time(one, "3 March 2031", "2031-03-03", "stated"),
                self.time(two, "Monday", "2031-03-03", "relative to 2031-03-05 (given)"),
                self.time(three, "Thursday", None, "unresolved: two Thursdays fit"),
            ),
            refusals=(
                Refusal("scan.pdf", "refused", "The PDF holds no text; run text recognition first."),
                Refusal("logo.png", "skipped", "A picture holds no text."),
            ),
            unread=((four.id, "One sentence mixes two quotations that never close."),),
        )

    @staticmethod
    def time(source: Document, words: str, resolved: str | None, basis: str) -> TimeMention:
        start = source.text.index(words)
        return TimeMention(source.id, Span(start, start + len(words)), words, resolved, basis)
