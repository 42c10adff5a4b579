"""The parser itself, and the way from its byte offsets to indices of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import pyromark
from pyromark import Options
from pyromark.event import Range

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
)
MARKDOWN = pyromark.Markdown(options=OPTIONS)
SURROGATE = re.compile("[\ud800-\udfff]")
LONE_RETURN = re.compile(r"\r(?!\n)")

Event = tuple[str, Any, int, int]
"""Its name, what it carries, and its range in bytes."""


def readable(text: str) -> str:
    """`text` as the parser reads it rightly, of the same length, also in bytes.

    Lone surrogates are not Unicode text; a lone carriage return is lost inside HTML.
    """
    if "\r" in text:
        text = LONE_RETURN.sub("\n", text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return SURROGATE.sub("\ufffd", text)
    return text


def events(text: str, markdown: pyromark.Markdown = MARKDOWN) -> Iterator[Event]:
    """The events of `readable` text.  Their names are pulldown-cmark's, as `Text`, `Start` or `SoftBreak`."""
    found: Iterator[tuple[Any, Range]] = markdown.events_with_range(text)
    for event, span in found:
        if type(event) is dict:
            name, value = event.popitem()
            yield name, value, span["start"], span["end"]
        else:
            yield event, None, span["start"], span["end"]


def tag(value: Any) -> tuple[str, Any]:
    """Name and data of what a `Start` or `End` event carries."""
    if type(value) is dict:
        name, data = next(iter(value.items()))
        return name, data
    return value, None


def indices(text: str) -> Callable[[int], int]:
    """Byte offset in UTF-8 → index of `text`."""
    if text.isascii():
        return int
    tails = [found.start() for found in re.finditer(rb"[\x80-\xbf]", text.encode())]
    return lambda offset: offset - bisect_left(tails, offset)
