"""What a build stands on, by the hash of its content."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline import config as configuration
from pipeline import files, pagefind
from pipeline.config import Config
from pipeline.model import Term
from pipeline.stages import layout
from pipeline.stages.layout import WORDS, Key
from pipeline.stages.seen import Seen, walk
from pipeline.store import Store, digest
from pipeline.words import bundled

if TYPE_CHECKING:
    from pipeline.stages.whole import Whole

LOCAL = {"memory", "argos", "pseudo"}
"""The engines whose answers depend on nothing but files on this machine."""
PLACES = ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME", "HOME")


@dataclass
class Ground:
    """The files of a project, as one build sees them."""

    config: Config
    seen: Seen
    store: Store
    last: Whole
    """The last build."""
    named: dict[bytes, str] = field(default_factory=dict)
    """What decides it → the name of an article."""

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
        return digest(*engines_of(self.config))

    @cached_property
    def sources(self) -> dict[Path, bytes]:
        """The articles' files and the hashes of what they hold."""
        return {path: self.seen.digest(path) for path in layout.sources(self.config)}

    def names(self) -> dict[str, Path]:
        """The articles' files by the articles' names."""
        keys = {path: self.ours + hash_ + os.fsencode(path.name) for path, hash_ in self.sources.items()}
        self.named = {key: self.last.names.get(key) or self.name_of(path) for path, key in keys.items()}
        found = [(self.named[key], path) for path, key in keys.items()]
        folder = self.config.shown(self.config.folders.sources)
        layout.apart((name, f"{folder}/{path.name}") for name, path in found)
        return dict(found)

    def name_of(self, path: Path) -> str:
        """The name of the article in one file."""
        from pipeline.stages import project

        return project.name_of(self.config, path)

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
        return dict(layout.beside(self.config.folders.sources))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary."""
        from pipeline import glossary

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


def engines_of(config: Config) -> tuple[str, ...]:
    """What tells today's engines from other ones, without loading any; a server's is always new."""
    named = (*config.translate.engines, *(f"{name}={os.environ.get(name, '')}" for name in PLACES))
    if set(config.translate.engines) - LOCAL:
        return (*named, os.urandom(8).hex())
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    installed = Path(os.environ.get("ARGOS_PACKAGES_DIR") or data / "argos-translate" / "packages")
    return (*named, *(repr(each) for folder in (config.folders.models, installed) for each in walk(folder)))
