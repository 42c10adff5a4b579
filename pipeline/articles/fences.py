"""Divs, `::: name` to `:::`, which CommonMark does not know.

A fence's line is shown to the parser as an HTML block that ends on that very line (`<? … ?>`, of the
same length), so that it stands where any block may stand, and offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline import markdown
from pipeline.articles import directives

OPENING = ":::"
LINE = re.compile(r":{3,}[ \t]*(?:\{?[ \t]*\.?([A-Za-z][\w-]*)[ \t]*\}?)?[ \t]*:*[ \t]*(?=[\r\n]|\Z)")
REST = re.compile(r"[^\r\n]*")
INSTRUCTION = re.compile(
    r"(<!--[ \t]*(?:note|context|translate)[ \t]*:.*?-->)[ \t]*(?:\r\n?|\n)?|<\?tvilling-div ([\w-]*)\?>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fence:
    """One line; `name` is empty where it closes a div, and None where it is no proper fence."""

    start: int
    end: int
    name: str | None


def find(text: str) -> tuple[Fence, ...]:
    """The lines of `text` that begin with three colons, in order; never those in code or HTML."""
    if OPENING not in text:
        return ()
    return tuple(_fence(text, start) for start in markdown.lines_that_begin_with(text, OPENING))


def parse(line: str) -> Fence:
    """What a line that begins with three colons is."""
    return _fence(line, 0)


def masked(text: str, fences: tuple[Fence, ...]) -> str:
    """`text` with each fence as an empty HTML block of the same length."""
    return _replace(text, fences, lambda fence: _instruction(fence.end - fence.start))


def to_html(text: str, lang: str) -> str:
    """`text` as HTML, with a `<div>` for each div, and directives as they are marked on a page.

    Of a language div only the class tells the language.
    """
    instructed = _replace(text, find(text), lambda fence: f"<?tvilling-div {fence.name}?>")
    page = Page(lang)
    return INSTRUCTION.sub(
        lambda found: page.tag(found[2]) if found[2] is not None else page.marked(found[1]),
        markdown.to_html(instructed),
    )


class Page:
    """Follows the fences and directives of an article as its page is made."""

    def __init__(self, lang: str) -> None:
        self.langs = [lang]

    def tag(self, name: str) -> str:
        """The tag that a fence stands for; without a name it closes a div."""
        if name:
            self.langs.append(name if is_language(name) else self.langs[-1])
        elif len(self.langs) > 1:
            self.langs.pop()
        return _tag(name)

    def marked(self, directive: str) -> str:
        """What stands for a directive."""
        return directives.marked(directive, self.langs[-1])


def is_language(name: str) -> bool:
    """Does a div of that name hold text in another language?"""
    return len(name) == 2


def _instruction(length: int) -> str:
    """An HTML block of one line; `<?>` is the shortest."""
    return f"<?{' ' * (length - 4)}{'?' * (length > 3)}>"


def _tag(name: str) -> str:
    return f'<div class="{"lang-" * is_language(name)}{name}">' if name else "</div>"


def _fence(text: str, start: int) -> Fence:
    found = LINE.match(text, start)
    if found:
        return Fence(start, found.end(), found[1] or "")
    return Fence(start, REST.match(text, start).end(), None)  # type: ignore[union-attr]


def _replace(text: str, fences: tuple[Fence, ...], line: Callable[[Fence], str]) -> str:
    pieces, done = [], 0
    for fence in fences:
        if fence.name is None:
            continue
        pieces += [text[done : fence.start], line(fence)]
        done = fence.end
    return "".join(pieces) + text[done:]
