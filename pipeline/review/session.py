"""One run of the editor: what it shows of the project, and the edits of this run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

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

UNDO_DEPTH = 100
KNOWN_FINDINGS = 100_000


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that can be undone."""

    key: Key
    saved: Saved


@dataclass
class Session:
    """The state between requests; used from one thread.

    `disk.look()` once at the start of a request; the rest works on what it saw.
    """

    disk: Disk
    done: list[Done] = field(default_factory=list)
    _desks: dict[Key, tuple[Catalog, Article | None, Desk]] = field(default_factory=dict)
    _memory: tuple[Mapping[Key, Catalog], Memory] | None = None
    _findings: dict[tuple[Key, Entry, Kind], tuple[Finding, ...]] = field(default_factory=dict)
    _terms: tuple[Term, ...] = ()

    @property
    def config(self) -> Config:
        """The project's configuration."""
        return self.disk.config

    def desks(self) -> tuple[Desk, ...]:
        """The desks of all catalogs that have entries."""
        found = (self.desk(key) for key in self.disk.loaded.catalogs)
        return tuple(desk for desk in found if desk and desk.words)

    def desk(self, key: Key) -> Desk | None:
        """The desk of the catalog `key`; None if there is no such catalog."""
        loaded = self.disk.loaded
        catalog, article = loaded.catalogs.get(key), loaded.by_name.get(key[1])
        if catalog is None:
            return None
        self._forget_old_findings(loaded.terms)
        known = self._desks.get(key)
        if known is None or known[0] is not catalog or known[1] is not article:
            known = self._desks[key] = (catalog, article, self._desk(key, catalog, article))
        return known[2]

    def _desk(self, key: Key, catalog: Catalog, article: Article | None) -> Desk:
        kinds = {segment.key: segment.kind for segment in article.segments} if article else {}
        findings = {
            entry.key: self._known(key, entry, kinds.get(entry.key, Kind.PARAGRAPH)) for entry in catalog.live
        }
        return desks.desk(key, self.config.other(key[0]), article, catalog, findings)

    def _forget_old_findings(self, terms: tuple[Term, ...]) -> None:
        if terms != self._terms or len(self._findings) > KNOWN_FINDINGS:
            self._findings, self._desks, self._terms = {}, {}, terms

    def _known(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        if (key, entry, kind) not in self._findings:
            self._findings[key, entry, kind] = self.check(key, entry, kind)
        return self._findings[key, entry, kind]

    def check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        """What the checks say of `entry`."""
        lang, name = key
        brief = Brief(self.config.other(lang), lang, name, kind, self.disk.loaded.terms)
        return checks.run(entry, brief) if entry.translated else ()

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
