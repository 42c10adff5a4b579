"""The translation has more or fewer sentences than the original: one may be lost, or said twice.

Translators may join two sentences, or part one; a longer text may differ by more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline, sentences
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("see that every sentence of the original is there, once")
STOP = re.compile(r"[.!?…][\"”’')\]]*\s+[^\W\d_a-zåäö]")
"""What looks like an end; where both texts have as many, nothing was lost."""


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if the numbers are too far apart."""
    source, target = inline.parse(entry.source).words, inline.parse(entry.target).words
    if len(STOP.findall(source)) == len(STOP.findall(target)):
        return
    ours, theirs = _count(source, brief.source_lang), _count(target, brief.target_lang)
    if abs(ours - theirs) > max(ours, theirs) // 4:
        if ours == 1:
            yield Phrase("1 sentence became {theirs}", theirs=theirs)
        else:
            yield Phrase("{ours} sentences became {theirs}", ours=ours, theirs=theirs)


def _count(text: str, lang: str) -> int:
    return max(1, len(sentences.split(text.strip(), lang)))
