"""The templates' own words, and what the CLDR knows of languages.

extract(folders) -> segments          what translators get to see, for locale/<lang>/LC_MESSAGES/site.po
translations(catalog) -> Translations what Jinja asks while a page is made
date_text, number_text, language_name, list_text, sort_key
"""

from __future__ import annotations

from pipeline.words.cldr import date_text, language_name, list_text, number_text
from pipeline.words.collation import sort_key
from pipeline.words.extraction import LANGUAGE, bundled, extract
from pipeline.words.spoken import Translations, translations

__all__ = [
    "LANGUAGE",
    "Translations",
    "bundled",
    "date_text",
    "extract",
    "language_name",
    "list_text",
    "number_text",
    "sort_key",
    "translations",
]
