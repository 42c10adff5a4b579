"""Plain text: paragraphs between blank lines; divs and directives on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from pipeline import markdown
from pipeline.articles import directives, fences
from pipeline.articles.anchors import Anchors
from pipeline.articles.lines import Lines
from pipeline.articles.scope import Scope, malformed
from pipeline.model import Kind, Place, Segment, Verbatim

LINE = re.compile(r"([ \t\f\v]*)([^\r\n]*?)[ \t\f\v]*(?:\r\n|\r|\n|\Z)")
BLANKS = re.compile(r"[ \t\f\v\r\n]+")
Stretch = tuple[int, int, bool]
"""From where to where, and whether it is a line that stands for itself."""


def one_line(text: str) -> str:
    """`text` with its lines joined."""
    return BLANKS.sub(" ", text).strip(" ")


def split(text: str, start: int, path: str, scope: Scope, *, title: bool) -> Iterator[Segment | Verbatim]:
    """The parts of `text` from `start` on; with `title`, the first paragraph is the article's."""
    anchors, lines, done = Anchors(), Lines(text, path), start
    for first, last, alone in _stretches(text, start):
        raw, place = text[first:last], lines.place(first)
        if alone:
            _follow(scope, raw, place)
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


def to_html(text: str, start: int, lang: str, *, skip: int) -> str:
    """The text from `start` on as HTML, without its first `skip` paragraphs."""
    lines, page = [], fences.Page(lang)
    for first, last, alone in _stretches(text, start):
        raw = text[first:last]
        if alone and raw.startswith(fences.OPENING):
            lines.append(page.tag(fences.parse(raw).name or ""))
        elif alone:
            lines.append(page.marked(raw))
        else:
            if skip <= 0 or not markdown.has_words(raw):
                lines.append(f"<p>{_linked(one_line(raw))}</p>")
            skip -= markdown.has_words(raw)
    return "".join(f"{line}\n" for line in lines if line)


def protected(text: str) -> str:
    """`text` as a paragraph: a space before what would be a line of another kind."""
    return f" {text}" if _stands_alone(text) else text


def _stands_alone(line: str) -> bool:
    """Is it a fence or a directive?"""
    return line.startswith(fences.OPENING) or directives.parse(line) is not None


def _follow(scope: Scope, line: str, place: Place) -> None:
    """Tell `scope` of a fence or a directive."""
    if directive := directives.parse(line):
        scope.direct(directive, (), place)
        return
    name = fences.parse(line).name
    if name is None:
        raise malformed(place)
    scope.fence(name, (), place)


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
        alone = not line[1] and _stands_alone(line[2])
        if first >= 0 and (alone or not line[2]):
            yield first, last, False
            first = -1
        if alone:
            yield *line.span(2), True
        elif line[2]:
            first = first if first >= 0 else line.start(2)
            last = line.end(2)
    if first >= 0:
        yield first, last, False


def _linked(text: str) -> str:
    pieces, done = [], 0
    for start, end in markdown.addresses(text):
        address = escape(text[start:end])
        pieces += [escape(text[done:start]), f'<a href="{address}">{address}</a>']
        done = end
    return "".join(pieces) + escape(text[done:])
