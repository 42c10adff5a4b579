"""English writing rules for figures and quotations.

A decimal point (2.5), a comma in thousands (12,000), no space before a percent sign (5%), a dash
without spaces in ranges (5–10), “quotation marks” that embrace the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("write it so, or run: tvilling check --fix")
LANG = "en"
DECIMAL = re.compile(
    r"\d(?<![\w.,:/-]\d)(?:\d*,\d{1,2}|\d{0,2}(?:[ \u00a0]\d{3})+|(?<=0),\d+)(?![\w,:/-]*\w)"
)
LOOSE = re.compile(r"\d+(?:[.,]\d+)*[ \u00a0]%")
RANGE = re.compile(
    r"(\d(?<![\w.,:/–-]\d)\d*(?:\.\d+)?)-(\d+(?:\.\d+)?)(?= ?(?:%|mg|g|kg|ml|hours|minutes|seconds|days|weeks)\b)"
)
DIGIT = re.compile(r"\d")
OPENING = re.compile("(?<![^\\s(\\[—–-])”(?=\\w)|„|»(?=\\w)")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each place."""
    if brief.target_lang != LANG:
        return
    text = inline.parse(entry.target).words
    if OPENING.search(text):
        yield Phrase("English writes “…”")
    if not DIGIT.search(text):
        return
    ours = inline.parse(entry.source).words
    for found in DECIMAL.finditer(text):
        if found[0] in ours:
            right = _decimal(found[0])
            yield Phrase("{found} is written {right} in English", found=found[0], right=right)
    for found in LOOSE.finditer(text):
        yield Phrase("{found} has a space before the percent sign", found=found[0])
    for found in RANGE.finditer(text):
        yield Phrase("{found} is written {right}", found=found[0], right=f"{found[1]}–{found[2]}")


def _decimal(figure: str) -> str:
    return figure.replace(",", ".") if "," in figure else re.sub("[ \u00a0]", ",", figure)
