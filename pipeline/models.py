"""Translation models: which there are, which is used, and how to get one.

Installed Argos packages come first, the bundled ones otherwise.  Nothing is downloaded unless asked,
and only direct packages are used: text through a third language loses what matters here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.engines import Setup
from pipeline.engines.argos import archive, packages
from pipeline.engines.argos.index import Offer, fetch, offers
from pipeline.engines.argos.packages import BUNDLED, INSTALLED, Package
from pipeline.errors import EngineError
from pipeline.model import Place

__all__ = ["Model", "Offer", "install", "install_file", "listed", "offers", "remove", "show"]

Progress = Callable[[int, int], None]
LICENCES = ("LICENSE", "LICENCE", "LICENSE.txt", "LICENSE.md", "COPYING")


@dataclass(frozen=True, slots=True)
class Model:
    """A package, or what stands in the place of one."""

    name: str
    source_lang: str
    target_lang: str
    version: str
    licence: str
    origin: str
    """`installed` or `bundled`."""
    path: Path
    in_use: bool = False
    problem: str = ""
    """Why it cannot be used."""

    def __str__(self) -> str:
        if self.problem:
            return f"{self.name}  unusable: {self.problem}"
        use = "in use" if self.in_use else "not in use"
        pair = f"{self.source_lang} → {self.target_lang}"
        return f"{self.name}  {pair}  version {self.version}  {self.origin}, {use}  licence: {self.licence}"


def listed(setup: Setup) -> tuple[Model, ...]:
    """All packages, the installed ones first; broken ones with their problem."""
    found = list(packages.candidates(setup))
    used = set[Path]()
    for direction in dict.fromkeys(item.direction for item in found if isinstance(item, Package)):
        fitting = (item for item in found if isinstance(item, Package) and item.direction == direction)
        used.add(max(fitting, key=packages.rank).file)
    return tuple(
        _model(item, in_use=item.file in used) if isinstance(item, Package) else _broken(item, setup)
        for item in found
    )


def show(name: str, setup: Setup) -> Model:
    """The package of that name, or the one that is used for that direction (`en-sv`)."""
    known = listed(setup)
    for model in known:
        if model.name == name:
            return model
    pair = name.replace("_", "-")
    for model in known:
        if model.in_use and f"{model.source_lang}-{model.target_lang}" == pair:
            return model
    raise EngineError(
        f"there is no model {name!r}",
        name="unknown-model",
        remedy="one of: " + (", ".join(model.name for model in known) or "none is installed"),
    )


def install_file(file: Path, setup: Setup) -> Model:
    """Install the package in `file` where Argos Translate's own tools find it too.

    One for other languages than the project's is refused.
    """
    target = packages.folder(setup) / archive.folder_name(file)
    with archive.unpacked(file, target) as stage:
        found = packages.opened(stage, INSTALLED, file, setup.cache)
        if setup.languages and not set(found.direction) <= set(setup.languages):
            raise _for_others(file, found.direction, setup.languages)
    return show(target.name, setup)


def install(
    source_lang: str,
    target_lang: str,
    setup: Setup,
    *,
    index: str = "",
    progress: Progress = lambda _done, _all: None,
) -> Model:
    """Download the newest package for one direction from the index, and install it."""
    pair = (source_lang, target_lang)
    fitting = [offer for offer in offers(index) if (offer.source_lang, offer.target_lang) == pair]
    if not fitting:
        raise EngineError(
            f"the index has no package for {source_lang} → {target_lang}",
            name="no-such-package",
            remedy="see what there is: tvilling models available",
        )
    newest = max(fitting, key=lambda offer: packages.numbers(offer.version))
    file = fetch(newest, setup.cache / "downloads", progress)
    try:
        return install_file(file, replace(setup, languages=pair))
    finally:
        file.unlink(missing_ok=True)


def remove(name: str, setup: Setup) -> Model:
    """Remove an installed package; the bundled ones belong to the project."""
    model = show(name, setup)
    if model.origin == BUNDLED:
        raise EngineError(
            f"{model.name} belongs to the project",
            place=Place(str(model.path)),
            name="bundled-model",
            remedy="install a better one: installed packages come first",
        )
    archive.remove(model.path)
    return model


def _model(package: Package, *, in_use: bool) -> Model:
    return Model(
        package.name,
        *package.direction,
        package.version,
        _licence(package.path),
        package.origin,
        package.file,
        in_use,
    )


def _broken(error: EngineError, setup: Setup) -> Model:
    path = Path(error.place.path)
    origin = BUNDLED if path.is_relative_to(setup.models) else INSTALLED
    name = path.name.removesuffix(packages.SUFFIX)
    return Model(name, "", "", "", "", origin, path, problem=f"{error.message} [{error.name}]")


def _licence(folder: Path) -> str:
    """What the package says of its licence."""
    return next(_licences(folder), "not stated")


def _licences(folder: Path) -> Iterator[str]:
    data = json.loads((folder / archive.METADATA).read_text("utf-8"))
    yield from (str(data[key]) for key in ("licence", "license") if data.get(key))
    for name in LICENCES:
        if (folder / name).is_file():
            lines = (folder / name).read_text("utf-8", "replace").split("\n")
            yield from (line.strip(" #") for line in lines if line.strip(" #"))


def _for_others(file: Path, direction: tuple[str, str], languages: tuple[str, ...]) -> EngineError:
    return EngineError(
        f"this package translates {direction[0]} → {direction[1]}, and that is not asked for here",
        place=Place(str(file)),
        name="other-languages",
        remedy=f"choose a package between {' and '.join(languages)}",
    )
