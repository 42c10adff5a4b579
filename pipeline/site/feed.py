"""What machines read: a feed per language, and a sitemap with the versions of each page.

Both need absolute addresses, so a site without `url` has neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.render import Card
from pipeline.site.article import page_of
from pipeline.site.library import Library
from pipeline.site.page import About, Page
from pipeline.site.templates import Templates

NEWEST = 20
EPOCH = date(1970, 1, 1)
"""When a feed without entries was last changed: it must say something, and never two things."""


def feeds(library: Library, templates: Templates, site: About) -> Iterator[tuple[str, str]]:
    """The newest dated articles of each language, as Atom."""
    for lang in library.languages:
        dated = [
            (card.dated, card) for card in library.cards.values() if card.dated and card.heads[lang].is_real
        ]
        newest = sorted(dated, key=lambda pair: (pair[0], pair[1].name), reverse=True)[:NEWEST]
        page = Page(lang, f"{lang}/feed.xml", "")
        entries = [(library.path(lang, card.name), card.heads[lang], day) for day, card in newest]
        values = {
            "site": site,
            "page": page,
            "entries": entries,
            "updated": newest[0][0] if newest else EPOCH,
        }
        yield page.path, templates.page("feed.xml", lang, values)


def sitemap(library: Library, templates: Templates, site: About) -> Iterator[tuple[str, str]]:
    """All real versions; one that shows the other language's text is not listed."""
    first = library.languages[0]
    pages = [page for card in library.cards.values() for page in _listed(card, library)]
    values = {"site": site, "pages": pages}
    yield "sitemap.xml", templates.page("sitemap.xml", first, values)


def _listed(card: Card, library: Library) -> Iterator[Page]:
    for lang in library.languages:
        if card.heads[lang].is_real:
            yield page_of(card, lang, library)
