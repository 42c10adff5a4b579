"""Look for faults in the translations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from pipeline import checks, glossary, merge
from pipeline.model import Brief, Finding, Kind, Severity, Term
from pipeline.stages import links, shares
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.project import Project, kinds, source_lang

Rejected = frozenset[tuple[Key, tuple[str, str]]]
"""(catalog's key, entry's key) of each entry that may not be published."""

ENOUGH = 2000
"""Entries; fewer are checked before another process has begun."""


def check(project: Project, names: Collection[str], *, asked: Collection[str] = ()) -> tuple[Finding, ...]:
    """All faults of the live entries of the catalogs in `names`, catalog by catalog.

    `asked`: the checks that run on demand only.
    """
    terms = glossary.read(project.config.folders.locale / "glossary.csv", project.config.root)
    chosen = [key for key in project.catalogs if key[1] in names]
    count = shares.processes(sum(len(project.catalogs[key].entries) for key in chosen), ENOUGH)
    entries = chain.from_iterable(
        shares.shared(chosen, lambda key: tuple(_of_catalog(project, key, terms)), count)
    )
    named = [(name, catalog) for (_, name), catalog in project.catalogs.items()]
    wide = (finding for finding in checks.of_catalogs(named, terms, asked=asked) if finding.article in names)
    return (*entries, *wide, *links.broken(project, names))


def alone(project: Project, terms: tuple[Term, ...]) -> tuple[Finding, ...]:
    """All faults that show in one entry or one catalog by itself, every error of a catalog among them."""
    entries = (finding for key in project.catalogs for finding in _of_catalog(project, key, terms))
    named = [(name, catalog) for (_, name), catalog in project.catalogs.items()]
    return (*entries, *checks.of_catalogs(named, terms, alone=True))


def _of_catalog(project: Project, key: Key, terms: tuple[Term, ...]) -> Iterator[Finding]:
    lang, name = key
    segments, catalog = project.segments(*key), project.catalogs[key]
    known, source = kinds(segments), source_lang(project, key)
    briefs = {kind: Brief(source, lang, name, kind, terms) for kind in {Kind.PARAGRAPH, *known.values()}}
    for entry in catalog.live:
        yield from checks.run(entry, briefs[known.get(entry.key, Kind.PARAGRAPH)])
    yield from _apart(project, key)


def elsewhere(project: Project) -> tuple[Finding, ...]:
    """All that is wrong between catalogs and articles, and between one article and another."""
    apart = (found for key in project.catalogs for found in _apart(project, key))
    return (*apart, *links.broken(project, {article.slug for article in project.articles}))


def _apart(project: Project, key: Key) -> Iterator[Finding]:
    if key[1] != WORDS and project.article(key[1]):
        yield from merge.discrepancies(project.catalogs[key], project.segments(*key))


def rejected(project: Project, findings: Collection[Finding]) -> Rejected:
    """The entries that an error keeps out of the pages."""
    by_place = {
        (key[0], entry.place.path, entry.place.line): (key, entry.key)
        for key, catalog in project.catalogs.items()
        for entry in catalog.live
    }
    places = (
        (finding.lang, finding.place.path, finding.place.line)
        for finding in findings
        if finding.severity is Severity.ERROR
    )
    return frozenset(by_place[place] for place in places if place in by_place)
