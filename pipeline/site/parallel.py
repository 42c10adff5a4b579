"""Both versions side by side, block beside block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.render import Rendered, Status, Version
from pipeline.site.article import page_of, topics_of
from pipeline.site.fill import fill
from pipeline.site.library import Library
from pipeline.site.page import About, Page
from pipeline.site.status import ORDER, Report
from pipeline.site.templates import Templates

TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>", re.DOTALL)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
TWIN_ID = re.compile(r'(?<=\s)(id="|href="#|aria-labelledby=")(?=[^"])')


@dataclass(frozen=True, slots=True)
class Row:
    """One block in both languages."""

    cells: tuple[str, str]
    status: Status
    """What is furthest from being reviewed in it."""


def pages(
    rendered: Rendered, library: Library, templates: Templates, site: About
) -> Iterator[tuple[str, str]]:
    """One page, in the words of the article's own language."""
    card = rendered.card
    lang, other = card.lang, library.other(card.lang)
    page = Page(
        lang,
        library.parallel(card.name),
        card.heads[lang].title.text,
        description=card.heads[lang].description.text,
        twin=library.path(other, card.name),
        canonical=library.parallel(card.name),
    )
    columns = (
        _column(rendered.versions[lang], page, library, templates),
        _column(rendered.versions[other], replace(page, lang=other), library, templates),
    )
    values = {
        "site": site,
        "page": page,
        "langs": (lang, other),
        "heads": (card.heads[lang], card.heads[other]),
        "ways": (page_of(card, lang, library), page_of(card, other, library)),
        "reports": (Report.of(card.heads[lang], lang), Report.of(card.heads[other], lang)),
        "topics": topics_of(card, lang, library),
        "rows": rows(*columns),
        "book": library.book("", card.name),
    }
    yield page.file, templates.page("parallel.html", lang, values)


def _column(version: Version, page: Page, library: Library, templates: Templates) -> str:
    return fill(version.body, page, library, templates.say, mark="short_mark")


def rows(left: str, right: str) -> tuple[Row, ...]:
    """The blocks of two bodies in pairs; one row of everything if they do not pair.

    Each id is on the page once: those of the right column begin with `twin-`.
    """
    lefts, rights = blocks(left), blocks(right)
    if len(lefts) != len(rights):
        lefts, rights = [left], [right]
    return tuple(
        Row((one, TWIN_ID.sub(r"\1twin-", two)), _worst(one + two))
        for one, two in zip(lefts, rights, strict=True)
    )


def _worst(text: str) -> Status:
    found = set(re.findall(r'\sdata-state="([a-z]+)"', text))
    return max((status for status in ORDER if status in found), key=ORDER.index, default=Status.ORIGINAL)


def blocks(text: str) -> list[str]:
    r"""The outermost elements of `text`, each with what follows it; joined they are `text`.

    A short mark belongs to the block before it.

    >>> blocks("<p>a</p>\n<ul><li>b</li></ul>")
    ['<p>a</p>\\n', '<ul><li>b</li></ul>']
    """
    starts, depth = list[int](), 0
    for found in TAG.finditer(text):
        closing, name, alone = found.groups()
        if name is None or alone or name.lower() in VOID:
            if depth == 0 and name:
                starts.append(found.start())
        elif closing:
            depth -= 1
            if depth < 0:
                return [text]
        else:
            if depth == 0 and not text.startswith('<span class="mark', found.start()):
                starts.append(found.start())
            depth += 1
    if depth or not starts:
        return [text]
    bounds = [0, *starts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]
