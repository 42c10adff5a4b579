"""The translation is the source text, letter for letter.

Names, code and single words may rightly be equal; a whole sentence seldom is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("translate it; if it is the same in both languages, accept it")
LOWER = re.compile(r"\b[^\W\d_A-ZÅÄÖ]{2,}")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if more than two common words are equal."""
    if entry.target == entry.source and len(LOWER.findall(inline.parse(entry.source).words)) > 2:
        yield Phrase("this sentence is not translated")
