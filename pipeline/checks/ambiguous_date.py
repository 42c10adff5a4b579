"""A date like 3/4/2026: the third of April to one reader, the fourth of March to another."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, quantities
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("write the month as a word, or the date as 2026-04-03")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each such date of the translation."""
    for date in quantities.ambiguous_dates(inline.parse(entry.target).words):
        yield Phrase("{date} can be read in two ways", date=date)
