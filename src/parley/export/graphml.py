"""GraphML for network programs (Gephi, visone, networkx): actors and issues as nodes, statements as edges.

Source: GraphML Primer, graphml.graphdrawing.org. A statement with several issues is an edge to each of them; ``main``
tells the first. Statements without an issue have no edge; the graph says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from parley.export.fields import cell_text, legal_xml
from parley.records import AUTHOR, Record, Statement

__all__ = ["write_graphml"]

_NS = "http://graphml.graphdrawing.org/xmlns"
_NODE = {"label": "string", "type": "string", "kind": "string", "names": "string"}
_EDGE = {
    "statement": "string", "act": "string", "stance": "string", "date": "string", "doc": "string", "voice": "string",
    "mode": "string", "addressee": "string", "content": "string", "quote_altered": "boolean", "main": "boolean",
}  # fmt: skip
_GRAPH = {"statements_without_issue": "int"}


def write_graphml(record: Record, stream: BinaryIO) -> None:
    """Write the network of *record* as GraphML, UTF-8."""
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration(standalone=None)
        with xml.element(f"{{{_NS}}}graphml", nsmap={None: _NS}):
            for of, keys in (("graph", _GRAPH), ("node", _NODE), ("edge", _EDGE)):
                for name, kind in keys.items():
                    about = {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": kind}
                    _write(xml, etree.Element(f"{{{_NS}}}key", about))
            with xml.element(f"{{{_NS}}}graph", id="dossier", edgedefault="directed"):
                without = sum(not statement.issues for statement in record.statements)
                _write(xml, _data("graph", "statements_without_issue", without))
                for element in _elements(record):
                    _write(xml, element)


def _elements(record: Record) -> Iterator[Any]:
    known = {actor.name: actor for actor in record.actors}
    for name in sorted({statement.speaker for statement in record.statements} | known.keys()):
        actor = known.get(name)
        kind = actor.kind if actor else "author" if name == AUTHOR else "unknown"
        values = {"label": name, "type": "actor", "kind": kind, "names": actor.names if actor else ()}
        yield _element("node", {"id": _id("actor", name)}, values)
    for key in sorted({issue for statement in record.statements for issue in statement.issues}):
        yield _element("node", {"id": _id("issue", key)}, {"label": record.issue_labels.get(key, key), "type": "issue"})
    documents = {d.id: (d.name, d.date.value if d.date else None) for d in record.documents}
    for statement in record.statements:
        name, date = documents.get(statement.document, (statement.document, None))
        yield from _edges(statement, name, date)


def _edges(statement: Statement, doc: str, date: str | None) -> Iterator[Any]:
    s = statement
    for place, issue in enumerate(s.issues):
        values = (
            s.id, s.act, s.stance, date, doc, s.voice, s.mode, s.addressee, s.content, s.quote_altered, place == 0,
        )  # fmt: skip
        ends = {"id": f"{s.id}-{place + 1}", "source": _id("actor", s.speaker), "target": _id("issue", issue)}
        yield _element("edge", ends, dict(zip(_EDGE, values, strict=True)))


def _element(of: str, about: dict[str, str], values: dict[str, Any]) -> Any:
    element = etree.Element(f"{{{_NS}}}{of}", {key: legal_xml(value) for key, value in about.items()})
    for name, value in values.items():
        if value is not None:
            element.append(_data(of, name, value))
    return element


def _data(of: str, name: str, value: object) -> Any:
    data = etree.Element(f"{{{_NS}}}data", {"key": f"{of}_{name}"})
    data.text = str(value).lower() if isinstance(value, bool) else legal_xml(str(cell_text(value)))
    return data


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _write(xml: Any, element: Any) -> None:
    xml.write(element)
    xml.write("\n")
