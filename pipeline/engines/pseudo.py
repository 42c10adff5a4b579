"""Pseudo-translation for work on the layout: accented and a third longer, and still readable.

It shows at a glance what is not translatable yet and what breaks when words grow.  Markup, code,
addresses, placeholders and figures stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import inline, quantities
from pipeline.engines import Answer, Engine, Piece, Setup

ACCENTS = str.maketrans(
    "AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz",
    "ÅåÇçĐđÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž",
)
VOWELS = frozenset("aeiouyåäöæøAEIOUYÅÄÖÆØ")
GROWTH = 0.3
WORD = re.compile(r"[^\W\d_]+")
TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Pseudo:
    """Any language into its pseudo-translation."""

    source_lang: str
    name: str = "pseudo"
    model: str = "accents-1"
    masks: tuple[str, ...] = ()

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """One answer for each text."""
        return [(self.answer(text),) for text in texts]

    def align(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """The same: its answers always have pieces."""
        return self.translate(texts)

    def answer(self, text: str) -> Answer:
        """`text` with its words accented, and which of them comes from where."""
        kept = list(self._kept(text))
        out, place = "", 0
        pieces: list[Piece] = []
        for start, end in kept:
            out, pieces = _spoken(text, place, start, out, pieces)
            pieces.append((len(out), len(out) + end - start, start, end))
            out += text[start:end]
            place = end
        out, pieces = _spoken(text, place, len(text), out, pieces)
        return Answer(out, tuple(pieces))

    def _kept(self, text: str) -> Iterator[tuple[int, int]]:
        """What stays, in order: masks, figures with their units, words with digits."""
        masked, hidden = inline.mask(text)
        places = []
        place = end = 0
        for found, raw in zip(inline.MASK.finditer(masked), hidden, strict=True):
            place += found.start() - end
            places.append((place, place + len(raw)))
            place, end = place + len(raw), found.end()
        places += [(figure.start, figure.end) for figure in quantities.read(text, self.source_lang)]
        places += [found.span() for found in TOKEN.finditer(text) if re.search(r"\d", found[0])]
        yield from _united(places)


def _united(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches in order, those that touch made one."""
    first = last = 0
    for start, end in sorted(places):
        if start > last:
            if last > first:
                yield first, last
            first = start
        last = max(last, end)
    if last > first:
        yield first, last


def _spoken(text: str, start: int, end: int, out: str, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """`out` and `pieces`, grown by the words of one stretch."""
    place = start
    for found in WORD.finditer(text, start, end):
        out += text[place : found.start()]
        grown = _grown(found[0])
        pieces = [*pieces, (len(out), len(out) + len(grown), *found.span())]
        out += grown
        place = found.end()
    return out + text[place:end], pieces


def _grown(word: str) -> str:
    """`word` with accents, and with some of its vowels doubled."""
    wanted = round(len(word) * GROWTH)
    out = ""
    for mark in word:
        out += mark
        if wanted and mark in VOWELS:
            out += mark.lower()
            wanted -= 1
    return out.translate(ACCENTS)


def load(source_lang: str, _target_lang: str, _setup: Setup) -> Engine:
    """Any direction will do."""
    return Pseudo(source_lang)
