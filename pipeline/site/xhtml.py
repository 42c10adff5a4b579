"""HTML as browsers take it becomes XML as e-readers want it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
CLOSED_BY = {
    "p": frozenset(["p", "ul", "ol", "dl", "table", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"]),
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "tr": frozenset(["tr", "tbody"]),
    "td": frozenset(["td", "th", "tr"]),
    "th": frozenset(["td", "th", "tr"]),
}  # fmt: skip
"""Elements that end by themselves where one of these begins."""
LEFT_OUT = frozenset(["script", "style", "button", "form", "input"])

NAME = re.compile(r"(?!on|xml)[a-z][a-z0-9-]*")
"""Names that a book may have: no attribute that runs anything is among them."""

NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no place for (XML 1.0, production 2, Char)."""

Attributes = dict[str, str]
Change = Callable[[str, Attributes], Attributes | None]
"""An element's name and attributes → those to write; None: only what is in it."""


def xhtml(text: str, change: Change = lambda _name, attributes: attributes) -> str:
    """`text` as well-formed XML.

    >>> xhtml("<p>a<br>b &amp; <b>c<p>d")
    '<p>a<br/>b &amp; <b>c</b></p><p>d</p>'
    """
    writer = _Writer(change)
    writer.feed(text)
    writer.close()
    writer.close_down_to(0)
    return "".join(writer.out)


class _Writer(HTMLParser):
    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=True)
        self.change = change
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """Each open element, and whether its tag was written."""
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT and tag not in VOID:
            self.silent += 1
        if self.silent or tag in LEFT_OUT or not NAME.fullmatch(tag):
            return
        for place in reversed(range(len(self.open))):
            if tag in CLOSED_BY.get(self.open[place][0], ()):
                self.close_down_to(place)
                break
            if self.open[place][0] in ("div", "table", "ul", "ol", "td", "li", "blockquote", "dl"):
                break
        attributes = self.change(tag, {name: value or "" for name, value in attrs if NAME.fullmatch(name)})
        written = "".join(f' {name}="{_escaped(value)}"' for name, value in (attributes or {}).items())
        if tag in VOID:
            self.out.append(f"<{tag}{written}/>" if attributes is not None else "")
            return
        self.open.append((tag, attributes is not None))
        if attributes is not None:
            self.out.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in LEFT_OUT and self.silent:
            self.silent -= 1
            return
        for place in reversed(range(len(self.open))):
            if self.open[place][0] == tag:
                self.close_down_to(place)
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(_escaped(data, quote=False))

    def close_down_to(self, place: int) -> None:
        """End the elements from the innermost one to that at `place`."""
        while len(self.open) > place:
            tag, is_written = self.open.pop()
            if is_written:
                self.out.append(f"</{tag}>")


def _escaped(text: str, *, quote: bool = True) -> str:
    return escape(NO_CHARACTER.sub("", text), quote)
