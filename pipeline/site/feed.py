"""What machines read: a feed per language, and a sitemap with the versions of each page.

Both need absolute addresses, so a site without `url` has neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from pipeline.render import Card
from pipeline.site.article import page_of
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.templates import Templates

SITEMAP = "sitemap.xml"
EPOCH = date(1970, 1, 1)
"""When a feed without entries was last changed: it must say something, and never two things."""


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """A feed per language, and the sitemap."""
    for lang in library.languages:
        make = partial(_feed, lang, library, templates, site)
        yield Sheet(("feed", lang, library.said), make, (f"{lang}/feed.xml",))
    yield Sheet(("sitemap", library.said), partial(_sitemap, library, templates, site), (SITEMAP,))


def _feed(lang: str, library: Library, templates: Templates, site: About) -> Iterator[File]:
    """The newest dated articles of a language, as Atom."""
    cards = [library.cards[name] for name in library.plan.newest[lang]]
    entries = [(library.path(lang, card.name), card.heads[lang], card.dated) for card in cards]
    page = Page(lang, f"{lang}/feed.xml", "")
    updated = entries[0][2] if entries else EPOCH
    values = {"site": site, "page": page, "entries": entries, "updated": updated}
    yield page.path, templates.page("feed.xml", lang, values)


def _sitemap(library: Library, templates: Templates, site: About) -> Iterator[File]:
    """All real versions; one that shows the other language's text is not listed."""
    pages = [page for card in library.cards.values() for page in _listed(card, library)]
    yield SITEMAP, templates.page("sitemap.xml", library.languages[0], {"site": site, "pages": pages})


def _listed(card: Card, library: Library) -> Iterator[Page]:
    for lang in library.languages:
        if card.heads[lang].is_real:
            yield page_of(card, lang, library)
