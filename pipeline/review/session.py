"""One run of the editor: the project as it stands on disk now, and the edits of this run.

The disk is the only truth.  What is kept in memory is kept only as long as no file has changed;
every edit reads its catalog anew, and writes it only if nobody else did meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline import checks, files
from pipeline.config import Config
from pipeline.errors import FileError
from pipeline.memory import Match, Memory
from pipeline.model import Article, Brief, Catalog, Entry, Finding, Kind, Place, Term
from pipeline.review import desk as desks
from pipeline.review import save as saving
from pipeline.review.desk import Desk, Row
from pipeline.review.edits import Edit, Refusal
from pipeline.review.save import Conflict, Saved

Key = tuple[str, str]
"""(target language, catalog's name)."""
UNDO_DEPTH = 100
ATTEMPTS = 3


@dataclass(frozen=True)
class Loaded:
    """What the rim read."""

    articles: tuple[Article, ...] = ()
    catalogs: Mapping[Key, Catalog] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Article]:
        """The articles by their names."""
        return {article.slug: article for article in self.articles}


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that can be undone."""

    key: Key
    saved: Saved


@dataclass
class Session:
    """The state between requests; used from one thread."""

    config: Config
    load: Callable[[], Loaded]
    done: list[Done] = field(default_factory=list)
    _stamp: object = None
    _loaded: Loaded = field(default_factory=Loaded)
    _memory: Memory | None = None
    _findings: dict[tuple[Key, Entry, Kind], tuple[Finding, ...]] = field(default_factory=dict)

    def project(self) -> Loaded:
        """The project as it stands on disk."""
        stamp = self._files()
        if stamp != self._stamp:
            self._loaded, self._memory = self.load(), None
            self._findings = {}
            self._stamp = stamp
        return self._loaded

    def _files(self) -> tuple[tuple[str, int, int, int], ...]:
        folders = (self.config.folders.sources, self.config.folders.locale)
        paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
        return tuple(_stat(path) for path in paths)

    def words(self, key: Key) -> Catalog | None:
        """The words of the editor itself; those read last while a file is broken."""
        return self._loaded.catalogs.get(key)

    def desks(self) -> tuple[Desk, ...]:
        """All desks, those with the most open words first."""
        found = [self.desk(key) for key in self.project().catalogs]
        return tuple(desk for desk in found if desk and desk.words)

    def desk(self, key: Key) -> Desk | None:
        """The desk of the catalog `key`; None if there is no such catalog."""
        loaded = self.project()
        catalog = loaded.catalogs.get(key)
        if catalog is None:
            return None
        lang, name = key
        article = loaded.by_name.get(name)
        kinds = {segment.key: segment.kind for segment in article.segments} if article else {}
        findings = {
            entry.key: self._check(key, entry, kinds.get(entry.key, Kind.PARAGRAPH)) for entry in catalog.live
        }
        return desks.desk(key, self.config.other(lang), article, catalog, findings)

    def _check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        known = (key, entry, kind)
        if known not in self._findings:
            self._findings[known] = self.check(key, entry, kind)
        return self._findings[known]

    def check(self, key: Key, entry: Entry, kind: Kind) -> tuple[Finding, ...]:
        """What the checks say of `entry`."""
        lang, name = key
        brief = Brief(self.config.other(lang), lang, name, kind, self.project().terms)
        return checks.run(entry, brief) if entry.translated else ()

    def matches(self, key: Key, row: Row) -> tuple[Match, ...]:
        """What the memory knows of texts like this row's, from other entries."""
        if self._memory is None:
            catalogs = self.project().catalogs.items()
            self._memory = Memory.of((self.config.other(lang), catalog) for (lang, _), catalog in catalogs)
        segment = row.segment
        exact = self._memory.exact(segment.text, segment.context, segment.lang, key[0])
        near = self._memory.near(segment.text, segment.lang, key[0])
        return tuple(_useful((*([exact] if exact else []), *near), row))

    def save(self, key: Key, edit: Edit) -> Saved | Conflict | Refusal:
        """Apply `edit` to the file as it is now."""
        return self._write(key, lambda text, path: saving.save(text, path, key[0], edit), remember=self.done)

    def undo(self) -> tuple[Done, Saved | Conflict | Refusal] | None:
        """Take the last edit back, if nobody changed that entry since; None: there is nothing to undo."""
        if not self.done:
            return None
        last = self.done.pop()

        def back(text: str, path: str) -> Saved | Conflict | Refusal:
            return saving.restore(text, path, last.key[0], last.saved)

        return last, self._write(last.key, back, remember=[])

    def _write(
        self,
        key: Key,
        change: Callable[[str, str], Saved | Conflict | Refusal],
        *,
        remember: list[Done],
    ) -> Saved | Conflict | Refusal:
        path, root = self.config.catalog_path(*key), self.config.root
        for _ in range(ATTEMPTS):
            text = files.read_text(path, root)
            outcome = change(text, files.shown(path, root))
            if not isinstance(outcome, Saved):
                return outcome
            if files.read_text(path, root) == text:
                files.write_text(path, outcome.text, root)
                if outcome.before != outcome.after:
                    remember.append(Done(key, outcome))
                    del remember[:-UNDO_DEPTH]
                return outcome
        raise FileError(
            "another program keeps writing this file",
            place=Place(files.shown(path, root)),
            name="busy-file",
            remedy="wait until it has finished, then save again",
        )


def _stat(path: Path) -> tuple[str, int, int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return (str(path), 0, 0, 0)
    return (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)


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
