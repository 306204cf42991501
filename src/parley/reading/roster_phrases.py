"""Whom roles, offices, common bodies and groups stand for in a document. Internal to the roster."""

from __future__ import annotations

import re
from functools import cached_property

from parley.reading.actor_words import describe, government_of, state_adjective, voice_of_role, worded
from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.group_words import AGENTS, SERVANTS, party, plain_group
from parley.reading.name_index import Known, keys_of, unique
from parley.reading.phrase_shapes import Phrase
from parley.reading.phrase_words import OWNERS
from parley.reading.pronouns import resolve_pronoun
from parley.reading.roster_bodies import Bodies, is_other_rule
from parley.reading.roster_items import Sheet
from parley.reading.roster_records import Item, Resolution, found
from parley.reading.roster_roles import Roles
from parley.records import UNRESOLVED

_HIDDEN_GROUPS = words_of("hidden_groups")
_SENT = frozenset(["delegates"])
_TRADERS = words_of("traders")
_LOCAL = words_of("local_groups")
_ORGANISATIONS = words_of("organisations") - set("government regime state country nation party house school".split())


def _placed(words: str, phrase: Phrase) -> str:
    """Return the words of officials without where they are; where they come from goes before: "Russian officials"."""
    where, noun = phrase.complement, phrase.noun
    if noun != "officials" or where is None or where.entry is None or where.entry.kind != "state":
        return words
    head = words.partition(f" {phrase.preposition} ")[0]
    adjective = state_adjective(where.entry.state or where.entry.name)
    if phrase.preposition == "from":
        return re.sub(r"\bofficials$", f"{adjective} officials", head, flags=re.I)
    told = phrase.preposition == "in" and re.search(rf"\b{re.escape(adjective)}\b", head.replace("U.S.", "US"))
    return head if told else words


class Settler(Roles, Bodies):
    """Settles the items of a sheet, from first to last."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        for at, item in enumerate(sheet.items):
            self.settle(at, item)

    def settle(self, at: int, item: Item) -> None:
        """Give an item its actor and resolution; *at* is its place among the items, or -1."""
        if item.resolution is not None:
            return
        if item.mention.kind == "pronoun":
            item.actor, item.resolution = resolve_pronoun(self.sheet, at, item)
        elif item.phrase is None:
            item.resolution = Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")
        else:
            item.actor, item.resolution = self._identify(at, item, item.phrase)
            usual = item.phrase.kind == "body" and item.phrase.determiner in ("", "the")
            if item.actor is not None and usual and not is_other_rule(item.phrase):
                self.sheet.note(item.phrase.noun, item.start, item.actor)

    def _identify(self, at: int, item: Item, phrase: Phrase) -> tuple[Known | None, Resolution]:
        place = f"line {self.sheet.line(item.start)}"
        words, name = worded(item.mention.span.of(self.sheet.text)), self.sheet.words(item)
        people = party(words)
        if people is not None:
            return found(self.make(people, "group", words), f"“{words}” are the {people}")
        ruled = government_of(name)
        if ruled is not None:
            return found(self.make(ruled.name, "state", words), f"the government of {ruled.name}")
        outlet = self._outlet(phrase, name)
        if outlet is not None:
            return found(outlet, f"short for {outlet.name}, which the text names")
        if item.actor is not None:
            if item.actor.known_as:
                return found(item.actor, item.actor.known_as)
            full = keys_of(name) == keys_of(item.actor.name)
            return found(item.actor, f"named {place}" if full else f"“{words}” is {item.actor.name}, {place}")
        if phrase.known:
            return self._entry(phrase, name)
        if phrase.kind == "role":
            return self._role(at, item, phrase, words)
        if phrase.kind == "body":
            return self._body(at, item, phrase, words)
        if phrase.kind == "quantity":
            return found(self.make(words.lower(), "group", words), "as worded")
        return self._group(at, item, phrase, words)

    def _outlet(self, phrase: Phrase, words: str) -> Known | None:
        """Return the one outlet of the document that "the Journal" is short for."""
        entry, word = phrase.entry if phrase.known else None, words.removeprefix("The ")
        if (word == words and phrase.determiner != "the") or " " in word or not word[:1].isupper():
            return None
        if entry is not None and entry.kind != "outlet":
            return None
        able = [name for name in self._outlets if name.endswith(f" {word}") and name != f"The {word}"]
        return self.make(able[0], "outlet", word) if len(able) == 1 else None

    @cached_property
    def _outlets(self) -> frozenset[str]:
        """The outlets that the document names."""
        phrases = (item.phrase for item in self.sheet.items if item.phrase is not None and item.phrase.known)
        return frozenset(p.entry.name for p in phrases if p.entry is not None and p.entry.kind == "outlet")

    def _entry(self, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        entry = phrase.entry
        if entry is None:
            return None, Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")
        if entry.form == "people" and phrase.determiner != "the":
            return found(self.make(words, "group", words, belongs=entry.name), f"people of {entry.name}")
        known = self.make(
            entry.name, entry.kind, words, belongs=entry.state if entry.kind in ("office", "outlet") else None
        )
        reasons = {"capital": f"capital of {entry.name}", "people": f"people of {entry.name}"}
        reason = reasons.get(entry.form, "named")
        return found(known, f"{entry.name} is its city" if reason[:3] == "cap" and entry.kind != "state" else reason)

    def _group(self, at: int, item: Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        owner = self._owner(at, item)
        bare = not (phrase.entry or owner or phrase.before or phrase.complement)
        if bare and phrase.determiner in ("the", "these", "those"):
            last = self.sheet.last_noun(phrase.noun, item.start)
            if last is not None:
                return found(last, f"the {phrase.noun} named last: {last.name}")
        agent = self._agent(phrase, owner)
        if agent is not None:
            return found(agent, f"{phrase.noun} of {agent.name}")
        usual = _placed(self._unclaused(words), phrase)
        name = plain_group(describe(usual, phrase, owner.name if owner else None), phrase.noun)
        ours = phrase.role in (phrase.noun, f"government {phrase.noun}") and phrase.determiner not in OWNERS
        if bare and ours and phrase.noun in SERVANTS:
            name = self._of_state(name, phrase.noun, item.start)
        elif bare and "administration" in phrase.role.split():
            name = self._executive(name)
        elif bare and phrase.role == phrase.noun:
            name = self._of_what(name, phrase.noun)
            name = self._from_home(name, phrase.noun) or name
        body = self._whose(phrase, item.start) if bare else None
        if body is not None:
            common = phrase.role.split()[-2]
            name = re.sub(rf"\b{common} (?={phrase.noun}\b)", f"{body.name} ", name, flags=re.IGNORECASE)
        above = phrase.entry.name if phrase.entry else body.name if body is not None else phrase.house or None
        known = self.make(name, "group", words, belongs=above)
        voice = voice_of_role(phrase.role, phrase.noun, words)
        if voice == "party" and item.mention.kind == "collective" and phrase.noun in _HIDDEN_GROUPS:
            voice = "anonymous"
        known.voices[voice] = known.voices.get(voice, 0) + 1
        self.sheet.note(phrase.noun, item.start, known)
        return found(known, "as worded")

    def _agent(self, phrase: Phrase, owner: Known | None) -> Known | None:
        """Return the state or movement for which troops, envoys and the like act."""
        if phrase.noun not in AGENTS or "former" in phrase.role.split():
            return None
        if owner is not None:
            return owner if owner.kind in ("state", "organisation") else None
        if phrase.entry is not None and phrase.complement is None and phrase.entry.kind in ("state", "organisation"):
            return self.make(phrase.entry.name, phrase.entry.kind, phrase.entry.name)
        named = unique(self.sheet.index.find(" ".join(phrase.before))) if phrase.before else None
        return named if named is not None and named.person is not True else None

    def _whose(self, phrase: Phrase, start: int) -> Known | None:
        """Return the named body that the word before a group's stands for: "union leaders", "board members"."""
        words = phrase.role.split()
        if len(words) < 2 or words[-2] not in _ORGANISATIONS:
            return None
        last = self.sheet.last_noun(words[-2], start) or self.sheet.last_named(words[-2], start)
        return last if last is not None and last.kind == "organisation" and last.name[0].isupper() else None

    @cached_property
    def _homes(self) -> dict[str, set[str]]:
        """The places that the document gives groups of a kind: "Chicago" and no other to "teachers"."""
        homes: dict[str, set[str]] = {}
        for item in self.sheet.items:
            phrase = item.phrase
            if phrase is None or item.mention.kind != "group" or phrase.complement is not None:
                continue
            entry = phrase.entry
            if entry is not None and entry.kind == "state":
                homes.setdefault(phrase.noun, set()).add(state_adjective(entry.name))
            elif phrase.before:
                homes.setdefault(phrase.noun, set()).add(" ".join(phrase.before))
        return homes

    def _from_home(self, name: str, noun: str) -> str | None:
        """Return "Chicago teachers" for "teachers", where the document names them so and no others."""
        homes = self._homes.get(noun, set())
        if len(homes) != 1 or noun not in _LOCAL:
            return None
        return re.sub(rf"^(?:the )?(?:[\d,.]+ )?{noun}$", f"{min(homes)} {noun}", name, flags=re.IGNORECASE)

    def _of_what(self, name: str, noun: str) -> str:
        """Return "OPEC delegates" for "delegates", "cocoa growers" for "growers": of what the document is about."""
        if noun in _SENT and self._about.assembly is not None:
            return re.sub(rf"\b{noun}$", f"{self._about.assembly} {noun}", name, flags=re.IGNORECASE)
        if noun in _TRADERS and self._about.commodity is not None:
            return f"{self._about.commodity} {name}"
        return name

    def _of_state(self, name: str, noun: str, start: int) -> str:
        """Return "US lawmakers" for "lawmakers", where one state is what the document is about, or had them last."""
        last = self.sheet.last_noun(noun, start)
        state = self._about.state or (last.belongs if last is not None else None)
        words = name.split()
        at = next((k for k, word in enumerate(words) if word.lower() not in ("some", "two", "three", "the")), 0)
        if state is None or noun not in name.lower():
            return name
        adjective = gazetteer().peoples.get(state, state) if noun == "mps" else state_adjective(state)  # "British MPs"
        return " ".join([*words[:at], adjective, *words[at:]])
