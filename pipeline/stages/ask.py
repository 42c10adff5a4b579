"""One block at a time: what the machines would say, for a translator who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipeline import engines, glossary, translate
from pipeline.config import Config
from pipeline.drafted import Drafted
from pipeline.engines import Engine
from pipeline.journal import Journal
from pipeline.translate import MEMORY, Job


def machines(config: Config) -> list[str]:
    """The configured engines beside the memory, whose matches the editor shows anyway."""
    return [name for name in config.translate.engines if name != MEMORY]


def drafter(config: Config) -> Callable[[Job], Drafted]:
    """Drafts jobs by the configured engines; each is loaded once, when it is first asked."""
    setup = engines.Setup.of(config)
    names = machines(config)

    @cache
    def load(name: str, source_lang: str, target_lang: str) -> Engine | None:
        return engines.load(name, source_lang, target_lang, setup)

    def draft(job: Job) -> Drafted:
        terms = glossary.read(config.folders.locale / "glossary.csv", config.root)
        with Journal.open(config.folders.cache / "drafts.sqlite") as journal:
            return translate.draft([job], names, load, terms=terms, journal=journal)

    return draft
