"""Code the attributions of PolNeAR by reading: who says which words is marked there, what is done by them is not.

``python -m training.attributed show PART NAME...`` prints articles of a part (``polnear/train``) sentence by sentence,
each attribution numbered under the sentence that its content starts in.
``python -m training.attributed check FOLDER PART`` says which coded lines are wrong, file by file.
``python -m training.attributed pack FOLDER PART OUT.jsonl`` writes what is right as offsets, without any of the text.

A coder writes one file an article, ``NAME.txt``, one attribution a line, fields parted by ``|``::

    number|act|mode|stance|voice|issues|addressee

*stance* is f, a, c or n; *voice* p, e, a or r; *issues* are parted by commas; *addressee* is words of the article near
the attribution. An attribution that is left out stays uncoded.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from parley.codebook import ACTS, ISSUES, MODES
from parley.records import Span
from training.coding import STANCES, VOICES, nearest, numbered, read_lines
from training.data import brat

FIELDS = 7
SHOWN = 160
"""Characters of a content that are printed."""


def attributions(part: Path, name: str) -> tuple[str, list[dict[str, list[tuple[int, int]]]]]:
    """Return an article's text and its attributions that have a content, by where it starts."""
    text = (part / "text" / f"{name}.txt").read_bytes().decode("utf8")
    found = brat(min((part / "attributions").glob(f"{name}_*.ann")))
    held = [{role: sorted(spans) for role, spans in one.items()} for one in found if one["content"]]
    return text, sorted(held, key=lambda one: (one["content"], one["source"]))


def _words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    words = " … ".join(" ".join(text[low:high].split()) for low, high in spans)
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 40]} [..] {words[-40:]}"


def shown(part: Path, name: str) -> Iterator[str]:
    """Yield the lines that a coder reads."""
    text, found = attributions(part, name)
    n = 0
    for sentence in numbered(text):
        yield " ".join(sentence.of(text).split())
        while n < len(found) and found[n]["content"][0][0] < sentence.end:
            one = found[n]
            n += 1
            yield f"    {n} [{_words(text, one['source'])}] <{_words(text, one['cue'])}> {_words(text, one['content'])}"


def read_line(line: str, text: str, found: Sequence[dict[str, list[tuple[int, int]]]]) -> dict[str, Any]:
    """Return one coded attribution as offsets and codes; raises ValueError with what is wrong."""
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields, not {FIELDS}")
    number, act, mode, stance, voice, issues, addressee = fields
    if not number.isdigit() or not 1 <= int(number) <= len(found):
        raise ValueError(f"no attribution {number}")
    one = found[int(number) - 1]
    content = Span(one["content"][0][0], one["content"][0][1])
    wrong = [i for i in issues.split(",") if i and i.strip() not in ISSUES]
    at = nearest(text, addressee, content)
    checks = {
        f"act {act}": act in ACTS,
        f"mode {mode}": (mode in MODES) if act == "ASSESS" else not mode,
        f"issues {wrong}": not wrong,
        f"stance {stance}": stance in STANCES,
        f"voice {voice}": voice in VOICES,
        f"addressee {addressee} is not near": not addressee or at is not None,
    }
    if bad := [name for name, right in checks.items() if not right]:
        raise ValueError("; ".join(bad))
    return {
        "content": one["content"],
        "act": act,
        "mode": mode or None,
        "stance": STANCES[stance],
        "voice": VOICES[voice],
        "issues": [i.strip() for i in issues.split(",") if i],
        "addressee": [at.start, at.end] if at else None,
    }


def read_folder(folder: Path, part: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield (article, coded attribution), or (article, what is wrong with a line)."""
    for path in sorted(folder.glob("*.txt")):
        text, found = attributions(part, path.stem)
        yield from read_lines(path, partial(read_line, text=text, found=found))


def main(arguments: list[str]) -> None:
    """Run one of show, check and pack."""
    job, folder, *rest = arguments
    if job == "show":
        for name in rest:
            print(f"\n=== {name}")
            print("\n".join(shown(Path(folder), name)))
        return
    results = list(read_folder(Path(folder), Path(rest[0])))
    right = [(name, row) for name, row in results if not isinstance(row, str)]
    if job == "pack":
        texts = {name: (Path(rest[0]) / "text" / f"{name}.txt").read_bytes() for name, _ in right}
        digests = {name: hashlib.sha256(text).hexdigest()[:16] for name, text in texts.items()}
        lines = (json.dumps({"doc": name, "sha256": digests[name], **row}) for name, row in right)
        Path(rest[1]).write_text("\n".join(lines) + "\n", encoding="utf8")
    for name, row in results:
        if isinstance(row, str):
            print(f"{name} {row}")
    print(f"{len(right)} right of {len(results)}")


if __name__ == "__main__":
    main(sys.argv[1:])
