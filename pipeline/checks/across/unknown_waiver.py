"""A waiver names no check, and so accepts nothing.

`# accept: figures — as the source has it` is heard only if a check has that very name; a misspelt one would
be silent for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pipeline.checks.elsewhere import PAGES
from pipeline.model import Catalog, Entry, Phrase, Severity, Term

SEVERITY = Severity.WARNING
REMEDY = Phrase("correct the name, or take the comment away; all names: tvilling explain")
ALONE = True


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for each such name, in entries and in the header."""
    from pipeline.checks import CHECKS  # both hold this very file, while they are made
    from pipeline.checks.across import WIDE

    known = [*CHECKS, *WIDE]
    for number, catalog in enumerate(catalogs):
        header = Entry("", comments=catalog.header_comments)
        for entry in (header, *catalog.live):
            for name in entry.waivers:
                if name in known:
                    continue
                yield number, None if entry is header else entry, _wrong(name, known)


def _wrong(name: str, known: list[str]) -> Phrase:
    if name in PAGES:
        return Phrase("{name} cannot be accepted", name=name)
    near = get_close_matches(name, known, 1)
    if near:
        return Phrase("no check is called “{name}”; nearest: {near}", name=name, near=near[0])
    return Phrase("no check is called “{name}”", name=name)
