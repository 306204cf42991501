"""`parley desk` and `parley merge` as commands."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from parley import workbench
from parley.cli import main
from parley.dossier import Dossier
from parley.dossier.review import ACCEPT, REJECT


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    article = tmp_path / "strike.txt"
    article.write_text("The dockers' union rejected the offer. The Port Authority said that talks would go on.\n")
    path = tmp_path / "talks.parley"
    workbench.read(article, dossier=path).close()
    return path


def test_the_desk_prints_an_address_that_answers_and_ctrl_c_closes_it(dossier: Path) -> None:
    command = [sys.executable, "-m", "parley", "desk", str(dossier), "--no-browser", "--who", "Mo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().split()[-1])
        assert address.hostname == "127.0.0.1" and address.query.startswith("key=")
        connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        connection.request("GET", f"/?{address.query}")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303 and "parley-desk" in answer.headers["set-cookie"]
        connection.request("GET", "/review")
        assert connection.getresponse().status == 401
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) in (0, -signal.SIGINT, 1)
    with Dossier.open(dossier) as again:
        assert again.check() == ()


def test_a_port_that_is_taken_and_a_dossier_that_is_not_there_are_one_sentence(dossier: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["desk", str(dossier), "--port", port, "--no-browser"])
        assert result.exit_code == 1 and f"Port {port} is taken" in result.stderr
    result = CliRunner().invoke(main, ["desk", str(dossier.with_name("none.parley")), "--no-browser"])
    assert result.exit_code == 1 and "There is no dossier" in result.stderr


def test_merging_tells_what_differs(dossier: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other.parley", tmp_path / "both.parley"
    shutil.copy(dossier, other)
    for path, who, kind in ((dossier, "Mo", ACCEPT), (other, "Ai", REJECT)):
        with Dossier.open(path) as opened:
            opened.decide(kind, opened.reviewed().statements[0].id, {}, who=who)
    result = CliRunner().invoke(main, ["merge", str(dossier), str(other), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "Decided differently, and waiting for a third decision: 1." in result.stdout
    assert "accepted by Mo; rejected by Ai" in result.stdout
    brief = CliRunner().invoke(main, ["brief", str(out), "--md", "-o", "-"])
    assert brief.exit_code == 0
    again = CliRunner().invoke(main, ["merge", str(dossier), str(other), "-o", str(out)])
    assert again.exit_code == 1 and "is there already" in again.stderr
