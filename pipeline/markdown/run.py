"""The words of one block, gathered from its events and folded to one line."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.markdown.wording import has_words, html_has_words

SPACES = re.compile(rb"[ \t]{2,}|\t")
SHORT = {"Shortcut": len(""), "Collapsed": len("[]")}
"""References that take their words for the label, and what follows the words (it is in no range)."""
BLANKS = b" \t"
ENDS = b" \t\r"
BACKSLASH = ord("\\")


@cache
def line_end(quotes: int) -> re.Pattern[bytes]:
    """A line's end, up to the words of the next line, inside so many block quotes."""
    return re.compile(rb"[ \t]*\r?\n(?:[ \t]*>){0,%d}[ \t]*" % quotes)


@cache
def _next_line(quotes: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?:[ \t]*>){0,%d}[ \t]*" % quotes)


def folded(lines: bytes, quotes: int) -> bytes:
    """`lines` with each `line_end` as a space; much quicker, for most blanks end no line."""
    *ended, last = lines.split(b"\n")
    if not ended:
        return lines
    ended = [line.rstrip(ENDS) for line in ended]
    return _next_line(quotes).sub(b" ", b"\n".join([*ended, last]))


class Run:
    """Takes inline events in order; offsets are bytes of `data`."""

    def __init__(self, data: bytes, quotes: int) -> None:
        self.data = data
        self.quotes = quotes
        self.start = self.end = -1
        self.has_words = False
        self.plain: list[str] = []
        self.edits: list[tuple[int, int, bytes]] = []
        self.breaks: set[int] = set()
        self.pending: tuple[int, bytes] | None = None
        self.is_autolink = False

    def take_text(self, value: str, start: int, end: int) -> None:
        """Words."""
        self.reach(start, end)
        if not self.has_words and not self.is_autolink:
            self.has_words = has_words(value)
        if "  " in value or "\t" in value:
            self.edits += [(*found.span(), b" ") for found in SPACES.finditer(self.data, start, end)]
        self.plain.append(value)

    def take(self, name: str, value: Any, start: int, end: int) -> None:
        """An event that is no words, no start, no end and no break."""
        self.reach(start, end)
        if name == "InlineHtml":
            self.has_words = self.has_words or html_has_words(value)
            if self.data.endswith(b"](", self.start, start) and "\n" in value:
                self.edits.append((start - 1, start - 1, b"\\"))  # on one line it would be a link
            return
        self.plain.append(value)

    def reach(self, start: int, end: int) -> None:
        """The block's words go on from `start` to `end`."""
        if self.start < 0 or self.pending:
            if start and self.data[start - 1] == BACKSLASH:  # the backslash of an escape is in no event
                start -= 1
            if self.start < 0:
                self.start = start
            if self.pending:
                self.edits.append((self.pending[0], start, self.pending[1]))
                self.pending = None
        self.end = max(self.end, end)

    def link(self, data: Any, start: int, end: int, opening: int) -> None:
        """A link or an image, whose words begin `opening` bytes after `start`.

        A reference gets its label written out, so that its words may be translated.
        """
        self.reach(start, end)
        kind = data["link_type"]
        self.is_autolink = kind in ("Autolink", "Email")
        self.has_words = self.has_words or (kind == "Inline" and has_words(data["title"]))
        if kind in SHORT:
            label = folded(self.data[start + opening : end - 1], self.quotes)
            self.end = max(self.end, end + SHORT[kind])
            self.edits.append((end, end + SHORT[kind], b"[" + label + b"]"))

    def soft_break(self, start: int) -> None:
        """A line ends; where quotes may begin the next one, only the parser knows where its words do."""
        if self.start < 0:
            return
        self.plain.append(" ")
        if self.quotes:
            self.breaks.add(self.data.find(b"\n", start))
            while self.data[start - 1] in BLANKS:
                start -= 1
            self.pending = (start, b" ")

    def hard_break(self, start: int) -> None:
        """A line ends for the reader too."""
        if self.pending or self.start < 0:
            self.reach(start, start)
        self.breaks.add(self.data.find(b"\n", start))
        first, mark = start, b"\\\n"
        while first > self.start and self.data[first - 1] == BACKSLASH:
            first -= 1
        if (start - first) % 2:
            mark = b"\\" + mark  # or it would be an escaped backslash
        elif self.data[start - 1] in b"*_~" and self.data[start] in BLANKS:
            mark = b" " + mark  # it stood before a blank: no closing delimiter
        self.pending = (start, mark)
        self.plain.append(" ")

    def close(self, name: str) -> None:
        """A link, an image or an emphasis ends."""
        self.is_autolink = False
        if self.pending:
            start, mark = self.pending
            if mark != b" ":  # a backslash here would escape the closing bracket
                mark = b" " if name == "Image" else b"<br />"
            line = line_end(self.quotes).search(self.data, start)
            self.edits.append((start, line.end() if line else start, mark))
            self.pending = None

    def trim(self) -> None:
        """The block ends: blanks at its end are none of its words."""
        while self.data[self.end - 1] in BLANKS:
            self.end -= 1

    @property
    def text(self) -> str:
        """The words on one line; hard breaks are a backslash and a newline."""
        raw = self.data[self.start : self.end]
        if not self.edits:
            return folded(raw, self.quotes).decode()
        edits = sorted([*self.edits, *self.folds()])
        pieces, done = [], self.start
        for start, end, piece in edits:
            if start >= done:
                pieces += [self.data[done:start], piece]
                done = end
        return b"".join([*pieces, self.data[done : self.end]]).decode()

    def folds(self) -> list[tuple[int, int, bytes]]:
        """Line ends that no event has told of."""
        found = line_end(self.quotes).finditer(self.data, self.start, self.end)
        return [
            (*line.span(), b" ") for line in found if self.data.find(b"\n", line.start()) not in self.breaks
        ]
