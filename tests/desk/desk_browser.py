"""A desk that runs as its command, and a browser's page that is watched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

SELECT = """length => {
  const runs = [...document.querySelectorAll('article.words > p > span[data-o]')];
  const run = runs.find(r => r.textContent.length > length);
  const range = document.createRange();
  range.setStart(run.firstChild, 0);
  range.setEnd(run.firstChild, length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return run.textContent.slice(0, length);
}"""


@dataclass
class Server:
    """A desk that runs as its command."""

    path: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""

    def start(self, port: int | None = 0) -> Server:
        command = [sys.executable, "-m", "parley", "desk", str(self.path), "--no-browser", "--who", "Mo"]
        command += ["--port", str(port)]
        folders = dict.fromkeys(("XDG_CONFIG_HOME", "HOME", "APPDATA"), str(self.path.parent))
        own = {**os.environ, **folders}  # not the settings of whoever runs the tests
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=own)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1]
        return self

    def stop(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]


@dataclass
class Watched:
    """A page, with what it complained of and whom it asked."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        def heard(message: Any) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        self.page.on("console", heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))


def opened(browser: Any, server: Server, **more: Any) -> Watched:
    context = browser.new_context(**more)
    context.set_default_timeout(30_000)
    watched = Watched(context.new_page())
    watched.page.goto(server.address)
    return watched


def settled(page: Any, before: str) -> str:
    """Wait until another card than *before* is shown, and return its address."""
    page.wait_for_function("before => location.pathname !== before", arg=before)
    return str(page.evaluate("location.pathname"))
