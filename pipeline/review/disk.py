"""The project's files, which other programs may change at any moment.

The disk is the only truth: what is in memory is used only while no file has changed, and a catalog
is written only if nobody else wrote it meanwhile.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline import files
from pipeline.config import Config
from pipeline.errors import FileError
from pipeline.model import Article, Catalog, Phrase, Place, Term
from pipeline.review.edits import Refusal
from pipeline.review.save import Conflict, Saved

Key = tuple[str, str]
"""(target language, catalog's name)."""
Outcome = Saved | Conflict | Refusal
Stamp = Mapping[Path, tuple[int, int, int]]
"""Each file's time, size and inode."""
ATTEMPTS = 3
PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""What a browser may load from beside the articles."""


@dataclass(frozen=True)
class Loaded:
    """What the rim read."""

    articles: tuple[Article, ...] = ()
    catalogs: Mapping[Key, Catalog] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    sources: Mapping[Key, str] = field(default_factory=dict)
    """The language of each catalog's originals."""

    @cached_property
    def by_name(self) -> Mapping[str, Article]:
        """The articles by their names."""
        return {article.slug: article for article in self.articles}


@dataclass
class Disk:
    """The project as it was read last."""

    config: Config
    load: Callable[[], Loaded]
    loaded: Loaded = field(default_factory=Loaded)
    _stamp: Stamp | None = None

    def look(self) -> Loaded:
        """The project as it stands now; read again only if a file has changed."""
        stamp = self._files()
        if stamp != self._stamp:
            self.loaded = self.load()
            self._stamp = stamp
        return self.loaded

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """A picture in the folder of the articles, and its type; None: there is no such."""
        folder = self.config.folders.sources
        kind = PICTURES.get(Path(name).suffix.lower())
        try:
            path = (folder / name).resolve()
            is_ours = kind and path.is_relative_to(folder) and path.is_file()
        except (OSError, ValueError):
            return None  # a name that no file can have
        return (files.read_bytes(path, self.config.root), kind) if kind and is_ours else None

    def _files(self) -> Stamp:
        folders = (self.config.folders.sources, self.config.folders.locale)
        paths = (path for folder in folders for path in folder.rglob("*"))
        return {path: stamp for path in paths if (stamp := _stamp(path))}

    def write(self, key: Key, change: Callable[[str, str], Outcome]) -> Outcome:
        """`change` (text and shown path → outcome) applied to the catalog as it is now, and written."""
        path, root = self.config.catalog_path(*key), self.config.root
        for _ in range(ATTEMPTS):
            text = files.read_text(path, root)
            outcome = change(text, files.shown(path, root))
            if not isinstance(outcome, Saved):
                return outcome
            if files.read_text(path, root) == text:
                files.write_text(path, outcome.text, root)
                self._adopt(key, path, outcome)
                return outcome
        raise FileError(
            Phrase("another program keeps writing this file"),
            place=Place(files.shown(path, root)),
            name="busy-file",
            remedy=Phrase("wait until it has finished, then save again"),
        )

    def _adopt(self, key: Key, path: Path, saved: Saved) -> None:
        """Know what we wrote without reading everything again, if nothing else has changed."""
        stamp = self._files()
        if files.read_text(path, self.config.root) != saved.text or self._stamp is None:
            return
        if {**stamp, path: None} == {**self._stamp, path: None}:
            self.loaded = replace(self.loaded, catalogs={**self.loaded.catalogs, key: saved.catalog})
            self._stamp = stamp


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if stat.S_ISREG(found.st_mode) else None
