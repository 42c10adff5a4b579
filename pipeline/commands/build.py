"""update, translate, check, and render all pages"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pipeline.commands.spoken import Progress, config_of, say, say_drafted

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.stages.whole import Made


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    del parser


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import again

    start = time.monotonic()
    config = config_of(options)
    with again.store(config) as store:
        tell(config, again.build(config, store, progress=Progress("translating")), start)
    return 0


def tell(config: Config, made: Made, start: float) -> None:
    """Say what of note came of a build that began at `start`."""
    from pipeline import pagefind

    for path in made.catalogs:
        say(f"changed {config.shown(path)}")
    say_drafted(made.drafted)
    if config.site.search and pagefind.program() is None:
        say("no search on the pages: pagefind-bin is not installed (Linux, macOS and Windows have it)")
    built = made.published
    _say_faults(made)
    seconds = time.monotonic() - start
    say(
        f"{built.pages} pages in {config.shown(config.folders.output)}/: {built.changed} files written, "
        f"{built.removed} removed, {seconds:.1f} s"
    )


def _say_faults(made: Made) -> None:
    if made.published.findings:
        from pipeline import report

        say(report.text(made.published.findings).rstrip())
    if made.rejected:
        say(f"{made.rejected} translations rejected: readers see the original there; see: tvilling check")
    if made.faults:
        say(f"{made.faults} errors of whole catalogs; see: tvilling check")
    if made.warnings:
        say(f"{made.warnings} warnings; see: tvilling check")
