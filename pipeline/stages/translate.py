"""Draft what is missing, from memory and by machine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from pipeline import engines, glossary, lanes, slugs, translate
from pipeline.drafted import Drafted
from pipeline.journal import Journal
from pipeline.lanes import Lane
from pipeline.memory import Memory
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.project import Project, kinds, source_lang
from pipeline.translate import Job

Progress = Callable[[int, int], None]
Phrase = tuple[str, str, str]
"""(from, into, text)."""


def draft(
    project: Project,
    names: Collection[str],
    *,
    engine: str = "",
    cluster_address: str = "",
    progress: Progress = lambda _done, _all: None,
) -> tuple[Project, Drafted]:
    """`project` with drafts for the missing entries of the catalogs in `names`; and what was done.

    `engine` is asked alone, instead of the configured ones; a cluster does the work if one is named.
    """
    config = project.config
    chosen = [key for key in project.catalogs if key[1] in names]
    jobs = [_job(project, key) for key in chosen]
    setup = engines.Setup.of(config)
    with Journal.open(config.folders.cache / "drafts.sqlite") as journal:
        drafted = translate.draft(
            jobs,
            (engine,) if engine else config.translate.engines,
            lambda name, source, target: engines.load(name, source, target, setup),
            memory=Memory.of(
                (source_lang(project, key), catalog) for key, catalog in project.catalogs.items()
            ),
            terms=glossary.read(config.folders.locale / "glossary.csv", config.root),
            journal=journal,
            progress=progress,
            lane=_cluster(cluster_address, setup) if cluster_address else lanes.here,
        )
    settled = {
        key: catalog if key[1] == WORDS else slugs.settle(catalog, catalog)
        for key, catalog in zip(chosen, drafted.catalogs, strict=True)
    }
    return replace(project, catalogs={**project.catalogs, **settled}), drafted


def _cluster(address: str, setup: engines.Setup) -> Lane:
    from pipeline import cluster

    return cluster.lane(address, setup)


def _job(project: Project, key: Key) -> Job:
    lang, name = key
    article = project.article(name)
    return Job(
        project.catalogs[key],
        source_lang(project, key),
        name,
        kinds(project.segments(lang, name)),
        is_marked=article is not None and article.is_markdown,
    )


def wanting(project: Project, name: str) -> Iterator[Phrase]:
    """What is missing in the catalogs of `name` and a machine may draft."""
    for key in project.catalogs_of(name):
        job = _job(project, key)
        yield from ((*job.direction, entry.source) for entry in job.wanting())
