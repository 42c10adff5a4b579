"""How each language sets figures, units, ranges and quotations, for drafts.

A person's translation is never set anew: there it is the checks that say what is unusual.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline import inline

NBSP = "\u00a0"
HIDDEN = "\ue000"
"""Stands for code, a tag, an address, a star: what is not set, and may stand between."""
MANY = f"{HIDDEN}*"


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one language."""

    decimal: str
    group: str
    """Between thousands."""
    percent: str
    """Between a figure and its percent sign."""
    unit: str
    """Between a figure and a unit's symbol; a plain space: as it was written."""
    quotes: tuple[str, str]
    dash: str
    """Between parts of a sentence."""


STYLES: Mapping[str, Style] = {
    "en": Style(".", ",", "", " ", ("“", "”"), "—"),
    "sv": Style(",", NBSP, NBSP, NBSP, ("”", "”"), " – "),
}
SYMBOLS = (
    "mg µg μg g kg ml cl dl l mm cm m km mmol/l µmol/l nmol/l mmol/L µmol/L nmol/L mg/l mg/dl mg/kg mmol"
    " kcal kJ mmHg h min s °C kr kWh W Hz IE IU €"
)
"""Of units, as both languages write them."""
NUMBERED = re.compile(
    r"(?:kl\.?|klockan|version|v\.|avsnitt|section|kapitel|chapter|figure?|fig\.|tabell?|table|no\.|nr) ?$",
    re.IGNORECASE,
)
"""Before these words' figures a point is no decimal point."""
UNIT = "|".join(sorted(map(re.escape, SYMBOLS.split()), key=len, reverse=True))
FIGURE = re.compile(
    rf"(?<![\w.,:/-])(?:\d{{1,3}}(?:[ {NBSP}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?![\w:/]|[.,-]\w|[ {NBSP}]\d)"
)
GLUED = re.compile(r"(?<=\d)(?=(?:mg|µg|kg|ml|cl|dl|cm|km|mmol/l|kcal|mmHg|°C)(?![\w/]))")
LOOSE = re.compile(rf"(?<=\d)({MANY}) (?={MANY}(?:{UNIT})(?![\w/]))")
BOUND = re.compile(rf"\d{NBSP}(?:{UNIT})(?![\w/])")
PERCENT = re.compile(rf"(?<=\d)({MANY})[ {NBSP}]?(?={MANY}[%‰])")
GROUPS = re.compile(r"(?<![\w.,:/-])(?<!\d )\d{1,3}(?: \d{3})+(?![\w.,:/-]*\w)(?! \d)")
RANGE = re.compile(r"(?<![\w.,:/–-])((?!0\d)\d+(?:[.,]\d+)?)-((?!0\d)\d+(?:[.,]\d+)?)(?![\w:/–-]|[.,]\d)")
QUOTES = re.compile('["“”„‟«»]')
HYPHEN = re.compile(r"(?<=[^\W\d]|[”’)]) - (?=\w)")
DASH = re.compile(r"(?<=[\w”’),]) ?— ?(?=\w)")


def typeset(text: str, source: str, source_lang: str, target_lang: str) -> str:
    """The draft `text` of `source` as its language sets it; code and markup stay as they are."""
    style = STYLES.get(target_lang)
    if style is None or HIDDEN in text or inline.OPEN in text or inline.CLOSE in text:
        return text
    masked, hidden = inline.mask(text)
    shown = inline.MASK.sub(HIDDEN, masked)
    shown = RANGE.sub(r"\1–\2", shown)
    shown = _figures(shown, source, STYLES.get(source_lang), style)
    shown = _quoted(_spaced(shown, source, style), style)
    shown = HYPHEN.sub(" – ", shown)
    if style.dash != "—":
        shown = DASH.sub(style.dash, shown)
    rest = iter(hidden)
    return re.sub(HIDDEN, lambda _found: next(rest), shown)


def _figures(text: str, source: str, theirs: Style | None, ours: Style) -> str:
    """Figures that were copied letter for letter, written as this language writes them."""
    if theirs is None or theirs.decimal == ours.decimal:
        return text

    known = re.sub(r"(?<=\d)[ -](?=\d)", lambda found: NBSP if found[0] == " " else "–", source)

    def written(found: re.Match[str]) -> str:
        figure = found[0].replace(" ", NBSP)
        whole, mark, part = figure.partition(theirs.decimal)
        grouped = rf"\d+|\d{{1,3}}(?:{re.escape(theirs.group)}\d{{3}})+"
        copied = re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", known)
        if not copied or not re.fullmatch(grouped, whole) or not re.fullmatch(r"\d*", part):
            return found[0]
        if NUMBERED.search(text[: found.start()]):
            return found[0]
        return whole.replace(theirs.group, ours.group) + (ours.decimal + part if mark else "")

    return FIGURE.sub(written, text)


def _spaced(text: str, source: str, style: Style) -> str:
    """Spaces in thousands, before units and percent signs."""
    if style.group == NBSP:
        text = GROUPS.sub(lambda found: found[0].replace(" ", NBSP), text)
    if style.unit == NBSP or BOUND.search(source):
        text = LOOSE.sub(rf"\1{NBSP}", text)
    if style.unit == NBSP:
        text = GLUED.sub(NBSP, text)
    return PERCENT.sub(rf"\1{style.percent}", text)


def _quoted(text: str, style: Style) -> str:
    """Quotation marks, if each has its other half."""
    found = list(QUOTES.finditer(text))
    if len(found) % 2 or any(text[each.start() - 1 : each.start()].isdigit() for each in found[::2]):
        return text
    marks = iter(range(len(found)))
    return QUOTES.sub(lambda _found: style.quotes[next(marks) % 2], text)
