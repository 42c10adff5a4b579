"""take translations that were made elsewhere"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.spoken import load, say

SHOWN = 10
"""So many entries of a kind are named; the others are counted."""


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a .po, XLIFF (.xlf) or TMX (.tmx) file, or the translated copy of an article (.md, .txt)",
    )
    parser.add_argument(
        "--article", default="", help="which article a translated copy is of (default: the same file name)"
    )
    parser.add_argument(
        "--reviewed",
        action="store_true",
        help="a person has reviewed these: no draft, and they replace what is there",
    )


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import report
    from pipeline.stages import exchange, project, update

    current = update.update(load(options))
    for path in options.files:
        current, taken = exchange.take(current, path, article=options.article, reviewed=options.reviewed)
        say(f"{path}: {taken.taken} taken, {taken.kept} kept as reviewed here, {len(taken.unknown)} unknown")
        for entry in taken.unknown[:SHOWN]:
            say(f"    {entry.place}: no such entry here: {entry.source[:70]}")
        if len(taken.unknown) > SHOWN:
            say(f"    and {len(taken.unknown) - SHOWN} more")
        for finding in taken.findings:
            say(report.block(finding))
    project.write(current)
    return 0
