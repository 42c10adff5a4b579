"""The words that stand in templates, found by Babel with Jinja's own extractor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import TemplateError
from pipeline.model import Phrase, Place, Segment

LANGUAGE = "en"
"""The language that templates are written in."""
NOTE = "L10N:"
"""Begins a comment for translators: `{# L10N: a verb #}` on the line before."""
_SUFFIXES = {".html", ".xml", ".txt"}
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def bundled() -> Path:
    """The templates that come with Tvilling, in a checkout and in an installed wheel."""
    package = Path(__file__).parent.parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


def extract(folders: Iterable[Path]) -> tuple[Segment, ...]:
    """The words of all templates, by template and line; repeated ones again.

    A template of a later folder stands in for one of the same name in an earlier folder.
    """
    found = dict[str, tuple[Path, Path]]()
    for folder in folders:
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            if path.suffix in _SUFFIXES and "static" not in inside.parts and path.is_file():
                found[inside.as_posix()] = (path, folder)
    segments = list[Segment]()
    for name, (path, folder) in sorted(found.items()):
        segments += _of_template(files.read_bytes(path, folder), f"templates/{name}")
    return tuple(segments)


@lru_cache(maxsize=256)
def _of_template(data: bytes, path: str) -> tuple[Segment, ...]:
    return tuple(_segments(data, path))


def _segments(data: bytes, path: str) -> Iterator[Segment]:
    from babel.messages.extract import extract as babel_extract
    from jinja2 import TemplateSyntaxError
    from jinja2.ext import babel_extract as jinja_extract

    files.decode(data, path)
    method: Any = jinja_extract
    try:
        messages = list(
            babel_extract(
                method,
                BytesIO(data),
                keywords=_KEYWORDS,
                comment_tags=(NOTE,),
                options=_OPTIONS,
                strip_comment_tags=True,
            )
        )
    except TemplateSyntaxError as error:
        raise TemplateError(
            error.message or Phrase("the template has a mistake"),
            place=Place(path, error.lineno),
            name="template",
            remedy=Phrase(
                "correct the template; https://jinja.palletsprojects.com/templates/ has the language"
            ),
        ) from error
    for line, message, comments, context in messages:
        texts = (message,) if isinstance(message, str) else tuple(message)
        note = "\n".join(comment.strip() for comment in comments)
        place = Place(path, line)
        plural = texts[1] if len(texts) > 1 else ""
        yield Segment(
            texts[0], texts[0], LANGUAGE, context=context or "", note=note, plural=plural, place=place
        )
