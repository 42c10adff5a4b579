"""What is between a catalog and its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from pipeline.merge.wanted import wanted_entries
from pipeline.model import Catalog, Entry, Finding, Phrase, Place, Segment, Severity
from pipeline.near import Index

CHECK = "catalog-mismatch"
_NEAR = 0.5
_REMEDY = Phrase("run `tvilling update`, then review what it marks as stale")


def discrepancies(catalog: Catalog, segments: Sequence[Segment]) -> Iterator[Finding]:
    """Texts of the article without an entry, and live entries without a text, with the nearest candidate.

    There are none after a merge; an editor that normalises texts, or a merge of files gone wrong,
    makes them.
    """
    wanted = wanted_entries(catalog, segments, "", False)
    live = {entry.key: entry for entry in catalog.live}
    strangers = [entry for key, entry in live.items() if key not in wanted]
    index = Index([entry.source for entry in strangers])
    explained = set[int]()
    for key, want in wanted.items():
        if key in live:
            continue
        near = index.best(want.source, _NEAR) if strangers else None
        if near is None:
            message = Phrase("the article has a text that has no entry here")
            yield _finding(catalog, want, Place(catalog.path), message)
            continue
        explained.add(near[0])
        entry = strangers[near[0]]
        message = Phrase("this is not the article's text; nearest there: {text}", text=want.source)
        yield _finding(catalog, entry, entry.place, message)
    for at, entry in enumerate(strangers):
        if at not in explained:
            message = Phrase("the article does not have this text (any more)")
            yield _finding(catalog, entry, entry.place, message)


def _finding(catalog: Catalog, entry: Entry, place: Place, message: Phrase) -> Finding:
    return Finding(
        CHECK,
        Severity.ERROR,
        message,
        place,
        article=PurePath(catalog.path).stem,
        lang=catalog.lang,
        source=entry.source,
        target=entry.target,
        remedy=_REMEDY,
    )
