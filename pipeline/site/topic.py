"""What there is on a topic, and all topics of a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.site.article import said
from pipeline.site.index import Item, items, shown
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.subjects import Topic
from pipeline.site.templates import Templates


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """A page per topic, and the list of topics, in each language."""
    for lang in library.languages:
        topics = library.topics[lang].values()
        told = tuple((topic.path, said(topic.text), len(topic.names)) for topic in topics)
        yield Sheet(
            ("topics", lang, told),
            partial(_all, lang, library, templates, site),
            (f"{lang}/topics/index.html",),
        )
        for topic in topics:
            found = items(topic.names, lang, library)
            inputs = ("topic", topic.path, said(topic.text), topic.twin, topic.is_real, shown(found, lang))
            make = partial(_one, lang, topic, found, library, templates, site)
            yield Sheet(inputs, make, (f"{topic.path}index.html",))


def _all(lang: str, library: Library, templates: Templates, site: About) -> Iterator[File]:
    page = Page(
        lang,
        f"{lang}/topics/",
        "",
        twin=f"{library.other(lang)}/topics/",
        alternates={each: f"{each}/topics/" for each in library.languages},
        canonical=f"{lang}/topics/",
        fallback="",
    )
    values = {"site": site, "page": page, "topics": list(library.topics[lang].values())}
    yield page.file, templates.page("topics.html", lang, values)


def _one(  # noqa: PLR0913, PLR0917 - what a page is made of
    lang: str, topic: Topic, found: list[Item], library: Library, templates: Templates, site: About
) -> Iterator[File]:
    page = Page(
        lang,
        topic.path,
        topic.text.text,
        title_lang=topic.text.lang if topic.text.lang != lang else "",
        twin=topic.twin,
        alternates={lang: topic.path, library.other(lang): topic.twin} if topic.is_real else {},
        canonical=topic.path,
    )
    values = {"site": site, "page": page, "topic": topic, "items": found}
    yield page.file, templates.page("topic.html", lang, values)
