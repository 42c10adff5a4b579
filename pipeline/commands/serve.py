"""build, watch, and show the site in the browser"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.commands.build import again
from pipeline.commands.spoken import config_of, port, say


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    port(parser, 8000)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import config as configuration
    from pipeline import serve
    from pipeline.stages import make

    config = config_of(options)
    folders = config.folders
    with make.store(config) as store:
        serve.serve(
            lambda: again(config_of(options), store, say),
            folders.output,
            [folders.sources, folders.locale, folders.templates, config.root / configuration.NAME],
            port=options.port,
            say=say,
            base=config.site.base,
        )
    return 0
