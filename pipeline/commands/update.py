"""bring the catalogs in line with the articles"""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace

from pipeline.commands.spoken import load, say_changed


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    del parser


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import project, update

    # Nearly all that is made here lasts to the end: the collector would look through it again and again.
    gc.disable()
    try:
        say_changed(options, project.write(update.update(load(options))).changed)
    finally:
        gc.enable()
    return 0
