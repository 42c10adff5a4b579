"""The translation has more or fewer sentences than the original: one may be lost, or said twice.

Translators may join two sentences, or part one; a longer text may differ by more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline, sentences
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.WARNING
REMEDY = "see that every sentence of the original is there, once"
STOP = re.compile(r"[.!?…][\"”’')\]]*\s")


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message if the numbers are too far apart."""
    ours = _count(inline.parse(entry.source).words, brief.source_lang)
    theirs = _count(inline.parse(entry.target).words, brief.target_lang)
    if abs(ours - theirs) > max(ours, theirs) // 4:
        yield f"{ours} sentence{'s'[: ours > 1]} became {theirs}"


def _count(text: str, lang: str) -> int:
    """How many sentences; most texts are one, and quickly seen to be."""
    text = text.strip()
    return len(sentences.split(text, lang)) if STOP.search(text) else 1
