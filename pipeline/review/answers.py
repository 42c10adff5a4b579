"""What the browser gets: whole pages, or the parts of one that a script asked for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from pipeline.config import Config
from pipeline.model import fingerprint
from pipeline.review import forms
from pipeline.review.desk import Desk, Filter, Row
from pipeline.review.disk import Key
from pipeline.review.edits import Edit, stamp
from pipeline.review.pages import Pages, choose
from pipeline.review.save import Conflict
from pipeline.review.session import Session
from pipeline.review.views import Views
from pipeline.review.voice import Voice, voice

WORDS = "site"
"""The catalogs of the templates' own words, the editor's among them."""
WORDS_LANGUAGE = "en"
UI_COOKIE = "tvilling-ui"


@dataclass(frozen=True)
class Answers:
    """Speaks the language that the browser prefers; answers a script in JSON, and everybody else in pages."""

    config: Config
    session: Session
    pages: Pages
    token: str
    can_update: bool
    can_draft: bool

    def fragment(self, request: Request, template: str, values: dict[str, object]) -> str:
        """A template in the browser's language."""
        ui = self.language(request)
        catalog = self.session.disk.loaded.catalogs.get((ui, WORDS))
        shared = {
            "token": self.token,
            "can_undo": bool(self.session.done),
            "can_update": self.can_update,
            "can_draft": self.can_draft,
            "uis": self.languages(),
            "address": forms.address,
            "project": fingerprint(str(self.config.root)),
        }
        return self.pages.render(template, ui, catalog, **shared, **values)

    def page(
        self, request: Request, template: str, values: dict[str, object], *, status: int = 200
    ) -> Response:
        """A whole page."""
        response = HTMLResponse(self.fragment(request, template, values), status)
        if "ui" in request.query_params:
            response.set_cookie(UI_COOKIE, self.language(request), httponly=True, samesite="strict")
        return response

    def languages(self) -> list[str]:
        """The languages that the editor speaks."""
        return [WORDS_LANGUAGE, *(lang for lang in self.config.languages if lang != WORDS_LANGUAGE)]

    def language(self, request: Request) -> str:
        """The one that this browser's user wants."""
        asked = (request.query_params.get("ui", ""), request.cookies.get(UI_COOKIE, ""))
        return choose(asked, request.headers.get("accept-language", ""), self.languages())

    def voice(self, request: Request) -> Voice:
        """Says the package's own phrases to this browser's user."""
        return voice(self.language(request))

    def row(self, request: Request, key: Key, desk: Desk, row: Row, opened: Row | None) -> str:
        """One block."""
        (shown,) = Views(self.session).rows(key, desk, [row], opened)
        values = {"desk": desk, "shown": shown, "wanted": forms.wanted(request.query_params)}
        return self.fragment(request, "row.html", values)

    def tables(self, request: Request, desk: Desk) -> dict[str, str]:
        """Each table as a whole, by its id on the page."""
        found = (scene for scenes in Views(self.session).scenes(desk).values() for scene in scenes)
        return {
            scene.id: self.fragment(request, "scene.html", {"desk": desk, "scene": scene})
            for scene in found
            if scene.is_table
        }

    def saved(
        self, request: Request, key: Key, source_key: Key, following: Row | None, wanted: Filter
    ) -> Response:
        """After an edit of the entry `source_key`: on to the block `following`."""
        desk = self.session.desk(key)
        if desk is None or not wants_json(request):
            return RedirectResponse(_at(key, wanted, following), 303)
        changed = [row for row in desk.rows if row.entry and row.entry.key == source_key]
        rows = {row.id: self.row(request, key, desk, row, None) for row in changed}
        answer = {
            "rows": rows | self.tables(request, desk),
            "head": self.fragment(request, "head.html", {"desk": desk, "wanted": wanted}),
            "next": following.id if following else "",
            "address": _at(key, wanted, following),
            "place": "/".join(key),
            "can_undo": bool(self.session.done),
        }
        return JSONResponse(answer)

    def refused(self, request: Request, reason: str) -> Response:
        """Nothing was done, and why."""
        if wants_json(request):
            return JSONResponse({"message": self.fragment(request, "refusal.html", {"reason": reason})}, 422)
        return self.page(request, "refused.html", {"reason": reason}, status=422)

    def nothing_drafted(self, request: Request) -> str:
        """The machines know nothing that may be written, in words."""
        return self.fragment(request, "refusal.html", {"reason": "nothing-drafted"}).strip()

    def clashed(self, request: Request, key: Key, row_id: str, edit: Edit, clash: Conflict) -> Response:
        """Both versions, and nothing was written."""
        desk = self.session.desk(key)
        near = clash.near and desk and next((row for row in desk.rows if row.entry == clash.near), None)
        values = {
            "lang": key[0],
            "name": key[1],
            "row_id": row_id,
            "edit": edit,
            "theirs": clash.theirs,
            "seen": stamp(clash.theirs) if clash.theirs else "",
            "near": near or None,
        }
        if wants_json(request):
            return JSONResponse({"conflict": self.fragment(request, "clash.html", values)}, 409)
        return self.page(request, "clashed.html", values, status=409)


def wants_json(request: Request) -> bool:
    """Did a script ask?"""
    return request.headers.get("accept", "").startswith("application/json")


def _at(key: Key, wanted: Filter, row: Row | None) -> str:
    at = row.id if row else ""
    address = forms.address(*key, state=wanted.state, check=wanted.check, q=wanted.query, at=at)
    return f"{address}#{at}" if at else address
