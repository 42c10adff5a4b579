"""What the checks say, found once for each entry: at once where somebody looks, behind their back elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline import checks
from pipeline.config import Config
from pipeline.model import Brief, Catalog, Entry, Finding, Kind, Place, Term
from pipeline.review.disk import Key

Item = tuple[Entry, Kind]
Across = dict[tuple[Key, Entry | None], tuple[Finding, ...]]
"""None: what is wrong with the catalog itself."""
MOST = 100_000


@dataclass
class Findings:
    """Used from one thread, as the session is."""

    config: Config
    across: Across = field(default_factory=dict)
    """What only whole catalogs show; replaced, never changed."""
    _of: Mapping[Key, Catalog] | None = None
    """The catalogs that `across` is about."""
    _known: dict[tuple[Key, Entry, Kind], tuple[Finding, ...]] = field(default_factory=dict)
    _waiting: dict[Key, list[Item]] = field(default_factory=dict)
    _terms: tuple[Term, ...] = ()

    def use(self, terms: tuple[Term, ...]) -> bool:
        """The glossary to check by; True if all that was known is forgotten."""
        if terms == self._terms and len(self._known) <= MOST:
            return False
        self._known, self._waiting, self._terms, self._of = {}, {}, terms, None
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
            items = [item for item in items if (key, *item) in self._known]
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

    def work(self, seconds: float, catalogs: Mapping[Key, Catalog]) -> bool:
        """Check what waits, for about so long; True when nothing waits any more."""
        end = time.monotonic() + seconds
        while self._waiting:
            key, items = next(iter(self._waiting.items()))
            while items and time.monotonic() < end:
                self._found(key, *items.pop())
            if items:
                return False
            del self._waiting[key]
        if self._of is not catalogs:
            found = _across(catalogs, self._terms)
            self._of, self.across = catalogs, self.across if found == self.across else found
        return True

    def _found(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        if (key, entry, kind) not in self._known:
            self._known[key, entry, kind] = self.check(key, entry, kind)
        return self._known[key, entry, kind]

    def check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        """What the checks say of `entry`, whether or not it stands in a catalog."""
        lang, name = key
        brief = Brief(self.config.other(lang), lang, name, kind, self._terms)
        return checks.run(entry, brief) if entry.translated else ()


def _across(catalogs: Mapping[Key, Catalog], terms: tuple[Term, ...]) -> Across:
    by_place: dict[tuple[str, str, Place], tuple[Key, Entry | None]] = {
        (*key, entry.place): (key, entry) for key, catalog in catalogs.items() for entry in catalog.live
    }
    found: Across = {}
    named = [(name, catalog) for (_, name), catalog in catalogs.items()]
    for finding in checks.of_catalogs(named, terms):
        key = (finding.lang, finding.article)
        at = by_place.get((*key, finding.place), (key, None))
        found[at] = (*found.get(at, ()), finding)
    return found
