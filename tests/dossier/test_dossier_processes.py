"""Several processes at once, and processes that die."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from dossier_samples import NOW, document, filled, harbour, reading

from parley.dossier import Dossier
from parley.errors import DossierError

HERE = Path(__file__).parent

ADDER = """
import sys
sys.path.insert(0, sys.argv[2])
from dossier_samples import document, reading
from parley.dossier import Dossier

first = int(sys.argv[3])
with Dossier.open(sys.argv[1], create=True) as dossier:
    print("open", flush=True)
    for number in range(first, first + 100_000):
        of = document(f"doc-{number}", f"{number}. The union said that the night shift must end. " * 20)
        dossier.add(of, (), reading(of, [("the night shift must end", "Union", "DEMAND")]))
        if number % 7 == 0:
            dossier.decide("add alias", "Union", {"alias": f"alias {number}"}, who="Mo")
        print(of.id, flush=True)
"""

READER = """
import sys
from parley.dossier import Dossier

with Dossier.open(sys.argv[1]) as dossier:
    print(len(dossier.documents), len(dossier.search("shift")), flush=True)
"""


def test_killed_at_any_moment_nothing_stored_is_lost(tmp_path: Path) -> None:
    path, chance = tmp_path / "d.parley", random.Random(2026)
    promised: set[str] = set()
    for attempt in range(15):
        child = subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), str(HERE), str(attempt * 1000)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        if attempt:  # the first is killed while it makes the file
            assert child.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, 0.25))
        child.kill()
        told = child.stdout.read().splitlines()
        child.wait()
        child.stdout.close()
        promised |= {line for line in told if line != "open"}
        with Dossier.open(path, create=True) as dossier:
            assert dossier.check() == ()
            assert promised <= {d.id for d in dossier.documents}
    assert len(promised) > 15


def test_a_second_process_reads_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True, clock=lambda: NOW) as dossier:
        filled(dossier)
        db = dossier._file.db
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO refusal VALUES ('x', 'skipped', 'Nothing.')")
        done = subprocess.run(
            [sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=True, timeout=30
        )
        db.execute("ROLLBACK")
    assert done.stdout == "4 2\n"


def test_what_another_process_wrote_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True) as one, Dossier.open(path) as two:
        assert two.record().documents == ()
        one.add(*harbour()[0])
        assert [d.name for d in two.documents] == ["harbour-daily"]
        two.decide("rename issue", "A1", {"label": "Standstill"}, who="Mo")
        assert one.record().issue_labels["A1"] == "Standstill"


def test_threads_share_a_dossier(tmp_path: Path) -> None:
    wrong: list[Exception] = []

    def work(dossier: Dossier, start: int) -> None:
        try:
            for number in range(start, start + 10):
                of = document(f"doc-{number}", f"The night shift must end, number {number}.")
                dossier.add(of, (), reading(of, [("The night shift must end", "Union", "DEMAND")]))
                assert dossier.search("night")
                assert dossier.holds(of.id)
        except (AssertionError, DossierError) as error:
            wrong.append(error)

    with Dossier.open(tmp_path / "d.parley", create=True) as dossier:
        threads = [threading.Thread(target=work, args=(dossier, start)) for start in (0, 100, 200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(dossier.documents) == 30
        assert dossier.check() == ()


OTHER = """
import sys
from parley.dossier import Dossier
with Dossier.open(sys.argv[1]) as dossier:
    print(dossier.decided[0])
"""


def test_two_dossiers_of_one_file_in_a_process_lose_nothing_to_another_that_looks_in(tmp_path: Path) -> None:
    """Opening a second time must not drop the first one's locks: the other process would delete the WAL in use."""
    path = tmp_path / "d.parley"
    with Dossier.open(path, create=True) as first, Dossier.open(path) as second:
        filled(first)
        assert second.decided[0] == 3
        for wanted in (3, 4, 5):
            seen = subprocess.run(
                [sys.executable, "-c", OTHER, str(path)], capture_output=True, text=True, check=True, timeout=120
            )
            assert seen.stdout.strip() == str(wanted)
            first.decide("rename issue", "A1", {"label": f"Pause {wanted}"}, who="Mo")
    with Dossier.open(path) as again:
        assert again.decided[0] == 6
