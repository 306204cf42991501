"""What says again what the text says elsewhere: pull quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from parley.records import FurnitureReason
from parley.sources.furniture.layout import Line, content


def pull_quotes(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a stand-alone line whose words nearly all stand in one other paragraph.

    The line must look set apart: unfinished (no full stop at its end), or wholly one quotation with its speaker.
    """
    bags: dict[int, Counter[str]] = {}
    index: dict[str, list[int]] = {}
    for k, line in enumerate(lines):
        if k not in found and not line.wrapped and len(line.text) <= 5_000:
            bags[k] = Counter(content(line.text))
            for word in sorted(bags[k]):
                index.setdefault(word, []).append(k)
    for k in [k for k in bags if 30 <= len(lines[k].text) <= 400]:
        if not _set_apart(lines[k].text):
            continue
        bag = bags[k]
        size = bag.total()
        if size < 6:
            continue
        shared: Counter[int] = Counter()
        for word, count in bag.items():
            if len(index[word]) <= 400:
                for other in index[word]:
                    shared[other] += min(count, bags[other][word])
        for other, common in sorted(shared.items()):
            if (
                other != k
                and other not in found
                and common >= 0.75 * size
                and len(lines[other].text) >= 0.8 * len(lines[k].text)
            ):
                found[k] = "pull quote"
                break


def _set_apart(text: str) -> bool:
    if not re.search(r"[.!?…:;,][\"'”’»)\]]*$", text):
        return not re.search(r"[\"”»]$", text) or text[0] in "\"“«‘'"
    quoted = re.match(r"[\"“«‘'].{20,}[\"”»’']$", text)
    return bool(quoted) and not re.search(r"[\"“”»«]", text[1:-1])
