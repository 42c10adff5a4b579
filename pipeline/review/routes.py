"""The editor as a web application for one person at this computer: its routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.drafted import Drafted
from pipeline.errors import PipelineError
from pipeline.model import Severity
from pipeline.review import forms
from pipeline.review.answers import Answers, wants_json
from pipeline.review.background import Background
from pipeline.review.desk import Desk, Filter, Row
from pipeline.review.disk import Key
from pipeline.review.edits import Action, Edit, Refusal, texts_of
from pipeline.review.forms import Form
from pipeline.review.save import Conflict
from pipeline.review.session import Session
from pipeline.review.views import Views
from pipeline.translate import Job


@dataclass(frozen=True)
class Editor:
    """The routes; each looks at the disk as it is now."""

    session: Session
    answers: Answers
    update: Callable[[], object] | None
    draft: Callable[[Job], Drafted] | None
    background: Background

    def routes(self) -> Starlette:
        """All of them."""
        block = "{lang}/{name}/{row}"
        return Starlette(
            routes=[
                Route("/", self.overview),
                Route("/waiting", self.waiting),
                Route("/desk/{lang}/{name}", self.desk),
                Route(f"/row/{block}", self.row),
                Route(f"/check/{block}", self.check, methods=["POST"]),
                Route(f"/draft/{block}", self.machine, methods=["POST"]),
                Route(f"/save/{block}", self.save, methods=["POST"]),
                Route("/undo", self.undo, methods=["POST"]),
                Route("/update", self.refresh, methods=["POST"]),
                Route("/static/{file}", self.static),
                Route("/media/{path:path}", self.media),
            ],
            exception_handlers={PipelineError: self.problem, 404: self.missing},
        )

    async def overview(self, request: Request) -> Response:
        """All articles, and what to do next; or where a text is found."""
        self.session.disk.look()
        query = request.query_params.get("q", "").strip()
        response = self.answers.page(request, "overview.html", Views(self.session).overview(query))
        self.background.wake()
        return response

    async def waiting(self, _request: Request) -> Response:
        """How much the checks have not seen yet."""
        return JSONResponse({"waiting": self.session.findings.waiting})

    async def desk(self, request: Request) -> Response:
        """One article, block by block."""
        key, wanted = _key(request), forms.wanted(request.query_params)
        desk = self.find(key)
        opened = desk.row(request.query_params.get("at", ""))
        values = Views(self.session).desk(key, desk, wanted, opened)
        return self.answers.page(request, "desk.html", values)

    async def row(self, request: Request) -> Response:
        """One block, with its editor or (`?closed`) without."""
        key = _key(request)
        desk = self.find(key)
        row = _row(desk, request)
        opened = None if "closed" in request.query_params else row
        return HTMLResponse(self.answers.row(request, key, desk, row, opened))

    async def check(self, request: Request) -> Response:
        """What the checks say of a text while it is typed, and how it will look."""
        form = await self.form(request)
        key = _key(request)
        desk = self.find(key)
        values = Views(self.session).live(key, desk, _row(desk, request), form.all("text"))
        values |= {"wanted": forms.kept(form)}
        return HTMLResponse(self.answers.fragment(request, "live.html", values))

    async def machine(self, request: Request) -> Response:
        """What the machines would write; nothing is saved."""
        await self.form(request)
        key = _key(request)
        row = _row(self.find(key), request)
        if self.draft is None or row.entry is None:
            raise HTTPException(404)
        drafted = await run_in_threadpool(self.draft, self.session.job(key, row.entry, row.segment.kind))
        entry = drafted.catalogs[0].entries[0]
        if entry.draft is None:
            say = self.answers.voice(request).say
            reason = "\n".join(say(each.message) for each in drafted.lacking)
            return JSONResponse({"message": reason or self.answers.nothing_drafted(request)}, 422)
        return JSONResponse({"text": entry.target, "line": str(entry.draft)})

    async def save(self, request: Request) -> Response:
        """Apply an edit; 409 with both versions if somebody else changed the entry."""
        form = await self.form(request)
        key, edit, here = _key(request), forms.edit(form), request.path_params["row"]
        self.find(key)
        outcome = self.session.save(key, edit)
        if isinstance(outcome, Refusal):
            return self.answers.refused(request, outcome)
        if isinstance(outcome, Conflict):
            return self.answers.clashed(request, key, here, edit, outcome)
        desk, wanted = self.find(key), forms.kept(form)
        row = desk.row(here)
        is_done = edit.action is Action.ACCEPT and not _is_wrong(row)
        return self.answers.saved(
            request, key, edit.key, desk.after(here, wanted) if is_done else row, wanted
        )

    async def undo(self, request: Request) -> Response:
        """Take the last edit back."""
        await self.form(request)
        undone = self.session.undo()
        if undone is None:
            return self.answers.refused(request, "nothing-to-undo")
        done, outcome = undone
        desk, entry_key = self.find(done.key), done.saved.after.key
        row = next((row for row in desk.rows if row.entry and row.entry.key == entry_key), None)
        if isinstance(outcome, Conflict):
            wished = Edit(*entry_key, Action.DRAFT, "", texts_of(done.saved.before))
            return self.answers.clashed(request, done.key, row.id if row else "", wished, outcome)
        return self.answers.saved(request, done.key, entry_key, row, Filter())

    async def refresh(self, request: Request) -> Response:
        """Bring the catalogs in line with the articles."""
        await self.form(request)
        if self.update is None:
            raise HTTPException(404)
        self.update()
        return RedirectResponse("/", 303)

    async def static(self, request: Request) -> Response:
        """A file of the editor's own."""
        found = self.answers.pages.static(request.path_params["file"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1])

    async def media(self, request: Request) -> Response:
        """A picture that stands beside the articles."""
        found = self.session.disk.picture(request.path_params["path"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1])

    async def problem(self, request: Request, error: Exception) -> Response:
        """What stops the work, in words: a broken catalog, a folder that cannot be written."""
        assert isinstance(error, PipelineError)
        message = error.told(self.answers.voice(request).say)
        if wants_json(request):
            return JSONResponse({"message": message}, 500)
        return self.answers.page(request, "problem.html", {"message": message}, status=500)

    async def missing(self, request: Request, _error: Exception) -> Response:
        """There is no such page."""
        return self.answers.page(request, "missing.html", {}, status=404)

    async def form(self, request: Request) -> Form:
        """The request's form, if it came from one of our pages."""
        return await forms.read(request, self.answers.token)

    def find(self, key: Key) -> Desk:
        """The desk of `key`; anything else than a catalog of the project is not found."""
        self.session.disk.look()
        desk = self.session.desk(key)
        if desk is None:
            raise HTTPException(404)
        self.background.wake()
        return desk


def _key(request: Request) -> Key:
    return (request.path_params["lang"], request.path_params["name"])


def _row(desk: Desk, request: Request) -> Row:
    row = desk.row(request.path_params["row"])
    if row is None:
        raise HTTPException(404)
    return row


def _is_wrong(row: Row | None) -> bool:
    return row is None or any(finding.severity is Severity.ERROR for finding in row.findings)
