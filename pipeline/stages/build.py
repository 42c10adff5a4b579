"""Render the pages of both versions into the output folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline import files
from pipeline.model import Article, Entry, Segment
from pipeline.progress import Row
from pipeline.render import Rendered, render
from pipeline.site import MEDIA, Library, Sheet, Site
from pipeline.stages.check import Rejected
from pipeline.stages.layout import WORDS, beside
from pipeline.stages.press import publish
from pipeline.stages.project import Project
from pipeline.stages.seen import Seen
from pipeline.stages.whole import Published
from pipeline.store import Store


def build(project: Project, rejected: Rejected, rows: Sequence[Row] = ()) -> Published:
    """Make the output folder hold the site of `project`, with nothing known of earlier builds.

    `rows` say how far each catalog is.
    """
    config = project.config
    each = {article.slug: rendered(project, article, rejected) for article in project.articles}
    words = {lang: catalog for (lang, name), catalog in project.catalogs.items() if name == WORDS}
    media = dict(beside(config.folders.sources))

    def read(name: str) -> bytes | None:
        return files.read_bytes(media[name], config.root) if name in media else None

    site = Site.load(
        config.languages, config.site, templates=config.folders.templates, words=words, read=read
    )
    with Store.in_memory() as store:
        seen = Seen.of(config.root, store)
        library = Library.of((one.card for one in each.values()), config.languages, assets=frozenset(media))
        sheets = [
            *(
                site.sheet(one.card.name, library, (name,), partial(_given, one))
                for name, one in each.items()
            ),
            *site.rest(library, rows=rows),
            *copies(media, seen),
        ]
        published = publish(sheets, b"", config.folders.output, seen=seen, store=store)
    return replace(published, findings=library.findings)


def _given(one: Rendered) -> Rendered:
    return one


def copies(media: Mapping[str, Path], seen: Seen) -> Iterator[Sheet]:
    """The files beside the articles."""
    for name, path in media.items():
        to = f"{MEDIA}{name}"
        yield Sheet(("media", name, seen.digest(path).hex()), partial(_copy, to, path, seen.root), (to,))


def _copy(to: str, path: Path, root: Path) -> Iterator[tuple[str, bytes]]:
    yield to, files.read_bytes(path, root)


def rendered(project: Project, article: Article, rejected: Rejected) -> Rendered:
    """Both versions of one article."""

    def is_rejected(entry: Entry, segment: Segment) -> bool:
        return ((project.config.other(segment.lang), article.slug), entry.key) in rejected

    return render(
        article,
        project.config.languages,
        {lang: catalog for (lang, name), catalog in project.catalogs.items() if name == article.slug},
        is_rejected,
    )
