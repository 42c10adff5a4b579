"""A text that is being read: what all readers of figures need."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from pipeline.quantities.figure import Quantity, Reading, Value, Weight, number
from pipeline.quantities.tables import Language
from pipeline.quantities.units import ALIASES, unit_after
from pipeline.quantities.words import Lexicon

HALF = Fraction(1, 2)


class Line(NamedTuple):
    """A plain text in one language."""

    raw: str
    text: str
    """The same, without letters that only look otherwise; each stands where it stood."""
    lang: str
    words: Lexicon

    @property
    def known(self) -> Language:
        """The language's table."""
        return self.words.known

    def quantity(
        self, start: int, end: int, readings: Iterable[Reading], weight: Weight, factor: int = 1
    ) -> Quantity:
        """The figure that stands from `start` to `end`."""
        return Quantity(frozenset(readings), weight, start, end, self.raw[start:end], factor)

    def unit(self, end: int, *, numerator: str = "", compound: str = "-") -> tuple[str, int]:
        """As `units.unit_after`."""
        return unit_after(self.text, end, self.lang, numerator=numerator, compound=compound)

    def interval(self, start: int, end: int) -> tuple[str, int] | None:
        """The unit (may be none) of an ordinal that tells how often: *every fourth hour*."""
        every = self.words.every.search(self.text, max(0, start - 30), start)
        return self.unit(end) if every else None

    def half(self, value: Fraction, end: int) -> tuple[Fraction, int]:
        """`value` with what *and a half* at `end` adds to it."""
        found = self.words.and_half.match(self.text, end)
        return (value + HALF, found.end()) if found else (value, end)


def measures(value: Value, unit: str) -> frozenset[Reading]:
    """A number of units, also in the unit that its own is a multiple of."""
    head, slash, per = unit.partition("/")
    if head in ALIASES and isinstance(value, Fraction):
        factor, name = ALIASES[head]
        return frozenset({number(value, unit), number(value * factor, name + slash + per)})
    return frozenset({number(value, unit)})
