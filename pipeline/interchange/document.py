"""An XML document as text, and texts with inline codes as the inside of an element."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from pipeline.interchange.codes import CONTROL, Piece, Role
from pipeline.markdown import Mark

TEXTS = {"source", "target", "seg"}
"""Elements in which each space counts."""
CHARACTER = "x-character-"
"""Begins the type of a code that stands for a character which XML cannot hold, before its number."""
TYPES: dict[tuple[Role, str], str] = {
    (Role.OPEN, Mark.STRONG): "bold",
    (Role.OPEN, Mark.EMPHASIS): "italic",
    (Role.OPEN, Mark.LINK): "link",
    (Role.SINGLE, Mark.BREAK): "lb",
}
"""What XLIFF 1.2 and TMX call a code; the types of all others begin with `x-`."""


def document(root: ET.Element) -> str:
    """`root` as a file's text, one element a line; texts stay as they are."""
    _indent(root, "\n")
    # Parsers read a bare carriage return as a line feed.
    body = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _indent(node: ET.Element, margin: str) -> None:
    if not len(node) or node.tag in TEXTS:
        return
    node.text = margin + "  "
    for child in node:
        _indent(child, margin + "  ")
        child.tail = margin + "  "
    node[-1].tail = margin


def fill(parent: ET.Element, pieces: Iterable[Piece], attributes: Callable[[Piece], dict[str, str]]) -> None:
    """Put `pieces` into `parent`: words as text, codes as `bpt`, `ept` and `ph` with the code as content."""
    names = {Role.OPEN: "bpt", Role.CLOSE: "ept", Role.SINGLE: "ph"}
    for piece in pieces:
        if piece.role is Role.TEXT:
            add_text(parent, piece.text)
        else:
            code = ET.SubElement(parent, names[piece.role], attributes(piece))
            code.text = "" if piece.kind == CONTROL else piece.text


def add_text(parent: ET.Element, text: str) -> None:
    """Put `text` after all that `parent` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def type_of(piece: Piece) -> str:
    """The type of a code, as XLIFF 1.2 and TMX name it."""
    if piece.kind == CONTROL:
        return f"{CHARACTER}{ord(piece.text):04X}"
    return TYPES.get((piece.role, piece.kind), f"x-{piece.kind}")
