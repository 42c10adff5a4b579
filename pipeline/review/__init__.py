"""The editor in the browser: an article beside its translation, block by block.

`app` makes the web application, `run` serves it on this computer alone and opens the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from pipeline.drafted import Drafted
    from pipeline.model import Finding
    from pipeline.review.disk import Loaded
    from pipeline.review.guard import Secrets
    from pipeline.translate import Job

HOST = "127.0.0.1"
PORT = 8477


def app(  # noqa: PLR0913  # each is a seam of its own
    config: Config,
    load: Callable[[], Loaded],
    templates: Sequence[Path],
    *,
    secrets: Secrets,
    update: Callable[[], object] | None = None,
    draft: Callable[[Job], Drafted] | None = None,
    elsewhere: Callable[[Loaded], Iterable[Finding]] = lambda _loaded: (),
) -> ASGIApp:
    """The editor of the project.

    `load` reads the project anew; it is called when a file has changed.  `templates`: the folders
    that hold `review/`, the first wins.  `update` brings the catalogs in line with the articles;
    `draft` asks the machines for one block.  `elsewhere` finds what is wrong between articles and catalogs.
    """
    from pipeline.review.answers import Answers
    from pipeline.review.background import Background
    from pipeline.review.disk import Disk
    from pipeline.review.guard import Guard
    from pipeline.review.pages import Pages
    from pipeline.review.routes import Editor
    from pipeline.review.session import Session

    session = Session(Disk(config, load), elsewhere)
    answers = Answers(config, session, Pages(templates), secrets.token, update is not None, draft is not None)
    return Guard(Editor(session, answers, update, draft, Background(session)).routes(), secrets)


def run(
    application: ASGIApp,
    secrets: Secrets,
    *,
    port: int = PORT,
    open_browser: bool = True,
    say: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C; `say` gets the address that opens the editor."""
    from pipeline.review.server import bind, serve

    with bind(HOST, port) as listening:
        serve(application, secrets.key, listening, open_browser=open_browser, say=say)
