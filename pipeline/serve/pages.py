"""The files of the built site as pages that wait for news.

Only under a name of this machine: a page elsewhere that has its own name point here (DNS rebinding)
gets nothing.
"""

from __future__ import annotations

import json
import re
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.serve.news import News

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
