"""Work that takes longer than a page may: it tells how far it is, and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Job", "Jobs", "Stopped"]


class Stopped(Exception):
    """Somebody stopped the job."""


@dataclass(slots=True)
class Job:
    """One piece of work. ``state`` is running, done, failed or stopped; ``told`` says how far it is, in words."""

    number: int
    kind: str
    title: str
    of: str = ""  # the digest of what it works on, to tell when that has changed since
    state: str = "running"
    told: str = "Starting."
    result: object = None
    stopping: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)
    took: float | None = None

    @property
    def elapsed(self) -> float:
        """Seconds since it began, or that it took."""
        return time.monotonic() - self.began if self.took is None else self.took

    def tell(self, words: str) -> None:
        """Say how far it is. Raises Stopped where somebody wants it to stop."""
        self.told = words
        if self.stopping.is_set():
            raise Stopped


class Jobs:
    """The jobs of one desk, each in a thread of its own."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()

    def start(
        self, kind: str, title: str, work: Callable[[Job], object], *, fails: type[Exception], of: str = ""
    ) -> Job:
        """Start *work*; what it returns becomes the job's result. Errors of the type *fails* become its last words.

        *of* is the digest of what it works on.
        """
        with self._lock:
            job = Job(len(self._jobs) + 1, kind, title, of)
            self._jobs[job.number] = job

        def run() -> None:
            try:
                job.result = work(job)
                job.took = time.monotonic() - job.began
                job.state = "done"
            except Stopped:
                job.state, job.told = "stopped", "Stopped."
            except fails as error:
                job.state, job.told = "failed", str(error)
            except Exception as error:  # noqa: BLE001 - a thread: its page must say what happened
                job.state, job.told = "failed", f"Something went wrong ({type(error).__name__}: {error}). Report it."
            finally:
                job.took = time.monotonic() - job.began
                job.ended.set()

        threading.Thread(target=run, daemon=True, name=f"desk job {job.number}").start()
        return job

    def get(self, number: int) -> Job | None:
        """Return the job of that number."""
        return self._jobs.get(number)

    def running(self, kind: str) -> bool:
        """Tell whether a job of that kind runs."""
        return any(job.kind == kind and job.state == "running" for job in list(self._jobs.values()))

    def latest(self, kind: str) -> Job | None:
        """Return the latest job of that kind."""
        return next((job for job in reversed(list(self._jobs.values())) if job.kind == kind), None)

    def stop_all(self) -> None:
        """Ask every job to stop, and wait a moment for each."""
        for job in list(self._jobs.values()):
            job.stopping.set()
        for job in list(self._jobs.values()):
            job.ended.wait(2)
