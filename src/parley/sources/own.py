"""Parley's own work among coverage: briefs, pages of models, exports, and what SQLite keeps beside a dossier."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from parley.sources.decode import decode
from parley.sources.draft import Aside

_MODEL_KEYS = ({"decision_maker", "option"}, {"parties", "issues"})
_GENERATOR = re.compile(
    rb"""<meta\b(?=[^>]*\bname=["']?generator\b)(?=[^>]*\bcontent=["']Parley )[^>]*>""", re.IGNORECASE
)
_HEAD_END = re.compile(rb"</head\b|<body\b", re.IGNORECASE)
_LAST_LINE = re.compile(rb"(?:\A|\n)Made by Parley [\w.+-]{1,40}\.\s*\Z")
_EXPORT = re.compile(rb"(?:\xef\xbb\xbf)?id,doc,start,end,content,cue,speaker,")
_TABLE = re.compile(rb"(?:\xef\xbb\xbf)?[a-z_]+(?:,[a-z_]+)*,rests on\r?\n")
_HEAD = 16_384
_TAIL = 200
_MAX_TOML = 1024 * 1024
_COMPANION = re.compile(r"(?P<dossier>.+)(?:-wal|-shm|-journal|\.bak-v\d+(?:\.\d+)?)", re.DOTALL)
_SQLITE = b"SQLite format 3\0"


def leave_own(form: str, data: bytes) -> None:
    """Raise Aside where *data*, a file of the format *form*, is a brief, a page or an export that Parley wrote."""
    head = data[:_HEAD]
    if form == "html":
        end = _HEAD_END.search(head)
        if _GENERATOR.search(head, 0, end.start() if end else len(head)):
            raise Aside("is a page that Parley made, not coverage")
    elif form in {"text", "markdown"}:
        if _LAST_LINE.search(data[-_TAIL:]):
            raise Aside("is a brief that Parley made, not coverage")
        if _EXPORT.match(head) or _TABLE.match(head):
            raise Aside("is a table that Parley exported, not coverage")


def is_companion(path: Path) -> bool:
    """Tell whether *path* belongs to a dossier beside it: what SQLite keeps there, or a copy from before a change."""
    named = _COMPANION.fullmatch(path.name)
    if not named:
        return False
    try:
        with path.with_name(named["dossier"]).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def about_toml(path: Path) -> str | None:
    """Return the sentence for which a TOML file is left out, or None where it is no TOML and may be an article."""
    try:
        if path.stat().st_size > _MAX_TOML:
            return None
        fields = tomllib.loads(decode(path.read_bytes()).text)
    except (OSError, ValueError, RecursionError):
        return None
    if any(keys <= fields.keys() for keys in _MODEL_KEYS):
        return "The file is a model of a conflict or a bargain, not coverage; give it with --conflict or --bargain."
    return "The file is TOML with no document of its name beside it." if fields else None
