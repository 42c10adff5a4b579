"""A term of the glossary is translated by another word: *kidney failure* must be *njursvikt*.

Inflections and compounds of the glossary's word are right, and so are the words that the term's note has in
quotation marks.  The terms stand in `locale/glossary.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import glossary, inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase(
    "use the glossary's word; if another is as good, put it in quotation marks into the term's note"
)


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each term that is not followed."""
    if brief.terms:
        index = glossary.index(brief.terms, brief.source_lang, brief.target_lang)
        ours, theirs = inline.own_words(entry.source, entry.target), inline.parse(entry.target).words
        for known in index.unfollowed(ours, theirs):
            yield Phrase("“{term}” is “{right}” in the glossary", term=known.shown, right=known.targets[0])
