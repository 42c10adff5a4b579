"""The search of each language: its page, and the index that the reader's browser looks into.

What is searched is an article's own text in the language of the page: no marks, no originals on demand,
and no passage that stands there in the other language; that one is found in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from operator import itemgetter

from pipeline.render import Rendered, Text
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet, address
from pipeline.site.templates import Templates
from pipeline.store import digest

Index = Callable[[Iterable[tuple[str, str]], Sequence[str]], Iterator[tuple[str, bytes]]]
"""Documents, and selectors of what is not searched in them → the files of their index."""
Bodies = Mapping[str, Callable[[], Rendered]]
INDEX = "index-"
"""How the folders of the indexes are called, before their number."""
MANY = 1000
"""Articles in one index.  More are shared out, so that one edit makes no more than this anew."""
FOOTNOTE = re.compile(r'<sup class="footnote-reference".*?</sup>|<span class="footnote-number">.*?</span>')
DOCUMENT = """<!doctype html>
<html lang="{lang}"><title>{title}</title><body data-pagefind-body>
<div data-pagefind-ignore>{meta}</div>
{description}
{body}
</body></html>
"""


def sheets(
    library: Library, bodies: Bodies, templates: Templates, site: About, index: Index
) -> Iterator[Sheet]:
    """The page to search from, in each language, and the indexes; `bodies` has each article in both languages."""
    for lang in library.languages:
        parts = _parts(library, lang)
        page = partial(_page, lang, len(parts), library, templates, site)
        yield Sheet(("search", lang, len(parts)), page, (f"{path(lang)}index.html",))
        for number, names in enumerate(parts):
            found = (
                part for name in names for part in (library.path(lang, name), library.faces[name].found[lang])
            )
            make = partial(_index, lang, number, names, library, bodies, templates, index)
            yield Sheet(("index", lang, number, digest(*found)), make, ())


def path(lang: str) -> str:
    """Where the page of a language stands."""
    return f"{lang}/search/"


def _page(lang: str, parts: int, library: Library, templates: Templates, site: About) -> Iterator[File]:
    page = Page(
        lang,
        path(lang),
        "",
        twin=path(library.other(lang)),
        alternates={each: path(each) for each in library.languages},
        canonical=path(lang),
    )
    values = {"site": site, "page": page, "parts": parts, "index": INDEX}
    yield page.file, templates.page("search.html", lang, values)


def _parts(library: Library, lang: str) -> list[list[str]]:
    """The articles that have something to find in `lang`; which part one is in depends on its name."""
    names = [name for name, face in sorted(library.faces.items(), key=itemgetter(0)) if lang in face.found]
    count = -(-len(names) // MANY)
    parts: list[list[str]] = [[] for _ in range(count)]
    for name in names:
        parts[int.from_bytes(digest(name)[:4]) % count].append(name)
    return [part for part in parts if part]


def _index(  # noqa: PLR0913, PLR0917 - what an index is made of
    lang: str,
    number: int,
    names: Sequence[str],
    library: Library,
    bodies: Bodies,
    templates: Templates,
    index: Index,
) -> Iterator[File]:
    documents = (
        (address(library.path(lang, name)), _document(bodies[name](), lang, library, templates))
        for name in names
    )
    for name, data in index(documents, [f'[lang="{library.other(lang)}"]']):
        yield f"{path(lang)}{INDEX}{number}/{name}", data


def _document(rendered: Rendered, lang: str, library: Library, templates: Templates) -> str:
    """What is found of an article; with it goes what a hit says of it."""
    card, version = rendered.card, rendered.versions[lang]
    head = version.head
    shown = {
        "title": head.title.text,
        "lang": head.title.lang,
        "badge": templates.say("badge", lang, library.report(lang, card), card.lang),
    }
    return DOCUMENT.format(
        lang=lang,
        title=escape(head.title.text),
        meta="".join(f'<p data-pagefind-meta="{name}">{escape(text)}</p>' for name, text in shown.items()),
        description=_paragraph(head.description, lang),
        body=FOOTNOTE.sub("", "".join(part for part in version.body if isinstance(part, str))),
    )


def _paragraph(text: Text, lang: str) -> str:
    return f"<p>{escape(text.text)}</p>" if text.lang == lang else ""
