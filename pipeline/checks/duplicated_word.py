"""A word stands twice in a row: *the the*, *att att*.

Some words may: *det det*, *that that*, *had had*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import eq

from pipeline import inline
from pipeline.glossary.forms import words
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("delete one of the two")
AGAIN = re.compile(r"(?<![\w-])([^\W\d_]++)[ \u00a0\n]++\1(?![\w-])", re.IGNORECASE)
MAY = {
    "en": "that had is her so very bye no ha do",
    "sv": "det den de var är har hade så ju ja nej om",
}
"""Language → words that good sentences have twice."""
NATURAL = {lang: frozenset(row.split()) for lang, row in MAY.items()}


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each, unless the original has a word twice as well."""
    target = inline.parse(entry.target).words
    tokens = words(target)
    # Two words in a row are equal, or only part of one is: *l’eau eau*.
    if not (any(map(eq, tokens, tokens[1:])) or "’" in target or "'" in target):
        return
    found = AGAIN.findall(target)
    if found and not AGAIN.search(inline.parse(entry.source).words):
        natural = NATURAL.get(brief.target_lang, frozenset())
        yield from (
            Phrase("“{word}” stands twice", word=word) for word in found if word.lower() not in natural
        )
