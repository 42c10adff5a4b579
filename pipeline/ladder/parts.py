"""One sentence as a tree: what is said, what must come back as it was, and what wraps words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import markdown
from pipeline.inline import EMAIL, PLACEHOLDER
from pipeline.markdown import Mark, Span

FIXED = re.compile(f"{PLACEHOLDER.pattern}|{EMAIL.pattern}")
WRAPS = {Mark.LINK, Mark.IMAGE, Mark.EMPHASIS, Mark.STRONG, Mark.STRIKE}
SILENT = {Mark.FOOTNOTE, Mark.HTML, Mark.BREAK}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: as written, and as read."""

    raw: str
    value: str


@dataclass(frozen=True, slots=True)
class Atom:
    """What comes back as it was.  A silent one (a footnote's mark) is no word of the sentence."""

    raw: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Wrap:
    """Markup round words."""

    opening: str
    closing: str
    inner: tuple[Part, ...]


Part = Words | Atom | Wrap


def parts(text: str) -> tuple[Part, ...]:
    """The tree of a text in Markdown.  Law: `joined(parts(text)) == text`."""
    return tuple(_walk(text, markdown.spans(text), 0, len(text)))


def plain(text: str) -> tuple[Part, ...]:
    """The tree of a text without markup."""
    return tuple(_words(text, text))


def joined(tree: Sequence[Part]) -> str:
    """The text as it was written."""
    return "".join(
        part.opening + joined(part.inner) + part.closing if isinstance(part, Wrap) else part.raw
        for part in tree
    )


def leaves(tree: Sequence[Part]) -> Iterator[Words | Atom]:
    """The tree's parts, without what wraps them."""
    for part in tree:
        if isinstance(part, Wrap):
            yield from leaves(part.inner)
        else:
            yield part


def changed(tree: Sequence[Part], change: Callable[[Words], Sequence[Part]]) -> tuple[Part, ...]:
    """The tree with other parts in place of its words."""
    found: list[Part] = []
    for part in tree:
        if isinstance(part, Wrap):
            found.append(replace(part, inner=changed(part.inner, change)))
        elif isinstance(part, Words):
            found.extend(change(part))
        else:
            found.append(part)
    return tuple(found)


def cut(words: Words, places: Sequence[tuple[int, int]]) -> Sequence[Part]:
    """The words with what stands in `places` as atoms."""
    found: list[Part] = []
    end = 0
    for first, last in places:
        found += [*_said(words.raw[end:first]), Atom(words.raw[first:last])]
        end = last
    return [*found, *_said(words.raw[end:])] if places else [words]


def _said(text: str) -> list[Part]:
    return [Words(text, text)] if text else []


def _walk(text: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Part]:
    place = start
    for index, span in enumerate(spans):
        if span.start < place or span.end > end:
            continue
        if span.kind is Mark.TEXT:
            yield from _words(text[place : span.end], text[place : span.start].lstrip("\\") + span.value)
        else:
            yield from _words(text[place : span.start], text[place : span.start])
            if span.kind in WRAPS:
                first, last = span.inner
                inner = tuple(_walk(text, spans[index + 1 :], first, last))
                yield Wrap(text[span.start : first], text[last : span.end], inner)
            else:
                yield Atom(text[span.start : span.end], span.kind in SILENT)
        place = span.end
    yield from _words(text[place:end], text[place:end])


def _words(raw: str, value: str) -> Iterator[Part]:
    """Words, with placeholders cut out of them; escaped words that hold one are kept as they are."""
    if not raw:
        return
    if raw != value:
        yield Atom(raw) if FIXED.search(value) else Words(raw, value)
        return
    place = 0
    for found in FIXED.finditer(raw):
        if found.start() > place:
            yield Words(raw[place : found.start()], raw[place : found.start()])
        yield Atom(found[0])
        place = found.end()
    if place < len(raw):
        yield Words(raw[place:], raw[place:])
