"""The whole way from articles to pages, going again only where something has changed.

What was found out of an article stands in the project's store under the hash of everything that it was
found out from: the article, its catalogs, glossary, settings and this program.  Law: the pages and the
catalogs are, byte for byte, those that a build with an empty store makes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pipeline import files, pagefind
from pipeline.config import Config
from pipeline.drafted import Drafted
from pipeline.memory import Memory
from pipeline.model import Finding, Severity
from pipeline.progress import by_impact
from pipeline.render import Card, Rendered
from pipeline.site import Library, Plan, Proof, Sheet, Site, said_by, seen_of
from pipeline.site.links import broken
from pipeline.site.proof import Ahead
from pipeline.stages import build, check, layout, press, project, shares, status, translate, update
from pipeline.stages.ground import Ground
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.project import Project
from pipeline.stages.record import (
    Cards,
    Memo,
    Record,
    alone_in,
    body_of,
    card_of,
    offers_of,
    row,
    rows_of,
    token,
    tokens,
)
from pipeline.stages.whole import Made, Published, Whole
from pipeline.store import Store, digest
from pipeline.translate import MEMORY

ENOUGH = 60
"""Articles; fewer are done before another process has begun."""
TOGETHER = 250
"""Articles that are in memory at a time; more save nothing."""
NOTHING = Drafted((), {}, 0, (), interrupted=False)

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]


@dataclass
class Make:
    """One build."""

    ground: Ground
    progress: Progress
    ahead: Ahead | None
    written: list[Path] = field(default_factory=list)
    reports: list[Drafted] = field(default_factory=list)
    broken: dict[bytes, tuple[Finding, ...]] = field(default_factory=dict)
    """For the next build's memo."""
    goes_on: Callable[[], None] = lambda: None
    """Raises if nobody waits for this build any more."""
    seen: dict[bytes, bytes] = field(default_factory=dict)
    """What decides it → the hash of what an article's pages take from others."""

    @property
    def config(self) -> Config:
        """The project."""
        return self.ground.config

    @property
    def store(self) -> Store:
        """What earlier builds found out."""
        return self.ground.store

    @cached_property
    def memo(self) -> Memo:
        """What the last build found out of all articles together."""
        return Memo.of(self.store)

    def run(self, names: Mapping[str, Path], catalogs: Mapping[Key, Path], content: dict[str, bytes]) -> Made:
        """Whatever has to be done."""
        records = self.records(names, catalogs, content)
        return self.publish(records, content)

    def records(
        self, names: Mapping[str, Path], catalogs: Mapping[Key, Path], content: dict[str, bytes]
    ) -> dict[str, Record]:
        """What is known of each name; found out where it is not known yet."""
        known = {key: self.memo.records[key] for key in content.values() if key in self.memo.records}
        known |= self.store.several(key for key in content.values() if key not in known)
        records = {name: known[key] for name, key in content.items() if key in known}
        todo = content.keys() - records.keys()
        todo |= {
            name for name, each in records.items() if each.wanting and each.engines != self.ground.engines
        }
        while todo:
            for name in todo:
                records.pop(name, None)
            self.work(todo, names, catalogs, records, content)
            # Others may lack what is known only now.
            offered = frozenset[int]().union(*(tokens(self.offers(name, content[name])) for name in todo))
            todo = {
                name
                for name, record in records.items()
                if self.remembers and name not in todo and not offered.isdisjoint(record.wanting)
            }
            catalogs = layout.catalog_files(self.config)
        return dict(sorted(records.items()))

    @property
    def drafts(self) -> bool:
        """Is anything asked for drafts?"""
        return bool(self.config.translate.engines)

    @property
    def remembers(self) -> bool:
        """Is the memory asked for drafts?"""
        return MEMORY in self.config.translate.engines

    def work(
        self,
        todo: Set[str],
        names: Mapping[str, Path],
        catalogs: Mapping[Key, Path],
        records: dict[str, Record],
        content: dict[str, bytes],
    ) -> None:
        """Find out `records` and `content` of `todo`, with catalogs that are updated, drafted and written.

        Where there is much to do, only articles that want drafts are in memory together.
        """
        parts = _parts(todo, names, catalogs)
        wanting = todo if len(parts) == 1 else set[str]()
        for part in parts if len(parts) > 1 else ():
            current = self.write(self.updated(part, names, catalogs))
            late = {name for name in part if self.drafts and any(translate.wanting(current, name))}
            self.find(current, part - late, NOTHING, records, content)
            wanting |= late
        if len(parts) > 1:
            catalogs = layout.catalog_files(self.config)
        if wanting:
            others = {name: content[name] for name in records}
            current, report = self.drafted(self.updated(wanting, names, catalogs), wanting, catalogs, others)
            self.reports.append(report)
            self.find(self.write(current), wanting, report, records, content)

    def read(self, some: Collection[str], names: Mapping[str, Path], catalogs: Mapping[Key, Path]) -> Project:
        """The part of the project that belongs to `some`, as it stands on disk."""
        read = [project.read_article(self.config, names[name]) for name in names if name in some]
        mine = {key: path for key, path in catalogs.items() if key[1] in some}
        return project.of(self.config, read, mine, words=WORDS if WORDS in some else "")

    def updated(
        self, some: Collection[str], names: Mapping[str, Path], catalogs: Mapping[Key, Path]
    ) -> Project:
        """The same with its catalogs in line with its articles."""
        return update.update(self.read(some, names, catalogs))

    def drafted(
        self,
        current: Project,
        wanting: Collection[str],
        catalogs: Mapping[Key, Path],
        others: Mapping[str, bytes],
    ) -> tuple[Project, Drafted]:
        """`current` with drafts, also from the catalogs of `others`; and what was done."""
        wanted = {token(phrase) for name in wanting for phrase in translate.wanting(current, name)}
        asked = others.items() if wanted and self.remembers else ()
        self.store.several(offers_of(key) for _, key in asked)
        helpful = {name for name, key in asked if not wanted.isdisjoint(tokens(self.offers(name, key)))}
        there = {key: path for key, path in catalogs.items() if key[1] in helpful}
        together = {**project.of(self.config, (), there).catalogs, **current.catalogs}
        # In the order that a clean build has: of equals the memory takes the first.
        remembered = replace(current, catalogs=dict(sorted(together.items())))
        drafted, report = translate.draft(remembered, wanting, progress=self.progress)
        mine = {key: catalog for key, catalog in drafted.catalogs.items() if key in current.catalogs}
        return replace(drafted, catalogs=mine), report

    def write(self, current: Project) -> Project:
        """Put the catalogs that changed on disk; the project as it now stands there."""
        written = project.write(current)
        self.written += written.changed
        return written.standing()

    def find(
        self,
        current: Project,
        some: Collection[str],
        report: Drafted,
        records: dict[str, Record],
        content: dict[str, bytes],
    ) -> None:
        """Find out `records` and `content` of `some` from what now stands on disk."""
        ordered = sorted(some)
        work = partial(self.found, current, report)
        for name, found in zip(ordered, self.shared(ordered, work), strict=True):
            content[name], records[name] = found

    def shared(self, items: Sequence[Item], work: Callable[[Item], Result]) -> Iterator[Result]:
        """What `work`, which may use the store, makes of each item."""
        count = shares.processes(len(items), ENOUGH)
        return shares.shared(items, work, count if count > 1 and self.store.rest() else 1)

    def found(self, current: Project, report: Drafted, name: str) -> tuple[bytes, Record]:
        """The record of `name`, kept for the next time under the hash of what now stands on disk."""
        alone = alone_in(current, name)
        content = self.content_of(alone, name)
        record, more = self.details(alone, name, content)
        if record.wanting:
            record = replace(record, lacking=report.lacking, engines=self.ground.engines)
        if not (record.wanting and report.interrupted):
            self.store.keep({content: record, **more})
        return content, record

    def content_of(self, alone: Project, name: str) -> bytes:
        """The hash of all that its record depends on, as `Ground.contents` has it."""
        parts = [self.ground.templates] if name == WORDS else []
        for article in alone.articles:
            parts = [Path(article.path).name.encode(), digest(article.raw.encode())]
        for (lang, _), (text, _) in sorted(alone.disk.items()):
            parts += [lang.encode(), digest(text.encode())]
        return digest(name, self.ground.ours, *parts)

    def details(self, alone: Project, name: str, content: bytes) -> tuple[Record, dict[bytes, object]]:
        """The record of `name`, and what is kept beside it."""
        findings = check.alone(alone, self.ground.terms) if alone.articles or name == WORDS else ()
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        rejected = check.rejected(alone, findings)
        sources = ((self.config.other(lang), catalog) for (lang, _), catalog in alone.catalogs.items())
        more: dict[bytes, object] = {
            offers_of(content): row(map(token, Memory.of(sources).texts())),
            rows_of(content): status.status(alone, [name], findings, rejected),
        }
        record = Record()
        for article in alone.articles:
            body = build.rendered(alone, article, rejected)
            record = Record.of(body.card)
            more |= {card_of(content): body.card, body_of(content): body}
        record = replace(
            record,
            rejected=len(rejected),
            faults=sum(not finding.place.line for finding in errors),
            warnings=len(findings) - len(errors),
            wanting=tuple(map(token, translate.wanting(alone, name))),
        )
        return record, more

    def kept(self, name: str, content: bytes, key: bytes) -> Any:
        """What is kept beside the record of `name`; found out again if it was lost or spoilt."""
        found = self.store.several([key])
        if key not in found:
            alone = self.read({name}, self.ground.names(), layout.catalog_files(self.config))
            _, found = self.details(alone, name, content)
            self.store.keep(found)
        return found[key]

    def card(self, name: str, content: bytes) -> Card:
        """What is said of an article."""
        found: Card = self.kept(name, content, card_of(content))
        return found

    def offers(self, name: str, content: bytes) -> bytes:
        """The tokens of what its catalogs know a translation of."""
        found: bytes = self.kept(name, content, offers_of(content))
        return found

    def body(self, name: str, content: bytes) -> Rendered:
        """Both versions of an article."""
        found: Rendered = self.store.get(body_of(content)) or self.kept(name, content, body_of(content))
        return found

    def publish(self, records: Mapping[str, Record], content: Mapping[str, bytes]) -> Made:
        """The pages, from what is known of each article."""
        config = self.config
        library = self.library(records, content)
        common = digest(self.ground.ours, self.ground.templates, content[WORDS])
        site = self.store.remember(common, self.site)
        site = replace(site, read=self.ground.beside, index=self.index if site.index else None)
        shown = content.items() if config.site.status else ()
        rows = [row for name, key in shown for row in self.kept(name, key, rows_of(key))]
        bodies = {
            each.name: partial(self.body, name, content[name]) for name, each in records.items() if each.name
        }
        sheets = [
            *self.sheets(site, library, records, content),
            *site.rest(library, rows=by_impact(rows)),
            *build.copies(self.ground.media, self.ground.seen),
            *site.search(library, bodies),
        ]
        published = press.publish(
            sheets,
            common,
            config.folders.output,
            seen=self.ground.seen,
            store=self.store,
            shared=self.shared,
            ahead=partial(self.show, self.ahead) if self.ahead else None,
            last=self.ground.last.published.sheets,
        )
        published = replace(published, findings=library.findings)
        Memo(
            {content[name]: each for name, each in records.items()},
            self.seen,
            self.broken,
            library.said,
            library.plan,
        ).keep(self.store)
        return self.made(published, records, content)

    def library(self, records: Mapping[str, Record], content: Mapping[str, bytes]) -> Library:
        """All articles at once."""
        languages, assets = self.config.languages, frozenset(self.ground.media)
        named = {record.name: name for name, record in records.items() if record.name}
        cards = Cards(named, lambda name: self.card(name, content[name]))
        faces = {link: records[name].face for link, name in named.items()}
        said = said_by(faces.values())
        plan = self.memo.plan if self.memo.said == said else Plan.of(cards, languages)
        there = digest(*named, "", *sorted(assets))
        for link, name in named.items():
            aims = (records[named[aim]].anchors for aim in records[name].aims if aim in named)
            key = b"".join((content[name], there, *aims))
            known = self.memo.broken.get(key)
            self.broken[key] = tuple(broken(cards[link], cards, assets)) if known is None else known
        findings = (each for found in self.broken.values() for each in found)
        return Library(languages, cards, faces, plan, tuple(dict.fromkeys((*plan.findings, *findings))))

    def site(self) -> Site:
        """Templates and words."""
        config = self.config
        catalogs = project.of(config, (), self.ground.words_files()).catalogs
        words = {lang: catalog for (lang, _), catalog in catalogs.items()}
        return Site.load(
            config.languages,
            config.site,
            templates=config.folders.templates,
            words=words,
            index=pagefind.index if self.ground.searches else None,
            own=files.own_folder(),
        )

    def show(self, ahead: Ahead, proof: Proof) -> Callable[[], None]:
        """Let who waits see the site ahead."""
        self.goes_on = ahead(proof)
        return self.goes_on

    def index(
        self, documents: Iterable[pagefind.Document], ignored: Sequence[str]
    ) -> Iterator[tuple[str, bytes]]:
        """The files of an index."""
        return pagefind.index(documents, ignored, self.goes_on)

    def sheets(
        self, site: Site, library: Library, records: Mapping[str, Record], content: Mapping[str, bytes]
    ) -> Iterator[Sheet]:
        """The pages of each article."""
        for name, record in records.items():
            if record.name:
                key = content[name]
                own = library.said + key
                seen = self.memo.seen.get(own) or seen_of(library.cards[record.name], library)
                self.seen[own] = seen
                images = [(path, self.ground.image(path)) for path in record.assets]
                body = partial(self.body, name, key)
                yield site.sheet(record.name, library, (key, seen, images), body)

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
        state = b"" if interrupted else self.ground.key(content)
        engines = self.ground.engines if missing else b""
        done = replace(published, changed=0, removed=0)
        counts = rejected, faults, warnings, missing
        Whole(state, done, *counts, lacking, engines, self.ground.named).keep(self.store)
        every = (
            content.values(),
            *(map(of, content.values()) for of in (card_of, body_of, offers_of, rows_of)),
        )
        self.store.used.update(chain.from_iterable(every))
        self.store.tidy()
        total = Drafted((), drafted, missing, lacking, interrupted)
        return Made(published, rejected, faults, warnings, total, tuple(self.written))


def _parts(todo: Set[str], names: Mapping[str, Path], catalogs: Mapping[Key, Path]) -> list[Set[str]]:
    """`todo` in parts that can be updated one after the other: who moved is in one with where they went."""
    gone = todo - names.keys() - {WORDS}
    moved = gone | todo - {name for _, name in catalogs} if gone else set[str]()
    rest = sorted(todo - moved)
    parts = [frozenset(rest[start : start + TOGETHER]) for start in range(0, len(rest), TOGETHER)]
    return [*([moved] if moved else ()), *parts]
