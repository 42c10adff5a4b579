"""Blocks as readers will see them, and what stands in them for the translator.

All markup is made harmless: a catalog comes from many hands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pipeline.model import Article, Kind, Segment, Term
from pipeline.render import safe
from pipeline.render.stamps import Block, stamp

IMAGE = re.compile(r"<(?:img|video|audio|source|track)\b[^>]*>")
Page = tuple[str | Block, ...]
"""An article's HTML: its segments, and what stands between them."""
ALT = re.compile(r'\salt="([^"]*)"')
SOURCE = re.compile(r'\ssrc="([^"]*)"')
FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|/|\\", re.IGNORECASE)
LINK = re.compile(r"<a\b[^>]*>")


def parts(article: Article | None, segments: Sequence[Segment], texts: Sequence[str]) -> Page:
    """The HTML of the whole article with its segments' texts from `texts`; where one is empty, its own."""
    filled = [text or segment.text for segment, text in zip(segments, texts, strict=True)]
    return tuple(stamp(article, filled)) if article else ()


def blocks(article: Article | None, segments: Sequence[Segment], texts: Sequence[str]) -> list[str]:
    """The HTML of each segment with its text from `texts`, in one rendering of the whole article."""
    return blocks_in(parts(article, segments, texts), segments, texts)


def blocks_in(page: Page, segments: Sequence[Segment], texts: Sequence[str]) -> list[str]:
    """The HTML of each segment, taken from the `parts` of its article."""
    inside = {part.number: part.inside for part in page if isinstance(part, Block)}
    return [
        _shown(segment, text, inside.get(number, "")) if text else ""
        for number, (segment, text) in enumerate(zip(segments, texts, strict=True))
    ]


def block(article: Article | None, segments: Sequence[Segment], number: int, text: str) -> str:
    """The HTML of one segment as it would be with `text`."""
    texts = [text if index == number else segment.text for index, segment in enumerate(segments)]
    return blocks(article, segments, texts)[number]


def _shown(segment: Segment, text: str, inside: str) -> str:
    if segment.kind is Kind.HTML:
        return _still(safe.block(text, segment.text))
    return _still(safe.inline(inside)) if inside else escape(text)


def harmless(html: str) -> str:
    """A stretch of a page, its tags closed."""
    return _still(safe.block(html, html))


def _still(html: str) -> str:
    """Without what would load something from elsewhere, or lead away from unsaved work."""
    return LINK.sub('<a class="link">', IMAGE.sub(_image, html))


def _image(found: re.Match[str]) -> str:
    """A picture of the project's own is shown; for any other stands what describes it."""
    tag = found[0]
    said = ALT.search(tag)
    source = SOURCE.search(tag) if tag.startswith("<img") else None
    if source and not FOREIGN.match(source[1]):
        return f'<img src="/media/{source[1]}" alt="{said[1] if said else ""}">'
    return f"<i>[{said[1] if said and said[1] else '…'}]</i>"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original; with a term, what the glossary says of it."""

    text: str
    term: Term | None = None
    translation: str = ""


def terms_in(text: str, terms: Sequence[Term], lang: str) -> tuple[Piece, ...]:
    """`text` of the language `lang` with the glossary's terms marked; the longer of two wins.

    Law: joined, the pieces are `text`.
    """
    known = {_in(term, lang).casefold(): term for term in terms}
    if not known:
        return (Piece(text),)
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    pieces, done = list[Piece](), 0
    for found in re.finditer(rf"\b(?:{words})", text, re.IGNORECASE):
        term = known.get(found[0].casefold())
        if term:
            pieces += [Piece(text[done : found.start()]), Piece(found[0], term, _beside(term, lang))]
            done = found.end()
    return tuple(piece for piece in (*pieces, Piece(text[done:])) if piece.text)


def _in(term: Term, lang: str) -> str:
    return TERMS[lang][0](term) if lang in TERMS else "\0"


def _beside(term: Term, lang: str) -> str:
    return _in(term, lang) if term.keep else TERMS[lang][1](term)


TERMS = {
    "en": (lambda term: term.english, lambda term: term.swedish),
    "sv": (lambda term: term.swedish, lambda term: term.english),
}
"""Language → a term in it, and in the other one."""
