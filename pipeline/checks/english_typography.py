"""English writing rules for figures and quotations.

A decimal point (2.5), a comma in thousands (12,000), no space before a percent sign (5%), a dash
without spaces in ranges (5–10), “quotation marks” that embrace the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.WARNING
REMEDY = "write it so, or run: tvilling check --fix"
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


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """One message for each place."""
    if brief.target_lang != LANG:
        return
    text = inline.parse(entry.target).words
    if OPENING.search(text):
        yield "English writes “…”"
    if not DIGIT.search(text):
        return
    ours = inline.parse(entry.source).words
    for found in DECIMAL.finditer(text):
        if found[0] in ours:
            yield f"{found[0]} is written {_decimal(found[0])} in English"
    yield from (f"{found[0]} has a space before the percent sign" for found in LOOSE.finditer(text))
    yield from (f"{found[0]} is written {found[1]}–{found[2]}" for found in RANGE.finditer(text))


def _decimal(figure: str) -> str:
    return figure.replace(",", ".") if "," in figure else re.sub("[ \u00a0]", ",", figure)
