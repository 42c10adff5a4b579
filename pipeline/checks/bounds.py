"""A limit turned round: *at most 5* became *minst 5*, *less than* became *mer än*.

Only a limit that points the other way before the same figure is a fault; one that is said in other
words, or goes without saying, is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, quantities
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("say whether the figure is the highest or the lowest one, as the original does")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each limit that points the other way."""
    for ours, theirs in quantities.turned(
        inline.parse(entry.source).words,
        brief.source_lang,
        inline.parse(entry.target).words,
        brief.target_lang,
    ):
        yield Phrase("“{ours}” became “{theirs}”", ours=ours, theirs=theirs)
