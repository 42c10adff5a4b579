"""A word that the glossary forbids for this term: *sidoeffekt* for *side effect* (it is *biverkning*)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import glossary, inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("use the glossary's word")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each such word."""
    if brief.terms:
        index = glossary.index(brief.terms, brief.source_lang, brief.target_lang)
        ours, theirs = inline.own_words(entry.source, entry.target), inline.parse(entry.target).words
        for known, word in index.forbidden(ours, theirs):
            right = known.targets[0]
            yield Phrase("“{term}” is not “{word}” but “{right}”", term=known.shown, word=word, right=right)
