"""A finished build, recognised when nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.drafted import Drafted, Lacking
from pipeline.model import Finding
from pipeline.stages.ground import Ground

Outputs = dict[str, bytes]
"""Path under the output folder → the hash of what it holds."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the output folder holds now, and what had to be done for it."""

    outputs: Outputs
    changed: int
    removed: int
    key: str = ""
    """The hash of all that is on the site."""
    findings: tuple[Finding, ...] = ()

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
    """A finished build, to be recognised when nothing has changed."""

    outputs: Outputs
    broken: tuple[Finding, ...]
    rejected: int
    faults: int
    warnings: int
    missing: int
    lacking: tuple[Lacking, ...]
    engines: bytes
    site: str
    """The hash of all that is on it."""

    @property
    def made(self) -> Made:
        """What there is to say of it: nothing was done."""
        drafted = Drafted((), {}, self.missing, self.lacking, interrupted=False)
        published = Published(self.outputs, 0, 0, self.site, self.broken)
        return Made(published, self.rejected, self.faults, self.warnings, drafted)


def known(ground: Ground, content: Mapping[str, bytes]) -> Whole | None:
    """The build of this very state, if there was one and all its files stand in the output folder."""
    found: Whole | None = ground.store.get(ground.key(content))
    if found is None or (found.missing and found.engines != ground.engines):
        return None
    output = ground.config.folders.output
    stand = all(ground.seen.stands(f"{output}/{path}") == it for path, it in found.outputs.items())
    return found if stand else None
