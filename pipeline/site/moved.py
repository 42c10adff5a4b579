"""A page at each former address, so that no link to the site ever dies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.templates import Templates


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """One for each."""
    for old, new in sorted(library.plan.moved.items()):
        page = Page(new.partition("/")[0], old, "", canonical=new)
        yield Sheet(("moved", old, new), partial(_page, page, new, templates, site), (page.file,))


def _page(page: Page, new: str, templates: Templates, site: About) -> Iterator[File]:
    yield page.file, templates.page("moved.html", page.lang, {"site": site, "page": page, "new": new})
