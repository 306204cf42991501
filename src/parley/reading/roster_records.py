"""What the roster keeps of a mention: where it stands, whom it names, and by which evidence. Internal to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from parley.reading.gazetteer import gazetteer
from parley.reading.mentions import Mention
from parley.reading.name_index import Known
from parley.reading.noun_phrases import Reader
from parley.reading.phrase_shapes import Phrase
from parley.records import ActorKind


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom words name: canonical ``name`` or UNRESOLVED, its ``kind``, the ``voice`` it speaks in, and the evidence."""

    name: str
    kind: ActorKind
    voice: str
    because: str


@dataclass(slots=True, eq=False)
class Item:
    """A mention in its place. ``weight`` is 2 for a speaker or the opening of a sentence, 1 for another subject."""

    mention: Mention
    phrase: Phrase | None
    reader: Reader | None
    sentence: int
    quoted: bool
    weight: int
    actor: Known | None = None
    resolution: Resolution | None = None

    @property
    def start(self) -> int:
        """Where the mention starts."""
        return self.mention.span.start


@dataclass(slots=True, eq=False)
class Office:
    """That somebody holds a role, and all places that say so, in order."""

    phrase: Phrase
    known: Known
    places: list[int]


@dataclass(slots=True, eq=False)
class Trail:
    """For whom a common noun stood, by place."""

    places: list[int]
    actors: list[Known]

    def put(self, at: int, known: Known) -> None:
        """Note one use."""
        place = bisect_right(self.places, at)
        self.places.insert(place, at)
        self.actors.insert(place, known)

    def last(self, before: int) -> Known | None:
        """Return the last actor before a place."""
        place = bisect_left(self.places, before)
        return self.actors[place - 1] if place else None

    def until(self, before: int) -> list[tuple[int, Known]]:
        """Return every use before a place, in order."""
        place = bisect_left(self.places, before)
        return list(zip(self.places[:place], self.actors[:place], strict=True))


def voice_of(known: Known) -> str:
    """Return the voice that an actor speaks in, by the roles that the text gives it."""
    if known.kind == "outlet":
        entry = gazetteer().get(known.name)
        return "reporter" if entry is None or entry.state is None else "party"
    for voice in ("reporter", "expert", "anonymous"):
        if known.voices.get(voice, 0) and known.voices[voice] > known.voices.get("party", 0):
            return voice
    return "party"


def found(known: Known, because: str) -> tuple[Known, Resolution]:
    """Return an actor with its resolution."""
    return known, Resolution(known.name, known.kind, voice_of(known), because)
