"""The files of the built site as pages that wait for news.

Only under a name of this machine: a page elsewhere that has its own name point here (DNS rebinding)
gets nothing.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.serve.news import News
from pipeline.site import Proof

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LOCAL = re.compile(r"(localhost|127\.0\.0\.1)(:\d+)?", re.IGNORECASE)
EVENTS = "__events"
SCRIPT = """
<script>
(() => {
  const events = new EventSource(%s);
  events.addEventListener("built", ({ data }) => {
    if (data !== %s) location.reload();
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


def app(output: Path, base: str, news: News) -> Starlette:
    """The files of `output` under `base`, each page with a script that waits for `news`."""
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse, RedirectResponse, StreamingResponse
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        if not LOCAL.fullmatch(request.headers.get("host", "")):
            return PlainTextResponse("this server answers to localhost only\n", 421)
        path = request.url.path
        if path == base + EVENTS:
            return StreamingResponse(news.stream(), media_type="text/event-stream")
        if not path.startswith(base) and path in ("/", base.rstrip("/")):
            return RedirectResponse(base)
        inside = path.removeprefix(base) if path.startswith(base) else None
        try:
            return await asyncio.to_thread(_page, Shelf(output, news.proof), inside, base)
        except PipelineError as error:
            await news.tell(None, str(error))
            return await asyncio.to_thread(_page, Shelf(output, Proof("")), inside, base)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of the site, made or not."""

    output: Path
    proof: Proof

    def get(self, path: str) -> bytes | None:
        """What the file holds, if there is one inside of the site."""
        waiting = self.proof.file(path)
        if waiting is not None:
            return waiting
        found = (self.output / path).resolve()
        return found.read_bytes() if found.is_relative_to(self.output.resolve()) and found.is_file() else None


def _page(shelf: Shelf, path: str | None, base: str) -> Response:
    """What stands under `path`; None is outside of the site."""
    from starlette.responses import PlainTextResponse, RedirectResponse, Response

    status, name = 200, path or ""
    data = shelf.get(name) if path else None
    if path is not None and data is None:
        name = f"{name}{'/' if name and not name.endswith('/') else ''}index.html"
        data = shelf.get(name)
        if data is not None and path and not path.endswith("/"):
            return RedirectResponse(path.rsplit("/", 1)[-1] + "/")
    for lost in (f"{name.partition('/')[0]}/404.html", "404.html"):
        if data is None:
            status, name, data = 404, lost, shelf.get(lost)
    if data is None:
        return PlainTextResponse("there is no such page\n", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    if kind == "text/html":
        script = SCRIPT % (json.dumps(base + EVENTS), json.dumps(shelf.proof.key))
        data = data.replace(b"</body>", script.encode() + b"</body>")
    return Response(data, status, {"cache-control": "no-store"}, kind)
