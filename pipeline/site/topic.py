"""What there is on a topic, and all topics of a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.site import subjects
from pipeline.site.index import items
from pipeline.site.library import Library
from pipeline.site.page import About, File, Page, Sheet
from pipeline.site.templates import Templates


def sheets(library: Library, templates: Templates, site: About) -> Iterator[Sheet]:
    """A page per topic, and the list of topics, in each language."""
    for lang in library.languages:
        yield Sheet(
            ("topics", lang, library.said),
            partial(_all, lang, library, templates, site),
            (f"{lang}/topics/index.html",),
        )
        for topic in library.plan.topics[lang].values():
            text, listed = topic.text, library.listed(lang, topic.names)
            inputs = ("topic", topic.path, text.text, text.lang, topic.twin, topic.is_real, listed)
            make = partial(_pages, lang, topic, library, templates, site)
            yield Sheet(inputs, make, tuple(f"{path}index.html" for path in _paths(topic)))


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
    values = {"site": site, "page": page, "topics": list(library.plan.topics[lang].values())}
    yield page.file, templates.page("topics.html", lang, values)


def _paths(topic: subjects.Topic) -> tuple[str, ...]:
    """The first page has the topic's own address."""
    further = range(2, -(-len(topic.names) // subjects.ROOM) + 1)
    return (topic.path, *(f"{topic.path}{number}/" for number in further))


def _pages(
    lang: str, topic: subjects.Topic, library: Library, templates: Templates, site: About
) -> Iterator[File]:
    found, paths = items(topic.names, lang, library), _paths(topic)
    for number, path in enumerate(paths):
        is_twin = topic.is_real and not number  # in another order other articles are on a further page
        page = Page(
            lang,
            path,
            topic.text.text,
            title_lang=topic.text.lang if topic.text.lang != lang else "",
            twin=topic.twin,
            alternates={lang: path, library.other(lang): topic.twin} if is_twin else {},
            canonical=path,
        )
        part = found[number * subjects.ROOM : (number + 1) * subjects.ROOM]
        values = {
            "site": site,
            "page": page,
            "topic": topic,
            "items": part,
            "number": len(found),
            "pages": paths,
        }
        yield page.file, templates.page("topic.html", lang, values)
