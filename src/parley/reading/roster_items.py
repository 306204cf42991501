"""The mentions of one document laid out for resolving: where they stand, whose names they are, who holds which role.

Internal to the roster.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

from parley.reading.actor_words import government_of, noun_key, state_adjective, voice_of_role, worded
from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.mentions import Mention, blocks, phrases, seen_words
from parley.reading.name_index import Known, NameIndex, keys_of, trimmed, unique
from parley.reading.noun_phrases import Phrase, Reader
from parley.reading.phrase_words import FIRST, TITLES, split_words
from parley.reading.roster_records import Item, Office, Resolution, Trail
from parley.records import UNRESOLVED, Span

SAYING = words_of("speech") - frozenset(
    ["will", "would", "has", "had", "have", "is", "was", "are", "were", "did", "does", "met"]
)
_AUXILIARIES = words_of("speech") - SAYING
_REGNAL = words_of("regnal")
_SENTENCE = re.compile(r"[.!?…][\"”’)»\]]*\s+(?=[\"“‘(«\[]?[A-ZÀ-Þ0-9])")
_RECENT = 600  # characters within which a full name tells whose an ambiguous surname is
_USED = 3  # times that a surname stands before a namesake is introduced
_GLUED = re.compile(r"\b(\w{4,})\1\b")
_FEMALE = re.compile(r"\b(?:first lady|wife|daughter|sister|mother|widow|niece)[\s,]*$")
_MALE = re.compile(r"\b(?:husband|son|brother|father|nephew)[\s,]*$")
_SIDES = frozenset(["north", "south", "east", "west"])
_QUARTERS = _SIDES | {"northern", "southern", "eastern", "western", "central", "latin", "upper", "lower"}
_THINGS = words_of("thing_heads")
_OF_STATE = frozenset(["ministry", "department", "parliament", "army", "navy", "treasury", "embassy", "cabinet"])
_KIN = re.compile(
    r"\b(?:first lady|wife|husband|sons?|daughters?|brother|sister|father|mother|widow|nephew|niece|cousin|\w-in-law)\b"
)
_GAP = re.compile(r",\s{1,3}|\s?\(|\s[–—-]\s")

_OUT_OF_OFFICE = re.compile(
    r",\s+(?:an?\s+)?(?:[\w-]+\s){0,3}(?:former|ex-\w+|retired)\b|"
    r",\s+(?:(?:an?|the)\s[^.!?\n,]{0,80}\s)?who\s[^.!?\n,]{0,120}?"
    r"\b(?:served as|resigned as|in exile|abroad|in opposition)\b"
)
"""What follows the name of somebody who speaks for no side any more."""

_ASIDE = re.compile(r",\s(?:[A-Z]\.|[^.!?\n“”\"]){3,140}?,\s+(?:who\s+)?(\w+)")
"""What stands between a name and its verb: ", head of the union, said"."""
_BEFORE_OBJECTS = frozenset("of to with by for from against on about in at over between met and or told".split())
"""Words after which somebody is no subject."""
_PRESENT = re.compile(r"[a-z]+[^su\W]s")
"""What can be a verb of the present: "cares"."""
_SHORT = 3
"""Letters up to which capitals can be initials: "JD Vance"."""
_OPENER = 24
"""Characters that words before a subject at the beginning of a sentence may take."""


class Sheet:
    """All mentions of a document in order, with the names and the roles that it gives."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], quotations: Sequence[Span], skip: Sequence[Span]
    ) -> None:
        self.text = text
        self.plain: dict[str, Known] = {}  # actors that are no persons and no named bodies, by name
        self.offices: dict[tuple[Known, str, str, str | None], Office] = {}
        self.by_noun: dict[str, Trail] = {}
        self._first: dict[Known, int] = {}
        self._full: dict[Known, list[int]] = {}
        self._relatives: dict[tuple[Known, str], bool] = {}
        self._uses: dict[str, list[int]] = {}  # where one-word names stand
        self._seen = seen_words(text)
        self.index = NameIndex(self._seen[0])
        self._sentences = self._sentence_starts()
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._quotes = sorted(quotations)
        self._quote_starts = [span.start for span in self._quotes]
        self.items = self._read(mentions, skip)
        self.places = [item.start for item in self.items]
        self._name_all()
        self._appose_all()

    # -- where things stand ----------------------------------------------------------------------------------------

    def _sentence_starts(self) -> list[int]:
        starts: list[int] = []
        for block in blocks(self.text):
            starts.append(block.start)
            for match in _SENTENCE.finditer(self.text, block.start, block.end):
                before = self.text[max(block.start, match.start() - 12) : match.start() + 1].split()
                word = before[-1].lower() if before else ""
                if word not in TITLES and not re.fullmatch(r"[(\"“]?(?:[a-z]\.)+", word):
                    starts.append(match.end())
        return starts or [0]

    def sentence(self, at: int) -> int:
        """Return the number of the sentence at a place."""
        return bisect_right(self._sentences, at) - 1

    def line(self, at: int) -> int:
        """Return the number of the line at a place, from 1."""
        return bisect_right(self._lines, at)

    def quoted(self, at: int) -> bool:
        """Tell whether a place lies in a quotation."""
        place = bisect_right(self._quote_starts, at) - 1
        return any(span.start <= at < span.end for span in self._quotes[max(0, place - 2) : place + 1])

    def quotation(self, at: int) -> Span | None:
        """Return the quotation that a place lies in."""
        place = bisect_right(self._quote_starts, at) - 1
        return next((q for q in self._quotes[max(0, place - 2) : place + 1] if q.start <= at < q.end), None)

    def before(self, at: int) -> int:
        """Return how many items start before a place."""
        return bisect_right(self.places, at - 1)

    def _read(self, mentions: Sequence[Mention], skip: Sequence[Span]) -> list[Item]:
        read = {mention: (phrase, reader) for mention, phrase, reader in phrases(self.text, tuple(skip))}
        items = []
        for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.head, m.kind)):
            phrase, reader = read.get(mention, (None, None))
            if phrase is None and mention.kind != "pronoun":
                phrase, reader = self.parse(mention.span)
            items.append(self.item(mention, phrase, reader))
        for a, b in pairwise(items):
            if a.weight > b.weight and self.text[a.mention.span.end : b.start].strip(" ,\n") == "and":
                b.weight = a.weight
        return items

    def parse(self, span: Span) -> tuple[Phrase | None, Reader | None]:
        """Read the words of a span as one phrase."""
        reader = Reader(split_words(self.text, span.start, span.end), *self._seen)
        phrase = reader.read(0) if reader.words else None
        return (reader.complete(phrase), reader) if phrase is not None else (None, None)

    def item(self, mention: Mention, phrase: Phrase | None, reader: Reader | None) -> Item:
        """Lay out one mention."""
        at = mention.span.start
        return Item(mention, phrase, reader, self.sentence(at), self.quoted(at), self._weight(mention))

    def _weight(self, mention: Mention) -> int:
        span = mention.span
        after = self.text[span.end : span.end + 40]
        if re.match(r"['’]s?\b", after) and mention.kind != "pronoun":
            return 0
        word = re.match(r"[\s,]{0,2}(\w+)", after)
        verb = word.group(1).lower() if word else ""
        head = self.text[max(0, span.start - 24) : span.start].rstrip()
        last = head.split()[-1].lower() if head else ""
        if after.startswith(",") and mention.kind not in ("name", "role", "anonymous", "pronoun"):
            verb = ""
        elif after.startswith(",") and mention.kind == "name":
            aside = _ASIDE.match(self.text, span.end, span.end + 200)
            verb = aside.group(1).lower() if aside and verb not in SAYING else verb
        person = mention.kind in ("name", "role", "pronoun") and last not in _BEFORE_OBJECTS
        if (
            verb in SAYING
            or (person and verb.endswith("ed"))
            or not head
            or self._opens(span.start)
            or re.search(r"(?:[.!?]|[.,!?][\"”]|“)$", head)
        ):
            return 2
        if last in ("said", "says", "added", "adds", "insisted", "wrote", "warned", "explained", "told"):
            return 2 if re.search(r"[\"”’]\s*\w+$", head) else 0
        if (
            verb in _AUXILIARIES
            or (last == "that" and mention.kind == "name" and _PRESENT.fullmatch(verb) is not None)
            or last in ("but", "when", "while", "as", "although", "though")
            or head.endswith(", and")
        ):
            return 1
        return 2 if span.start in self._starts_set else 0

    def _opens(self, at: int) -> bool:
        """Tell whether nothing but a word or two and a comma stands before a place in its sentence: "Instead, …"."""
        words = self.text[self._sentences[self.sentence(at)] : at]
        return len(words) < _OPENER and words.rstrip().endswith(",") and len(words.split()) <= 2

    @property
    def _starts_set(self) -> frozenset[int]:
        cached: frozenset[int] | None = getattr(self, "_start_cache", None)
        if cached is None:
            cached = self._start_cache = frozenset(self._sentences)
        return cached

    def words(self, item: Item) -> str:
        """Return the naming words of an item on one line."""
        return " ".join(item.mention.head.of(self.text).split())

    # -- names -----------------------------------------------------------------------------------------------------

    def _name_all(self) -> None:
        """Full names and bodies first, wherever they stand; then short names, to whom they belong."""
        later: list[Item] = []
        openers: list[Item] = []
        doubled: list[Item] = []
        for item in self.items:
            phrase = item.phrase
            if phrase is None or phrase.known or phrase.kind not in ("name", "organisation"):
                continue
            name = self.words(item)
            if phrase.kind == "organisation":
                if phrase.head[1] - phrase.head[0] == 1 and not phrase.determiner:
                    later.append(item)
                else:
                    self._name_body(item)
            elif phrase.determiner in ("the", "a", "an") and not phrase.person and not item.mention.gender:
                if len(keys_of(name)) > 1:
                    self._name_body(item)
            elif keys_of(name)[-1] in _THINGS and not phrase.person and len(keys_of(name)) > 1:
                self._name_body(item)
            elif len(keys_of(name)) > 1 and (len(set(keys_of(name))) == 1 or _GLUED.search(name)):
                doubled.append(item)
            elif len(keys_of(name)) > 1 and not (name.isupper() and len(name) > 12):
                if self._opened(item):
                    openers.append(item)
                else:
                    self._name_full(item, name)
            elif len(keys_of(name)) == 1:
                self._uses.setdefault(keys_of(name)[-1], []).append(item.start)
        for item in openers:
            self._name_opener(item)
        for item in doubled:
            last = self.words(item).split()[-1]
            self._name_short(item, _GLUED.sub(r"\1", last))
        for item in later:
            item.actor = unique(known for known in self.index.find(self.words(item)) if known.person)
            if item.actor is None:
                self._name_body(item)
        for item in self.items:
            if item.actor is None and item.phrase is not None and item.phrase.kind == "name":
                self.name_short(item)

    def _name_opener(self, item: Item) -> None:
        """Settle words of which the first may be no part of the name, as it opens the sentence: "Repeated Danish"."""
        head, _, rest = self.words(item).partition(" ")
        state, alone = self._state_of(rest), " " not in rest
        if state is not None and head.lower() not in _QUARTERS:
            item.actor = self.plain.setdefault(state, Known(state, "state", person=False))
            return
        shouted = len(head) > _SHORT and head.isupper()
        often = alone and bisect_left(self._uses.get(keys_of(rest)[-1], []), item.start) >= _USED
        met = often or any(known.person for known in self.index.find(rest))
        if rest.split()[0].lower() in FIRST and not alone:
            self._name_full(item, rest)
        elif alone and (shouted or (met and head.lower() not in self._seen[1])):
            self._name_short(item, rest)
        else:
            self._name_full(item, self.words(item))

    @staticmethod
    def _state_of(name: str) -> str | None:
        """Return the state that a name, a people or a seat of government stands for; None where it is none."""
        entry = gazetteer().get(name)
        return entry.state if entry is not None and entry.kind == "state" else None

    @staticmethod
    def _opened(item: Item) -> bool:
        """Tell whether a name begins with the first word of its sentence, or one all in capitals, that is no known
        first name: "WATCHED Vidal".
        """
        phrase, reader = item.phrase, item.reader
        if phrase is None or reader is None or phrase.title or phrase.person:
            return False
        word = reader.words[phrase.head[0]]
        last = reader.words[phrase.head[1] - 1].text
        shouted = len(word.text) > _SHORT and word.text.isupper() and not last.isupper()
        return (word.first or shouted) and word.low not in FIRST

    def _name_full(self, item: Item, name: str) -> None:
        item.actor = self.index.person(name)
        item.actor.gender = item.actor.gender or item.mention.gender or self._kin(item)
        self._first[item.actor] = min(self._first.get(item.actor, item.start), item.start)
        insort(self._full.setdefault(item.actor, []), item.start)
        self._affiliate(item)

    def _name_body(self, item: Item) -> None:
        if government_of(self.words(item)) is not None:
            return  # the state, of which it is no body beside others
        item.actor = self.index.body(self._body_name(item))
        entry = item.phrase.entry if item.phrase is not None else None
        if entry is not None and entry.kind == "state" and keys_of(item.actor.name)[-1] in _OF_STATE:
            item.actor.belongs = item.actor.belongs or entry.name
        after = self.text[item.mention.span.end : item.mention.span.end + 20]
        short = re.match(r"\s*(?:\(([A-Z][A-Za-z&.\-]{1,11})\)|,\s([A-Z]{2,8}),)", after)
        if short:
            self.index.abbreviate(item.actor, short.group(1) or short.group(2))

    def _body_name(self, item: Item) -> str:
        name, phrase = self.words(item), item.phrase
        state = phrase.entry if phrase is not None else None
        if phrase is None or state is None or state.kind != "state":
            return name
        adjective = state_adjective(state.state or state.name)
        if name.startswith(f"{state.name} ") and "Ministry" in name:
            return f"{adjective}{name[len(state.name) :]}"
        return name if phrase.owner is None or name.startswith(adjective) else f"{adjective} {name}"

    def name_short(self, item: Item) -> None:
        """Settle whose a surname or other short name is; leave it unresolved where it can be two."""
        self._name_short(item, self.words(item))

    def _name_short(self, item: Item, name: str) -> None:
        phrase = item.phrase
        if phrase is None:
            return
        half = self._half(name) if phrase.determiner == "the" else None
        if half is not None:
            item.actor = self.plain.setdefault(half, Known(half, "state", person=False))
            item.actor.forms[name] = None
            return
        if phrase.title in _REGNAL and " " not in name:
            name = f"{phrase.title.capitalize()} {name}"
        able = [known for known in self.index.find(name) if not self._late(known, name)]
        if phrase.person or item.mention.gender:
            able = [known for known in able if known.person is not False] or able
        if item.mention.gender:
            able = [known for known in able if known.gender in (None, item.mention.gender)]
        if len(able) > 1 and phrase.noun:
            holders = {office.known for office in self.offices.values() if office.phrase.noun == phrase.noun}
            able = [known for known in able if known in holders] or able
        if len(able) > 1:
            named = [known for known in able if self._first.get(known, item.start) < item.start]
            able = named if len(named) == 1 else able
        if len(able) > 1:
            able = self._named_last(able, item.start)
        if len(able) > 1:
            ranked = sorted(able, key=lambda known: -len(self._full.get(known, [])))
            times = [len(self._full.get(known, [])) for known in ranked]
            able = ranked[:1] if times[0] >= 2 * times[1] > 0 else able
        if len(able) > 1:
            why = f"{name} can be {' or '.join(sorted(known.name for known in able))}"
            item.resolution = Resolution(UNRESOLVED, "person", "party", why)
            return
        known = able[0] if able else None
        if known is None:
            known = self.index.body(trimmed(name), kind="unknown")
            known.person = None
        if (phrase.person or item.mention.gender) and known.person is None:
            known.person, known.kind = True, "person"
        known.gender = known.gender or item.mention.gender
        known.forms[name] = None
        item.actor = known
        self._affiliate(item)

    def _half(self, name: str) -> str | None:
        """Return the state that "the North" or "the South" is: the only one of the document with that word."""
        if name.lower() not in _SIDES:
            return None
        entries = (item.phrase.entry for item in self.items if item.phrase is not None)
        states = {e.state for e in entries if e is not None and e.state and e.state.split()[0] == name}
        return min(states) if len(states) == 1 else None

    def _late(self, known: Known, name: str) -> bool:
        """Tell whether a surname stood for somebody else before this relative (or woman) of the same name came up."""
        if known not in self._first:
            return False
        if (known, name) not in self._relatives:
            self._relatives[known, name] = self._relative(known, name)
        return self._relatives[known, name]

    def _relative(self, known: Known, name: str) -> bool:
        first = self._first[known]
        alone = self._uses.get(keys_of(name)[-1], [])
        last = alone[at - 1] if (at := bisect_left(alone, first)) else first
        if re.search(rf"\b{re.escape(name)} and\s+(?:\w+\s+){{0,2}}$", self.text[max(last, first - 60) : first]):
            return True
        if known.gender != "female" and not _KIN.search(self.text[max(0, first - 40) : first + 40]):
            return False
        enough = 1 if self._kin_at(first) else _USED
        return at >= enough

    def _kin_at(self, place: int) -> str | None:
        before = self.text[max(0, place - 30) : place]
        return "female" if _FEMALE.search(before) else "male" if _MALE.search(before) else None

    def _kin(self, item: Item) -> str | None:
        """Return the gender that "his wife", "her son" before a name shows."""
        return self._kin_at(item.mention.head.start) or self._kin_at(item.start)

    def _named_last(self, able: list[Known], before: int) -> list[Known]:
        """Return the one of several who was named in full last, shortly before and in a sentence without the others."""
        places = {known: self._full.get(known, []) for known in able}
        last = {known: row[at - 1] for known, row in places.items() if (at := bisect_left(row, before))}
        nearest = max(last.values(), default=-_RECENT)
        if nearest <= before - _RECENT:
            return able
        return [known for known in able if known in last and self.sentence(last[known]) == self.sentence(nearest)]

    # -- roles -----------------------------------------------------------------------------------------------------

    def _affiliate(self, item: Item) -> None:
        """Note the role that a name carries before it, and where the person belongs."""
        phrase, known = item.phrase, item.actor
        if phrase is None or known is None:
            return
        if _OUT_OF_OFFICE.match(self.text, item.mention.span.end, item.mention.span.end + 240):
            known.voices["expert"] = known.voices.get("expert", 0) + 2
        if phrase.noun:
            self.hold(item, known)
        elif phrase.owner is not None and phrase.owner.entry is not None and phrase.owner.entry.kind == "outlet":
            known.voices["reporter"] = known.voices.get("reporter", 0) + 1
        if phrase.entry is not None and known.belongs is None:
            known.belongs = phrase.entry.name

    def hold(self, item: Item, known: Known) -> None:
        """Note that an actor holds the role of an item."""
        phrase = item.phrase
        if phrase is None:
            return
        if known.person is None and phrase.kind != "body":
            known.person, known.kind = True, "person"
        full = item.mention.span.of(self.text)
        if phrase.kind == "name":
            full = full.replace(item.mention.head.of(self.text), "")
        words = worded(full).split()
        while words and words[-1].lower() in TITLES:
            words.pop()
        label = " ".join(words)
        if label:
            known.roles[label] = None
        key = (known, phrase.role, phrase.noun, phrase.entry.name if phrase.entry is not None else None)
        insort(self.offices.setdefault(key, Office(phrase, known, [])).places, item.start)
        if phrase.noun:
            self.note(phrase.noun, item.start, known)
        voice = voice_of_role(phrase.role, phrase.noun, label)
        known.voices[voice] = known.voices.get(voice, 0) + 1
        known.gender = known.gender or item.mention.gender
        if phrase.entry is not None and known.belongs is None:
            known.belongs = phrase.entry.name

    def note(self, noun: str, at: int, known: Known) -> None:
        """Note that a common noun ("the union") stood for an actor."""
        self.by_noun.setdefault(noun_key(noun), Trail([], [])).put(at, known)

    def last_noun(self, noun: str, before: int) -> Known | None:
        """Return the actor for whom a common noun stood last before a place."""
        trail = self.by_noun.get(noun_key(noun))
        return trail.last(before) if trail is not None else None

    def _appose_all(self) -> None:
        """Roles in apposition: "X, the envoy", "the envoy, X"."""
        outer: list[Item] = []
        for item in self.items:
            if item.phrase is None:
                continue
            while outer and outer[-1].mention.span.end <= item.start - 5:
                outer.pop()
            for other in outer[-3:]:
                if other.mention.span.end <= item.start:
                    self._appose(other, item)
            outer.append(item)
            del outer[:-6]

    def _appose(self, a: Item, b: Item) -> None:
        if a.phrase is None or b.phrase is None or a.resolution or b.resolution:
            return
        if not _GAP.fullmatch(self.text[a.mention.span.end : b.start]):
            return
        after = self.text[b.mention.span.end : b.mention.span.end + 8].lstrip(", ")
        one, two = a.phrase.kind, b.phrase.kind
        named = a.actor is not None and one in ("name", "organisation")
        if named and a.actor is not None and two == "role" and a.actor.person is not False:
            if not after.startswith(("and ", "or ")) and b.actor is None:
                b.actor = a.actor
                self.hold(b, a.actor)
        elif one == "role" and two == "name" and b.actor is not None and a.actor is None:
            listed = after.startswith(("and ", "or ")) or (b.phrase.person and not after[:1].islower())
            if not listed and b.actor.person is not False:
                a.actor = b.actor
                self.hold(a, b.actor)
        elif named and a.actor is not None and two == "body" and a.actor.person is not True and b.phrase.determiner:
            b.actor = a.actor
            self.note(b.phrase.noun, b.start, a.actor)
