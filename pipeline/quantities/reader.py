"""Reads the figures of a text in one language, by value."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from pipeline.quantities import clock
from pipeline.quantities.figure import Quantity, Reading, number
from pipeline.quantities.line import Line
from pipeline.quantities.numerals import numeral
from pipeline.quantities.spelled import spelled
from pipeline.quantities.words import lexicon

ALIKE = str.maketrans("µ₀₁₂₃₄₅₆₇₈₉", "μ0123456789")
"""The micro sign is the letter; CO₂ is CO2."""


@lru_cache(maxsize=4096)
def read(text: str, lang: str) -> tuple[Quantity, ...]:
    """The figures of a plain text (no markup) in the language `lang`, in their order."""
    line = Line(text.translate(ALIKE), lang, lexicon(lang))
    found: list[Quantity] = []
    place = 0
    while match := line.words.start.search(line.text, place):
        quantities, end = (spelled if match["word"] else numeral)(line, match.start())
        found += quantities
        place = max(end, match.end())
    return tuple(replace(one, raw=text[one.start : one.end]) for one in _spread(line, found))


def _spread(line: Line, found: list[Quantity]) -> list[Quantity]:
    """In `5–10 mg` both figures may be read with the unit, in `9 to 11 a.m.` as hours."""
    if len(found) < 2:
        return found
    gap = re.compile(rf"\s?(?:[-–—−×,/]|\b(?:{line.known.range_words})\b)?\s?$")
    for step in (-1, 1):
        for here, there in pairwise(range(len(found))[::step]):
            left, right = sorted((here, there))
            between = line.text[found[left].end : found[right].start]
            if len(between) < 14 and gap.match(between):
                found[there] = _as_well(found[there], found[here])
    return found


def _as_well(quantity: Quantity, neighbour: Quantity) -> Quantity:
    """`quantity`, which may be read as its neighbour is."""
    plain = [each for each in quantity.readings if each.kind == "number" and not each.unit]
    if not plain or len(quantity.readings) > 1:
        return quantity
    value = plain[0].value
    more: set[Reading] = {replace(each, value=value) for each in neighbour.readings if each.unit}
    if isinstance(value, Fraction):
        if quantity.factor == 1 < neighbour.factor:
            more |= {number(value * neighbour.factor, each.unit) for each in neighbour.readings}
        if 0 <= value <= 24 and any(each.kind == "time" for each in neighbour.readings):
            more |= clock.times([value])
    return replace(quantity, readings=quantity.readings | more)
