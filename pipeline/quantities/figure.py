"""The nouns: a figure of a text, and the ways to understand it."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

Value = Fraction | str
"""A number; or a figure that is no number (a version, a telephone number), letter for letter."""


class Weight(IntEnum):
    """How much of a figure a translation must keep."""

    LOOSE = 0
    """Nothing: an article, a pair.  It may stand for a figure of the other text."""
    WORD = 1
    """The value; written as a word here."""
    DIGITS = 2
    """The value; written in digits here."""


class Reading(NamedTuple):
    """One way to understand a figure: `9.30` is a number or a time."""

    kind: str
    value: Value
    unit: str = ""


class Quantity(NamedTuple):
    """One figure of a text."""

    readings: frozenset[Reading]
    weight: Weight
    start: int
    end: int
    raw: str = ""
    """As it stands in the text, with its unit."""
    factor: int = 1
    """What a scale word multiplied it by."""


def number(value: Value, unit: str = "") -> Reading:
    """The common reading."""
    return Reading("number" if isinstance(value, Fraction) else "literal", value, unit)
