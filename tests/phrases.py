"""All that the package says in phrases, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pipeline
from pipeline import checks
from pipeline.model import Phrase, Place, Segment
from pipeline.review.voice import CHECK

PACKAGE = Path(pipeline.__file__).parent


def fields(template: str) -> set[tuple[str, str, str]]:
    """The name, the format and the conversion of each field."""
    found = Formatter().parse(template)
    return {(name, form or "", conversion or "") for _, name, form, conversion in found if name is not None}


def templates(text: str) -> Iterator[str]:
    """Those of a phrase and of all phrases in it; anything else cannot be said in another language."""
    assert isinstance(text, Phrase), f"{text!r} is no phrase"
    yield text.template
    for value in text.values.values():
        yield from templates(value) if isinstance(value, Phrase) else ()


def has_words(template: str) -> bool:
    """Is there anything in it for a translator?"""
    return re.search(r"[^\W\d_]", re.sub(r"\{\w[^{}]*\}", "", template)) is not None


def names() -> Iterator[Segment]:
    """What each check is called."""
    for name in checks.KNOWN:
        yield Segment(name, name, "en", context=CHECK, place=Place("pipeline/checks"))


def phrases() -> Iterator[Segment]:
    """The template of each phrase that has words, where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                place = Place(path.relative_to(PACKAGE.parent).as_posix(), node.lineno)
                (template,) = node.args
                assert isinstance(template, ast.Constant), (
                    f"{place}: only a text as it stands can be translated"
                )
                text = str(template.value)
                if has_words(text):
                    yield Segment(text, text, "en", place=place)
