"""A word of the glossary is written as two: *magnesium brist* for *magnesiumbrist* (*särskrivning*)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import glossary, inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("write it as one word")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each."""
    if brief.terms:
        index = glossary.index(brief.terms, brief.source_lang, brief.target_lang)
        for parted, whole in index.parted(inline.parse(entry.target).words):
            yield Phrase("“{parted}” is one word: {whole}", parted=parted, whole=whole)
