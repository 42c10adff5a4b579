"""A figure, a unit, a date or a time is not the same in the translation.

Figures are compared by value, as each language writes them: 1,234.5 is 1 234,5, *two* is 2, 3 p.m. is
15.00, a billion is *en miljard*.  Units are compared by name and never converted: a reader holds
tablets of 500 mg, not of half a gram.  Figures in code and addresses belong to other checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, quantities
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase(
    "write each figure and unit of the original once, as the language of the translation writes it"
)


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each figure that was lost, changed or invented."""
    lost, added = quantities.differences(
        inline.parse(entry.source).words,
        brief.source_lang,
        inline.parse(entry.target).words,
        brief.target_lang,
    )
    if len(lost) == len(added):
        for ours, theirs in zip(lost, added, strict=True):
            yield Phrase("{ours} became {theirs}", ours=_shown(ours), theirs=_shown(theirs))
        return
    yield from (inline.missing(_shown(quantity)) for quantity in lost)
    yield from (inline.invented(_shown(quantity)) for quantity in added)


def _shown(quantity: quantities.Quantity) -> str:
    return " ".join(quantity.raw.split())
