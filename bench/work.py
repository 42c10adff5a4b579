"""Work of Tvilling's that no command does alone: `python -m bench.work WHAT PATH …`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from bench import corpus
from pipeline import catalogs, config, merge
from pipeline.model import Catalog, Entry, Place, Segment
from pipeline.stages import layout, project, update
from pipeline.weave import weave


def woven(root: Path, folder: Path) -> None:
    """Write the translated Markdown of all articles."""
    found = project.load(config.read(root))
    folder.mkdir(parents=True, exist_ok=True)
    for article in found.articles:
        catalog = found.catalog("sv", article.slug)
        targets = {entry.key: entry.target for entry in catalog.live if not entry.fuzzy} if catalog else {}
        text = weave(article, lambda segment, known=targets: known.get(segment.key) or None)
        (folder / f"{article.slug}.md").write_text(text, encoding="utf-8")


def merged(old: Path, new: Path, to: Path) -> None:
    """Merge one large catalog with the texts of another, as msgmerge does."""
    before = catalogs.parse(old.read_text("utf-8"), str(old), "sv")
    wanted = catalogs.parse(new.read_text("utf-8"), str(new), "sv")
    segments = [
        Segment(entry.source, entry.source, "en", context=entry.context, place=Place(*entry.references[:1]))
        for entry in wanted.live
    ]
    to.write_text(catalogs.dump(merge.merge(before, segments, path="", near=0.75)), encoding="utf-8")


def together(root: Path, to: Path) -> None:
    """One catalog of all articles of a project that has none yet."""
    entries = dict[tuple[str, str], Entry]()
    header: tuple[tuple[str, str], ...] = ()
    found = update.update(project.load(config.read(root)))
    for (lang, name), catalog in found.catalogs.items():
        if lang == "sv" and name != layout.WORDS:
            header = header or catalog.header
            for entry in catalog.live:
                entries.setdefault(entry.key, entry)
    to.write_text(catalogs.dump(Catalog("sv", tuple(entries.values()), header)), encoding="utf-8")


def answered(path: Path) -> None:
    """Translate the catalogs of another program: one, or all in a folder."""
    for each in path.rglob("*.po") if path.is_dir() else (path,):
        catalog = catalogs.parse(each.read_text("utf-8"), str(each), "sv")
        entries = tuple(replace(entry, target=corpus.swedish(entry.source)) for entry in catalog.live)
        each.write_text(catalogs.dump(Catalog("sv", entries, catalog.header)), encoding="utf-8")


WORK = {
    "weave": woven,
    "merge": merged,
    "together": together,
    "answer": answered,
    "translate": corpus.translate,
}

if __name__ == "__main__":
    what, *paths = sys.argv[1:]
    WORK[what](*map(Path, paths))
