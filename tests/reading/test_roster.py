"""The roster: whom words name inside one document."""

from __future__ import annotations

import re

import pytest

from parley.reading.mentions import find_mentions
from parley.reading.roster import Resolution, Roster
from parley.reading.roster_layout import Layout
from parley.records import UNRESOLVED, Span

STRIKE = (
    "Dockers Union chief Maria Keller met Trade Minister Paul de Groot on Monday. The talks failed, she said. "
    "Keller blamed the minister. The union will strike, and it wants more pay. "
    "Sven Berg, an economist at Lund University, called the strike costly. He sees no winner. "
    "A senior official said the port would close. The official gave no date."
)


def resolve(text: str, words: str, *, last: bool = False, quotations: tuple[Span, ...] = ()) -> Resolution:
    start = text.rfind(words) if last else text.find(words)
    assert start >= 0
    return Roster(text, find_mentions(text), quotations=quotations).resolve_span(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("words", "name", "voice"),
    [
        ("Dockers Union chief Maria Keller", "Maria Keller", "party"),
        ("she", "Maria Keller", "party"),
        ("Keller blamed", "Maria Keller", "party"),
        ("the minister", "Paul de Groot", "party"),
        ("it wants", "Dockers Union", "party"),
        ("Sven Berg, an economist at Lund University,", "Sven Berg", "expert"),
        ("He", "Sven Berg", "expert"),
        ("A senior official", "a senior official", "anonymous"),
        ("The official", "a senior official", "anonymous"),
    ],
)
def test_words_of_a_strike_report_are_resolved(words: str, name: str, voice: str) -> None:
    text = STRIKE.replace("Dockers Union chief", "The Dockers Union spoke. Dockers Union chief", 1)
    start = text.find(words)
    span = Span(start, start + len(words.removesuffix(" blamed").removesuffix(" wants")))
    found = Roster(text, find_mentions(text)).resolve_span(span)
    assert (found.name, found.voice) == (name, voice)
    assert found.because


def test_role_of_a_state_is_the_person_whom_the_text_names() -> None:
    text = "Chilean President Rosa Vidal came. Later the Chilean president left."
    assert resolve(text, "the Chilean president").name == "Rosa Vidal"


def test_role_of_another_state_is_never_taken_for_the_person_at_hand() -> None:
    text = "Chilean President Rosa Vidal came. The Danish president stayed away."
    assert resolve(text, "The Danish president").name == "Danish president"


def test_apposition_after_the_role_names_the_person() -> None:
    text = "Oslo’s foreign minister, Jane Roe, spoke first. The foreign minister was calm."
    assert resolve(text, "The foreign minister").name == "Jane Roe"


def test_capital_speaks_for_its_state_and_government_for_the_state() -> None:
    text = "Ankara refused. The Turkish government said why."
    assert resolve(text, "Ankara").name == "Turkey"
    assert resolve(text, "The Turkish government").name == "Turkey"


def test_ministry_is_named_by_the_adjective_of_its_state() -> None:
    text = "Chile’s Foreign Ministry issued a note."
    assert resolve(text, "Chile’s Foreign Ministry").name == "Chilean Foreign Ministry"


def test_seat_of_power_keeps_its_name_and_belongs_to_the_state() -> None:
    text = "The Blue House said the plan was ready."
    roster = Roster(text, find_mentions(text))
    assert roster.resolve_span(Span(0, 14)).name == "Blue House"
    assert [(a.name, a.belongs_to) for a in roster.actors()] == [("Blue House", "South Korea")]


def test_pronoun_that_two_can_be_is_left_unresolved() -> None:
    text = "Paul Roy and Ole Dahl met in the port. He left early."
    found = resolve(text, "He")
    assert found.name == UNRESOLVED
    assert "Paul Roy" in found.because
    assert "Ole Dahl" in found.because


def test_pronoun_follows_the_gender() -> None:
    text = "Paul Roy met Maria Keller. She left early. He stayed."
    assert resolve(text, "She").name == "Maria Keller"
    assert resolve(text, "He stayed"[:2], last=True).name == "Paul Roy"


def test_first_person_in_a_quotation_is_who_speaks_in_it() -> None:
    text = "“We will strike,” Maria Keller said."
    assert resolve(text, "We", quotations=(Span(0, 17),)).name == "Maria Keller"


def test_first_person_outside_a_quotation_is_unresolved() -> None:
    assert resolve("Maria Keller spoke. We will strike.", "We").name == UNRESOLVED


def test_person_who_ends_a_description_is_whom_it_means() -> None:
    text = "Harbour Board (HB) chief Paul Roy refused. The envoy of Chile, Rosa Vidal, agreed."
    assert resolve(text, "Harbour Board (HB) chief Paul Roy").name == "Paul Roy"
    assert resolve(text, "The envoy of Chile, Rosa Vidal,").name == "Rosa Vidal"


def test_title_before_a_word_that_is_also_a_title_or_a_state_makes_it_a_name() -> None:
    assert resolve("Mr. King refused.", "Mr. King").name == "King"
    assert resolve("Mr. Jordan refused.", "Mr. Jordan").name == "Jordan"
    assert resolve("Mr. Jordan refused.", "Mr. Jordan").kind == "person"


def test_surname_that_two_have_is_left_unresolved() -> None:
    text = "Maria Keller and Paul Keller founded the firm. Keller refused."
    assert resolve(text, "Keller refused"[:6], last=True).name == UNRESOLVED


def test_title_tells_two_of_one_surname_apart() -> None:
    text = "Maria Keller and Paul Keller founded the firm. Ms. Keller refused."
    assert resolve(text, "Ms. Keller").name == "Maria Keller"


def test_abbreviation_in_brackets_is_the_body() -> None:
    text = "The Northern Seafarers Guild Association (NSGA) voted. NSGA refused the deal."
    assert resolve(text, "NSGA refused"[:4], last=True).name == "Northern Seafarers Guild Association"


def test_middle_initial_and_company_form_are_left_out() -> None:
    text = "Dana R. Mills bought Nordhav Group Plc. Nordhav fell."
    assert resolve(text, "Dana R. Mills").name == "Dana Mills"
    assert resolve(text, "Nordhav fell"[:7], last=True).name == "Nordhav Group"


def test_group_of_an_owner_carries_the_owner() -> None:
    text = "Denmark wavered. Its Nordic allies did not."
    assert resolve(text, "Its Nordic allies").name == "Denmark's Nordic allies"


def test_source_with_a_clause_keeps_all_its_words() -> None:
    text = "Two people familiar with the offer said so."
    found = resolve(text, "Two people familiar with the offer")
    assert (found.name, found.voice) == ("two people familiar with the offer", "anonymous")


def test_spokesperson_without_a_name_speaks_for_the_body() -> None:
    text = "A spokesman for the Dockers Union said no."
    assert resolve(text, "A spokesman for the Dockers Union").name == "Dockers Union"


def test_who_holds_an_office_is_no_expert_for_one_held_before() -> None:
    text = "Mayor Jane Roe refused on Monday. Former chief of staff Jane Roe had said no before, and Roe meant it."
    assert resolve(text, "Roe").voice == "party"


@pytest.mark.parametrize(
    ("outlet", "short"), [("Wall Street Journal", "Journal"), ("New York Times", "Times"), ("Washington Post", "Post")]
)
def test_an_outlet_is_named_in_short_after_its_whole_name(outlet: str, short: str) -> None:
    text = f"The {outlet} wrote of a deal. Officials denied it. The {short} said it stood by its report."
    found = resolve(text, f"The {short}")
    assert (found.name, found.voice) == (outlet, "reporter")


def test_an_outlet_stays_itself_where_two_longer_names_end_like_it() -> None:
    text = "The New York Times and the Financial Times wrote of a deal. The Times said it was off."
    assert resolve(text, "The Times").name == "The Times"


def test_outlet_speaks_as_a_reporter() -> None:
    assert resolve("Reuters reported a deal.", "Reuters").voice == "reporter"


def test_former_official_is_an_expert() -> None:
    assert resolve("Jane Roe, a former trade official, disagreed.", "Jane Roe").voice == "expert"


def test_joint_words_stand_for_both() -> None:
    text = "Chile and Denmark met again. Both sides signed."
    start = text.find("Both sides")
    roster = Roster(text, find_mentions(text))
    assert sorted(r.name for r in roster.resolve_all(Span(start, start + 10))) == ["Chile", "Denmark"]


def test_no_words_are_unresolved() -> None:
    assert resolve("A pause ... and on.", "...").name == UNRESOLVED


def test_a_word_for_somebody_is_no_role() -> None:
    text = "Maria Keller, the union chief, spoke. Maria Keller, the woman, smiled. Keller left."
    (keller,) = (actor for actor in Roster(text, find_mentions(text)).actors() if actor.name == "Maria Keller")
    assert keller.roles == ("union chief",)


def test_actors_carry_forms_and_roles() -> None:
    roster = Roster(STRIKE, find_mentions(STRIKE))
    keller = next(actor for actor in roster.actors() if actor.name == "Maria Keller")
    assert "Keller" in keller.names
    assert keller.roles == ("Dockers Union chief",)
    assert keller.kind == "person"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Many analysts agreed.", "Many analysts", "analysts"),
        ("Some economists who saw the plan agreed.", "Some economists who saw the plan", "economists"),
        ("Dozens of dockers walked out.", "Dozens of dockers", "dockers"),
        ("Other Nordic leaders, led by Ole Dahl, agreed.", "Other Nordic leaders, led by Ole Dahl,", "Nordic leaders"),
        ("The plan was leaked by GOP aides.", "GOP aides", "Republican aides"),
        ("The plan was leaked by U.S. diplomats.", "U.S. diplomats", "US diplomats"),
        ("Chilean troops moved in.", "Chilean troops", "Chile"),
        ("One banker called it a bluff.", "One banker", "a banker"),
        (
            "A port official, who asked not to be named, agreed.",
            "A port official, who asked not to be named,",
            "a port official",
        ),
    ],
)
def test_groups_and_unnamed_people_are_worded_as_coders_do(text: str, words: str, name: str) -> None:
    assert resolve(text, words).name == name


def test_officials_without_a_state_are_those_of_the_state_that_the_text_is_about() -> None:
    text = "Chile wavered. Chile has no port to spare. Officials said the Chilean fleet would stay."
    assert resolve(text, "Officials").name == "Chilean officials"


def test_officials_stay_as_worded_where_two_states_are_named_alike() -> None:
    text = "Chile and Denmark met. Officials said little."
    assert resolve(text, "Officials").name == "officials"


def test_the_north_is_the_only_state_with_that_word() -> None:
    text = "North Yemen sent a note. The North wants more time."
    assert resolve(text, "The North wants"[:9], last=True).name == "North Yemen"


def test_surname_is_not_a_relatives_who_is_named_later() -> None:
    text = (
        "Roy refused. Mr. Roy said no again. Roy left. Then Roy came back with his wife, Ines Roy, who smiled. "
        "Roy was tired."
    )
    assert resolve(text, "Roy was"[:3], last=True).name != "Ines Roy"
    assert resolve(text, "Ines Roy").name == "Ines Roy"


def test_surname_in_a_couple_is_not_the_others() -> None:
    text = "Mr. Roy and Ines Roy arrived. Mr. Roy refused."
    assert resolve(text, "Mr. Roy refused"[:7], last=True).name == "Roy"


def test_word_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    text = "Maria Keller spoke on Monday. Watch Maria Keller. Keller refused."
    assert resolve(text, "Keller refused"[:6], last=True).name == "Maria Keller"


def test_names_of_things_are_no_persons() -> None:
    text = "Keller Tower shook. He ran. Paul Keller ran too, and Keller said so."
    assert resolve(text, "Keller said"[:6], last=True).name == "Paul Keller"
    assert resolve(text, "He").name == UNRESOLVED


def names_of(text: str, words: str) -> list[str]:
    start = text.find(words)
    return [r.name for r in Roster(text, find_mentions(text)).resolve_all(Span(start, start + len(words)))]


def test_list_names_each_member() -> None:
    text = "Paul Roy, Ole Dahl and Maria Keller refused."
    assert names_of(text, "Paul Roy, Ole Dahl and Maria Keller") == ["Paul Roy", "Ole Dahl", "Maria Keller"]


def test_apposition_is_no_list() -> None:
    text = "Paul Roy, an envoy of Chile, and his aides left. Paul Roy, another group member, stayed."
    assert names_of(text, "Paul Roy, another group member,") == ["Paul Roy"]


def test_officials_of_two_states_are_both_states() -> None:
    text = "Chilean and Danish officials met."
    assert names_of(text, "Chilean and Danish officials") == ["Chile", "Denmark"]


def test_number_alone_does_not_make_two_actors() -> None:
    text = "Chile and Denmark met. Two port officials objected."
    assert names_of(text, "Two port officials") == ["two port officials"]


def test_administration_carries_the_name_of_the_president() -> None:
    text = "President Rosa Vidal spoke. The administration wants a deal."
    assert resolve(text, "The administration").name == "Vidal administration"


def test_spokesman_of_a_person_is_named_by_the_person() -> None:
    text = "Maria Keller was silent. A spokesman for Keller said no."
    assert resolve(text, "A spokesman for Keller").name == "Maria Keller's spokesman"


def test_subject_further_back_comes_before_an_object_nearby() -> None:
    text = "Paul Roy said the port was safe. The ship sailed with Ole Dahl. He saw no risk."
    assert resolve(text, "He saw"[:2], last=True).name == "Paul Roy"


def test_who_is_whoever_is_named_right_before() -> None:
    text = "Maria Keller, who leads the union, left. The owners, who had waited, said so."
    assert resolve(text, "who leads"[:3]).name == "Maria Keller"
    assert resolve(text, "who", last=True).name == "owners"


def test_a_ministry_acts_for_its_state() -> None:
    text = "The Chilean Foreign Ministry said no. Chile's finance ministry agreed."
    roster = Roster(text, find_mentions(text))
    sides = {actor.name: actor.belongs_to for actor in roster.actors()}
    assert {side for name, side in sides.items() if "Ministry" in name} == {"Chile"}


def test_a_group_does_not_end_in_a_preposition() -> None:
    text = "They outwitted port officials and shippers' groups by voting early."
    words = "port officials and shippers' groups by"
    assert not resolve(text, words).name.endswith(" by")


def test_the_presidents_are_the_two_named_before() -> None:
    text = "President Maria Keller met President Sven Berg on Monday. The presidents agreed to go on."
    roster = Roster(text, find_mentions(text))
    start = text.index("The presidents")
    found = roster.resolve_all(Span(start, start + len("The presidents")))
    assert {answer.name for answer in found} == {"Maria Keller", "Sven Berg"}


def test_union_named_by_its_members_keeps_its_whole_name_and_all_of_it_is_the_union() -> None:
    text = "The Harbour Workers' Union (HWU) votes. About 90 percent of HWU's membership backed a strike."
    assert resolve(text, "Harbour Workers' Union").name == "Harbour Workers' Union"
    assert resolve(text, "About 90 percent of HWU's membership").name == "Harbour Workers' Union"


def test_both_before_two_single_bodies_belongs_to_neither() -> None:
    text = "The dock union and the port board met in Bergen. Both the union and the port board want a deal."
    assert names_of(text, "Both the union and the port board") == ["dock union", "port board"]


def test_place_before_people_does_not_speak_for_them() -> None:
    assert resolve("New York cocoa traders reacted with caution.", "New York cocoa traders").name.endswith("traders")
    assert resolve("Norway and its allies left.", "Norway").name == "Norway"


def test_share_of_people_is_those_people() -> None:
    assert (
        resolve("The vote is in. About 90 percent of dockers said yes.", "About 90 percent of dockers").name
        == "dockers"
    )


def test_possessive_after_and_belongs_to_who_stands_right_before() -> None:
    text = "Chile announced a plan on Monday that worries Norway and its northern allies, who fear a deal."
    assert resolve(text, "its northern allies").name == "Norway's northern allies"


def test_the_presidents_are_those_who_hold_the_office_however_often_others_speak() -> None:
    text = (
        "Chilean President Rosa Vidal called Danish President Jon Berg. Sven Lund, an analyst, was wary. Lund said it "
        "was early, and Lund saw no deal. An official said the presidents agreed to meet."
    )
    assert names_of(text, "the presidents") == ["Rosa Vidal", "Jon Berg"]


def test_office_is_its_known_holder_where_the_text_names_that_person_without_the_office() -> None:
    text = (
        "Officials in London quoted Margaret Thatcher in 1987. The British prime minister said the offer would stand."
    )
    found = resolve(text, "The British prime minister")
    assert found.name == "Margaret Thatcher" and "known" in found.because


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Oil-rich Iran", "Iran"),
        ("Jon Berg-controlled Baltic Lines", "Baltic Lines"),
        ("the Kurdish-led Northern Alliance", "Northern Alliance"),
    ],
)
def test_of_what_kind_somebody_is_said_to_be_is_no_part_of_the_name(words: str, name: str) -> None:
    assert resolve(f"Envoys met on Monday. On Tuesday {words} refused.", words).name == name


@pytest.mark.parametrize(("words", "name"), [("MPs", "MPs"), ("Teachers", "teachers")])
def test_a_group_keeps_the_capitals_of_an_abbreviation_only(words: str, name: str) -> None:
    assert resolve(f"Envoys met on Monday. {words} said no.", words).name == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The Government of Chile", "Chile"),
        ("the Government of the United Kingdom", "United Kingdom"),
        ("the Government of National Unity", "Government of National Unity"),
    ],
)
def test_the_government_of_a_state_is_the_state(words: str, name: str) -> None:
    assert resolve(f"Envoys met on Monday. {words} said no.", words).name == name


def test_a_word_in_capitals_before_a_surname_is_no_first_name() -> None:
    text = "Envoy Rosa Vidal left. JUST WATCHED Vidal on the port. JD Berg stayed."
    assert resolve(text, "WATCHED Vidal").name == "Rosa Vidal"
    assert resolve(text, "JD Berg").name == "JD Berg"


def test_a_counterpart_holds_the_same_office_for_another_state() -> None:
    text = "Danish Foreign Minister Jon Berg met Chilean Foreign Minister Rosa Vidal. His Chilean counterpart left."
    assert resolve(text, "His Chilean counterpart").name == "Rosa Vidal"
    text = "Danish Foreign Minister Jon Berg met envoys. He said his Chilean counterpart left early."
    assert resolve(text, "his Chilean counterpart").name == "Chilean foreign minister"
    text = "Danish Foreign Minister Jon Berg met envoys. He said his US counterpart left early."
    assert resolve(text, "his US counterpart").name == "Jon Berg's US counterpart"


@pytest.mark.parametrize("opener", ["Instead,", "On Monday,", "Now"])
def test_a_pronoun_is_the_subject_of_its_own_sentence_before_that_of_the_last(opener: str) -> None:
    text = f"Jon Berg spoke of hope. {opener} Sven Lund has gone further, and he wants the port."
    assert resolve(text, "he").name == "Sven Lund"


@pytest.mark.parametrize("words", ["Britain's leader", "The British leader", "Britain’s strongman"])
def test_the_leader_of_a_state_is_the_known_head_whom_the_text_names(words: str) -> None:
    text = f"Reporters quoted Margaret Thatcher in 1987. {words} said the offer would stand."
    assert resolve(text, words).name == "Margaret Thatcher"


def test_the_leader_of_the_opposition_is_not_the_head_of_the_state() -> None:
    text = "Reporters quoted Margaret Thatcher in 1987. The British opposition leader said the offer would not stand."
    assert resolve(text, "The British opposition leader").name == "British opposition leader"


def test_people_of_a_continent_keep_their_capital() -> None:
    assert resolve("Iran met envoys. The Europeans said no.", "The Europeans").name == "Europeans"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Danish President Jon Berg met Chilean President Rosa Vidal. Vidal praised the plan. The president left.",
            "The president",
            "Rosa Vidal",
        ),
        (
            "Oman's energy minister said that pipes had burst. Salim Harthy told reporters that crews were at work.",
            "Oman's energy minister",
            "Salim Harthy",
        ),
        (
            "Oman's energy minister said that pipes had burst. Salim Harthy, an analyst, told us that it was bad.",
            "Oman's energy minister",
            "Oman's energy minister",
        ),
        (
            "Rep. Ann Lowe, Ohio Republican, doubted it. Sen. Carl Voss called it dead. The Texas Republican left.",
            "The Texas Republican",
            "Carl Voss",
        ),
        (
            "Jon Berg said in a statement that Denmark would wait. Talks were planned. A week passed. Nothing came. "
            "Rain fell. The Chilean Foreign Ministry answered that it was ready. It took no more, the statement said.",
            "the statement",
            "Chilean Foreign Ministry",
        ),
        ("He met the Fish and Harbour Commission.", "the Fish and Harbour Commission", "Fish and Harbour Commission"),
        ("The port burned. Repeated Danish strikes hit it. Chile complained.", "Danish", "Denmark"),
    ],
)  # fmt: skip
def test_words_stand_for_whom_the_text_is_about(text: str, words: str, name: str) -> None:
    assert resolve(text, words).name == name


def test_leaders_of_two_states_are_persons_where_the_text_names_them() -> None:
    text = (
        "Chilean President Rosa Vidal and Danish Prime Minister Jon Berg met. The leaders of Chile and Denmark agreed."
    )
    assert names_of(text, "The leaders of Chile and Denmark") == ["Rosa Vidal", "Jon Berg"]
    assert names_of("They met. The leaders of Chile and Denmark agreed.", "leaders of Chile and Denmark") == [
        "Chile",
        "Denmark",
    ]


def test_the_sides_of_a_domestic_quarrel_are_its_parties() -> None:
    text = (
        "Republicans balked. Democrats pushed. Republicans met the budget office. Democrats left. Both sides regret it."
    )
    assert sorted(names_of(text, "Both sides")) == ["Democrats", "Republicans"]


def test_they_are_the_two_named_side_by_side_before() -> None:
    assert names_of("Jon Berg and Rosa Vidal met in Oslo. They agreed on a date.", "They") == ["Jon Berg", "Rosa Vidal"]
    text = "Jon Berg and Rosa Vidal met in Oslo. Danish officials waited outside. They were tired."
    assert names_of(text, "They") == ["Danish officials"]


def test_half_a_name_before_and_is_a_state_too() -> None:
    assert names_of("Talks of North and South Korea failed.", "North and South Korea") == ["North Korea", "South Korea"]


def test_words_of_a_page_address_are_no_words_of_the_text() -> None:
    text = "https://news.example/vidal-calls-for-truce\nRain fell.\nVidal said no. Envoys of Rosa Vidal left."
    assert resolve(text, "Vidal said"[:5]).name == "Rosa Vidal"


def test_initials_do_not_make_another_person() -> None:
    text = "Michael Cohen left. The aide, Michael J. Green, stayed. J.D. Berg and JD Berg are one."
    assert resolve(text, "Michael J. Green").name == "Michael Green"
    assert resolve(text, "J.D. Berg").name == resolve(text, "JD Berg").name == "JD Berg"


def test_a_party_word_before_a_noun_is_nobody() -> None:
    text = "Sen. Carl Voss spoke. Voss won the Republican primary. A Republican plan failed."
    assert all("Republican" not in m.head.of(text) for m in find_mentions(text) if m.kind == "role")
    assert resolve(text, "Republican", last=True).name == "Republicans"


def test_a_president_whom_the_text_names_comes_before_one_who_is_only_known() -> None:
    text = "President Obama met senators in Washington. Donald Trump objected. “It is done,” the president said."
    assert "Obama" in resolve(text, "the president").name


def test_the_company_is_the_body_spoken_of_last() -> None:
    text = "Nordhav Group met Vidal Lines Plc. Nordhav Group waited. Vidal Lines Plc said no. The company will sue."
    assert resolve(text, "The company").name.startswith("Vidal Lines")


def test_who_stands_before_a_verb_after_that_is_a_subject() -> None:
    text = "Sven Lund spoke first. It rained. The signs are that Jon Berg cares more about the port. He asked for it."
    assert resolve(text, "He").name == "Jon Berg"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Pope Leo XIV spoke. Pope Leo said the war must end.", "Pope Leo said", "Pope Leo XIV"),
        ("Marks & Spencer said prices would rise.", "Marks & Spencer", "Marks & Spencer"),
        ("Former Presidents Clinton and Obama urged talks.", "Presidents Clinton", "Clinton"),
        ("It was Chuck Schumer, D-N.Y., who said no. He left.", "He left", "Chuck Schumer"),
        ("Senators visiting Odesa met the mayor. They stayed.", "They stayed", "senators"),
        (
            "The Trades Union Congress met. Tony Blair spoke. The government refused.",
            "The government",
            "United Kingdom",
        ),
    ],
)
def test_words_beside_a_name_are_told_from_it(text: str, words: str, name: str) -> None:
    assert resolve(text, words).name == name


@pytest.mark.parametrize(
    "words", ["Brill Corp. Managers", "Pier 9 on Dec. 3 and", "envoys of the U.S. Crews", "Mr. Orme"]
)
def test_an_abbreviation_ends_no_sentence_for_the_roster_either(words: str) -> None:
    text = f"Talks with {words} went on. They left."
    layout = Layout(text, find_mentions(text), (), ())
    assert layout.sentence(text.index("went")) == 0
    assert layout.sentence(text.index("They")) == 1


def test_they_are_the_two_of_the_sentences_before() -> None:
    text = (
        "President Vidal and President Roy talked by telephone. They agreed to meet. They also spoke of trade.\n\n"
        "The war is long. The presidents want it to end. They agreed on a truce."
    )
    found = Roster(text, find_mentions(text))
    starts = [match.start() for match in re.finditer("They", text)]
    named = [{one.name for one in found.resolve_all(Span(at, at + 4))} for at in starts]
    assert named == [{"Vidal", "Roy"}] * 3
    alone = "President Vidal and President Roy talked. Dockers want more pay. They will strike."
    at = alone.index("They")
    assert [one.name for one in Roster(alone, find_mentions(alone)).resolve_all(Span(at, at + 4))] == ["dockers"]


@pytest.mark.parametrize("words", ["leaders", "the leaders", "that both leaders"])
def test_joint_words_are_whole_whatever_part_of_them_is_pointed_to(words: str) -> None:
    text = "President Vidal met Chancellor Roy. It is said that both leaders agreed. In this the leaders were right."
    at = text.rindex(words)
    found = Roster(text, find_mentions(text)).resolve_all(Span(at, at + len(words)))
    assert {one.name for one in found} == {"Vidal", "Roy"}


def test_a_role_in_the_plural_is_that_of_every_name_in_the_list() -> None:
    text = (
        "The independent analysts Ada Vidal, Bo Lund and Cy Moss see no deal. The Danish negotiators Anna Berg and Ole "
        "Holm do. Mr Moss, Berg and Holm met."
    )
    found = Roster(text, find_mentions(text))
    told = {
        name: found.resolve_all(Span(text.rindex(name), text.rindex(name) + len(name)))[0] for name in ("Moss", "Holm")
    }
    assert (told["Moss"].name, told["Moss"].voice) == ("Cy Moss", "expert")
    assert (found.side(told["Holm"].name), told["Holm"].voice) == ("Denmark", "party")


def test_a_group_is_of_the_place_that_the_text_names_and_of_none_where_it_names_two() -> None:
    text = "Larkhill teachers walked out. About 3,000 teachers want more pay. The court heard teachers."
    assert resolve(text, "teachers", last=True).name == "Larkhill teachers"
    assert resolve(f"{text} Norwich teachers did too. Now teachers wait.", "teachers", last=True).name == "teachers"


def test_the_administration_is_the_american_presidents_where_the_united_states_are_named() -> None:
    other = "President Ana Ruiz of Chile met envoys of the United States."
    assert resolve(f"{other} Mr. Obama tweeted. The administration kept quiet.", "The administration").name == (
        "Obama administration"
    )


def test_who_is_said_to_have_said_it_is_not_the_one_named_right_before() -> None:
    text = "The plan went to Mr. Vidal, one harbour executive said. Mr. Vidal, a senator, said nothing."
    assert resolve(text, "one harbour executive").name == "a harbour executive"
    assert resolve(text, "a senator").name == "Vidal"


@pytest.mark.parametrize("words", ["leaders from the two nations", "the leaders of both nations", "both nations"])
def test_who_comes_from_two_nations_stands_for_them(words: str) -> None:
    text = f"Chile and Denmark held a summit. Later {words} agreed on a truce."
    at = text.index(words)
    found = Roster(text, find_mentions(text)).resolve_all(Span(at, at + len(words)))
    assert [one.name for one in found] == ["Chile", "Denmark"]


def test_the_two_koreas_are_north_and_south() -> None:
    text = "The two Koreas agreed on a truce."
    found = Roster(text, find_mentions(text)).resolve_all(Span(0, 14))
    assert [one.name for one in found] == ["North Korea", "South Korea"]


def test_who_ends_a_report_is_named_before_the_words_told() -> None:
    text = "Delegates met in Larkhill. The purchases from all other countries would be limited, they said."
    assert resolve(text, "they").name == "delegates"
    assert resolve("Delegates met. Other countries would leave if they had to.", "they").name == "countries"


def test_a_mouthpiece_of_a_state_speaks_for_it_and_other_outlets_report() -> None:
    text = "A state newspaper, People's Daily, wrote of it. So did the party newspaper Global Times, and Reuters."
    at = text.index("the party")
    found = Roster(text, find_mentions(text)).resolve_span(Span(at, text.index(", and")))
    assert (found.name, found.voice) == ("Global Times", "party")
    assert resolve(text, "Reuters").voice == "reporter"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Quay Street ratings firm Norden said no.", "The Quay Street ratings firm Norden", "Norden"),
        ("Chilean officials shunned the envoys when they met.", "Chilean officials shunned the envoys when they",
         "Chilean officials"),
        ("The dockers’ latest proposal would end it.", "The dockers’ latest proposal", "dockers"),
        ("The port’s pension system failed. Then the school system opened.", "the school system", "school system"),
        ("He came. The \u2060port \u200bauthority left.", "The \u2060port \u200bauthority", "port authority"),
    ],
)  # fmt: skip
def test_words_around_a_name_are_no_part_of_it(text: str, words: str, name: str) -> None:
    at = text.index(words)
    found = Roster(text, find_mentions(text)).resolve_span(Span(at, at + len(words)))
    assert found.name.lower() == name.lower()


def test_a_filing_is_of_who_spoke() -> None:
    text = "The harbour company spoke of a strike in its lawsuit. Mr. Vidal said it was wrong. The filing names nobody."
    at = text.index("The filing")
    assert Roster(text, find_mentions(text)).resolve_span(Span(at, at + 10)).name == "Vidal"


def test_a_pronoun_of_the_first_clause_is_who_speaks_after_it() -> None:
    before = "Mr. Vidal had tea with Mr. Moss."
    assert resolve(f"{before} Even as he demanded a vote, Mr. Reed said that talks went on.", "he").name == "Reed"
    assert resolve(f"{before} Mr. Moss left. The port shut as he spoke, Mr. Reed said.", "he").name == "Moss"
