"""Figures that an engine breaks: asked as names, and written in the draft as its language may want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import quantities
from pipeline.ladder import parts
from pipeline.ladder.parts import Part, Words

NBSP = "\u00a0"
DIGIT = r"[\d¼-¾⅐-⅞]"
NUMERAL = re.compile(rf"{DIGIT}(?:[\d¼-¾⅐-⅞.,:/\s–−-]*{DIGIT})?")
"""The figure without its unit, which the engine then translates."""
WHOLE = re.compile(rf"(?=[^\n]*{DIGIT}).+", re.DOTALL)
"""The figure with its unit."""
PATTERNS = (NUMERAL, WHOLE)


def named(words: Words, *, lang: str, pattern: re.Pattern[str]) -> Sequence[Part]:
    """Words with what is written in digits cut out of them."""
    cut: list[tuple[int, int]] = []
    for figure in quantities.read(words.raw, lang) if words.raw == words.value else ():
        found = pattern.search(words.raw, figure.start, figure.end)
        if found and (not cut or found.start() >= cut[-1][1]):
            cut.append(found.span())
    return parts.cut(words, cut)


def written(draft: str) -> Iterator[str]:
    """A draft with the figures as they were written, and in other ways of writing: a check decides."""
    yield draft
    grouped = re.sub(r"(?<=\d),(?=\d{3})", NBSP, draft)
    yield re.sub(r"(?<=\d)\.(?=\d)", ",", grouped)
    pointed = re.sub(r"(?<=\d),(?=\d)", ".", draft)
    yield re.sub(r"(?<=\d)\s(?=\d{3})", ",", pointed)
