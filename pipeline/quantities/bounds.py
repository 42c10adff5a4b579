"""Limits: is a figure the highest or the lowest that may be?"""

from __future__ import annotations

import re

from pipeline.quantities.figure import Quantity
from pipeline.quantities.match import same
from pipeline.quantities.reader import counting
from pipeline.quantities.tables import Language
from pipeline.quantities.words import lexicon

CLAUSE_END = re.compile(r"[.;:!?](?=\s)")
NEAR = 45
TIMES = frozenset({"s", "min", "h", "day", "night", "week", "month", "year", "decade", "century"})


def turned(source: str, source_lang: str, target: str, target_lang: str) -> list[tuple[str, str]]:
    """(limit of `source`, limit of `target`) for each figure whose limit points the other way."""
    ours = [(quantity, *_bound(source, quantity, source_lang)) for quantity in counting(source, source_lang)]
    if not any(way for _, way, _ in ours):
        return []
    theirs = [
        (quantity, *_bound(target, quantity, target_lang)) for quantity in counting(target, target_lang)
    ]
    found = []
    for quantity, way, shown in ours:
        if way:
            twins = [(other, there) for one, other, there in theirs if same(quantity, one)]
            if twins and all(other == -way for other, _ in twins):
                found.append((shown, twins[0][1]))
    return found


def _bound(text: str, quantity: Quantity, lang: str) -> tuple[int, str]:
    """1 for a lowest value, -1 for a highest, 0 for neither; and the words that say so."""
    words = lexicon(lang)
    first = max(0, quantity.start - NEAR)
    before = CLAUSE_END.split(text[first : quantity.start])[-1]
    after = text[quantity.end : quantity.end + NEAR]
    is_limit = words.limit.search(before)
    way, place = _before(before, words.known, is_time=_is_time(quantity)) if is_limit else (0, 0)
    if way:
        return way, " ".join((before[place:] + quantity.raw).split())
    for pattern, direction in ((words.or_more, 1), (words.or_less, -1)):
        if found := pattern.match(after):
            return direction, " ".join((quantity.raw + found[0]).split())
    return 0, ""


def _before(before: str, known: Language, *, is_time: bool) -> tuple[int, int]:
    ways = [(known.above, 1), (known.below, -1)]
    # "Over 24 hours" and Swedish "under 24 timmar" tell how long, not how much.
    ways += [] if is_time else [(known.over, 1), (known.under, -1)]
    for pattern, way in ways:
        if found := re.search(rf"(?:{pattern})\s*$", before, re.IGNORECASE):
            turned_by = re.search(
                rf"{known.denial}(?:\s\w+){{0,3}}\s$", before[: found.start()], re.IGNORECASE
            )
            return (-way, turned_by.start()) if turned_by else (way, found.start())
    return 0, 0


def _is_time(quantity: Quantity) -> bool:
    return any(reading.unit.partition("/")[0] in TIMES for reading in quantity.readings)
