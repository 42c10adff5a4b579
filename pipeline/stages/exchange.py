"""Import, export and git's merges: files in, files out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import articles, catalogs, exchange, files, interchange
from pipeline.errors import UsageError
from pipeline.exchange import Taken
from pipeline.interchange import Offer
from pipeline.model import Article, Catalog, Entry, Place, State
from pipeline.stages import check
from pipeline.stages.project import Project


def take(project: Project, path: Path, *, article: str, reviewed: bool) -> tuple[Project, Taken]:
    """`project` with the translations that the file in `path` offers.

    A .po, XLIFF or TMX file gives its entries to every catalog of its language that has them; a
    translated copy of an article gives its blocks to that article's catalogs.
    """
    if path.suffix.lower() in interchange.ENDINGS:
        data = files.read_bytes(path, project.config.root)
        return _take_all(project, interchange.read(data, str(path), project.config.languages), reviewed)
    text = files.read_text(path, project.config.root)
    if path.suffix.lower() == ".po":
        offered = catalogs.parse(text, str(path), _language(project, text, path))
        return _take_all(project, [Offer(offered.lang, tuple(offered.live))], reviewed)
    name = article or path.name.partition(".")[0]
    original = _original(project, name, text)
    translated = articles.parse(text, str(path), project.config.languages)
    entries = exchange.pair(original, translated, reviewed=reviewed)
    keys = [key for key in project.catalogs if key[1] == name]
    return _give(project, keys, entries, replacing=reviewed)


def _original(project: Project, name: str, text: str) -> Article:
    """The article that `text` should be a translation of."""
    original = project.article(name)
    if original is None:
        raise UsageError(
            f"there is no article {name!r}",
            name="unknown-article",
            remedy="name one with --article: " + ", ".join(article.slug for article in project.articles),
        )
    if text == original.raw:
        raise UsageError(
            "this is the original, not a translation of it",
            place=Place(original.path),
            name="not-translated",
            remedy="import the file that was translated, and name its article with --article",
        )
    return original


def _take_all(project: Project, offers: Iterable[Offer], reviewed: bool) -> tuple[Project, Taken]:
    total = Taken(Catalog(""))
    for offer in offers:
        keys = [key for key in project.catalogs if key[0] == offer.lang]
        entries = tuple(map(_accepted, offer.entries)) if reviewed else offer.entries
        project, taken = _give(project, keys, entries, replacing=reviewed)
        total = Taken(
            total.catalog,
            total.taken + taken.taken,
            total.kept + taken.kept,
            total.unknown + taken.unknown,
            total.findings + offer.findings,
        )
    return project, total


def _accepted(entry: Entry) -> Entry:
    """A draft that a person wrote or changed is reviewed if the user says so; a machine's stays one."""
    if entry.state is not State.DRAFT:
        return entry
    return replace(entry, flags=tuple(flag for flag in entry.flags if flag != "fuzzy"), draft=None)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export: into `lang`, the entries in `states`, as a file of that `shape`; one part of several."""

    lang: str
    states: Collection[str] = ()
    shape: str = "po"
    part: tuple[int, int] = (1, 1)


def export(project: Project, names: Collection[str], wanted: Wanted) -> str:
    """The text of one file with entries of the articles `names`.

    Without states: all but the reviewed ones, and in a translation memory only those.  An entry that a
    check keeps out of the pages is rejected, whoever reviewed it.
    """
    lang = wanted.lang
    if lang not in project.config.languages:
        known = ", ".join(project.config.languages)
        raise UsageError(f"unknown language {lang!r}", name="unknown-language", remedy=f"one of: {known}")
    chosen = {
        name: catalog for (into, name), catalog in project.catalogs.items() if into == lang and name in names
    }
    states = _states(wanted)
    faults = check.rejected(project, check.check(project, names))
    rejected = {(name, key) for (into, name), key in faults if into == lang}
    found = exchange.part(exchange.subset(chosen, lang, states, rejected), *wanted.part)
    if wanted.shape == "po":
        return catalogs.dump(found)
    return interchange.WRITERS[wanted.shape](found, project.config.other(lang))


def _states(wanted: Wanted) -> set[State]:
    known = [state.value for state in State]
    for state in wanted.states:
        if state not in known:
            remedy = "one of: " + ", ".join(known)
            raise UsageError(f"unknown state {state!r}", name="unknown-state", remedy=remedy)
    if wanted.states:
        return {State(state) for state in wanted.states}
    return {State.REVIEWED} if wanted.shape == "tmx" else set(State) - {State.REVIEWED}


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
