"""A capital letter where the language writes a small one, or the other way round.

Swedish writes months, weekdays and languages in small letters, and headings like sentences; English
writes the names of months, weekdays and languages with a capital.  A text begins as the original does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Kind, Severity

SEVERITY = Severity.WARNING
REMEDY = "write the letter as the language of the translation does"
NOT_FIRST = r"(?<=[^\W\d_,;(] |[,;] |\d )(?<![.!?…:] )"
SMALL = {
    "sv": re.compile(
        rf"{NOT_FIRST}(?:(?:Januari|Februari|Juni|Juli|September|Oktober|November|December"
        r"|(?:Mån|Tis|Ons|Tors|Fre|Lör|Sön)dag(?:en|ar|arna|s)?)\b(?! [A-ZÅÄÖ])"
        r"|(?<=\d )(?:Mars|April|Maj|Augusti)\b"
        r"|(?<=\bpå )(?:Engelska|Svenska|Tyska|Franska|Spanska|Italienska|Ryska|Kinesiska|Japanska|Arabiska"
        r"|Finska|Danska|Norska|Isländska|Polska|Grekiska|Latin|Hebreiska|Turkiska)\b(?=[.,;:!?)]|$))"
    ),
}
CAPITAL = {
    "en": re.compile(
        r"\b(?:january|february|april|june|july|august|september|october|november|december"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
        r"|english|swedish|german|french|spanish|italian|russian|chinese|japanese|arabic|finnish|danish"
        r"|norwegian|icelandic|greek|latin|hebrew|turkish)\b"
    ),
}
SENTENCE_CASE = {"sv"}
"""Languages whose headings are written like sentences."""
HEADINGS = {Kind.HEADING, Kind.TITLE}
WORD = re.compile(r"[^\W\d_]+")


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """One message for each letter."""
    text, lang = inline.parse(entry.target).words, brief.target_lang
    if lang in SMALL:
        yield from (f"{found} is written {found.lower()}" for found in SMALL[lang].findall(text))
    if lang in CAPITAL:
        yield from (f"{found} is written {found.capitalize()}" for found in CAPITAL[lang].findall(text))
    ours = inline.parse(entry.source).words
    if _initial(ours).isupper() and _initial(text).islower() and not ours.isupper():
        yield "the translation begins with a small letter, the original with a capital"
    if brief.kind in HEADINGS and lang in SENTENCE_CASE and _is_title_case(text):
        yield "this heading has capitals inside"


def _initial(text: str) -> str:
    """The letter that a text begins with, if it begins with a common word."""
    found = WORD.search(text)
    is_plain = found and not text[: found.start()].strip(" \"“”’'(*¿¡–-") and found[0][1:].islower()
    return found[0][0] if found and is_plain else ""


def _is_title_case(text: str) -> bool:
    inner = [word for word in WORD.findall(text)[1:] if len(word) > 2 and not word.isupper()]
    return len(inner) > 1 and all(word[0].isupper() for word in inner)
