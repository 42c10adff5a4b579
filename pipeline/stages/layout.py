"""Where the files of a project stand, and what they are to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import ArticleError
from pipeline.model import Phrase, Place
from pipeline.stages.seen import tree

ARTICLES = (".md", ".txt")
MARKDOWN = (".md", ".markdown")
"""What an author may take for an article, however it is written."""
WORDS = "site"
"""The name of the catalogs that hold the templates' own words."""

Key = tuple[str, str]
"""(target language, article's name)."""


def sources(config: Config) -> tuple[Path, ...]:
    """The articles' files."""
    folder = config.folders.sources
    if not folder.is_dir():
        raise ArticleError(
            Phrase("there is no such folder"),
            place=Place(config.shown(folder)),
            name="no-articles",
            remedy=Phrase("put your articles there, or begin with: tvilling init DIR"),
        )
    paths = [path for path, _ in tree(folder)]
    names = sorted(path for path in paths if "/" not in path and path.endswith(ARTICLES))
    for inside in paths:
        misplaced = inside.lower().endswith(MARKDOWN) and ("/" in inside or not inside.endswith(ARTICLES))
        if misplaced and "/." not in f"/{inside}":
            raise ArticleError(
                Phrase("this would not become a page"),
                place=Place(config.shown(folder / inside)),
                name="misplaced-article",
                remedy=Phrase(
                    "articles stand in {folder}/ itself, and their names end in .md or .txt",
                    folder=config.shown(folder),
                ),
            )
    return tuple(folder / name for name in names)


def apart(named: Iterable[tuple[str, str]]) -> None:
    """See to it that no two articles, as (name, path), have one name."""
    taken: dict[str, str] = {WORDS: Phrase("the templates' own words")}
    for slug, path in named:
        if slug in taken:
            raise ArticleError(
                Phrase("the name {slug!r} belongs to {owner} already", slug=slug, owner=taken[slug]),
                place=Place(path),
                name="duplicate-slug",
                remedy=Phrase("rename one of the two files"),
            )
        taken[slug] = path


def catalog_files(config: Config) -> dict[Key, Path]:
    """The catalogs' files."""
    folders = {lang: config.catalog_path(lang, "x").parent for lang in config.languages}
    return {
        (lang, name.removesuffix(".po")): folder / name
        for lang, folder in folders.items()
        for name in sorted(path for path, _ in (tree(folder) if folder.is_dir() else ()))
        if name.endswith(".po") and "/" not in name
    }


def beside(sources: Path) -> Iterator[tuple[str, Path]]:
    """The files beside the articles, by their address relative to them; no hidden ones, none from outside."""
    inside = sources.resolve()
    for name, entry in sorted(tree(sources), key=itemgetter(0)):
        if name.endswith(ARTICLES) or "/." in f"/{name}" or not entry.is_file():
            continue
        path = sources / name
        if not entry.is_symlink() or path.resolve().is_relative_to(inside):
            yield name, path
