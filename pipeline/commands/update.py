"""bring the catalogs in line with the articles"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.commands.spoken import load, say_changed


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    del parser


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import project, update
    from pipeline.store import without_collection

    with without_collection():
        say_changed(options, project.write(update.update(load(options))).changed)
    return 0
