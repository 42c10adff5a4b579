"""Mend what is certain in the translations: `tvilling check --fix`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline import mend
from pipeline.model import Brief, State
from pipeline.stages.project import Project, kinds, source_lang


def fix(project: Project, names: Collection[str], states: frozenset[State]) -> tuple[Project, int]:
    """The project with the entries in `states` of the catalogs in `names` mended, and how many those are."""
    catalogs = dict(project.catalogs)
    count = 0
    for key, old in project.catalogs.items():
        lang, name = key
        if name in names:
            brief = Brief(source_lang(project, key), lang, name)
            catalogs[key] = mend.catalog(old, brief, kinds(project.segments(*key)), states)
            count += sum(a is not b for a, b in zip(old.entries, catalogs[key].entries, strict=True))
    return replace(project, catalogs=catalogs), count
