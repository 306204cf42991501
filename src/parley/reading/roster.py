"""Who is who in one document: names, surnames, roles, offices, capitals and pronouns, each with its evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.actor_words import (
    describe,
    issuer_word,
    portfolio,
    role_matches,
    state_adjective,
    voice_of_role,
    worded,
)  # fmt: skip
from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.mentions import Mention, blocks, mention_of, phrases, pronoun_of, seen_words
from parley.reading.name_index import Known, NameIndex, keys_of, trimmed, unique
from parley.reading.noun_phrases import FIRST, Phrase, Reader, split_words
from parley.records import UNRESOLVED, Actor, ActorKind, Span

_SPEECH = words_of("speech")
_REGNAL = words_of("regnal")
_SPOKES = frozenset(["spokesman", "spokeswoman", "spokesperson", "representative", "counsel", "spokespeople", "spokesmen"])
_HIDDEN = words_of("hidden_roles")
_REPORTERS = words_of("reporter_roles")
_SENTENCE = re.compile(r"[.!?…][\"”’)»\]]*\s+(?=[\"“‘(«\[]?[A-ZÀ-Þ0-9])")
_REACH = 5  # sentences back that a pronoun may look
_GENERIC = frozenset(
    ["company", "firm", "corporation", "group", "club", "airline", "carrier", "movement", "party", "bloc", "regime", "bank", "agency"]
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom words name: canonical ``name`` or UNRESOLVED, its ``kind``, the ``voice`` it speaks in, and the evidence."""

    name: str
    kind: ActorKind
    voice: str
    because: str


@dataclass(slots=True)
class _Item:
    mention: Mention
    phrase: Phrase | None
    reader: Reader | None
    sentence: int
    quoted: bool
    subject: bool
    actor: Known | None = None
    resolution: Resolution | None = None


class Roster:
    """The actors of one document. Resolving is a look-up: all mentions are read once, from first to last.

    ``quotations`` are spans in quotation marks: "I" and "we" in them stay unresolved for the caller, who knows the
    speaker. ``skip`` is furniture.
    """

    def __init__(
        self, text: str, mentions: Sequence[Mention], *, quotations: Sequence[Span] = (), skip: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._index = NameIndex()
        self._seen = seen_words(text)
        self._plain: dict[str, Known] = {}
        self._used: dict[Known, None] = {}
        self._sentences = self._sentence_starts()
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._quotes = sorted(quotations)
        self._quote_starts = [span.start for span in self._quotes]
        self._offices: list[tuple[int, str, Phrase, Known]] = []  # (place, role, phrase, who): who holds which role
        self._by_noun: dict[str, list[tuple[int, Known]]] = {}
        self._items = self._read(mentions, skip)
        self._places = [item.mention.span.start for item in self._items]
        self._by_mention = {item.mention: item for item in self._items}
        self._collect_names()
        self._collect_roles()
        for at, item in enumerate(self._items):
            self._settle(at, item)

    # -- reading --------------------------------------------------------------------------------------------------

    def _sentence_starts(self) -> list[int]:
        starts: list[int] = []
        titles = words_of("titles") | words_of("titles_male") | words_of("titles_female")
        for block in blocks(self._text):
            starts.append(block.start)
            for match in _SENTENCE.finditer(self._text, block.start, block.end):
                before = self._text[max(block.start, match.start() - 12) : match.start() + 1].split()
                word = before[-1].lower() if before else ""
                if word in titles or re.fullmatch(r"[(\"“]?(?:[a-z]\.)+", word):
                    continue
                starts.append(match.end())
        return starts or [0]

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at) - 1

    def _line(self, at: int) -> int:
        return bisect_right(self._lines, at)

    def _quoted(self, at: int) -> bool:
        place = bisect_right(self._quote_starts, at) - 1
        return any(span.start <= at < span.end for span in self._quotes[max(0, place - 2) : place + 1])

    def _read(self, mentions: Sequence[Mention], skip: Sequence[Span]) -> list[_Item]:
        read = {mention: (phrase, reader) for mention, phrase, reader in phrases(self._text, skip)}
        items = []
        for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.head, m.kind)):
            phrase, reader = read.get(mention, (None, None))
            if phrase is None and mention.kind != "pronoun":
                phrase, reader = self._parse(mention.span)
            items.append(self._item(mention, phrase, reader))
        return items

    def _parse(self, span: Span) -> tuple[Phrase | None, Reader | None]:
        reader = Reader(split_words(self._text, span.start, span.end), *self._seen)
        phrase = reader.read(0) if reader.words else None
        return (reader.complete(phrase), reader) if phrase is not None else (None, None)

    def _item(self, mention: Mention, phrase: Phrase | None, reader: Reader | None) -> _Item:
        at = mention.span.start
        return _Item(mention, phrase, reader, self._sentence(at), self._quoted(at), self._subject(mention))

    def _subject(self, mention: Mention) -> bool:
        """Tell whether a mention stands as the subject of its clause, or as the speaker beside a verb of saying."""
        after = self._text[mention.span.end : mention.span.end + 40]
        if re.match(r"['’]s?\b", after) and mention.kind != "pronoun":
            return False
        word = re.match(r"\W{0,2}(\w+)", after)
        if word and word.group(1).lower() in _SPEECH and not after.startswith((".", ";", ":")):
            return True
        before = self._text[max(0, mention.span.start - 24) : mention.span.start].rstrip(" \n")
        if not before or before[-1] in '.!?:;"”“—':
            return True
        previous = before.split()[-1].lower()
        if previous in ("said", "says", "added", "adds", "insisted", "wrote", "warned") and '"' in before + "”":
            return before.rstrip().split()[-2:-1] != [] and before.split()[-2][-1:] in '"”,’'
        return previous in ("but", "when", "while", "as", "although", "though") or (
            previous == "and" and before.rstrip().endswith(", and")
        )

    # -- names and roles ------------------------------------------------------------------------------------------

    def _words(self, item: _Item) -> str:
        return " ".join(item.mention.head.of(self._text).split())

    def _collect_names(self) -> None:
        """First pass: full names and the names of bodies; then what stands in brackets after them."""
        for item in self._items:
            phrase = item.phrase
            if (
                phrase is None
                or phrase.kind not in ("name", "organisation")
                or (phrase.entry is not None
                and (phrase.kind == "organisation" and phrase.entry.kind != "state"))
            ):
                continue
            name = self._words(item)
            if phrase.kind == "name":
                keys = keys_of(name)
                if len(keys) > 1 and not (name.isupper() and len(name) > 12):
                    item.actor = self._index.person(self._regnal(phrase, name))
                    item.actor.gender = item.actor.gender or item.mention.gender
                    self._affiliate(item)
                continue
            item.actor = self._index.body(self._body_name(item, name))
            short = re.match(
                r"\s*(?:\(([A-Z][A-Za-z&.\-]{1,11})\)|,\s([A-Z]{2,8}),)", self._text[item.mention.span.end :][:20]
            )
            if short:
                self._index.abbreviate(item.actor, short.group(1) or short.group(2))

    def _regnal(self, phrase: Phrase, name: str) -> str:
        return f"{phrase.title.capitalize()} {name}" if phrase.title in _REGNAL and " " not in name else name

    def _body_name(self, item: _Item, name: str) -> str:
        phrase = item.phrase
        state = phrase.entry if phrase is not None else None
        if phrase is None or state is None or state.kind != "state" or phrase.owner is None:
            return name
        adjective = state_adjective(state.state or state.name)
        return name if name.startswith(adjective) else f"{adjective} {name}"

    def _affiliate(self, item: _Item) -> None:
        """Note the role that a name carries before it, and where the person belongs."""
        phrase, known = item.phrase, item.actor
        if phrase is None or known is None:
            return
        if phrase.role or phrase.noun:
            self._hold(item.mention.span.start, phrase, known, item)
        elif phrase.owner is not None and phrase.owner.entry is not None and phrase.owner.entry.kind == "outlet":
            known.voices["reporter"] = known.voices.get("reporter", 0) + 1
        if phrase.entry is not None and known.belongs is None:
            known.belongs = phrase.entry.name

    def _hold(self, at: int, phrase: Phrase, known: Known, item: _Item) -> None:
        if known.person is None:
            known.person, known.kind = True, "person"
        full = item.mention.span.of(self._text)
        if phrase.kind == "name":
            full = full.replace(item.mention.head.of(self._text), "")
        label = worded(full)
        if label:
            known.roles[label] = None
        self._offices.append((at, phrase.role, phrase, known))
        if phrase.noun:
            self._by_noun.setdefault(phrase.noun, []).append((at, known))
        voice = voice_of_role(phrase.role, phrase.noun, label)
        known.voices[voice] = known.voices.get(voice, 0) + 1
        known.gender = known.gender or item.mention.gender
        if phrase.entry is not None and known.belongs is None:
            known.belongs = phrase.entry.name

    def _collect_roles(self) -> None:
        """Second pass: short names to their actors, then roles in apposition ("X, the envoy", "the envoy, X")."""
        for item in self._items:
            if item.actor is None and item.phrase is not None and item.phrase.kind == "name":
                self._short_name(item)
        for a, b in zip(self._items, self._items[1:], strict=False):
            self._appose(a, b)
        tops = [item for item in self._items if item.mention.kind != "pronoun"]
        for a, b in zip(tops, tops[1:], strict=False):
            if a.mention.span.contains(b.mention.span):
                continue
            self._appose(a, b)

    def _appose(self, a: _Item, b: _Item) -> None:
        gap = self._text[a.mention.span.end : b.mention.span.start]
        if len(gap) > 4 or not re.fullmatch(r",\s{1,3}|\s?\(|\s[–—-]\s", gap) or a.phrase is None or b.phrase is None:
            return
        after = self._text[b.mention.span.end : b.mention.span.end + 8]
        if (
            (a.phrase.kind == "name"
            and b.phrase.kind in ("role", "body")
            and b.phrase.determiner != "")
            or (a.phrase.kind == "name" and b.phrase.kind == "role")
        ):
            if a.actor is not None and not after.lstrip(", ").startswith(("and ", "or ")):
                self._hold(b.mention.span.start, b.phrase, a.actor, b)
                b.actor = a.actor
        elif a.phrase.kind == "role" and b.phrase.kind == "name" and not b.phrase.person and b.actor is not None:
            self._hold(a.mention.span.start, a.phrase, b.actor, a)
            a.actor = b.actor
        elif a.phrase.kind in ("organisation", "name") and b.phrase.kind == "body" and a.actor is not None:
            self._by_noun.setdefault(b.phrase.noun, []).append((b.mention.span.start, a.actor))
            b.actor = a.actor

    def _short_name(self, item: _Item) -> None:
        phrase = item.phrase
        if phrase is None:
            return
        name = self._words(item)
        found = self._index.find(name)
        if phrase.person or item.mention.gender:
            found = [known for known in found if known.person is not False] or found
        if item.mention.gender and len(found) > 1:
            found = [known for known in found if known.gender == item.mention.gender] or found
        if len(found) > 1:
            item.resolution = Resolution(
                UNRESOLVED, "person", "party", f"{name} can be {' or '.join(sorted(k.name for k in found))}"
            )
            return
        known = found[0] if found else None
        if known is None:
            known = self._index.body(self._regnal(phrase, trimmed(name)), kind="unknown")
            known.person = None
        if phrase.person and known.person is None:
            known.person, known.kind = True, "person"
        known.gender = known.gender or item.mention.gender
        known.forms[name] = None
        item.actor = known
        self._affiliate(item)

    # -- settling -------------------------------------------------------------------------------------------------

    def _settle(self, at: int, item: _Item) -> None:
        if item.resolution is not None:
            return
        if item.mention.kind == "pronoun":
            item.actor, item.resolution = self._pronoun(at, item)
            return
        if item.phrase is None:
            item.resolution = Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")
            return
        item.actor, item.resolution = self._identify(at, item, item.phrase)
        if item.actor is not None and item.phrase.kind == "body" and item.phrase.determiner in ("", "the"):
            self._by_noun.setdefault(item.phrase.noun, []).append((item.mention.span.start, item.actor))

    def _found(self, known: Known, because: str) -> tuple[Known, Resolution]:
        return known, Resolution(known.name, known.kind, voice_of(known), because)

    def _make(self, name: str, kind: ActorKind, item: _Item, *, belongs: str | None = None) -> Known:
        known = self._plain.get(name)
        if known is None:
            known = self._plain[name] = Known(name, kind, belongs=belongs, person=False)
        known.forms[worded(item.mention.span.of(self._text))] = None
        return known

    def _identify(self, at: int, item: _Item, phrase: Phrase) -> tuple[Known | None, Resolution]:
        place = f"line {self._line(item.mention.span.start)}"
        words = worded(item.mention.span.of(self._text))
        if item.actor is not None:
            name = self._words(item)
            known = item.actor
            because = (
                f"named in full, {place}" if fold_same(name, known.name) else f"“{words}” is {known.name}, {place}"
            )
            return self._found(known, because)
        if phrase.kind in ("state", "office", "outlet", "people") or (
            phrase.kind == "organisation" and phrase.entry is not None and phrase.entry.kind != "state"
        ):
            return self._entry(item, phrase, words)
        if phrase.kind == "role":
            return self._role(at, item, phrase, words)
        if phrase.kind == "body":
            return self._body(at, item, phrase, words)
        if phrase.kind == "quantity":
            known = self._make(words, "group", item)
            return known, Resolution(words, "group", "party", "as worded")
        return self._group(at, item, phrase, words)

    def _entry(self, item: _Item, phrase: Phrase, words: str) -> tuple[Known, Resolution]:
        entry = phrase.entry
        if entry is None:
            raise AssertionError("a known phrase has an entry")
        if entry.form == "people" and not (phrase.determiner == "the"):
            known = self._make(words, "group", item, belongs=entry.name)
            return known, Resolution(words, "group", "party", f"people of {entry.name}")
        known = self._make(entry.name, entry.kind, item, belongs=entry.state if entry.kind == "office" else None)
        if entry.kind == "outlet":
            known.voices["reporter"] = 1
        reasons = {"capital": f"capital of {entry.name}", "people": f"people of {entry.name}"}
        return self._found(known, reasons.get(entry.form, "named"))

    def _role(self, at: int, item: _Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        start = item.mention.span.start
        voice = voice_of_role(phrase.role, phrase.noun, words)
        definite = phrase.determiner not in ("a", "an", "another", "one", "any", "every")
        if definite:
            holders = [(p, who) for p, role, held, who in self._offices if role_matches(phrase, held)]
            known = unique(who for _, who in holders)
            if known is not None:
                return self._found(known, f"the only {phrase.noun} that fits: {known.name}")
            if len(holders) > 1:
                earlier = [(p, who) for p, who in holders if p < start]
                if earlier:
                    latest = max(earlier, key=lambda pair: pair[0])
                    near = {who for p, who in earlier if self._sentence(p) == self._sentence(latest[0])}
                    if len(near) == 1:
                        return self._found(latest[1], f"the {phrase.noun} named last: {latest[1].name}")
            same = [who for p, who in self._by_noun.get(phrase.noun, []) if p < start]
            if same and phrase.entry is None and phrase.owner is None and phrase.determiner in ("the", "that", "this"):
                return self._found(same[-1], f"the {phrase.noun} named last: {same[-1].name}")
        if phrase.noun in _SPOKES:
            body = self._principal(at, item, phrase)
            if body is not None and body.person is not True:
                return self._found(body, f"speaks for {body.name}")
        name = describe(words, phrase, self._owner_name(at, item, phrase))
        if voice == "party" and not definite and phrase.noun in _HIDDEN:
            voice = "anonymous"
        known = self._make(name, "office" if voice == "party" else "person", item)
        known.belongs = known.belongs or (phrase.entry.name if phrase.entry is not None else None)
        known.voices[voice] = known.voices.get(voice, 0) + 1
        self._by_noun.setdefault(phrase.noun, []).append((start, known))
        return self._found(known, "as worded; the document names nobody for it")

    def _principal(self, at: int, item: _Item, phrase: Phrase) -> Known | None:
        """Return the body or state that a spokesperson speaks for."""
        for inner in (phrase.complement, phrase.owner):
            if inner is not None:
                for other in self._near(at):
                    if other.phrase is not None and other.mention.span.start >= item.mention.span.start:
                        span = other.mention.span
                        if item.mention.span.contains(span) and other is not item and other.phrase.kind == inner.kind:
                            if other.resolution is None:
                                other.actor, other.resolution = self._identify(at, other, other.phrase)
                            return other.actor
        ministry = portfolio(phrase.role)
        if phrase.entry is not None and ("ministry" in phrase.role or "department" in phrase.role):
            adjective = state_adjective(phrase.entry.state or phrase.entry.name)
            return self._index.body(f"{adjective} {' '.join(w.title() for w in ministry)} Ministry")
        if phrase.entry is not None:
            kind = phrase.entry.kind
            return self._make(phrase.entry.name, kind, item)
        if phrase.before:
            return unique(self._index.find(" ".join(phrase.before)))
        return None

    def _near(self, at: int) -> list[_Item]:
        return self._items[at + 1 : at + 8]

    def _owner_name(self, at: int, item: _Item, phrase: Phrase) -> str | None:
        """Return the canonical name of the owner that a possessive names, pronouns included."""
        for other in self._near(at) if 0 <= at < len(self._items) and self._items[at] is item else []:
            if not item.mention.span.contains(other.mention.span) or other is item:
                break
            if other.mention.span.start != item.mention.span.start:
                continue
            if other.resolution is None:
                self._settle(at + 1, other)
            if other.actor is not None:
                return other.actor.name
        return None

    def _body(self, at: int, item: _Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        start = item.mention.span.start
        noun = phrase.noun
        entry = phrase.entry
        owner = self._owner_name(at, item, phrase)
        if noun in ("government", "regime", "authorities") and entry is not None and entry.kind == "state":
            return self._found(self._make(entry.name, "state", item), f"government of {entry.name}")
        if noun == "government" and entry is None and owner is None and not phrase.before:
            state = self._home_state(start)
            if state is not None:
                return self._found(self._make(state, "state", item), f"government; {state} is the state named most")
            return None, Resolution(UNRESOLVED, "office", "party", "no single state whose government it can be")
        if noun == "administration" and (phrase.before or owner):
            holder = " ".join(phrase.before) or (owner or "").split()[-1]
            return self._found(self._make(f"{holder} administration", "office", item), f"administration of {holder}")
        if entry is not None and entry.kind == "state" and noun in ("ministry", "department"):
            adjective = state_adjective(entry.state or entry.name)
            named = f"{adjective} {' '.join(w.title() for w in phrase.role.split() if w not in ('the',))}"
            return self._found(self._index.body(named), f"ministry of {entry.name}")
        if phrase.determiner in ("the", "that", "this", "") and owner is None and entry is None:
            known = self._antecedent(item, phrase, start)
            if known is not None:
                return self._found(known, f"the {noun} named last: {known.name}")
        name = describe(words, phrase, owner)
        kind: ActorKind = "office" if item.mention.kind == "office" else "organisation"
        return self._found(self._make(name, kind, item, belongs=entry.name if entry else None), "as worded")

    def _antecedent(self, item: _Item, phrase: Phrase, start: int) -> Known | None:
        noun = phrase.noun
        said = [(p, k) for p, k in self._by_noun.get(noun, []) if p < start]
        named = [
            (other.mention.span.start, other.actor)
            for other in self._items[: bisect_right(self._places, start)]
            if other.actor is not None
            and other.mention.span.start < start
            and other.actor.person is not True
            and noun in other.actor.keys
            and set(phrase.before) <= set(other.actor.name.split())
        ]
        best = max([*said, *named], key=lambda pair: pair[0], default=None)
        if best is not None:
            return best[1]
        if noun in _GENERIC:
            near = [
                o.actor
                for o in self._items[max(0, bisect_right(self._places, start) - 12) : bisect_right(self._places, start)]
                if o.actor is not None and o.actor.kind in ("organisation", "unknown") and o.mention.span.start < start
                and o.sentence >= item.sentence - 2 and o.subject
            ]  # fmt: skip
            return unique(near)
        return None

    def _home_state(self, start: int) -> str | None:
        """Return the state that the document names most, where none comes near it."""
        counts: dict[str, int] = {}
        for item in self._items:
            entry = item.phrase.entry if item.phrase is not None else None
            if entry is not None and entry.state is not None:
                counts[entry.state] = counts.get(entry.state, 0) + 1
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]

    def _group(self, at: int, item: _Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        start = item.mention.span.start
        owner = self._owner_name(at, item, phrase)
        if phrase.determiner in ("the", "these", "those") and not (
            phrase.entry or owner or phrase.before or phrase.complement
        ):
            said = [k for p, k in self._by_noun.get(phrase.noun, []) if p < start]
            if said:
                return self._found(said[-1], f"the {phrase.noun} named last: {said[-1].name}")
        name = describe(words, phrase, owner)
        known = self._make(name, "group", item, belongs=phrase.entry.name if phrase.entry else None)
        voice = voice_of_role(phrase.role, phrase.noun, words)
        if voice == "party" and item.mention.kind == "collective" and phrase.noun in words_of("hidden_groups"):
            voice = "anonymous"
        known.voices[voice] = known.voices.get(voice, 0) + 1
        self._by_noun.setdefault(phrase.noun, []).append((start, known))
        return self._found(known, "as worded")

    # -- pronouns -------------------------------------------------------------------------------------------------

    def _pronoun(self, at: int, item: _Item) -> tuple[Known | None, Resolution]:
        low = item.mention.span.of(self._text).lower()
        none = "person" if item.mention.gender else "unknown"
        if low in ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"):
            why = "first person: the speaker of the quotation" if item.quoted else "first person outside a quotation"
            return None, Resolution(UNRESOLVED, "unknown", "party", why)
        gendered = item.mention.gender is not None
        plural = item.mention.number == "plural"
        for back in range(_REACH + 1):
            near = self._compatible(at, item, item.sentence - back, gendered=gendered, plural=plural)
            if not near:
                continue
            subjects = [other for other in near if other.subject]
            for pool in (subjects, near):
                actors = list(dict.fromkeys(other.actor for other in pool if other.actor is not None))
                if len(actors) > 1 and gendered:
                    actors = [k for k in actors if k.gender == item.mention.gender] or actors
                if len(actors) == 1:
                    known = actors[0]
                    if gendered:
                        known.gender = known.gender or item.mention.gender
                        if known.person is None:
                            known.person, known.kind = True, "person"
                    where = "in the same sentence" if back == 0 else f"{back} sentence{'s' * (back > 1)} before"
                    return self._found(known, f"“{low}”: {known.name}, the nearest that fits, {where}")
                if actors:
                    break
            names = sorted({o.actor.name for o in near if o.actor is not None})
            return None, Resolution(UNRESOLVED, none, "party", f"“{low}” can be {' or '.join(names)}")
        return None, Resolution(UNRESOLVED, none, "party", f"nobody that “{low}” can be is named shortly before")

    def _compatible(self, at: int, item: _Item, sentence: int, *, gendered: bool, plural: bool) -> list[_Item]:
        found = []
        for k in range(at - 1, max(-1, at - 60), -1):
            other = self._items[k]
            if other.sentence < sentence:
                break
            known = other.actor
            if other.sentence != sentence or known is None or (other.quoted and not item.quoted):
                continue
            if other.mention.span.end > item.mention.span.start:
                continue
            if gendered:
                fits = known.person is not False and known.gender in (None, item.mention.gender)
                fits = fits and known.kind in ("person", "unknown", "office") and other.mention.kind != "office"
            elif plural:
                fits = known.kind == "group" or other.mention.number == "plural"
            else:
                fits = known.person is not True and known.kind in ("state", "organisation", "office", "unknown")
                fits = fits and other.mention.number == "singular" and other.mention.kind not in ("role", "anonymous")
            if fits:
                found.append(other)
        return found

    # -- asking ---------------------------------------------------------------------------------------------------

    def resolve(self, mention: Mention) -> Resolution:
        """Return whom a mention names. A mention that the roster was not given is read now."""
        item = self._by_mention.get(mention)
        if item is None:
            return self.resolve_span(mention.span)
        if item.actor is not None:
            self._used[item.actor] = None
        return item.resolution or Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")

    def resolve_span(self, span: Span) -> Resolution:
        """Return whom any run of words names: by the mention in it that heads it, else by reading the words afresh."""
        return self._resolve_items(span)

    def _inside(self, span: Span) -> list[_Item]:
        first = bisect_right(self._places, max(0, span.start - 80))
        last = bisect_right(self._places, span.end)
        return [
            i for i in self._items[first:last] if span.contains(i.mention.head) and i.mention.head.start >= span.start
        ]

    def _resolve_items(self, span: Span) -> Resolution:
        text = span.of(self._text)
        inside = self._inside(span)
        for item in inside:
            if item.mention.span == span or item.mention.head == span:
                return self.resolve(item.mention)
        whole = [i for i in inside if i.mention.span.end <= span.end + 2]
        tops = [
            i
            for i in whole
            if not any(
                o is not i and o.mention.span.contains(i.mention.span) and o.mention.span != i.mention.span
                for o in whole
            )
        ]
        for item in tops:
            head = item.mention
            lead = self._text[span.start : max(span.start, head.span.start)].strip(' "“‘(\n').lower()
            if (
                not lead
                or lead in ("the", "a", "an", "so-called", "the so-called")
                or (item.mention.kind in ("name", "organisation", "state", "outlet") and len(lead.split()) <= 6)
            ):
                return self.resolve(item.mention)
        fresh = self._fresh(span)
        if fresh is not None:
            return fresh
        if tops:
            return self.resolve(tops[0].mention)
        issuer = self._issuer(span, text)
        if issuer is not None:
            return issuer
        words = worded(text)
        if not any(c.isalpha() for c in words):
            return Resolution(UNRESOLVED, "unknown", "party", "no words to read")
        known = self._plain.setdefault(words, Known(words, "unknown", {words: None}, person=False))
        known.voices.setdefault(voice_of_role(words.lower(), words.lower().split()[-1], words), 1)
        self._used[known] = None
        return self._found(known, "as worded")[1]

    def _fresh(self, span: Span) -> Resolution | None:
        """Read words that no mention covers."""
        words = split_words(self._text, span.start, span.end)
        if len(words) == 1:
            pronoun = pronoun_of(words[0])
            if pronoun is not None:
                item = self._item(pronoun, None, None)
                known, resolution = self._pronoun(bisect_right(self._places, span.start), item)
                if known is not None:
                    self._used[known] = None
                return resolution
        phrase, reader = self._parse(span)
        if phrase is None or reader is None or phrase.kind in ("adjective", "region", "quantity"):
            return None
        item = self._item(mention_of(phrase, reader), phrase, reader)
        if phrase.kind == "name" and item.actor is None:
            self._short_name(item)
        elif phrase.kind == "organisation" and phrase.entry is None:
            item.actor = self._index.body(self._words(item))
        if item.resolution is None:
            item.actor, item.resolution = self._identify(-1, item, phrase)
        if item.actor is not None:
            self._used[item.actor] = None
        return item.resolution

    def _issuer(self, span: Span, text: str) -> Resolution | None:
        """Resolve "the statement", "the offer" to who spoke last before it."""
        if not issuer_word(text):
            return None
        for k in range(bisect_right(self._places, span.start) - 1, -1, -1):
            item = self._items[k]
            if item.sentence < self._sentence(span.start) - 3:
                break
            if item.actor is not None and item.subject and not item.quoted and item.mention.kind != "pronoun":
                self._used[item.actor] = None
                return self._found(item.actor, f"“{worded(text)}” is of who spoke last: {item.actor.name}")[1]
        return None

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors: the persons and bodies that the document names, and all that was resolved to."""
        known: dict[Known, None] = {}
        for item in self._items:
            if item.actor is not None and (item.actor.kind != "unknown" or item.actor in self._used):
                known[item.actor] = None
        known.update(self._used)
        merged: dict[str, Actor] = {}
        for actor in known:
            record = actor.record()
            old = merged.get(record.name)
            if old is not None:
                record = Actor(
                    old.name, old.kind, tuple(sorted({*old.names, *record.names})),
                    tuple(dict.fromkeys([*old.roles, *record.roles])), old.belongs_to or record.belongs_to,
                )  # fmt: skip
            merged[record.name] = record
        return tuple(merged[name] for name in sorted(merged))


def voice_of(known: Known) -> str:
    """Return the voice that an actor speaks in, by the roles that the text gives it."""
    if known.kind == "outlet":
        return "reporter"
    for voice in ("reporter", "expert", "anonymous"):
        if known.voices.get(voice, 0) and known.voices[voice] >= known.voices.get("party", 0):
            return voice
    return "party"


def fold_same(a: str, b: str) -> bool:
    """Tell whether two names have the same words."""
    return keys_of(a) == keys_of(b)


__all__ = ["FIRST", "Resolution", "Roster", "gazetteer"]
