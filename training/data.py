"""Windows to train on: attributions of PolNeAR, hand-coded statements, and articles that we coded ourselves."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.codebook import ACTS, ISSUES, MODES, MODIFIERS
from parley.reading.local.tags import ATTRIBUTION_TAGS, ROLES, STATEMENT_TAGS, spell
from parley.reading.local.windows import Window, windows
from parley.reading.local.wordpiece import WordPiece
from parley.reading.sentences import paragraphs

CODED = Path(__file__).parent / "coded.jsonl"
ATTRIBUTED = Path(__file__).parent / "attributed.jsonl"
HELD = Path(__file__).parent / "held.jsonl"
"""Coded articles that are not trained on."""
WRITTEN = Path(__file__).parent / "written"
SETTINGS = Path(__file__).parent / "settings.json"
"""What was fitted besides the network: the weights of the confidence."""
STANCES = ("none", "for", "against", "conditional")
VOICES = ("party", "expert", "anonymous", "reporter")
LABELS: dict[str, tuple[str, ...]] = {
    "act": tuple(ACTS),
    "mode": tuple(MODES),
    "stance": STANCES,
    "voice": VOICES,
    "issue": tuple(ISSUES),
    "modifier": tuple(MODIFIERS),
}
"""What the code heads tell apart, in the order of their outputs."""
POINTERS = ("source", "cue", "addressee", "via")
CODED_FIELDS = ("act", "mode", "stance", "voice", "issues", "modifiers")
IGNORED = -100


@dataclass(slots=True)
class Item:
    """One span to link and, if it is a statement, to code. Positions count the window's ids, 0 being "none"."""

    start: int
    end: int  # the last piece of the span, not the one after it
    points: dict[str, list[int] | None]  # role -> pieces of it; [0]: none; None: unknown
    codes: dict[str, Any] | None = None
    key: str | None = None  # by which the statement is known in whatever window it stands


@dataclass(slots=True)
class Sample:
    """One window with its labels; a task without labels is None."""

    ids: list[int]
    attributions: list[int] | None = None  # a tag of ATTRIBUTION_TAGS a piece
    statements: list[int] | None = None  # a tag of STATEMENT_TAGS a piece
    items: list[Item] = field(default_factory=list)


def place(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last position of the pieces that characters ``[start, end)`` cover in the window."""
    pieces = window.pieces
    low = bisect_left(pieces, start + 1, key=lambda piece: piece.end)
    high = bisect_left(pieces, end, key=lambda piece: piece.start) - 1
    return (low + 1, high + 1) if low <= high else None


def whole(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """Return the positions if the window holds the span to its end, else None."""
    pieces = window.pieces
    inside = pieces[0].start <= start + 1 and end <= pieces[-1].end + 1
    return place(window, start, end) if inside else None


def _tagged(window: Window, names: Sequence[str], spans: Iterable[tuple[str, tuple[int, int]]]) -> list[int]:
    tags = [0] * (len(window.pieces) + 2)
    number = {name: n for n, name in enumerate(names)}
    for role, (first, last) in spans:
        for position, name in zip(range(first, last + 1), spell(role, last - first + 1), strict=True):
            tags[position] = number[name]
    return tags


Attributions = list[dict[str, list[tuple[int, int]]]]
"""Attributions of an article: role -> its parts in characters."""
ByContent = Mapping[tuple[int, int], dict[str, Any]]
"""Codes of attributions by where a part of their content stands."""


def polnear(part: Path, vocabulary: WordPiece, coded_only: bool) -> Iterator[Sample]:
    """Yield the windows of a part of PolNeAR: those of articles that we coded, or of the others."""
    for text, found, own in attributed_articles(part):
        if bool(own) == coded_only:
            for window in windows(text, list(paragraphs(text)), vocabulary):
                yield attributed(window, found, own)


def attributed_articles(part: Path) -> Iterator[tuple[str, Attributions, ByContent]]:
    """Yield the articles of a part of PolNeAR, each with its attributions and the codes that we gave them.

    Of several coders of the attributions the first counts.
    """
    codes: dict[str, dict[tuple[int, int], dict[str, Any]]] = defaultdict(dict)
    for n, row in enumerate(hand_coded(ATTRIBUTED)):  # modifiers were not coded, and issues only where one fits
        given = {**row, "issues": row["issues"] or None, "modifiers": None, "key": f"attributed {n}"}
        codes[row["doc"]] |= {tuple(span): given for span in row["content"]}
    for path in sorted((part / "text").glob("*.txt")):
        coders = sorted((part / "attributions").glob(path.stem + "_*.ann"))
        if coders:
            data, own = path.read_bytes(), codes.get(path.stem, {})
            for row in own.values():
                _check(path, data, row)
                break
            yield data.decode("utf8"), brat(coders[0]), own


def _check(path: Path, data: bytes, row: Mapping[str, Any]) -> None:
    if not hashlib.sha256(data).hexdigest().startswith(row["sha256"]):
        raise ValueError(f"{path} is not the text that was coded; its offsets would be wrong")


def brat(path: Path) -> Attributions:
    """Read the attributions of an article."""
    parts: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        fields = line.split("\t")
        if line[:1] == "T" and len(fields) > 1:
            role, _, where = fields[1].partition(" ")
            pairs = [tuple(map(int, pair.split())) for pair in where.split(";")]
            parts[fields[0]] = role.lower(), [(low, high) for low, high in pairs]
        elif line[:1] == "E" and len(fields) > 1:
            one: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
            for argument in fields[1].split():
                role, spans = parts.get(argument.partition(":")[2], ("", []))
                if role in one:
                    one[role] += spans
            found.append(one)
    return found


def attributed(window: Window, found: Attributions, codes: ByContent) -> Sample:
    """Return a window with the labels of the attributions in it."""
    spans: list[tuple[str, tuple[int, int]]] = []
    items: list[Item] = []
    for one in found:
        placed = {role: [p for s in one[role] if (p := place(window, *s))] for role in ROLES}
        spans += [(role, p) for role in ("content", "cue", "source") for p in placed[role]]
        coded = next((codes[span] for span in one["content"] if span in codes), None)
        for first, last in placed["content"]:
            points: dict[str, list[int] | None] = {"addressee": None, "via": None}
            if coded is not None:
                points["addressee"] = _points(window, coded["addressee"]) if coded["addressee"] else [0]
            for role in ("source", "cue"):
                pieces = [n for low, high in placed[role] for n in range(low, high + 1)]
                points[role] = pieces or (None if one[role] else [0])
            items.append(Item(first, last, points, coded, coded["key"] if coded else None))
    spans.sort(key=lambda pair: ("content", "cue", "source").index(pair[0]))
    return Sample(window.ids, _tagged(window, ATTRIBUTION_TAGS, spans), None, items)


def coded(rows: Iterable[dict[str, Any]], folder: Path, vocabulary: WordPiece) -> Iterator[Sample]:
    """Yield the windows of coded articles."""
    for text, statements in coded_articles(rows, folder):
        for window in windows(text, list(paragraphs(text)), vocabulary):
            yield labelled(window, statements, text)


def coded_articles(rows: Iterable[dict[str, Any]], folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the text of coded articles with their statements, each with its place and a key."""
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_document[row["doc"]].append(row)
    for name, statements in sorted(by_document.items()):
        path = folder / f"{name}.txt"
        data = path.read_bytes()
        if "sha256" in statements[0]:
            _check(path, data, statements[0])
        text = data.decode("utf8")
        for n, statement in enumerate(statements):
            statement["key"] = f"{name} {n}"
            if "start" not in statement:
                _locate(statement, text)
        yield text, statements


def hand_coded(path: Path) -> list[dict[str, Any]]:
    """Read a file of coded statements, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def _locate(statement: dict[str, Any], text: str) -> None:
    """Give a hand-coded statement its offsets: content at its first place, cue and speaker nearest to it."""
    start = text.find(statement["content"])
    statement["start"], statement["end"] = start, start + len(statement["content"])
    for name, words in (("cue", statement["cue"]), ("source", statement["speaker_text"])):
        places = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
        if places:
            best = min(places, key=lambda p: (abs(p + len(words) / 2 - (start + statement["end"]) / 2), p))
            statement[name] = [best, best + len(words)]
        else:
            statement[name] = None


def labelled(window: Window, statements: Sequence[dict[str, Any]], text: str) -> Sample:
    """Return a window of *text* with the labels of the statements in it."""
    spans: list[tuple[str, tuple[int, int]]] = []
    items: dict[tuple[int, int, str], Item] = {}
    for row in statements:
        at = whole(window, row["start"], row["end"])
        if at is None:
            continue
        spans.append(("statement", at))
        points = {
            "source": [0] if row["speaker"] == "@author" else _points(window, row["source"]),
            "cue": _points(window, row["cue"]) if row["cue"] else [0],
            "addressee": _named(window, row["addressee"], text) if row["addressee"] else [0],
            "via": _named(window, row["via"][0], text) if row["via"] else [0],
        }
        key = (*at, row["act"])
        if key in items:  # two sides say or do the same: either is a right answer
            for role, pieces in points.items():
                if pieces and items[key].points[role]:
                    items[key].points[role] = [*(items[key].points[role] or []), *pieces]
        else:
            items[key] = Item(*at, points, {name: row[name] for name in CODED_FIELDS}, row["key"])
    spans.sort(key=lambda pair: (-(pair[1][1] - pair[1][0]), pair[1]))
    return Sample(window.ids, None, _tagged(window, STATEMENT_TAGS, spans), list(items.values()))


def _points(window: Window, span: Sequence[int] | None) -> list[int] | None:
    at = place(window, span[0], span[1]) if span else None
    return list(range(at[0], at[1] + 1)) if at else None


def _named(window: Window, name: str, text: str) -> list[int] | None:
    """Return the pieces of the window that name the addressee, by whole name or last word; None: not in sight."""
    low, high = window.pieces[0].start, window.pieces[-1].end
    for words in (name, name.split()[-1]):
        found = [
            n
            for match in re.compile(rf"\b{re.escape(words)}\b", re.I).finditer(text, low, high)
            if (at := place(window, match.start(), match.end()))
            for n in range(at[0], at[1] + 1)
        ]
        if found:
            return found
    return None
