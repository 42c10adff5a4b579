"""Number words: *twenty-five*, *tjugofem*, *two hundred*, *tvåhundra*, and what digits are multiplied by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from pipeline.quantities.tables import Language, language

NEXT_WORD = re.compile(r"[\s-]?([^\W\d_]+)")
TENS = range(20, 100, 10)
FIGURE = "[\\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
ALIKE = dict(zip("µ₀₁₂₃₄₅₆₇₈₉ıİſ", "μ0123456789iIs", strict=True))
"""The micro sign is the letter; CO₂ is CO2; an expression that ignores case takes ı for i and ſ for s."""


class Lexicon:
    """The number words of one language, ready to be looked for."""

    def __init__(self, known: Language) -> None:
        self.known = known
        self.loose: Mapping[str, Fraction] = {**known.loose, **known.fractions}
        atoms = [*known.numbers, *known.scales]
        self.whole = frozenset((*atoms, *self.loose, *known.ordinals, *known.months, *known.decades))
        """All that a figure may begin with; in a language that glues words, more may follow."""
        self.atom = _pattern(rf"(?:{choice(atoms)})" + ("" if known.glued else r"(?![^\W_])"))
        self.joiner = _pattern(rf"(?:{known.joiner})?" if known.glued else known.joiner)
        self.leading_one = _pattern(known.leading_one)
        self.trailing_one = _pattern(known.trailing_one)
        ones = [word for word, value in known.loose.items() if value == 1]
        self.one_before = _pattern(rf"\b(?:{choice(ones)})\s$")
        self.part = _pattern(rf"[\s-]({choice(known.fractions)})\b")
        self.start = re.compile(rf"{FIGURE}|(?<![^\W_])(?P<word>{choice(self.whole)})")
        """In small letters."""
        months = (
            rf"(?-i:(?=[A-ZÅÄÖ]))(?:{choice(known.months)})" if known.month_capital else choice(known.months)
        )
        whole = rf"(?:{choice([*known.numbers, *known.fractions, *known.ordinals])}|{months})(?![^\W\d_])"
        self.sure = _pattern(rf"{FIGURE}|(?<![^\W_])(?:{known.leading_one}|{choice(known.scales)}|{whole})")
        self.glued = _pattern(rf"(?<![^\W_])(?:{choice(known.numbers) if known.glued else '(?!)'})")
        self.and_half = _pattern(known.and_half)
        self.ordinal_mark = _pattern(known.ordinal_mark)
        self.decade_mark = _pattern(known.decade_mark)
        self.century_mark = _pattern(known.century_mark)
        self.hundred_mark = _pattern(known.hundred_mark)
        self.age_mark = _pattern(known.age_mark)
        self.half_of = _pattern(known.half_of)
        self.spoken = (
            (_pattern(known.half_clock), known.half_shift),
            (_pattern(known.quarter_past), Fraction(1, 4)),
            (_pattern(known.quarter_to), Fraction(-1, 4)),
        )
        self.every = _pattern(known.every)
        self.limit = _pattern(rf"(?:{known.above}|{known.below}|{known.over}|{known.under})\s*$")
        self.or_more = _pattern(known.or_more)
        self.or_less = _pattern(known.or_less)
        self.minus = _pattern(known.minus)
        self.morning = _pattern(known.morning)
        self.afternoon = _pattern(known.afternoon)
        self.late = _pattern(known.late)
        self.clock_before = _pattern(known.clock_before)
        self.hour_mark = _pattern(known.hour_mark)
        self.gap = re.compile(rf"\s?(?:[-–—−×,/]|\b(?:{known.range_words})\b)?\s?$")
        self.long_months = frozenset(_longest(known.months))
        self.month_inside = _pattern(rf"({choice(self.long_months)})\w")

    def number(self, text: str, start: int) -> tuple[list[str], int]:
        """The words of the number at `start`, in lower case, and where it ends."""
        words: list[str] = []
        end = place = lead.end() if (lead := self.leading_one.match(text, start)) else start
        while found := self.atom.match(text, place):
            word = found[0].lower()
            if not self._continues(words, word):
                break
            words.append(word)
            end = place = found.end()
            if joined := self.joiner.match(text, end):
                place = joined.end()
        if words and (found := self.trailing_one.match(text, end)) and self._may_end_in_one(words[-1]):
            words, end = [*words, found["one"].lower()], found.end()
        return ([lead[0], *words] if lead and words else words), end

    def scale(self, text: str, start: int, *, of_money: bool) -> tuple[int, int]:
        """What the words (or letters) after digits multiply them by: *miljoner*, *bn*."""
        factor, end = 1, start
        while found := NEXT_WORD.match(text, end):
            by = self.known.scales.get(found[1].lower()) or self.known.short_scales.get(found[1])
            if not by and of_money:
                by = self.known.money_scales.get(found[1])
            if not by:
                break
            factor, end = factor * by, found.end()
        return factor, end

    def value(self, words: Sequence[str]) -> Fraction:
        """What the words of one number come to: two hundred thousand five is 200 005."""
        if len(words) == 1 and (value := self.known.numbers.get(words[0])) is not None:
            return value
        total, current = Fraction(0), Fraction(0)
        for word in words:
            scale = self.known.scales.get(word, 0)
            if scale >= 1000:
                total, current = total + (current or Fraction(1)) * scale, Fraction(0)
            elif scale:
                current = (current or Fraction(1)) * scale
            else:
                current += self.known.numbers.get(word, Fraction(1))
        return total + current

    def is_weak(self, words: Sequence[str]) -> bool:
        """May it go without saying: a bare *hundred*, a word that has another meaning?"""
        return all(word in self.known.scales for word in words) or (
            len(words) == 1 and words[0] in self.known.homographs
        )

    def _may_end_in_one(self, last: str) -> bool:
        return last in self.known.scales or self.known.numbers.get(last) in TENS

    def _continues(self, words: list[str], word: str) -> bool:
        """Does `word` go on with the number that `words` begin: twenty five, two hundred; not two three?"""
        if not words:
            return True
        scales, numbers = self.known.scales, self.known.numbers
        last, value = numbers.get(words[-1], Fraction(0)), numbers.get(word, Fraction(0))
        if word in scales:
            return words[-1] in scales or (last > 0 and last.denominator == 1)
        if words[-1] in scales:
            return 0 < value < scales[words[-1]] and value.denominator == 1
        return last in TENS and 0 < value < 10 and value.denominator == 1


def _longest(months: Mapping[str, int]) -> Iterable[str]:
    """The full name of each month."""
    named: dict[int, str] = {}
    for name, month in months.items():
        named[month] = max(named.get(month, ""), name, key=len)
    return named.values()


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def choice(words: Iterable[str]) -> str:
    """The words as one expression, the longest of those that begin alike first; a space is any white space.

    None is tried whose first letter is wrong: most of a text is none of them.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        first, *rest = (re.escape(letter).replace(r"\ ", r"\s") for letter in word)
        tails.setdefault(first, []).append("".join(rest))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items()) or r"(?!)"


def plain(text: str) -> str:
    """`text` with the letters and digits that others only look like; each stands where it stood."""
    for variant, letter in ALIKE.items():
        text = text.replace(variant, letter)
    return text


@cache
def lexicon(lang: str) -> Lexicon:
    """The number words of a language."""
    return Lexicon(language(lang))
