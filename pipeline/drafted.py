"""What a run of drafting did, for people and for the next run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Catalog, Phrase


@dataclass(frozen=True, slots=True)
class Lacking:
    """An engine without a model for one direction."""

    engine: str
    source_lang: str
    target_lang: str

    def __str__(self) -> str:
        return str(self.message)

    @property
    def message(self) -> Phrase:
        """What is missing, and how to get it."""
        source, target = self.source_lang, self.target_lang
        if self.engine == "argos":
            return Phrase(
                "no Argos model for {source} → {target}: get one with `tvilling models install {source}-{target}`, "
                "or from a file with `tvilling models install --from FILE`",
                source=source,
                target=target,
            )
        return Phrase(
            "the engine {engine} does not translate {source} → {target}: see [translate] in tvilling.toml",
            engine=self.engine,
            source=source,
            target=target,
        )


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run of drafting did."""

    catalogs: tuple[Catalog, ...]
    """In the order of the jobs."""
    drafted: Mapping[str, int]
    """Engine → entries."""
    missing: int
    lacking: tuple[Lacking, ...]
    interrupted: bool
