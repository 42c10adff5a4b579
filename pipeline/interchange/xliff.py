"""Write XLIFF 1.2 and 2.0, one `file` element for each article, markup as inline codes.

In 1.2 a code stands where it is in the text; in 2.0 it stands in the unit's `originalData`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from pipeline.interchange.codes import CONTROL, VARIABLE, Piece, Role, coded
from pipeline.interchange.document import add_text, document, fill, type_of
from pipeline.interchange.remarks import carried, remarks
from pipeline.markdown import Mark
from pipeline.model import Catalog, Entry, State

NAMESPACE_1 = "urn:oasis:names:tc:xliff:document:1.2"
NAMESPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
SPACE = {"xml:space": "preserve"}

STATES_1 = {
    State.MACHINE: {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"},
    State.DRAFT: {"state": "needs-review-translation"},
    State.STALE: {"state": "needs-adaptation"},
    State.REVIEWED: {"state": "final"},
}
STATES_2 = {
    State.MISSING: {"state": "initial"},
    State.MACHINE: {"state": "initial", "subState": "tvilling:machine"},
    State.STALE: {"state": "initial", "subState": "tvilling:stale"},
    State.DRAFT: {"state": "translated"},
    State.REVIEWED: {"state": "final"},
}
OTHER = {"type": "other", "subType": "tvilling:code"}
TYPES_2: dict[str, dict[str, str]] = {
    Mark.STRONG: {"type": "fmt", "subType": "xlf:b"},
    Mark.EMPHASIS: {"type": "fmt", "subType": "xlf:i"},
    Mark.BREAK: {"type": "fmt", "subType": "xlf:lb"},
    Mark.LINK: {"type": "link"},
    Mark.IMAGE: {"type": "image"},
    VARIABLE: {"type": "ui", "subType": "xlf:var"},
}


def write_1(catalog: Catalog, source_lang: str) -> str:
    """`catalog` as XLIFF 1.2; a reviewed entry is approved and final."""
    root = ET.Element("xliff", {"xmlns": NAMESPACE_1, "version": "1.2"})
    languages = {"source-language": source_lang, "target-language": catalog.lang}
    for article, numbered in _by_article(catalog):
        about = {"original": article, **languages, "datatype": "plaintext"}
        body = ET.SubElement(ET.SubElement(root, "file", about), "body")
        for number, entry in numbered:
            _unit_1(body, number, entry)
    return document(root)


def _unit_1(body: ET.Element, number: str, entry: Entry) -> None:
    named = {"resname": entry.context} if entry.context else {}
    approved = {"approved": "yes"} if entry.state is State.REVIEWED else {}
    unit = ET.SubElement(body, "trans-unit", {"id": number, **named, **approved, **SPACE})
    ours, theirs = coded(entry.source, entry.target)
    fill(ET.SubElement(unit, "source"), ours, _attributes_1)
    if entry.translated:
        fill(ET.SubElement(unit, "target", STATES_1[entry.state]), theirs, _attributes_1)
    for name, text in remarks(entry):
        ET.SubElement(unit, "note", {"from": name}).text = text


def _attributes_1(piece: Piece) -> dict[str, str]:
    typed = {} if piece.role is Role.CLOSE else {"ctype": type_of(piece)}
    return {"id": str(piece.id), **typed}


def write_2(catalog: Catalog, source_lang: str) -> str:
    """`catalog` as XLIFF 2.0; a reviewed entry is final."""
    about = {"xmlns": NAMESPACE_2, "version": "2.0", "srcLang": source_lang, "trgLang": catalog.lang}
    root = ET.Element("xliff", about)
    for count, (article, numbered) in enumerate(_by_article(catalog), 1):
        file = ET.SubElement(root, "file", {"id": f"f{count}", "original": article, **SPACE})
        for number, entry in numbered:
            _unit_2(file, number, entry)
        if not len(file):
            ET.SubElement(file, "group", {"id": "none"})  # it must hold something
    return document(root)


def _unit_2(file: ET.Element, number: str, entry: Entry) -> None:
    named = {"name": entry.context} if entry.context else {}
    unit = ET.SubElement(file, "unit", {"id": number, **named, "canResegment": "no"})
    if said := list(remarks(entry)):
        notes = ET.SubElement(unit, "notes")
        for name, text in said:
            ET.SubElement(notes, "note", {"category": name}).text = text
    ours, theirs = coded(entry.source, entry.target)
    data = _original_data(unit, (*ours, *theirs))
    segment = ET.SubElement(unit, "segment", STATES_2[entry.state])
    _fill_2(ET.SubElement(segment, "source"), ours, data)
    if entry.translated:
        _fill_2(ET.SubElement(segment, "target"), theirs, data)


def _original_data(unit: ET.Element, pieces: Iterable[Piece]) -> dict[str, str]:
    """Give `unit` the text of each code once; text → its id there."""
    codes = dict.fromkeys(
        piece.text for piece in pieces if piece.role is not Role.TEXT and piece.kind != CONTROL
    )
    data = {text: f"d{number}" for number, text in enumerate(codes, 1)}
    if data:
        held = ET.SubElement(unit, "originalData")
        for text, name in data.items():
            ET.SubElement(held, "data", {"id": name}).text = text
    return data


def _fill_2(parent: ET.Element, pieces: Iterable[Piece], data: dict[str, str]) -> None:
    opened = [parent]
    for piece in pieces:
        if piece.role is Role.TEXT:
            add_text(opened[-1], piece.text)
        elif piece.kind == CONTROL:
            ET.SubElement(opened[-1], "cp", {"hex": f"{ord(piece.text):04X}"})
        elif piece.role is Role.CLOSE:
            opened.pop().set("dataRefEnd", data[piece.text])
        else:
            named = {"id": str(piece.id), **TYPES_2.get(piece.kind, OTHER)}
            if piece.role is Role.OPEN:
                pair = ET.SubElement(opened[-1], "pc", {**named, "dataRefStart": data[piece.text]})
                opened.append(pair)
            else:
                ET.SubElement(opened[-1], "ph", {**named, "dataRef": data[piece.text]})


def _by_article(catalog: Catalog) -> Iterator[tuple[str, Iterator[tuple[str, Entry]]]]:
    numbered = [(str(number), entry) for number, entry in enumerate(carried(catalog), 1)]
    yield from groupby(numbered, lambda pair: _article(pair[1]))
    if not numbered:
        yield "tvilling", iter(())  # a document without any file element would not be valid


def _article(entry: Entry) -> str:
    return entry.references[0].partition(":")[2] or entry.references[0] if entry.references else "tvilling"
