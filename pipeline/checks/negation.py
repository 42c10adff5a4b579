"""A *not*, *never* or *without* of one text has no counterpart in the other.

A text that has more words which certainly deny must be made up for in the other one by words that can
stand for them: a prefix (*not known*: *okänd*), a verb (*without*: *saknar*), an adverb (*rarely*).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, negation
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("deny in the translation what the original denies, and nothing else")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message if a negation was lost, one if one was invented."""
    if not (negation.is_known(brief.source_lang) and negation.is_known(brief.target_lang)):
        return
    source, target = inline.parse(entry.source).words, inline.parse(entry.target).words
    if negation.certain(source, brief.source_lang) == negation.certain(target, brief.target_lang):
        return
    ours, ours_and_more = negation.count(source, brief.source_lang)
    theirs, theirs_and_more = negation.count(target, brief.target_lang)
    if ours > theirs and ours_and_more > theirs_and_more:
        yield Phrase("a negation is missing from the translation")
    if theirs > ours and theirs_and_more > ours_and_more:
        yield Phrase("the translation has a negation that the original has not")
