"""How fast the desk answers on a large dossier, how much it bears, and whether a kill loses a decision.

usage: python benchmarks/desk.py [--articles 2000] [--statements 25]
       [--cards 300] [--seconds 60] [--rate 200] [--kills 50]

The dossier is made up (see benchmarks/brief.py) and stored in a temporary folder. The desk runs as its own command, in
a process of its own; times are those that a client on the same machine sees, so they hold the client's work as well.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import queue
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.brief import coverage
from parley.analysis import TABLES
from parley.dossier import Dossier
from parley.records import Reading, Statement

CARD = re.compile(r'action="/s/([0-9a-f]+)/(accept|blind)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')
WORDS = ("night sailings", "ticket office", "Speaker 12", "wave 1234", "harbour quiet", "route 7", "morning tide")


def store(path: Path, articles: int, each: int) -> None:
    """Store the made-up coverage as a dossier."""
    record = coverage(articles, each, 12)
    by_document: dict[str, list[Statement]] = {}
    for statement in record.statements:
        by_document.setdefault(statement.document, []).append(statement)
    with Dossier.open(path, create=True) as dossier:
        for document in record.documents:
            said = tuple(by_document[document.id])
            names = {statement.speaker for statement in said}
            actors = tuple(actor for actor in record.actors if actor.name in names)
            whole = replace(document, sha256=hashlib.sha256(document.text.encode()).hexdigest())
            dossier.add(whole, (), Reading(document.id, "rules 1", said, actors))
        dossier.set_lineage((), record.groups)
        dossier.add_run(reader="rules 1", read=articles, unchanged=0, skipped=0, refused=0)


@dataclass
class Running:
    """A desk in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    key: str
    started: float  # seconds until it answered

    def processor(self) -> float:
        """Return the seconds of processor time that it has used; 0 where the system does not tell."""
        place = Path(f"/proc/{self.process.pid}/stat")
        if not place.exists():
            return 0.0
        fields = place.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(how)
        self.process.wait(30)
        if self.process.stdout:
            self.process.stdout.close()


def start(path: Path) -> Running:
    """Open a desk and wait until it answers."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "parley", "desk", str(path), "--no-browser", "--who", "bench"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().split()[-1])
    took = time.perf_counter() - began
    return Running(process, address.port or 0, address.query.partition("=")[2], took)


class Asker:
    """One kept connection to a desk."""

    def __init__(self, desk: Running) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
        origin = f"http://127.0.0.1:{desk.port}"
        self._headers = {"Cookie": f"parley-desk-{desk.port}={desk.key}", "Origin": origin, "HX-Request": "true"}

    def get(self, path: str) -> tuple[int, str, float]:
        """Return status, text and milliseconds."""
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> tuple[int, str, float]:
        """Return status, text and milliseconds."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, float]:
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        return answer.status, text, (time.perf_counter() - began) * 1000


def high(times: Sequence[float]) -> str:
    """Return median and 95th percentile in words."""
    ordered = sorted(times)
    return (
        f"median {statistics.median(ordered):.1f} ms, 95th {ordered[int(len(ordered) * 0.95)]:.1f} ms, n={len(times)}"
    )


def review(asker: Asker, cards: int) -> list[float]:
    """Accept one card after the other, as the key does; a blind card is coded first and not timed."""
    _, text, _ = asker.get("/review")
    times: list[float] = []
    while len(times) < cards:
        key, verb = _found(CARD, text)
        seen = _found(SEEN, text)[0]
        if verb == "blind":
            codes = {"statement": "yes", "speaker": "Speaker 1", "act": "REPORT", "stance": "none"}
            _, text, _ = asker.post(f"/s/{key}/blind", seen=seen, query="", **codes)
            continue
        status, text, took = asker.post(f"/s/{key}/accept", seen=seen, query="")
        assert status == 200, text[:500]
        times.append(took)
    return times


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    assert match, text[:500]
    return match[1], match[match.lastindex or 1]


def tables(asker: Asker) -> tuple[list[float], list[float]]:
    """Return the times of every table's page, first just after a decision, then again."""
    fresh, again = [], []
    for name in TABLES:
        while "being counted" in asker.get(f"/tables/{name}")[1]:
            time.sleep(0.2)
    for name in TABLES:
        review(asker, 1)
        fresh.append(asker.get(f"/tables/{name}")[2])
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and any(
        "not counted here yet" in asker.get(f"/tables/{name}")[1] for name in TABLES
    ):
        time.sleep(0.5)
    for name in TABLES:
        again += [asker.get(f"/tables/{name}?{query}")[2] for query in ("page=1", "page=2", "words=harbour")]
    return fresh, again


def mixed(desk: Running, rate: int, seconds: float, threads: int = 8) -> tuple[list[float], int, float]:
    """Ask for cards, tables, searches, documents and decisions at a steady rate. Returns times, errors, seconds."""
    first = Asker(desk)
    rows = re.findall(r'href="/s/([0-9a-f]+)', first.get("/tables/statements")[1])
    documents = re.findall(r'href="/d/([^"?]+)', first.get("/search?words=harbour")[1])
    paths = ["/review?order=source", "/tables/positions", "/tables/actors", f"/search?words={quote(WORDS[3])}", "/log"]
    paths += [f"/s/{key}" for key in rows[:20]] + [f"/d/{key}" for key in documents[:5]]
    due: queue.Queue[float | None] = queue.Queue()
    times: list[float] = []
    errors = [0]

    def work(number: int) -> None:
        asker, chance = Asker(desk), random.Random(number)
        while (at := due.get()) is not None:
            try:
                if chance.random() < 0.1:
                    status, _, _ = asker.post(f"/s/{chance.choice(rows)}/flag", query="")
                else:
                    status, _, _ = asker.get(chance.choice(paths))
                if status != 200:
                    errors[0] += 1
            except OSError:
                errors[0] += 1
                asker = Asker(desk)
            times.append((time.perf_counter() - at) * 1000)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        at = began + number / rate
        time.sleep(max(0.0, at - time.perf_counter()))
        due.put(at)
    for _ in workers:
        due.put(None)
    for worker in workers:
        worker.join()
    return times, errors[0], time.perf_counter() - began


def killed(path: Path, times: int) -> tuple[int, int]:
    """Kill the desk in the midst of writing, again and again. Returns decisions acknowledged, and of those lost."""
    chance = random.Random(7)
    with Dossier.open(path) as dossier:
        keys = [statement.id for statement in dossier.statements]
    chance.shuffle(keys)
    acknowledged: set[str] = set()
    for _ in range(times):
        desk = start(path)
        asker = Asker(desk)
        asker.get("/review")  # the kill must come while it writes, not while it reads the file
        if asker.post(f"/s/{keys[-1]}/accept", query="")[0] == 200:
            acknowledged.add(keys.pop())
        timer = threading.Timer(chance.uniform(0.05, 0.5), os.kill, (desk.process.pid, signal.SIGKILL))
        timer.start()
        try:
            while keys:
                if asker.post(f"/s/{keys[-1]}/accept", query="")[0] == 200:
                    acknowledged.add(keys.pop())
            raise RuntimeError("There is nothing left to decide; make the dossier larger.")
        except (OSError, http.client.HTTPException):
            timer.join()
        desk.process.wait(30)
        if desk.process.stdout:
            desk.process.stdout.close()
    with Dossier.open(path) as dossier:
        assert dossier.check() == (), dossier.check()
        return len(acknowledged), sum(not dossier.reviews.mark(key).stands for key in acknowledged)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (
        ("articles", 2000),
        ("statements", 25),
        ("seconds", 60),
        ("rate", 200),
        ("kills", 50),
        ("cards", 300),
    ):
        options.add_argument(f"--{name}", type=int, default=value)
    options.add_argument("--dossier", type=Path, help="a dossier made before, to measure on a copy of")
    told = options.parse_args()
    say: Callable[[str], None] = lambda words: print(words, flush=True)  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.parley"
        if told.dossier:
            path.write_bytes(told.dossier.read_bytes())
        else:
            store(path, told.articles, told.statements)
        with Dossier.open(path) as dossier:
            say(f"{len(dossier.documents):,} articles, {len(dossier.statements):,} statements")
        desk = start(path)
        asker = Asker(desk)
        say(f"start: answers after {desk.started:.2f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        while not CARD.search(asker.get("/review")[1]):
            time.sleep(0.05)
        used = desk.processor()
        say(f"key to next card: {high(review(asker, told.cards))}")
        say(f"  processor time of the desk: {(desk.processor() - used) / told.cards * 1000:.1f} ms a card")
        fresh, again = tables(asker)
        say(f"table pages just after a decision: {high(fresh)}")
        say(f"table pages: {high(again)}")
        say(f"search: {high([asker.get(f'/search?words={quote(words)}')[2] for words in WORDS * 6])}")
        if told.seconds:
            used = desk.processor()
            times, errors, took = mixed(desk, told.rate, told.seconds)
            say(f"mixed: {len(times) / took:.0f} requests a second for {took:.0f} s, {errors} errors; {high(times)}")
            each = (desk.processor() - used) / max(1, len(times)) * 1000
            say(f"  processor time of the desk: {each:.1f} ms a request")
        desk.stop()
        if told.kills:
            small = Path(folder) / "small.parley"
            store(small, 40 + 8 * told.kills, 25)
            kept, lost = killed(small, told.kills)
            say(f"killed {told.kills} times in the midst of writing: {kept} decisions acknowledged, {lost} lost")


if __name__ == "__main__":
    main()
