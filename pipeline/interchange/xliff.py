"""Write XLIFF 1.2 and 2.0, one `file` element for each article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from pipeline.interchange.remarks import carried, remarks
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


def write_1(catalog: Catalog, source_lang: str) -> str:
    """`catalog` as XLIFF 1.2; a reviewed entry is approved and final."""
    root = ET.Element("xliff", {"xmlns": NAMESPACE_1, "version": "1.2"})
    languages = {"source-language": source_lang, "target-language": catalog.lang}
    for article, numbered in _by_article(catalog):
        about = {"original": article, **languages, "datatype": "plaintext"}
        body = ET.SubElement(ET.SubElement(root, "file", about), "body")
        for number, entry in numbered:
            _unit_1(body, number, entry)
    return _text(root)


def _unit_1(body: ET.Element, number: str, entry: Entry) -> None:
    named = {"resname": entry.context} if entry.context else {}
    approved = {"approved": "yes"} if entry.state is State.REVIEWED else {}
    unit = ET.SubElement(body, "trans-unit", {"id": number, **named, **approved, **SPACE})
    ET.SubElement(unit, "source").text = entry.source
    if entry.translated:
        ET.SubElement(unit, "target", STATES_1[entry.state]).text = entry.target
    for name, text in remarks(entry):
        ET.SubElement(unit, "note", {"from": name}).text = text


def write_2(catalog: Catalog, source_lang: str) -> str:
    """`catalog` as XLIFF 2.0; a reviewed entry is final."""
    about = {"xmlns": NAMESPACE_2, "version": "2.0", "srcLang": source_lang, "trgLang": catalog.lang}
    root = ET.Element("xliff", about)
    for count, (article, numbered) in enumerate(_by_article(catalog), 1):
        file = ET.SubElement(root, "file", {"id": f"f{count}", "original": article, **SPACE})
        for number, entry in numbered:
            _unit_2(file, number, entry)
    return _text(root)


def _unit_2(file: ET.Element, number: str, entry: Entry) -> None:
    named = {"name": entry.context} if entry.context else {}
    unit = ET.SubElement(file, "unit", {"id": number, **named, "canResegment": "no"})
    if said := list(remarks(entry)):
        notes = ET.SubElement(unit, "notes")
        for name, text in said:
            ET.SubElement(notes, "note", {"category": name}).text = text
    segment = ET.SubElement(unit, "segment", STATES_2[entry.state])
    ET.SubElement(segment, "source").text = entry.source
    if entry.translated:
        ET.SubElement(segment, "target").text = entry.target


def _by_article(catalog: Catalog) -> Iterator[tuple[str, Iterator[tuple[str, Entry]]]]:
    numbered = [(str(number), entry) for number, entry in enumerate(carried(catalog), 1)]
    yield from groupby(numbered, lambda pair: _article(pair[1]))
    if not numbered:
        yield "tvilling", iter(())  # a document without any file element would not be valid


def _article(entry: Entry) -> str:
    return entry.references[0].partition(":")[2] or entry.references[0] if entry.references else "tvilling"


def _text(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
