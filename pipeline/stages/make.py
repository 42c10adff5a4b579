"""The whole way from articles to pages, going again only where something has changed.

What was found out of an article stands in the project's store under the hash of everything that it was
found out from: the article, its catalogs, glossary, settings and this program.  Law: the pages and the
catalogs are, byte for byte, those that a build with an empty store makes.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pipeline.config import Config
from pipeline.memory import Memory
from pipeline.model import Article, Severity
from pipeline.progress import by_impact
from pipeline.render import Asset, Card, Rendered
from pipeline.site import Library, Sheet, Site, seen_of
from pipeline.stages import build, check, project, status, translate, update
from pipeline.stages.build import Published
from pipeline.stages.ground import Ground
from pipeline.stages.project import WORDS, Key, Project
from pipeline.stages.record import Made, Record, Whole, alone_in, body_of, token
from pipeline.stages.seen import Seen
from pipeline.store import Store, digest
from pipeline.translate import MEMORY, Drafted

NAME = "builds.sqlite"
Progress = Callable[[int, int], None]


def store(config: Config) -> Store:
    """What earlier builds of the project found out."""
    return Store.open(config.folders.cache / NAME)


def make(config: Config, store: Store, *, progress: Progress = lambda _done, _all: None) -> Made:
    """Bring catalogs and pages in line with the articles."""
    # What earlier builds left in memory is no garbage: the collector need not look through it.
    gc.freeze()
    seen = Seen.of(config.root, store)
    try:
        return _Make(config, seen, store, progress).run()
    finally:
        seen.keep(store)
        gc.unfreeze()


@dataclass
class _Make(Ground):
    """One build."""

    store: Store
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

    def whole(self, content: Mapping[str, bytes]) -> Made | None:
        """What there is to say if this very state has been built and stands in the output folder."""
        known: Whole | None = self.store.get(self.key(content))
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
        return Made(published, known.rejected, known.faults, known.warnings, drafted)

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
        findings = check.alone(alone, self.terms) if alone.articles or name == WORDS else ()
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        faults = sum(not finding.place.line for finding in errors)
        rejected = check.rejected(alone, findings)
        report = self.reports[-1]
        wanting = tuple(map(token, translate.wanting(alone, name)))
        sources = ((self.config.other(lang), catalog) for (lang, _), catalog in alone.catalogs.items())
        offers = frozenset(map(token, Memory.of(sources).texts()))
        rows = status.status(alone, [name], findings, rejected)
        counts = len(rejected), faults, len(findings) - len(errors)
        record = Record(None, (), *counts, wanting, offers, rows=rows)
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
            rejected = check.rejected(alone, check.alone(alone, self.terms))
            kept = build.rendered(alone, alone.articles[0], rejected)
        return kept

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

    def made(self, published: Published, records: Mapping[str, Record], content: Mapping[str, bytes]) -> Made:
        """What was done; and how to recognise that it need not be done again."""
        rejected = sum(record.rejected for record in records.values())
        faults = sum(record.faults for record in records.values())
        warnings = sum(record.warnings for record in records.values())
        missing = sum(len(record.wanting) for record in records.values())
        lacking = tuple(dict.fromkeys(each for record in records.values() for each in record.lacking))
        drafted = Counter[str]()
        for report in self.reports:
            drafted.update(report.drafted)
        interrupted = any(report.interrupted for report in self.reports)
        if not interrupted:
            engines = self.engines if missing else b""
            counts = rejected, faults, warnings, missing
            whole = Whole(published.outputs, published.findings, *counts, lacking, engines)
            self.store.keep({self.key(content): whole})
        self.store.tidy()
        total = Drafted((), drafted, missing, lacking, interrupted)
        return Made(published, rejected, faults, warnings, total, tuple(self.written))
