"""Swedish writing rules for figures and quotations.

A decimal comma (2,5), a space in thousands (12 000) and before a percent sign or a unit (5 %, 5 mg),
a dash without spaces in ranges (5–10), ”quotation marks” that look to the same side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("write it so, or run: tvilling check --fix")
LANG = "sv"
DECIMAL = re.compile(r"\d(?<![\w.,:/-]\d)(?:\d*\.\d+|\d{0,2}(?:,\d{3})+)(?![\w.,:/-]*\w)")
TIGHT = re.compile(
    r"\d(?<![\w.,:/-]\d)\d*(?:,\d+)?(?:[%‰]|(?:mg|µg|kg|ml|cl|dl|cm|km|mmol/l|kcal|kJ|mmHg|°C)(?!\w))"
)
RANGE = re.compile(r"(\d(?<![\w.,:/–-]\d)\d*(?:,\d+)?)-(\d+(?:,\d+)?)(?= ?(?:%|[a-zåäöµ°]))(?![\w,:/–-]*\d)")
DIGIT = re.compile(r"\d")
WRONG_QUOTE = re.compile("“|„|‟")
CLOCK = re.compile(r"\b(?:kl\.?|klockan|version|avsnitt|kapitel|figur|fig\.|tabell|§) $", re.IGNORECASE)


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each place."""
    if brief.target_lang != LANG:
        return
    text = inline.parse(entry.target).words
    if WRONG_QUOTE.search(text):
        yield Phrase("Swedish writes ”…”")
    if not DIGIT.search(text):
        return
    for figure in _foreign(entry, text):
        yield Phrase("{found} is written {right} in Swedish", found=figure, right=_decimal(figure))
    for found in TIGHT.finditer(text):
        yield Phrase("{found} lacks a space before the unit", found=found[0])
    for found in RANGE.finditer(text):
        yield Phrase("{found} is written {right}", found=found[0], right=f"{found[1]}–{found[2]}")


def _foreign(entry: Entry, text: str) -> Iterator[str]:
    """Figures copied from an original that writes them otherwise."""
    ours = inline.parse(entry.source).words
    for found in DECIMAL.finditer(text):
        if re.search(rf"(?<![\w.,]){re.escape(found[0])}(?![\w.,]*\w)", ours) and not CLOCK.search(
            text[: found.start()]
        ):
            yield found[0]


def _decimal(figure: str) -> str:
    return figure.replace(".", ",") if "." in figure else figure.replace(",", "\u00a0")
