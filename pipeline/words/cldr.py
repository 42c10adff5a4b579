"""Dates, figures, names and lists as a language writes them, from the CLDR that Babel carries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.words.extraction import LANGUAGE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from babel import Locale

Format = Literal["full", "long", "medium", "short"]


def date_text(day: date, lang: str, format: Format = "long") -> str:  # noqa: A002 - the CLDR's word
    """`day` in words.

    >>> date_text(date(2026, 5, 1), "sv")
    '1 maj 2026'
    """
    from babel.dates import format_date

    return format_date(day, format, locale=_locale(lang))


def number_text(value: float | Decimal, lang: str) -> str:
    """`value` with the language's decimal mark and groups.

    >>> number_text(1234.5, "en")
    '1,234.5'
    """
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(lang))


def language_name(code: str, in_lang: str) -> str:
    """What `in_lang` calls the language `code`; the code where it has no word for it.

    >>> language_name("sv", "sv"), language_name("sv", "en")
    ('svenska', 'Swedish')
    """
    return str(_locale(in_lang).languages.get(code, code))


def list_text(items: Sequence[str], lang: str) -> str:
    """`items` as a list in a sentence.

    >>> list_text(["vila", "vatten", "värme"], "sv")
    'vila, vatten och värme'
    """
    from babel.lists import format_list

    return format_list(items, locale=_locale(lang))


@lru_cache
def _locale(lang: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang)
    except (ValueError, UnknownLocaleError):
        return Locale(LANGUAGE)
