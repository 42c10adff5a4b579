"""What the checks say, found once for each entry: at once where somebody looks, behind their back elsewhere."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline import checks
from pipeline.model import Brief, Catalog, Entry, Finding, Kind, Place, Term
from pipeline.review.disk import Key, Loaded

Item = tuple[Entry, Kind]
Across = dict[tuple[Key, Entry | None], tuple[Finding, ...]]
"""None: what is wrong with the catalog itself."""
Elsewhere = Callable[[Loaded], Iterable[Finding]]
"""Finds what is between articles and catalogs: broken links, and texts that only one side has."""
MOST = 100_000


def nothing(_loaded: Loaded) -> Iterable[Finding]:
    """For an editor that nobody tells what is wrong elsewhere."""
    return ()


@dataclass
class Findings:
    """Used from one thread, as the session is."""

    elsewhere: Elsewhere = nothing
    across: Across = field(default_factory=dict)
    """What only whole catalogs show; replaced, never changed."""
    _of: Mapping[Key, Catalog] | None = None
    """The catalogs that `across` is about."""
    _known: dict[tuple[Key, Entry, Kind], tuple[Finding, ...]] = field(default_factory=dict)
    _waiting: dict[Key, list[Item]] = field(default_factory=dict)
    _terms: tuple[Term, ...] = ()
    _sources: Mapping[Key, str] = field(default_factory=dict)

    def use(self, terms: tuple[Term, ...], sources: Mapping[Key, str]) -> bool:
        """The glossary to check by, and the catalogs' source languages; True if all that was known is forgotten."""
        if (terms, sources) == (self._terms, self._sources) and len(self._known) <= MOST:
            return False
        self._known, self._waiting, self._of = {}, {}, None
        self._terms, self._sources = terms, sources
        return True

    def of(
        self, key: Key, items: Iterable[Item], *, at_once: bool
    ) -> dict[tuple[str, str], tuple[Finding, ...]]:
        """The findings of a catalog's entries by their keys; unless `at_once`, unknown ones wait."""
        items = list(items)
        self._waiting.pop(key, None)
        if not at_once:
            waiting = [item for item in items if item[0].translated and (key, *item) not in self._known]
            if waiting:
                self._waiting[key] = waiting
            items = [item for item in items if not item[0].translated or (key, *item) in self._known]
        return {
            entry.key: (*self._found(key, entry, kind), *self.across.get((key, entry), ()))
            for entry, kind in items
        }

    def waits(self, key: Key) -> bool:
        """Is there an entry of that catalog which the checks have not seen?"""
        return key in self._waiting

    @property
    def waiting(self) -> int:
        """How many entries the checks have not seen."""
        return sum(map(len, self._waiting.values()))

    def work(self, seconds: float, loaded: Loaded) -> bool:
        """Check what waits, for about so long; True when nothing waits any more."""
        end = time.monotonic() + seconds
        while self._waiting:
            key, items = next(iter(self._waiting.items()))
            while items and time.monotonic() < end:
                self._found(key, *items.pop())
            if items:
                return False
            del self._waiting[key]
        if self._of is not loaded.catalogs:
            found = _across(loaded, self._terms, self.elsewhere(loaded))
            self._of, self.across = loaded.catalogs, self.across if found == self.across else found
        return True

    def _found(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        if (key, entry, kind) not in self._known:
            self._known[key, entry, kind] = self.check(key, entry, kind)
        return self._known[key, entry, kind]

    def check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        """What the checks say of `entry`, whether or not it stands in a catalog."""
        lang, name = key
        brief = Brief(self._sources[key], lang, name, kind, self._terms)
        return checks.run(entry, brief) if entry.translated else ()


def _across(loaded: Loaded, terms: tuple[Term, ...], elsewhere: Iterable[Finding]) -> Across:
    rows = _rows(loaded)
    named = [(name, catalog) for (_, name), catalog in loaded.catalogs.items()]
    found: Across = {}
    for finding in (*checks.of_catalogs(named, terms), *elsewhere):
        whole = [
            (key, None)
            for key in loaded.catalogs
            if key[1] == finding.article and finding.lang in ("", key[0])
        ]
        for at in rows.get(finding.place, whole):
            found[at] = (*found.get(at, ()), finding)
    return found


def _rows(loaded: Loaded) -> Mapping[Place, list[tuple[Key, Entry | None]]]:
    """The entries that are shown in some row, by where they and their originals stand."""
    rows = defaultdict[Place, list[tuple[Key, Entry | None]]](list)
    for key, catalog in loaded.catalogs.items():
        article, entries = loaded.by_name.get(key[1]), {entry.key: entry for entry in catalog.live}
        segments = article.segments_in(loaded.sources[key]) if article else ()
        texts = {segment.key for segment in segments} if article else entries.keys()
        for entry in entries.values():
            if entry.key in texts:
                rows[entry.place].append((key, entry))
        for segment in segments:
            if (key, entries.get(segment.key)) not in rows[segment.place] and segment.key in entries:
                rows[segment.place].append((key, entries[segment.key]))
    return {place: found for place, found in rows.items() if found}
