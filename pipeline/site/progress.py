"""How far the translations are, for everybody to see: switched on in the project's settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import progress
from pipeline.model import State
from pipeline.progress import Row
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.templates import Templates
from pipeline.store import digest

PATH = "status/"
SHOWN = 12
"""So many of the next steps stand on the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A catalog in the table."""

    row: Row
    title: str
    title_lang: str
    path: str
    """The page that it translates; empty for the site's own words."""

    @property
    def blocks(self) -> dict[State, int]:
        """Words by state, for the bar."""
        return {state: number for state in progress.ORDER if (number := self.row.words.get(state))}


def sheets(rows: Sequence[Row], library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """The page in each language, the first one at the shorter address."""
    told = digest(repr([(row.article, row.lang, sorted(row.words.items()), row.waivers) for row in rows]))
    paths = {lang: f"{PATH}{lang}/" if number else PATH for number, lang in enumerate(library.languages)}
    files = tuple(f"{path}index.html" for path in paths.values())
    yield Sheet(
        ("progress", library.said, told), lambda: _pages(paths, rows, library, templates, site), files
    )


def _pages(
    paths: Mapping[str, str], rows: Sequence[Row], library: Library, templates: Templates, site: About
) -> Iterator[File]:
    for lang, path in paths.items():
        page = Page(lang, path, "", twin=paths[library.other(lang)], alternates=paths)
        values = {
            "site": site,
            "page": page,
            "lines": [_line(row, library, lang) for row in rows],
            "steps": [(step, _line(step.row, library, lang)) for step in progress.steps(rows)[:SHOWN]],
            "waivers": [(waiver, _line(row, library, lang)) for row in rows for waiver in row.waivers],
            "done": sum(row.words.get(State.REVIEWED, 0) for row in rows),
            "all": sum(row.total for row in rows),
        }
        yield page.file, templates.page("status.html", lang, values)


def _line(row: Row, library: Library, lang: str) -> Line:
    card = library.cards.get(row.article)
    if card is None:
        return Line(row, "", lang, "")
    title = card.heads[lang].title
    return Line(row, title.text, title.lang, library.path(row.lang, row.article))
