"""draft what is missing, from memory and by machine"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.commands.spoken import Progress, articles, load, say_changed, say_drafted


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--engine", default="", help="ask only this engine: memory, argos, libretranslate, pseudo"
    )
    parser.add_argument(
        "--on", dest="address", metavar="ADDRESS", default="", help="a Dask cluster's, as tcp://host:8786"
    )
    articles(parser)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline.stages import project, translate

    loaded = load(options)
    names = project.choose(loaded, options.articles)
    drafted, report = translate.draft(
        loaded,
        names,
        engine=options.engine,
        cluster_address=options.address,
        progress=Progress("translating"),
    )
    say_changed(options, project.write(drafted).changed)
    say_drafted(report)
    return 130 if report.interrupted else 0
