"""A body's parts become HTML for one page: its words, its addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from pipeline.render import Asset, Label, Link, Mark, Part
from pipeline.site.library import Library
from pipeline.site.page import Page, address

MEDIA = "media/"
BARE = re.compile(r'<a href="(https?://[^"<>]*)">(?=\1</a>)')
"""A link whose words are its address, so that paper need not name it a second time."""
BLOCK = re.compile(
    r'(?P<begin><(?P<tag>p|h[2-6])\b[^<>]*? id="(?P<id>[^"]+)" data-state="[^<>]*>)(?P<inside>.*?)</(?P=tag)>',
    re.DOTALL,
)


def fill(
    parts: Iterable[Part], page: Page, library: Library, say: Callable[..., str], mark: str = "mark"
) -> str:
    """The HTML of `parts` on `page`; `say` gives what a macro says, `mark` names the one for marks."""

    def filled(part: Part) -> str:
        match part:
            case str():
                return part
            case Link():
                return link(part, page, library)
            case Asset():
                return escape(page.to(MEDIA + part.path))
            case Label():
                return say("label", page.lang, part.name)
            case Mark():
                return say(mark, page.lang, part, "".join(map(filled, part.original)))

    return BARE.sub(r'<a href="\1" class="bare">', "".join(map(filled, parts)))


def linked(body: str, page: Page, say: Callable[..., str]) -> str:
    """`body` with a link to itself at each heading and paragraph that has an id."""
    label = escape(say("label", page.lang, "here"))

    def here(found: re.Match[str]) -> str:
        spoken = f' lang="{page.lang}"' if " lang=" in found["begin"] else ""
        reached = "" if found["tag"].startswith("h") else ' tabindex="-1"'
        mark = f'<a class="here" href="#{found["id"]}" aria-label="{label}"{spoken}{reached}></a>'
        return f"{found['begin']}{found['inside']}{mark}</{found['tag']}>"

    return BLOCK.sub(here, body)


def link(target: Link, page: Page, library: Library) -> str:
    """The address of another article in the page's language."""
    fragment = f"#{address(target.fragment)}" if target.fragment else ""
    if not target.name:
        return fragment
    return escape(page.to(library.path(page.lang, target.name)) + fragment)
