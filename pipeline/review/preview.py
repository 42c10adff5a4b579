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

IMAGE = re.compile(r"<(?:img|video|audio|source|track)\b[^>]*?(?:\balt=\"([^\"]*)\")?[^>]*>")
LINK = re.compile(r"<a\b[^>]*>")


def blocks(article: Article | None, segments: Sequence[Segment], texts: Sequence[str]) -> list[str]:
    """The HTML of each segment with its text from `texts`, in one rendering of the whole article."""
    inside = dict[int, str]()
    if article:
        filled = [text or segment.text for segment, text in zip(segments, texts, strict=True)]
        inside = {part.number: part.inside for part in stamp(article, filled) if isinstance(part, Block)}
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


def _still(html: str) -> str:
    """Without what would load something, or lead away from unsaved work."""
    return LINK.sub('<a class="link">', IMAGE.sub(lambda found: f"<i>[{found[1] or '…'}]</i>", html))


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
