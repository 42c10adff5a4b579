"""Numbers written in digits: separators, signs, fractions, powers."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from pipeline.quantities.figure import Value
from pipeline.quantities.tables import Language

VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
SPACES = "\u00a0\u202f\u2009"
"""What may group thousands in any language; a plain space may only in some."""
LONGEST = 40
"""Digits; a longer run is compared letter for letter."""

GROUPED = re.compile(rf"(?<!\d[{SPACES} ])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?![{SPACES} ]?\d)")
SPACED = re.compile(r"(?<!\d[ -])\d{1,3}(?: \d{3})+(?! ?\d)")
ZEROS = re.compile(r"(?<!\d[ -])\d{1,3}(?: \d{3})*(?: 000| \d{3} \d{3})(?! ?\d)")
"""Groups that cannot be two numbers: `25 000`, not `2 500`."""
PLAIN = re.compile(r"\d+(?:[.,]\d+)*")
DECIMALS = re.compile(r"[.,]\d+")
PART = re.compile(r"[ \u00a0\u202f]?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")
FRACTION = re.compile(r"\s?/\s?(\d{1,2})(?![\d/.,]*\d)")
SECOND = re.compile(r"[ \u00a0](\d{1,2})[/⁄](\d{1,2})(?![\d/])")
POWER = re.compile(r"\^([-−]?\d{1,2})(?!\d)|([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
DASH = re.compile(rf"(?<![^\s{SPACES}(<>≤≥=~≈/\[“”\"'])[-−–]$")
TIMES_TEN = re.compile(r"\s?[×x·*]\s?10(?=[\^⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")


def literal(text: str, start: int, known: Language) -> tuple[Value, int]:
    """The number that begins with the digit (or ½) at `start`, and where it ends."""
    if text[start] in VULGAR:
        return VULGAR[text[start]], start + 1
    raw, end = _run(text, start, known)
    value = _plain(raw, known.decimal)
    if isinstance(value, str):
        return _first_of_list(raw, start, value, end)
    return _with_fraction(text, end, value)


def sign(text: str, start: int, minus: re.Pattern[str]) -> int | None:
    """Where the minus before the number at `start` begins; a dash between figures or in a word is none."""
    last = text[start - 1 : start]
    if last in "-−–\n" and (found := DASH.search(text, max(0, start - 3), start)):
        return found.start()
    found = minus.search(text, max(0, start - 12), start) if last.isspace() else None
    return found.start() if found else None


def _run(text: str, start: int, known: Language) -> tuple[str, int]:
    """The digits with their separators."""
    for grouped in (GROUPED, SPACED if known.spaced else ZEROS):
        if found := grouped.match(text, start):
            end = found.end()
            rest = DECIMALS.match(text, end)
            raw = re.sub(r"\D", "", found[0])
            return (raw + known.decimal + rest[0][1:], rest.end()) if rest else (raw, end)
    found = PLAIN.match(text, start)
    return (found[0], found.end()) if found else (text[start], start + 1)


@lru_cache(maxsize=1024)
def _plain(raw: str, decimal: str) -> Value:
    """The value of digits with points and commas; text, if it is no number."""
    if len(raw) > LONGEST:
        return raw
    whole, *parts = re.split(r"[.,]", raw)
    marks = re.sub(r"\d", "", raw)
    if not parts:
        return Fraction(int(whole))
    if whole.startswith("00"):
        return raw
    groups = parts[:-1] if len(set(marks)) == 2 or marks == decimal else parts
    thousands = whole[0] != "0" and len(whole) <= 3 and all(len(part) == 3 for part in groups)
    if len(set(marks)) == 2:
        good = thousands and len(set(marks[:-1])) == 1
        return Fraction(f"{whole}{''.join(groups)}.{parts[-1]}") if good else raw
    if len(marks) == 1 and (marks == decimal or not thousands):
        return Fraction(int(whole + parts[0]), 10 ** len(parts[0]))
    return Fraction(int(whole + "".join(parts))) if thousands else raw


def _first_of_list(raw: str, start: int, value: Value, end: int) -> tuple[Value, int]:
    """`1,2,3` are three numbers; `1.2.3` is a version."""
    if "," in raw and "." not in raw and len(raw) <= LONGEST:
        first = raw.partition(",")[0]
        return Fraction(int(first)), start + len(first)
    return value, end


def _with_fraction(text: str, end: int, value: Fraction) -> tuple[Value, int]:
    """What follows a number and belongs to its value: ½, 1/2, a power."""
    rest = PART.match(text, end)
    if rest and value.denominator == 1:
        return value + VULGAR[rest[1]], rest.end()
    if (found := FRACTION.match(text, end)) and value < int(found[1]) <= 16:
        return value / int(found[1]), found.end()
    if (found := SECOND.match(text, end)) and 0 < int(found[1]) < int(found[2]) <= 16:
        return value + Fraction(int(found[1]), int(found[2])), found.end()
    if found := TIMES_TEN.match(text, end):
        power, end = _power(text, found.end())
        return value * Fraction(10) ** power, end
    power, stop = _power(text, end)
    return (
        (value**power, stop) if stop > end and (value or power > 0) and abs(value) <= 1000 else (value, end)
    )


def _power(text: str, end: int) -> tuple[int, int]:
    if found := POWER.match(text, end):
        digits = (found[1] or found[2]).translate(RAISED).replace("−", "-")
        return int(digits), found.end()
    return 1, end
