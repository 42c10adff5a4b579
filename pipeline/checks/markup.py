"""Emphasis, an HTML tag, a footnote or a line break is lost, doubled or broken.

Both texts are parsed, so that one lost `**` of two is found, and so are marks that ended up where
they are plain characters (`** bold **`).  Order is free.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("put the marks of the original round the same words, with no space inside them")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each mark that is not in both texts as often."""
    ours, theirs = inline.parse(entry.source), inline.parse(entry.target)
    if ours.marks != theirs.marks and sorted(ours.marks) != sorted(theirs.marks):
        yield from inline.differences(ours.marks, theirs.marks)
    elif theirs.strays:
        for stray in inline.more(theirs.strays, ours.strays):
            yield Phrase("{mark} marks nothing here", mark=stray)
