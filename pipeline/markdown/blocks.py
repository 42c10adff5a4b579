"""The leaf blocks of a document: what a translator may replace, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from pipeline.markdown.parser import MARKDOWN, events, indices, readable, tag
from pipeline.markdown.run import Run, folded
from pipeline.markdown.wording import has_words, html_has_words


class Leaf(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The text of a list item that is no paragraph of its own."""
    CELL = "cell"
    HTML = "html"
    CODE = "code"
    LINK_TITLE = "link-title"
    """The title in a link reference definition, with its quotes."""


class Block(NamedTuple):
    """A stretch of the document, without the markup of the block itself."""

    leaf: Leaf
    start: int
    end: int
    text: str
    """On one line: soft breaks folded, hard breaks as backslash and newline; HTML keeps its lines."""
    path: tuple[int, ...] = ()
    """Where the blocks that contain it begin, from the outside."""
    prefix: str = ""
    """What each further line of it begins with."""
    id: str = ""
    """A heading's explicit id."""
    plain: str = ""
    """A heading as read."""
    has_words: bool = True
    """Is there anything for a translator?"""
    is_closed: bool = True
    """Does a fenced code block end with a fence of its own?"""


CONTAINERS = {"List", "Item", "BlockQuote", "FootnoteDefinition", "Table"}
OPENING = {"Link": len("["), "Image": len("![")}
INLINES = {"Emphasis", "Strong", "Strikethrough", *OPENING}
LEAVES = {"Paragraph": Leaf.PARAGRAPH, "Heading": Leaf.HEADING, "TableCell": Leaf.CELL}
TITLE = re.compile(
    rb"""(?s)(?<=[\s>])("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))[ \t]*(?:\r?\n)?\Z"""
)
FENCE = re.compile(rb"[ \t>]*(`{3,}|~{3,})[ \t]*")
CONTAINER_MARKS = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*")
NOT_PREFIX = re.compile(r"[^>\s]")


def blocks(text: str) -> list[Block]:
    """The leaf blocks of `text`, in order; rules and blank lines are no blocks."""
    reader = _Reader(readable(text))
    for name, value, start, end in events(reader.text):
        reader.take(name, value, start, end)
    if "]:" not in text:
        return reader.found
    return sorted([*reader.found, *_titles(reader)], key=lambda block: block.start)


def lines_that_begin_with(text: str, opening: str) -> Iterator[int]:
    """Where words of `text` begin with `opening`, as first thing on their line; never in code or HTML."""
    text, opaque = readable(text), 0
    index = indices(text)
    for name, value, start, _ in events(text):
        if name == "Text" and not opaque and value.startswith(opening):
            first = index(start)
            if CONTAINER_MARKS.fullmatch(text, text.rfind("\n", 0, first) + 1, first):
                yield first
        elif name in ("Start", "End") and tag(value)[0] in ("CodeBlock", "HtmlBlock"):
            opaque += 1 if name == "Start" else -1


def _titles(reader: _Reader) -> Iterator[Block]:
    for definition in MARKDOWN.reference_definitions(reader.text).values():
        span = definition["span"]
        found = TITLE.search(reader.data, span["start"], span["end"])
        if found and has_words(definition["title"] or ""):
            text = folded(found[1][1:-1], 99).decode().strip(" \t")
            yield Block(Leaf.LINK_TITLE, reader.index(found.start(1)), reader.index(found.end(1)), text)


class _Reader:
    """Gathers blocks from events; its offsets are bytes until a block is made."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode()
        self.index = indices(text)
        self.found: list[Block] = []
        self.path: tuple[int, ...] = ()
        self.quotes = 0
        self.opaque: Leaf | None = None
        self.html: list[tuple[str, int, int]] = []
        self.run = Run(self.data, 0)
        self.leaf = Leaf.ITEM
        self.id = ""

    def take(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Text":
            if not self.opaque:
                self.run.take_text(value, start, end)
        elif name == "Start":
            self.open(*tag(value), start, end)
        elif name == "End":
            self.close(tag(value)[0], start, end)
        elif name == "Html":
            self.html.append((value, start, end))
        elif name == "SoftBreak":
            self.run.soft_break(start)
        elif name == "HardBreak":
            self.run.hard_break(start)
        elif name == "Rule":
            self.flush()
        elif name != "TaskListMarker" and not self.opaque:
            self.run.take(name, value, start, end)

    def open(self, name: str, data: Any, start: int, end: int) -> None:
        if name in OPENING:
            self.run.link(data, start, end, OPENING[name])
            return
        if name in INLINES:
            self.run.reach(start, end)
            return
        self.flush()
        if name in LEAVES:
            self.leaf = LEAVES[name]
            self.id = data["id"] or "" if name == "Heading" else ""
        elif name in CONTAINERS:
            self.path = (*self.path, self.index(start))
            self.quotes += name == "BlockQuote"
            self.run.quotes = self.quotes
        elif name in ("CodeBlock", "HtmlBlock"):
            self.opaque = Leaf.CODE if name == "CodeBlock" else Leaf.HTML

    def close(self, name: str, start: int, end: int) -> None:
        if name in INLINES:
            self.run.close(name)
            return
        self.flush()
        if name in CONTAINERS:
            self.path = self.path[:-1]
            self.quotes -= name == "BlockQuote"
            self.run.quotes = self.quotes
        elif name == "CodeBlock":
            self.add_code(start, end)
        elif name == "HtmlBlock":
            self.add_html()

    def flush(self) -> None:
        """End the block whose words were gathered, if there are any."""
        run, leaf = self.run, self.leaf
        self.leaf = Leaf.ITEM
        if run.start < 0:
            return
        run.trim()
        text = run.text
        if leaf is Leaf.CELL:
            text = text.replace("\\|", "|")
        self.found.append(
            Block(
                leaf,
                self.index(run.start),
                self.index(run.end),
                text,
                self.path,
                self.prefix(run.start) if self.path and leaf is not Leaf.CELL else "",
                self.id if leaf is Leaf.HEADING else "",
                "".join(run.plain) if leaf is Leaf.HEADING else "",
                run.has_words,
            )
        )
        self.run = Run(self.data, self.quotes)

    def prefix(self, start: int) -> str:
        """What the line holds before `start`, with list markers turned to spaces."""
        first = self.data.rfind(b"\n", 0, start) + 1
        return NOT_PREFIX.sub(" ", self.data[first:start].decode())

    def add_html(self) -> None:
        self.opaque = None
        lines, self.html = self.html, []
        while lines and not lines[-1][0].strip():
            lines.pop()
        if not lines:
            return
        text = re.sub(r"\r\n?", "\n", "".join(line for line, _, _ in lines)).rstrip(" \t\n")
        start, end = lines[0][1], lines[-1][2]
        end = start + len(self.data[start:end].rstrip(b" \t\r\n"))
        second = self.data.find(b"\n", start, end)
        further = (first for line, first, _ in lines if line.strip() and first > second >= 0)
        prefix = self.prefix(next(further, start)) if self.path else ""
        self.found.append(
            Block(
                Leaf.HTML,
                self.index(start),
                self.index(end),
                text,
                self.path,
                prefix,
                has_words=html_has_words(text),
            )
        )

    def add_code(self, start: int, end: int) -> None:
        self.opaque = None
        lines = self.data[start:end].splitlines() or [b""]
        opening = re.match(rb"`{3,}|~{3,}", lines[0])
        closing = FENCE.fullmatch(lines[-1]) if len(lines) > 1 else None
        is_closed = not opening or bool(closing and closing[1].startswith(opening[0]))
        self.found.append(
            Block(
                Leaf.CODE,
                self.index(start),
                self.index(end),
                "",
                self.path,
                has_words=False,
                is_closed=is_closed,
            )
        )
