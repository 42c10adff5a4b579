"""An article and its catalogs become two versions that stand block beside block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePosixPath

from pipeline import slugs
from pipeline.model import Article, Catalog, Kind
from pipeline.render.body import body, contents
from pipeline.render.nouns import (
    Asset,
    Card,
    Head,
    Heading,
    Label,
    Link,
    Mark,
    Part,
    Rendered,
    Status,
    Text,
    Version,
)
from pipeline.render.shown import Rejected, Shown, shown
from pipeline.render.stamps import Block, stamp
from pipeline.store import digest

__all__ = [
    "Asset",
    "Card",
    "Head",
    "Heading",
    "Label",
    "Link",
    "Mark",
    "Part",
    "Rendered",
    "Status",
    "Text",
    "Version",
    "render",
]

IDENTITY = re.compile(r'(?<=\s)id="([^"]*)"')


def render(
    article: Article, languages: tuple[str, str], catalogs: Mapping[str, Catalog], rejected: Rejected
) -> Rendered:
    """Both versions of `article`; `catalogs` has its catalog in each target language that has one."""
    pieces = list(stamp(article, [segment.text for segment in article.segments]))
    originals = {piece.number: piece.inside for piece in pieces if isinstance(piece, Block)}
    versions = dict[str, Version]()
    for lang in languages:
        entries = {entry.key: entry for entry in catalogs[lang].live} if lang in catalogs else {}
        showns = [shown(segment, lang, entries, rejected) for segment in article.segments]
        versions[lang] = _version(article, lang, showns, pieces, originals)
    heads = {lang: version.head for lang, version in versions.items()}
    name = PurePosixPath(article.path).stem or article.slug
    former = {lang: slugs.former(article, lang, catalogs.get(lang)) for lang in languages}
    return Rendered(Card(name, article.path, article.lang, _dated(article), heads, former), versions)


def _version(
    article: Article,
    lang: str,
    showns: Sequence[Shown],
    original: Sequence[str | Block],
    originals: Mapping[int, str],
) -> Version:
    is_translated = any(shown.translation and not shown.segment.kind.is_front for shown in showns)
    pieces = list(stamp(article, [shown.text for shown in showns])) if is_translated else original
    parts = body(pieces, showns, originals, lang, article.path)
    return Version(_head(article, lang, showns, parts), contents(pieces, showns, lang), parts)


def _head(article: Article, lang: str, showns: Sequence[Shown], parts: Iterable[Part]) -> Head:
    of_kind = {kind: [shown for shown in showns if shown.segment.kind is kind] for kind in Kind}
    in_body = [shown for shown in showns if not shown.segment.kind.is_front]
    words = Counter[Status]()
    for each in in_body:
        words[each.status] += len(each.text.split())
    parts = tuple(parts)
    title = _text(of_kind[Kind.TITLE], lang) or Text(article.slug, article.lang)
    description = _text(of_kind[Kind.DESCRIPTION], lang) or Text("", article.lang)
    blocks = dict(Counter(each.status for each in in_body))
    texts = [part for part in parts if isinstance(part, str)]
    return Head(
        lang,
        _slug(article, of_kind[Kind.SLUG]),
        title,
        description,
        tuple(_texts(of_kind[Kind.TOPIC], lang)),
        blocks,
        dict(words),
        "".join(f"{name}\n" for text in texts for name in IDENTITY.findall(text)),
        tuple(part for part in parts if isinstance(part, Link | Asset)),
        tuple(sorted({each.model for each in showns} - {""})),
        digest(repr((article.lang, title, description, blocks)), *texts),
    )


def _slug(article: Article, showns: Sequence[Shown]) -> str:
    """The address that the author or a translator chose, if it stays on the site; else the file's name."""
    wanted = showns[0].text if showns else article.slug
    return wanted if slugs.is_address(wanted) else article.slug


def _texts(showns: Iterable[Shown], lang: str) -> Iterator[Text]:
    for each in showns:
        if each.translation:
            yield Text(each.text, lang, each.status, each.segment.text)
        else:
            yield Text(each.text, each.segment.lang, each.status)


def _text(showns: Iterable[Shown], lang: str) -> Text | None:
    return next(_texts(showns, lang), None)


def _dated(article: Article) -> date | None:
    value = article.front.get("date")
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
