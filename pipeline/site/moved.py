"""A page at each former address, so that no link to the site ever dies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.templates import Templates


def sheets(
    moved: Mapping[str, str], taken: Collection[str], templates: Templates, site: About
) -> Iterator[Sheet]:
    """`moved`: a former path → today's.  A path that a page has `taken` over is left to it."""
    for old, new in sorted(moved.items()):
        lang = new.partition("/")[0]
        page = Page(lang if lang in site.languages else site.languages[0], old, "", canonical=new)
        if page.path not in taken:
            yield Sheet(("moved", old, new), partial(_page, page, new, templates, site))


def _page(page: Page, new: str, templates: Templates, site: About) -> Iterator[File]:
    yield page.file, templates.page("moved.html", page.lang, {"site": site, "page": page, "new": new})
