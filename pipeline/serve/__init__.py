"""`tvilling serve`: the site on this machine, built anew and shown anew at each saved edit."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.serve.news import News
from pipeline.serve.pages import app
from pipeline.site import Proof
from pipeline.site.proof import Ahead

__all__ = ["serve"]

HOST = "127.0.0.1"
Build = Callable[[Ahead | None], str]
"""Builds, shows the site ahead, and gives the hash of what is on it."""


class OvertakenError(Exception):
    """Somebody has saved another edit: what was being made is old."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is built, from what, and who is told of faults."""

    build: Build
    output: Path
    watch: Sequence[Path]
    base: str
    say: Callable[[str], None]
    overtaken: threading.Event = field(default_factory=threading.Event)

    def attempt(self, ahead: Ahead | None) -> tuple[Proof | None, str]:
        """Build once: the site, or the fault."""
        try:
            return Proof(self.build(ahead)), ""
        except PipelineError as error:
            self.say(str(error))
            return None, str(error)

    async def work(self, news: News) -> None:
        """Build, and tell at once how the site will be, then how it went."""
        loop = asyncio.get_running_loop()

        def ahead(proof: Proof) -> Callable[[], None]:
            asyncio.run_coroutine_threadsafe(news.tell(proof), loop)
            return self._go_on

        with suppress(OvertakenError):
            await news.tell(*await asyncio.to_thread(self.attempt, ahead))

    def _go_on(self) -> None:
        if self.overtaken.is_set():
            raise OvertakenError

    async def follow(self, news: News) -> None:
        """Build at each change in the watched folders."""
        import watchfiles

        there = [path for path in self.watch if path.exists()]
        working = asyncio.create_task(self.work(news))
        async for _ in watchfiles.awatch(*there, step=10, debounce=200):
            self.overtaken.set()
            await working
            self.overtaken.clear()
            working = asyncio.create_task(self.work(news))


def serve(  # noqa: PLR0913 - what the command line knows, each by its name
    build: Build,
    output: Path,
    watch: Sequence[Path],
    *,
    port: int = 8000,
    base: str = "/",
    say: Callable[[str], None],
) -> None:
    """Build, serve `output` under `base`, and build again when something in `watch` changes; until Ctrl-C.

    Pages are shown as they will be as soon as that is known; their files follow.  A PipelineError of a build
    is said and shown in the browser; the site before it stays.
    """
    with _listen(port) as listener, suppress(KeyboardInterrupt):
        workshop = Workshop(build, output, watch, base, say)
        # Before there are threads, all cores can work.
        asyncio.run(_run(workshop, workshop.attempt(None), listener))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen on port {port}: {_reason(error)}",
            name="port",
            remedy="choose another one, as in: tvilling serve --port 8001",
        ) from error


def _reason(error: OSError | OverflowError) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)


async def _run(workshop: Workshop, first: tuple[Proof | None, str], listener: socket.socket) -> None:
    import uvicorn

    news = News()
    await news.tell(*first)
    pages = app(workshop.output, workshop.base, news)
    server = uvicorn.Server(
        uvicorn.Config(pages, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    )
    workshop.say(f"http://{HOST}:{listener.getsockname()[1]}{workshop.base} (Ctrl-C ends it)")
    watcher = asyncio.create_task(workshop.follow(news))
    try:
        await server.serve(sockets=[listener])
    finally:
        workshop.overtaken.set()
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
