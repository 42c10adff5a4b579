"""Write TMX 1.4, level 2: a translation memory for others' tools, markup as inline codes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline import __version__
from pipeline.interchange.codes import Piece, Role, coded
from pipeline.interchange.document import document, fill, type_of
from pipeline.interchange.remarks import TRANSLATOR, carried, remarks
from pipeline.model import Catalog, Entry

CONTEXT, STATE, OURS = "x-context", "x-state", "x-tvilling-"
"""Types of `prop` elements; the last one begins those of the remarks."""


def write(catalog: Catalog, source_lang: str) -> str:
    """The translated entries of `catalog`; each unit says by properties what TMX has no place for."""
    root = ET.Element("tmx", {"version": "1.4"})
    header = {
        "creationtool": "tvilling",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "po",
        "adminlang": "en",
        "srclang": source_lang,
        "datatype": "plaintext",
    }
    ET.SubElement(root, "header", header)
    body = ET.SubElement(root, "body")
    for entry in carried(catalog):
        if entry.translated:
            _unit(body, entry, source_lang, catalog.lang)
    return document(root)


def _unit(body: ET.Element, entry: Entry, source_lang: str, lang: str) -> None:
    unit = ET.SubElement(body, "tu", {"srclang": source_lang})
    said = list(remarks(entry))
    for name, text in said:
        if name == TRANSLATOR:
            ET.SubElement(unit, "note").text = text
    if entry.context:
        ET.SubElement(unit, "prop", {"type": CONTEXT}).text = entry.context
    ET.SubElement(unit, "prop", {"type": STATE}).text = entry.state.value
    for name, text in said:
        if name != TRANSLATOR:
            ET.SubElement(unit, "prop", {"type": OURS + name}).text = text
    for language, pieces in zip((source_lang, lang), coded(entry.source, entry.target), strict=True):
        fill(ET.SubElement(ET.SubElement(unit, "tuv", {"xml:lang": language}), "seg"), pieces, _attributes)


def _attributes(piece: Piece) -> dict[str, str]:
    """`i` pairs the halves of a code within a text, `x` the same code in both texts."""
    number = str(piece.id)
    if piece.role is Role.CLOSE:
        return {"i": number}
    paired = {"i": number} if piece.role is Role.OPEN else {}
    return {**paired, "x": number, "type": type_of(piece)}
