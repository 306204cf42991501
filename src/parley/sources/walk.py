"""Which files a list of paths names: folders in order, hidden files and sidecars left out, no loop walked twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.records import Refusal
from parley.sources.own import about_toml, is_companion
from parley.sources.sidecar import holds_article, owner

STDIN = "-"
"""The path that stands for standard input."""

_ABOUT = re.compile(
    r"^(?:readme|licen[cs]e|copying|notice|authors|changelog|contributing)(?:\.[a-z]{1,8})?$", re.IGNORECASE
)
_DATABASE = re.compile(r"\.parley(?:-wal|-shm|-journal|\.bak.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its path, and whether the user named it or it was met in a folder."""

    path: Path
    named: bool


def walk(paths: Sequence[str | Path]) -> Iterator[Found | Refusal]:
    """Yield the files that *paths* name, in their order, each once; what cannot be opened is yielded as a Refusal."""
    named = {_absolute(Path(path)) for path in paths}
    seen: set[str] = set()
    for path in map(Path, paths):
        if str(path) == STDIN:
            yield Found(path, named=True)
            continue
        for found in _from(path, named):
            key = _absolute(found.path) if isinstance(found, Found) else ""
            if key in seen:
                continue
            if key:
                seen.add(key)
            yield found


def shown(path: Path | str) -> str:
    """Return a path as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links, and a link is a file of its own name


def _from(path: Path, named: set[str]) -> Iterator[Found | Refusal]:
    """Yield what one named path leads to."""
    try:
        if path.is_dir():
            yield from _folder(path)
            return
        if not path.exists():
            yield Refusal(shown(path), "refused", _missing(path))
            return
        siblings = _names(path.parent) if path.suffix.lower() in {".json", ".toml"} else []
    except (OSError, ValueError) as error:
        yield Refusal(shown(path), "refused", _closed(error))
        return
    document = owner(path, siblings)
    if document and not holds_article(path):
        if _absolute(path.with_name(document)) not in named:
            reason = f"The file describes {shown(document)} beside it and is not a document; name that file."
            yield Refusal(shown(path), "skipped", reason)
        return
    if path.suffix.lower() == ".toml" and (about := about_toml(path)):
        yield Refusal(shown(path), "skipped", about)
        return
    yield Found(path, named=True)


def _folder(top: Path) -> Iterator[Found | Refusal]:
    """Walk a folder depth first in the order of names; a folder reached twice through links is walked once."""
    entered: set[tuple[int, int]] = set()
    stack = [top]
    while stack:
        path = stack.pop()
        try:
            if not path.is_dir():
                yield from _file(path)
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            names = [name for name in _names(path) if not name.startswith(".")]
        except OSError as error:
            yield Refusal(shown(path), "refused", _closed(error))
            continue
        by_stem: dict[str, list[str]] = {}
        for name in names:
            by_stem.setdefault(Path(name).stem, []).append(name)
        for name in reversed(names):
            child = path / name
            sidecar = owner(child, by_stem[child.stem]) and not holds_article(child)
            if not sidecar and not is_companion(child):
                stack.append(child)


def _file(path: Path) -> Iterator[Found | Refusal]:
    """Yield a file met in a folder, or why it is none to read."""
    if _ABOUT.match(path.name):
        yield Refusal(
            shown(path), "skipped", "The file tells about the folder and is not coverage; name it to read it."
        )
    elif _DATABASE.search(path.name):
        yield Refusal(shown(path), "skipped", "The file is a dossier, not coverage.")
    elif path.suffix.lower() == ".toml":
        reason = about_toml(path) or "The file is TOML with no document of its name beside it."
        yield Refusal(shown(path), "skipped", reason)
    elif not path.exists():
        yield Refusal(shown(path), "refused", _missing(path))
    else:
        yield Found(path, named=False)


def _missing(path: Path) -> str:
    if path.is_symlink():
        return "The link leads to a file that isn't there; mend or delete it."
    return "There is no such file or folder; check the spelling."


def _closed(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "There is no permission to open it; change its permissions or copy it elsewhere."
    return f"It cannot be opened ({getattr(error, 'strerror', None) or error}); check the path."


def _names(folder: Path) -> list[str]:
    return sorted(child.name for child in folder.iterdir())
