"""Code articles by reading them: number their sentences, check a coder's lines, keep codes as offsets.

``python -m training.coding show ARTICLE.txt`` prints the article with numbered sentences.
``python -m training.coding check FOLDER ARTICLES`` says which coded lines are wrong, file by file.
``python -m training.coding pack FOLDER ARTICLES OUT.jsonl`` writes what is right as offsets, without any of the text.

A coder writes one file an article, ``NAME.txt``, one statement a line, fields parted by ``|``::

    sentence|content|cue|speaker text|speaker|voice|act|mode|issues|stance|addressee|via|modifiers

*content* is copied whole, or as its first and last words with ``...`` between. Empty fields stay empty; lists are
parted by commas (``via`` by semicolons). *voice* is p, e, a or r; *stance* f, a, c or n.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from parley.codebook import ACTS, ISSUES, MODES, MODIFIERS
from parley.reading.sentences import paragraphs, sentences
from parley.records import Span

VOICES = {"p": "party", "e": "expert", "a": "anonymous", "r": "reporter"}
STANCES = {"f": "for", "a": "against", "c": "conditional", "n": "none"}
FIELDS = 13
NEAR = 400
"""Characters either side of the content in which its cue and its speaker's words may stand."""
ASIDE = 60
"""Characters: words inside the content ("…, he said, …") count as being as far away as this."""
_MARKS = re.compile(r"[\"“”„«»]")


def numbered(text: str) -> list[Span]:
    """Return the sentences of *text* in order; a coder names them by their place, from 1."""
    return [sentence for paragraph in paragraphs(text) for sentence in sentences(text, paragraph)]


def _find(text: str, words: str, start: int, end: int, *, whole: bool = False) -> Span | None:
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    edges = (r"(?<!\w)" * words[:1].isalnum(), r"(?!\w)" * words[-1:].isalnum()) if whole else ("", "")
    match = re.compile(pattern.join(edges)).search(text, start, end) if pattern else None
    return Span(match.start(), match.end()) if match else None


def _content(text: str, words: str, sentence: Span, limit: int) -> Span | None:
    head, dots, tail = words.partition("...")
    first = _find(text, head.strip(), sentence.start, limit)
    if not dots or first is None:
        return first
    last = _find(text, tail.strip(), first.end, limit)
    return Span(first.start, last.end) if last else None


def nearest(text: str, words: str, content: Span) -> Span | None:
    """Return where *words* stand nearest to the content, within ``NEAR`` characters, or None."""
    if not words:
        return None
    low, found = max(0, content.start - NEAR), []
    while (span := _find(text, words, low, content.end + NEAR, whole=True)) is not None:
        inside = ASIDE if content.overlaps(span) else 0
        found.append((max(content.start - span.end, span.start - content.end, inside), span.start, span))
        low = span.start + 1
    return min(found)[2] if found else None


def _quote(text: str, span: Span) -> str:
    around = text[max(0, span.start - 1) : span.end + 1]
    marks = list(_MARKS.finditer(around))
    if not marks:
        return "indirect"
    whole = _MARKS.match(around) or _MARKS.match(span.of(text))
    return "direct" if whole and len(marks) <= 2 and marks[-1].start() >= len(around) - 3 else "mixed"


def read_line(line: str, text: str, spans: list[Span]) -> dict[str, Any]:
    """Return one coded statement as offsets and codes; raises ValueError with what is wrong."""
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields, not {FIELDS}")
    number, words, cue, speaker_text, speaker, voice, act, mode, issues, stance, addressee, via, modifiers = fields
    if not number.isdigit() or not 1 <= int(number) <= len(spans):
        raise ValueError(f"no sentence {number}")
    sentence = spans[int(number) - 1]
    content = _content(text, words, sentence, min(len(text), sentence.end + NEAR))
    if content is None or content.start >= sentence.end:
        raise ValueError(f"sentence {number} does not hold “{words}”")
    wrong = [i for i in issues.split(",") if i and i.strip() not in ISSUES]
    checks = {
        f"act {act}": act in ACTS,
        f"mode {mode}": (mode in MODES) if act == "ASSESS" else not mode,
        f"issues {wrong}": not wrong,
        f"stance {stance}": stance in STANCES,
        f"voice {voice}": voice in VOICES,
        f"modifiers {modifiers}": all(m.strip() in MODIFIERS for m in modifiers.split(",") if m),
        "no speaker": bool(speaker),
    }
    if bad := [name for name, right in checks.items() if not right]:
        raise ValueError("; ".join(bad))
    cue_at, speaker_at = nearest(text, cue, content), nearest(text, speaker_text, content)
    if (cue and cue_at is None) or (speaker_text and speaker_at is None):
        raise ValueError(f"cue or speaker text not within {NEAR} characters of the content")
    return {
        "start": content.start,
        "end": content.end,
        "cue": [cue_at.start, cue_at.end] if cue_at else None,
        "source": [speaker_at.start, speaker_at.end] if speaker_at else None,
        "speaker": speaker,
        "voice": VOICES[voice],
        "act": act,
        "mode": mode or None,
        "issues": [i.strip() for i in issues.split(",") if i],
        "stance": STANCES[stance],
        "addressee": addressee or None,
        "via": [v.strip() for v in via.split(";") if v],
        "quote": _quote(text, content),
        "modifiers": [m.strip() for m in modifiers.split(",") if m],
    }


def read_lines(path: Path, read: Callable[[str], dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield (article, what *read* makes of a coder's line), or (article, what is wrong with the line)."""
    for n, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.strip():
            try:
                yield path.stem, read(line)
            except ValueError as error:
                yield path.stem, f"line {n}: {error}"


def read_folder(folder: Path, articles: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield (article, statement), or (article, what is wrong with a line)."""
    for path in sorted(folder.glob("*.txt")):
        text = (articles / path.name).read_bytes().decode("utf8")
        yield from read_lines(path, partial(read_line, text=text, spans=numbered(text)))


def pack(folder: Path, articles: Path, out: Path) -> int:
    """Write the right lines to *out*, each with its article's name and SHA-256; returns how many."""
    rows = []
    for name, row in read_folder(folder, articles):
        if not isinstance(row, str):
            digest = hashlib.sha256((articles / f"{name}.txt").read_bytes()).hexdigest()[:16]
            rows.append(json.dumps({"doc": name, "sha256": digest, **row}, ensure_ascii=False))
    out.write_text("\n".join(rows) + "\n", encoding="utf8")
    return len(rows)


def main(arguments: list[str]) -> None:
    """Run one of show, check and pack."""
    job, *rest = arguments
    if job == "show":
        text = Path(rest[0]).read_bytes().decode("utf8")
        for n, span in enumerate(numbered(text), 1):
            print(f"{n}\t{' '.join(span.of(text).split())}")
        return
    folder, articles = Path(rest[0]), Path(rest[1])
    if job == "pack":
        print(f"{pack(folder, articles, Path(rest[2]))} statements written")
        return
    results = list(read_folder(folder, articles))
    for name, row in results:
        if isinstance(row, str):
            print(f"{name} {row}")
    print(f"{sum(not isinstance(row, str) for _, row in results)} right of {len(results)}")


if __name__ == "__main__":
    main(sys.argv[1:])
