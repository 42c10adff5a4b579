"""A text in pieces: words, and the markup round and between them as inline codes.

Other tools lock a code, number it and let a translator move it, so that no `**`, link or placeholder is
broken by hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from html import unescape
from itertools import count
from typing import NamedTuple

from pipeline.inline import EMAIL, MARKED, PLACEHOLDER, TAG, WRAPPED
from pipeline.markdown import Mark, Span, spans

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CONTROL, TITLE, VARIABLE, ENTITY = "control", "title", "placeholder", "entity"
"""Kinds of codes beside those of `Mark`: what XML cannot hold, a link's title's end, `{name}`, `&nbsp;`."""

PARTS = re.compile(f"{NOT_IN_XML.pattern}|(?:(?!{NOT_IN_XML.pattern}).)+", re.DOTALL)
ENTITIES = re.compile(r"&#?\w+;")


class Role(Enum):
    """What a piece is."""

    TEXT = "text"
    SINGLE = "single"
    OPEN = "open"
    CLOSE = "close"


class Piece(NamedTuple):
    """Some of a text; the two halves of a pair have one id."""

    role: Role
    text: str
    kind: str = ""
    id: int = 0


def coded(source: str, target: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: the same code in both has the same id, a code of one alone an id of its own.

    Law: joined, the texts of the pieces are the text.  Pairs are nested.
    """
    ours, theirs = list(_pieces(source)), list(_pieces(target))
    fresh, spare = count(1), defaultdict[tuple[str, ...], list[int]](list)
    first, second = dict[int, int](), dict[int, int]()
    for place, key in _keys(ours).items():
        first[place] = next(fresh)
        spare[key].append(first[place])
    for place, key in _keys(theirs).items():
        second[place] = spare[key].pop(0) if spare[key] else next(fresh)
    return _numbered(ours, first), _numbered(theirs, second)


def _keys(pieces: Iterable[Piece]) -> dict[int, tuple[str, ...]]:
    """What makes two codes the same: kind and text, of both halves of a pair."""
    found: dict[int, tuple[str, ...]] = {}
    for piece in pieces:
        if piece.role is not Role.TEXT:
            found[piece.id] = (*found.get(piece.id, ()), piece.kind, piece.text)
    return found


def _numbered(pieces: Iterable[Piece], numbers: dict[int, int]) -> list[Piece]:
    return [piece if piece.role is Role.TEXT else piece._replace(id=numbers[piece.id]) for piece in pieces]


class _Place(NamedTuple):
    """Where a code stands, and which end of which pair it may be."""

    start: int
    end: int
    kind: str
    opens: str = ""
    closes: str = ""


def _pieces(text: str) -> Iterator[Piece]:
    """The pieces of `text`; a code's id is, for now, the place where it or its opening half begins."""
    end = 0
    for place, role, start in _paired(_apart(_places(text))):
        yield from _parts(Piece(Role.TEXT, text[end : place.start]), end)
        yield from _parts(Piece(role, text[place.start : place.end], place.kind, start), place.start)
        end = place.end
    yield from _parts(Piece(Role.TEXT, text[end:]), end)


def _parts(piece: Piece, start: int) -> Iterator[Piece]:
    """`piece`, with each character that XML cannot hold as a code of its own."""
    for found in PARTS.finditer(piece.text):
        if NOT_IN_XML.match(found[0]):
            yield Piece(Role.SINGLE, found[0], CONTROL, start + found.start())
        elif piece.role is Role.TEXT or not found.start():
            yield piece._replace(text=found[0])
        else:
            yield Piece(Role.SINGLE, found[0], piece.kind, start + found.start())


def _paired(places: Iterable[_Place]) -> list[tuple[_Place, Role, int]]:
    """Each place with its role, and where its pair begins; halves that cross or are alone are single."""
    found = [(place, Role.SINGLE, place.start) for place in places]
    opened: list[int] = []
    for index, (place, _, _) in enumerate(found):
        if place.opens:
            opened.append(index)
        elif place.closes and any(found[other][0].opens == place.closes for other in opened):
            while found[opened[-1]][0].opens != place.closes:
                opened.pop()
            opening = found[first := opened.pop()][0]
            found[first] = (opening, Role.OPEN, opening.start)
            found[index] = (place, Role.CLOSE, opening.start)
    return found


def _apart(places: Iterable[_Place]) -> Iterator[_Place]:
    """`places` in order, without those that begin inside another."""
    end = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if place.end > place.start >= end:
            yield place
            end = place.end


def _places(text: str) -> Iterator[_Place]:
    if not MARKED.search(text):
        return
    for span in spans(text):
        if span.kind in WRAPPED:
            yield from _pair(span, text)
        elif span.kind is Mark.HTML and (tag := TAG.match(span.value)):
            name = tag[2].lower()
            ends = ("", name) if tag[1] else (name, "")
            yield _Place(span.start, span.end, Mark.HTML, *ends)
        elif span.kind is not Mark.TEXT:
            yield _Place(span.start, span.end, span.kind)
    for kind, pattern in ((VARIABLE, PLACEHOLDER), (Mark.AUTOLINK, EMAIL), (ENTITY, ENTITIES)):
        for found in pattern.finditer(text):
            if kind is not ENTITY or _is_sign(found[0]):
                yield _Place(*found.span(), kind)


def _is_sign(entity: str) -> bool:
    """Does it stand for one character that is no letter?  A letter is left in its word."""
    character = unescape(entity)
    return len(character) == 1 and not character.isalnum()


def _pair(span: Span, text: str) -> Iterator[_Place]:
    """Both ends of emphasis or a link; the title of a link is left outside, for the translator."""
    pair, (first, last), end = str(span.start), span.inner, span.end
    yield _Place(span.start, first, span.kind, opens=pair)
    stem = text[last:end].rstrip(") \t\n")
    at = len(stem) - 1 - len(span.title)
    if span.title and stem[at:-1] == span.title and stem[at - 1] == stem[-1] in "\"'":
        yield _Place(last + len(stem) - 1, end, TITLE)
        end = last + at
    yield _Place(last, end, span.kind, closes=pair)
