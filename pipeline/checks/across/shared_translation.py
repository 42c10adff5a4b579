"""Several originals have one translation: perhaps it was pasted into the wrong entry.

Short texts may; so may originals that differ in capitals, marks and spaces only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Catalog, Entry, Phrase, Severity, Term

SEVERITY = Severity.WARNING
REMEDY = Phrase("translate each original for itself; if the two mean the same, accept it")
ALONE = True
MANY = 4


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for each later entry with the same translation."""
    for number, catalog in enumerate(catalogs):
        first = dict[str, Entry]()
        for entry in catalog.live:
            if len(entry.target.split()) >= MANY:
                other = first.setdefault(entry.target, entry)
                if _plain(other.source) != _plain(entry.source):
                    line = other.place.line
                    yield (
                        number,
                        entry,
                        Phrase("the entry on line {line} has the same translation", line=line),
                    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()
