"""Pages for readers whose language is not known: the way in, and the 404 of the whole site.

Each half is said in its own language, and nobody is sent anywhere by force.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.subjects import Topic
from pipeline.site.templates import Templates

LOST = "404.html"
TOPICS = 6


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """`index.html`, and a `404.html` in both languages beside one in each."""
    files = ("index.html", LOST, *(f"{lang}/{LOST}" for lang in library.languages))
    yield Sheet(("both", library.said), lambda: _pages(library, templates, site), files)


def _pages(library: Library, templates: Templates, site: About) -> Iterator[File]:
    first = library.languages[0]
    root = Page(first, "", "", alternates={lang: f"{lang}/" for lang in library.languages})
    yield _both(root, "root_half.html", library, templates, site)
    # Served from any depth, so its addresses cannot be relative.
    yield _both(Page(first, LOST, "", base=site.base), "not_found_half.html", library, templates, site)
    for lang in library.languages:
        page = Page(lang, f"{lang}/{LOST}", "", twin=f"{library.other(lang)}/", base=site.base)
        yield page.file, templates.page("not_found.html", lang, {"site": site, "page": page, "lang": lang})


def _largest(library: Library, lang: str) -> list[Topic]:
    """The topics with most articles, in the order of the alphabet."""
    topics = [topic for topic in library.plan.topics[lang].values() if topic.is_real]
    chosen = sorted(topics, key=lambda topic: -len(topic.names))[:TOPICS]
    return [topic for topic in topics if topic in chosen]


def _both(page: Page, half: str, library: Library, templates: Templates, site: About) -> tuple[str, str]:
    values = {"site": site, "page": page, "number": len(library.cards)}
    halves = [
        (lang, templates.page(half, lang, values | {"lang": lang, "topics": _largest(library, lang)}))
        for lang in library.languages
    ]
    return page.file, templates.page("both.html", page.lang, values | {"halves": halves})
