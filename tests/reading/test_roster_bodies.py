"""The roster: bodies named before a role, their members, and governments that are no state's."""

from __future__ import annotations

import pytest

from parley.reading.mentions import find_mentions
from parley.reading.roster import Roster
from parley.records import Actor, Span


def roster(text: str) -> Roster:
    return Roster(text, find_mentions(text))


def last_named(text: str, words: str) -> str:
    start = text.rfind(words)
    return roster(text).resolve_span(Span(start, start + len(words))).name


def actor(text: str, name: str) -> Actor:
    found = roster(text)
    for mention in find_mentions(text):
        found.resolve(mention)
    return next(one for one in found.actors() if one.name == name)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Oslo Dockers Union President Maria Keller spoke. The union rejected it.", "The union", "Oslo Dockers Union"),
        ("Oslo Dockers Union President Maria Keller spoke. The ODU rejected it.", "The ODU", "Oslo Dockers Union"),
        ("Oslo Dockers Union members met. The union rejected it.", "The union", "Oslo Dockers Union"),
        ("The Oslo Docker's Union met. The Oslo Dockers Union said no.", "Oslo Dockers Union", "Oslo Docker's Union"),
        ("Norway Post said so. A Norway Post spokesman said no.", "A Norway Post spokesman", "Norway Post"),
    ],
)
def test_a_body_is_known_from_the_role_that_follows_its_name(text: str, words: str, name: str) -> None:
    assert last_named(text, words) == name


def test_who_works_for_a_body_is_not_the_state_s_whose_name_opens_the_body_s() -> None:
    text = "Norway Post spokesman Jon Hale met Norway Post employees. Norway's largest union came. Norway's army left."
    assert actor(text, "Jon Hale").belongs_to == "Norway Post"
    assert actor(text, "Norway Post employees").belongs_to == "Norway Post"
    assert actor(text, "Norway's largest union").belongs_to is None
    assert actor("Norwegian Oil Minister Jon Hale spoke.", "Jon Hale").belongs_to == "Norway"


def test_a_government_of_another_kind_is_not_the_state() -> None:
    text = "Norway met Iceland. Norway offered more. Norway waited. The government of Norway spoke. {} agreed."
    assert last_named(text.format("The government"), "The government") == "Norway"
    for words in ("The regional government", "The Keller-led government", "The technocratic government"):
        assert last_named(text.format(words), words) == words.removeprefix("The ")


def test_a_first_name_may_be_a_verb_s_word() -> None:
    text = "“It is hard,” said parent Will Berg. Berg has two children."
    assert last_named(text, "Berg") == "Will Berg"
    assert last_named("Jon Berg spoke. Will Berg agree?", "Berg") == "Jon Berg"


def test_an_economist_is_not_the_outlet_of_that_name() -> None:
    held = actor("Sandvik Chief Economist Jon Hale said so. Hale had read The Economist.", "Jon Hale")
    assert (held.belongs_to, held.roles) == (None, ("Sandvik Chief Economist",))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Oslo Dockers Union met. Union leaders said no.", "Union leaders", "Oslo Dockers Union leaders"),
        ("Norwegian officials in Oslo said no.", "Norwegian officials in Oslo", "Norwegian officials"),
        ("Senior officials from Norway came.", "Senior officials from Norway", "senior Norwegian officials"),
        ("The strike idled 350,000 dockers.", "350,000 dockers", "350,000 dockers"),
        ("The guild's 90-member House of Delegates met.", "House of Delegates", "House of Delegates"),
        ("The Chief-of-Port of Oslo, Jon Hale, spoke.", "The Chief-of-Port of Oslo, Jon Hale,", "Jon Hale"),
    ],
)
def test_groups_go_by_their_body_and_their_state(text: str, words: str, name: str) -> None:
    assert last_named(text, words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Jon Berg asked for it. While Ivar Lund gave way, he also said no. It is over, he said.", "he", "Ivar Lund"),
        ("Jon Berg spoke. “No,” Berg said. So did Ivar Lund, who told us to wait. “Yes,” he said.", "he", "Ivar Lund"),
        ("Ivar Lund met Kristi Berg on Monday. Berg spoke. Lund spoke next. Later she left.", "she", "Kristi Berg"),
    ],
)
def test_a_pronoun_means_who_spoke_before_it(text: str, words: str, name: str) -> None:
    start = text.rfind(f" {words} ") + 1
    assert roster(text).resolve_span(Span(start, start + len(words))).name == name


def test_who_is_only_described_is_not_listed() -> None:
    text = "Norway met Iceland. Fishermen saw it. So did some Democrats and the Oslo Dockers Union. Countries did."
    names = {one.name for one in roster(text).actors()}
    assert {"Norway", "Iceland", "Oslo Dockers Union"} <= names and any("Democrats" in name for name in names)
    assert not {"fishermen", "countries"} & {name.lower() for name in names}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Larkhill Board of Education President Ada Vidal said no.", "President Ada Vidal", "Ada Vidal"),
        ("“It will lift prices,” a European dealer said.", "a European dealer", "a European dealer"),
        ("Talks of @LARKHILL & Ada Vidal-Roy ended. Ada Vidal-Roy left.", "Ada Vidal-Roy", "Ada Vidal-Roy"),
        ("N. Korea says that it is willing. Its answer came.", "Its", "North Korea"),
        (
            "The Administration agreed. Nobody asked the Vidal Administration.",
            "The Administration",
            "Vidal Administration",
        ),
        ("LARKHILL/OSLO (Courier) - The rebel group claimed the attack.", "The rebel group", "rebel group"),
    ],
)
def test_names_end_where_another_begins(text: str, words: str, name: str) -> None:
    assert last_named(text, words) == name


def test_a_verb_s_form_names_nobody() -> None:
    text = "Oslo kept waiting. That raised hopes, who knows why. The wounded said no."
    assert [last_named(text, words) for words in ("waiting", "raised", "who")] == ["unresolved"] * 3
    assert last_named(text, "The wounded") == "wounded"


def test_a_ministry_is_one_however_its_name_is_put() -> None:
    text = "The Danish Ministry of Defence spoke. The Danish Defense Ministry denied it. The Ministry of Trade waited."
    named = {last_named(text, words) for words in ("The Danish Ministry of Defence", "The Danish Defense Ministry")}
    assert len(named) == 1 and last_named(text, "The Ministry of Trade") not in named


def test_a_region_s_first_word_is_nobody() -> None:
    text = "Denmark spoke of shipping in the Black Sea. It wants a truce."
    assert last_named(text, "It") == "Denmark"


def test_a_name_after_a_role_s_field_is_the_person_s() -> None:
    text = "“We meet soon,” adviser for national security Anna Berg said."
    assert last_named(text, "adviser for national security Anna Berg") == "Anna Berg"


def test_both_countries_are_those_of_the_relation_named_before() -> None:
    text = "Peru and Chile met Denmark. Danish-Norwegian relations are good. In Peru both countries agreed."
    start = text.index("both countries")
    assert [one.name for one in roster(text).resolve_all(Span(start, start + 14))] == ["Denmark", "Norway"]


def test_a_role_beside_a_person_s_place_is_the_person_s() -> None:
    text = "Senator Ada Vidal of Kentucky, the Republican leader, said no. The Republican leader waits."
    assert last_named(text, "The Republican leader") == "Ada Vidal"


def test_a_department_in_lower_case_goes_by_its_usual_name() -> None:
    assert (
        last_named("A spokesman waited. The state department agreed.", "The state department") == "US State Department"
    )
    assert last_named("The parks department agreed.", "The parks department") == "parks department"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The People’s Daily newspaper said so.", "The People’s Daily newspaper", "People's Daily"),
        ("Ministry of Trade and Industry (MTI) officials came.", "Ministry of Trade and Industry", None),
        ("Ministry of Trade and Industry (MTI) Vice Minister Anna Berg came.", "Ministry of Trade", "Anna Berg"),
        ("British Chancellor of the Exchequer Anna Berg left.", "British Chancellor of the Exchequer", "Anna Berg"),
        ("Adviser Anna “Flash” Berg left.", "Adviser Anna “Flash” Berg", "Anna Berg"),
        ("Joseph (Joe) Hale met them.", "Joseph (Joe) Hale", "Joseph Hale"),
        ("It pleased New Larkhill. New President Anna Berg left.", "New Larkhill", None),
    ],
)
def test_names_are_whole(text: str, words: str, name: str | None) -> None:
    end = text.index(name) + len(name) if name is not None and name in text else text.index(words) + len(words)
    start = text.index(words)
    assert roster(text).resolve_span(Span(start, end)).name == (name or words)
