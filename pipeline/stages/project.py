"""A project in memory: its articles and catalogs, beside what the disk says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import articles, catalogs, files
from pipeline.config import Config
from pipeline.errors import ArticleError, CatalogError, UsageError
from pipeline.model import Article, Catalog, Kind, Phrase, Place, Segment
from pipeline.stages.layout import WORDS, Key, apart, catalog_files, sources
from pipeline.store import without_collection


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that the stages work on."""

    config: Config
    articles: tuple[Article, ...] = ()
    catalogs: Mapping[Key, Catalog] = field(default_factory=dict)
    """As they should be."""
    disk: Mapping[Key, tuple[str, Catalog]] = field(default_factory=dict)
    """As they stand in their files: the text, and what it says."""
    words: str = WORDS
    """The name of the catalogs with the templates' words; empty if they are no part of this project."""
    _named: Mapping[str, Article] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {article.slug: article for article in self.articles})

    def catalog(self, lang: str, name: str) -> Catalog | None:
        """The catalog of an article into `lang`, if there is one."""
        return self.catalogs.get((lang, name))

    def article(self, name: str) -> Article | None:
        """The article of that name."""
        return self._named.get(name)

    def catalogs_of(self, name: str) -> Iterator[Key]:
        """The keys of the catalogs of one article."""
        return ((lang, name) for lang in self.config.languages if (lang, name) in self.catalogs)

    def segments(self, lang: str, name: str) -> tuple[Segment, ...]:
        """The segments that the catalog `name` of the target language `lang` must cover."""
        article = self.article(name)
        return article.segments_in(self.config.other(lang)) if article else ()


@without_collection()
def load(config: Config) -> Project:
    """Read all articles and catalogs; the first fault stops the run."""
    read = [read_article(config, path) for path in sources(config)]
    apart((article.slug, article.path) for article in read)
    return of(config, read, catalog_files(config))


def of(config: Config, read: Iterable[Article], chosen: Mapping[Key, Path], *, words: str = WORDS) -> Project:
    """The project of some articles, or all, and of the catalogs in these files."""
    disk = {key: _read_catalog(config, key[0], path) for key, path in chosen.items()}
    return Project(config, tuple(read), {key: catalog for key, (_, catalog) in disk.items()}, disk, words)


def read_article(config: Config, path: Path) -> Article:
    """The article in one file."""
    return articles.parse(_text(config, path), config.shown(path), config.languages)


def name_of(config: Config, path: Path) -> str:
    """The name of the article in one file, of which no more is read than that takes."""
    return articles.name(_text(config, path), config.shown(path), config.languages)


def _text(config: Config, path: Path) -> str:
    _refuse_outside(config, path)
    return files.read_text(path, config.root)


def _refuse_outside(config: Config, path: Path) -> None:
    """An error for a link out of the project; the folder itself is inside."""
    if path.is_symlink() and not path.resolve().is_relative_to(config.root):
        raise ArticleError(
            Phrase("this link leads out of the project"),
            place=Place(config.shown(path)),
            name="outside",
            remedy=Phrase("put the file itself there"),
        )


def _read_catalog(config: Config, lang: str, path: Path) -> tuple[str, Catalog]:
    text = files.read_text(path, config.root)
    return text, catalogs.parse(text, config.shown(path), lang)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the catalogs' files."""

    project: Project
    texts: Mapping[Key, str]
    """What was written; empty where the file is gone."""
    changed: tuple[Path, ...]

    def standing(self) -> Project:
        """The project as it now stands on disk, with the place of each entry there."""
        config, disk = self.project.config, dict(self.project.disk)
        for key, text in self.texts.items():
            if text:
                disk[key] = text, catalogs.parse(text, config.shown(config.catalog_path(*key)), key[0])
            else:
                del disk[key]
        current = {key: catalog for key, (_, catalog) in disk.items()}
        return replace(self.project, catalogs=current, disk=disk)


def write(project: Project) -> Written:
    """Write the catalogs that changed; one without any entry has no file."""
    texts = dict[Key, str]()
    for key, catalog in project.catalogs.items():
        text, old = project.disk.get(key, ("", None))
        if not catalog.entries:
            if old:
                texts[key] = ""
        elif catalog != old:
            texts[key] = catalogs.splice(text, old, catalog) if old else catalogs.dump(catalog)
    paths = {key: project.config.catalog_path(*key) for key in texts}
    emptied = [paths[key] for key, text in texts.items() if not text]
    _refuse_overtaken(project, texts, paths)
    changed = files.write_all({paths[key]: text for key, text in texts.items() if text}, project.config.root)
    for path in emptied:
        path.unlink(missing_ok=True)
    return Written(project, texts, (*changed, *emptied))


def _refuse_overtaken(project: Project, texts: Mapping[Key, str], paths: Mapping[Key, Path]) -> None:
    """An error if somebody has saved one of these catalogs since it was read: their work would be lost."""
    config = project.config
    for key, path in paths.items():
        before, _ = project.disk.get(key, ("", None))
        now = files.read_text(path, config.root) if path.exists() else ""
        if now not in (before, texts[key]):
            raise CatalogError(
                Phrase("somebody has saved this file while this command ran"),
                place=Place(config.shown(path)),
                name="changed-meanwhile",
                remedy=Phrase("nothing was written; run the command again"),
            )


def source_lang(project: Project, key: Key) -> str:
    """The language of a catalog's originals; the templates' words have their own, whatever the project's are."""
    from pipeline import words

    lang, name = key
    return words.LANGUAGE if name == WORDS else project.config.other(lang)


def kinds(segments: Iterable[Segment]) -> dict[tuple[str, str], Kind]:
    """What each entry of these segments is in its article."""
    return {segment.key: segment.kind for segment in segments}


def choose(project: Project, names: Iterable[str]) -> frozenset[str]:
    """The articles that the user named, as slugs or paths; all (and the templates' words) if none."""
    known = {name for _, name in project.catalogs} | {article.slug for article in project.articles}
    slugs = {Path(article.path).stem: article.slug for article in project.articles}
    stems = (Path(name).stem if "/" in name or "." in name else name for name in names)
    wanted = [stem if stem in known else slugs.get(stem, stem) for stem in stems]
    for name in wanted:
        if name not in known:
            raise UsageError(
                f"there is no article {name!r}",
                name="unknown-article",
                remedy="one of: " + ", ".join(sorted(known)),
            )
    return frozenset(wanted or known)
