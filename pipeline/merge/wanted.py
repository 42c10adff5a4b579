"""The entries that an article wants: one for each different text, still without translations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Catalog, Entry, Segment


def wanted_entries(
    catalog: Catalog, segments: Sequence[Segment], path: str, lines: bool
) -> dict[tuple[str, str], Entry]:
    """Key → entry, in the order of the article; repeated texts share an entry, and its notes."""
    forms = ("",) * _plural_forms(catalog)
    named = _isolated(path)
    wanted = dict[tuple[str, str], Entry]()
    for segment in segments:
        if segment.lang == catalog.lang or not segment.text:
            continue
        reference = _reference(segment, named, lines)
        references = (reference,) if reference else ()
        entry = Entry(
            segment.text,
            context=segment.context,
            note=segment.note,
            references=references,
            plural=segment.plural,
            targets=forms if segment.plural else (),
        )
        first = wanted.get(entry.key)
        wanted[entry.key] = _together(first, entry) if first else entry
    return wanted


def _together(first: Entry, second: Entry) -> Entry:
    notes = [first.note] if first.note else []
    if second.note and second.note not in first.note.split("\n\n"):
        notes.append(second.note)
    return replace(
        first,
        note="\n\n".join(notes),
        references=tuple(dict.fromkeys((*first.references, *second.references))),
        plural=first.plural or second.plural,
        targets=first.targets or second.targets,
    )


def _isolated(path: str) -> str:
    """A path as references have it: one with white space stands between isolating characters."""
    return f"\u2068{path}\u2069" if re.search(r"\s", path) else path


def _reference(segment: Segment, named: str, lines: bool) -> str:
    name = named or _isolated(segment.place.path)
    return f"{name}:{segment.place.line}" if lines and segment.place.line else name


def _plural_forms(catalog: Catalog) -> int:
    """How many forms a plural has in the catalog's language."""
    rule = dict(catalog.header).get("Plural-Forms", "")
    found = re.search(r"nplurals\s*=\s*([1-9])", rule)
    return int(found[1]) if found else 2
