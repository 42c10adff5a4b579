"""The whole way from articles to pages, going again only where something has changed.

What was found out of an article stands in the project's store under the hash of everything that it was
found out from: the article, its catalogs, glossary, settings and this program.  Law: the pages and the
catalogs are, byte for byte, those that a build with an empty store makes.
"""

from __future__ import annotations

import gc
import os
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

import pipeline
from pipeline import config as configuration
from pipeline import files, glossary
from pipeline.config import Config
from pipeline.memory import Memory
from pipeline.model import Article, Finding, Severity, Term
from pipeline.progress import Row, by_impact
from pipeline.render import Asset, Card, Rendered
from pipeline.site import Library, Sheet, Site, bundled, seen_of
from pipeline.stages import build, check, project, status, translate, update
from pipeline.stages.build import Outputs, Published
from pipeline.stages.project import WORDS, Key, Project
from pipeline.stages.seen import Seen
from pipeline.stages.translate import Phrase
from pipeline.store import Store, digest
from pipeline.translate import MEMORY, Drafted, Lacking

NAME = "builds.sqlite"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Record:
    """What was found out of one article and its catalogs."""

    card: Card | None = None
    """None: a name with catalogs only."""
    redirects: tuple[tuple[str, str], ...] = ()
    rejected: int = 0
    warnings: int = 0
    wanting: tuple[int, ...] = ()
    """The tokens of what no engine and no memory could draft."""
    offers: frozenset[int] = frozenset()
    """The tokens of what its catalogs know a translation of."""
    lacking: tuple[Lacking, ...] = ()
    engines: bytes = b""
    """The hash of those that were asked."""
    rows: tuple[Row, ...] = ()
    """How far its catalogs are."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a build did, for people."""

    published: Published
    rejected: int
    warnings: int
    drafted: Drafted
    catalogs: tuple[Path, ...] = ()
    """Those that were written."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A finished build, to be recognised when nothing has changed."""

    outputs: Outputs
    broken: tuple[Finding, ...]
    rejected: int
    warnings: int
    missing: int
    lacking: tuple[Lacking, ...]
    engines: bytes


def store(config: Config) -> Store:
    """What earlier builds of the project found out."""
    return Store.open(config.folders.cache / NAME)


def make(config: Config, store: Store, *, progress: Progress = lambda _done, _all: None) -> Made:
    """Bring catalogs and pages in line with the articles."""
    # What earlier builds left in memory is no garbage: the collector need not look through it.
    gc.freeze()
    seen = Seen.of(config.root, store)
    try:
        return _Make(config, store, seen, progress).run()
    finally:
        seen.keep(store)
        gc.unfreeze()


def token(phrase: Phrase) -> int:
    """A short name of a text in one direction."""
    return int.from_bytes(digest(*phrase)[:8])


def body_of(content: bytes) -> bytes:
    """The key of an article's two versions; they are kept apart, for they are large and seldom needed."""
    return digest("body", content)


def alone_in(whole: Project, name: str) -> Project:
    """The project of one name and its catalogs as they stand on disk."""
    article = whole.article(name)
    disk = {key: each for key, each in whole.disk.items() if key[1] == name}
    catalogs = {key: catalog for key, (_, catalog) in disk.items()}
    return replace(whole, articles=(article,) if article else (), catalogs=catalogs, disk=disk)


@dataclass
class _Make:
    """One build."""

    config: Config
    store: Store
    seen: Seen
    progress: Progress
    parsed: dict[str, Article] = field(default_factory=dict)
    """Articles that had to be read already to know their names."""
    written: list[Path] = field(default_factory=list)
    reports: list[Drafted] = field(default_factory=list)

    def run(self) -> Made:
        """Whatever has to be done."""
        names = self.names()
        catalogs = project.catalog_files(self.config)
        content = self.contents(names, catalogs)
        if known := self.whole(content):
            return known
        records = self.records(names, catalogs, content)
        return self.publish(records, content)

    @cached_property
    def ours(self) -> bytes:
        """The hash of what everything depends on: this program, its libraries, settings, glossary."""
        libraries = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        code = self.seen.folder(Path(pipeline.__file__).parent)
        settings = self.seen.digest(self.config.root / configuration.NAME)
        terms = self.seen.digest(self.config.folders.locale / "glossary.csv")
        return digest(sys.version, str(libraries), code, settings, terms)

    @cached_property
    def templates(self) -> bytes:
        """The hash of all templates and of the words that come with them."""
        folders = (self.config.folders.templates, bundled(), bundled().parent / "locale")
        return digest(*(self.seen.folder(folder) for folder in folders))

    @cached_property
    def engines(self) -> bytes:
        """The hash of what can be asked for drafts; never twice the same if it is somewhere else."""
        return digest(*translate.engines_of(self.config))

    def names(self) -> dict[str, Path]:
        """The articles' files by the articles' names."""
        paths = project.sources(self.config)
        keys = {path: digest("name", path.name, self.ours, self.seen.digest(path)) for path in paths}
        known = self.store.several(keys.values())
        found = list[tuple[str, Path]]()
        for path, key in keys.items():
            if key not in known:
                article = project.read_article(self.config, path)
                self.parsed[article.slug] = article
                self.store.keep({key: article.slug})
            found.append((known.get(key) or article.slug, path))
        project.apart((name, self.config.shown(path)) for name, path in found)
        return dict(found)

    def contents(self, names: Mapping[str, Path], catalogs: Mapping[Key, Path]) -> dict[str, bytes]:
        """Name → the hash of all that its record depends on."""
        found = {name: [self.seen.digest(path)] for name, path in names.items()}
        found.setdefault(WORDS, [self.templates])
        for (lang, name), path in sorted(catalogs.items()):
            found.setdefault(name, [b""]).extend((lang.encode(), self.seen.digest(path)))
        return {name: digest(name, self.ours, *parts) for name, parts in found.items()}

    def whole(self, content: Mapping[str, bytes]) -> Made | None:
        """What there is to say if this very state has been built and stands in the output folder."""
        known: _Whole | None = self.store.get(self.key(content))
        if known is None or (known.missing and known.engines != self.engines):
            return None
        output = self.config.folders.output
        found = build.standing(output, self.config.root)
        if found.keys() != known.outputs.keys():
            return None
        there = ((f"{output}{os.sep}{path}", path, it) for path, it in known.outputs.items())
        if any(self.seen.output(file, found[path]) != it for file, path, it in there):
            return None
        drafted = Drafted((), {}, known.missing, known.lacking, interrupted=False)
        published = Published(known.outputs, 0, 0, known.broken)
        return Made(published, known.rejected, known.warnings, drafted)

    def key(self, content: Mapping[str, bytes]) -> bytes:
        """What the whole site is made from."""
        media = (part for name, path in self.media.items() for part in (name, self.seen.digest(path)))
        articles = (part for name in sorted(content) for part in (name, content[name]))
        return digest("whole", self.ours, self.templates, *articles, "media", *media)

    @cached_property
    def media(self) -> dict[str, Path]:
        """The files beside the articles."""
        return dict(project.beside(self.config.folders.sources))

    def records(
        self, names: Mapping[str, Path], catalogs: Mapping[Key, Path], content: dict[str, bytes]
    ) -> dict[str, Record]:
        """What is known of each name; found out where it is not known yet."""
        known: dict[bytes, Record] = self.store.several(content.values())
        records = {name: known[key] for name, key in content.items() if key in known}
        todo = content.keys() - records.keys()
        todo |= {name for name, each in records.items() if each.wanting and each.engines != self.engines}
        while todo:
            for name in todo:
                records.pop(name, None)
            current = self.work(todo, names, catalogs, records)
            records |= {name: self.found(current, name, content) for name in todo}
            # Others may lack what is known only now.
            offered = frozenset[int]().union(*(records[name].offers for name in todo))
            todo = {
                name
                for name, record in records.items()
                if self.remembers and name not in todo and not offered.isdisjoint(record.wanting)
            }
            catalogs = project.catalog_files(self.config)
        return records

    @property
    def remembers(self) -> bool:
        """Is the memory asked for drafts?"""
        return MEMORY in self.config.translate.engines

    def work(
        self,
        todo: Collection[str],
        names: Mapping[str, Path],
        catalogs: Mapping[Key, Path],
        others: Mapping[str, Record],
    ) -> Project:
        """The part of the project that belongs to `todo`, updated, drafted and written."""
        config = self.config
        read = [
            self.parsed.pop(name) if name in self.parsed else project.read_article(config, path)
            for name, path in names.items()
            if name in todo
        ]
        mine = {key: path for key, path in catalogs.items() if key[1] in todo}
        words = WORDS if WORDS in todo else ""
        updated = update.update(project.of(config, read, mine, words=words))
        wanted = {token(phrase) for name in todo for phrase in translate.wanting(updated, name)}
        helpful = {name for name, record in others.items() if not record.offers.isdisjoint(wanted)}
        there = {key: path for key, path in catalogs.items() if key[1] in helpful and self.remembers}
        together = {**project.of(config, (), there).catalogs, **updated.catalogs}
        # In the order that a clean build has: of equals the memory takes the first.
        remembered = replace(updated, catalogs=dict(sorted(together.items())))
        drafted, report = translate.draft(remembered, todo, progress=self.progress)
        self.reports.append(report)
        current = {key: catalog for key, catalog in drafted.catalogs.items() if key[1] in todo}
        written, changed = project.write(replace(drafted, catalogs=current))
        self.written += changed
        return written

    def found(self, current: Project, name: str, content: dict[str, bytes]) -> Record:
        """The record of `name`, kept for the next time under the hash of what now stands on disk."""
        alone = alone_in(current, name)
        findings = check.entries_of(alone, self.terms) if alone.articles or name == WORDS else ()
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        rejected = check.rejected(alone, findings)
        report = self.reports[-1]
        wanting = tuple(map(token, translate.wanting(alone, name)))
        sources = ((self.config.other(lang), catalog) for (lang, _), catalog in alone.catalogs.items())
        offers = frozenset(map(token, Memory.of(sources).texts()))
        rows = status.status(alone, [name], findings, rejected)
        record = Record(None, (), len(rejected), len(findings) - errors, wanting, offers, rows=rows)
        if wanting:
            record = replace(record, lacking=report.lacking, engines=self.engines)
        body, parts = None, [self.templates if name == WORDS else b""]
        for article in alone.articles:
            body, parts = build.rendered(alone, article, rejected), [digest(article.raw.encode())]
            record = replace(record, card=body.card, redirects=tuple(build.redirects(alone, article)))
        for (lang, _), (text, _) in sorted(alone.disk.items()):
            parts += [lang.encode(), digest(text.encode())]
        content[name] = digest(name, self.ours, *parts)
        if not (wanting and report.interrupted):
            self.store.keep({content[name]: record, body_of(content[name]): body})
        return record

    def body(self, name: str, content: bytes) -> Rendered:
        """Both versions of an article, as they were when its record was made."""
        kept: Rendered | None = self.store.get(body_of(content))
        if kept is None:  # lost or spoilt, while the record was not
            current = self.work({name}, self.names(), project.catalog_files(self.config), {})
            alone = alone_in(current, name)
            rejected = check.rejected(alone, check.entries_of(alone, self.terms))
            kept = build.rendered(alone, alone.articles[0], rejected)
        return kept

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary."""
        return glossary.read(self.config.folders.locale / "glossary.csv", self.config.root)

    def publish(self, records: Mapping[str, Record], content: Mapping[str, bytes]) -> Made:
        """The pages, from what is known of each article."""
        config = self.config
        cards = [record.card for _, record in sorted(records.items()) if record.card]
        library = Library.of(cards, config.languages, assets=frozenset(self.media))
        moved = dict(pair for _, record in sorted(records.items()) for pair in record.redirects)
        words = project.of(config, (), self.words_files()).catalogs
        common = digest(self.ours, self.templates, content[WORDS])
        site = self.store.remember(
            common,
            lambda: Site.load(
                config.languages,
                config.site,
                templates=config.folders.templates,
                words={lang: catalog for (lang, _), catalog in words.items()},
            ),
        )
        site = replace(site, read=self.beside)
        rows = [row for record in records.values() for row in record.rows]
        names = {record.card.name: name for name, record in records.items() if record.card}
        sheets = [
            *self.sheets(site, library, {names[card.name]: card for card in cards}, content),
            *site.rest(library, redirects=moved, rows=by_impact(rows)),
            *build.copies(self.media, self.seen),
        ]
        published = build.publish(sheets, common, config.folders.output, seen=self.seen, store=self.store)
        published = replace(published, findings=library.findings)
        return self.made(published, records, content)

    def words_files(self) -> dict[Key, Path]:
        """The catalogs of the templates' words."""
        return {key: path for key, path in project.catalog_files(self.config).items() if key[1] == WORDS}

    def sheets(
        self, site: Site, library: Library, cards: Mapping[str, Card], content: Mapping[str, bytes]
    ) -> Iterator[Sheet]:
        """The pages of each article."""
        faces = digest(repr(library.faces))
        for name, card in cards.items():
            key = content[name]
            self.store.used.add(body_of(key))
            seen = self.store.remember(digest(faces, key), partial(seen_of, card, library))
            links = (link for head in card.heads.values() for link in head.links if isinstance(link, Asset))
            images = sorted({(link.path, self.image(link.path)) for link in links})
            yield site.sheet(card, library, (key.hex(), seen, images), partial(self.body, name, key))

    def image(self, name: str) -> str:
        """The hash of a file beside the articles, in hex; empty if there is no such file."""
        return self.seen.digest(self.media[name]).hex() if name in self.media else ""

    def beside(self, name: str) -> bytes | None:
        """Its content."""
        return files.read_bytes(self.media[name], self.config.root) if name in self.media else None

    def made(self, published: Published, records: Mapping[str, Record], content: Mapping[str, bytes]) -> Made:
        """What was done; and how to recognise that it need not be done again."""
        rejected = sum(record.rejected for record in records.values())
        warnings = sum(record.warnings for record in records.values())
        missing = sum(len(record.wanting) for record in records.values())
        lacking = tuple(dict.fromkeys(each for record in records.values() for each in record.lacking))
        drafted = Counter[str]()
        for report in self.reports:
            drafted.update(report.drafted)
        interrupted = any(report.interrupted for report in self.reports)
        if not interrupted:
            engines = self.engines if missing else b""
            found = published.outputs, published.findings, rejected, warnings, missing, lacking, engines
            self.store.keep({self.key(content): _Whole(*found)})
        self.store.tidy()
        total = Drafted((), drafted, missing, lacking, interrupted)
        return Made(published, rejected, warnings, total, tuple(self.written))
