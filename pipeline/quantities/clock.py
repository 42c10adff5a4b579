"""Times of day and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from pipeline.quantities.figure import Quantity, Reading, Weight, number
from pipeline.quantities.line import Line
from pipeline.quantities.words import Lexicon

COLON = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])")
HUNDREDS = re.compile(r"([01]\d|2[0-3])[0-5]\d")
POINT = re.compile(r"(\d{1,2})\.(\d{2})$")
ZONE = re.compile(r"\s?(?:UTC|GMT)\b")
DATE = re.compile(
    r"(?<![\d/-])(?:(?P<iso>\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}))(?![\d/-])"
)
AMBIGUOUS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")


def date(line: Line, start: int) -> list[Quantity]:
    """The parts of a date in digits: day, month and year; day and month stay open where they are ambiguous."""
    found = DATE.match(line.text, start)
    if not found:
        return []
    groups = (2, 3, "iso") if found["iso"] else (4, 5, 6)
    first, second = int(found[groups[0]]), int(found[groups[1]])
    if not (first and second and min(first, second) <= 12 and max(first, second) <= 31):
        return []
    day, month = number(Fraction(first)), Reading("month", Fraction(first))
    other_day, other_month = number(Fraction(second)), Reading("month", Fraction(second))
    if found["iso"] or second > 12:
        readings = ({month}, {other_day})
    elif first > 12:
        readings = ({day}, {other_month})
    else:
        readings = ({day, month}, {other_day, other_month})
    year = number(Fraction(int(found[groups[2]])))
    return [line.quantity(start, found.end(), each, Weight.DIGITS) for each in (*readings, {year})]


def ambiguous_dates(text: str) -> list[str]:
    """Dates like 3/4/2026, in which day and month cannot be told apart."""
    return [
        found[0]
        for found in (AMBIGUOUS.finditer(text) if "/" in text else ())
        if found[1] != found[2] and 0 < int(found[1]) <= 12 and 0 < int(found[2]) <= 12
    ]


def colon(line: Line, start: int) -> tuple[list[Quantity], int]:
    """A time with a colon, as 8:46 a.m."""
    found = COLON.match(line.text, start)
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return [], start
    minutes = Fraction(int(found[2]), 60) + Fraction(int(found[3] or 0), 3600)
    hours, end, _ = _hours(line, found.end(), Fraction(int(found[1])) + minutes)
    return [line.quantity(start, end, times(hours), Weight.DIGITS)], end


def other_times(line: Line, start: int, end: int) -> tuple[frozenset[Reading], int, bool]:
    """How the digits from `start` to `end` read as a time; the end; and whether they can only be one."""
    raw = line.text[start:end]
    pointed = POINT.match(raw)
    if pointed and int(pointed[1]) <= 24 and int(pointed[2]) <= 59:
        value = int(pointed[1]) + Fraction(int(pointed[2]), 60)
    elif len(raw) <= 2 and raw.isdecimal() and int(raw) <= 24:
        value = Fraction(int(raw))
    elif HUNDREDS.fullmatch(raw) and ZONE.match(line.text, end):
        return times([int(raw[:2]) + Fraction(int(raw[2:]), 60)]), end, False
    else:
        return frozenset(), end, False
    if not (pointed or _is_hour(line, start, end)):
        return frozenset(), end, False
    hours, stop, marked = _hours(line, end, value)
    return times(hours), stop, marked


def spoken(line: Line, start: int) -> tuple[list[Quantity], int]:
    """A time in words, as *half past two*, *halv tre*."""
    for pattern, shift in line.words.spoken:
        found = pattern.match(line.text, start)
        if not found:
            continue
        hour = _hour(found["hour"], line.words)
        if hour is not None:
            hours = [(hour + shift) % 12, (hour + shift) % 12 + 12]
            return [line.quantity(start, found.end(), times(hours), Weight.WORD)], found.end()
    return [], start


def times(hours: Iterable[Fraction]) -> frozenset[Reading]:
    """Readings as times of day, in hours since midnight."""
    return frozenset(Reading("time", hour % 24) for hour in hours)


def _hours(line: Line, end: int, value: Fraction) -> tuple[list[Fraction], int, bool]:
    for pattern, shift in ((line.words.morning, 0), (line.words.afternoon, 12)):
        if found := pattern.match(line.text, end):
            return [value % 12 + shift], found.end(), True
    late = value < 13 and line.words.late.search(line.text)
    return ([value, value % 12 + 12] if late else [value]), end, False


def _is_hour(line: Line, start: int, end: int) -> bool:
    words = line.words
    return bool(
        words.clock_before.search(line.text, max(0, start - 10), start)
        or any(mark.match(line.text, end) for mark in (words.hour_mark, words.morning, words.afternoon))
    )


def _hour(word: str, words: Lexicon) -> Fraction | None:
    if word.isdecimal():
        return Fraction(int(word)) if len(word) < 3 else None
    spelled = word.lower()
    value = words.known.numbers.get(spelled)
    if value is None and words.loose.get(spelled) == 1:
        return Fraction(1)
    return value
