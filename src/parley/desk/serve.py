"""The server of a desk: on loopback, on a port of its own, until somebody stops it."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn

from parley.desk.app import create_app
from parley.desk.security import new_key
from parley.desk.state import Desk
from parley.errors import ParleyError

__all__ = ["serve"]

_SWITCH = 0.0005
"""Seconds that a thread may keep the interpreter: while a table is counted in one, a key in another must not wait."""


def serve(
    path: Path,
    *,
    port: int,
    who: str,
    tell: Callable[[str], None],
    key: str | None = None,
    keys_file: Path | None = None,
) -> None:
    """Open the dossier at *path* at a desk, and serve it until Ctrl-C.

    Args:
        path: the dossier.
        port: where to listen on 127.0.0.1; 0 takes a free port.
        who: who decides.
        tell: called with the address, its key included, as soon as the desk answers there.
        key: the session's key; a new one unless given.
        keys_file: where the person's keyboard settings are kept; None: keys are as they come.

    Raises DossierError where the dossier cannot be opened, ParleyError where the port cannot be used.
    """
    sys.setswitchinterval(_SWITCH)
    desk = Desk(path, who=who, keys_file=keys_file)
    secret = key or new_key()
    try:
        listener = _listen(port)
        taken = listener.getsockname()[1]
        app = create_app(desk, key=secret, port=taken)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
        )
        server = _Server(config, lambda: tell(f"http://127.0.0.1:{taken}/?key={secret}"))
        server.run(sockets=[listener])
    finally:
        desk.close()


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then tell."""
        await super().startup(sockets)
        if self.started:
            self._told()


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise ParleyError(f"Port {port} {why}; give another --port, or none.") from error
    listener.setblocking(False)
    return listener
