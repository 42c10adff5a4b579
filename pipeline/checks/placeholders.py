"""A placeholder, as `{name}` or `%(number)s`, is lost, doubled or changed.

A program puts its own text in place of it; a misspelt one is shown to readers, or stops the program.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("copy each placeholder of the original once, letter for letter; its place is free")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each placeholder that is not in both texts as often."""
    ours, theirs = inline.parse(entry.source), inline.parse(entry.target)
    if ours.placeholders != theirs.placeholders:
        yield from inline.differences(ours.placeholders, theirs.placeholders)
