"""Keys as a person sets them: shown on the buttons, kept in a file of their own, never two for one key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_client import KEY, PORT, Client
from hypothesis import given
from hypothesis import strategies as st

from parley.desk import Desk, create_app
from parley.desk.keys import ACTIONS, Keys, checked, load, store
from parley.errors import ParleyError


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "keys.json"


@pytest.fixture
def own(path: Path, place: Path) -> Iterator[Desk]:
    made = Desk(path, who="Mo", keys_file=place)
    made.snapshot()
    yield made
    made.close()


def test_a_chosen_key_stands_on_the_button_and_outlives_the_desk(own: Desk, path: Path, place: Path) -> None:
    own.snapshot()
    client = Client(create_app(own, key=KEY, port=PORT)).open()
    assert 'data-key="a"' in client.get("/review").text
    assert client.post("/keys", {"accept": "y", "skip": "F2", "search": "Space"}).status == 303
    for desk in (own, Desk(path, who="Mo", keys_file=place)):
        shown = Client(create_app(desk, key=KEY, port=PORT)).open()
        desk.snapshot()
        card = shown.get("/review").text
        assert 'data-key="y" aria-keyshortcuts="y">Accept <kbd>y</kbd>' in card and 'data-key="a"' not in card
        assert 'data-key="F2"' in card and 'data-focus-key=" "' in card and "<kbd>y</kbd></td>" in card
    desk.close()
    assert json.loads(place.read_text("utf-8")) == {"accept": "y", "skip": "F2", "search": "Space"}
    assert client.post("/keys", {"reset": "1"}).status == 303
    assert 'data-key="a"' in client.get("/review").text and json.loads(place.read_text("utf-8")) == {}


def test_two_actions_of_one_key_are_refused_and_what_was_typed_stays(own: Desk, place: Path) -> None:
    client = Client(create_app(own, key=KEY, port=PORT)).open()
    told = client.post("/keys", {"accept": "x"})
    assert told.status == 422 and "both “accept” and “reject”" in told.words
    assert 'name="accept" value="x"' in told.text and own.keys == Keys() and not place.exists()
    assert client.post("/keys", {"accept": "x", "reject": "a"}).status == 303


@pytest.mark.parametrize("key", ["", "ab", "Escape", "Enter", "Tab", "\t", "\u202e"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ParleyError, match="is no key"):
        checked({"accept": key})


@pytest.mark.parametrize("text", ["{", "[]", '{"accept": "x"}', '{"dance": "d"}', '{"accept": "Escape"}'])
def test_a_file_that_is_not_in_order_leaves_the_keys_as_they_come(own: Desk, place: Path, text: str) -> None:
    place.parent.mkdir()
    place.write_text(text, "utf-8")
    own.keys = load(place)
    assert own.keys.chosen == {} and "not in order" in own.keys.complaint
    assert "not in order" in Client(create_app(own, key=KEY, port=PORT)).open().get("/keys").words


def test_a_desk_without_a_place_for_settings_says_so(client: Client) -> None:
    assert "without a place" in client.get("/keys").words
    assert client.post("/keys", {"accept": "y"}).status == 409


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ParleyError, match="cannot be written"):
        store(tmp_path / "file" / "keys.json", Keys({"accept": "y"}))


@given(st.permutations([default for default, _ in ACTIONS.values()]))
def test_any_order_of_the_same_keys_is_kept_as_it_is(order: list[str]) -> None:
    wanted = dict(zip(ACTIONS, order, strict=True))
    made = checked(wanted)
    assert {action: made.key(action) for action in ACTIONS} == wanted
    assert checked({action: made.written(action) for action in made.chosen}) == made
