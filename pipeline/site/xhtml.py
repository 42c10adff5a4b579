"""HTML as browsers take it becomes XML as e-readers want it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
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

NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has no place for (XML 1.0, production 2, Char)."""
SPECIAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\"&'<>\ud800-\udfff\ufffe\uffff]")
"""What cannot be written as it is, in a text or in an attribute."""

TAG = re.compile(
    r"""<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)"""
    r"""((?:\ (?!on|xml)[a-z][a-z0-9-]*="(?:[^"<>&]|&(?:amp|lt|gt|quot);)*")*)\ ?(/?))>"""
)
"""A tag as Markdown and cleaned HTML have it, about which no two readers of HTML disagree."""
Token = tuple[str, str, str, str, str]
"""A name that ends, or a name that begins, its attributes and its slash; the text after the tag."""
ATTRIBUTE = re.compile(r' ([a-z0-9-]+)="([^"]*)"')
NAMES = """
    a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr
    i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th
    thead tr u ul var
"""
PLAIN = frozenset(NAMES.split())
"""Elements in which text is text and tags are tags."""
CLOSING = frozenset[str]().union(*CLOSED_BY.values())

Attributes = dict[str, str]
Change = Callable[[str, Attributes], Attributes | None]
"""An element's name and attributes → those to write; None: only what is in it."""


def xhtml(text: str, change: Change = lambda _name, attributes: attributes) -> str:
    """`text` as well-formed XML.

    >>> xhtml("<p>a<br>b &amp; <b>c<p>d")
    '<p>a<br/>b &amp; <b>c</b></p><p>d</p>'
    """
    # The parser knows all of HTML, and takes four times as long.
    first, *pieces = TAG.split(text)
    tokens = list(zip(*(pieces[start::5] for start in range(5)), strict=True))
    if "<" not in first and _is_plain(tokens):
        return _text(first) + _plain(tokens, change)
    writer = _Writer(change)
    writer.feed(text)
    writer.close()
    writer.close_down_to(0)
    return "".join(writer.out)


def _is_plain(tokens: Sequence[Token]) -> bool:
    """Is each element one of those that nothing special is true of, and closed where it has to be?"""
    opened = list[str]()
    for end, tag, _, slash, word in tokens:
        if "<" in word:
            return False
        if end:
            if not opened or opened.pop() != end:
                return False
        elif tag not in PLAIN or _closed(opened, tag) is not None:
            return False
        elif tag not in VOID:
            if slash:
                return False
            opened.append(tag)
    return not opened


def _plain(tokens: Sequence[Token], change: Change) -> str:
    out = list[str]()
    written = list[bool]()
    for end, tag, given, _, word in tokens:
        if end:
            if written.pop():
                out.append(f"</{end}>")
        else:
            attributes = change(tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(given)})
            if attributes is not None:
                out.append(_tag(tag, attributes))
            if tag not in VOID:
                written.append(attributes is not None)
        out.append(_text(word))
    return "".join(out)


def _text(html: str) -> str:
    return _escaped(unescape(html), quote=False)


def _tag(name: str, attributes: Attributes) -> str:
    written = "".join([f' {key}="{_escaped(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}/>" if name in VOID else f"<{name}{written}>"


def _closed(opened: Sequence[str], tag: str) -> int | None:
    """The place of the open element that ends by itself where `tag` begins."""
    if tag in CLOSING:
        for place in reversed(range(len(opened))):
            if tag in CLOSED_BY.get(opened[place], ()):
                return place
            if opened[place] in ("div", "table", "ul", "ol", "td", "li", "blockquote", "dl"):
                return None
    return None


class _Writer(HTMLParser):
    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=True)
        self.change = change
        self.out: list[str] = []
        self.open: list[str] = []
        self.written: list[bool] = []
        """Of each open element: was its tag written?"""
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT and tag not in VOID:
            self.silent += 1
        if self.silent or tag in LEFT_OUT or not NAME.fullmatch(tag):
            return
        place = _closed(self.open, tag)
        if place is not None:
            self.close_down_to(place)
        attributes = self.change(tag, {name: value or "" for name, value in attrs if NAME.fullmatch(name)})
        if attributes is not None:
            self.out.append(_tag(tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
            self.written.append(attributes is not None)

    def handle_endtag(self, tag: str) -> None:
        if tag in LEFT_OUT and self.silent:
            self.silent -= 1
            return
        for place in reversed(range(len(self.open))):
            if self.open[place] == tag:
                self.close_down_to(place)
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(_escaped(data, quote=False))

    def close_down_to(self, place: int) -> None:
        """End the elements from the innermost one to that at `place`."""
        while len(self.open) > place:
            tag = self.open.pop()
            if self.written.pop():
                self.out.append(f"</{tag}>")


def _escaped(text: str, *, quote: bool = True) -> str:
    return escape(NO_CHARACTER.sub("", text), quote) if SPECIAL.search(text) else text
