"""One run of the editor: what it shows of the project, and the edits of this run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_

from pipeline.config import Config
from pipeline.memory import Match, Memory
from pipeline.model import Catalog, Entry, Kind
from pipeline.review import desk as desks
from pipeline.review import save as saving
from pipeline.review.desk import Desk, Row
from pipeline.review.disk import Disk, Key, Outcome
from pipeline.review.edits import Edit
from pipeline.review.findings import Elsewhere, Findings, nothing
from pipeline.review.save import Saved
from pipeline.translate import Job

UNDO_DEPTH = 100


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
    elsewhere: Elsewhere = nothing
    """What is wrong between catalogs and articles."""
    done: list[Done] = field(default_factory=list)
    _desks: dict[Key, _Made] = field(default_factory=dict)
    _memory: tuple[Mapping[Key, Catalog], Memory] | None = None

    @cached_property
    def findings(self) -> Findings:
        """What the checks say."""
        return Findings(self.elsewhere)

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
        if self.findings.use(loaded.terms, loaded.sources):
            self._desks = {}
        known, made_of = self._desks.get(key), (catalog, article, self.findings.across)
        is_current = known is not None and all(map(is_, known.made_of, made_of))
        may_wait = not checked and self.findings.waits(key)
        if known is None or not is_current or not (known.is_checked or may_wait):
            kinds = {segment.key: segment.kind for segment in article.segments} if article else {}
            items = ((entry, kinds.get(entry.key, Kind.PARAGRAPH)) for entry in catalog.live)
            found = self.findings.of(key, items, at_once=checked)
            desk = replace(
                desks.desk(key, loaded.sources[key], article, catalog, found),
                faults=self.findings.across.get((key, None), ()),
            )
            known = self._desks[key] = _Made(made_of, not self.findings.waits(key), desk)
        return known.desk

    def check_for(self, seconds: float) -> bool:
        """Check what the desks did not wait for, for about so long; True when nothing is left."""
        return self.findings.work(seconds, self.disk.loaded)

    def job(self, key: Key, entry: Entry, kind: Kind) -> Job:
        """What a machine needs to draft `entry` as if it were missing."""
        lang, name = key
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        bare = replace(entry, target="", flags=flags, previous="", draft=None)
        article = self.disk.loaded.by_name.get(name)
        is_marked = article is not None and article.is_markdown
        source_lang = self.disk.loaded.sources[key]
        return Job(Catalog(lang, (bare,)), source_lang, name, {entry.key: kind}, is_marked)

    def matches(self, key: Key, row: Row) -> tuple[Match, ...]:
        """What the memory knows of texts like this row's, from other entries."""
        memory, segment = self.memory(), row.segment
        exact = memory.exact(segment.text, segment.context, segment.lang, key[0])
        near = memory.near(segment.text, segment.lang, key[0])
        return tuple(_useful((*([exact] if exact else []), *near), row))

    def memory(self) -> Memory:
        """All that was ever translated."""
        catalogs, sources = self.disk.loaded.catalogs, self.disk.loaded.sources
        if self._memory is None or self._memory[0] is not catalogs:
            pairs = ((sources[key], catalog) for key, catalog in catalogs.items())
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
