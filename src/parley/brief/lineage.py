"""The lineage graph as SVG: documents by their origin groups, and what each was made from. Its table stands beneath."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from parley.analysis.index import Index
from parley.brief.display import printable
from parley.records import Record

__all__ = ["lineage_svg"]

MOST_DOCUMENTS = 60
"""Documents that are drawn: more would be no drawing. The sources table lists them all."""
_ROW, _LEFT, _WIDE, _GAP = 26, 260, 210, 60
_LONGEST = 34


def lineage_svg(record: Record) -> str:
    """Return the graph as SVG, or "" where no document was made from anything and none share an origin.

    Left stand origins (outlets and wires that are named but not in the coverage, and documents that others were made
    from), right the documents made from them; a box around documents is one origin group and counts as one source.
    Everything drawn is also told in the sources table.
    """
    index = Index.of(record)
    made = defaultdict(list)
    for item in record.derivations:
        made[item.document].append(item)
    shared = [group for group in record.groups if len(group.documents) > 1]
    drawn = [document.id for document in record.documents if document.id in made]
    drawn += [key for group in shared for key in group.documents if key not in made]
    drawn = list(dict.fromkeys(key for key in drawn if key in index.documents))[:MOST_DOCUMENTS]
    if not drawn:
        return ""
    origins: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in drawn:
        for item in made[key]:
            source = index.documents.get(item.of_document or "")
            name = source.name if source is not None else item.source or "origin not named"
            origins[name].append((key, item.kind))
    order = sorted(drawn, key=lambda key: (index.origin.get(key, key), index.numbers[key]))
    height = _ROW * max(len(order), len(origins), 1) + 16
    place = {key: 8 + _ROW * at for at, key in enumerate(order)}
    left = {name: 8 + _ROW * at for at, name in enumerate(sorted(origins))}
    parts = [
        f'<svg viewBox="0 0 {_LEFT + _WIDE + _GAP + 190} {height}" role="img" '
        f'aria-label="Which documents were made from which" font-family="sans-serif" font-size="11" '
        f'fill="currentColor">'
    ]
    parts += [_text(4, top + 15, name) for name, top in left.items()]
    for name in sorted(origins):
        for key, kind in origins[name]:
            y1, y2 = left[name] + 11, place[key] + 11
            parts.append(
                f'<path d="M{_LEFT - 40} {y1} C {_LEFT} {y1}, {_LEFT} {y2}, {_LEFT + 36} {y2}" fill="none" '
                f'stroke="currentColor" stroke-width="1"{_dashes(kind)}><title>{escape(kind)}</title></path>'
            )
    for key in order:
        kinds = ", ".join(dict.fromkeys(item.kind for item in made[key]))
        top = place[key]
        parts.append(
            f'<rect x="{_LEFT + 40}" y="{top + 1}" width="{_WIDE}" height="{_ROW - 6}" fill="none" '
            f'stroke="currentColor" stroke-width="1"/>'
        )
        parts.append(_text(_LEFT + 46, top + 15, f"{index.numbers[key]}. {index.documents[key].name}"))
        parts.append(_text(_LEFT + _WIDE + 50, top + 15, kinds or "shares an origin"))
    for group in shared:
        inside = [place[key] for key in group.documents if key in place]
        if len(inside) > 1:
            top, bottom = min(inside) - 2, max(inside) + _ROW - 3
            parts.append(
                f'<rect x="{_LEFT + 34}" y="{top}" width="{_WIDE + 12}" height="{bottom - top}" fill="none" '
                f'stroke="currentColor" stroke-width="2"><title>one origin: {escape(printable(group.because))}</title>'
                "</rect>"
            )
    return "".join([*parts, "</svg>"])


def _dashes(kind: str) -> str:
    return "" if kind in ("reprint", "exact duplicate", "near duplicate", "wire copy") else ' stroke-dasharray="4 3"'


def _text(x: int, y: int, words: str) -> str:
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return f'<text x="{x}" y="{y}">{escape(printable(short))}<title>{escape(printable(words))}</title></text>'
