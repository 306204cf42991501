"""Bargain files: read, written back, and refused in one sentence with the line and the mend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bargain_making import random_scenario
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.bargaining.lines import Lines
from parley.bargaining.model import Number, numbers
from parley.bargaining.solve import solve
from parley.bargaining.toml import loads, read
from parley.bargaining.write import dumps
from parley.errors import ModelError

GOOD = """\
format = "parley bargain 1"
title = "A pay dispute"
period = "week"
horizon = 6

[[parties]]
name = "Union"
patience = [0.9, 0.98]

[[parties]]
name = "Company"
patience = { value = 0.95, low = 0.9, high = 0.99, source = "statement ab12", words = "we can wait" }

[consent]
needed = ["Union", "Company"]

[proposers]
order = ["Company", "Union"]

[[issues]]
name = "Pay"
weights = { Union = 0.7, Company = 0.6 }
source = "document offer-letter"
words = "three per cent"

[[issues.options]]
name = "3 %"
values = { Union = 0.3, Company = 1.0 }

[[issues.options]]
name = "5 %"
values = { Union = 1.0, Company = 0.2 }

[[clocks]]
name = "Strike fund"
levels = ["full", "empty"]
start = "full"

[[clocks.moves]]
from = "full"
to = "empty"
chance = 0.2

[[flows]]
name = "strike"
amounts = { Union = -0.03, Company = -0.05 }

[[flows]]
name = "no strike pay"
when = { "Strike fund" = "empty", from_period = 2 }
amounts = { Union = -0.1 }

[[levers]]
name = "Loan"
sets = { "clocks/Strike fund/full to empty" = 0.0 }
"""


def _line(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_good_file_reads_solves_and_carries_its_sources() -> None:
    scenario = loads(GOOD)
    found = dict(numbers(scenario))
    assert found["parties/Union/patience"] == Number(0.94, 0.9, 0.98, "uniform")
    assert found["parties/Company/patience"].sources == ("statement ab12",)
    assert found["issues/Pay/options/3 %/Union"].sources == ("document offer-letter",)
    assert found["issues/Pay/options/3 %/Union"].words == "three per cent"
    assert found["flows/strike/Union"].sources == ("assumed",)
    assert solve(scenario).settled


def test_a_horizon_may_have_a_range_and_a_source() -> None:
    sourced = '{ value = 6, low = 4, high = 9, source = "statement ab12", words = "by June" }'
    scenario = loads(GOOD.replace("horizon = 6", f"horizon = {sourced}"))
    assert scenario.horizon == 6
    assert scenario.span == Number(6.0, 4.0, 9.0, "triangular", None, ("statement ab12",), "by June")
    assert loads(dumps(scenario)).span == scenario.span
    ranged = loads(GOOD.replace("horizon = 6", "horizon = [4, 9]"))
    assert (ranged.horizon, ranged.span) == (6, Number(6.0, 4.0, 9.0, "uniform"))
    assert loads(GOOD).span is None


def test_a_file_written_back_reads_the_same() -> None:
    scenario = loads(GOOD)
    assert replace(loads(dumps(scenario, heading="two\nlines")), file="") == replace(scenario, file="")


@given(seed=st.integers(0, 1000), coarse=st.booleans(), quota=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_scenario_written_back_reads_the_same(seed: int, coarse: bool, quota: bool) -> None:
    scenario = random_scenario(seed, coarse=coarse, quota=quota)
    assert replace(loads(dumps(scenario)), file="") == scenario


@given(name=st.text(st.characters(exclude_characters="/", exclude_categories=("Cs",)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_name_survives_the_file(name: str) -> None:
    scenario = loads(GOOD)
    issue = replace(scenario.issues[0], name=name)
    text = dumps(replace(scenario, issues=(issue,)))
    assert loads(text).issues[0].name == name


BAD = [
    ("chances over one", "chance = 0.2", 'chance = 0.7\n\n[[clocks.moves]]\nname = "again"\nfrom = "full"\n'
     'to = "gone"\nchance = 0.6', "sum to 1.3, over one; lower", "chance = 0.6"),
    ("no package", "[[clocks]]", '[[constraints]]\nforbid = { Pay = ["3 %", "5 %"] }\n\n[[clocks]]',
     "exclude every package; take one of them away", "[[constraints]]"),
    ("nobody needs it", "[consent]", '[[parties]]\nname = "Paper"\npatience = 0.5\n\n[consent]',
     "nobody needs “Paper”", 'name = "Paper"'),
    ("NaN", "Union = -0.03", "Union = nan", "not finite (NaN or infinity); give a finite one", "Union = nan"),
    ("infinity", "Company = -0.05", "Company = inf", "not finite", "Company = inf"),
    ("unknown party", "Union = -0.1 ", "Onion = -0.1 ", "no party “Onion”; did you mean “Union”", "Onion = -0.1"),
    ("unknown level", '"Strike fund" = "empty"', '"Strike fund" = "emty"', "did you mean “empty”", "emty"),
    ("unknown clock", '"Strike fund" = "empty"', '"Strike found" = "empty"', "no clock “Strike found”", "found"),
    ("unknown key", "start = \"full\"", 'start = "full"\nstarts = 3', "“starts” is not a known key here", "starts = 3"),
    ("unknown number", "Strike fund/full to empty", "Strike fund/full to emty", "no number", "to emty"),
    ("wrong type", "horizon = 6", 'horizon = "six"', "must be a whole number, not 'six'", "horizon"),
    ("no horizon at all", "horizon = 6", "horizon = 0", "at least 1 period", "horizon"),
    ("half a period", "horizon = 6", "horizon = { value = 6, low = 4.5, high = 8 }", "whole numbers", "horizon"),
    ("no horizon in range", "horizon = 6", "horizon = { value = 6, low = 0, high = 8 }", "outside 1 to inf", "horizon"),
    ("endless number", "horizon = 6", "horizon = { value = nan }", "not finite", "horizon"),
    ("missing weight", "Union = 0.7, Company = 0.6", "Union = 0.7", "no number for “Company”", "weights"),
    ("patience over one", "[0.9, 0.98]", "[0.9, 1.2]", "outside 0 to 1", "[0.9, 1.2]"),
    ("a chance that may leave its bounds", "chance = 0.2", "chance = { value = 0.2, sd = 0.1 }",
     "may leave 0 to 1; give low and high to cut it", "sd = 0.1"),
    ("range upside down", "[0.9, 0.98]", "[0.98, 0.9]", "lies outside its range", "[0.98, 0.9]"),
    ("not a range", "[0.9, 0.98]", "[0.9, 0.95, 0.98]", "write it as [low, high]", "0.95, 0.98]"),
    ("bad source", '"statement ab12"', '"somebody said so"', "names no evidence", "somebody said so"),
    ("bad format", "parley bargain 1", "parley bargain 9", "change that line", "format"),
    ("two of one name", 'name = "5 %"', 'name = "3 %"', "is given to two options; rename one", None),
    ("slash in a name", 'name = "Pay"', 'name = "Pay/hours"', "must not be empty or hold", None),
    ("two proposers' rules", 'order = ["Company", "Union"]', 'order = ["Union"]\nchances = { Union = 1.0 }',
     "one of the two", "[proposers]"),
    ("proposals over one", 'order = ["Company", "Union"]', "chances = { Union = 0.8, Company = 0.8 }",
     "sum to 1.6, over one", None),
    ("lever that does nothing", 'sets = { "clocks/Strike fund/full to empty" = 0.0 }', 'note = "?"',
     "changes nothing", "[[levers]]"),
    ("lever out of bounds", '"clocks/Strike fund/full to empty" = 0.0', '"clocks/Strike fund/full to empty" = 1.5',
     "with the lever “Loan” pulled", "[[levers]]"),
    ("nobody consents", 'needed = ["Union", "Company"]', "needed = []", "nobody needs to agree", "[consent]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says", "where"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_scenario_is_refused_with_line_and_mend(old: str, new: str, says: str, where: str | None) -> None:
    text = GOOD.replace('levers = ["x"]', "").replace(old, new, 1)
    if "gone" in new:
        text = text.replace('levels = ["full", "empty"]', 'levels = ["full", "empty", "gone"]')
    assert text != GOOD
    with pytest.raises(ModelError) as caught:
        loads(text, name="pay.toml")
    message = str(caught.value)
    assert message.startswith("pay.toml, line ")
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message
    if where is not None:
        line = int(message.removeprefix("pay.toml, line ").split(":")[0])
        header = where.startswith("[[") and line == _line(text, where)
        assert header or abs(line - _line(text, where)) <= 1


def test_clocks_in_a_circle_are_refused() -> None:
    text = (
        GOOD
        + """
[[clocks]]
name = "Stocks"
levels = ["high", "low"]
start = "high"

[[clocks.moves]]
from = "high"
to = "low"
chance = 0.1
when = { "Strike fund" = "empty" }
"""
    )
    assert loads(text).clocks[1].moves[0].when.levels == {"Strike fund": ("empty",)}
    with pytest.raises(ModelError, match=r"line \d+: clocks depend on one another in a circle .*; cut one link\."):
        loads(text.replace("chance = 0.2", 'chance = 0.2\nwhen = { Stocks = "low" }'))


def test_text_that_is_not_toml_is_refused_with_its_place() -> None:
    with pytest.raises(ModelError, match=r"this is not TOML: .*line 3.*mend that place"):
        loads("title = 'x'\n\n[[parties]\n")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such file"):
        read(tmp_path / "none.toml")


def test_a_file_that_is_not_utf8_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(ModelError, match=r"not UTF-8 text \(byte 10\)"):
        read(path)


def test_too_many_packages_are_refused() -> None:
    options = "".join(f'[[issues.options]]\nname = "{i}"\nvalues = {{ Union = 0, Company = 0 }}\n' for i in range(60))
    issues = "".join(f'[[issues]]\nname = "I{n}"\nweights = {{ Union = 1, Company = 1 }}\n{options}' for n in range(3))
    with pytest.raises(ModelError, match=r"packages, more than 200,000"):
        loads(GOOD.replace("[[clocks]]", issues + "\n[[clocks]]", 1))


def test_lines_are_found_in_tables_arrays_and_long_strings() -> None:
    text = 'a = """\nb = 1\n"""\nc = [\n  1,\n]\n\n[[d]]\ne = { f = 1 }\n\n[[d]]\n"g h" = 2\n[[d.i]]\nj.k = 3\n'
    lines = Lines(text)
    assert lines.of(("a",)) == 1
    assert lines.of(("c",)) == 4
    assert lines.of(("d", 0, "e", "f")) == 9
    assert lines.of(("d", 1, "g h")) == 12
    assert lines.of(("d", 1, "i", 0, "j", "k")) == 14
