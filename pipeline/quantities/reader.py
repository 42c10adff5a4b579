"""Reads the figures of a text in one language, by value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.quantities import clock
from pipeline.quantities.figure import Quantity, Reading, Weight, number
from pipeline.quantities.line import Line
from pipeline.quantities.numerals import numeral
from pipeline.quantities.spelled import spelled
from pipeline.quantities.words import lexicon, plain
from pipeline.screens import screen

SENTENCE_END = re.compile(r"[.!?]\s")
"""No figure reaches over it."""


@lru_cache(maxsize=4096)
def read(text: str, lang: str) -> tuple[Quantity, ...]:
    """The figures of a plain text (no markup) in the language `lang`, in their order."""
    return _read(text, lang, [(0, len(text))])


@lru_cache(maxsize=4096)
def counting(text: str, lang: str) -> tuple[Quantity, ...]:
    """Those figures of `read` that a translation must keep; quicker, as most sentences have none."""
    words = _screen(lang)(text)
    if not words:
        return ()
    ends = (0, *(found.end() for found in SENTENCE_END.finditer(text)), len(text))
    stretches = [
        (first, last) for first, last in pairwise(ends) if any(map(text[first:last].__contains__, words))
    ]
    return tuple(one for one in _read(text, lang, stretches) if one.weight > Weight.LOOSE)


@cache
def _screen(lang: str) -> Callable[[str], frozenset[str]]:
    """The words of a text in which a figure may begin that counts."""
    known = lexicon(lang)

    def may_count(word: str) -> bool:
        if known.sure.search(plain(word)):
            return True
        # A longer word that begins as a number does means the same wherever it stands: *sjuk*, *tjugofem*.
        return known.glued.search(plain(word)) is not None and any(
            one.weight > Weight.LOOSE for one in read(word, lang)
        )

    return screen(may_count)


def _read(text: str, lang: str, stretches: Iterable[tuple[int, int]]) -> tuple[Quantity, ...]:
    """The figures that begin in these stretches of `text`."""
    line = Line(text, plain(text), lang, lexicon(lang))
    small = line.text.lower()
    found: list[Quantity] = []
    place = 0
    for first, last in stretches:
        place = max(place, first)
        while match := line.words.start.search(small, place, last):
            quantities, end = (spelled if match["word"] else numeral)(line, match.start())
            found += quantities
            place = max(end, match.end())
    return tuple(_spread(line, found))


def _spread(line: Line, found: list[Quantity]) -> list[Quantity]:
    """In `5–10 mg` both figures may be read with the unit, in `9 to 11 a.m.` as hours."""
    if len(found) < 2:
        return found
    for step in (-1, 1):
        for here, there in pairwise(range(len(found))[::step]):
            left, right = sorted((here, there))
            between = line.text[found[left].end : found[right].start]
            if len(between) < 14 and line.words.gap.match(between):
                found[there] = _as_well(found[there], found[here])
    return found


def _as_well(quantity: Quantity, neighbour: Quantity) -> Quantity:
    """`quantity`, which may be read as its neighbour is."""
    plain = [each for each in quantity.readings if each.kind == "number" and not each.unit]
    if not plain or len(quantity.readings) > 1:
        return quantity
    value = plain[0].value
    more: set[Reading] = {each._replace(value=value) for each in neighbour.readings if each.unit}
    if isinstance(value, Fraction):
        if quantity.factor == 1 < neighbour.factor:
            more |= {number(value * neighbour.factor, each.unit) for each in neighbour.readings}
        if 0 <= value <= 24 and any(each.kind == "time" for each in neighbour.readings):
            more |= clock.times([value])
    return quantity._replace(readings=quantity.readings | more)
