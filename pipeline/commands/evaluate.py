"""measure an engine on sentences that people have translated"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.spoken import Progress, config_of


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("source", metavar="SRC", type=Path, help="a text with one sentence on each line")
    parser.add_argument("reference", metavar="REF", type=Path, help="the translations, line by line")
    parser.add_argument(
        "--engine", action="append", dest="engines", metavar="NAME", default=[],
        help="may be repeated (default: those in tvilling.toml)",
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="lang", metavar="LANG", default="", help="the language of SRC (default: the first)"
    )
    parser.add_argument("--json", action="store_const", dest="shape", const="json", help="for programs")


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.evaluate import shown
    from pipeline.stages import evaluate

    config = config_of(options)
    paths = (options.source, options.reference)
    rows, count, direction = evaluate.evaluate(
        config, paths, options.engines, options.lang, progress=Progress
    )
    shape = shown.as_json if options.shape == "json" else shown.as_text
    sys.stdout.write(shape(rows, count, direction))
    return 0
