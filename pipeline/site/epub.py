"""An article as an e-book (EPUB 3): in either language, and in both, block below block.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from mimetypes import guess_type
from pathlib import PurePosixPath
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from pipeline.render import Rendered
from pipeline.site.fill import MEDIA, fill
from pipeline.site.library import Library
from pipeline.site.page import About, Page
from pipeline.site.parallel import Row, rows
from pipeline.site.status import Report
from pipeline.site.templates import Templates
from pipeline.site.xhtml import Attributes, xhtml

HERE = "tvilling:"
"""How addresses on the site begin until it is known where they lead."""
TIME = (1980, 1, 1, 0, 0, 0)
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
EPOCH = "1980-01-01T00:00:00Z"
"""When a book was last changed: it must say something, and never two things."""
Read = Callable[[str], bytes | None]
"""The content of a file beside the articles."""


@dataclass
class Book:
    """One book while it is written."""

    site: About
    read: Read
    images: dict[str, bytes] = field(default_factory=dict)

    def text(self, html: str) -> str:
        """`html` as XML whose addresses hold outside the site."""
        return xhtml(html, self._change)

    def _change(self, name: str, attributes: Attributes) -> Attributes | None:
        if name == "img":
            return self._image(attributes)
        address = attributes.get("href", "")
        if address.startswith(HERE):
            if not self.site.url:
                return {key: value for key, value in attributes.items() if key != "href"}
            return attributes | {"href": self.site.url + self.site.base + address.removeprefix(HERE)}
        return attributes

    def _image(self, attributes: Attributes) -> Attributes | None:
        path = unquote(attributes.get("src", "").removeprefix(HERE)).removeprefix(MEDIA)
        data = self.read(path)
        if data is None:
            return None
        name = f"{MEDIA}{len(self.images):03}{PurePosixPath(path).suffix}"
        self.images[name] = data
        return {"alt": "", **attributes, "src": name}


def books(
    rendered: Rendered, library: Library, templates: Templates, site: About, read: Read
) -> Iterator[tuple[str, bytes]]:
    """Three books: each version, and both."""
    card = rendered.card
    bodies = {
        lang: fill(
            rendered.versions[lang].body, _page(rendered, lang), library, templates.say, mark="short_mark"
        )
        for lang in library.languages
    }
    first, second = card.lang, library.other(card.lang)
    for lang in library.languages:
        row = Row((bodies[lang], ""), rendered.card.heads[lang].title.status)
        yield library.book(lang, card.name), _book(rendered, (lang,), (row,), templates, Book(site, read))
    pairs = rows(bodies[first], bodies[second])
    yield library.book("", card.name), _book(rendered, (first, second), pairs, templates, Book(site, read))


def _page(rendered: Rendered, lang: str) -> Page:
    return Page(lang, "", rendered.card.heads[lang].title.text, base=HERE)


def _book(
    rendered: Rendered, langs: tuple[str, ...], pairs: tuple[Row, ...], templates: Templates, book: Book
) -> bytes:
    card, lang = rendered.card, langs[0]
    heads = [card.heads[each] for each in langs]
    texts = [[(each, book.text(cell)) for each, cell in zip(langs, row.cells, strict=False)] for row in pairs]
    values = {
        "site": book.site,
        "page": replace(_page(rendered, lang), base=""),
        "langs": langs,
        "heads": heads,
        "rows": texts,
        "report": Report.of(card.heads[langs[-1]], card.lang),
        "card": card,
        "toc": rendered.versions[lang].toc,
        "identity": uuid5(NAMESPACE_URL, f"{book.site.url}{book.site.base}{card.name}/{'+'.join(langs)}"),
        "changed": f"{card.dated.isoformat()}T00:00:00Z" if card.dated else EPOCH,
        "images": [(name, guess_type(name)[0]) for name in book.images],
    }
    names = (
        ("package.opf", "book/package.xml"),
        ("nav.xhtml", "book/nav.xml"),
        ("text.xhtml", "book/text.xml"),
    )
    files = {name: templates.page(template, lang, values).encode() for name, template in names}
    return packed({"META-INF/container.xml": CONTAINER.encode(), **files, **book.images})


def packed(files: Mapping[str, bytes]) -> bytes:
    """The container: the same files give the same bytes."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = zipfile.ZipInfo("mimetype", TIME)
        archive.writestr(mimetype, b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, TIME), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
