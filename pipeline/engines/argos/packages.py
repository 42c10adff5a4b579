"""Argos packages on disk: the installed ones, and the bundled ones unpacked into the cache.

`argostranslate.package` reads them; unpacking is done here, for argostranslate's own imports torch
and lets a hostile archive write anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from typing import Any

from pipeline.engines import Setup
from pipeline.engines.argos import archive, library
from pipeline.errors import EngineError
from pipeline.model import Phrase, Place

SUFFIX = ".argosmodel"
INSTALLED, BUNDLED = "installed", "bundled"


@dataclass(frozen=True)
class Package:
    """An unpacked package that translates."""

    path: Path
    argos: Any
    """argostranslate's own object."""
    origin: str
    """`installed` or `bundled`."""
    file: Path
    """What a user would name: the folder of an installed one, the archive of a bundled one."""

    @property
    def name(self) -> str:
        """The folder's or the archive's name."""
        return self.file.name.removesuffix(SUFFIX)

    @property
    def direction(self) -> tuple[str, str]:
        """From which language into which."""
        return (self.argos.from_code, self.argos.to_code)

    @property
    def version(self) -> str:
        """As its metadata have it, `0` if they have none."""
        return "".join(str(self.argos.package_version or "0").split())

    @property
    def short(self) -> str:
        """`en_sv-1.9`."""
        return f"{'_'.join(self.direction)}-{self.version}"

    @property
    def prefix(self) -> str:
        """The piece that a model of many languages wants first."""
        return str(self.argos.target_prefix or "")

    @cached_property
    def hash(self) -> str:
        """Eight hex digits of all that decides what it answers."""
        digest = blake2s(digest_size=4)
        for path in sorted(self.path.glob("*.model")) + sorted((self.path / "model").rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self.path).as_posix().encode())
                with path.open("rb") as file:
                    while block := file.read(1 << 20):
                        digest.update(block)
        return digest.hexdigest()


def folder(setup: Setup) -> Path:
    """Where packages are installed: the folder that Argos Translate's own tools use."""
    if setup.packages:
        return setup.packages
    if named := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(named)
    settings = library.package(setup.cache).settings
    return Path(settings.package_data_dir)


def opened(path: Path, origin: str, file: Path, cache: Path) -> Package:
    """The package unpacked in `path`; what is no usable package is an error."""
    place = Place(str(file))
    remedy = Phrase("install the package anew, or remove it: tvilling models remove NAME")
    try:
        found = library.package(cache).Package(path)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise EngineError(
            Phrase("not an Argos package: its metadata.json cannot be read"),
            place=place,
            name="broken-package",
            evidence=str(error),
            remedy=remedy,
        ) from error
    if found.type != "translate" or not (found.from_code and found.to_code):
        raise EngineError(
            Phrase("this Argos package does not translate one language into another"),
            place=place,
            name="other-package",
            remedy=Phrase("choose a package whose name begins with translate-"),
        )
    missing = [name for name in ("model/model.bin",) if not (path / name).is_file()]
    if not hasattr(found, "tokenizer"):
        missing.append("sentencepiece.model")
    if missing:
        raise EngineError(
            _lacks(missing),
            place=place,
            name="broken-package",
            remedy=remedy,
        )
    return Package(path, found, origin, file)


def _lacks(missing: list[str]) -> Phrase:
    if len(missing) > 1:
        return Phrase("the package has no {first} and no {second}", first=missing[0], second=missing[1])
    return Phrase("the package has no {file}", file=missing[0])


def unpacked(file: Path, setup: Setup) -> Path:
    """The folder in the cache that holds the bundled package `file`; unpacked there once.

    Unpacked again if its metadata are gone: a cache may be swept.
    """
    target = setup.cache / "models" / archive.digest(file)
    if not (target / archive.METADATA).is_file():
        with archive.unpacked(file, target):
            pass
    return target


def candidates(setup: Setup) -> Iterator[Package | EngineError]:
    """All packages, installed ones first; an error for each that cannot be used."""
    home = folder(setup)
    places = [(path, INSTALLED) for path in _listed(home) if path.is_dir() and not path.name.startswith(".")]
    places += [(path, BUNDLED) for path in _listed(setup.models) if path.name.endswith(SUFFIX)]
    for path, origin in places:
        try:
            inside = path if origin == INSTALLED else unpacked(path, setup)
            yield opened(inside, origin, path, setup.cache)
        except EngineError as error:
            yield error


def _listed(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError:
        return []


def best(source_lang: str, target_lang: str, setup: Setup) -> Package | None:
    """The package to use: installed before bundled, then the highest version, then by name.

    A broken bundled package stops the run, unless another serves: a build must not go on without it
    in silence.
    """
    broken = []
    found = []
    for item in candidates(setup):
        if isinstance(item, EngineError):
            broken.append(item)
        elif item.direction == (source_lang, target_lang):
            found.append(item)
    if found:
        return max(found, key=rank)
    name = f"{source_lang}_{target_lang}"
    for error in broken:
        if name in Path(error.place.path).name:
            raise error
    return None


def rank(package: Package) -> tuple[bool, tuple[int, ...], str]:
    """Greater is better."""
    return (package.origin == INSTALLED, numbers(package.version), package.name)


def numbers(version: str) -> tuple[int, ...]:
    """`1.10` comes after `1.9`."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
