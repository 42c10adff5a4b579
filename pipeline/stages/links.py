"""Links between articles that lead nowhere, and addresses of two articles, found without rendering a page.

The site finds the same ones when it is built, with what stands in raw HTML beside.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline import inline, slugs
from pipeline.model import Article, Catalog, Finding, Place
from pipeline.render import Asset, Card, Head, Link, Text
from pipeline.render.finish import open_addresses
from pipeline.site import Library
from pipeline.stages.layout import beside
from pipeline.stages.project import Project

INTERNAL = re.compile(r"\]\(<?(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
"""What a text with a link to this site has."""
ADDRESS = re.compile(r"\]\(<?([^\s()<>]+)")
IDENTITY = re.compile(r"""\bid=["']?([^"'\s>]+)|\{[^}]*#([^\s}]+)""")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


def broken(project: Project, names: Collection[str]) -> Iterator[Finding]:
    """A finding for each broken link of the articles in `names` and their translations, where it stands.

    And one for each of them whose address another one has already.
    """
    cards = [_card(article, project) for article in project.articles]
    files = frozenset(name for name, _ in beside(project.config.folders.sources))
    names_of = {_name(article): article.slug for article in project.articles}
    for finding in Library.of(cards, project.config.languages, assets=files).findings:
        if names_of[finding.article] in names:
            yield replace(finding, article=names_of[finding.article])


def _name(article: Article) -> str:
    """What links call it."""
    return PurePosixPath(article.path).stem or article.slug


def _card(article: Article, project: Project) -> Card:
    """As much of the article as links need."""
    anchors = "".join(f"{anchor}\n" for anchor in _anchors(article))
    bodies = (segment for segment in article.segments if not segment.kind.is_front)
    written = tuple(link for segment in bodies for link in _links(segment.text, segment.place))
    heads = {}
    for lang in project.config.languages:
        catalog = project.catalog(lang, article.slug)
        links = (*written, *_changed(catalog)) if catalog else written
        slug = article.slug if lang == article.lang else slugs.of(catalog) or article.slug
        heads[lang] = Head(lang, slug, Text("", lang), Text("", lang), (), {}, {}, anchors, links)
    former = {
        lang: slugs.former(article, lang, project.catalog(lang, article.slug))
        for lang in project.config.languages
    }
    return Card(_name(article), article.path, article.lang, None, heads, former)


def _anchors(article: Article) -> Iterator[str]:
    yield from (segment.anchor for segment in article.segments if segment.anchor)
    yield from (first or second for first, second in IDENTITY.findall(article.raw))
    for name in FOOTNOTE.findall(article.raw):
        yield from (f"fn-{name}", f"fnref-{name}")


def _changed(catalog: Catalog) -> Iterator[Link | Asset]:
    """The links of translations that their originals do not have."""
    for entry in catalog.live:
        if INTERNAL.search(entry.target):
            yield from _links(entry.target, entry.place, inline.parse(entry.source).links)


def _links(text: str, place: Place, known: Collection[str] = ()) -> Iterator[Link | Asset]:
    """The links of `text` to this site, but those in `known`."""
    if INTERNAL.search(text):
        for address in inline.parse(text).links if "`" in text else ADDRESS.findall(text):
            if address not in known and not address.startswith("ref:") and "@" not in address:
                opened = open_addresses(f' href="{html.escape(address)}"', place)
                yield from (part for part in opened if not isinstance(part, str))
