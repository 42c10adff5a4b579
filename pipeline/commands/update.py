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

    _, changed = project.write(update.update(load(options)))
    say_changed(options, changed)
    return 0
