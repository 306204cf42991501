"""What a document is about as a whole: its state, its body, its commodity. Internal to the roster."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.name_index import Known, keys_of
from parley.reading.roster_items import Sheet

_OFTEN = 4
_ASSEMBLIES = frozenset(
    ["organization", "organisation", "union", "council", "conference", "community", "commission", "committee",
     "agency", "parliament", "assembly", "congress", "nations", "synod"]
)  # fmt: skip
_COMMODITIES = words_of("commodities")


class About:
    """Asked for what bare words ("the company", "officials", "growers") mean; each answer is worked out once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def body(self) -> Known | None:
        """The body that the document names most, where no other comes near it."""
        counts = Counter(
            item.actor
            for item in self._sheet.items
            if item.actor is not None and item.actor.kind == "organisation" and item.phrase is not None
            and item.phrase.kind in ("name", "organisation")
        )  # fmt: skip
        ranked = counts.most_common(2)
        rest = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked and ranked[0][1] >= max(_OFTEN, 2 * rest) else None

    @cached_property
    def assembly(self) -> str | None:
        """The body whose delegates the document speaks of, by its short form: the first of states or members."""
        for item in self._sheet.items:
            known, phrase = item.actor, item.phrase
            named = known is not None and phrase is not None and phrase.kind == "organisation"
            if known is not None and named and keys_of(known.name)[-1] in _ASSEMBLIES:
                return min((form for form in known.forms if form.isupper() and len(form) > 2), default=known.name)
        return None

    @cached_property
    def state(self) -> str | None:
        """The state that the document names most, where no other comes near it; where it names none, that of the
        known office holders whom it names.
        """
        counts: Counter[str] = Counter()
        for item in self._sheet.items:
            entry = item.phrase.entry if item.phrase is not None else None
            if entry is not None and entry.state is not None:
                counts[entry.state] += 1
        if not counts:
            sides = (item.actor.belongs for item in self._sheet.items if item.actor is not None and item.actor.belongs)
            counts.update(side for side in sides if (entry := gazetteer().get(side)) and entry.kind == "state")
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if ranked and clear else None

    @cached_property
    def american(self) -> bool:
        """Whether the document names the United States, whose government alone goes by "the administration"."""
        phrases = (item.phrase for item in self._sheet.items)
        return any(p is not None and p.entry is not None and p.entry.state == "United States" for p in phrases)

    @cached_property
    def commodity(self) -> str | None:
        """The commodity that the document speaks of again and again."""
        words = re.findall(r"[a-z]+", self._sheet.text.lower())
        ranked = Counter(word for word in words if word in _COMMODITIES).most_common(1)
        return ranked[0][0] if ranked and ranked[0][1] >= _OFTEN else None
