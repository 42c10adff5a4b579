"""Articles: a file split into what translators see and what stays the same.

Markdown with front matter, or plain text.  Law: the parts, joined, are the file.
"""

from __future__ import annotations

from pathlib import PurePath

from pipeline.articles import body, fences, front, plain
from pipeline.articles.scope import Scope
from pipeline.errors import ArticleError
from pipeline.model import Article, Kind, Phrase, Place, Segment, Verbatim

PLAIN = ".txt"
CONTROL = frozenset(map(chr, (*range(0x09), *range(0x0E, 0x20))))

__all__ = ["html", "name", "parse"]


def parse(text: str, path: str, languages: tuple[str, str]) -> Article:
    """The article in the file `path`, which holds `text`; plain text where the name ends in .txt."""
    stem, is_markdown = PurePath(path).stem, not path.endswith(PLAIN)
    _refuse_control_characters(text, path)
    if not is_markdown and not front.has_front(text):
        return _without_front(text, path, stem, languages)
    head = front.read(text, path, stem, languages)
    scope = Scope(head.lang, languages)
    if is_markdown:
        rest = body.split(text, head.end, path, scope)
    else:
        rest = plain.split(text, head.end, path, scope, title=False)
    parts = (*head.parts, *rest)
    scope.end()
    return Article(head.slug, head.lang, parts, head.values, path, is_markdown)


def name(text: str, path: str, languages: tuple[str, str]) -> str:
    """The name of the article in the file `path`, for which its front matter is enough."""
    stem = PurePath(path).stem
    if path.endswith(PLAIN) and not front.has_front(text):
        return front.check_slug(stem, Place(path, 1))
    return front.read(text, path, stem, languages).slug


def html(article: Article, woven: str) -> str:
    """The body of `woven`, a version of `article`, as HTML; not sanitized.

    Front matter and directives are gone, divs are `<div>`s; a passage that is not translated stands
    between `<?tvilling-off` with its language and `<?tvilling-on?>`.  Of an article in plain text
    without front matter the first paragraph, its title, is left out.
    """
    if not article.is_markdown:
        skip = 0 if article.front else 1
        return plain.to_html(woven, front.body_start(woven), article.lang, skip=skip)
    return fences.to_html(woven[front.body_start(woven) :], article.lang)


def _refuse_control_characters(text: str, path: str) -> None:
    """An error for what no page, feed or catalog can hold."""
    if found := [text.index(character) for character in CONTROL if character in text]:
        line = text.count("\n", 0, min(found)) + 1
        raise ArticleError(
            Phrase("U+{code:04X} is a control character", code=ord(text[min(found)])),
            place=Place(path, line),
            name="control-character",
            remedy=Phrase("delete it; editors that show it call it ^@, ^[ or the like"),
        )


def _without_front(text: str, path: str, stem: str, languages: tuple[str, str]) -> Article:
    place = Place(path, 1)
    slug = Segment("", front.check_slug(stem, place), languages[0], Kind.SLUG, Kind.SLUG.value, place=place)
    start = front.body_start(text)
    scope = Scope(languages[0], languages)
    rest = (
        *((Verbatim(text[:start]),) if start else ()),
        *plain.split(text, start, path, scope, title=True),
    )
    scope.end()
    if not any(isinstance(part, Segment) for part in rest):
        message = Phrase("the article has no title")
        remedy = Phrase("begin the text with its title, as a paragraph of its own")
        raise ArticleError(message, place=place, name="no-title", remedy=remedy)
    return Article(slug.text, slug.lang, (slug, *rest), {}, path, is_markdown=False)
