"""Import, export and git's merges: files in, files out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pipeline import articles, catalogs, exchange, files
from pipeline.errors import UsageError
from pipeline.exchange import Taken
from pipeline.model import Article, Catalog, Entry, State
from pipeline.stages.project import Project, choose


def take(project: Project, path: Path, *, article: str, reviewed: bool) -> tuple[Project, Taken]:
    """`project` with the translations that the file in `path` offers.

    A .po file gives its entries to every catalog of its language that has them; a translated copy of
    an article gives its blocks to that article's catalogs.
    """
    text = files.read_text(path, project.config.root)
    if path.suffix == ".po":
        offered = catalogs.parse(text, str(path), _language(project, text, path))
        keys = [key for key in project.catalogs if key[0] == offered.lang]
        return _give(project, keys, tuple(offered.live), replacing=reviewed)
    name = article or path.name.partition(".")[0]
    choose(project, [name])
    original = project.article(name)
    assert isinstance(original, Article)
    translated = articles.parse(text, str(path), project.config.languages)
    entries = exchange.pair(original, translated, reviewed=reviewed)
    keys = [key for key in project.catalogs if key[1] == name]
    return _give(project, keys, entries, replacing=reviewed)


def _give(
    project: Project, keys: Collection[tuple[str, str]], offered: tuple[Entry, ...], *, replacing: bool
) -> tuple[Project, Taken]:
    taken = {key: exchange.take(project.catalogs[key], offered, replacing=replacing) for key in keys}
    known = {entry.key for key in keys for entry in project.catalogs[key].live}
    sum_ = Taken(
        Catalog(""),
        sum(each.taken for each in taken.values()),
        sum(each.kept for each in taken.values()),
        tuple(entry for entry in offered if entry.translated and entry.key not in known),
    )
    changed = {key: each.catalog for key, each in taken.items()}
    return replace(project, catalogs={**project.catalogs, **changed}), sum_


def _language(project: Project, text: str, path: Path) -> str:
    header = dict(catalogs.parse(text, str(path), "").header)
    lang = header.get("Language", "").partition("_")[0]
    if lang not in project.config.languages:
        raise UsageError(
            f"{path}: its header names the language {lang!r}",
            name="unknown-language",
            remedy="set its Language field to one of: " + ", ".join(project.config.languages),
        )
    return lang


def export(project: Project, names: Collection[str], lang: str, states: Collection[str]) -> str:
    """The text of one .po file with the entries of `names` in `states` (all but reviewed if none)."""
    if lang not in project.config.languages:
        known = ", ".join(project.config.languages)
        raise UsageError(f"unknown language {lang!r}", name="unknown-language", remedy=f"one of: {known}")
    known_states = [state.value for state in State if state is not State.REJECTED]
    for state in states:
        if state not in known_states:
            remedy = "one of: " + ", ".join(known_states)
            raise UsageError(f"unknown state {state!r}", name="unknown-state", remedy=remedy)
    wanted = {State(state) for state in states} or set(State) - {State.REVIEWED}
    chosen = {
        name: catalog for (into, name), catalog in project.catalogs.items() if into == lang and name in names
    }
    return catalogs.dump(exchange.subset(chosen, lang, wanted))


def merge_files(base: Path, ours: Path, theirs: Path) -> int:
    """Merge `theirs` into the file `ours`; how many entries conflict."""
    texts = [files.read_text(path.resolve(), Path.cwd()) for path in (base, ours, theirs)]
    parsed = [
        catalogs.parse(text, str(path), "") if text else Catalog("")
        for text, path in zip(texts, (base, ours, theirs), strict=True)
    ]
    merged, conflicts = exchange.merge_three(*parsed)
    text = catalogs.splice(texts[1], parsed[1], merged) if texts[1] else catalogs.dump(merged)
    files.write_text(ours.resolve(), text, Path.cwd())
    return conflicts
