"""What the browser sends, read strictly: forms into edits, queries into filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pipeline.model import Draft, State
from pipeline.review import guard
from pipeline.review.desk import Filter
from pipeline.review.edits import Action, Edit

LARGEST = 1 << 20
MOST_FIELDS = 40
TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form."""

    fields: Mapping[str, list[str]]

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return self.fields.get(name, [default])[0]

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(self.fields.get(name, ()))


async def read(request: Request, token: str) -> Form:
    """The form in the request's body, if it is one of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != TYPE:
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        text = body.decode("ascii")
        fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    form = Form(fields)
    if not guard.same(form.get("token"), token):
        raise HTTPException(403)
    return form


def edit(form: Form) -> Edit:
    """The edit that a form asks for."""
    action, _, check = form.get("action").partition(":")
    if action not in set(Action):
        raise HTTPException(400)
    wished = Action(action)
    words = form.get("reason") if wished is Action.WAIVE else form.get("note")
    line = form.get("mt")
    return Edit(
        form.get("context"),
        form.get("source"),
        wished,
        form.get("seen"),
        form.all("text"),
        check,
        words,
        Draft.parse(line) if line.isprintable() else None,
    )


def kept(form: Form) -> Filter:
    """The filter that the desk had when a form was sent."""
    return wanted({name: form.get(f"filter-{name}") for name in ("state", "check", "q")})


def wanted(fields: Mapping[str, str]) -> Filter:
    """The filter that an address names; an unknown state is none."""
    state = fields.get("state", "")
    return Filter(
        State(state) if state in set(State) else None,
        fields.get("check", ""),
        fields.get("q", "").strip(),
    )


def address(lang: str, name: str, **fields: str | None) -> str:
    """Where the desk of a catalog is, with what of a filter is set."""
    query = urlencode({field: value for field, value in fields.items() if value})
    return f"/desk/{lang}/{name}" + (f"?{query}" if query else "")
