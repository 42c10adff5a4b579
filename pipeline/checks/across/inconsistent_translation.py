"""One original has several translations: *When to see a doctor* is not the same on each page.

Named is what most entries do not say; of two the later one.  One word alone may differ (*liten*, *litet*),
and so may entries with another context.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.model import Catalog, Entry, Phrase, Severity, Term

SEVERITY = Severity.WARNING
REMEDY = Phrase("use one translation everywhere, or tell them apart with <!-- context: … --> in the article")
MANY = 3
"""A text of fewer words may change with what stands round it."""


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for each entry that does not say what most say."""
    seen = defaultdict[tuple[str, str, str], list[tuple[int, Entry]]](list)
    for number, catalog in enumerate(catalogs):
        for entry in catalog.live:
            if entry.target and len(entry.source.split()) >= MANY:
                seen[catalog.lang, entry.context, entry.source].append((number, entry))
    for same in seen.values():
        if len(same) > 1:
            usual = _usual([entry for _, entry in same])
            for number, entry in same:
                if entry.target != usual.target:
                    says = Phrase("{place} says “{words}”", place=str(usual.place), words=usual.target)
                    yield number, entry, says


def _usual(entries: list[Entry]) -> Entry:
    """What most reviewed ones say; the first of equals."""
    counted = Counter(entry.target for entry in entries if not entry.fuzzy) or Counter(
        e.target for e in entries
    )
    target = max(counted, key=counted.__getitem__)
    return next(entry for entry in entries if entry.target == target)
