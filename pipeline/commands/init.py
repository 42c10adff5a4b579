"""make a new project that builds"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.spoken import say


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("target", metavar="DIR", type=Path, help="the new project's folder")


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import scaffold

    folder = options.folder / options.target
    for path in scaffold.init(folder):
        say(f"wrote {path}")
    say(f"next: tvilling -C {folder} build")
    return 0
