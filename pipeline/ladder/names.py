"""Proper names and abbreviations that an engine breaks: asked as names, and copied as they are.

A name of one word may have a translation (*Sweden*, *Monday*), so it stays among the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ladder import parts
from pipeline.ladder.parts import Part, Words

CAPITAL = r"[A-ZÅÄÖÉÜØÆ]"
NAME = re.compile(
    rf"(?<!\w)(?:\w*{CAPITAL}\w*(?:{CAPITAL}|\d)\w*(?:-\w+)*"
    rf"|(?<=[\w,;:)”] ){CAPITAL}[\w’']*[^\W\d_](?:[ -]{CAPITAL}[\w’']*[^\W\d_])+)(?!\w)"
)
"""A word with two capitals or with a capital and a digit; several words with capitals inside of a sentence."""


def named(words: Words) -> Sequence[Part]:
    """Words with the names cut out of them; a shouted sentence has none."""
    if words.raw != words.value or words.raw.isupper():
        return [words]
    return parts.cut(words, [found.span() for found in NAME.finditer(words.raw)])
