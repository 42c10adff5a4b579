"""Directives to Tvilling, each an HTML comment on its own line: note, context, translate."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMENT = re.compile(r"<!--[ \t]*(note|context|translate)[ \t]*:((?:(?!-->).)*)(?:-->|\Z)\s*", re.DOTALL)
LEFT = re.compile(r"<!--[ \t]*(?:note|context|translate)[ \t]*:.*?-->[ \t]*(?:\r\n?|\n)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Directive:
    """`<!-- name: value -->`."""

    name: str
    value: str
    is_closed: bool


def parse(html: str) -> Directive | None:
    """The directive that an HTML block is, if it is nothing else."""
    if not html.startswith("<!--"):
        return None
    found = COMMENT.fullmatch(html)
    return Directive(found[1], " ".join(found[2].split()), "-->" in html) if found else None


def without(html: str) -> str:
    """Rendered `html` without directives."""
    return LEFT.sub("", html) if "<!--" in html else html
