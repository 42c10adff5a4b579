"""Bring the catalogs in line with the articles and the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import catalogs, exchange, files, merge, slugs, words
from pipeline.model import Catalog, Entry, Segment
from pipeline.stages import renamed
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.project import Project


def update(project: Project) -> Project:
    """`project` with one entry for each segment, and each live entry with a segment.

    Catalogs of articles that are gone keep what people wrote, as obsolete entries; those of articles
    that were renamed go with them.
    """
    project = renamed.follow(project)
    merged = dict(_of_articles(project)) | (dict(_of_words(project)) if project.words else {})
    gone = {
        key: merge.merge(catalog, (), path="", near=1.0)
        for key, catalog in project.catalogs.items()
        if key not in merged
    }
    return replace(project, catalogs=merged | gone)


def _of_articles(project: Project) -> Iterator[tuple[Key, Catalog]]:
    config = project.config
    for article in project.articles:
        for lang in config.languages:
            old = project.catalog(lang, article.slug)
            segments = article.segments_in(config.other(lang))
            if not segments and old is None:
                continue
            twin = project.catalog(config.other(lang), article.slug)
            before = old or catalogs.new(lang, config.other(lang), article.slug)
            merged = merge.merge(
                before,
                segments,
                path=article.path,
                twin=twin,
                near=config.translate.near,
                lines=config.lines,
            )
            yield (lang, article.slug), slugs.settle(merged, before)


def _of_words(project: Project) -> Iterator[tuple[Key, Catalog]]:
    config = project.config
    segments = words.extract((config.folders.templates, words.bundled()))
    for lang in config.languages:
        if lang == words.LANGUAGE:
            continue
        old = project.catalog(lang, WORDS) or catalogs.new(lang, words.LANGUAGE, WORDS)
        merged = merge.merge(old, segments, path="", near=config.translate.near, lines=config.lines)
        yield (lang, WORDS), exchange.take(merged, _shipped(project, lang, segments), replacing=False).catalog


def _shipped(project: Project, lang: str, segments: tuple[Segment, ...]) -> Iterator[Entry]:
    """The translations that come with the bundled templates, for projects elsewhere."""
    path = words.bundled().parent / "locale" / lang / "LC_MESSAGES" / f"{WORDS}.po"
    if not path.is_file() or path == project.config.catalog_path(lang, WORDS):
        return
    wanted = {segment.key for segment in segments}
    for entry in catalogs.parse(files.read_text(path, path.parent), str(path), lang).live:
        if entry.key in wanted:
            yield entry
