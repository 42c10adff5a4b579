"""How a word may look in a text: its inflections by rule, and what all of them share.

Rules find nearly all forms, quickly; `lemmas` is asked for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
SUFFIXES = {
    "en": "s es 's ’s s’",
    "sv": "a e en n et t er ar or r erna arna orna na ena ens ns ets ts s as es ers ars ors ernas arnas ornas nas"
    " rna rnas",
}
"""What a noun or an adjective may end with, after its stem."""
ENDINGS = {lang: ("", *endings.split()) for lang, endings in SUFFIXES.items()}
PLURALS = {"en": ("ies", "es", "s"), "sv": ("arna", "erna", "orna", "ar", "er", "or")}
DERIVED = {"en": ("ing", "ation"), "sv": ("ning", "ande", "ing")}
"""What makes a noun of a verb: *töjning* and *töja* have the rest in common."""
VOWELS = {"en": "ey", "sv": "ae"}


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, in small letters."""
    return tuple(WORD.findall(text.lower()))


@lru_cache(maxsize=4096)
def inflected(word: str, lang: str) -> frozenset[str]:
    """The forms of `word` in a text, and some that do not exist."""
    if lang not in ENDINGS:
        return frozenset((word,))
    return frozenset(stem + ending for stem in _stems(word, lang) for ending in ENDINGS[lang]) | {word}


@lru_cache(maxsize=4096)
def cores(word: str, lang: str) -> tuple[str, ...]:
    """What each form of `word`, each compound with it, and its verb contain at least one of."""
    found = dict.fromkeys(_stems(_singular(word, lang), lang))
    for ending in DERIVED.get(lang, ()):
        for stem in (word, _singular(word, lang)):
            if stem.endswith(ending) and len(stem) - len(ending) >= 3:
                found[stem.removesuffix(ending)] = None
    return tuple(found)


def _stems(word: str, lang: str) -> Iterator[str]:
    if len(word) < 4:
        yield word
        return
    if lang == "sv" and re.search(r"[^aeiouyåäö]e[lrn]$", word):
        yield word[:-2] + word[-1]  # muskel: muskler
    elif lang == "sv" and word.endswith("um"):
        yield word[:-2]  # antibiotikum: antibiotika
    elif lang == "en" and word.endswith(("y", "f")):
        yield word[:-1] + ("i" if word.endswith("y") else "v")  # calf: calves
    yield word[:-1] if word[-1] in VOWELS.get(lang, "") else word


def _singular(word: str, lang: str) -> str:
    for ending in PLURALS.get(lang, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
