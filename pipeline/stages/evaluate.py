"""Measure engines on two files of sentences; nothing of the project is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import engines, files, glossary
from pipeline import evaluate as evaluation
from pipeline.config import Config
from pipeline.drafted import Lacking
from pipeline.engines import Engine
from pipeline.errors import EngineError, UsageError
from pipeline.evaluate import Progress, Row
from pipeline.model import Brief

MEMORY = "memory"


def evaluate(
    config: Config,
    paths: tuple[Path, Path],
    names: Sequence[str],
    lang: str = "",
    *,
    progress: Callable[[str], Progress],
) -> tuple[tuple[Row, ...], int, tuple[str, str]]:
    """The rows of the engines, the number of sentences, and the direction.

    Without `names` the configured engines, but for the memory: that would measure the project.
    """
    source_lang = lang or config.languages[0]
    if source_lang not in config.languages:
        remedy = f"one of: {', '.join(config.languages)}"
        raise UsageError(
            f"no language of this project: {source_lang!r}", name="unknown-language", remedy=remedy
        )
    direction = (source_lang, config.other(source_lang))
    shown = (paths[0].as_posix(), paths[1].as_posix())
    source, reference = (files.read_text(path, config.root) for path in paths)
    pairs = evaluation.pairs(source, reference, shown)
    wanted = list(names) or [name for name in config.translate.engines if name != MEMORY]
    if not wanted:
        remedy = f"name one with --engine: {', '.join(engines.names())}"
        raise UsageError("which engine?", name="usage", remedy=remedy)
    terms = glossary.read(config.folders.locale / "glossary.csv", config.root)
    rows = (
        row
        for name in wanted
        for row in evaluation.measure(
            _engine(name, direction, config), pairs, Brief(*direction, terms=terms), progress(name)
        )
    )
    return tuple(rows), len(pairs), direction


def _engine(name: str, direction: tuple[str, str], config: Config) -> Engine:
    engine = engines.load(name, *direction, engines.Setup.of(config))
    if engine is None:
        raise EngineError(str(Lacking(name, *direction)), name="no-model")
    return engine
