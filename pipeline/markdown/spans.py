"""The inline structure of one segment's text, whatever block it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pyromark

from pipeline.markdown.links import addresses
from pipeline.markdown.parser import OPTIONS, events, indices, readable, tag


class Mark(StrEnum):
    """What a span is."""

    TEXT = "text"
    CODE = "code"
    LINK = "link"
    IMAGE = "image"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    HTML = "html"
    FOOTNOTE = "footnote"
    AUTOLINK = "autolink"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a segment's text; spans inside a link or an emphasis follow it."""

    kind: Mark
    start: int
    end: int
    inner: tuple[int, int]
    """What stands between the delimiters: the words of a link, the code, the alternative text."""
    value: str = ""
    """The text as read, the code, the destination, the tag, the label, the address."""
    title: str = ""


SIMPLE = {"Text": Mark.TEXT, "Code": Mark.CODE, "InlineHtml": Mark.HTML, "FootnoteReference": Mark.FOOTNOTE}
PAIRS = {
    "Emphasis": Mark.EMPHASIS,
    "Strong": Mark.STRONG,
    "Strikethrough": Mark.STRIKE,
    "Link": Mark.LINK,
    "Image": Mark.IMAGE,
}
LEAD = "x "
"""Makes any text an ordinary paragraph, also one that begins as a list or a heading does."""
BREAK = re.compile(r"\\\n")
NOTE = re.compile(r"\[(\^[^\]\[\s]+)\]")
FULL = {"Reference", "ReferenceUnknown"}


def _destination(link: Any) -> tuple[str, str] | None:
    """A full reference is a link even where nobody defines its label."""
    return (f"ref:{link['reference']}", "") if link["link_type"] in FULL else None


MARKDOWN = pyromark.Markdown(options=OPTIONS, broken_link_callback=_destination)


def spans(text: str) -> list[Span]:
    """The inline structure of `text`, in order of start."""
    reader = _Reader(text)
    for name, value, start, end in events(reader.document, MARKDOWN):
        if name == "End" and value == "Paragraph":
            break
        reader.take(name, value, reader.index(start) - len(LEAD), reader.index(end) - len(LEAD))
    reader.end_words()
    return reader.found


def pieces(text: str) -> list[tuple[Mark, str]]:
    """Kind and value of each of `spans(text)`, in their order, without their places: several times quicker.

    Words that touch may come in several pieces.
    """
    if "\\\n" in text or "://" in text:
        return [(span.kind, span.value) for span in spans(text)]
    found = list[tuple[Mark, str]]()
    opened = list[int]()
    told: Iterator[Any] = MARKDOWN.events(_document(text))
    for event in told:
        if type(event) is not dict:
            continue
        name, value = event.popitem()
        if name in SIMPLE:
            found.append((SIMPLE[name], value))
        elif name == "Start" and value != "Paragraph":
            opened.append(len(found))
            mark, link, _ = _opened(value)
            found.append((mark, link))
        elif name == "End" and not opened:
            break
        elif name == "End" and found[place := opened.pop()][0] is Mark.AUTOLINK:
            del found[place + 1 :]
    return [(Mark.TEXT, found[0][1][len(LEAD) :]), *found[1:]]


def _document(text: str) -> str:
    """`text` as one paragraph, with all footnotes that it names."""
    line = BREAK.sub("  ", readable(text)).replace("\n", " ").replace("\r", " ")
    notes = "".join(f"\n\n[{label}]: x" for label in NOTE.findall(line))
    return LEAD + line + notes


def _opened(value: Any) -> tuple[Mark, str, str]:
    """Kind, destination and title of what a `Start` event begins."""
    name, data = tag(value)
    if not data:
        return PAIRS[name], "", ""
    mark = Mark.AUTOLINK if data["link_type"] in ("Autolink", "Email") else PAIRS[name]
    return mark, data["dest_url"], data["title"]


class _Reader:
    """Turns events into spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = _document(text)
        self.index = indices(self.document)
        self.found: list[Span] = []
        self.opened: list[tuple[int, Mark, int, str, str]] = []
        self.words: list[tuple[str, int, int]] = []
        self.last = 0

    def take(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Text":
            self.words.append((value, start, end) if start >= 0 else (value[len(LEAD) :], 0, end))
            self.last = end
            return
        self.end_words()
        if name == "Start" and value != "Paragraph":
            self.open(value, start)
        elif name == "End":
            self.close(end)
        elif name in SIMPLE:
            inner = self.code(start, end) if name == "Code" else (start, end)
            self.found.append(Span(SIMPLE[name], start, end, inner, value))
            self.last = end

    def code(self, start: int, end: int) -> tuple[int, int]:
        width = end - start - len(self.text[start:end].lstrip("`"))
        return start + width, end - width

    def open(self, opening: Any, start: int) -> None:
        mark, value, title = _opened(opening)
        self.opened.append((len(self.found), mark, start, value, title))
        self.found.append(Span(mark, start, start, (start, start)))
        self.last = start + self.width(mark, start)

    def width(self, mark: Mark, start: int) -> int:
        """How long its opening delimiter is."""
        if mark is Mark.STRIKE:
            return 2 if self.text.startswith("~~", start) else 1
        return 2 if mark in (Mark.STRONG, Mark.IMAGE) else 1

    def close(self, end: int) -> None:
        place, mark, start, value, title = self.opened.pop()
        width = self.width(mark, start)
        if mark in (Mark.LINK, Mark.IMAGE):
            inner = (start + width, max(start + width, self.text.find("]", self.last, end)))
        else:
            inner = (start + width, end - width)
        if mark is Mark.AUTOLINK:
            del self.found[place + 1 :]
        self.found[place] = Span(mark, start, end, inner, value, title)
        self.last = end

    def end_words(self) -> None:
        """Add the words met since the last span, cut at hard breaks and at bare addresses."""
        if not self.words:
            return
        first, last = self.words[0][1], self.words[-1][2]
        for start, end, mark in sorted(self.cuts(first, last)):
            self.add_words(first, start)
            self.found.append(Span(mark, start, end, (start, end), self.text[start:end].strip("\\\n")))
            first = end
        self.add_words(first, last)
        self.words.clear()

    def cuts(self, first: int, last: int) -> Iterator[tuple[int, int, Mark]]:
        for found in BREAK.finditer(self.text, first, last):
            yield *found.span(), Mark.BREAK
        if not any(mark in (Mark.LINK, Mark.IMAGE, Mark.AUTOLINK) for _, mark, *_ in self.opened):
            for start, end in addresses(self.text, first, last):
                yield start, end, Mark.AUTOLINK

    def add_words(self, first: int, last: int) -> None:
        value = "".join(
            word[max(first - start, 0) : last - start] if first > start or last < end else word
            for word, start, end in self.words
            if start < last and end > first
        )
        if value:
            self.found.append(Span(Mark.TEXT, first, last, (first, last), value))
