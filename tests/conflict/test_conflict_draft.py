"""From a dossier to a draft: suggestions with their statements, for any kind of negotiation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from markupsafe import escape

from parley.bridge.conflict import draft_conflict
from parley.cli import main
from parley.cli.conflict import conflict as group
from parley.conflict import dumps, gmcr_json, loads, solve
from parley.conflict.words import DRAFT
from parley.dossier import Dossier
from parley.errors import ModelError
from parley.records import Actor, Anchor, Document, OriginGroup, Record, Span, Statement

TEXT = "The union demands a raise from Harbour Ltd. Harbour Ltd offers shorter hours and threatens a lockout."


def said(speaker, act, issue, stance, *, document="d1", addressee=None, words="a raise", **more):
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Statement(
        id=f"{speaker}-{act}-{issue}-{document}",
        document=document,
        span=span,
        content=words,
        speaker=speaker,
        voice="party",
        act=act,
        reader="test",
        rule="test",
        anchor=Anchor(words, "", "", span.start, span.end),
        issues=(issue,),
        stance=stance,
        addressee=addressee,
        **more,
    )


def record(*statements, actors=None, groups=None):
    documents = tuple(
        Document(name, name, name, "text", TEXT, "0", "0") for name in sorted({s.document for s in statements} | {"d1"})
    )
    return Record(
        documents=documents,
        statements=statements,
        actors=actors
        or (
            Actor("Dockers' Union", "organisation"),
            Actor("Harbour Ltd", "organisation"),
            Actor("Ms Ode", "person", belongs_to="Dockers' Union"),
        ),
        groups=groups or tuple(OriginGroup(d.id, (d.id,), "stands alone") for d in documents),
    )


def dispute():
    return record(
        said("Ms Ode", "DEMAND", "G4", "for", addressee="Harbour Ltd"),
        said("Harbour Ltd", "REJECT", "G4", "against", words="Harbour Ltd offers"),
        said("Harbour Ltd", "THREATEN", "G1", "for", words="threatens a lockout"),
        said("Dockers' Union", "REJECT", "G1", "against"),
        said("Harbour Ltd", "PROPOSE", "F3", "for", words="shorter hours"),
        said("Dockers' Union", "CONDITION", "F3", "conditional"),
    )


def test_a_labour_dispute_becomes_decision_makers_options_and_preferences():
    model, comments = draft_conflict(dispute())
    assert set(model.names()) == {"Dockers' Union", "Harbour Ltd"}
    owners = {option.name: option.of for option in model.options}
    assert owners["Harbour Ltd: Trade, pay, prices, banking and debt"] == "Harbour Ltd"
    assert any("acts on its threat" in name and of == "Harbour Ltd" for name, of in owners.items())
    union = next(maker for maker in model.decision_makers if maker.name == "Dockers' Union")
    texts = [statement.text for statement in union.prefers.statements]
    assert "'Harbour Ltd: Trade, pay, prices, banking and debt'" in texts
    assert (
        "not 'Dockers' Union: Humanitarian access' if not ('Harbour Ltd: Trade, pay, prices, banking and debt')"
        in texts
    )
    assert any("Nothing has been solved" in line for line in comments)


def test_every_suggestion_names_its_statements_and_is_marked():
    source = dispute()
    known = {statement.id: statement for statement in source.statements}
    model, _ = draft_conflict(source)
    items = [*model.options, *(s for maker in model.decision_makers for s in maker.prefers.statements)]
    assert items
    for item in items:
        assert item.note.startswith("Suggested")
        assert item.because
        for because in item.because:
            assert known[because.statement].content == because.words


def test_a_draft_reads_back_and_solves():
    model, comments = draft_conflict(dispute())
    text = dumps(model, comments=comments)
    assert text.startswith("# A draft")
    again = loads(text)
    assert again == model
    assert solve(again).space.states.size == 2 ** len(model.options)


def test_the_same_record_gives_the_same_draft():
    assert draft_conflict(dispute()) == draft_conflict(replace(dispute()))


def test_copies_of_one_origin_are_not_counted_twice_and_altered_words_stand_back():
    plain = said("Ms Ode", "DEMAND", "G4", "for", addressee="Harbour Ltd")
    copy = replace(plain, id="copy", document="d2", quote_altered=True, stance="against")
    other = said("Harbour Ltd", "REJECT", "G4", "against", words="Harbour Ltd offers")
    one_origin = (OriginGroup("o", ("d1", "d2"), "copy"),)
    model, _ = draft_conflict(record(plain, copy, other, groups=one_origin))
    cited = {b.statement for m in model.decision_makers for s in m.prefers.statements for b in s.because}
    assert "copy" not in cited


def test_crowds_authors_and_the_process_of_the_talks_decide_nothing():
    actors = (
        Actor("Dockers' Union", "organisation"),
        Actor("Harbour Ltd", "organisation"),
        Actor("both sides", "group"),
    )
    statements = (
        *dispute().statements,
        said("both sides", "ACCEPT", "G4", "for"),
        said("@author", "DEMAND", "G4", "for"),
        said("Harbour Ltd", "PROPOSE", "H5", "for"),
    )
    model, _ = draft_conflict(record(*[s for s in statements if s.speaker != "Ms Ode"], actors=actors))
    assert set(model.names()) == {"Dockers' Union", "Harbour Ltd"}
    assert not any("Sequencing" in option.name for option in model.options)


def test_a_person_speaks_for_the_side_whose_office_tells_of_it_or_whose_name_is_in_the_title():
    actors = (
        Actor("Ardland", "state", names=("Ardish",)),
        Actor("Borland", "state"),
        Actor("Hill House", "office", belongs_to="Ardland"),
        Actor("Ada Moor", "person", roles=("President",)),
        Actor("Bea Lund", "person", roles=("Borland foreign minister",)),
    )
    statements = (
        said("Ada Moor", "DEMAND", "A1", "for", via=("Hill House",)),
        said("Ada Moor", "PROPOSE", "A1", "for"),
        said("Bea Lund", "REJECT", "A1", "against"),
    )
    model, comments = draft_conflict(record(*statements, actors=actors))
    assert set(model.names()) == {"Ardland", "Borland"}
    assert not any("Left out" in line for line in comments)


def test_too_little_for_a_model_is_said_in_a_sentence():
    with pytest.raises(ModelError, match="fewer than two sides"):
        draft_conflict(record(said("Ms Ode", "DEMAND", "G4", "for")))


# The command line


def run(*arguments):
    return CliRunner().invoke(group, [str(item) for item in arguments])


@pytest.fixture
def model_file(tmp_path):
    model, comments = draft_conflict(dispute())
    path = tmp_path / "model.toml"
    path.write_text(dumps(model, comments=comments), encoding="utf-8")
    return path


def test_solve_prints_the_table_and_writes_the_files(model_file, tmp_path):
    page, data, table = tmp_path / "out.html", tmp_path / "out.json", tmp_path / "out.csv"
    result = run("solve", model_file, "-o", page, "--json", data, "--csv", table)
    assert result.exit_code == 0, result.output
    assert "Nash:" in result.output
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert data.read_text(encoding="utf-8").startswith("{")
    assert table.read_text(encoding="utf-8").startswith("state,pattern,taken")


def test_json_on_standard_output_comes_alone(model_file):
    result = run("solve", model_file, "--json", "-", "--concepts", "nash, seq")
    import json

    assert set(json.loads(result.output)["equilibria"]) == {"nash", "seq"}


def test_questions_on_the_command_line(model_file):
    result = run("solve", model_file, "--want", "0", "--draws", "50", "--concepts", "seq")
    assert result.exit_code == 0, result.output
    assert "What would make state 0" in result.output
    assert "50 variations (rankings off by about 1 rank; seed 0)" in result.output
    result = run("solve", model_file, "--why", "0", "--concepts", "seq,l2")
    assert "Why state 0 (nothing taken) is stable or not" in result.output
    assert "Limited moves, 2 ahead (L2):" in result.output
    result = run("solve", model_file, "--draws", "20", "--vary", "tie=0.2", "--vary", "reverse=0.5")
    assert "tied with a chance of 0.2 and moves that cannot be undone free with a chance of 0.5" in result.output
    assert "rankings off" not in result.output


def test_a_bad_model_leaves_no_output_behind(model_file, tmp_path):
    model_file.write_text(
        model_file.read_text(encoding="utf-8") + "\n[[infeasible]]\npattern = 'Y'\n", encoding="utf-8"
    )
    page = tmp_path / "out.html"
    result = run("solve", model_file, "-o", page)
    assert isinstance(result.exception, ModelError)
    assert "line" in str(result.exception)
    assert not page.exists()
    assert result.output == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--concepts", "hope"), "no concept 'hope'"),
        (("--concepts", ","), "names none"),
        (("--json", "-", "--csv", "-"), "both"),
        (("--vary", "tie=0.1"), "add --draws"),
        (("--draws", "9", "--vary", "mood=1"), "names nothing that varies; write one of noise, tie"),
        (("--draws", "9", "--vary", "tie=often"), "has no number"),
        (("--draws", "9", "--vary", "tie=2"), "chance"),
        (("--why", "99"), "not feasible"),
    ],
)
def test_options_that_make_no_sense(model_file, arguments, message):
    result = run("solve", model_file, *arguments)
    assert message in str(result.exception)


def test_gmcr_files_are_read_and_written(model_file, tmp_path):
    written = tmp_path / "model.gmcr"
    assert run("solve", model_file, "--gmcr", written).exit_code == 0
    assert run("solve", written).output.splitlines()[2:] == run("solve", model_file).output.splitlines()[2:]


def test_draft_on_a_dossier_writes_a_file_and_solves_nothing(tmp_path):
    coverage = tmp_path / "one.txt"
    coverage.write_text(
        "Ardland demanded on Monday that Borland withdraw its troops. Borland rejected the demand and proposed a "
        "general ceasefire. Ardland said it was ready to accept a ceasefire if Borland withdrew its troops.\n",
        encoding="utf-8",
    )
    dossier = tmp_path / "d.parley"
    runner = CliRunner()
    assert runner.invoke(main, ["read", str(coverage), "-d", str(dossier)]).exit_code == 0
    out = tmp_path / "m.toml"
    result = run("draft", dossier, "-o", out)
    if result.exception is None:
        assert loads(out.read_text(encoding="utf-8")).options
        again = run("draft", dossier, "-o", out)
        assert "is there already" in str(again.exception)
    else:
        assert isinstance(result.exception, ModelError)
        assert not out.exists()


def test_draft_of_something_that_is_no_dossier(tmp_path):
    (tmp_path / "x.parley").write_text("no", encoding="utf-8")
    result = run("draft", tmp_path / "x.parley", "-o", tmp_path / "m.toml")
    assert result.exit_code != 0
    assert not (tmp_path / "m.toml").exists()
    with Dossier.open() as empty, pytest.raises(ModelError, match="fewer than two sides"):
        draft_conflict(empty.record())


# Whose model it is


def test_a_draft_says_so_in_every_result_until_somebody_takes_the_line_out(tmp_path):
    model, comments = draft_conflict(dispute())
    assert model.draft
    text = dumps(model, comments=comments)
    assert text.count('status = "draft"') == 1
    path, page, data = tmp_path / "talks.toml", tmp_path / "talks.html", tmp_path / "talks.json"
    path.write_text(text, "utf-8")
    arguments = ["conflict", "solve", str(path), "-o", str(page), "--json", str(data)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[1] == DRAFT
    assert escape(DRAFT) in page.read_text("utf-8")
    assert '"draft": true' in data.read_text("utf-8")
    assert gmcr_json.loads(gmcr_json.dumps(loads(text))).draft
    path.write_text("\n".join(line for line in text.splitlines() if not line.startswith("status = ")), "utf-8")
    done = CliRunner().invoke(main, arguments)
    assert DRAFT not in done.output
    assert escape(DRAFT) not in page.read_text("utf-8")
    assert '"draft": false' in data.read_text("utf-8")


def test_a_status_that_does_not_exist_is_one_sentence_with_its_line():
    text = dumps(draft_conflict(dispute())[0]).replace('status = "draft"', 'status = "finished"')
    with pytest.raises(ModelError, match=r"line 2: the status is 'finished'; write 'draft', or take the line out"):
        loads(text)
