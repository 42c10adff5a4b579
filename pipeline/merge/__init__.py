"""A catalog brought in line with its article: one entry for each text, and nothing lost.

    merge(catalog, segments) -> Catalog     the law: merging twice is merging once
    discrepancies(catalog, segments)        what merging would change, as findings

What a person wrote is in the result, live or obsolete, whatever happened to the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from pipeline import catalogs
from pipeline.merge import carry, search
from pipeline.merge.discrepancies import discrepancies
from pipeline.merge.search import Found, Key
from pipeline.merge.wanted import wanted_entries
from pipeline.model import Catalog, Entry, Segment

__all__ = ["discrepancies", "merge"]


def merge(  # noqa: PLR0913 - what an article is, and how it is told
    catalog: Catalog,
    segments: Sequence[Segment],
    *,
    path: str,
    twin: Catalog | None = None,
    near: float = 0.75,
    lines: bool = False,
) -> Catalog:
    """`catalog` with exactly one live entry for each text of `segments`, in their order.

    A text without an entry is looked for, in this order: among the obsolete entries; as the source
    that a stale translation was written for; with other white space, another context, as a
    translation in `twin` (the same article's catalog in the other direction, before or after its own
    merge), with other link targets; at last as an edited text, at least `near` alike (0–1), which
    makes the translation stale.  Entries without a text become obsolete if a person worked on them.

    `path` is what `#:` names, with line numbers if `lines`; if empty, each segment's own file.
    Segments that are in the catalog's language already are passed over.
    """
    wanted = wanted_entries(catalog, segments, path, lines)
    known = {entry.key: entry for entry in catalog.entries}
    found = {key: carry.under(want, known[key]) for key, want in wanted.items() if key in known}
    free = {entry.key: entry for entry in catalog.entries if entry.key not in wanted}
    work = _Work(wanted, found, free)
    for way in _ways(work, tuple(twin.entries) if twin else (), PurePath(path).stem, near):
        work.take(way)
    live = tuple(work.found.get(key, want) for key, want in wanted.items())
    old = tuple(entry for entry in work.free.values() if entry.obsolete)
    gone = (entry for entry in work.free.values() if not entry.obsolete)
    kept = tuple(carry.retired(entry) for entry in gone if carry.holds_work(entry))
    header = catalog.header or _header(catalog, segments, path)
    return replace(catalog, entries=(*live, *old, *kept), header=header)


class _Work:
    """What is still wanted, what is found, what is free."""

    def __init__(self, wanted: dict[Key, Entry], found: dict[Key, Entry], free: dict[Key, Entry]) -> None:
        self.found, self.free = found, free
        self._missing = {key: want for key, want in wanted.items() if key not in found}

    @property
    def missing(self) -> list[Entry]:
        return list(self._missing.values())

    def take(self, results: Iterator[Found]) -> None:
        for key, entry, origin in results:
            self.found[key] = entry
            self._missing.pop(key, None)
            if origin is not None:
                del self.free[origin.key]


def _ways(work: _Work, twin: Sequence[Entry], article: str, near: float) -> Iterator[Iterator[Found]]:
    """Each way begins when the one before is done, with what that one left."""
    if not work.missing or not (work.free or work.found or twin):
        return
    free = list(work.free.values())
    yield search.reverted(work.missing, free, list(work.found.values()))
    yield search.respaced(work.missing, list(work.free.values()))
    yield search.kept_address(work.missing, list(work.free.values()))
    yield search.moved(work.missing, list(work.free.values()))
    yield search.flipped(work.missing, twin)
    yield search.linked_anew(work.missing, list(work.free.values()))
    yield search.copied(work.missing, list(work.found.values()), article)
    for obsolete in (False, True):
        free = [entry for entry in work.free.values() if entry.obsolete == obsolete]
        yield search.alike(work.missing, free, near)
    yield search.flipped_alike(work.missing, twin, near)


def _header(catalog: Catalog, segments: Sequence[Segment], path: str) -> tuple[tuple[str, str], ...]:
    source_lang = segments[0].lang if segments else ""
    return catalogs.new(catalog.lang, source_lang, PurePath(path).stem).header if segments else ()
