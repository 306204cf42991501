"""A desk on a copy of one dossier, read once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_browser import CHROMIUM, Server
from desk_client import KEY, PORT, Client
from desk_samples import made_dossier

from parley.desk import Desk, create_app


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_dossier(tmp_path_factory.mktemp("stored"))


@pytest.fixture
def path(stored: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "harbour.parley"
    shutil.copy(stored, copy)
    return copy


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    made = Desk(path, who="Mo")
    made.snapshot()  # a busy machine would show the page that says "opening"
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk) -> Client:
    return Client(create_app(desk, key=KEY, port=PORT)).open()


@pytest.fixture(scope="module")  # while it is open, no other test can run a loop of its own
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium; install it or name it in CHROMIUM")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    made = Server(path).start()
    yield made
    made.stop()
