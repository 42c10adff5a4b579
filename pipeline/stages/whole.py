"""What the last build leaves to the next one, which may find that it has nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.drafted import Drafted, Lacking
from pipeline.model import Finding
from pipeline.store import Store, digest

if TYPE_CHECKING:
    from pipeline.stages.ground import Ground

KEY = digest("last")
MANIFEST = ".tvilling-files"
"""A file in the output folder that names all others that are the site's, one a line."""
Files = tuple[tuple[str, bytes], ...]
"""Paths under the output folder, and the hashes of what the files hold."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the output folder holds now, and what had to be done for it."""

    sheets: Mapping[bytes, Files]
    """By the hashes of what decides what is in them."""
    manifest: bytes = b""
    """The hash of the list of them all."""
    changed: int = 0
    removed: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """The hash of all that is on the site."""
        return digest(*self.sheets).hex()

    @property
    def outputs(self) -> dict[str, bytes]:
        """All files of the site."""
        found = {path: it for files in self.sheets.values() for path, it in files}
        return found | {MANIFEST: self.manifest} if self.manifest else found

    @property
    def pages(self) -> int:
        """How many pages people can read."""
        return sum(path.endswith(".html") for path in self.outputs)


@dataclass(frozen=True, slots=True)
class Made:
    """What a build did, for people."""

    published: Published
    rejected: int
    faults: int
    warnings: int
    drafted: Drafted
    catalogs: tuple[Path, ...] = ()
    """Those that were written."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A finished build."""

    state: bytes = b""
    """The hash of what it was made from; empty if it left anything to be done."""
    published: Published = field(default_factory=lambda: Published({}))
    rejected: int = 0
    faults: int = 0
    warnings: int = 0
    missing: int = 0
    lacking: tuple[Lacking, ...] = ()
    engines: bytes = b""
    names: Mapping[bytes, str] = field(default_factory=dict)
    """What decides it → the name of an article."""

    @classmethod
    def of(cls, store: Store) -> Whole:
        """The last build."""
        return store.get(KEY) or cls()

    def keep(self, store: Store) -> None:
        """Leave it to the next one."""
        store.keep({KEY: self})
        store.recent[KEY] = self

    @property
    def made(self) -> Made:
        """What there is to say of it: nothing was done."""
        drafted = Drafted((), {}, self.missing, self.lacking, interrupted=False)
        return Made(self.published, self.rejected, self.faults, self.warnings, drafted)

    def stands(self, ground: Ground, content: Mapping[str, bytes]) -> bool:
        """Was it made of this very state, and are all its files still in the output folder?"""
        if self.state != ground.key(content) or (self.missing and self.engines != ground.engines):
            return False
        output = ground.config.folders.output
        outputs = self.published.outputs
        return all(ground.seen.stands(f"{output}/{path}") == it for path, it in outputs.items())
