"""A quotation of the translation is not closed, or the quotation marks of the original are lost.

Italics may stand for quotation marks, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("open and close each quotation, where the original does")
INCH = re.compile(r"(?<=\d)[\"”″]")
SINGLE = re.compile(r"(?<!\w)['‘’]\w[^'‘’]*['’](?!\w)")
QUOTE = re.compile('["“”„«»]')


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if a mark lacks its other half, or if all are lost."""
    ours, theirs = _quotes(inline.parse(entry.source).words), _quotes(inline.parse(entry.target).words)
    if ours % 2 == 0 and theirs % 2:
        yield Phrase("a quotation mark has no other half")
    elif ours and not theirs and not _is_marked_otherwise(entry.target):
        yield Phrase("the quotation marks are lost")


def _is_marked_otherwise(text: str) -> bool:
    return "*…*" in inline.parse(text).marks or SINGLE.search(text) is not None


def _quotes(text: str) -> int:
    return len(QUOTE.findall(INCH.sub("", text))) if QUOTE.search(text) else 0
