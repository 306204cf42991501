"""Options and decision makers renamed, added and taken out: everything that speaks of them follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.conflict import Option, dumps, loads, solve
from parley.conflict.checks import check
from parley.conflict.editing import with_makers, with_options
from parley.conflict.expressions import rewritten
from parley.conflict.model import Conflict, DecisionMaker, Prioritised, Ranking
from parley.errors import ModelError

QUAY = """
title = "Quay"
status_quo = "NNY"
[[decision_maker]]
name = "Union"
[[decision_maker.prefers]]
statement = "not strike if 'Pay rise' or -YN"
strong = true
[[decision_maker]]
name = "Port"
ranking = ["NNN", [2, "YNN"], ">>", "--Y", "YYN"]
[[decision_maker]]
name = "City"
[decision_maker.payoffs]
"Y--" = 1
"N--" = 2
[[option]]
name = "Strike"
of = "Union"
[[option]]
name = "Pay rise"
of = "Port"
[[option]]
name = "Monitor"
of = "City"
moves = "only taken"
[[infeasible]]
pattern = "YYY"
[[blocked]]
by = "City"
before = "--N"
after = "N-Y"
[[perception]]
by = "Union"
unaware = ["Monitor"]
infeasible = ["-YY"]
[[perception.decision_maker]]
name = "Port"
prefers = ["not Strike"]
"""


@pytest.fixture
def quay() -> Conflict:
    return loads(QUAY)


def kept(conflict: Conflict) -> list[tuple[int | None, Option]]:
    return list(enumerate(conflict.options))


def test_nothing_changed_is_the_same_model(quay: Conflict) -> None:
    assert with_options(quay, kept(quay)) == quay
    assert with_makers(quay, [(maker.name, maker) for maker in quay.decision_makers]) == quay


def test_a_new_name_is_followed_by_all_that_speaks_of_the_option(quay: Conflict) -> None:
    options = kept(quay)
    options[0] = (0, replace(options[0][1], name="Walk-out"))
    options[2] = (2, replace(options[2][1], name="Gate watch"))
    made = with_options(quay, options)
    check(made)
    union, port, city = made.decision_makers
    assert isinstance(union.prefers, Prioritised)
    assert (
        union.prefers.statements[0].text == "not 'Walk-out' if 'Pay rise' or -YN" and union.prefers.statements[0].strong
    )
    assert made.perceptions[0].unaware == ("Gate watch",)
    assert made.perceptions[0].others[0].prefers.statements[0].text == "not 'Walk-out'"
    assert (port, city) == quay.decision_makers[1:]
    assert loads(dumps(made)) == made


def test_a_new_option_is_open_in_every_pattern_and_not_taken_now(quay: Conflict) -> None:
    made = with_options(quay, [*kept(quay), (None, Option("Lockout", "Port"))])
    check(made)
    assert made.status_quo == "NNYN" and made.infeasible[0].pattern == "YYY-"
    assert (made.blocked[0].before, made.blocked[0].after) == ("--N-", "N-Y-")
    assert made.decision_makers[0].prefers.statements[0].text == "not strike if 'Pay rise' or -YN-"
    assert made.decision_makers[1].prefers == Ranking((("NNN-",), ("NYN-", "YNN-"), ("--Y-",), ("YYN-",)), (2,))
    assert dict(made.decision_makers[2].prefers.values) == {"Y---": 1, "N---": 2}
    assert made.perceptions[0].infeasible == ("-YY-",)


def test_an_option_that_goes_is_one_that_is_never_taken(quay: Conflict) -> None:
    plain = replace(quay.decision_makers[0].prefers.statements[0], text="not Strike")
    first = replace(quay.decision_makers[0], prefers=Prioritised((plain,)))
    made = with_options(replace(quay, decision_makers=(first, *quay.decision_makers[1:])), kept(quay)[:2])
    with pytest.raises(ModelError, match="'City' has no option"):
        check(made)
    made = with_makers(made, [(maker.name, maker) for maker in made.decision_makers[:2]])
    check(made)
    assert made.status_quo == "NN" and made.infeasible == made.blocked == ()
    assert made.decision_makers[1].prefers == Ranking((("NN",), ("NY", "YN"), ("YY",)), (2,))
    assert made.perceptions[0].unaware == made.perceptions[0].infeasible == ()


def test_an_option_that_a_preference_speaks_of_stays(quay: Conflict) -> None:
    with pytest.raises(ModelError, match=r"Union prefers .* speaks of 'Pay rise'"):
        with_options(quay, [kept(quay)[0], kept(quay)[2]])
    with pytest.raises(ModelError, match="speaks of an option that would go"):
        with_options(quay, kept(quay)[:2])


def test_a_maker_is_renamed_wherever_it_stands(quay: Conflict) -> None:
    makers: list[tuple[str | None, DecisionMaker]] = [
        (m.name, replace(m, name={"City": "Council", "Port": "Quay Ltd"}.get(m.name, m.name)))
        for m in quay.decision_makers
    ]
    made = with_makers(quay, makers)
    check(made)
    assert [o.of for o in made.options] == ["Union", "Quay Ltd", "Council"] and made.blocked[0].by == "Council"
    assert made.perceptions[0].others[0].name == "Quay Ltd"


def test_a_maker_that_goes_takes_what_it_perceives_along(quay: Conflict) -> None:
    rest: list[tuple[str | None, DecisionMaker]] = [(m.name, m) for m in quay.decision_makers if m.name != "Union"]
    made = with_makers(quay, rest)
    assert made.perceptions == () and made.names() == ("Port", "City")
    with pytest.raises(ModelError, match="'Strike' belongs to 'Union'"):
        check(made)


@pytest.mark.parametrize("text", ["", "and and", "Nobody knows", "(Strike", "YYYYY", "'Strike"])
def test_what_cannot_be_read_is_left_for_the_check(quay: Conflict, text: str) -> None:
    names = [option.name for option in quay.options]
    assert rewritten(text, names, option=lambda n, w: w, pattern=lambda w: w) == text


@given(st.permutations(range(3)), st.sampled_from(["A", "a b", "it's", "or", 'the "x"']))
def test_order_and_names_of_options_change_no_answer(order: list[int], name: str) -> None:
    quay = replace(loads(QUAY), perceptions=(), blocked=())
    statement = quay.decision_makers[0].prefers.statements[0]
    first = replace(quay.decision_makers[0], prefers=Prioritised((replace(statement, text="Strike iff 'Pay rise'"),)))
    quay = replace(quay, decision_makers=(first, *quay.decision_makers[1:]))
    options = kept(quay)
    options[1] = (1, replace(options[1][1], name=name))
    made = with_options(quay, [options[place] for place in order])
    before, after = solve(quay), solve(made)
    assert len(before.space.states) == len(after.space.states)
    moved = sorted("".join(before.space.pattern(int(s))[place] for place in order) for s in before.space.states)
    assert moved == sorted(after.space.pattern(int(s)) for s in after.space.states)
