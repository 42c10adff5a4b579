"""Directives to Tvilling, each an HTML comment on its own line: note, context, translate."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMENT = re.compile(r"<!--[ \t]*(note|context|translate)[ \t]*:((?:(?!-->).)*)(?:-->|\Z)\s*", re.DOTALL)


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


def marked(html: str, lang: str) -> str:
    """What stands on a page for the directive that `html` is, where the original language is `lang`.

    >>> marked("<!-- translate: off -->", "en"), marked("<!-- note: x -->", "en")
    ('<?tvilling-off en?>', '')
    """
    found = parse(html)
    if found is None or found.name != "translate":
        return ""
    return f"<?tvilling-off {lang}?>" if found.value == "off" else "<?tvilling-on?>"
