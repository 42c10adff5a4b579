"""The same words again and again, as careless translation programs write: *news news news*.

Three times in a row what the original does not say three times in a row is a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from pipeline import inline
from pipeline.glossary.forms import words
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("say it once")
WORD = re.compile(r"\w+")
AGAIN = re.compile(r"\b(\w[^.!?]{0,80}?)(?:[\s,;.!?]+\1\b){2,}", re.IGNORECASE)


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message for the first loop."""
    target = inline.parse(entry.target).words
    said = words(target)
    if len(said) < len(set(said)) + 2 or max(Counter(said).values()) < 3:
        return
    if not _may_repeat(target.casefold()):
        return
    found = AGAIN.search(target)
    if found and re.search(r"[^\W\d]", found[1]) and not AGAIN.search(inline.parse(entry.source).words):
        yield Phrase("“{words}” is repeated", words=found[1])


def _may_repeat(text: str) -> bool:
    """Are some words in a row said three times?  So they are in every loop."""
    words = WORD.findall(text)
    often = (word for word, times in Counter(words).items() if times > 2)
    rows = ([place for place, other in enumerate(words) if other == word] for word in often)
    return any(
        words[first:second]
        == words[second : 2 * second - first]
        == words[2 * second - first : 3 * second - 2 * first]
        for row in rows
        for first, second in combinations(row, 2)
        if 2 * second - first in row
    )
