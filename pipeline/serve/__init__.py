"""`tvilling serve`: the site on this machine, built anew and shown anew at each saved edit."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.serve.news import News
from pipeline.serve.pages import app

__all__ = ["serve"]

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is built, from what, and who is told of faults."""

    build: Callable[[], object]
    output: Path
    watch: Sequence[Path]
    base: str
    say: Callable[[str], None]

    async def work(self, news: News) -> None:
        """Build once, and tell how it went."""
        await news.tell(await asyncio.to_thread(self._fault))

    def _fault(self) -> str:
        try:
            self.build()
        except PipelineError as error:
            self.say(str(error))
            return str(error)
        return ""

    async def follow(self, news: News) -> None:
        """Build at each change in the watched folders."""
        import watchfiles

        there = [path for path in self.watch if path.exists()]
        async for _ in watchfiles.awatch(*there, step=10, debounce=200):
            await self.work(news)


def serve(  # noqa: PLR0913 - what the command line knows, each by its name
    build: Callable[[], object],
    output: Path,
    watch: Sequence[Path],
    *,
    port: int = 8000,
    base: str = "/",
    say: Callable[[str], None],
) -> None:
    """Build, serve `output` under `base`, and build again when something in `watch` changes; until Ctrl-C.

    A PipelineError of a build is said and shown in the browser; the site before it stays.
    """
    with _listen(port) as listener, suppress(KeyboardInterrupt):
        asyncio.run(_run(Workshop(build, output, watch, base, say), listener))


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


async def _run(workshop: Workshop, listener: socket.socket) -> None:
    import uvicorn

    news = News()
    await workshop.work(news)
    pages = app(workshop.output, workshop.base, news)
    server = uvicorn.Server(
        uvicorn.Config(pages, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    )
    workshop.say(f"http://{HOST}:{listener.getsockname()[1]}{workshop.base} (Ctrl-C ends it)")
    watcher = asyncio.create_task(workshop.follow(news))
    try:
        await server.serve(sockets=[listener])
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
