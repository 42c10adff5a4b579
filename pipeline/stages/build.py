"""Render the pages of both versions into the output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import files, slugs
from pipeline.model import Article, Entry, Finding, Kind, Segment
from pipeline.render import Rendered, render
from pipeline.site import Library, Site
from pipeline.stages.check import Rejected
from pipeline.stages.project import WORDS, Project, beside


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    pages: int
    changed: int
    removed: int
    findings: tuple[Finding, ...]


def build(project: Project, rejected: Rejected) -> Built:
    """Make the output folder hold the site and nothing else; equal files are not touched.

    An article is rendered only after all are split, so a fault in one leaves the old site whole.
    """
    config = project.config
    words = {lang: catalog for (lang, name), catalog in project.catalogs.items() if name == WORDS}
    site = Site.load(config.languages, config.site, templates=config.folders.templates, words=words)
    rendered = [_rendered(project, article, rejected) for article in project.articles]
    assets = dict(beside(config.folders.sources))
    library = Library.of((each.card for each in rendered), config.languages, assets=frozenset(assets))
    return _write(project, site, library, rendered, assets)


def _rendered(project: Project, article: Article, rejected: Rejected) -> Rendered:
    def is_rejected(entry: Entry, segment: Segment) -> bool:
        return ((project.config.other(segment.lang), article.slug), entry.key) in rejected

    return render(
        article,
        project.config.languages,
        {lang: catalog for (lang, name), catalog in project.catalogs.items() if name == article.slug},
        is_rejected,
    )


def _write(
    project: Project, site: Site, library: Library, rendered: Iterable[Rendered], assets: dict[str, Path]
) -> Built:
    config = project.config
    output = config.folders.output
    written, changed = set[Path](), 0

    def put(pages: Iterable[tuple[str, str | bytes]]) -> None:
        nonlocal changed
        for address, content in pages:
            path = output / address
            data = content if isinstance(content, bytes) else content.encode()
            changed += files.write_bytes(path, data, config.root)
            written.add(path)

    # All pages are rendered before the first one is written: a template's fault changes nothing.
    put([page for each in rendered for page in site.article(each, library)])
    put(site.rest(library, redirects=dict(_redirects(project))))
    put((f"media/{name}", files.read_bytes(path, config.root)) for name, path in assets.items())
    removed = _remove_others(output, written)
    pages = sum(path.suffix == ".html" for path in written)
    return Built(pages, changed, removed, library.findings)


def _redirects(project: Project) -> Iterator[tuple[str, str]]:
    """Former addresses of each article → today's, as paths under the output folder."""
    for article in project.articles:
        for lang in project.config.languages:
            original = next((s.text for s in article.segments if s.kind is Kind.SLUG), article.slug)
            translated, former = slugs.of(project.catalog(lang, article.slug))
            if lang == article.lang:
                now, former = original, tuple(article.front.get("aliases", ()))
            else:
                now, former = translated or original, (*former, original)
            yield from ((f"{lang}/{old}/", f"{lang}/{now}/") for old in former if old != now)


def _remove_others(output: Path, written: set[Path]) -> int:
    removed = 0
    for path in sorted(output.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in written:
            path.unlink()
            removed += 1
    return removed
