"""One run of the editor: what it shows of the project, and the edits of this run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import is_

from pipeline import checks
from pipeline.config import Config
from pipeline.memory import Match, Memory
from pipeline.model import Article, Brief, Catalog, Entry, Finding, Kind, Term
from pipeline.review import desk as desks
from pipeline.review import save as saving
from pipeline.review.desk import Desk, Row
from pipeline.review.disk import Disk, Key, Outcome
from pipeline.review.edits import Edit
from pipeline.review.save import Saved
from pipeline.translate import Job

Across = dict[tuple[Key, Entry], tuple[Finding, ...]]

UNDO_DEPTH = 100
KNOWN_FINDINGS = 100_000


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that can be undone."""

    key: Key
    saved: Saved


@dataclass(frozen=True, slots=True)
class _Made:
    """A desk, and what it was made of."""

    made_of: tuple[object, ...]
    is_checked: bool
    desk: Desk


@dataclass
class Session:
    """The state between requests; used from one thread.

    `disk.look()` once at the start of a request; the rest works on what it saw.
    """

    disk: Disk
    done: list[Done] = field(default_factory=list)
    _desks: dict[Key, _Made] = field(default_factory=dict)
    _memory: tuple[Mapping[Key, Catalog], Memory] | None = None
    _findings: dict[tuple[Key, Entry, Kind], tuple[Finding, ...]] = field(default_factory=dict)
    _unchecked: dict[Key, list[tuple[Entry, Kind]]] = field(default_factory=dict)
    """What the checks have not seen yet, of the desks that were shown without waiting for them."""
    _across: tuple[Mapping[Key, Catalog] | None, Across] = field(default_factory=lambda: (None, {}))
    """The findings of whole catalogs, and which catalogs they are of."""
    _terms: tuple[Term, ...] = ()

    @property
    def config(self) -> Config:
        """The project's configuration."""
        return self.disk.config

    def desks(self) -> tuple[Desk, ...]:
        """The desks of all catalogs that have entries; they do not wait for the checks."""
        found = (self.desk(key, checked=False) for key in self.disk.loaded.catalogs)
        return tuple(desk for desk in found if desk and desk.words)

    def desk(self, key: Key, *, checked: bool = True) -> Desk | None:
        """The desk of the catalog `key`; None if there is no such catalog.

        Without `checked` what is not checked yet shows no faults; `check_for` catches up.
        """
        loaded = self.disk.loaded
        catalog, article = loaded.catalogs.get(key), loaded.by_name.get(key[1])
        if catalog is None:
            return None
        self._forget_old_findings(loaded.terms)
        known, made_of = self._desks.get(key), (catalog, article, self._across[1])
        is_current = known is not None and all(map(is_, known.made_of, made_of))
        if (
            known is None
            or not is_current
            or (not known.is_checked and (checked or key not in self._unchecked))
        ):
            desk = self._desk(key, catalog, article, checked=checked)
            known = self._desks[key] = _Made(made_of, key not in self._unchecked, desk)
        return known.desk

    def _desk(self, key: Key, catalog: Catalog, article: Article | None, *, checked: bool) -> Desk:
        kinds = {segment.key: segment.kind for segment in article.segments} if article else {}
        live = [(entry, kinds.get(entry.key, Kind.PARAGRAPH)) for entry in catalog.live]
        unseen = [(entry, kind) for entry, kind in live if (key, entry, kind) not in self._findings]
        waiting = [(entry, kind) for entry, kind in unseen if entry.translated]
        self._unchecked.pop(key, None)
        if waiting and not checked:
            self._unchecked[key] = waiting
            live = [(entry, kind) for entry, kind in live if (key, entry, kind) in self._findings]
        findings = {
            entry.key: (*self._known(key, entry, kind), *self._across[1].get((key, entry), ()))
            for entry, kind in live
        }
        return desks.desk(key, self.config.other(key[0]), article, catalog, findings)

    @property
    def waiting(self) -> int:
        """How many entries the checks have not seen."""
        return sum(map(len, self._unchecked.values()))

    def check_for(self, seconds: float) -> bool:
        """Check what waits, for about so long; True when nothing waits any more."""
        end = time.monotonic() + seconds
        while self._unchecked:
            key, items = next(iter(self._unchecked.items()))
            while items and time.monotonic() < end:
                self._known(key, *items.pop())
            if items:
                return False
            del self._unchecked[key]
        if self._across[0] is not self.disk.loaded.catalogs:
            self._across = (self.disk.loaded.catalogs, self._found_across())
        return True

    def _found_across(self) -> Across:
        """What the checks of whole catalogs find."""
        catalogs = self.disk.loaded.catalogs
        by_place = {
            (key[0], key[1], entry.place): (key, entry)
            for key, catalog in catalogs.items()
            for entry in catalog.live
        }
        found: Across = {}
        for finding in checks.of_catalogs([(name, catalog) for (_, name), catalog in catalogs.items()]):
            at = by_place.get((finding.lang, finding.article, finding.place))
            if at:
                found[at] = (*found.get(at, ()), finding)
        return self._across[1] if found == self._across[1] else found

    def _forget_old_findings(self, terms: tuple[Term, ...]) -> None:
        if terms != self._terms or len(self._findings) > KNOWN_FINDINGS:
            self._findings, self._desks, self._unchecked, self._terms = {}, {}, {}, terms

    def _known(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        if (key, entry, kind) not in self._findings:
            self._findings[key, entry, kind] = self.check(key, entry, kind)
        return self._findings[key, entry, kind]

    def check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        """What the checks say of `entry`."""
        lang, name = key
        brief = Brief(self.config.other(lang), lang, name, kind, self.disk.loaded.terms)
        return checks.run(entry, brief) if entry.translated else ()

    def job(self, key: Key, entry: Entry, kind: Kind) -> Job:
        """What a machine needs to draft `entry` as if it were missing."""
        lang, name = key
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        bare = replace(entry, target="", flags=flags, previous="", draft=None)
        article = self.disk.loaded.by_name.get(name)
        is_marked = article is not None and article.is_markdown
        return Job(Catalog(lang, (bare,)), self.config.other(lang), name, {entry.key: kind}, is_marked)

    def matches(self, key: Key, row: Row) -> tuple[Match, ...]:
        """What the memory knows of texts like this row's, from other entries."""
        memory, segment = self.memory(), row.segment
        exact = memory.exact(segment.text, segment.context, segment.lang, key[0])
        near = memory.near(segment.text, segment.lang, key[0])
        return tuple(_useful((*([exact] if exact else []), *near), row))

    def memory(self) -> Memory:
        """All that was ever translated."""
        catalogs = self.disk.loaded.catalogs
        if self._memory is None or self._memory[0] is not catalogs:
            pairs = ((self.config.other(lang), catalog) for (lang, _), catalog in catalogs.items())
            self._memory = (catalogs, Memory.of(pairs))
        return self._memory[1]

    def save(self, key: Key, edit: Edit) -> Outcome:
        """Apply `edit` to the file as it is now."""
        outcome = self.disk.write(key, lambda text, path: saving.save(text, path, key[0], edit))
        if isinstance(outcome, Saved) and outcome.before != outcome.after:
            self.done.append(Done(key, outcome))
            del self.done[:-UNDO_DEPTH]
        return outcome

    def undo(self) -> tuple[Done, Outcome] | None:
        """Take the last edit back, if nobody changed that entry since; None: there is nothing to undo."""
        if not self.done:
            return None
        last = self.done.pop()
        lang = last.key[0]
        return last, self.disk.write(
            last.key, lambda text, path: saving.restore(text, path, lang, last.saved)
        )


def _useful(matches: Iterable[Match], row: Row) -> Iterable[Match]:
    """Without what the row says already, and each target once."""
    seen = set(row.texts)
    for match in matches:
        if match.target not in seen:
            seen.add(match.target)
            yield match


def edited(entry: Entry, texts: tuple[str, ...]) -> Entry:
    """`entry` as it would be with `texts`: what the checks look at while somebody types."""
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if entry.plural:
        return replace(entry, targets=texts, flags=flags)
    return replace(entry, target=texts[0] if texts else "", flags=flags)
