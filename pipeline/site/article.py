"""The page of one article in one language."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.render import Card, Link, Rendered, Text
from pipeline.site.fill import fill, linked
from pipeline.site.library import Library
from pipeline.site.page import About, Page
from pipeline.site.status import Report
from pipeline.site.subjects import Topic
from pipeline.site.templates import Templates
from pipeline.store import digest

WORDS_PER_MINUTE = 220


def page_of(card: Card, lang: str, library: Library) -> Page:
    """Its address and its ties to the version in the other language."""
    head = card.heads[lang]
    path = library.path(lang, card.name)
    real = {each: library.path(each, card.name) for each in library.languages if card.heads[each].is_real}
    return Page(
        lang,
        path,
        head.title.text,
        title_lang=head.title.lang if head.title.lang != lang else "",
        description=head.description.text,
        twin=library.path(library.other(lang), card.name),
        alternates=real if lang in real and len(real) > 1 else {},
        canonical=path if lang in real else library.path(card.lang, card.name),
        fallback=library.path(card.lang, card.name) if len(real) > 1 else None,
    )


def pages(
    rendered: Rendered, library: Library, templates: Templates, site: About
) -> Iterator[tuple[str, str]]:
    """Both versions."""
    card = rendered.card
    for lang in library.languages:
        page = page_of(card, lang, library)
        version = rendered.versions[lang]
        head = version.head
        values = {
            "site": site,
            "page": page,
            "card": card,
            "head": head,
            "data": _data(card, page, library, site),
            "toc": version.toc,
            "body": linked(fill(version.body, page, library, templates.say), page, templates.say),
            "report": Report.of(head, card.lang),
            "topics": topics_of(card, lang, library),
            "minutes": max(1, round(sum(head.words.values()) / WORDS_PER_MINUTE)),
            "related": [related(name, lang, library) for name in library.related(card.name, lang)],
            "parallel": library.parallel(card.name),
            "books": (library.book(lang, card.name), library.book("", card.name)),
        }
        yield page.file, templates.page("article.html", lang, values)


def seen_of(card: Card, library: Library) -> bytes:
    """The hash of all that the pages of `card` take from other articles and from their own addresses."""
    names = {link.name for head in card.heads.values() for link in head.links if isinstance(link, Link)}
    seen = tuple(
        (
            library.path(lang, card.name),
            tuple((topic.path, topic.text.text, topic.text.lang) for topic in topics_of(card, lang, library)),
            tuple(
                (library.path(lang, name), _said(head.title), _said(head.description))
                for name in library.related(card.name, lang)
                for head in (library.cards[name].heads[lang],)
            ),
            tuple(library.path(lang, name) for name in sorted(names)),
        )
        for lang in library.languages
    )
    return digest(repr(seen))


def _said(text: Text) -> tuple[str, str]:
    return text.text, text.lang


def _data(card: Card, page: Page, library: Library, site: About) -> dict[str, object]:
    """What search engines are told (https://schema.org/Article)."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "inLanguage": page.lang,
        "url": site.absolute(page.canonical),
    }
    if card.dated:
        data["datePublished"] = card.dated.isoformat()
    if page.alternates:
        tie = "workTranslation" if page.lang == card.lang else "translationOfWork"
        data[tie] = {
            "@type": "Article",
            "inLanguage": library.other(page.lang),
            "url": site.absolute(page.twin),
        }
    return data


def related(name: str, lang: str, library: Library) -> tuple[str, Card]:
    """(path, card) of another article."""
    return library.path(lang, name), library.cards[name]


def topics_of(card: Card, lang: str, library: Library) -> tuple[Topic, ...]:
    """The topics of an article, in its own order."""
    return tuple(library.topic(lang, text) for text in card.heads[lang].topics)
