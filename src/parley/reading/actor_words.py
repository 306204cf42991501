"""What role words mean: which roles are the same, which voice they speak in, how a phrase is worded as a name."""

from __future__ import annotations

import re
from functools import lru_cache

from parley.reading.gazetteer import Entry, gazetteer, words_of
from parley.reading.noun_phrases import Reader
from parley.reading.people import people
from parley.reading.phrase_shapes import Phrase
from parley.reading.phrase_words import split_words

_EXPERTS, _REPORTERS = words_of("expert_roles"), words_of("reporter_roles")
_ANONYMOUS, _DOCUMENTS, _MINISTRIES = words_of("anonymous_heads"), words_of("document_words"), words_of("ministries")
_PLACES = tuple(sorted(words_of("expert_places")))
_LEADERS = frozenset(
    [
        "president",
        "premier",
        "minister",
        "chancellor",
        "leader",
        "chief",
        "dictator",
        "king",
        "queen",
        "monarch",
        "emir",
        "sultan",
        "strongman",
    ]
)
_OF_ALL = frozenset(["prime", "state", "supreme", "top"])
"""Words before a leader that leave him the leader of all."""
_CHAMBERS = frozenset(["senate", "house"])
_PLURAL_NAMES = frozenset(["States", "Nations", "Netherlands", "Philippines", "Emirates"])
_SPOKES = frozenset(["spokesman", "spokeswoman", "spokesperson"])
_CHAIRS = frozenset(["chairman", "chairwoman", "chairperson", "chair"])
_SAME = {"advisor": "adviser", "defence": "defense", "labour": "labor", "boss": "chief", "head": "chief"}
_GRADES = frozenset(["vice", "deputy", "former", "ex", "assistant", "shadow"])
_PORTFOLIOS = _MINISTRIES | frozenset(
    ["prime", "security", "press", "state", "treasury", "central", "bank", "envoy", "special", "first"]
)
_GOVERNMENT = re.compile(r"Government of (?:the )?(\S.*)")
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|these|those)\s+", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def worded(text: str) -> str:
    """Return words as a name: one line, no quotation marks at the ends, no leading article."""
    plain = " ".join(_UNSEEN.sub("", text).split()).strip(' ,;:"“”‘«»-–—')
    return _ARTICLE.sub("", plain) if len(plain.split()) > 1 else plain


def noun_key(noun: str) -> str:
    """Return a role noun's common form: "spokeswoman" and "spokesperson" are "spokesman"."""
    if noun in _SPOKES:
        return "spokesman"
    return "chair" if noun in _CHAIRS else _SAME.get(noun, noun)


def is_expert(noun: str) -> bool:
    """Tell whether a role noun is an expert's."""
    return noun in _EXPERTS


def state_adjective(state: str) -> str:
    """Return the adjective of a state, or its name where it has none."""
    return gazetteer().adjectives.get(state, state)


def government_of(name: str) -> Entry | None:
    """Return the state that "Government of …" names, or None."""
    match = _GOVERNMENT.fullmatch(name)
    entry = gazetteer().get(match[1]) if match else None
    return entry if entry is not None and entry.kind == "state" else None


def phrase_of(words: str) -> Phrase | None:
    """Read words that stand alone as one phrase; None where they are none."""
    reader = Reader(split_words(words, 0, len(words)))
    phrase = reader.read(0) if reader.words else None
    return reader.complete(phrase) if phrase is not None else None


@lru_cache(maxsize=4096)
def known_offices(name: str) -> tuple[Phrase, ...]:
    """Return a state's offices that somebody is known to hold, as coverage words them: "Danish prime minister"."""
    person = people().of(name)
    if person is None or (entry := gazetteer().get(person.side)) is None or entry.kind != "state":
        return ()
    worded_so = (phrase_of(f"{state_adjective(entry.name)} {office}") for office in person.offices)
    return tuple(phrase for phrase in worded_so if phrase is not None)


def portfolio(role: str) -> tuple[str, ...]:
    """Return the words of a role that say of what: ("foreign",) of "deputy foreign minister"."""
    return tuple(_SAME.get(w, w) for w in role.split() if w in _PORTFOLIOS)


def role_matches(asked: Phrase, held: Phrase) -> bool:
    """Tell whether a role as asked for ("the Omani minister") can be the one that somebody holds."""
    if not asked.noun or not held.noun:
        return False
    if asked.entry is not None and held.entry is not None and asked.entry.name != held.entry.name:
        one_state = asked.entry.state is not None and asked.entry.state == held.entry.state
        if not one_state:
            return False
    if asked.entry is not None and held.entry is None and held.owner is not None:
        return False
    a, b = _SAME.get(asked.noun, asked.noun), _SAME.get(held.noun, held.noun)
    pa, pb = set(portfolio(asked.role)), set(portfolio(held.role))
    ga, gb = set(asked.role.split()) & _GRADES, set(held.role.split()) & _GRADES
    if ga != gb:
        return False
    if a == b or {a, b} <= _SPOKES or {a, b} <= _CHAIRS:
        if asked.before and held.before and not set(asked.before) & set(held.before):
            return False
        return not pa or not pb or bool(pa & pb) if a != "minister" else (not pa or pa == pb or bool(pa & pb))
    if {a, b} <= _LEADERS and asked.entry is not None and asked.entry.kind == "state":
        if not (_leads_all(asked) and _leads_all(held)):
            return False
        top = b != "minister" or "prime" in pb
        return top and not (pb - {"prime", "state"}) and (a != "minister" or "prime" in pa)
    return {a, b} == {"minister", "diplomat"} and "foreign" in pa | pb


def _leads_all(phrase: Phrase) -> bool:
    """Tell whether a leader is that of the whole state: not of an opposition, nor a chief of its army."""
    return phrase.noun not in ("leader", "chief") or set(phrase.role.split()) <= {phrase.noun, *_OF_ALL}


def voice_of_role(role: str, noun: str, words: str) -> str:
    """Return the voice of a role: expert, anonymous, reporter or party."""
    low = words.lower()
    if noun in _REPORTERS:
        return "reporter"
    if noun in _ANONYMOUS or "declined to be named" in low or "anonymity" in low or "familiar with" in low:
        return "anonymous"
    if noun in _EXPERTS or "former" in role.split() or low.startswith(("former ", "ex-")):
        return "expert"
    outside = noun in (
        "director",
        "president",
        "head",
        "chief",
        "member",
        "founder",
        "chairman",
        "co-director",
        "editor",
    )
    if outside and any(place in low for place in _PLACES) and "teachers" not in low and "bank" not in low:
        return "expert"
    if noun in ("officials", "official") and "senior" in role.split():
        return "anonymous"
    return "party"


def issuer_word(text: str) -> bool:
    """Tell whether words name a document that speaks for its issuer: "the statement"."""
    words = re.findall(r"\w+", text.lower())
    return bool(words) and words[0] in ("the", "that", "this", "its", "his", "their", "a") and words[-1] in _DOCUMENTS


def possessive(name: str) -> str:
    """Return a name with its possessive mark: "Chile's", "the United States'", "House Democrats'"."""
    last = name.split()[-1]
    plural = last in _PLURAL_NAMES or (last.lower() in words_of("groups") and last.endswith("s"))
    return f"{name}'" if plural else f"{name}'s"


def describe(words: str, phrase: Phrase, owner: str | None) -> str:
    """Return the canonical wording of a phrase that names nobody: "a senior official", "Reyes's aides"."""
    plain = " ".join(words.split())
    if owner is not None and phrase.owner is None:
        plain = f"{possessive(owner)} {plain}"
    elif owner is not None and phrase.owner is not None:
        cut = re.split(r"['’]s?\s", plain, maxsplit=1)
        plain = f"{possessive(owner)} {cut[-1]}" if len(cut) == 2 else plain
    if phrase.determiner in ("a", "an") and phrase.kind == "role" and not plain.lower().startswith(("a ", "an ")):
        plain = f"{phrase.determiner} {plain}"
    first, _, rest = plain.partition(" ")
    if (
        rest
        and first[:1].isupper()
        and first.lower()
        in (words_of("role_modifiers") - words_of("party_words") - _CHAMBERS) | words_of("groups") | {"some", "many"}
    ):
        plain = f"{first.lower()} {rest}"
    elif (
        not rest
        and first.lower() in words_of("groups")
        and not first[1:2].isupper()  # MPs
        and first.lower() not in ("democrats", "republicans", "tories", "europeans")
    ):
        plain = first.lower()
    return plain
