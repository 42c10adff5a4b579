"""What there is on a topic, and all topics of a language."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.site.index import items
from pipeline.site.library import Library
from pipeline.site.page import About, Page
from pipeline.site.templates import Templates


def pages(library: Library, templates: Templates, site: About) -> Iterator[tuple[str, str]]:
    """A page per topic, and the list of topics, in each language."""
    for lang in library.languages:
        other = library.other(lang)
        page = Page(
            lang,
            f"{lang}/topics/",
            "",
            twin=f"{other}/topics/",
            alternates={each: f"{each}/topics/" for each in library.languages},
            canonical=f"{lang}/topics/",
            fallback="",
        )
        values = {"site": site, "page": page, "topics": list(library.topics[lang].values())}
        yield page.file, templates.page("topics.html", lang, values)
        for topic in library.topics[lang].values():
            page = Page(
                lang,
                topic.path,
                topic.text.text,
                title_lang=topic.text.lang if topic.text.lang != lang else "",
                twin=topic.twin,
                alternates={lang: topic.path, other: topic.twin} if topic.is_real else {},
                canonical=topic.path,
            )
            values = {"site": site, "page": page, "topic": topic, "items": items(topic.names, lang, library)}
            yield page.file, templates.page("topic.html", lang, values)
