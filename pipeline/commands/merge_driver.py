"""merge three versions of a catalog, for git"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("base", type=Path, help="the common ancestor (%%O)")
    parser.add_argument("ours", type=Path, help="our version, which receives the result (%%A)")
    parser.add_argument("theirs", type=Path, help="their version (%%B)")


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import exchange

    return int(exchange.merge_files(options.base, options.ours, options.theirs) > 0)
