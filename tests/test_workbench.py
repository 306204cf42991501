"""The library's front: reading coverage into a dossier, and the brief."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import parley
from parley import workbench
from parley.errors import ParleyError, SourceError, UnknownName
from parley.reading import RulesReader
from parley.records import Document, Furniture, Reading, Span
from parley.workbench import Progress

EXAMPLE = Path(__file__).parents[1] / "examples" / "ceasefire-call"


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "a.txt").write_text("The union rejected the offer on Monday. “We stay out,” said Anna Keller.", "utf-8")
    (folder / "b.txt").write_text("The port authority accused the union of blackmail. It offered more pay.", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_the_public_names_are_what_the_documentation_says() -> None:
    names = "Actor Document Dossier Given ParleyError Record Span Statement __version__ brief open_dossier read"
    assert sorted(parley.__all__) == names.split()
    assert all(hasattr(parley, name) for name in parley.__all__)


def test_a_folder_becomes_statements_in_memory() -> None:
    with parley.read(EXAMPLE) as dossier:
        assert len(dossier.documents) == 8
        assert len(dossier.statements) > 100
        texts = {document.id: document.text for document in dossier.documents}
        assert all(s.span.of(texts[s.document]) == s.content for s in dossier.statements)
        assert len(dossier.record().groups) < 8


def test_words_of_translated_and_reworded_documents_are_marked_as_altered() -> None:
    with parley.read(EXAMPLE) as dossier:
        names = {document.id: document.name for document in dossier.documents}
        altered = {names[s.document] for s in dossier.statements if s.quote_altered}
        assert altered == {"glaszaliva_translated", "worldpulse_reworded"}
        assert all(s.quote_altered for s in dossier.statements if names[s.document] in altered)


def test_reading_the_same_again_changes_nothing(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    told: list[Progress] = []
    parley.read(coverage, dossier=path).close()
    with parley.open_dossier(path) as dossier:
        before = dossier.record()
    with parley.read(coverage, dossier=path, tell=told.append) as dossier:
        after = dossier.record()
    assert (told[-1].read, told[-1].unchanged, told[-1].refused) == (0, 2, 1)
    assert (after.statements, after.documents, after.groups) == (before.statements, before.documents, before.groups)
    assert len(after.runs) == 2


def test_a_date_given_later_reaches_a_stored_document(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    parley.read(coverage / "a.txt", dossier=path).close()
    with parley.read(coverage / "a.txt", dossier=path, given=parley.Given(date="2025-06-04")) as dossier:
        (document,) = dossier.documents
        assert document.date is not None and (document.date.value, document.date.basis) == ("2025-06-04", "given")
        assert [t.resolved for t in dossier.record().times] == ["2025-06-02"]


def test_one_process_and_two_read_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        text = f"Side {number} rejected offer {number} of the board. Talks would resume, the ministry said."
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    with parley.read(folder, workers=1) as one, parley.read(folder, workers=2) as two:
        assert one.statements == two.statements
        assert one.documents == two.documents
        assert one.record().groups == two.record().groups
        assert parley.brief(one) == parley.brief(two)


def test_the_brief_is_the_same_bytes_in_every_process() -> None:
    made_of = f"parley.brief(parley.read({str(EXAMPLE)!r})).encode()"
    code = f"import parley, hashlib; print(hashlib.sha256({made_of}).hexdigest())"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(made) == 1


def test_what_is_longer_than_any_coverage_is_stored_whole_and_said_to_be_read_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "_LONGEST_READ", 5_000)
    text = "The union rejected the offer of the board. " * 300
    (tmp_path / "long.txt").write_text(text, "utf-8")
    with parley.read(tmp_path / "long.txt") as dossier:
        record = dossier.record()
        assert record.documents[0].text == text
        assert record.statements and max(s.span.end for s in record.statements) <= 5_000
        ((_, note),) = record.unread
        assert note == "The last 7,900 of 12,900 characters were stored but not read for statements."
        assert dossier.check() == ()


def test_a_document_on_which_the_reader_fails_does_not_stop_the_run(
    coverage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = RulesReader.read

    def fail(self: RulesReader, document: Document, furniture: Sequence[Span] = ()) -> Reading:
        if document.name == "a":
            raise IndexError("string index out of range")
        return real(self, document, furniture)

    monkeypatch.setattr(RulesReader, "read", fail)
    with parley.read(coverage, reader="rules") as dossier:
        record = dossier.record()
    assert {s.document for s in record.statements} == {d.id for d in record.documents if d.name == "b"}
    ((_, note),) = record.unread
    assert note.startswith("The reader failed here (IndexError: string index out of range)")


def test_lineage_is_worked_out_anew_when_a_copy_comes(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    with parley.read(coverage, dossier=path) as dossier:
        assert len(dossier.record().groups) == 2
    shutil.copy(coverage / "a.txt", coverage / "copy.txt")
    with parley.read(coverage, dossier=path) as dossier:
        record = dossier.record()
        assert len(record.documents) == 3 and len(record.groups) == 2
        assert {d.kind for d in record.derivations} == {"exact duplicate"}


def test_lineage_left_undone_by_a_killed_run_is_done_by_the_next(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    shutil.copy(coverage / "a.txt", coverage / "copy.txt")

    def die(progress: Progress) -> None:
        if progress.read == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parley.read(coverage, dossier=path, tell=die)
    with parley.open_dossier(path) as dossier:
        assert len(dossier.documents) == 3 and not dossier.compared()
    with parley.read(coverage, dossier=path) as dossier:
        assert dossier.compared() and len(dossier.record().groups) == 2


def test_nothing_readable_is_an_error_and_leaves_no_empty_dossier(tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    with pytest.raises(SourceError, match=r"gone\.txt"):
        parley.read(tmp_path / "gone.txt", dossier=path)
    assert list(tmp_path.iterdir()) == []


def test_an_error_does_not_take_a_dossier_that_was_there(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    parley.read(coverage, dossier=path).close()
    with pytest.raises(SourceError):
        parley.read(tmp_path / "gone.txt", dossier=path)
    with parley.open_dossier(path) as dossier:
        assert len(dossier.documents) == 2


def test_an_unknown_reader_is_named_before_anything_is_made(coverage: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="oracle"):
        parley.read(coverage, dossier=tmp_path / "x.parley", reader="oracle")
    assert not (tmp_path / "x.parley").exists()


def test_a_reader_that_makes_words_up_is_refused(coverage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forge(document: Document, reader: object) -> tuple[Document, tuple[Furniture, ...], Reading]:
        made = parley.read(coverage / "b.txt").record()
        shifted = [
            type(s)(
                **{f: getattr(s, f) for f in s.__slots__} | {"document": document.id, "span": Span(0, len(s.content))}
            )
            for s in made.statements
        ]
        return document, (), Reading(document.id, "rules 1", tuple(shifted), ())

    with monkeypatch.context() as patch:
        original = workbench._read_one
        patch.setattr(workbench, "_read_one", lambda d, r: forge(d, r) if d.name == "a" else original(d, r))
        with pytest.raises(ParleyError, match="a was not stored"):
            parley.read(coverage / "a.txt")
