"""Serves the editor on this computer alone."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from pipeline.errors import UsageError

PORTS = 10


def bind(host: str, port: int) -> socket.socket:
    """A socket on `host`, on the first free port from `port` on.

    The nearest one: unsaved text is kept by the browser under the port's address.
    """
    for wanted in range(port, port + PORTS):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, wanted))
        except OSError as error:
            listening.close()
            reason = error
        else:
            return listening
    raise UsageError(
        f"cannot listen on {host}: {reason.strerror}", name="no-port", remedy="name a free port with --port"
    )


def serve(
    application: ASGIApp,
    key: str,
    listening: socket.socket,
    *,
    open_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C; the address that is said opens the editor by its key."""
    host, port = listening.getsockname()
    address = f"http://{host}:{port}/?key={key}"
    listening.listen(128)
    say(f"the editor is at {address}")
    say("Ctrl-C ends it; what you saved is in the catalogs")
    if open_browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(configuration(application)).run(sockets=[listening])


def configuration(application: ASGIApp) -> uvicorn.Config:
    """Quiet, and without trusting what a proxy says of the client's address."""
    return uvicorn.Config(
        application,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
