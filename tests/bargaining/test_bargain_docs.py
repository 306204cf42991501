"""What the pages on bargaining say exists, exists; and the file's keys are all described."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import parley.bargaining as room

ROOT = Path(__file__).resolve().parents[2]


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_room_offers_what_it_names() -> None:
    assert all(hasattr(room, name) for name in room.__all__)


def test_the_python_of_the_how_to_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", _page("howto/bargaining.md"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == 2


def test_the_reference_names_every_key_that_is_read() -> None:
    source = (ROOT / "src/parley/bargaining/toml.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'\.(?:text|texts|whole|real|flag|number|numbers|table|tables|choices)\("(\w+)"', source))
    assert len(keys) > 30
    page = _page("reference/bargain-file.md")
    assert not {key for key in keys if not re.search(rf"\b{key}\b", page)}


def test_the_reference_shows_the_limits_in_force() -> None:
    from parley.bargaining.check import STATES
    from parley.bargaining.packages import LIMIT

    page = _page("reference/bargain-file.md")
    assert f"{LIMIT:,} packages and {STATES:,} clock states" in page


def test_the_record_in_the_explanation_is_the_one_in_the_code() -> None:
    from parley.bargaining.spatial import RECORD

    page = _page("explanation/bargaining.md")
    for entry in RECORD:
        if "European Union" in entry.cases:
            assert f"| {entry.error} |" in page
