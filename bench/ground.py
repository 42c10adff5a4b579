"""What all measure with: the same articles, and their next revision."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.measure import ROOT


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with two projects, `now` and `later`, without catalogs."""

    folder: Path
    number: int
    """Of articles."""

    @classmethod
    def make(cls, folder: Path, number: int) -> Ground:
        """Write the articles."""
        ground = cls(folder, number)
        corpus.sources(folder / "now", number)
        shutil.copytree(folder / "now", folder / "later")
        for seed, path in enumerate(sorted((folder / "later" / "source_texts").iterdir())):
            path.write_text(corpus.revised(path.read_text("utf-8"), seed), encoding="utf-8")
        return ground

    @property
    def edited(self) -> str:
        """The article that is edited."""
        return corpus.name(self.number // 2)

    def texts(self, folder: Path) -> Path:
        """A copy of the articles, made as `folder`."""
        return shutil.copytree(self.folder / "now" / "source_texts", folder)

    def revise(self, texts: Path) -> None:
        """The next revision of the articles in `texts`; a file that it leaves as it was is not touched."""
        for path in (self.folder / "later" / "source_texts").iterdir():
            if path.read_bytes() != (texts / path.name).read_bytes():
                shutil.copy(path, texts)

    def catalogs(self) -> tuple[Path, Path]:
        """One catalog of all articles, translated, and one of their next revision, not translated."""
        old, new = self.folder / "now.po", self.folder / "later.po"
        if not new.exists():
            prepare("together", self.folder / "now", old)
            prepare("answer", old)
            prepare("together", self.folder / "later", new)
        return old, new


def prepare(what: str, *paths: Path) -> None:
    """Work of `bench.work`, not measured, in a process of its own."""
    subprocess.run([sys.executable, "-m", "bench.work", what, *paths], check=True, cwd=ROOT)


def edit(path: Path) -> None:
    """A word more in a file."""
    text = path.read_text("utf-8")
    path.write_text(text.replace(". ", ". Edited, ", 1), encoding="utf-8")
