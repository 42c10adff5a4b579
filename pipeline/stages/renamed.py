"""Articles that have a new name: their catalogs go with them, comments, waivers, addresses and all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Catalog, Kind
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.project import Project

ENOUGH = 0.5
"""An article is a former one under a new name if they have so much of each other's texts."""

Texts = frozenset[tuple[str, str, str]]
"""(target language, context, source)."""


def follow(project: Project) -> Project:
    """`project` with the catalogs of each renamed article under its new name, and none under the old."""
    moved = dict(project.catalogs)
    free = _forsaken(project)
    named = {name for _, name in project.catalogs}
    for article in project.articles:
        if not free:
            break
        if article.slug in named:
            continue
        wanted = frozenset(
            (project.config.other(segment.lang), *segment.key)
            for segment in article.segments
            if segment.kind is not Kind.SLUG
        )
        old = max(free, key=lambda name: len(free[name] & wanted), default="")
        if old and len(free[old] & wanted) >= ENOUGH * max(len(wanted), len(free[old])):
            del free[old]
            moved |= _under_new_name(project, old, article.slug)
    return replace(project, catalogs=moved)


def _forsaken(project: Project) -> dict[str, Texts]:
    """The texts of the catalogs without an article, by their names; the obsolete ones if no other is left."""
    here = {article.slug for article in project.articles} | {WORDS}
    live, gone = dict[str, set[tuple[str, str, str]]](), dict[str, set[tuple[str, str, str]]]()
    for (lang, name), catalog in project.catalogs.items():
        for entry in catalog.entries if name not in here else ():
            if entry.context != Kind.SLUG:
                (gone if entry.obsolete else live).setdefault(name, set()).add((lang, *entry.key))
    return {name: frozenset(texts) for name, texts in (gone | live).items()}


def _under_new_name(project: Project, old: str, new: str) -> Iterable[tuple[Key, Catalog]]:
    for (lang, name), catalog in project.catalogs.items():
        if name == old:
            header = tuple(
                (key, new if (key, value) == ("Project-Id-Version", old) else value)
                for key, value in catalog.header
            )
            path = project.config.shown(project.config.catalog_path(lang, new))
            yield (lang, new), replace(catalog, header=header, path=path)
            yield (lang, old), replace(catalog, entries=())
