"""build, watch, and show the site in the browser"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pipeline.commands.build import tell
from pipeline.commands.spoken import Progress, config_of, port, say

if TYPE_CHECKING:
    from pipeline.site.proof import Ahead


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    port(parser, 8000)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import config as configuration
    from pipeline import serve
    from pipeline.stages import again

    config = config_of(options)
    folders = config.folders
    with again.store(config) as store:

        def build(ahead: Ahead | None) -> str:
            start, now = time.monotonic(), config_of(options)
            made = again.build(now, store, progress=Progress("translating"), ahead=ahead)
            tell(now, made, start)
            return made.published.key

        serve.serve(
            build,
            folders.output,
            [folders.sources, folders.locale, folders.templates, config.root / configuration.NAME],
            port=options.port,
            say=say,
            base=config.site.base,
        )
    return 0
