"""The first page of each language: all articles, by topic; of a large library some of each topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from pipeline import words
from pipeline.render import Card
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.status import Report
from pipeline.site.subjects import Topic
from pipeline.site.templates import Templates

Item = tuple[str, Card, Report]
"""(path, article, how it stands)."""
Group = tuple[Topic | None, list[Item], int]
"""A topic, articles, and how many there are with the topic if the list leaves any out; else 0."""
ROOM = 100
"""So many articles are on one page, for readers with little patience or a slow line."""


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """One index per language."""
    for lang in library.languages:
        inputs = ("index", lang, library.said, library.listed(lang, library.cards))
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
        "groups": list(_groups(library, lang)),
        "number": len(library.cards),
        "both": words.list_text([words.language_name(each, lang) for each in library.languages], lang),
    }
    yield page.file, templates.page("index.html", lang, values)


def _groups(library: Library, lang: str) -> Iterator[Group]:
    """Each article once, under its first topic; those without any at the end."""
    first = dict[str, list[str]]()
    for name, card in library.cards.items():
        of_card = card.heads[lang].topics
        first.setdefault(library.topic(lang, of_card[0]).path if of_card else "", []).append(name)
    share = max(ROOM // len(first), 1) if len(library.cards) > ROOM else ROOM
    for topic in library.plan.topics[lang].values():
        if topic.path in first:
            names = _newest(first[topic.path], share, library)
            more = len(topic.names) if len(names) < len(first[topic.path]) else 0
            yield topic, items(names, lang, library), more
    if "" in first:  # there is no other page that lists them
        yield None, items(first[""], lang, library), 0


def _newest(names: Sequence[str], number: int, library: Library) -> Sequence[str]:
    if len(names) <= number:
        return names
    return sorted(names, key=lambda name: library.cards[name].dated or date.min, reverse=True)[:number]


def items(names: Iterable[str], lang: str, library: Library) -> list[Item]:
    """The articles in the order of the language's alphabet."""
    key = words.sort_key(lang)
    cards = sorted((library.cards[name] for name in names), key=lambda card: key(card.heads[lang].title.text))
    return [(library.path(lang, card.name), card, library.report(lang, card)) for card in cards]
