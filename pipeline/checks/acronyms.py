"""An abbreviation in capitals is lost or misspelt: *NNR* became *NRN*.

Swedish writes many in small letters (*hiv*, *tv*), or as names (*Nato*); that is right, and so are
abbreviations that have a form of their own in each language (*UN* and *FN*), or are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("copy the abbreviation, or write the one that the language of the translation has")
SHORT = re.compile(r"[A-ZÅÄÖ](?<![\w.].)[A-ZÅÄÖ0-9]*[A-ZÅÄÖ]s?(?!\w)")
OWN = {
    "sv": {
        "un": "fn", "us": "", "usa": "", "iu": "ie", "copd": "kol", "mri": "mr|magnet", "ecg": "ekg", "cbt": "kbt",
        "gp": "", "uk": "", "am": "", "pm": "", "er": "", "otc": "", "ad": "", "bc": "", "bce": "", "ce": "",
        "utc": "", "ussr": "sovjet", "ec": "eg", "ceo": "vd", "gdp": "bnp", "gmo": "", "ok": "", "id": "",
    },
    "en": {
        "fn": "un|united nations", "usa": "u.s|united states|america|us", "ie": "iu", "kol": "copd", "mr": "mri",
        "mrt": "mri", "ekg": "ecg", "kbt": "cbt", "eg": "ec", "vd": "ceo|director", "bnp": "gdp", "os": "olympic",
        "vm": "world", "em": "europe", "tv": "tele", "usd": "dollar|$", "ok": "", "id": "",
    },
}  # fmt: skip
"""Language of the translation → how it says what the other one shortens; empty: in words, or not at all."""
ROMAN = re.compile(r"[IVX]+")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each that the translation lacks in any writing."""
    ours = inline.parse(entry.source).words
    found = SHORT.findall(ours)
    if not found or ours.isupper():
        return
    theirs = inline.parse(entry.target).words.casefold()
    own = OWN.get(brief.target_lang, {})
    for short in dict.fromkeys(found):
        key = short.removesuffix("s").casefold()
        names = (key, *own.get(key, key).split("|"))
        if not (
            ROMAN.fullmatch(short) or any(name in theirs for name in names) or _is_written_out(key, theirs)
        ):
            yield inline.missing(short)


def _is_written_out(short: str, text: str) -> bool:
    """Do words in a row begin with its letters?"""
    return re.search(r"\b" + r"\w*[\s-]+(?:\w{1,3}\s)?".join(map(re.escape, short)), text) is not None
