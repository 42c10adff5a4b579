"""Rendered articles and templates become the files of a site.

Pure: nothing is written here.  A page is a file of its own in this folder, with its template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import config
from pipeline.model import Catalog
from pipeline.progress import Row
from pipeline.render import Rendered
from pipeline.site import article, both, epub, feed, index, moved, parallel, progress, search, topic
from pipeline.site.article import seen_of
from pipeline.site.fill import MEDIA
from pipeline.site.library import Face, Library, Plan, said_by
from pipeline.site.page import About, File, Sheet
from pipeline.site.proof import Proof
from pipeline.site.templates import STATIC, Templates
from pipeline.words import bundled

__all__ = ["MEDIA", "Face", "Library", "Plan", "Proof", "Sheet", "Site", "said_by", "seen_of"]


@dataclass(frozen=True, slots=True)
class Site:
    """Templates and words, loaded once for all pages."""

    about: About
    templates: Templates
    read: epub.Read = lambda _path: None
    """The content of a file beside the articles, for books."""
    index: search.Index | None = None
    """What makes the indexes of the search; None: there is no search."""

    @classmethod
    def load(  # noqa: PLR0913  # each is a seam of its own
        cls,
        languages: tuple[str, str],
        settings: config.Site,
        *,
        templates: Path,
        words: Mapping[str, Catalog],
        read: epub.Read = lambda _path: None,
        index: search.Index | None = None,
        own: Path | None = None,
    ) -> Site:
        """The site of a project; its folder `templates` goes before the bundled ones, file by file.

        `own`: a folder of the user's that nobody else can write to, for compiled templates.
        """
        folders = dict.fromkeys(folder.resolve() for folder in (templates, bundled()) if folder.is_dir())
        titles = {lang: settings.title.get(lang) or "Tvilling" for lang in languages}
        status = progress.PATH if settings.status else ""
        about = About(languages, titles, settings.url, settings.base, status, index is not None)
        return cls(about, Templates(tuple(folders), languages, words, own), read, index)

    def sheet(
        self, name: str, library: Library, inputs: tuple[object, ...], rendered: Callable[[], Rendered]
    ) -> Sheet:
        """The pages of one article; `inputs`: what `rendered` depends on, and `seen_of` its card."""
        folders = (*(library.path(lang, name) for lang in library.languages), library.parallel(name))
        books = (library.book(lang, name) for lang in (*library.languages, ""))
        paths = (*(f"{folder}index.html" for folder in folders), *books)
        return Sheet(("article", name, *inputs), lambda: self.article(rendered(), library), paths)

    def article(self, rendered: Rendered, library: Library) -> Iterator[File]:
        """The pages of one article: a version in each language, and both in parallel; as books as well."""
        yield from article.pages(rendered, library, self.templates, self.about)
        yield from parallel.pages(rendered, library, self.templates, self.about)
        yield from epub.books(rendered, library, self.templates, self.about, self.read)

    def rest(self, library: Library, *, rows: Sequence[Row] = ()) -> Iterator[Sheet]:
        """All other files; `rows` say how far each catalog is, for the page that shows it."""
        yield from both.sheets(library, self.templates, self.about)
        yield from index.sheets(library, self.templates, self.about)
        yield from topic.sheets(library, self.templates, self.about)
        if self.about.status:
            yield from progress.sheets(rows, library, self.templates, self.about)
        yield from moved.sheets(library, self.templates, self.about)
        if self.about.url:
            yield from feed.sheets(library, self.templates, self.about)
        yield Sheet(("static",), self._static, tuple(f"{STATIC}/{name}" for name in self.templates.static))

    def search(self, library: Library, bodies: search.Bodies) -> Iterator[Sheet]:
        """The pages to search from and their indexes; `bodies` has each article in both languages."""
        if self.index:
            yield from search.sheets(library, bodies, self.templates, self.about, self.index)

    def _static(self) -> Iterator[File]:
        for name, data in self.templates.static.items():
            yield f"{STATIC}/{name}", data

    def build(self, rendereds: Sequence[Rendered], *, rows: Sequence[Row] = ()) -> dict[str, str | bytes]:
        """Every file of the site."""
        library = Library.of((rendered.card for rendered in rendereds), self.about.languages)
        files = dict[str, str | bytes]()
        for rendered in rendereds:
            files.update(self.article(rendered, library))
        bodies = {rendered.card.name: partial(_given, rendered) for rendered in rendereds}
        for sheet in (*self.rest(library, rows=rows), *self.search(library, bodies)):
            files.update(sheet.make())
        return files


def _given(one: Rendered) -> Rendered:
    return one
