"""Web addresses that stand bare in a text, as GitHub's flavour of Markdown links them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.markdown.parser import events, indices, tag

BARE = re.compile(r"""(?<![\w/@.])https?://[^\s<>"`|\\]*[^\s<>"`|\\?!.,:;*_~'()\]]\)?""")
ENTITY = re.compile(r"&#?\w+$")
OPAQUE = {"Link", "Image", "CodeBlock", "HtmlBlock"}


def addresses(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the bare addresses stand in a stretch of plain words."""
    for found in BARE.finditer(text, start, len(text) if end is None else end):
        address = found[0]
        extra = int(address.endswith(")") and address.count(")") > address.count("("))
        if text.startswith(";", found.end()) and (entity := ENTITY.search(address)):
            extra = len(entity[0])
        yield found.start(), found.end() - extra


def linked(text: str) -> str:
    """`text` with its bare addresses between `<` and `>`."""
    if "://" not in text or not BARE.search(text):
        return text
    pieces, done = [], 0
    for first, last in _words(text):
        for start, end in addresses(text, first, last):
            pieces += [text[done:start], "<", text[start:end], ">"]
            done = end
    return "".join(pieces) + text[done:]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of plain words outside code, HTML and links."""
    index, opaque, first, last = indices(text), 0, 0, 0
    for name, value, start, end in events(text):
        if name == "Text" and not opaque:
            if start != last:
                yield index(first), index(last)
                first = start
            last = end
        elif name == "Start":
            opaque += tag(value)[0] in OPAQUE
        elif name == "End":
            opaque -= tag(value)[0] in OPAQUE
    yield index(first), index(last)
