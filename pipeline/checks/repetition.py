"""The same words again and again, as careless translation programs write: *news news news*.

Three times in a row what the original does not say three times in a row is a fault.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from pipeline import inline
from pipeline.glossary.forms import words
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "say it once"
WORD = re.compile(r"\w+")
AGAIN = re.compile(r"\b(\w[^.!?]{0,80}?)(?:[\s,;.!?]+\1\b){2,}", re.IGNORECASE)


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message for the first loop."""
    target = inline.parse(entry.target).words
    if max(Counter(words(target)).values(), default=0) < 3 or not _may_repeat(target.casefold()):
        return
    found = AGAIN.search(target)
    if found and re.search(r"[^\W\d]", found[1]) and not AGAIN.search(inline.parse(entry.source).words):
        yield f"“{found[1]}” is repeated"


def _may_repeat(text: str) -> bool:
    """Does a word come again after some words, and once more after as many?  Every loop has one."""
    places = defaultdict[str, list[int]](list)
    for place, word in enumerate(WORD.findall(text)):
        places[word].append(place)
    return any(
        2 * second - first in row
        for row in places.values()
        if len(row) > 2
        for first, second in combinations(row, 2)
    )
