"""Linking: who is the same across documents."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.reading.linking import link
from parley.records import Actor


def person(name: str, *names: str, roles: tuple[str, ...] = (), state: str | None = None) -> Actor:
    return Actor(name, "person", names, roles, state)


def where(actors: tuple[Actor, ...], name: str) -> str:
    hits = [actor.name for actor in actors if name in (actor.name, *actor.names)]
    assert len(hits) == 1, (name, hits)
    return hits[0]


def test_surname_of_another_document_joins_the_only_full_name() -> None:
    linked = link([[person("Maria Keller")], [Actor("Keller", "unknown")]])
    assert where(linked, "Keller") == "Maria Keller"


def test_surname_that_two_have_stays_apart() -> None:
    linked = link([[person("Maria Keller")], [person("Paul Keller")], [Actor("Keller", "unknown")]])
    assert where(linked, "Keller") == "Keller"
    assert len(linked) == 3


def test_spellings_of_one_name_are_joined() -> None:
    linked = link([[person("Andriy Hrebinskyy")], [person("Andrii Hrebinskiy")], [Actor("Hrebinsky", "unknown")]])
    assert len(linked) == 1


def test_short_and_full_first_names_are_one() -> None:
    linked = link([[person("Charles Keller")], [person("Chuck Keller")], [person("Chuck Keller")]])
    assert [actor.name for actor in linked] == ["Chuck Keller"]


def test_hyphens_and_articles_do_not_part_a_name() -> None:
    linked = link(
        [[person("Pak Chol-su")], [person("Pak Chol Su")], [person("Omar Haddad")], [person("Omar al-Haddad")]]
    )
    assert sorted(actor.name for actor in linked) == ["Omar al-Haddad", "Pak Chol Su"]


def test_surname_is_whose_far_more_documents_name() -> None:
    many = [[person("Maria Keller")] for _ in range(3)]
    linked = link([*many, [person("Paul Keller")], [Actor("Keller", "unknown")]])
    assert where(linked, "Keller") == "Maria Keller"


def test_diacritics_and_initials_do_not_matter() -> None:
    linked = link([[person("José Muñoz")], [person("Jose R. Munoz")]])
    assert len(linked) == 1


def test_two_different_full_names_are_never_joined() -> None:
    linked = link([[person("Maria Keller")], [person("Marta Kellner")], [person("Maria Roy")]])
    assert len(linked) == 3


def test_role_of_a_state_joins_its_only_holder() -> None:
    linked = link(
        [
            [Actor("Chilean foreign minister", "office", (), (), "Chile")],
            [person("Rosa Vidal", roles=("Chilean Foreign Minister",), state="Chile")],
        ]
    )
    assert where(linked, "Chilean foreign minister") == "Rosa Vidal"
    assert "Chilean foreign minister" in linked[0].roles


def test_role_that_two_hold_stays_apart() -> None:
    linked = link(
        [
            [Actor("Chilean envoy", "office", (), (), "Chile")],
            [person("Rosa Vidal", roles=("Chilean envoy",), state="Chile")],
            [person("Ines Soto", roles=("Chilean envoy",), state="Chile")],
        ]
    )
    assert where(linked, "Chilean envoy") == "Chilean envoy"


def test_abbreviation_joins_the_body_that_it_fits() -> None:
    linked = link([[Actor("Harbour Workers Union", "organisation")], [Actor("HWU", "unknown")]])
    assert where(linked, "HWU") == "Harbour Workers Union"


def test_documents_and_names_are_gathered() -> None:
    linked = link(
        [[Actor("Chile", "state", ("Santiago",), documents=("a",))], [Actor("Chile", "state", documents=("b",))]]
    )
    assert linked == (Actor("Chile", "state", ("Santiago",), (), None, ("a", "b")),)


NAMES = st.sampled_from(
    [
        "Maria Keller",
        "Keller",
        "M. Keller",
        "Paul Keller",
        "Maria",
        "Keler",
        "Nordhav",
        "Nordhav Group",
        "NG",
        "Chile",
        "union",
    ]
)
ACTORS = st.builds(
    Actor, NAMES, st.sampled_from(["person", "unknown", "organisation"]), st.lists(NAMES, max_size=2).map(tuple)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ACTORS, max_size=4), max_size=4), st.randoms(use_true_random=False))
def test_every_name_ends_in_one_actor_whatever_the_order(documents: list[list[Actor]], shuffler: Random) -> None:
    linked = link(documents)
    for actors in documents:
        for actor in actors:
            where(linked, actor.name)
    shuffled = [shuffler.sample(actors, len(actors)) for actors in documents]
    shuffler.shuffle(shuffled)
    assert link(shuffled) == linked


def test_an_office_without_a_name_is_the_only_known_holder_that_the_dossier_names() -> None:
    office = Actor("French president", "office", documents=("a",))
    person = Actor("Emmanuel Macron", "person", documents=("b",))
    other = Actor("Lina Berg", "person", documents=("b",))
    joined = link([[office], [person, other]])
    assert [actor.name for actor in joined] == ["Emmanuel Macron", "Lina Berg"]
    assert joined[0].documents == ("a", "b")
    holders = link([[office], [person, Actor("Nicolas Sarkozy", "person", documents=("c",))]])
    assert "French president" in {actor.name for actor in holders}


def test_the_leader_of_an_opposition_is_not_joined_with_the_head_of_the_state() -> None:
    opponent = Actor("French opposition leader", "office", documents=("a",))
    joined = link([[opponent], [Actor("Emmanuel Macron", "person", documents=("b",))]])
    assert [actor.name for actor in joined] == ["Emmanuel Macron", "French opposition leader"]


@pytest.mark.parametrize("board", ["Vidal's board", "Fairlines' board"])
def test_a_company_is_not_joined_with_its_board(board: str) -> None:
    company = Actor(board.split("'")[0], "organisation", documents=("a",))
    joined = link([[company], [Actor(board, "organisation", documents=("b",))]])
    assert {actor.name for actor in joined} == {company.name, board}


def test_a_group_joins_the_one_whose_place_another_document_tells() -> None:
    home, bare = Actor("Larkhill teachers", "group"), Actor("teachers", "group")
    assert where(link([[home], [Actor("Larkhill school teachers", "group")], [bare]]), "teachers") == home.name
    assert where(link([[home], [Actor("Norwich teachers", "group")], [bare]]), "teachers") == "teachers"
    assert where(link([[Actor("OPEC officials", "group")], [Actor("officials", "group")]]), "officials") == "officials"
