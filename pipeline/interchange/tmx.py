"""Write TMX 1.4: a translation memory for others' tools."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline import __version__
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
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


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
    for language, text in ((source_lang, entry.source), (lang, entry.target)):
        ET.SubElement(ET.SubElement(unit, "tuv", {"xml:lang": language}), "seg").text = text
