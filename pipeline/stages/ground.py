"""What a build stands on, by the hash of its content."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pipeline
from pipeline import config as configuration
from pipeline import files, glossary, pagefind
from pipeline.config import Config
from pipeline.model import Term
from pipeline.stages import project, translate
from pipeline.stages.project import WORDS, Key
from pipeline.stages.seen import Seen
from pipeline.store import digest
from pipeline.words import bundled


@dataclass
class Ground:
    """The files of a project, as one build sees them."""

    config: Config
    seen: Seen

    @cached_property
    def ours(self) -> bytes:
        """The hash of what everything depends on: this program, its libraries, settings, glossary."""
        libraries = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        code = self.seen.folder(Path(pipeline.__file__).parent)
        settings = self.seen.digest(self.config.root / configuration.NAME)
        terms = self.seen.digest(self.config.folders.locale / "glossary.csv")
        return digest(sys.version, str(libraries), str(self.searches), code, settings, terms)

    @cached_property
    def searches(self) -> bool:
        """Have the pages a search?"""
        return self.config.site.search and pagefind.program() is not None

    @cached_property
    def templates(self) -> bytes:
        """The hash of all templates and of the words that come with them."""
        folders = (self.config.folders.templates, bundled(), bundled().parent / "locale")
        return digest(*(self.seen.folder(folder) for folder in folders))

    @cached_property
    def engines(self) -> bytes:
        """The hash of what can be asked for drafts; never twice the same if it is somewhere else."""
        return digest(*translate.engines_of(self.config))

    @cached_property
    def sources(self) -> dict[Path, bytes]:
        """The articles' files and the hashes of what they hold."""
        return {path: self.seen.digest(path) for path in project.sources(self.config)}

    def contents(self, names: Mapping[str, Path], catalogs: Mapping[Key, Path]) -> dict[str, bytes]:
        """Name → the hash of all that its record depends on."""
        found = {name: [path.name.encode(), self.sources[path]] for name, path in names.items()}
        found.setdefault(WORDS, [self.templates])
        for (lang, name), path in sorted(catalogs.items()):
            found.setdefault(name, []).extend((lang.encode(), self.seen.digest(path)))
        return {name: digest(name, self.ours, *parts) for name, parts in found.items()}

    def key(self, content: Mapping[str, bytes]) -> bytes:
        """What the whole site is made from."""
        media = (part for name, path in self.media.items() for part in (name, self.seen.digest(path)))
        articles = (part for name in sorted(content) for part in (name, content[name]))
        return digest("whole", self.ours, self.templates, *articles, "media", *media)

    @cached_property
    def media(self) -> dict[str, Path]:
        """The files beside the articles."""
        return dict(project.beside(self.config.folders.sources))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary."""
        return glossary.read(self.config.folders.locale / "glossary.csv", self.config.root)

    def words_files(self) -> dict[Key, Path]:
        """The catalogs of the templates' words."""
        paths = {lang: self.config.catalog_path(lang, WORDS) for lang in self.config.languages}
        return {(lang, WORDS): path for lang, path in paths.items() if path.is_file()}

    def image(self, name: str) -> str:
        """The hash of a file beside the articles, in hex; empty if there is no such file."""
        return self.seen.digest(self.media[name]).hex() if name in self.media else ""

    def beside(self, name: str) -> bytes | None:
        """Its content."""
        return files.read_bytes(self.media[name], self.config.root) if name in self.media else None
