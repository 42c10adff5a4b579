"""The same words again and again, as careless translation programs write: *news news news*.

Three times in a row what the original does not say three times in a row is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "say it once"
AGAIN = re.compile(r"\b(\w[^.!?]{0,80}?)(?:[\s,;.!?]+\1\b){2,}", re.IGNORECASE)


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message for the first loop."""
    found = AGAIN.search(inline.parse(entry.target).words)
    if found and re.search(r"[^\W\d]", found[1]) and not AGAIN.search(inline.parse(entry.source).words):
        yield f"“{found[1]}” is repeated"
