"""Machine translation, one file or folder per engine, behind one narrow seam.

An engine is loaded for one pair of languages.  Loading is cheap: what is heavy (a model, its
library) is loaded by the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from pipeline.config import NAME, Config
from pipeline.errors import ConfigError
from pipeline.model import Phrase, Place

Piece = tuple[int, int, int, int]
"""Start and end in the answer, start and end in the question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One translation; `pieces` say which stretch of it comes from which stretch of the question."""

    text: str
    pieces: tuple[Piece, ...] = ()


class Engine(Protocol):
    """Translates one pair of languages, fixed when it was loaded."""

    @property
    def name(self) -> str:
        """As in `engines = [...]` and in the `# mt:` line."""

    @property
    def model(self) -> str:
        """Name, version and short hash of what translates, without spaces: other answers, other name."""

    @property
    def masks(self) -> Sequence[str]:
        """Tokens that it was trained to copy; none: it copies names like X1 as well as it may."""

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """Hypotheses for each sentence, in order, the best first; none for «I do not know»."""

    def align(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """As `translate`, and slower: the answers have pieces, if the engine can tell them."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What engines need to know of the project and of the machine."""

    models: Path
    """The folder of the bundled packages."""
    cache: Path
    beam: int = 4
    threads: int = 0
    """0: all cores."""
    servers: tuple[str, ...] = ()
    packages: Path | None = None
    """Where Argos packages are installed; None: where argostranslate has them."""
    languages: tuple[str, ...] = ()
    """The project's; none: any will do."""

    @classmethod
    def of(cls, config: Config) -> Setup:
        """The values of a project's configuration."""
        folders, settings = config.folders, config.translate
        return cls(folders.models, folders.cache, settings.beam, settings.threads, settings.libretranslate)


def names() -> tuple[str, ...]:
    """The engines there are, from the folder."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def load(name: str, source_lang: str, target_lang: str, setup: Setup) -> Engine | None:
    """The engine `name` for one direction; None if it has no model for it."""
    if name not in names():
        raise ConfigError(
            Phrase("translate.engines: there is no engine {name!r}", name=name),
            place=Place(NAME),
            name="unknown-engine",
            remedy=Phrase("choose from: {names}", names=", ".join(("memory", *names()))),
        )
    loader: Callable[[str, str, Setup], Engine | None] = import_module(f"{__name__}.{name}").load
    return loader(source_lang, target_lang, setup)
