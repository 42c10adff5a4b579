"""A `code span` is lost, doubled or translated.

What stands between backticks is typed or read by a machine: it is the same in all languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("copy each code span of the original once, letter for letter")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each code span that is not in both texts as often."""
    ours, theirs = inline.parse(entry.source).code, inline.parse(entry.target).code
    if ours != theirs:
        yield from inline.differences(*(tuple(f"`{code}`" for code in codes) for codes in (ours, theirs)))
