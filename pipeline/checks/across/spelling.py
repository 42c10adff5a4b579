"""A word that no dictionary knows, one slip of the finger from one that it knows.

Words of the original and of the glossary are right, and so are names, and what stands in three entries.
It runs with `tvilling check --spelling`, where its extra is installed: `pip install hunspell-sv spylls`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline import inline
from pipeline.model import Catalog, Entry, Phrase, Severity, Term
from pipeline.spelling import speller

SEVERITY = Severity.WARNING
REMEDY = Phrase("correct the word; put a term that the dictionary lacks into the glossary")
ON_DEMAND = True
WORD = re.compile(r"(?<![\w'’.@-])[^\W\d_A-ZÅÄÖÉ]{5,}(?![\w'’@-])")
"""In small letters, and no part of another one."""
USUAL = 3


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for each such word."""
    given = {word for term in terms for word in f"{term.english} {term.swedish} {term.note}".lower().split()}
    doubtful = list(_unknown(catalogs, given))
    often = Counter(word for _, _, word in doubtful)
    slips = dict[tuple[str, str], str]()
    for number, entry, word in doubtful:
        known = speller(catalogs[number].lang)
        key = (catalogs[number].lang, word)
        if often[word] < USUAL and known:
            if key not in slips:
                slips[key] = known.near(word)
            if slips[key]:
                yield number, entry, Phrase("“{word}”: do you mean “{near}”?", word=word, near=slips[key])


def _unknown(catalogs: Sequence[Catalog], given: set[str]) -> Iterator[tuple[int, Entry, str]]:
    for number, catalog in enumerate(catalogs):
        known = speller(catalog.lang)
        for entry in catalog.live if known else ():
            if not entry.target or entry.context == "slug":
                continue
            source = entry.source.lower()
            for word in dict.fromkeys(WORD.findall(inline.own_words(entry.target, entry.source))):
                if known and word not in source and word not in given and not known.knows(word):
                    yield number, entry, word
