"""The first page of each language: all articles, by topic; of a large library some of each topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pipeline import words
from pipeline.render import Card
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.status import Report
from pipeline.site.templates import Templates

Item = tuple[str, Card, Report]
"""(path, article, how it stands)."""


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """One index per language."""
    for lang in library.languages:
        shown = [name for group in library.plan.groups[lang] for name in group.names]
        inputs = ("index", lang, library.said, library.listed(lang, shown))
        yield Sheet(inputs, partial(_page, lang, library, templates, site), (f"{lang}/index.html",))


def _page(lang: str, library: Library, templates: Templates, site: About) -> Iterator[File]:
    page = Page(
        lang,
        f"{lang}/",
        "",
        twin=f"{library.other(lang)}/",
        alternates={each: f"{each}/" for each in library.languages},
        canonical=f"{lang}/",
        fallback="",
    )
    values = {
        "site": site,
        "page": page,
        "groups": [
            (group.topic, items(group.names, lang, library), group.more)
            for group in library.plan.groups[lang]
        ],
        "number": len(library.cards),
        "both": words.list_text([words.language_name(each, lang) for each in library.languages], lang),
    }
    yield page.file, templates.page("index.html", lang, values)


def items(names: Iterable[str], lang: str, library: Library) -> list[Item]:
    """The articles in the order of the language's alphabet."""
    key = words.sort_key(lang)
    cards = sorted((library.cards[name] for name in names), key=lambda card: key(card.heads[lang].title.text))
    return [(library.path(lang, card.name), card, library.report(lang, card)) for card in cards]
