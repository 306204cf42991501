"""Who speaks for the state that a document puts him under, and who is only of it."""

from __future__ import annotations

import pytest

from parley.reading.belonging import speaks_for
from parley.reading.linking import link
from parley.reading.mentions import find_mentions
from parley.reading.roster import Roster
from parley.records import Actor, Span


def side(text: str, name: str) -> str | None:
    linked = link([Roster(text, find_mentions(text)).actors()])
    return next(actor.belongs_to for actor in linked if name in (actor.name, *actor.names))


@pytest.mark.parametrize(
    "role",
    ["Chilean opposition leader", "leader of the small Harvest Party", "Chile's House Speaker", "Chilean senator",
     "former Chilean Trade Minister", "Chilean tycoon", "Chilean shadow trade secretary"],
)  # fmt: skip
def test_who_sits_in_a_parliament_leads_a_party_or_held_an_office_speaks_for_himself(role: str) -> None:
    assert not speaks_for("Rosa Vidal", "person", (role,), "Chile")


@pytest.mark.parametrize(
    "role", ["Chilean Trade Minister", "Chile's leader", "Chilean envoy", "head of the delegation"]
)
def test_who_holds_an_office_speaks_for_the_state(role: str) -> None:
    assert speaks_for("Rosa Vidal", "person", (role,), "Chile")


def test_an_office_weighs_more_than_a_seat_or_a_past() -> None:
    roles = ("former senator", "Harvest Party leader", "Prime Minister")
    assert speaks_for("Rosa Vidal", "person", roles, "Chile")
    assert not speaks_for("Rosa Vidal", "person", roles[:2], "Chile")


def test_the_head_of_a_body_that_is_no_states_speaks_for_it() -> None:
    assert speaks_for("Rosa Vidal", "person", ("former senator",), "Dockers Union")


def test_an_opposition_and_a_company_are_not_the_state_by_whose_name_they_are_called() -> None:
    assert not speaks_for("Chilean opposition", "organisation", (), "Chile")
    assert not speaks_for("Chilean bidder", "organisation", (), "Chile")
    assert speaks_for("Chilean officials", "group", (), "Chile")


@pytest.mark.parametrize(
    "name", ["US Senate", "House Republican leaders", "State Duma", "Democratic leaders in Congress"]
)
def test_a_parliament_and_its_parties_are_not_the_government(name: str) -> None:
    assert not speaks_for(name, "office", (), "United States")
    assert speaks_for("White House", "office", (), "United States")


def test_roles_of_all_documents_count() -> None:
    seat = Actor("Rosa Vidal", "person", (), ("senator",), "Chile")
    office = Actor("Rosa Vidal", "person", (), ("Foreign Minister",), "Chile")
    assert link([[seat]])[0].belongs_to is None
    assert link([[seat], [office]])[0].belongs_to == "Chile"


def test_a_title_before_the_name_is_sign_enough() -> None:
    text = "US officials met on Monday. Sen. Ada Roy said no. State Secretary John Kerry differed."
    assert side(text, "Ada Roy") is None
    assert side(text, "John Kerry") == "United States"


def test_a_former_office_puts_nobody_under_a_state() -> None:
    assert side("Former Danish Minister Jon Berg spoke.", "Jon Berg") is None
    assert side("Danish Minister Jon Berg spoke.", "Jon Berg") == "Denmark"


def test_where_an_envoy_is_sent_is_not_who_sends_him() -> None:
    assert side("Jon Berg, the special envoy for Peru, spoke.", "Jon Berg") is None
    assert side("Jon Berg, the top Chilean envoy for Peru, spoke.", "Jon Berg") == "Chile"
    assert side("Jon Berg, the envoy of Peru, spoke.", "Jon Berg") == "Peru"
    assert side("Peru's U.N. Ambassador Jon Berg spoke.", "Jon Berg") == "Peru"


def test_former_envoys_are_not_their_state() -> None:
    text = "Former Danish envoys warned of war."
    start = text.index("Former")
    roster = Roster(text, find_mentions(text))
    assert roster.resolve_span(Span(start, start + len("Former Danish envoys"))).name != "Denmark"
    now = "Danish envoys warned of war."
    assert Roster(now, find_mentions(now)).resolve_span(Span(0, len("Danish envoys"))).name == "Denmark"
