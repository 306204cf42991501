"""Exported files hold the record, run nothing, and are the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from parley.cells import unformula
from parley.errors import ParleyError, UnknownName
from parley.export import FORMATS, export, export_record
from parley.export.fields import legal_xml
from parley.records import Actor, Anchor, Document, Fact, Record, Refusal, Span, Statement

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))

TEXT = (
    '=HYPERLINK("http://x.test") said the mayor. -1 for the plan.\r\n'
    '@home +2 "quoted", then\0 a bell \x07 and 😀 done\u2028.'
)
GML = "{http://graphml.graphdrawing.org/xmlns}"


def said(words: str, speaker: str, **more: object) -> Statement:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    anchor = Anchor(words, "", "", span.start, span.end)
    fields = {"voice": "party", "act": "DEMAND", "reader": "rules 1", "rule": "test", **more}
    return Statement(f"s{start}", "d1", span, words, speaker, anchor=anchor, **fields)  # type: ignore[arg-type]


RECORD = Record(
    documents=(
        Document("d1", "town", "in/town.txt", "text", TEXT, "0", "0", date=Fact("2026-01-02", "stated"), notes=()),
    ),
    statements=(
        said(
            '=HYPERLINK("http://x.test")',
            "=cmd()",
            issues=("A1", "B1"),
            stance="for",
            cue="said",
            via=("Mayor", "Aide"),
        ),
        said("-1 for the plan", "Mayor\x07", issues=("A1",), stance="against", addressee="Town & Sons <x>"),
        said('@home +2 "quoted", then\0 a bell \x07', "@author", act="REPORT", quote_altered=True),
        said("😀 done\u2028", "Mayor\x07", issues=("A1",), confidence=0.5, degree="full", act="ACCEPT"),
    ),
    actors=(Actor("Mayor\x07", "person", ("the mayor",), ("mayor",), None, ("d1",)), Actor("Town & Sons <x>", "group")),
    refusals=(Refusal("in/=bad.png", "refused", "bad.png is a picture."),),
    unread=(("d1", "One sentence was too long."),),
    issue_labels={"A1": "Stopping <fire>"},
)


def exported(tmp_path: Path, form: str, record: Record = RECORD, **options: bool) -> Path:
    out = tmp_path / f"out.{form}"
    export_record(record, form, out, **options)
    return out


def test_json_lines_carry_the_fields_and_where_they_stand(tmp_path: Path) -> None:
    lines = exported(tmp_path, "jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    rows = [json.loads(line) for line in lines]
    assert len(rows) == len(RECORD.statements)
    assert len("".join(lines).splitlines()) == 1  # no line separator of any kind inside a line
    for row, statement in zip(rows, RECORD.statements, strict=True):
        assert TEXT[row["start"] : row["end"]] == row["content"] == statement.content
        assert row["doc"] == "town"
    assert set(rows[0]) >= {
        "doc", "content", "cue", "speaker", "speaker_text", "voice", "act", "mode", "issues", "stance", "addressee",
        "via", "quote", "modifiers", "id", "start", "end",
    }  # fmt: skip
    assert rows[0]["issues"] == ["A1", "B1"]
    assert rows[0]["via"] == ["Mayor", "Aide"]
    assert rows[1]["mode"] is None
    assert rows[3]["degree"] == "full"


def test_json_lines_are_what_the_scorer_reads(tmp_path: Path) -> None:
    scorer = SHARED / "tools" / "score_reading.py"
    if not scorer.exists():
        pytest.skip("the shared scorer is not here")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "town.txt").write_bytes(TEXT.encode())
    out = exported(tmp_path, "jsonl")
    command = [sys.executable, str(scorer), str(out), str(out), str(tmp_path / "articles")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "statements P 1.000 R 1.000 F1 1.000" in done.stdout
    assert "record F1 1.000" in done.stdout
    assert "verbatim 1.0000" in done.stdout


def test_csv_cells_never_begin_a_formula_and_say_the_rest_exactly(tmp_path: Path) -> None:
    data = exported(tmp_path, "csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    assert rows[0]["content"] == """'=HYPERLINK("http://x.test")"""
    assert rows[0]["speaker"] == "'=cmd()"
    assert rows[1]["content"] == "'-1 for the plan"
    assert rows[2]["content"] == "'" + RECORD.statements[2].content
    assert rows[2]["speaker"] == "'@author"
    assert rows[0]["issues"] == "A1; B1"
    assert rows[2]["quote_altered"] == "yes"
    assert [row["start"] for row in rows] == [str(s.span.start) for s in RECORD.statements]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())


def test_csv_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert exported(tmp_path, "csv", bom=True).read_bytes().startswith(b"\xef\xbb\xbfid,doc,")


def test_xlsx_cells_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    out = exported(tmp_path, "xlsx")
    book = load_workbook(out)
    assert book.sheetnames == ["statements", "documents", "actors", "not read"]
    rows = list(book["statements"].iter_rows())
    heading = [cell.value for cell in rows[0]]
    content = [row[heading.index("content")] for row in rows[1:]]
    assert content[0].value == '=HYPERLINK("http://x.test")'
    assert {cell.data_type for row in book["statements"] for cell in row} <= {"s", "inlineStr", "n"}
    assert content[0].quotePrefix and content[1].quotePrefix and not content[3].quotePrefix
    assert content[2].value == '@home +2 "quoted", then\ufffd a bell \ufffd'
    with zipfile.ZipFile(out) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    assert [cell.value for cell in list(book["not read"].iter_rows())[2]] == [
        "town",
        "unread",
        "One sentence was too long.",
    ]
    facts = [(cell.value, below.value) for cell, below in zip(*book["documents"].iter_rows(), strict=True)]
    assert ("date", "2026-01-02") in facts
    assert ("date known by", "stated") in facts


def test_xlsx_says_where_it_had_to_cut(tmp_path: Path) -> None:
    long = "x" * 40_000
    statement = Statement(
        "s", "d", Span(0, 40_000), long, "@author", "reporter", "REPORT", "r", "t", Anchor(long, "", "", 0, 40_000)
    )
    record = Record(statements=(statement,))
    cell = load_workbook(exported(tmp_path, "xlsx", record))["statements"]["E2"].value
    assert len(cell) == 32_767
    assert cell.endswith("… [cut: 40000 characters]")


def test_xlsx_says_when_a_sheet_cannot_hold_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.export.spreadsheet._MOST_ROWS", 3)
    with pytest.raises(ParleyError, match="export as csv or jsonl"):
        exported(tmp_path, "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_graphml_joins_actors_to_issues_by_statements(tmp_path: Path) -> None:
    root = etree.parse(exported(tmp_path, "graphml")).getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.findall(f"{GML}key")}
    graph = root.find(f"{GML}graph")

    def values(element: etree._Element) -> dict[str, str]:
        return {keys[data.get("key")]: data.text or "" for data in element.findall(f"{GML}data")}

    nodes = {node.get("id"): values(node) for node in graph.findall(f"{GML}node")}
    assert nodes["actor:Mayor\ufffd"] == {
        "label": "Mayor\ufffd",
        "type": "actor",
        "kind": "person",
        "names": "the mayor",
    }
    assert nodes["issue:A1"] == {"label": "Stopping <fire>", "type": "issue"}
    assert nodes["actor:@author"]["kind"] == "author"
    edges = graph.findall(f"{GML}edge")
    assert len(edges) == 4
    assert len({edge.get("id") for edge in edges}) == 4
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= nodes.keys()
    assert [values(edge)["main"] for edge in edges] == ["true", "false", "true", "true"]
    first = values(edges[0])
    assert (first["act"], first["stance"], first["date"], first["doc"]) == ("DEMAND", "for", "2026-01-02", "town")
    assert values(graph) == {"statements_without_issue": "1"}


def test_graphml_opens_in_networkx(tmp_path: Path) -> None:
    networkx = pytest.importorskip(
        "networkx", reason="networkx is not a dependency; where it is, it must read the file"
    )
    graph = networkx.read_graphml(exported(tmp_path, "graphml"))
    assert graph.number_of_edges() == 4
    assert graph.is_directed()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_record_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    first = exported(tmp_path, form).read_bytes()
    (tmp_path / f"out.{form}").unlink()
    assert exported(tmp_path, form).read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [f"out.{form}"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_dossier_exports_too(tmp_path: Path, form: str) -> None:
    assert exported(tmp_path, form, Record()).exists()


@pytest.mark.parametrize("form", FORMATS)
def test_a_failure_leaves_the_file_that_was_there(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / f"out.{form}"
    out.write_text("what was there")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ParleyError, match=r"cannot be written \(No space left on device\)"):
        export_record(RECORD, form, out)
    assert out.read_text() == "what was there"
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="“pdf”; choose one of: jsonl, csv, xlsx, graphml"):
        export(RECORD, "pdf", tmp_path / "x.pdf")
    with pytest.raises(ParleyError, match="cannot be written"):
        export(RECORD, "csv", tmp_path / "nowhere" / "x.csv")
    with pytest.raises(ParleyError, match="cannot be written"):
        export(RECORD, "csv", tmp_path)
    dossier = tmp_path / "d.parley"
    dossier.write_bytes(b"SQLite format 3\0 and so on")
    with pytest.raises(ParleyError, match="is a dossier and was left"):
        export(RECORD, "csv", dossier)
    assert dossier.read_bytes() == b"SQLite format 3\0 and so on"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_survives_csv_and_xml(text: str) -> None:
    safe = unformula(text)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([safe])
    (row,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert row == [safe]
    assert safe in (text, f"'{text}")
    element = etree.Element("x")
    element.text = legal_xml(text)
    assert len(element.text) == len(text)
    assert etree.fromstring(etree.tostring(element)).text == element.text
