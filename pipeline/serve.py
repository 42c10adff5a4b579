"""`tvilling serve`: the site on this machine, built anew and shown anew at each saved edit.

Only programs on this machine can reach it, and only under a name of this machine: a page elsewhere
that has its own name point here (DNS rebinding) gets nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError, UsageError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "127.0.0.1"
LOCAL = re.compile(r"(localhost|127\.0\.0\.1)(:\d+)?", re.IGNORECASE)
EVENTS = "__events"
HEARTBEAT = 15.0
SCRIPT = """
<script>
(() => {
  const events = new EventSource(%s);
  let seen;
  events.addEventListener("built", ({ data }) => {
    if (seen && seen !== data) location.reload();
    seen = data;
    document.getElementById("__fault")?.remove();
  });
  events.addEventListener("fault", ({ data }) => {
    document.getElementById("__fault")?.remove();
    const pre = document.createElement("pre");
    pre.id = "__fault";
    pre.setAttribute("role", "alert");
    pre.style.cssText = "position:fixed;inset:auto 0 0;margin:0;padding:1.5rem;max-height:50%%;overflow:auto;"
      + "background:#300;color:#fdd;font:14px/1.5 monospace;white-space:pre-wrap;z-index:99";
    pre.textContent = JSON.parse(data);
    document.body.append(pre);
  });
})();
</script>
"""


@dataclass(slots=True)
class News:
    """What the browsers are told: how many builds there were, and the last one's fault."""

    number: int = 0
    fault: str = ""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def event(self) -> str:
        """One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        if self.fault:
            return f"event: fault\ndata: {json.dumps(self.fault)}\n\n"
        return f"event: built\ndata: {os.getpid()}-{self.number}\n\n"

    async def tell(self, fault: str) -> None:
        """A build has ended."""
        async with self.changed:
            if not fault:
                self.number += 1
            self.fault = fault
            self.changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """Events for one browser, until it goes."""
        told = ""
        while True:
            async with self.changed:
                if told == self.event:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self.changed.wait(), HEARTBEAT)
            yield ":\n\n" if told == self.event else self.event
            told = self.event


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
            f"cannot listen on port {port}: {error}",
            name="port",
            remedy="choose another one, as in: tvilling serve --port 8001",
        ) from error


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


def app(output: Path, base: str, news: News) -> Starlette:
    """The files of `output` under `base`, each page with a script that waits for `news`."""
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse, RedirectResponse, StreamingResponse
    from starlette.routing import Route

    script = (SCRIPT % json.dumps(base + EVENTS)).encode()

    async def answer(request: Request) -> Response:
        if not LOCAL.fullmatch(request.headers.get("host", "")):
            return PlainTextResponse("this server answers to localhost only\n", 421)
        path = request.url.path
        if path == base + EVENTS:
            return StreamingResponse(news.stream(), media_type="text/event-stream")
        if not path.startswith(base):
            return (
                RedirectResponse(base) if path in ("/", base.rstrip("/")) else _page(None, output, "", script)
            )
        return _page(_file(output, path.removeprefix(base)), output, path.removeprefix(base), script)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def _file(output: Path, path: str) -> Path | None:
    """The file that `path` names, if it is inside `output`."""
    found = (output / path).resolve()
    if not found.is_relative_to(output.resolve()):
        return None
    if found.is_dir():
        found = found / "index.html"
    return found if found.is_file() else None


def _page(found: Path | None, output: Path, path: str, script: bytes) -> Response:
    from starlette.responses import PlainTextResponse, RedirectResponse, Response

    if found and found.name == "index.html" and path and not path.endswith(("/", ".html")):
        return RedirectResponse(path.rsplit("/", 1)[-1] + "/")
    status = 200 if found else 404
    lost = (output / path.partition("/")[0] / "404.html", output / "404.html")
    found = found or next((page for page in lost if page.is_file()), None)
    if found is None:
        return PlainTextResponse("there is no such page\n", 404)
    kind = guess_type(found.name)[0] or "application/octet-stream"
    data = found.read_bytes()
    if kind == "text/html":
        data = data.replace(b"</body>", script + b"</body>")
    return Response(data, status, {"cache-control": "no-store"}, kind)
