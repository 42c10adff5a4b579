"""how far each article is, and what to do next"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from pipeline.commands.spoken import articles, load


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--json", action="store_const", dest="shape", const="json", help="for programs")
    articles(parser)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import check, project, status, update

    loaded = load(options)
    current = update.update(loaded)
    names = project.choose(current, options.articles)
    findings = check.check(current, names)
    rows = status.status(current, names, findings, check.rejected(current, findings))
    sys.stdout.write(status.as_json(rows) if options.shape == "json" else status.as_text(rows))
    if any(
        catalog.entries and loaded.catalogs.get(key) != catalog for key, catalog in current.catalogs.items()
    ):
        sys.stderr.write("the articles have changed since the catalogs were written: tvilling update\n")
    return 0
