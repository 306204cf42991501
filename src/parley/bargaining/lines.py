"""Where in a TOML file a table or key stands, so that an error can name the line."""

from __future__ import annotations

import re

Key = tuple[str | int, ...]

__all__ = ["Key", "Lines"]

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*(\.|=|$)""")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'")
_LONG = re.compile(r'"""|' + r"'''")


class Lines:
    """Lines by key path, such as ``("clocks", 0, "moves", 2, "chance")``; array tables count from 0."""

    def __init__(self, text: str) -> None:
        self._at: dict[Key, int] = {}
        counts: dict[Key, int] = {}
        here: Key = ()
        depth, long = 0, ""
        for number, line in enumerate(text.splitlines(), start=1):
            if long:
                long = "" if long in line else long
                continue
            if depth == 0:
                header = _HEADER.match(line)
                if header:
                    here = self._open(_parts(header.group(2)), header.group(1) == "[[", counts)
                    self._at.setdefault(here, number)
                    continue
                parts = _parts(line) if "=" in line else ()
                for length in range(1, len(parts) + 1):
                    self._at.setdefault((*here, *parts[:length]), number)
            opened = _LONG.findall(line)
            if len(opened) % 2:
                long = opened[-1]
                continue
            bare = _STRING.sub("", line).split("#")[0]
            depth = max(0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}"))

    @staticmethod
    def _open(parts: tuple[str, ...], repeated: bool, counts: dict[Key, int]) -> Key:
        """Return the full path of a table header, with the index of each array table on the way."""
        here: Key = ()
        for position, part in enumerate(parts):
            here = (*here, part)
            if position == len(parts) - 1 and repeated:
                counts[here] = counts.get(here, -1) + 1
            if here in counts:
                here = (*here, counts[here])
        return here

    def of(self, key: Key) -> int:
        """Return the line of *key*, or of the nearest table above it; 1 if none is known."""
        for length in range(len(key), 0, -1):
            if key[:length] in self._at:
                return self._at[key[:length]]
        return 1


def _parts(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    position = 0
    while match := _PART.match(text, position):
        name = match.group(1)
        parts.append(name[1:-1] if name[0] in "\"'" else name)
        position = match.end()
        if match.group(2) != ".":
            break
    return tuple(parts)
