"""Work in a process of its own: it uses another core, says how far it is, and is gone as soon as it is stopped."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, NoReturn

from parley.desk.jobs import Job, Stopped
from parley.errors import ParleyError

__all__ = ["Tell", "apart"]

Tell = Callable[[str], None]
"""What work calls to say how far it is."""

_LOOK = 0.1  # seconds between two looks whether somebody wants it to stop
_GRACE = 3.0  # seconds that stopped work has to clear up


def apart(job: Job, work: Callable[..., Any], *args: object) -> Any:
    """Run ``work(tell, *args)`` in a new process and return what it returns; all of it must be picklable.

    Raises ParleyError with the work's own sentence, Stopped where the job is stopped.
    """
    context = multiprocessing.get_context("spawn")  # a fork would copy the server's threads and locks
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, work, args), name=f"parley desk, {job.kind}")
    process.start()
    there.close()
    try:
        while True:
            if job.stopping.is_set():
                raise Stopped
            if here.poll(_LOOK):
                kind, value = here.recv()
                if kind == "told":
                    job.told = value
                elif kind == "done":
                    return value
                else:
                    raise ParleyError(value)
    except EOFError:
        process.join(_GRACE)
        raise ParleyError(
            f"The work ended without an answer (exit code {process.exitcode}); it may have run out of memory."
        ) from None
    finally:
        _end(process)
        here.close()


def _end(process: Any) -> None:
    process.join(0 if process.is_alive() else _GRACE)
    if process.is_alive():
        process.terminate()
        process.join(_GRACE)
    if process.is_alive():
        process.kill()
        process.join()


def _run(pipe: Connection, work: Callable[..., Any], args: tuple[object, ...]) -> None:
    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the desk's: it stops its jobs
    try:
        pipe.send(("done", work(lambda words: pipe.send(("told", words)), *args)))
    except ParleyError as error:
        pipe.send(("failed", str(error)))
    except (KeyboardInterrupt, BrokenPipeError):
        return
    except Exception as error:  # noqa: BLE001 - another process: its page must say what happened
        pipe.send(("failed", f"Something went wrong ({type(error).__name__}: {error}). Please report it."))
    finally:
        pipe.close()
