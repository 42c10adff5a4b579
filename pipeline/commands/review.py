"""review translations in the browser"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pipeline.commands.spoken import config_of, port, say

if TYPE_CHECKING:
    from pipeline.model import Finding


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    port(parser, 8477)
    parser.add_argument("--no-browser", action="store_false", dest="browser", help="do not open a browser")


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import glossary, review
    from pipeline.review.disk import Loaded
    from pipeline.review.guard import Secrets
    from pipeline.stages import ask, check, project, update
    from pipeline.words import bundled

    config = config_of(options)
    folders = config.folders

    def load() -> Loaded:
        current = project.load(config)
        terms = glossary.read(folders.locale / "glossary.csv", config.root)
        sources = {key: project.source_lang(current, key) for key in current.catalogs}
        return Loaded(current.articles, current.catalogs, terms, sources)

    def elsewhere(loaded: Loaded) -> tuple[Finding, ...]:
        return check.elsewhere(project.Project(config, loaded.articles, loaded.catalogs))

    def refresh() -> None:
        project.write(update.update(project.load(config)))

    refresh()
    secrets = Secrets()
    templates = [folders.templates, bundled()]
    draft = ask.drafter(config) if ask.machines(config) else None
    application = review.app(
        config, load, templates, secrets=secrets, update=refresh, draft=draft, elsewhere=elsewhere
    )
    review.run(application, secrets, port=options.port, open_browser=options.browser, say=say)
    return 0
