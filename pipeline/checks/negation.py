"""A *not*, *never* or *without* of one text has no counterpart in the other.

Each word that certainly denies needs a word in the other text that can stand for it, be it another
negation (*never*: *aldrig*), a prefix (*harmless*: *ofarlig*) or a verb (*without*: *saknar*).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, negation
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "deny in the translation what the original denies, and nothing else"


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """One message if a negation was lost, one if one was invented."""
    if not (negation.is_known(brief.source_lang) and negation.is_known(brief.target_lang)):
        return
    ours, ours_and_more = negation.count(inline.parse(entry.source).words, brief.source_lang)
    theirs, theirs_and_more = negation.count(inline.parse(entry.target).words, brief.target_lang)
    if ours > theirs_and_more:
        yield "a negation is missing from the translation"
    if theirs > ours_and_more:
        yield "the translation has a negation that the original has not"
