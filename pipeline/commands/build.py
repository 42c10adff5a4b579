"""update, translate, check, and render all pages"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.commands.spoken import Progress, config_of, say, say_drafted

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.stages.record import Made
    from pipeline.store import Store


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    del parser


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import make

    config = config_of(options)
    with make.store(config) as store:
        again(config, store, say)
    return 0


def again(config: Config, store: Store, tell: Callable[[str], None]) -> None:
    """Build with what `store` knows of earlier builds; `tell` gets a line for each thing of note."""
    from pipeline.stages import make

    start = time.monotonic()
    made = make.make(config, store, progress=Progress("translating"))
    for path in made.catalogs:
        tell(f"changed {config.shown(path)}")
    say_drafted(made.drafted)
    built = made.published
    _say_faults(made, tell)
    seconds = time.monotonic() - start
    tell(
        f"{built.pages} pages in {config.shown(config.folders.output)}/: {built.changed} files written, "
        f"{built.removed} removed, {seconds:.1f} s"
    )


def _say_faults(made: Made, tell: Callable[[str], None]) -> None:
    from pipeline import report

    if made.published.findings:
        tell(report.text(made.published.findings).rstrip())
    if made.rejected:
        tell(f"{made.rejected} translations rejected: readers see the original there; see: tvilling check")
    if made.faults:
        tell(f"{made.faults} errors of whole catalogs; see: tvilling check")
    if made.warnings:
        tell(f"{made.warnings} warnings; see: tvilling check")
