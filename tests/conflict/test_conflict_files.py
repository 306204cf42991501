"""Conflict files: what a person writes, what comes back, and one sentence with the line where it is wrong."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from conflict_builders import from_case
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.conflict import (
    Because,
    Blocked,
    Conflict,
    DecisionMaker,
    Infeasible,
    Option,
    Payoffs,
    Perception,
    Preference,
    Prioritised,
    Ranking,
    dumps,
    gmcr_json,
    load,
    loads,
    solve,
)
from parley.conflict.expressions import parse, quoted
from parley.conflict.preferences import orders, ranks
from parley.conflict.states import space_of
from parley.errors import ModelError

GOOD = """
title = "A strike"
status_quo = "NN"

[[decision_maker]]
name = "Union"

[[decision_maker.prefers]]
statement = "Raise"
because = [{ document = "leaflet", words = "we want more" }]

[[decision_maker.prefers]]
statement = "not Strike"

[[decision_maker]]
name = "Works"
ranking = ["NN", "-Y", "YN"]

[[option]]
name = "Strike"
of = "Union"

[[option]]
name = "Raise"
of = "Works"
moves = "only taken"
"""


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def broken(old, new, *, at=None):
    """Return the model with one thing changed, and the line that the error must name."""
    assert GOOD.count(old) == 1, old
    text = GOOD.replace(old, new)
    return text, line_of(text, at if at is not None else new.splitlines()[0])


def test_a_model_is_read_with_its_citations():
    model = loads(GOOD)
    assert model.names() == ("Union", "Works")
    assert model.options[1].moves == "only taken"
    assert model.decision_makers[0].prefers.statements[0].because == (Because("leaflet", "we want more"),)
    assert solve(model).equilibria("nash") == (0, 2)


BAD = {
    "nobody owns the option": broken('of = "Union"', "", at="[[option]]"),
    "belongs to 'Unoin'": broken('of = "Union"', 'of = "Unoin"'),
    "did you mean 'Union'": broken('of = "Union"', 'of = "Unoin"'),
    "moves 'up'": broken('moves = "only taken"', 'moves = "up"'),
    "has 1 letter but the model has 2 options": broken('["NN", "-Y", "YN"]', '["NN", "-Y", "Y"]'),
    "holds 'X'": broken('["NN", "-Y", "YN"]', '["NN", "-Y", "YX"]'),
    "misses YN; add": broken('["NN", "-Y", "YN"]', '["NN", "-Y"]'),
    "misses NY, YY; add": broken('["NN", "-Y", "YN"]', '["NN", "YN"]'),
    "names state NY twice": broken('["NN", "-Y", "YN"]', '["N-", "-Y", "YN"]'),
    "no option is called 'Rise'; did you mean 'Raise'": broken('"Raise"\nbecause', '"Rise"\nbecause'),
    "lacks an option's name": broken('statement = "not Strike"', 'statement = "not"'),
    "lacks a closing bracket": broken('statement = "not Strike"', 'statement = "(not Strike"'),
    "goes on after": broken('statement = "not Strike"', 'statement = "not Strike Raise"', at="Strike Raise"),
    "the status quo 'N-' leaves an option open": broken('status_quo = "NN"', 'status_quo = "N-"'),
    "has no key 'moive'": broken('moves = "only taken"', 'moive = "only taken"'),
    "exactly one of prefers, ranking and payoffs": broken(
        'ranking = ["NN", "-Y", "YN"]', 'note = "none"', at='name = "Works"'
    ),
    "two options are called 'Strike'": broken('name = "Raise"', 'name = "Strike"', at="only taken"),
    "`title` must be words": broken('title = "A strike"', "title = 3"),
    "put it between two states": broken('["NN", "-Y", "YN"]', '[">>", "NN", "-Y", "YN"]'),
}


@pytest.mark.parametrize("words", BAD)
def test_a_bad_model_gives_one_sentence_with_its_line_and_the_mend(words):
    text, line = BAD[words]
    with pytest.raises(ModelError) as caught:
        loads(text, name="strike.toml")
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    found = int(re.match(r"strike\.toml, line (\d+): ", message).group(1))
    assert abs(found - line) <= 2, message  # the table's head or its name, where the line itself is missing
    assert re.search(
        r"[;:] ?(add|give|write|did you|take|put|keep|the keys|correct|join|list|use|who)|; give|did you mean", message
    )


def test_broken_toml_names_its_line():
    with pytest.raises(ModelError, match=r"line 2.*quote"):
        loads('title = "x"\nstatus_quo = "NN\n')


def test_infeasible_patterns_that_leave_no_state():
    text = GOOD.replace('ranking = ["NN", "-Y", "YN"]', "prefers = []") + '\n[[infeasible]]\npattern = "Y-"\n'
    text += '\n[[infeasible]]\npattern = "N-"\n'
    with pytest.raises(ModelError, match=r"line \d+: no state is feasible"):
        loads(text.replace('status_quo = "NN"\n', ""))


def test_a_pattern_that_rules_out_everything():
    with pytest.raises(ModelError, match="rules out every state"):
        loads(GOOD + '\n[[infeasible]]\npattern = "--"\n')


def test_an_infeasible_status_quo():
    text = GOOD.replace('"NN", "-Y"', '"-Y"') + '\n[[infeasible]]\npattern = "NN"\n'
    with pytest.raises(ModelError, match=r"line 3: the status quo 'NN' is infeasible"):
        loads(text)


def test_forty_options_are_refused_before_anything_is_allocated():
    options = "".join(f'\n[[option]]\nname = "o{i}"\nof = "A"\n' for i in range(40))
    with pytest.raises(
        ModelError, match=r"40 options, which make 1,099,511,627,776 states, and Parley solves up to 22"
    ):
        loads('title = "x"\n[[decision_maker]]\nname = "A"\nprefers = []\n' + options)


def test_a_decision_maker_without_options_and_a_model_without_anything():
    with pytest.raises(ModelError, match="'Idle' has no option"):
        loads(GOOD + '\n[[decision_maker]]\nname = "Idle"\nprefers = []\n')
    with pytest.raises(ModelError, match="no decision maker"):
        loads('title = "empty"\n')


def test_mistakes_inside_lists_and_perceptions_name_their_own_lines():
    def message(text):
        with pytest.raises(ModelError) as caught:
            loads(text, name="f")
        return str(caught.value)

    short = 'title = "t"\ninfeasible = [\n  "YY",\n  "NX",\n]\n' + GOOD.split("\n", 3)[3]
    assert message(short).startswith("f, line 4: the pattern 'NX' holds 'X'")
    ties = GOOD.replace('["NN", "-Y", "YN"]', '[\n  "NN",\n  ["-Y", "YNN"],\n]')
    assert message(ties).startswith(f"f, line {line_of(ties, 'YNN')}: the pattern 'YNN' has 3 letters")
    view = '\n[[perception]]\nby = "Union"\n'
    lines = GOOD.count("\n")
    assert "who is not in the model" in message(GOOD + view.replace("Union", "Onion"))
    assert message(GOOD + view + 'unaware = ["Rise"]\n') == (
        f"f, line {lines + 4}: no option is called 'Rise'; did you mean 'Raise'?"
    )
    other = '\n[[perception.decision_maker]]\nname = "Works"\n'
    assert f"line {lines + 7}: no option is called 'Pay'" in message(GOOD + view + other + 'prefers = ["Pay"]\n')
    missing = message(GOOD + view + other + 'ranking = ["NN"]\n')
    assert f"line {lines + 7}: as Union perceives the conflict, the ranking of Works misses" in missing
    assert "perceives no feasible state" in message(GOOD + view + 'infeasible = ["Y-", "N-"]\n')


def test_a_missing_file_and_bytes_that_are_no_text(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"\n')
    with pytest.raises(ModelError, match="not UTF-8"):
        load(tmp_path / "latin.toml")


def test_payoffs_that_miss_a_state_or_are_no_numbers():
    base = GOOD.replace('ranking = ["NN", "-Y", "YN"]', 'payoffs = { "NN" = 2, "-Y" = 1 }')
    with pytest.raises(ModelError, match="miss state YN"):
        loads(base)
    with pytest.raises(ModelError, match="must be a number"):
        loads(base.replace('"-Y" = 1', '"-Y" = "much"'))
    with pytest.raises(ModelError, match="`great` must be a number above 0"):
        loads(GOOD.replace('ranking = ["NN", "-Y", "YN"]', 'payoffs = { "N-" = 2, "Y-" = 1 }\ngreat = -1'))


# Round trips

names = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="'\""), min_size=1, max_size=12)
words = names.filter(lambda name: name.strip() == name)


@st.composite
def conflicts(draw):
    makers = draw(st.lists(words, min_size=1, max_size=3, unique_by=str.casefold))
    options = draw(st.lists(words, min_size=len(makers), max_size=4, unique_by=str.casefold))
    owner = [makers[i % len(makers)] for i in range(len(options))]
    because = st.lists(st.builds(Because, st.just("doc"), words, st.just(""), words), max_size=2).map(tuple)
    count = len(options)
    full = [f"{i:0{count}b}".replace("0", "N").replace("1", "Y") for i in range(2**count)]

    def preference():
        kind = draw(st.sampled_from(["statements", "ranking", "payoffs"]))
        if kind == "statements":
            flags = [Preference(f"'{name}'", draw(because), strong=draw(st.booleans())) for name in options]
            return Prioritised(tuple(draw(st.permutations(flags))))
        if kind == "ranking":
            order = draw(st.permutations(full))
            cuts = (1,) if len(order) > 1 and draw(st.booleans()) else ()
            return Ranking(tuple((pattern,) for pattern in order), cuts)
        values = draw(st.lists(st.integers(-5, 5).map(float) | st.just(0.25), min_size=len(full), max_size=len(full)))
        return Payoffs(tuple(zip(full, values, strict=True)), draw(st.sampled_from([None, 2.0])))

    return Conflict(
        draw(words),
        tuple(DecisionMaker(name, preference(), because=draw(because), note=draw(words)) for name in makers),
        tuple(
            Option(name, owner[i], draw(st.sampled_from(["free", "only taken", "only dropped"])), draw(because))
            for i, name in enumerate(options)
        ),
        blocked=tuple([Blocked("Y" * count, "N" * count, makers[0])] if draw(st.booleans()) else []),
        status_quo=draw(st.sampled_from([None, "N" * count])),
    )


@settings(max_examples=150, deadline=None)
@given(conflicts())
def test_what_is_written_reads_back_the_same(model):
    assert loads(dumps(model, comments=("A comment.",))) == model


def test_everything_that_the_format_holds_survives_a_round_trip():
    model = Conflict(
        "All",
        (
            DecisionMaker(
                "A",
                Prioritised(
                    (
                        Preference("x", weight=Fraction(1, 3)),
                        Preference("y", weight=Fraction(2)),
                    )
                ),
                unknown=(("Y-", "N-"),),
                because=(Because(note="because"),),
            ),
            DecisionMaker(
                "B", Prioritised((Preference("x"), Preference("y", tied=True), Preference("YN", unknown=True)))
            ),
        ),
        (Option("x", "A", note="n"), Option("y", "B")),
        infeasible=(Infeasible("YY", (Because("d", "w"),), "never"),),
        perceptions=(
            Perception("A", ("NY",), ("y",), (DecisionMaker("B", Ranking((("--",),))),), "sees less"),
            Perception("B"),
        ),
        source="s",
        note="n",
    )
    assert loads(dumps(model)) == model


# GMCR+ files


def test_a_gmcr_file_is_read_as_in_its_own_program(cases):
    """The Elmira conflict as such a file holds it: 1-based ranking over ascending decimal numbers, fwd and back."""
    table = {
        "program": "gmcr-py",
        "version": "0.3.6",
        "options": [
            {"name": "Modify", "permittedDirection": "fwd"},
            {"name": "Delay", "permittedDirection": "back"},
            {"name": "Accept", "permittedDirection": "both"},
            {"name": "Abandon", "permittedDirection": "fwd"},
            {"name": "Insist", "permittedDirection": "both"},
        ],
        "decisionMakers": [
            {
                "name": "MoE",
                "options": [0],
                "preferenceRanking": [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
                "preferences": [],
            },
            {
                "name": "Uniroyal",
                "options": [1, 2, 3],
                "preferenceRanking": [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
                "preferences": [],
            },
            {
                "name": "Local Government",
                "options": [4],
                "preferenceRanking": [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]],
                "preferences": [],
            },
        ],
        "infeasibles": [
            [[1, "Y"], [2, "Y"]],
            [[1, "Y"], [3, "Y"]],
            [[2, "Y"], [3, "Y"]],
            [[1, "N"], [2, "N"], [3, "N"]],
        ],
        "useManualPreferenceRanking": True,
    }
    read = solve(gmcr_json.loads(json.dumps(table), name="Elmira.gmcr"))
    reference = solve(from_case(cases["Elmira"]))
    for concept in reference.stable:
        assert (read.stable[concept] == reference.stable[concept]).all()


def test_gmcr_conditions_with_alternatives_and_options_of_the_same_name():
    table = {
        "options": [{"name": "Full", "permittedDirection": "both"}, {"name": "Full", "permittedDirection": "both"}],
        "decisionMakers": [
            {
                "name": "A",
                "options": [0],
                "preferences": [{"compound": True, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [1, "Y"]]]}],
                "misperceptions": [[[1, "Y"]]],
            },
            {"name": "B", "options": [1], "preferences": [[[1, "N"]]]},
        ],
        "infeasibles": [],
    }
    model = gmcr_json.loads(json.dumps(table), name="t.gmcr")
    assert [option.name for option in model.options] == ["A: Full", "B: Full"]
    assert ranks(model, space_of(model)).tolist() == [[0, 1, 1, 0], [1, 1, 0, 0]]
    assert model.perceptions[0].infeasible == ("-Y",)


@pytest.mark.parametrize("name", ["Cuban", "Elmira", "SyriaIraq", "NorthKorea_base"])
def test_a_written_gmcr_file_solves_the_same_with_and_without_our_field(cases, name):
    model = from_case(cases[name])
    text = gmcr_json.dumps(model)
    assert gmcr_json.loads(text) == model
    table = json.loads(text)
    del table["parley"]
    theirs = solve(gmcr_json.loads(json.dumps(table)))
    for concept, stable in solve(model).stable.items():
        assert (theirs.stable[concept] == stable).all()


def test_statements_written_to_gmcr_hold_in_the_same_states():
    model = loads(GOOD)
    table = json.loads(gmcr_json.dumps(model))
    del table["parley"]
    table["useManualPreferenceRanking"] = False
    table["decisionMakers"][1]["preferences"] = []
    union = ranks(gmcr_json.loads(json.dumps(table)), space_of(model))[0]
    assert (union == ranks(model, space_of(model))[0]).all()


def test_files_that_are_not_gmcr_files(tmp_path):
    for text, message in [("{", "not JSON"), ("[]", "not a GMCR\\+ file"), ('{"options": []}', "not a GMCR\\+ file")]:
        with pytest.raises(ModelError, match=message):
            gmcr_json.loads(text)
    with pytest.raises(ModelError, match="cannot be read"):
        gmcr_json.load(tmp_path / "none.gmcr")


def test_blocked_moves_cannot_be_written_to_gmcr():
    with pytest.raises(ModelError, match="no blocked moves"):
        gmcr_json.dumps(replace(loads(GOOD), blocked=(Blocked("Y-", "N-"),)))


# Preferences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A and not B", "NYNN"),
        ("A or B", "NYYY"),
        ("A if B", "YYNY"),
        ("A iff B", "YNNY"),
        ("not (A or B)", "YNNN"),
        ("A & !B | B", "NYYY"),
        ("'A' IF \"B\"", "YYNY"),
        ("YN", "NYNN"),
        ("-Y", "NNYY"),
        ("A if B if A", "NYNY"),
    ],
)
def test_statements_hold_where_they_should(text, expected):
    found = parse(text, ["A", "B"]).holds(np.arange(4))
    assert "".join("NY"[int(value)] for value in found) == expected


def test_option_names_with_quotation_marks_inside_are_read_whole():
    names = ["Dockers' Union: raise", 'the "offer"', """both ' and " marks""", "Union"]
    for place, name in enumerate(names):
        assert parse(f"not {quoted(name)}", names).options() == 1 << place
        assert parse(f'Union or "{name}"', names).options() == 8 | 1 << place


def test_option_names_with_keywords_inside_are_read_whole():
    assert parse("Cease fire and withdraw or Wait", ["Cease fire and withdraw", "Wait"]).options() == 3
    assert parse("not 'If pressed'", ["If pressed", "B"]).holds(np.arange(2)).tolist() == [True, False]


def test_a_hundred_statements_are_one_ranking():
    """Defect 6 of the engine in use: weights 2^k overflow 64 bits."""
    options = tuple(Option(f"o{i}", "A" if i % 2 else "B") for i in range(4))
    filler = [Preference("o0 or not o0")] * 96
    statements = (*filler[:50], Preference("o0"), *filler[50:], Preference("o1"), Preference("o2"), Preference("o3"))
    model = Conflict(
        "many", (DecisionMaker("A", Prioritised(statements)), DecisionMaker("B", Prioritised(()))), options
    )
    expected = [sum(8 >> bit for bit in range(4) if state >> bit & 1) for state in range(16)]
    assert ranks(model, space_of(model))[0].tolist() == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "a and b", "b if c", "a iff c", "not a or c"]), max_size=80))
def test_option_prioritising_is_the_order_of_sums_of_powers_of_two(texts):
    options = tuple(Option(name, "A") for name in "abc")
    model = Conflict("p", (DecisionMaker("A", Prioritised(tuple(map(Preference, texts)))),), options)
    states = np.arange(8)
    sums = [0] * 8
    for place, text in enumerate(reversed(texts)):
        for state, holds in enumerate(parse(text, "abc").holds(states)):
            sums[state] += 2**place * int(holds)
    expected = [sorted(set(sums)).index(value) for value in sums]
    assert ranks(model, space_of(model))[0].tolist() == expected


def test_tied_statements_count_together_and_weights_add_up():
    options = tuple(Option(name, "A") for name in "ab")

    def found(*statements):
        model = Conflict("p", (DecisionMaker("A", Prioritised(statements)),), options)
        return ranks(model, space_of(model))[0].tolist()

    assert found(Preference("a"), Preference("b", tied=True)) == [0, 1, 1, 2]
    assert found(Preference("a", weight=Fraction(1, 3)), Preference("b", weight=Fraction(1, 2))) == [0, 1, 2, 3]
    assert found(Preference("a", weight=Fraction(10**30)), Preference("b", weight=Fraction(10**30 + 1))) == [0, 1, 2, 3]
    with pytest.raises(ModelError, match="give all of them a weight"):
        found(Preference("a", weight=Fraction(1)), Preference("b"))


def test_a_great_mark_in_a_ranking_becomes_a_cut():
    model = loads(GOOD.replace('["NN", "-Y", "YN"]', '["NN", ">>", "-Y", "YN"]'))
    assert model.decision_makers[1].prefers.cuts == (1,)
    works = orders(model, space_of(model))[1]
    assert works.limits[0] == works.ranks[2]
    assert works.limits[2] == -1


LINES = GOOD.splitlines()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_model_is_read_or_refused_in_one_sentence_and_never_anything_else(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "swap", "cut", "value"]))
        if kind == "drop":
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        else:
            value = data.draw(
                st.sampled_from(["3", "true", '""', "[]", "{}", '["NN", 7]', "nan", '[["N"]]', "[[1]]", "-1"])
            )
            lines[at] = f"{lines[at].split('=')[0]}= {value}"
    try:
        solve(loads("\n".join(lines), name="m"))
    except ModelError as error:
        assert str(error).startswith("m")
        assert "\n" not in str(error)
        assert str(error).endswith((".", "?"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_gmcr_file_is_read_or_refused_in_one_sentence(data):
    table = json.loads(gmcr_json.dumps(loads(GOOD)))
    del table["parley"]
    key = data.draw(st.sampled_from(sorted(table)))
    table[key] = data.draw(
        st.sampled_from([None, 3, "x", [], {}, [[]], [{}], [[[0, "Y"]]], [[[9, "Y"]]], [{"name": 1}]])
    )
    try:
        solve(gmcr_json.loads(json.dumps(table), name="m"))
    except ModelError as error:
        assert str(error).startswith("m")
        assert "\n" not in str(error)
        assert str(error).endswith((".", "?"))
