"""The translated description is too long for a search page, though the original is not."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Brief, Entry, Kind, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("say it in fewer words")
KINDS = frozenset({Kind.DESCRIPTION})
MOST = 160


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if it is longer than that, and than the original."""
    if len(entry.target) > max(MOST, len(entry.source)):
        yield Phrase("{count} characters, {most} are shown", count=len(entry.target), most=MOST)
