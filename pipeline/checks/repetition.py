"""The same words again and again, as careless translation programs write: *news news news*.

Three times in a row what the original does not say three times in a row is a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline import inline
from pipeline.glossary.forms import words
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "say it once"
AGAIN = re.compile(r"\b(\w[^.!?]{0,80}?)(?:[\s,;.!?]+\1\b){2,}", re.IGNORECASE)


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message for the first loop."""
    target = inline.parse(entry.target).words
    # A loop has a word three times, which is quicker to see.
    if max(Counter(words(target)).values(), default=0) < 3:
        return
    found = AGAIN.search(target)
    if found and re.search(r"[^\W\d]", found[1]) and not AGAIN.search(inline.parse(entry.source).words):
        yield f"“{found[1]}” is repeated"
