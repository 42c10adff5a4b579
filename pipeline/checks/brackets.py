"""A bracket of the translation is not closed, or closes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("open and close each bracket")
PAIRS = {")": "(", "]": "[", "}": "{"}
ALL = frozenset("()[]{}")
ANY = re.compile(r"[()\[\]{}]")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message for the first bracket without its other half, unless the original lacks one too."""
    theirs = inline.parse(entry.target).words
    if not ANY.search(theirs):
        return
    lone = _lone(theirs)
    if lone and not _lone(inline.parse(entry.source).words):
        yield Phrase("“{lone}” has no other half", lone=lone)


def _lone(text: str) -> str:
    opened = list[str]()
    for character in text:
        if character in PAIRS:
            if not opened or opened.pop() != PAIRS[character]:
                return character
        elif character in ALL:
            opened.append(character)
    return opened[0] if opened else ""
