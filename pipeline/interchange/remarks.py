"""What an entry says beside its texts, as named remarks that any format can carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.errors import CatalogError
from pipeline.interchange.codes import NOT_IN_XML
from pipeline.model import Catalog, Draft, Entry

TRANSLATOR, AUTHOR = "translator", "developer"
PREVIOUS, PREVIOUS_CONTEXT, MACHINE = "previous-source", "previous-context", "machine"


def remarks(entry: Entry) -> Iterator[tuple[str, str]]:
    """(whose or what, text) of each remark, in a fixed order."""
    yield from ((TRANSLATOR, line) for line in entry.comments if line)
    said = {
        AUTHOR: entry.note,
        PREVIOUS: entry.previous,
        PREVIOUS_CONTEXT: entry.previous_context,
        MACHINE: str(entry.draft) if entry.draft else "",
    }
    yield from ((name, text) for name, text in said.items() if text)


def with_remarks(entry: Entry, heard: Iterable[tuple[str, str]]) -> Entry:
    """`entry` with what `remarks` of it said once; a remark of unknown make is the translator's."""
    comments, said = [], {}
    for name, text in heard:
        if name in (AUTHOR, PREVIOUS, PREVIOUS_CONTEXT, MACHINE):
            said[name] = text
        else:
            comments += text.splitlines()
    return replace(
        entry,
        comments=tuple(comments),
        note=said.get(AUTHOR, ""),
        previous=said.get(PREVIOUS, "") if entry.fuzzy else "",
        previous_context=said.get(PREVIOUS_CONTEXT, "") if entry.fuzzy else "",
        draft=Draft.parse(said.get(MACHINE, "")) if entry.fuzzy else None,
    )


def carried(catalog: Catalog) -> Iterator[Entry]:
    """The live entries that a bilingual XML file can carry.

    A text may hold any character; a context or a remark that XML cannot hold is an error.
    """
    for entry in catalog.live:
        if entry.plural:
            continue
        texts = (entry.context, *(text for _, text in remarks(entry)))
        if found := next(filter(None, map(NOT_IN_XML.search, texts)), None):
            raise CatalogError(
                f"its context or a comment holds the character U+{ord(found[0]):04X}, which no XML file may hold",
                place=entry.place,
                name="not-in-xml",
                evidence=entry.source[:70],
                remedy="take it out, or export a .po file",
            )
        yield entry
