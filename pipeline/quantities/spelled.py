"""Figures that begin with a letter: number words, ordinals, months, clock times in words."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.quantities import clock, digits
from pipeline.quantities.figure import Quantity, Reading, Weight, number
from pipeline.quantities.line import HALF, Line, measures

WORD = re.compile(r"[^\W\d_]+")
DOUBLE = re.compile(r"[^\W\d_]+-[^\W\d_]+")
FIGURE_BEFORE = re.compile(r"\d\D{0,6}\s$")
FIGURE_AFTER = re.compile(r"\.?,?\s\d")
NAMED = re.compile(r"[^\W\d_a-zåäö]\w*\s[^\W\d_a-zåäö]")
"""A capitalised number word in a name, as *Six Flags*."""


def spelled(line: Line, start: int) -> tuple[list[Quantity], int]:
    """The figure that begins with the word at `start`, if it is one, and where to go on."""
    found = WORD.match(line.text, start)
    if not found:
        return [], start + 1
    if not line.known.glued and found[0].lower() not in line.words.whole:
        return [], found.end()
    times, end = clock.spoken(line, start)
    if times:
        return times, end
    for word in (DOUBLE.match(line.text, start), found):
        if word and word[0].lower() in line.known.ordinals:
            quantity = _ordinal(line, word)
            return [quantity], quantity.end
    parts, end = line.words.number(line.text, start)
    quantity_ = _number(line, start, end, parts) if parts else _other(line, found)
    return ([quantity_], quantity_.end) if quantity_ else ([], found.end())


def _number(line: Line, start: int, end: int, parts: list[str]) -> Quantity:
    value, words = line.words.value(parts), line.words
    is_weak = words.is_weak(parts) and not words.one_before.search(line.text, max(0, start - 6), start)
    weight = Weight.LOOSE if is_weak or NAMED.match(line.text, start) else Weight.WORD
    if (decade := words.decade_mark.match(line.text, end)) and value % 10 == 0:
        return line.quantity(start, decade.end(), {Reading("decade", value)}, weight)
    if part := words.part.match(line.text, end):
        value, end = value * line.known.fractions[part[1].lower()], part.end()
    value, end = line.half(value, end)
    unit, stop = _unit(line, value, end)
    if stop == end and (tail := WORD.match(line.text, end)):
        return line.quantity(start, tail.end(), {number(value)}, Weight.LOOSE)
    value, end = line.half(value, stop)
    if unit and parts[0] in line.known.homographs:
        weight = Weight.WORD
    minus = digits.sign(line.text, start, line.words.minus)
    if minus is not None:
        value, start = -value, minus
    factor = max((line.known.scales.get(part, 1) for part in parts), default=1)
    return line.quantity(start, end, measures(value, unit), weight, factor)


def _unit(line: Line, value: Fraction, end: int) -> tuple[str, int]:
    """The unit of a number word; *half a tablet* has an article before it."""
    if value == HALF and (article := line.words.half_of.match(line.text, end)):
        unit, stop = line.unit(article.end())
        return (unit, stop) if unit else ("", end)
    return line.unit(end, compound="")


def _other(line: Line, found: re.Match[str]) -> Quantity | None:
    """A month, a decade, an article or its like."""
    word, start, end = found[0].lower(), found.start(), found.end()
    if word in line.known.months:
        return _month(line, found)
    if decade := line.known.decades.get(word):
        readings = {Reading("decade", Fraction(each)) for each in (decade, 1900 + decade)}
        return line.quantity(start, end, readings, Weight.LOOSE)
    if line.known.glued and (inside := line.words.month_inside.match(word)):
        readings = {Reading("month", Fraction(line.known.months[inside[1]]))}
        return line.quantity(start, end, readings, Weight.LOOSE)
    value = line.words.loose.get(word)
    return None if value is None else _loose(line, start, end, value)


def _loose(line: Line, start: int, end: int, value: Fraction) -> Quantity:
    """An article or its like; *an hour and a half* counts."""
    more, end = line.half(value, end)
    unit, end = line.unit(end)
    if unit and more == value:
        more, end = line.half(value, end)
    weight = Weight.LOOSE if more == value else Weight.WORD
    return line.quantity(start, end, measures(more, unit), weight)


def _ordinal(line: Line, found: re.Match[str]) -> Quantity:
    """*third*: a rank, a part, or (every third day) a number of units."""
    word, start, end = found[0].lower(), found.start(), found.end()
    value = Fraction(line.known.ordinals[word])
    if century := line.words.century_mark.match(line.text, end):
        return line.quantity(start, century.end(), {Reading("decade", (value - 1) * 100)}, Weight.WORD)
    readings = {Reading("ordinal", value)}
    if part := line.known.fractions.get(word):
        readings.add(number(part))
    if not (interval := line.interval(start, end)):
        return line.quantity(start, end, readings, Weight.LOOSE)
    unit, end = interval
    readings |= measures(value, unit)
    return line.quantity(start, end, readings, Weight.WORD if unit else Weight.LOOSE)


def _month(line: Line, found: re.Match[str]) -> Quantity | None:
    """A month; alone it may be a verb or a planet, and an abbreviation counts only beside a figure."""
    word, start, end = found[0], found.start(), found.end()
    if line.known.month_capital and not word[0].isupper():
        return None
    before = FIGURE_BEFORE.search(line.text, max(0, start - 9), start)
    beside = before or FIGURE_AFTER.match(line.text, end)
    if not beside and word.lower() not in line.words.long_months:
        return None
    readings = {Reading("month", Fraction(line.known.months[word.lower()]))}
    sure = beside or word not in line.known.doubtful_months
    return line.quantity(start, end, readings, Weight.WORD if sure else Weight.LOOSE)
