"""HTML that comes from a catalog, made harmless.

The author's own HTML is trusted.  A catalog's never is: translations arrive from many hands, and a
script in one of them would run for every reader.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

TEXT = """
    a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong
    sub sup time u var wbr
"""
STRUCTURE = """
    address article aside audio blockquote caption col colgroup dd details div dl dt figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hgroup hr li ol p picture pre section source summary table tbody td tfoot th
    thead tr track ul video
"""
INLINE = frozenset(TEXT.split())
BLOCK = INLINE | frozenset(STRUCTURE.split())
HIDDEN = {"script", "style", "template", "noscript", "textarea", "title"}
MEDIA = {"src", "width", "height"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "translate"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "audio": {"src", "controls"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "img": MEDIA | {"alt"},
    "ins": {"datetime"},
    "ol": {"start", "reversed"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": MEDIA | {"controls", "poster"},
}
SCHEMES = {"http", "https", "mailto", "tel"}


TAG = re.compile(
    r"""(</?(?!script|style|template|noscript|textarea|title|xmp|iframe|plaintext)[A-Za-z][\w-]*"""
    r"""(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*\s*/?>)""",
    re.IGNORECASE,
)
"""A tag as it is surely one, in which text stays text."""
MARKUP = re.compile("[<>]")
VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})


class _Nesting(HTMLParser):
    """What is open at the end, and whether all was closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.in_order = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if self.opened[-1:] == [tag]:
            self.opened.pop()
        else:
            self.in_order = False


@cache
def _cleaner(tags: frozenset[str], classes: frozenset[str]) -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=HIDDEN,
        attributes=ATTRIBUTES,
        allowed_classes={tag: set(classes) for tag in tags},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def inline(html: str) -> str:
    """The inside of a paragraph, a heading or a cell, without all that is not text markup.

    >>> inline('<b onclick="x()">now</b><script>y()</script>')
    '<b>now</b>'
    """
    return _cleaner(INLINE, frozenset({"footnote-reference"})).clean(html) if "<" in html else html


def is_whole(html: str) -> bool:
    """Does `html` close what it opens?  `<details><summary>More</summary>` leaves that to a later block."""
    reader = _Nesting()
    reader.feed(html)
    reader.close()
    return reader.in_order and not reader.opened


def block(html: str, original: str) -> str:
    """The translation of a block of HTML, its tags closed; classes stay if the original has them too."""
    found = re.findall(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)')""", original)
    return _cleaner(BLOCK, frozenset(" ".join(map("".join, found)).split())).clean(html)


def unclosed(html: str, original: str) -> str:
    """The translation of a block of HTML that is not whole: with the author's own tags, if it has the same."""
    words = (*TAG.split(html)[::2], *TAG.split(original)[::2])
    if TAG.findall(html) == TAG.findall(original) and not any(MARKUP.search(word) for word in words):
        return html
    return block(html, original)
