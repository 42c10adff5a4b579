"""A capital letter where the language writes a small one, or the other way round.

Swedish writes months, weekdays and languages in small letters, and headings like sentences; English
writes the names of months, weekdays and languages with a capital.  A text begins as the original does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Kind, Phrase, Severity
from pipeline.screens import screen

SEVERITY = Severity.WARNING
REMEDY = Phrase("write the letter as the language of the translation does")
NOT_FIRST = r"(?<=[^\W\d_,;(] |[,;] |\d )(?<![.!?…:] )"
DAYS = (
    "Januari|Februari|Juni|Juli|September|Oktober|November|December"
    "|(?:Mån|Tis|Ons|Tors|Fre|Lör|Sön)dag(?:en|ar|arna|s)?"
)
DOUBTFUL = "Mars|April|Maj|Augusti"
"""Months, beside a figure."""
TONGUES = (
    "Engelska|Svenska|Tyska|Franska|Spanska|Italienska|Ryska|Kinesiska|Japanska|Arabiska|Finska|Danska|Norska"
    "|Isländska|Polska|Grekiska|Latin|Hebreiska|Turkiska"
)
SMALL = {
    "sv": re.compile(
        rf"{NOT_FIRST}(?:(?:{DAYS})\b(?! [A-ZÅÄÖ])|(?<=\d )(?:{DOUBTFUL})\b"
        rf"|(?<=\bpå )(?:{TONGUES})\b(?=[.,;:!?)]|$))"
    ),
}
MAY_BE_SMALL = {"sv": screen(re.compile(f"{DAYS}|{DOUBTFUL}|{TONGUES}").search)}
CAPITAL = {
    "en": re.compile(
        r"\b(?:january|february|april|june|july|august|september|october|november|december"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
        r"|english|swedish|german|french|spanish|italian|russian|chinese|japanese|arabic|finnish|danish"
        r"|norwegian|icelandic|greek|latin|hebrew|turkish)\b"
    ),
}
MAY_BE_CAPITAL = {lang: screen(names.search) for lang, names in CAPITAL.items()}
SENTENCE_CASE = {"sv"}
"""Languages whose headings are written like sentences."""
HEADINGS = {Kind.HEADING, Kind.TITLE}
WORD = re.compile(r"[^\W\d_]+")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each letter."""
    text, lang = inline.parse(entry.target).words, brief.target_lang
    if lang in SMALL and MAY_BE_SMALL[lang](text):
        yield from (_written(found, found.lower()) for found in SMALL[lang].findall(text))
    if lang in CAPITAL and MAY_BE_CAPITAL[lang](text):
        yield from (_written(found, found.capitalize()) for found in CAPITAL[lang].findall(text))
    if not text[:1].isupper() and _initial(text).islower() and _begins_with_capital(entry.source):
        yield Phrase("the translation begins with a small letter, the original with a capital")
    if brief.kind in HEADINGS and lang in SENTENCE_CASE and _is_title_case(text):
        yield Phrase("this heading has capitals inside")


def _written(found: str, right: str) -> Phrase:
    return Phrase("{found} is written {right}", found=found, right=right)


def _begins_with_capital(source: str) -> bool:
    words = inline.parse(source).words
    return _initial(words).isupper() and not words.isupper()


def _initial(text: str) -> str:
    """The letter that a text begins with, if it begins with a common word."""
    found = WORD.search(text)
    is_plain = found and not text[: found.start()].strip(" \"“”’'(*¿¡–-") and found[0][1:].islower()
    return found[0][0] if found and is_plain else ""


def _is_title_case(text: str) -> bool:
    inner = [word for word in WORD.findall(text)[1:] if len(word) > 2 and not word.isupper()]
    return len(inner) > 1 and all(word[0].isupper() for word in inner)
