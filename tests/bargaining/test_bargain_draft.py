"""A draft bargain from a record: what it proposes, with its statements, for any kind of dispute."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley.bargaining.model import numbers
from parley.bargaining.solve import solve
from parley.bargaining.toml import loads
from parley.bridge.bargain import draft, draft_text
from parley.cli.bargain import bargain
from parley.errors import ModelError
from parley.records import Actor, Anchor, Document, Fact, OriginGroup, Record, Span, Statement, TimeMention

NUMBER = iter(range(10_000))


def say(speaker: str, act: str, content: str, issue: str, stance: str = "none", *, document: str = "d1",
        voice: str = "party", mode: str | None = None) -> Statement:  # fmt: skip
    return Statement(
        id=f"s{next(NUMBER)}", document=document, span=Span(0, len(content)), content=content, speaker=speaker,
        voice=voice, act=act, reader="test", rule="test", anchor=Anchor(content, "", "", 0, len(content)),
        issues=(issue,), stance=stance, mode=mode,
    )  # fmt: skip


def record(*statements: Statement) -> Record:
    documents = tuple(Document(name, name, name, "text", "", "", "") for name in ("d1", "d2"))
    return Record(
        documents=documents,
        statements=statements,
        actors=(
            Actor("Dockers' Union", "organisation", names=("the union",)),
            Actor("Harbour Company", "organisation", names=("the company",)),
            Actor("Jo Marlow", "person", belongs_to="Dockers' Union"),
            Actor("Mediation Board", "organisation"),
        ),
        groups=(OriginGroup("g1", ("d1",), ""), OriginGroup("g2", ("d2",), "")),
    )


PAY, TERM = "G4", "E1"


@pytest.fixture
def dispute() -> Record:
    return record(
        say("Jo Marlow", "DEMAND", "a rise of eight per cent is our key condition", PAY, "for"),
        say("Dockers' Union", "DEMAND", "the rise must come this year", PAY, "for", document="d2"),
        say("Harbour Company", "REJECT", "eight per cent is out of the question", PAY, "against"),
        say("Harbour Company", "PROPOSE", "a vote among the crews on the roster", TERM, "for"),
        say("Dockers' Union", "ACCEPT", "ready in principle to hold a vote", TERM, "conditional"),
        say("Mediation Board", "PROPOSE", "a vote first, then talks on pay", TERM, "for"),
        say(
            "Ann Lee",
            "ASSESS",
            "the strike fund of the union will run out by May",
            PAY,
            voice="expert",
            mode="leverage",
        ),
        say("Ann Lee", "ASSESS", "the company is not in a hurry", PAY, voice="expert", mode="leverage"),
    )


def test_sides_issues_and_who_must_agree_come_from_the_positions(dispute: Record) -> None:
    scenario = draft(dispute)
    assert set(scenario.names) == {"Dockers' Union", "Harbour Company", "Mediation Board"}
    assert set(scenario.consent.needed) == {"Dockers' Union", "Harbour Company"}
    assert {issue.name for issue in scenario.issues} == {
        "Trade, pay, prices, banking and debt",
        "Elections and their timing",
    }


@pytest.mark.parametrize("extra", range(1, 8))
def test_chances_to_propose_sum_to_one_whatever_was_proposed(dispute: Record, extra: int) -> None:
    more = tuple(say("Mediation Board", "PROPOSE", f"plan {i}", TERM, "for") for i in range(extra))
    found = draft(replace(dispute, statements=dispute.statements + more))
    assert sum(n.value for n in found.proposers.turns[0].chances.values()) == pytest.approx(1.0, abs=1e-12)


def test_nameless_speakers_do_not_become_parties_where_named_sides_are(dispute: Record) -> None:
    voice = tuple(say("spokesman", "DEMAND", "more of everything", PAY, "for") for _ in range(9))
    actors = (*dispute.actors, Actor("spokesman", "office"))
    heard = replace(dispute, statements=dispute.statements + voice, actors=actors)
    assert "spokesman" not in draft(heard).names
    assert "# Left out, though they take positions: spokesman." in draft_text(heard)
    assert "Left out" not in draft_text(dispute)


def test_worths_follow_demanded_acceptable_refused_and_silence(dispute: Record) -> None:
    found = dict(numbers(draft(dispute)))
    pay = "issues/Trade, pay, prices, banking and debt/options/agreed"
    assert found[f"{pay}/Dockers' Union"].value == 1.0
    assert found[f"{pay}/Harbour Company"].value == 0.0
    assert found[f"{pay}/Mediation Board"].sources == ("assumed",)
    assert (found[f"{pay}/Mediation Board"].low, found[f"{pay}/Mediation Board"].high) == (0.2, 0.8)
    assert found["issues/Elections and their timing/options/agreed/Dockers' Union"].value == 0.7


def test_words_of_stress_and_independent_sources_weigh(dispute: Record) -> None:
    found = dict(numbers(draft(dispute)))
    union = found["issues/Trade, pay, prices, banking and debt/weights/Dockers' Union"]
    assert union.value > 0.75  # two sources and a key condition against one acceptance
    assert found["issues/Trade, pay, prices, banking and debt/weights/Harbour Company"].value == pytest.approx(0.5)


def test_clocks_and_patience_come_from_what_is_said_of_time_and_name_their_statements(dispute: Record) -> None:
    scenario = draft(dispute)
    assert {clock.name for clock in scenario.clocks} == {"Supplies and reserves"}  # a party's patience is its own
    found = dict(numbers(scenario))
    fund = found["flows/Supplies and reserves has turned/Dockers' Union"]
    assert fund.value < 0
    assert fund.words == "the strike fund of the union will run out by May"
    patience = found["parties/Harbour Company/patience"]
    assert patience.value == 0.98
    assert patience.words == "the company is not in a hurry"


STORY = (
    "The strike fund of the Dockers' Union runs out by 31 May 2031, Ann Lee said. The Harbour Company can wait. "
    "The Harbour Company cannot wait, Bo Ray said. The Mediation Board is losing patience, she said. "
    "The Dockers' Union has the upper hand on the quays, Bo Ray said."
)


def told() -> Record:
    """A dispute in January whose coverage says when a fund runs out, who can wait, and who is strong."""

    def view(words: str, speaker: str, issue: str = PAY) -> Statement:
        start = STORY.index(words)
        return Statement(
            id=f"v{next(NUMBER)}", document="d1", span=Span(start, start + len(words)), content=words,
            speaker=speaker, voice="expert", act="ASSESS", reader="test", rule="test", issues=(issue,), mode="leverage",
            anchor=Anchor(words, "", "", start, start + len(words)),
        )  # fmt: skip

    base = record(
        say("Dockers' Union", "DEMAND", "a rise", PAY, "for", document="d2"),
        say("Harbour Company", "REJECT", "no rise", PAY, "against", document="d2"),
        say("Mediation Board", "PROPOSE", "a vote first", TERM, "for", document="d2"),
        view("The strike fund of the Dockers' Union runs out by 31 May 2031", "Ann Lee"),
        view("The Harbour Company can wait", "Ann Lee"),
        view("The Harbour Company cannot wait", "Bo Ray"),
        view("The Mediation Board is losing patience", "Ann Lee"),
        view("The Dockers' Union has the upper hand on the quays", "Bo Ray", TERM),
    )
    day = STORY.index("31 May 2031")
    return replace(
        base,
        documents=(
            Document("d1", "d1", "d1", "text", STORY, "", "", date=Fact("2031-01-31", "stated")),
            Document("d2", "d2", "d2", "text", "", "", "", date=Fact("2031-01-30", "stated")),
        ),
        times=(TimeMention("d1", Span(day, day + 11), "31 May 2031", "2031-05-31", "stated"),),
    )


def test_the_leverage_table_gives_clocks_with_chances_from_the_day_that_it_names() -> None:
    scenario = draft(told())
    found = dict(numbers(scenario))
    chance = found["clocks/Supplies and reserves/turns"]
    assert chance.value == pytest.approx(1 / 4, abs=0.02)  # four months from the latest article to the day named
    assert chance.low == pytest.approx(1 / 5, abs=0.02)
    assert chance.high == pytest.approx(1 / 3, abs=0.02)
    assert chance.words == "The strike fund of the Dockers' Union runs out by 31 May 2031"
    loss = found["flows/Supplies and reserves has turned/Dockers' Union"]
    assert (loss.value, loss.low, loss.high) == (-0.02, -0.04, 0.0)
    assert found["flows/Supplies and reserves has turned/Harbour Company"].sources == ("assumed",)


def test_the_horizon_is_the_farthest_day_that_a_clock_names_with_statement_and_range() -> None:
    dispute = told()
    scenario = draft(dispute)
    assert scenario.horizon == 4
    assert scenario.span is not None
    assert (scenario.span.low, scenario.span.high) == (3, 5)
    assert scenario.span.words == "The strike fund of the Dockers' Union runs out by 31 May 2031"
    again = loads(draft_text(dispute))
    assert (again.horizon, again.span) == (4, scenario.span)
    nothing = draft(record(say("A Union", "DEMAND", "x", PAY, "for"), say("B Works", "REJECT", "y", PAY, "against")))
    assert nothing.span is not None
    assert (nothing.horizon, nothing.span.low, nothing.span.high) == (12, 6, 24)
    assert nothing.span.sources == ("assumed",)


def test_sources_that_disagree_leave_the_middle_and_a_range_to_both_ends() -> None:
    company = dict(numbers(draft(told())))["parties/Harbour Company/patience"]
    union = dict(numbers(draft(told())))["parties/Dockers' Union/patience"]
    assert (company.value, company.low, company.high) == (0.95, 0.8, 0.995)
    assert len(company.sources) == 2
    assert union.sources == ("assumed",)


def test_a_mediators_patience_is_a_clock_and_strength_bears_on_the_end_without_a_deal() -> None:
    scenario = draft(told())
    assert "Patience of Mediation Board" in {clock.name for clock in scenario.clocks}
    found = dict(numbers(scenario))
    assert (
        found["endings/nothing is agreed/Dockers' Union"].value
        > found["endings/nothing is agreed/Harbour Company"].value
    )
    assert found["endings/nothing is agreed/Dockers' Union"].words.endswith("upper hand on the quays")


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("three weeks", None),
        ("six months", 6),
        ("several months", 5),
        ("two years", 24),
        ("a few months", 3),
        ("0 to 90 days", 2),
    ],
)
def test_lengths_of_time_count_from_the_latest_article(words: str, months: int | None) -> None:
    text = f"The Harbour Company can carry on for {words}, Ann Lee said."
    said = text.removesuffix(", Ann Lee said.")
    view = Statement(
        id="v", document="d1", span=Span(0, len(said)), content=said, speaker="Ann Lee", voice="expert", act="ASSESS",
        reader="test", rule="test", issues=(PAY,), mode="leverage", anchor=Anchor(said, "", "", 0, len(said)),
    )  # fmt: skip
    base = told()
    kept = tuple(s for s in base.statements if s.document == "d2")
    document = replace(base.documents[0], text=text)
    found = draft(replace(base, statements=(*kept, view), documents=(document, base.documents[1]), times=()))
    assert found.horizon == (months or 12)
    assert found.span is not None
    assert (found.span.words == said) is (months is not None)


def test_every_number_names_statements_of_the_record_or_says_assumed_and_has_a_range(dispute: Record) -> None:
    known = {f"statement {statement.id}" for statement in dispute.statements}
    for path, number in numbers(draft(dispute)):
        assert set(number.sources) <= known | {"assumed"}, path
        assert number.low is not None, path
        assert number.low <= number.value <= (number.high or 0), path


def test_the_draft_reads_back_and_solves(dispute: Record) -> None:
    text = draft_text(dispute)
    assert text.startswith("# A draft that Parley proposes")
    scenario = loads(text)
    assert solve(scenario).settled
    assert text == draft_text(dispute)


def test_too_little_is_said_in_one_sentence() -> None:
    with pytest.raises(ModelError, match="fewer than two sides"):
        draft(record(say("Dockers' Union", "DEMAND", "more pay", PAY, "for")))
    talk = (say(name, "DEMAND", "earnest talks", "H8", "for") for name in ("Dockers' Union", "Harbour Company"))
    with pytest.raises(ModelError, match="only on how talks go"):
        draft(record(*talk))


def test_a_word_inside_another_is_not_a_side() -> None:
    found = draft(
        record(
            say("Dockers' Union", "DEMAND", "more pay", PAY, "for"),
            say("Harbour Company", "REJECT", "no rise", PAY, "against"),
            say("X", "ASSESS", "thecompany is in a hurry", PAY, voice="expert", mode="leverage"),
        )
    )
    assert dict(numbers(found))["parties/Harbour Company/patience"].sources == ("assumed",)


def test_the_command_drafts_from_a_dossier_and_does_not_write_over_a_file(tmp_path: Path, examples: Path) -> None:
    import parley

    dossier = tmp_path / "call.parley"
    parley.read([examples / "ceasefire-call"], dossier=dossier)
    out = tmp_path / "scenario.toml"
    done = CliRunner().invoke(bargain, ["draft", str(dossier), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert len(loads(out.read_text(encoding="utf-8")).issues) >= 2
    again = CliRunner().invoke(bargain, ["draft", str(dossier), "-o", str(out)])
    assert isinstance(again.exception, ModelError)
    assert CliRunner().invoke(bargain, ["draft", str(dossier), "-o", str(out), "--force"]).exit_code == 0


def test_a_draft_says_so_in_every_result_until_somebody_takes_the_line_out(dispute: Record, tmp_path: Path) -> None:
    text = draft_text(dispute)
    assert text.count('status = "draft"') == 1
    mine = "\n".join(line for line in text.splitlines() if not line.startswith("status = "))
    for content, drafted in ((text, True), (mine, False)):
        path, page, data = tmp_path / "b.toml", tmp_path / "b.html", tmp_path / "b.json"
        path.write_text(content, encoding="utf-8")
        done = CliRunner().invoke(bargain, ["solve", str(path), "-o", str(page), "--json", str(data)])
        assert done.exit_code == 0, done.output
        told = CliRunner().invoke(bargain, ["explain", str(path)]).output
        beside = CliRunner().invoke(bargain, ["compare", str(path), str(path)]).output
        for shown in (done.output, page.read_text("utf-8"), data.read_text("utf-8"), told, beside):
            assert ("Still a draft" in shown) is drafted
    with pytest.raises(ModelError, match=r"line \d+: the status is “final”; write “draft”, or take the line out"):
        loads(text.replace('status = "draft"', 'status = "final"'))
