"""Markdown, read by pulldown-cmark through pyromark: one parser for extraction and for HTML.

The parser's offsets are bytes; those given to the outside are indices of the text.
"""

from __future__ import annotations

from pipeline.markdown.blocks import Block, Leaf, blocks, lines_that_begin_with
from pipeline.markdown.links import addresses, linked
from pipeline.markdown.parser import MARKDOWN, events, readable
from pipeline.markdown.spans import Mark, Span, pieces, spans
from pipeline.markdown.wording import has_words

__all__ = [
    "Block",
    "Leaf",
    "Mark",
    "Span",
    "addresses",
    "blocks",
    "has_words",
    "is_paragraph",
    "lines_that_begin_with",
    "pieces",
    "spans",
    "to_html",
]


def to_html(text: str) -> str:
    """`text` as HTML, not sanitized; a bare web address becomes a link."""
    return MARKDOWN.html(linked(readable(text)))


def is_paragraph(text: str) -> bool:
    """Is `text`, standing alone, one paragraph from its first character to its last?"""
    text = readable(text)
    name, value, start, end = next(iter(events(text)), ("", None, 0, 0))
    return (
        name == "Start" and value == "Paragraph" and start == 0 and end >= len(text.rstrip(" \t\n").encode())
    )
