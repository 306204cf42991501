"""The command line as a user meets it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley import workbench
from parley.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "ceasefire-call"


def run(*args: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


def rows(*args: object) -> list[dict[str, object]]:
    """Run a listing command and return the cells of its rows."""
    made = run(*args, "--json")
    assert made.exit_code == 0, made.stderr
    return [row["cells"] for row in json.loads(made.stdout)["rows"]]


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("call") / "call.parley"
    assert run("read", EXAMPLE, "-d", path).exit_code == 0
    return path


@pytest.fixture
def strike(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Maria Keller rejected the offer of the port authority on Monday.", "utf-8")
    path = tmp_path / "strike.parley"
    assert run("read", tmp_path / "a.txt", "-d", path).exit_code == 0
    return path


def test_read_counts_on_standard_error_and_sums_up_on_standard_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The union rejected the offer of the board.", "utf-8")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 40)
    made = run("read", tmp_path, "-d", tmp_path / "x.parley")
    assert made.exit_code == 0
    assert "1 read, 0 already there" in made.stderr
    assert "b.bin" in made.stderr
    assert "1 document, 1 independent source, " in made.stdout
    again = run("read", tmp_path, "-d", tmp_path / "x.parley")
    assert "0 read, 1 already there" in again.stderr


def test_read_takes_standard_input_and_what_the_user_knows(tmp_path: Path) -> None:
    path = tmp_path / "x.parley"
    text = b"The union rejected the offer on Monday."
    assert run("read", "-", "-d", path, "--date", "2025-06-04", "--outlet", "The Harbour", stdin=text).exit_code == 0
    (row,) = rows("show", "documents", path)
    assert row["date"] == "2025-06-04"
    (source,) = rows("show", "sources", path)
    assert source["outlet"] == "The Harbour"


def test_brief_of_coverage_and_of_a_dossier(call: Path, tmp_path: Path) -> None:
    made = run("brief", EXAMPLE, "-o", tmp_path / "b.html")
    assert made.exit_code == 0 and "8 documents from 6 independent sources" in made.stdout
    assert run("brief", call, "-o", tmp_path / "c.html").exit_code == 0
    page = (tmp_path / "b.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert run("brief", call, "-o", tmp_path / "c.md").exit_code == 0
    assert (tmp_path / "c.md").read_text("utf-8").startswith("# ")
    assert run("brief", call, "-o", "-").stdout.strip().endswith("</html>")


def test_brief_takes_in_models(call: Path, tmp_path: Path) -> None:
    models = ("--conflict", EXAMPLE / "conflict.toml", "--bargain", EXAMPLE / "bargain.toml")
    assert run("brief", call, *models, "-o", tmp_path / "a.html").exit_code == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert 'id="model-conflict"' in page
    assert 'id="model-bargain"' in page
    text = run("brief", call, *models, "--md", "-o", "-")
    assert "Two calls, 18 and 19 March 2025" in text.stdout


@pytest.mark.parametrize("option", ["--conflict", "--bargain"])
def test_a_bad_model_is_one_sentence_and_no_brief(call: Path, tmp_path: Path, option: str) -> None:
    bad = tmp_path / "bad.toml"
    for content in ("[[", "", 'title = "no more"\n'):
        bad.write_text(content, "utf-8")
        made = run("brief", call, option, bad, "-o", tmp_path / "b.html")
        assert made.exit_code == 1
        assert made.stdout == ""
        assert made.stderr.startswith("parley: ")
        assert "bad.toml" in made.stderr
        assert made.stderr.count("\n") == 1
        assert not (tmp_path / "b.html").exists()


def test_models_write_whole_files_or_none(tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text("old", "utf-8")
    assert run("bargain", "solve", EXAMPLE / "bargain.toml", "--json", there).exit_code == 0
    assert json.loads(there.read_text("utf-8"))["format"] == "parley bargain result 1"
    lost = run("bargain", "solve", EXAMPLE / "bargain.toml", "-o", tmp_path / "no" / "x.html")
    assert lost.exit_code == 1
    assert lost.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.json"]


@pytest.mark.parametrize(
    "table",
    "statements positions proposals accounts timeline experts sources documents actors issues gaps".split(),
)
def test_show_every_table_three_ways(call: Path, table: str) -> None:
    assert run("show", table, call).exit_code == 0
    found = rows("show", table, call)
    lines = run("show", table, call, "--csv").stdout.splitlines()
    assert found and len(lines) >= len(found) + 1


def test_search_finds_words_where_they_stand(call: Path) -> None:
    found = json.loads(run("search", call, "hockey", "--json").stdout)
    texts = {d.name: d.text for d in workbench.open_dossier(call).documents}
    assert found
    for hit in found:
        assert "hockey" in texts[hit["doc"]][hit["start"] : hit["end"]].lower()
    nothing = run("search", call, "zeppelin")
    assert nothing.exit_code == 0 and "Nothing found" in nothing.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "graphml"])
def test_export_writes_every_format(call: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"x.{form}"
    assert run("export", call, "--format", form, "-o", out).exit_code == 0
    assert out.stat().st_size > 1000


def test_exported_json_lines_stand_in_their_articles(call: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    run("export", call, "--format", "jsonl", "-o", out)
    texts = {d.name: d.text for d in workbench.open_dossier(call).documents}
    for line in out.read_text("utf-8").splitlines():
        row = json.loads(line)
        assert texts[row["doc"]][row["start"] : row["end"]] == row["content"]


def test_check_says_what_is_wrong_and_exits_with_1(strike: Path) -> None:
    assert run("check", strike).exit_code == 0
    with sqlite3.connect(strike) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE document SET text = replace(text, 'rejected', 'accepted')")
    broken = run("check", strike)
    assert broken.exit_code == 1 and broken.stdout.strip()


def test_actors_are_renamed_merged_aliased_and_undone(strike: Path) -> None:
    assert run("actors", "rename", strike, "Maria Keller", "M. Keller", "--who", "Mo").exit_code == 0
    names = {row["name"] for row in rows("actors", "list", strike)}
    assert "M. Keller" in names and "Maria Keller" not in names
    undone = run("actors", "undo", strike, "1", "--who", "Mo")
    assert undone.stdout == "Decision 2: undo 1.\n"
    names = {row["name"] for row in rows("actors", "list", strike)}
    assert "Maria Keller" in names
    wrong = run("actors", "rename", strike, "Maria Kelle", "X")
    assert wrong.exit_code == 2 and "Maria Keller" in wrong.stderr


def test_actors_are_split_and_rolled_up(strike: Path) -> None:
    assert run("actors", "alias", strike, "Maria Keller", "the chair").exit_code == 0
    done = run("actors", "split", strike, "Maria Keller", "the chair", "--as", "The chair of the port")
    assert done.exit_code == 0, done.stderr
    assert "The chair of the port" in {row["name"] for row in rows("actors", "list", strike)}
    under = next(str(row["name"]) for row in rows("actors", "list", strike) if "uthority" in str(row["name"]))
    done = run("actors", "roll-up", strike, "Maria Keller", under)
    assert done.stdout.startswith(f"Decision 3: roll up actor Maria Keller (under {under})")
    with workbench.open_dossier(strike) as dossier:
        assert {a.name: a.belongs_to for a in dossier.actors}["Maria Keller"] == under
    wrong = run("actors", "split", strike, "Maria Keller", "the mayor")
    assert wrong.exit_code != 0 and "no other name of" in wrong.stderr


def test_a_reviewed_brief_counts_only_what_people_stand_behind(strike: Path, tmp_path: Path) -> None:
    more = "The port authority demanded longer shifts. The city promised a mediator. The union said it would strike.\n"
    (tmp_path / "b.txt").write_text(more, "utf-8")
    assert run("read", tmp_path / "b.txt", "-d", strike).exit_code == 0
    out = tmp_path / "brief.md"
    none = run("brief", strike, "--md", "--reviewed", "-o", out)
    assert none.exit_code != 0 and "Nobody has accepted" in none.stderr and not out.exists()
    with workbench.open_dossier(strike) as dossier:
        kept, edited, rejected, *left = dossier.statements
        dossier.decide("accept statement", kept.id, {}, who="Mo")
        dossier.decide(
            "edit statement", edited.id, {"stance": "for" if edited.stance != "for" else "against"}, who="Mo"
        )
        dossier.decide("reject statement", rejected.id, {}, who="Mo")
    made = run("brief", strike, "--md", "--reviewed", "-o", out)
    assert made.exit_code == 0, made.stderr
    only = out.read_text("utf-8")
    assert "every statement reviewed by Mo" in only and "2 statements" in made.stdout
    whole = run("brief", strike, "--md", "-o", out)
    assert whole.exit_code == 0 and f"{2 + len(left)} statements" in whole.stdout
    assert left and f"2 of {2 + len(left)} statements reviewed by Mo" in out.read_text("utf-8")


def test_an_issue_is_added_with_examples_and_told_back(strike: Path) -> None:
    examples = [word for phrase in ("no work  after\nmidnight", " ", "nights off") for word in ("--example", phrase)]
    done = run("issues", "add", strike, "N1", "Night shifts", "--proposition", "Night shifts end.", *examples)
    assert done.exit_code == 0 and "no work after midnight; nights off" in done.output
    with workbench.open_dossier(strike) as dossier:
        assert dossier.issues[-1].examples == ("no work after midnight", "nights off")


def test_issues_are_relabelled_and_added(strike: Path) -> None:
    assert run("issues", "rename", strike, "G4", "Pay").exit_code == 0
    assert run("issues", "add", strike, "N1", "Night shifts", "--proposition", "Night shifts end.").exit_code == 0
    labels = {row["id"]: row["label"] for row in rows("issues", "list", strike)}
    assert labels["G4"] == "Pay" and labels["N1"] == "Night shifts"


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("read", "gone.txt", "-d", "x.parley"), 1, "gone.txt"),
        (("brief", "gone.parley"), 1, "gone.parley"),
        (("brief", "text.parley"), 1, "text.parley"),
        (("show", "nonsense", "ok.parley"), 2, "choose one of"),
        (("show", "positions", "gone.parley"), 1, "gone.parley"),
        (("search", "text.parley", "x"), 1, "text.parley"),
        (("export", "ok.parley", "--format", "jsonl", "-o", "no/such/folder/x.jsonl"), 1, "no/such/folder"),
        (("read", "a.txt", "-d", "y.parley", "--reader", "oracle"), 2, "choose one of: local, rules"),
        (("read", "a.txt", "-d", "y.parley", "--date", "tomorrow"), 1, "tomorrow"),
        (("read", "a.txt", "-d", "folder"), 1, "folder"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The union rejected the offer of the board.", "utf-8")
    Path("text.parley").write_text("not a dossier", "utf-8")
    Path("folder").mkdir()
    assert run("read", "a.txt", "-d", "ok.parley").exit_code == 0
    made = run(*args)
    assert made.exit_code == code
    assert made.stderr.count("\n") == 1 and made.stderr.startswith("parley: ") and words in made.stderr
    assert not Path("x.parley").exists() and not Path("y.parley").exists()


def test_debug_shows_the_trace(tmp_path: Path) -> None:
    made = run("show", "positions", tmp_path / "gone.parley", "--debug")
    assert made.exception is not None and "gone.parley" in str(made.exception)


def test_a_named_file_that_is_refused_among_others_fails_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The union rejected the offer of the board.", "utf-8")
    made = run("read", tmp_path / "a.txt", tmp_path / "gone.txt", "-d", tmp_path / "x.parley")
    assert made.exit_code == 1
    assert "1 read" in made.stderr and "gone.txt" in made.stderr
    assert len(workbench.open_dossier(tmp_path / "x.parley").documents) == 1


def test_ctrl_c_says_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"The union rejected offer {name} of the board.", "utf-8")
    real = workbench._read_one

    def interrupted(document: object, reader: object) -> object:
        if document.name == "b":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return real(document, reader)  # type: ignore[arg-type]

    monkeypatch.setattr(workbench, "_read_one", interrupted)
    made = run("read", tmp_path, "-d", tmp_path / "x.parley")
    assert made.exit_code == 1
    assert made.stderr == "parley: Stopped. 1 document stored; run the same command to go on.\n"
    assert len(workbench.open_dossier(tmp_path / "x.parley").documents) == 1


def test_hostile_words_are_data_everywhere(tmp_path: Path) -> None:
    hostile = '=cmd|"/c calc"!A1 said <script>alert(1)</script> <img src=x onerror=alert(2)> rejected the offer.'
    (tmp_path / "a.txt").write_text(f"The union said that {hostile}\nMinister Ana Reyes rejected {hostile}", "utf-8")
    path = tmp_path / "x.parley"
    assert run("read", tmp_path / "a.txt", "-d", path).exit_code == 0
    assert run("brief", path, "-o", tmp_path / "b.html").exit_code == 0
    page = (tmp_path / "b.html").read_text("utf-8")
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    run("export", path, "--format", "csv", "-o", tmp_path / "b.csv")
    assert not any(cell.startswith("=") for cell in (tmp_path / "b.csv").read_text("utf-8").replace('"', "").split(","))


def test_killed_while_reading_it_opens_again_with_all_that_was_stored(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"Side {number} rejected offer {number} of the board.", "utf-8")
    path = tmp_path / "x.parley"
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-m", "parley", "read", str(tmp_path), "-d", str(path), "--workers", "1"],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            child.wait(0.9)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if path.exists():
            assert run("check", path).exit_code == 0
    assert run("read", tmp_path, "-d", path).exit_code == 0
    assert len(workbench.open_dossier(path).documents) == 60
