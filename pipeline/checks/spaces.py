"""Two spaces in a row, a space before a comma or a full stop, none after one, or one at an end.

Careless programs leave them; readers see a hole in the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("write one space after each mark and none before, or run: tvilling check --fix")
SUSPECT = re.compile(r"[ \u00a0,;](?:(?<= )[ \u00a0,;!?.:]|(?<=\u00a0)[ \u00a0]|(?<=[,;])[^\W\d_])")
"""What each of the faults has in it."""
DOUBLED = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0]*\u00a0[ \u00a0]+|[ \u00a0]+\u00a0)(?=\S)")
BEFORE = re.compile(r"(?<=[\w)”\"]) [,;!?](?=\s|$)|(?<=[^\W\d_]) [.:](?=\s|$)")
AFTER = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each kind of misplaced space that the original has not."""
    ours, theirs = inline.parse(entry.source).words, inline.parse(entry.target).words
    if not SUSPECT.search(theirs) and theirs == theirs.strip():
        return
    if DOUBLED.search(theirs) and not DOUBLED.search(ours):
        yield Phrase("two spaces in a row")
    if BEFORE.search(theirs) and not BEFORE.search(ours):
        yield Phrase("a space before a mark")
    if AFTER.search(theirs) and not AFTER.search(ours):
        yield Phrase("no space after a mark")
    if _edges(entry.target) and not _edges(entry.source):
        yield Phrase("a space at the beginning or the end")


def fix(text: str) -> str:
    """`text` with one space for several."""
    return DOUBLED.sub(lambda found: "\u00a0" if "\u00a0" in found[0] else " ", text)


def _edges(text: str) -> bool:
    return text != text.strip(" \u00a0")
