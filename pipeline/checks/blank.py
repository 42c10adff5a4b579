"""The translation has no words, though the original has some.

White space, marks and characters without width look like an empty translation to a reader, but like a
finished one to a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("translate it, or leave the translation quite empty")
WORD = re.compile(rf"[\w{inline.OPAQUE}]")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if nothing readable is left."""
    if WORD.search(inline.parse(entry.source).words) and not WORD.search(inline.parse(entry.target).words):
        yield Phrase("the translation is blank")
