"""Which key does what at the desk: as it comes, and as a person has set it in a file of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from parley.errors import ParleyError
from parley.export import whole

__all__ = ["ACTIONS", "Keys", "checked", "load", "store"]

ACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "accept": ("a", "accept, and go on"),
    "reject": ("x", "reject, and go on"),
    "skip": (" ", "skip: it comes back last"),
    "edit": ("e", "edit"),
    "flag": ("f", "flag, or take the flag away"),
    "undo": ("Backspace", "undo your last decision"),
    "next": ("j", "next"),
    "previous": ("k", "previous"),
    "missed": ("m", "add a missed statement from the words that you selected"),
    "open": ("o", "open the document"),
    "cite": ("c", "copy the words with their source"),
    "solve": ("s", "solve a model"),
    "search": ("/", "search"),
    "keys": ("?", "this list"),
})  # fmt: skip
"""What can be done by key: the key as it comes, in the browser's words, and what it does."""

_NAMED = ("Backspace", "Delete", "Insert", "Home", "End", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
          *(f"F{number}" for number in range(1, 13)))  # fmt: skip
_SHOWN = {" ": "Space", "Backspace": "⌫", "ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓"}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one person. ``chosen`` holds those that are not as they come; ``complaint`` what is wrong with it."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    complaint: str = ""

    def key(self, action: str) -> str:
        """Return the key in the browser's words."""
        return self.chosen.get(action, ACTIONS[action][0])

    def shown(self, action: str) -> str:
        """Return the key as it stands on a button."""
        return _SHOWN.get(self.key(action), self.key(action))

    def on(self, action: str) -> Markup:
        """Return the attributes of the control that the key presses."""
        key = self.key(action)
        return Markup('data-key="{}" aria-keyshortcuts="{}"').format(key, "Space" if key == " " else key)

    def written(self, action: str) -> str:
        """Return the key as a person types it into the form."""
        key = self.key(action)
        return "Space" if key == " " else key


def checked(wanted: Mapping[str, str]) -> Keys:
    """Return the keys that a person wants. Raises ParleyError where one is no key, or two actions have the same."""
    chosen: dict[str, str] = {}
    for action, words in wanted.items():
        if action not in ACTIONS:
            raise ParleyError(f"There is nothing called “{action}” to do by key; the names are {', '.join(ACTIONS)}.")
        key = _key(words)
        if key is None:
            raise ParleyError(
                f"“{words}” is no key for “{action}”; give one sign, Space, or one of {', '.join(_NAMED)}."
            )
        if key != ACTIONS[action][0]:
            chosen[action] = key
    made = Keys(chosen)
    owner: dict[str, str] = {}
    for action in ACTIONS:
        other = owner.setdefault(made.key(action), action)
        if other != action:
            raise ParleyError(f"“{made.written(action)}” cannot be the key of both “{other}” and “{action}”.")
    return made


def load(place: Path | None) -> Keys:
    """Return the keys that the file at *place* sets; as they come where there is no file, or where it is not sound."""
    if place is None or not place.exists():
        return Keys()
    try:
        found = json.loads(place.read_text("utf-8"))
        if not isinstance(found, dict):
            raise ParleyError("it holds no list of names with a key each")
        return checked({str(action): str(key) for action, key in found.items()})
    except (OSError, ValueError, ParleyError) as error:
        return Keys(complaint=f"The keys are as they come, because {place} is not in order: {error}")


def store(place: Path, keys: Keys) -> None:
    """Write the keys that differ from how they come. Raises ParleyError where the file cannot be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole(place) as stream:
            text = json.dumps({action: keys.written(action) for action in keys.chosen}, ensure_ascii=False, indent=2)
            stream.write(f"{text}\n".encode())
    except OSError as error:
        raise ParleyError(f"{place} cannot be written ({error.strerror}); the keys stay as they are.") from error


def _key(words: str) -> str | None:
    """Return the key that is meant, in the browser's words; None where it is none."""
    if words == " " or words.strip().casefold() == "space":
        return " "
    plain = words.strip()
    if len(plain) == 1 and plain.isprintable():
        return plain
    return next((name for name in _NAMED if name.casefold() == plain.casefold()), None)
