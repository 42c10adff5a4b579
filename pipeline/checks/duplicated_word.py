"""A word stands twice in a row: *the the*, *att att*.

Some words may: *det det*, *that that*, *had had*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.WARNING
REMEDY = "delete one of the two"
AGAIN = re.compile(r"(?<![\w-])([^\W\d_]+)[ \u00a0\n]+\1(?![\w-])", re.IGNORECASE)
MAY = {
    "en": "that had is her so very bye no ha do",
    "sv": "det den de var är har hade så ju ja nej om",
}
"""Language → words that good sentences have twice."""
NATURAL = {lang: frozenset(words.split()) for lang, words in MAY.items()}


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """One message for each, unless the original has a word twice as well."""
    found = AGAIN.findall(inline.parse(entry.target).words)
    if found and not AGAIN.search(inline.parse(entry.source).words):
        natural = NATURAL.get(brief.target_lang, frozenset())
        yield from (f"“{word}” stands twice" for word in found if word.lower() not in natural)
