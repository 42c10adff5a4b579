"""Plain text: paragraphs between blank lines; divs and directives on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from pipeline import markdown
from pipeline.articles import directives, fences
from pipeline.articles.anchors import Anchors
from pipeline.articles.scope import Scope
from pipeline.model import Kind, Place, Segment, Verbatim

LINE = re.compile(r"([ \t\f\v]*)([^\r\n]*?)[ \t\f\v]*(?:\r\n|\r|\n|\Z)")
BLANKS = re.compile(r"[ \t\f\v\r\n]+")
OWN_LINE = (fences.OPENING, "<!--")
"""What a line begins with that is no part of a paragraph."""

Stretch = tuple[int, int]


def one_line(text: str) -> str:
    """`text` with its lines joined."""
    return BLANKS.sub(" ", text).strip(" ")


def split(text: str, start: int, path: str, scope: Scope, *, title: bool) -> Iterator[Segment | Verbatim]:
    """The parts of `text` from `start` on; with `title`, the first paragraph is the article's."""
    anchors, done = Anchors(), start
    for first, last in _stretches(text, start):
        raw, place = text[first:last], Place(path, text.count("\n", 0, first) + 1)
        if raw.startswith(fences.OPENING):
            scope.fence(fences.parse(raw).name, (), place)
        elif directive := directives.parse(raw):
            scope.direct(directive, (), place)
        else:
            said = scope.says((first,))
            if scope.off or not markdown.has_words(raw):
                continue
            if first > done:
                yield Verbatim(text[done:first])
            yield _segment(raw, said, scope.lang, place, "" if title else anchors.of_text(one_line(raw)))
            done, title = last, False
    if done < len(text):
        yield Verbatim(text[done:])


def to_html(text: str, start: int, *, skip: int) -> str:
    """The text from `start` on as HTML, without its first `skip` paragraphs."""
    lines = []
    for first, last in _stretches(text, start):
        raw = text[first:last]
        if raw.startswith(fences.OPENING):
            lines.append(fences.tag(fences.parse(raw)))
        elif not directives.parse(raw):
            if skip <= 0 or not markdown.has_words(raw):
                lines.append(f"<p>{_linked(one_line(raw))}</p>")
            skip -= markdown.has_words(raw)
    return "".join(f"{line}\n" for line in lines)


def protected(text: str) -> str:
    """`text` as a paragraph: a space before what would be a line of its own kind."""
    return f" {text}" if text.startswith(OWN_LINE) else text


def _segment(raw: str, said: dict[str, str], lang: str, place: Place, anchor: str) -> Segment:
    kind = Kind.PARAGRAPH if anchor else Kind.TITLE
    context = said.get("context", "" if anchor else kind.value)
    return Segment(raw, one_line(raw), lang, kind, context, said.get("note", ""), anchor, place=place)


def _stretches(text: str, start: int) -> Iterator[Stretch]:
    """Paragraphs, and the lines that stand for themselves, without the blanks around them."""
    first = last = -1
    while start < len(text):
        line = LINE.match(text, start)
        assert line
        start = line.end()
        alone = line.group(0).startswith(OWN_LINE)
        if first >= 0 and (alone or not line[2]):
            yield first, last
            first = -1
        if alone:
            yield line.span(2)
        elif line[2]:
            first = first if first >= 0 else line.start(2)
            last = line.end(2)
    if first >= 0:
        yield first, last


def _linked(text: str) -> str:
    pieces, done = [], 0
    for start, end in markdown.addresses(text):
        address = escape(text[start:end])
        pieces += [escape(text[done:start]), f'<a href="{address}">{address}</a>']
        done = end
    return "".join(pieces) + escape(text[done:])
