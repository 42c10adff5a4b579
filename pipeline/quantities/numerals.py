"""Figures that begin with a digit."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.quantities import clock, digits
from pipeline.quantities.figure import Quantity, Reading, Weight, number
from pipeline.quantities.line import Line, measures
from pipeline.quantities.units import unit_before

NAME = re.compile(r"[^\W\d_]-?$")
"""Before digits that belong to a name: H5N1, COVID-19."""


def numeral(line: Line, start: int) -> tuple[list[Quantity], int]:
    """The figure that begins with the digit at `start` (a date has three), and where it ends."""
    if parts := clock.date(line, start):
        return parts, parts[0].end
    times, end = clock.colon(line, start)
    if times:
        return times, end
    value, end = digits.literal(line.text, start, line.known)
    if isinstance(value, str) or NAME.search(line.text, max(0, start - 2), start):
        return [line.quantity(start, end, {number(value)}, Weight.DIGITS)], end
    if marked := _marked(line, start, end, value):
        readings, end = marked
        return [line.quantity(start, end, readings, Weight.DIGITS)], end
    quantity = _measured(line, start, end, value)
    return [quantity], quantity.end


def _marked(line: Line, start: int, end: int, value: Fraction) -> tuple[frozenset[Reading], int] | None:
    """Ordinals, decades, centuries and ages."""
    text, words = line.text, line.words
    if found := words.age_mark.match(text, end):
        return frozenset({Reading("decade", value), number(value)}), found.end()
    if found := words.hundred_mark.match(text, end):
        value, end = value * 100, found.end()
    if found := words.ordinal_mark.match(text, end):
        if century := words.century_mark.match(text, found.end()):
            return frozenset({Reading("decade", (value - 1) * 100)}), century.end()
        unit, end = line.interval(start, found.end()) or ("", found.end())
        return measures(value, unit) | {Reading("ordinal", value), number(value)}, end
    if (found := words.decade_mark.match(text, end)) and value % 10 == 0:
        values = {value, value + 1900} if value < 100 else {value}
        return frozenset(Reading("decade", each) for each in values), found.end()
    return None


def _measured(line: Line, start: int, end: int, value: Fraction) -> Quantity:
    """A plain number with what surrounds it: sign, scale, unit, currency; or an hour."""
    times, stop, only = clock.other_times(line, start, end)
    if only:
        return line.quantity(start, stop, times, Weight.DIGITS)
    currency, first = unit_before(line.text, start)
    factor, end = line.words.scale(line.text, end, of_money=bool(currency))
    value, end = line.half(value, end)
    unit, end = line.unit(end, numerator=currency)
    value, end = line.half(value, end)
    minus = digits.sign(line.text, start, line.words.minus)
    if minus is not None:
        value, first = -value, min(first, minus)
    readings = measures(value if factor == 1 else value * factor, unit)
    if not unit and factor == 1:
        readings |= times
    return line.quantity(first, end, readings, Weight.DIGITS, factor)
